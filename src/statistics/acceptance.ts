/** From p at points to what a confidence level holds: p > 1 - CL, with p taken as straight between neighbours. */

import { polygonsBelow } from "./contour.ts";
import type { Segment } from "./interval.ts";
import { coordinate, type Window } from "./plane-grid.ts";
import { areaOf, type Polygon } from "./polygon.ts";

/** So that p equal to 1 - CL lies outside. */
const STRICT = 1e-12;

/**
 * Segments of a line where p > 1 - CL.
 * @param at places, increasing
 * @param p there; NaN counts as 1: what is not known is not excluded
 * @returns ends are null where the first or last place is still inside
 */
export function acceptedSegments(at: ArrayLike<number>, p: ArrayLike<number>, cl: number): readonly Segment[] {
  const excess = Array.from(p, (value) => (Number.isNaN(value) ? 1 : value) - (1 - cl) - STRICT);
  const crossing = (k: number): number =>
    at[k - 1]! + ((at[k]! - at[k - 1]!) * excess[k - 1]!) / (excess[k - 1]! - excess[k]!);
  const segments: Segment[] = [];
  let start: number | null | undefined;
  excess.forEach((value, k) => {
    if (value > 0 && start === undefined) start = k === 0 ? null : crossing(k);
    if (value <= 0 && start !== undefined) {
      segments.push([start, crossing(k)]);
      start = undefined;
    }
  });
  if (start !== undefined) segments.push([start, null]);
  return segments;
}

/**
 * Polygons of a plane where p > 1 - CL.
 * @param p at n x n points over the window, ends included: first axis outer, second inner; NaN counts as 1
 * @returns by falling area
 */
export function acceptedPolygons(
  window: Window,
  p: ArrayLike<number>,
  cl: number,
): { readonly area: number; readonly polygons: readonly Polygon[] } {
  const samples = Math.round(Math.sqrt(p.length));
  const values = Float64Array.from({ length: p.length }, (_, k) => {
    const value = p[(k % samples) * samples + Math.floor(k / samples)]!;
    return Number.isNaN(value) ? -1 : -value;
  });
  const straight = (a: number, b: number): number => {
    const [column, u] = cellOf(window[0], a, samples);
    const [row, v] = cellOf(window[1], b, samples);
    const corner = (i: number, j: number): number => values[(row + j) * samples + column + i]!;
    return (
      corner(0, 0) * (1 - u) * (1 - v) + corner(1, 0) * u * (1 - v) + corner(0, 1) * (1 - u) * v + corner(1, 1) * u * v
    );
  };
  const polygons = polygonsBelow({ window, samples, values }, straight, -(1 - cl) - STRICT);
  return { area: polygons.reduce((sum, polygon) => sum + areaOf(polygon), 0), polygons };
}

/** Index of the cell that holds a place, and the share of it that lies before the place. */
function cellOf(range: readonly [number, number], place: number, samples: number): readonly [number, number] {
  const steps = ((place - range[0]) / (range[1] - range[0])) * (samples - 1);
  const cell = Math.min(Math.max(Math.floor(steps), 0), samples - 2);
  return [cell, steps - cell];
}

/** Places of n points over a range, ends included; fourteen digits, so that -1.1 stays -1.1. */
export function evenly([low, high]: readonly [number, number], n: number): readonly number[] {
  return Array.from({ length: n }, (_, k) =>
    k === n - 1 ? high : Number(coordinate([low, high], k / (n - 1)).toPrecision(14)),
  );
}
