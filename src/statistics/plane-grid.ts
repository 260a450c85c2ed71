/** chi^2 sampled on a square grid over a window of a plane, finely only where a level may run. */

import { asPart, complete, type Steps } from "./steps.ts";

export type Range = readonly [low: number, high: number];
export type Window = readonly [Range, Range];
/** chi^2 at two coordinates, everything else profiled. */
export type PlaneFunction = (a: number, b: number) => number;

/** A function on a plane, quick in one piece or slow in steps. */
export type Plane =
  | { readonly at: PlaneFunction; readonly steps?: undefined }
  | { readonly at?: undefined; readonly steps: (a: number, b: number) => Steps<number> };

export interface Grid {
  readonly window: Window;
  readonly samples: number;
  /** Second parameter outer, first inner: row-major as contours reads it. */
  readonly values: Float64Array;
  /** 1 where a value is the function's own, 0 where it is interpolated. */
  readonly exact: Uint8Array;
}

/** Cells of the first pass are this many cells of the final grid wide. */
const COARSEST = 8;
/** How many times the bend expected inside a cell has to leave a level alone before the cell is passed over. */
const SAFETY = 2;
/** Values of a quick function between two steps; cells looked at; samples whose edges are. */
const QUICK = 4;
const CELLS = 1024;
const EDGES = 16384;
/** Values beyond any level stand for themselves no more: differences between them would overflow. */
export const CEILING = 1e9;

/** Place at a fraction of a range. */
export function coordinate([low, high]: Range, fraction: number): number {
  return low + fraction * (high - low);
}

/**
 * Number of samples per axis that `sampleLevels` can take: a whole number of coarsest cells.
 * @example samplesOf(300) === 305
 */
export function samplesOf(cells: number, coarsest: number = COARSEST): number {
  return Math.ceil(cells / coarsest) * coarsest + 1;
}

/** `sampleSteps` of a quick function in one piece. */
export function sampleLevels(
  at: PlaneFunction,
  window: Window,
  samples: number,
  levels: readonly number[],
  coarsest: number = COARSEST,
): Grid {
  return complete(sampleSteps({ at }, window, samples, levels, coarsest));
}

/**
 * Sample a window so that every level is seen as on a full grid: a coarse pass over all of it, then halved cells where
 * the corners lie on both sides of a level, or near enough that the bend of chi^2 (second differences between
 * neighbours) could bring it across. Elsewhere values are interpolated; both ends of every grid edge that crosses a
 * level are exact.
 * @param levels values of chi^2 that matter
 * @param samples per axis, from `samplesOf`
 * @returns steps with the share of the work done, as far as it can be foreseen
 */
export function* sampleSteps(
  plane: Plane,
  window: Window,
  samples: number,
  levels: readonly number[],
  coarsest: number = COARSEST,
): Steps<Grid> {
  const values = new Float64Array(samples * samples).fill(Number.NaN);
  const exact = new Uint8Array(samples * samples);
  let done = 0;
  let total = Number.POSITIVE_INFINITY;
  const shareDone = (): number => Math.min(done / total, 1);
  function* fill(column: number, row: number): Steps<void> {
    const k = row * samples + column;
    if (exact[k] === 1) return;
    const [a, b] = [coordinate(window[0], column / (samples - 1)), coordinate(window[1], row / (samples - 1))];
    if (plane.steps === undefined) values[k] = plane.at(a, b);
    else values[k] = yield* asPart(plane.steps(a, b), shareDone);
    exact[k] = 1;
    done++;
    if (plane.steps !== undefined || done % QUICK === 0) yield shareDone();
  }
  const known = (column: number, row: number): number =>
    column < 0 || row < 0 || column >= samples || row >= samples
      ? Number.NaN
      : Math.min(values[row * samples + column]!, CEILING);

  let cells: (readonly [column: number, row: number])[] = [];
  const first = (samples - 1) / coarsest;
  total = 3 * (first + 1) ** 2;
  for (let row = 0; row <= first; row++)
    for (let column = 0; column <= first; column++) yield* fill(column * coarsest, row * coarsest);
  for (let row = 0; row < first; row++)
    for (let column = 0; column < first; column++) cells.push([column * coarsest, row * coarsest]);
  const settled: (readonly [column: number, row: number, size: number])[] = [];
  for (let size = coarsest; size > 1; size /= 2) {
    const half = size / 2;
    const halved: typeof cells = [];
    // Decided before anything is added, so that the answer does not depend on the order of the cells.
    const open: boolean[] = [];
    for (const [column, row] of cells) {
      open.push(mayCross(known, column, row, size, levels));
      if (open.length % CELLS === 0) yield shareDone();
    }
    total = done + 4 * open.filter(Boolean).length * (size - 1);
    for (const [k, [column, row]] of cells.entries()) {
      if (!open[k]) {
        settled.push([column, row, size]);
        continue;
      }
      for (const [i, j] of [
        [half, 0],
        [0, half],
        [half, half],
        [size, half],
        [half, size],
      ] as const)
        yield* fill(column + i, row + j);
      for (const [i, j] of [
        [0, 0],
        [half, 0],
        [0, half],
        [half, half],
      ] as const)
        halved.push([column + i, row + j]);
    }
    cells = halved;
  }
  for (const [column, row, size] of settled) interpolate(values, samples, column, row, size);
  yield* settleEdges(values, exact, samples, levels, fill);
  return { window, samples, values, exact };
}

