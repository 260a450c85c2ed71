/** chi^2 on a rectangular grid of one or two parameters. */

import type { Minimum } from "./minima.ts";
import { holding, type Objective } from "./objective.ts";
import { profileSteps } from "./profile.ts";
import { complete, type Steps } from "./steps.ts";

export interface GridAxis {
  readonly index: number;
  readonly values: readonly number[];
}

export interface GridPoint {
  readonly chi2: number;
  readonly x: Float64Array;
  readonly converged: boolean;
}

/** Points of a grid of one axis that make a row: eight times the distance of thorough searches along a profile. */
const STRETCH = 96;

/**
 * Points of each row of a grid, in the order of the grid: all those with one value of the first axis or, on a grid of
 * one axis, 96 neighbours.
 * @param axes numbers of values, one or two
 */
export function gridRowLengths([first, second]: readonly number[]): readonly number[] {
  if (first === undefined) return [];
  if (second !== undefined) return Array.from({ length: first }, () => second);
  return Array.from({ length: Math.ceil(first / STRETCH) }, (_, row) => Math.min(STRETCH, first - row * STRETCH));
}

/**
 * chi^2 at the points of one row of a grid, parameters off the grid profiled. Searches start anew in every row; an
 * objective that remembers where it was may still answer differently by rounding, a fresh one does not.
 * @param axes one or two
 * @param row below the number of `gridRowLengths`
 */
export function* gridRow(
  objective: Objective,
  axes: readonly GridAxis[],
  minima: readonly Minimum[],
  row: number,
): Steps<readonly GridPoint[]> {
  const [first, second] = axes;
  if (first === undefined) return [];
  if (second === undefined) {
    const from = row * STRETCH;
    const to = Math.min(from + STRETCH, first.values.length);
    return yield* profileSteps(objective, first.index, first.values, minima, from, to);
  }
  const line = holding(objective, new Map([[first.index, first.values[row]!]]));
  const starts = minima.map((one) => ({ ...one, x: one.x.filter((_, i) => i !== first.index) }));
  const index = second.index > first.index ? second.index - 1 : second.index;
  const points = yield* profileSteps(line, index, second.values, starts);
  return points.map((point) => ({ ...point, x: line.expand(point.x) }));
}

/**
 * chi^2 at every point of a grid, parameters off the grid profiled. Order: last axis fastest.
 * @param axes one or two
 * @param onProgress called with the share done, at least at every point that is searched for
 */
export function chi2Grid(
  objective: Objective,
  axes: readonly GridAxis[],
  minima: readonly Minimum[],
  onProgress?: (share: number) => void,
): readonly GridPoint[] {
  const rows = gridRowLengths(axes.map((axis) => axis.values.length));
  return rows.flatMap((_, row) => {
    const points = complete(gridRow(objective, axes, minima, row), (share) =>
      onProgress?.((row + share) / rows.length),
    );
    onProgress?.((row + 1) / rows.length);
    return points;
  });
}
