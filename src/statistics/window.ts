/** Where to look for the regions of a plane when nobody says. */

import type { Objective } from "./objective.ts";
import {
  coordinate,
  type Grid,
  type PlaneFunction,
  type Range,
  sampleLevels,
  samplesOf,
  type Window,
} from "./plane-grid.ts";
import type { Point } from "./polygon.ts";

/** Samples per axis, enough to see where a region is, not what it looks like; and cells of the first pass. */
const COARSEST = 4;
const COARSE = samplesOf(40, COARSEST);

/** The window of a plane without one given. */
export function findWindow(
  objective: Objective,
  plane: readonly [number, number],
  at: PlaneFunction,
  threshold: number,
  minima: readonly Point[],
  onProgress?: (share: number) => void,
): Window {
  let looks = 0;
  const look = (window: Window): Grid => {
    // How often is not known before: each look is taken for a seventh of what is left.
    onProgress?.(1 - (6 / 7) ** looks++);
    return sampleLevels(at, window, COARSE, [threshold], undefined, COARSEST);
  };
  const limits = plane.map((i): Range => [objective.lower[i]!, objective.upper[i]!]) as [Range, Range];
  let window = limits.map((limit): Range => [Math.max(-1, limit[0]), Math.min(1, limit[1])]) as [Range, Range];
  for (let step = 0; step < 60; step++) {
    const box = boundingBox(look(window), threshold, minima);
    const next = window.map((side, axis): Range => grown(side, box[axis]!, limits[axis]!)) as [Range, Range];
    const settled = next.every((side, axis) => side[0] === window[axis]![0] && side[1] === window[axis]![1]);
    window = next;
    if (settled) break;
  }
  // Draw in to what is allowed, with a margin, until that changes little: the first boxes are coarse.
  for (let step = 0; step < 20; step++) {
    const box = boundingBox(look(window), threshold, minima);
    const next = window.map((side, axis) => drawnIn(side, box[axis]!)) as [Range, Range];
    const shrunk = next.some((side, axis) => side[1] - side[0] < 0.8 * (window[axis]![1] - window[axis]![0]));
    window = next;
    if (!shrunk) break;
  }
  return window;
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
