/**
 * REPRODUCTIONS.md and outcome.json against fresh runs: every row whose analysis is quick. Rows of regions with the full likelihoods take
 * minutes together; they are those of the committed run, and the tests of their paper run some of them.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { shippedLibrary } from "../../src/node/library.ts";
import { listReproductions, readReproduction } from "../../src/node/reproduction-folder.ts";
import { costModel } from "../../src/reproductions/costs.ts";
import { markdownOf, type Reproduction, runReproduction } from "../../src/reproductions/index.ts";
import { questionsOf } from "../../src/reproductions/questions.ts";
import { committedOutcomes, expectCurrent } from "./committed.ts";

const committed = readFileSync(new URL("../../REPRODUCTIONS.md", import.meta.url), "utf8");

/** Cost of a question, in us, up to which it is asked here. */
const QUICK = 1.5e6;

/** The paper with its quick cases. */
function quickPart(paper: Reproduction): Reproduction {
  const cost = costModel(paper, shippedLibrary());
  const isQuick = (one: Reproduction["cases"][number]): boolean =>
    questionsOf(one.measure, paper).every(({ analysis, question }) => cost(analysis, question) < QUICK);
  return { ...paper, cases: paper.cases.filter(isQuick) };
}

/** Table rows of a section as cells. The number of what a row is held against moves when rows are left out. */
function rowsIn(markdown: string): readonly (readonly string[])[] {
  return markdown
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .map((line) => line.replaceAll(/ \(\d+\)/g, "").split(" | "));
}

/** Texts alike, numbers within the last digit of the first. */
function isSame(cell: string, other: string): boolean {
  const [a, b] = [cell, other].map((text) => text.split(/(-?\d+(?:\.\d+)?)/));
  if (a!.length !== b!.length) return false;
  return a!.every((token, i) => {
    const digits = token.split(".")[1]?.length ?? 0;
    return i % 2 === 1 ? Math.abs(Number(token) - Number(b![i])) <= 1.01 * 10 ** -digits : token === b![i];
  });
}

/** Section of a paper in the committed file. */
function sectionOf(paper: Reproduction): string {
  const start = committed.indexOf(`\n## ${paper.title}\n`);
  expect(start, `${paper.title}: run npm run reproductions`).toBeGreaterThan(0);
  const end = committed.indexOf("\n## ", start + 4);
  return committed.slice(start, end < 0 ? undefined : end);
}

describe("REPRODUCTIONS.md", () => {
  it.each(listReproductions())("holds what a fresh run of %s gives, within the last printed digit", (name) => {
    const paper = readReproduction(name);
    const quick = quickPart(paper);
    // Of a paper of toys only what needs none is quick.
    expect(quick.cases.length).toBeGreaterThan(Math.min(20, paper.cases.length / 6));
    const section = sectionOf(paper);
    const known = rowsIn(section);
    const outcome = runReproduction(quick, shippedLibrary());
    expectCurrent(outcome.outcomes, name);
    for (const row of rowsIn(markdownOf(outcome))) {
      const found = known.some(
        (other) => other.length === row.length && other.every((cell, i) => isSame(cell, row[i]!)),
      );
      expect(found, `${row.join(" | ")}: run npm run reproductions`).toBe(true);
    }
    // Nothing of the paper is left out of the file: every text that a case is held against stands in it.
    for (const { read } of paper.cases) expect(section).toContain(read);
  });

  it.each(listReproductions())("says of %s what outcome.json says", (name) => {
    const paper = readReproduction(name);
    const [section, saved] = [sectionOf(paper), markdownOf({ paper, outcomes: committedOutcomes(paper) })];
    expect(section.trim()).toBe(saved.trim());
  });
});
