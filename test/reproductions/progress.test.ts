/** Progress of a run: counted in work that is planned, never falling, complete at the end. */
import { describe, expect, it } from "vitest";
import { shippedLibrary } from "../../src/node/library.ts";
import { readReproduction } from "../../src/node/reproduction-folder.ts";
import { runReproduction } from "../../src/reproductions/index.ts";
import { take } from "../../src/reproductions/measures.ts";
import { workMeter } from "../../src/reproductions/progress.ts";
import { plannedQuestions } from "../../src/reproductions/run.ts";
import { openSession } from "../../src/reproductions/session.ts";

const library = shippedLibrary();

describe("work meter", () => {
  it("weighs computations by their cost and counts inside them", () => {
    const shares: number[] = [];
    const meter = workMeter(
      new Map([
        ["cheap", 1],
        ["dear", 3],
      ]),
      (share) => shares.push(share),
    );
    const cheap = meter.begin("cheap");
    cheap(0.5);
    meter.end("cheap");
    meter.begin("dear")(1 / 3);
    meter.end("dear");
    expect(shares).toEqual([0.125, 0.25, 0.5, 1]);
  });

  it("does not fall, nor pass the end, for work that was not planned or says more than all", () => {
    const shares: number[] = [];
    const meter = workMeter(new Map([["one", 1]]), (share) => shares.push(share));
    meter.begin("other")(0.5);
    meter.begin("one")(2);
    meter.begin("one")(0.2);
    meter.end("one");
    meter.end("one");
    expect(shares).toEqual([0, 1, 1, 1, 1]);
  });
});

describe("plan", () => {
  it.each(["1806.07424", "coherent-official"])("names every computation of %s, and no other", (name) => {
    const paper = readReproduction(name);
    const done: string[] = [];
    const session = openSession(paper, library, {}, { begin: () => () => {}, end: (key) => done.push(key) });
    for (const { measure } of paper.cases) if (measure.kind !== "endpoints") take(measure, session, paper);
    const planned = [...plannedQuestions(paper, library).keys()].filter((key) => !key.startsWith("moved "));
    expect(done.sort()).toEqual(planned.sort());
  });
});

describe("run", () => {
  it("reports rising shares up to the end, and never jumps over much of the work", () => {
    const paper = readReproduction("1806.07424");
    const tables = { ...paper, cases: paper.cases.filter(({ group }) => group === "table-2") };
    const shares: number[] = [];
    runReproduction(tables, library, (share) => shares.push(share));
    expect(shares.length).toBeGreaterThan(20);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBeCloseTo(1, 12);
    // Six fits: a bar that moved only between them would jump by a sixth.
    expect(Math.max(...shares.map((share, i) => share - (shares[i - 1] ?? 0)))).toBeLessThan(0.12);
  });
});
