/** What the folder of a paper holds beside its cases: cards, outcomes, small pictures. */
import { readdirSync, readFileSync } from "node:fs";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { expect } from "vitest";
import type { FigureSpec } from "../../src/figures/spec.ts";
import { POINTS_PER_INCH } from "../../src/figures/style.ts";
import { toPng } from "../../src/node/png.ts";
import { readReproduction } from "../../src/node/reproduction-folder.ts";
import {
  type Cards,
  type CaseOutcome,
  parseCards,
  parseOutcome,
  type Reproduction,
  thumbnailOf,
} from "../../src/reproductions/index.ts";

const folder = new URL("../../reproductions/", import.meta.url);

export function readCommitted(paper: string, name: string): unknown {
  return JSON.parse(readFileSync(new URL(`${paper}/${name}`, folder), "utf8"));
}

/** Ids of the small pictures. */
export function committedFigures(paper: string): string[] {
  return readdirSync(new URL(`${paper}/figures/`, folder)).map((file) => file.replace(/\.png$/, ""));
}

export function committedCards(paper: Reproduction): Cards {
  return parseCards(readCommitted(paper.paper, "cards.json"), "cards.json", paper, committedFigures(paper.paper));
}

export function committedOutcomes(paper: Reproduction): readonly CaseOutcome[] {
  return parseOutcome(readCommitted(paper.paper, "outcome.json"), "outcome.json", paper);
}

export function committedPicture(paper: string, figure: string): Buffer {
  return readFileSync(new URL(`${paper}/figures/${figure}.png`, folder));
}

/** Cases of a fresh run have the statuses of the file, and its numbers to six digits. */
export function expectCurrent(fresh: readonly CaseOutcome[], paperId: string): void {
  const known = new Map(committedOutcomes(readReproduction(paperId)).map((one) => [one.case.id, one]));
  for (const { case: one, ours, shifted, status, note } of fresh) {
    const committed = known.get(one.id)!;
    const again = `${one.id}: run npm run reproductions`;
    expect([committed.status, committed.note], again).toEqual([status, note]);
    expectAlike(committed.ours, ours, again);
    expectAlike(committed.shifted, shifted, again);
  }
}

function expectAlike(committed: number | string | null, fresh: number | string | null, message: string): void {
  if (typeof committed !== "number" || typeof fresh !== "number") expect(committed, message).toBe(fresh);
  // Ends of regions and minima are searched to about 1e-7; best fits at zero end within 1e-6 of it.
  else expect(Math.abs(committed - fresh), message).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(fresh)));
}

/** The small picture shows the figure: a palette rounds colours, nothing else differs. */
export function expectThumbnail(paper: string, spec: FigureSpec): void {
  const drawn = thumbnailOf(spec);
  const small = PNG.sync.read(committedPicture(paper, spec.id));
  const fresh = PNG.sync.read(Buffer.from(toPng(drawn, { dpi: (small.width * POINTS_PER_INCH) / drawn.width })));
  expect([fresh.width, fresh.height], `${spec.id}: run npm run reproductions`).toEqual([small.width, small.height]);
  const different = pixelmatch(small.data, fresh.data, undefined, fresh.width, fresh.height, { threshold: 0.1 });
  expect(different, `${spec.id}: run npm run reproductions`).toBeLessThan(20);
}
