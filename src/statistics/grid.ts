/** chi^2 on a rectangular grid of one or two parameters. */

import type { Minimum } from "./minima.ts";
import { holding, type Objective } from "./objective.ts";
import { profileAlong } from "./profile.ts";

export interface GridAxis {
  readonly index: number;
  readonly values: readonly number[];
}

export interface GridPoint {
  readonly chi2: number;
  readonly x: Float64Array;
  readonly converged: boolean;
}

/**
 * chi^2 at every point of a grid, parameters off the grid profiled. Order: last axis fastest.
 * @param axes one or two
 * @param onProgress called with the share done, a few times to a few hundred
 */
export function chi2Grid(
  objective: Objective,
  axes: readonly GridAxis[],
  minima: readonly Minimum[],
  onProgress?: (share: number) => void,
): readonly GridPoint[] {
  const [first, second] = axes;
  if (first === undefined) return [];
  if (second === undefined) return profileAlong(objective, first.index, first.values, minima, onProgress);
  const reduced = (i: number): number => (i > first.index ? i - 1 : i);
  return first.values.flatMap((value, row) => {
    const line = holding(objective, new Map([[first.index, value]]));
    const starts = minima.map((one) => ({ ...one, x: one.x.filter((_, i) => i !== first.index) }));
    const points = profileAlong(line, reduced(second.index), second.values, starts);
    onProgress?.((row + 1) / first.values.length);
    return points.map((point) => ({ ...point, x: line.expand(point.x) }));
  });
}