/** Whether a level may run through a cell. */
function mayCross(
  known: (column: number, row: number) => number,
  column: number,
  row: number,
  size: number,
  levels: readonly number[],
): boolean {
  const corners = [0, 1, 2, 3].map((k) => known(column + (k & 1) * size, row + (k >> 1) * size));
  const [low, high] = [Math.min(...corners), Math.max(...corners)];
  let [bendX, bendY] = [0, 0];
  for (const j of [0, size]) {
    for (const i of [0, size]) {
      const middle = 2 * known(column + i, row + j);
      const alongX = Math.abs(known(column + i - size, row + j) - middle + known(column + i + size, row + j));
      const alongY = Math.abs(known(column + i, row + j - size) - middle + known(column + i, row + j + size));
      // Neighbours that were passed over are not known: those that are have to do.
      if (alongX > bendX) bendX = alongX;
      if (alongY > bendY) bendY = alongY;
    }
  }
  const twist = Math.abs(corners[0]! - corners[1]! - corners[2]! + corners[3]!);
  const reach = (SAFETY * (bendX + bendY + 2 * twist)) / 8;
  return levels.some((level) => low - reach <= level && level < high + reach);
}

/** Fill the inside and the borders of a cell from its corners. */
function interpolate(values: Float64Array, samples: number, column: number, row: number, size: number): void {
  const corner = (i: number, j: number): number => values[(row + j * size) * samples + column + i * size]!;
  const [a, b, c, d] = [corner(0, 0), corner(1, 0), corner(0, 1), corner(1, 1)];
  for (let j = 0; j <= size; j++) {
    for (let i = 0; i <= size; i++) {
      const k = (row + j) * samples + column + i;
      if (!Number.isNaN(values[k]!)) continue;
      const [u, v] = [i / size, j / size];
      values[k] = a * (1 - u) * (1 - v) + b * u * (1 - v) + c * (1 - u) * v + d * u * v;
    }
  }
}

/** Take exact values at both ends of every edge that crosses a level, until no edge changes its mind. */
function* settleEdges(
  values: Float64Array,
  exact: Uint8Array,
  samples: number,
  levels: readonly number[],
  fill: (column: number, row: number) => Steps<void>,
): Steps<void> {
  const crosses = (k: number, l: number): boolean =>
    levels.some((level) => values[k]! <= level !== values[l]! <= level) && (exact[k] === 0 || exact[l] === 0);
  let queue = Array.from({ length: samples * samples }, (_, k) => k);
  while (queue.length > 0) {
    const changed = new Set<number>();
    for (const [n, k] of queue.entries()) {
      if (n % EDGES === EDGES - 1) yield 1;
      const [column, row] = [k % samples, Math.floor(k / samples)];
      for (const [i, j] of [
        [1, 0],
        [0, 1],
        [-1, 0],
        [0, -1],
      ] as const) {
        const [x, y] = [column + i, row + j];
        if (x < 0 || y < 0 || x >= samples || y >= samples || !crosses(k, y * samples + x)) continue;
        for (const [cx, cy] of [
          [column, row],
          [x, y],
        ] as const) {
          if (exact[cy * samples + cx] === 1) continue;
          yield* fill(cx, cy);
          changed.add(cy * samples + cx);
        }
      }
    }
    queue = [...changed];
  }
}
