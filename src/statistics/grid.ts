/** chi^2 on a rectangular grid of one or two parameters. */

import type { Minimum } from "./minima.ts";
import type { Objective } from "./objective.ts";
import { profileAt, profileStarts } from "./profile.ts";

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
 * @param onProgress called with the share done, about a hundred times
 */
export function chi2Grid(
  objective: Objective,
  axes: readonly GridAxis[],
  minima: readonly Minimum[],
  onProgress?: (share: number) => void,
): readonly GridPoint[] {
  const total = axes.reduce((product, axis) => product * axis.values.length, 1);
  const every = Math.max(1, Math.floor(total / 100));
  const starts = profileStarts(objective, minima);
  const points: GridPoint[] = [];
  for (let k = 0; k < total; k++) {
    const held = new Map<number, number>();
    let rest = k;
    for (let a = axes.length - 1; a >= 0; a--) {
      const { index, values } = axes[a]!;
      held.set(index, values[rest % values.length]!);
      rest = Math.floor(rest / values.length);
    }
    const previous = points[k - 1];
    const seeds = held.size === objective.names.length || previous === undefined ? starts : [previous.x, ...starts];
    points.push(profileAt(objective, held, seeds));
    if (onProgress !== undefined && k % every === 0) onProgress(k / total);
  }
  onProgress?.(1);
  return points;
}
