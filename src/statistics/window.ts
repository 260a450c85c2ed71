/** Where to look for the regions of a plane when nobody says. */

import type { Objective } from "./objective.ts";
import { coordinate, type Grid, type Plane, type Range, sampleSteps, samplesOf, type Window } from "./plane-grid.ts";
import type { Point } from "./polygon.ts";
import { asPart, type Steps } from "./steps.ts";

/** Samples per axis, enough to see where a region is, not what it looks like; and cells of the first pass. */
const COARSEST = 4;
const COARSE = samplesOf(40, COARSEST);
const UNIT: Window = [
  [-1, 1],
  [-1, 1],
];

/**
 * The window of a plane without one given.
 * @param at chi^2 in the plane
 * @param threshold of chi^2, of the largest region
 * @param minima places that it holds
 * @param start where to look first
 * @param samples per axis of each look, from `samplesOf(cells, 4)`
 */
export function* findWindow(
  objective: Objective,
  plane: readonly [number, number],
  at: Plane,
  threshold: number,
  minima: readonly Point[],
  start: Window = UNIT,
  samples: number = COARSE,
): Steps<Window> {
  let looks = 0;
  let seen: Grid | undefined;
  function* look(window: Window): Steps<Grid> {
    if (seen !== undefined && isSame(seen.window, window)) return seen;
    // How often is not known before: each look is taken for a seventh of what is left.
    const done = 1 - (6 / 7) ** looks++;
    const sampling = sampleSteps(at, window, samples, [threshold], COARSEST);
    seen = yield* asPart(sampling, (share) => done + ((1 - done) / 7) * share);
    return seen;
  }
  const limits = plane.map((i): Range => [objective.lower[i]!, objective.upper[i]!]) as [Range, Range];
  let window = limits.map(
    ([low, high], axis): Range => [Math.max(start[axis]![0], low), Math.min(start[axis]![1], high)],
  ) as [Range, Range];
  for (let step = 0; step < 60; step++) {
    const box = boundingBox(yield* look(window), threshold, minima);
    const next = window.map((side, axis): Range => grown(side, box[axis]!, limits[axis]!)) as [Range, Range];
    const settled = isSame(next, window);
    window = next;
    if (settled) break;
  }
  // Draw in to what is allowed, with a margin, until that changes little: the first boxes are coarse.
  for (let step = 0; step < 20; step++) {
    const box = boundingBox(yield* look(window), threshold, minima);
    const next = window.map((side, axis) => drawnIn(side, box[axis]!)) as [Range, Range];
    const shrunk = next.some((side, axis) => side[1] - side[0] < 0.8 * (window[axis]![1] - window[axis]![0]));
    window = next;
    if (!shrunk) break;
  }
  return window;
}

function isSame(a: Window, b: Window): boolean {
  return a.every((side, axis) => side[0] === b[axis]![0] && side[1] === b[axis]![1]);
}

/** Smallest box of cells that hold an allowed sample or a minimum, one cell wider on each side. */
function boundingBox(grid: Grid, threshold: number, minima: readonly Point[]): [Range, Range] {
  const { window, samples, values } = grid;
  const cell = window.map((side) => (side[1] - side[0]) / (samples - 1));
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  const include = (a: number, b: number): void => {
    left = Math.min(left, a);
    right = Math.max(right, a);
    bottom = Math.min(bottom, b);
    top = Math.max(top, b);
  };
  values.forEach((value, k) => {
    if (value > threshold) return;
    include(
      coordinate(window[0], (k % samples) / (samples - 1)),
      coordinate(window[1], Math.floor(k / samples) / (samples - 1)),
    );
  });
  for (const [a, b] of minima) include(a, b);
  return [
    [left - cell[0]!, right + cell[0]!],
    [bottom - cell[1]!, top + cell[1]!],
  ];
}

/** Grow a side by 1.5 around the allowed box while the box reaches beyond it. */
function grown(side: Range, box: Range, limit: Range): Range {
  const opensLow = box[0] < side[0] && side[0] > limit[0];
  const opensHigh = box[1] > side[1] && side[1] < limit[1];
  if (!(opensLow || opensHigh)) return side;
  const half = (1.5 * (side[1] - side[0])) / 2;
  const centre = (Math.max(box[0], limit[0]) + Math.min(box[1], limit[1])) / 2;
  // Re-centred, but never giving up what is already inside: the limits stop it otherwise.
  return [Math.max(Math.min(centre - half, side[0]), limit[0]), Math.min(Math.max(centre + half, side[1]), limit[1])];
}

function drawnIn(side: Range, box: Range): Range {
  const margin = 0.12 * (box[1] - box[0]);
  return [Math.max(box[0] - margin, side[0]), Math.min(box[1] + margin, side[1])];
}
