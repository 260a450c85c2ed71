/** chi^2 sampled on a square grid over a window of a plane, finely only where a level may run. */

export type Range = readonly [low: number, high: number];
export type Window = readonly [Range, Range];
/** chi^2 at two coordinates, everything else profiled. */
export type PlaneFunction = (a: number, b: number) => number;

export interface Grid {
  readonly window: Window;
  readonly samples: number;
  /** Second parameter outer, first inner: row-major as contours reads it. */
  readonly values: Float64Array;
}

/** Cells of the first pass are this many cells of the final grid wide. */
const COARSEST = 8;
/** How many times the bend expected inside a cell has to leave a level alone before the cell is passed over. */
const SAFETY = 2;
/** Values beyond any level stand for themselves no more: differences between them would overflow. */
const CEILING = 1e9;

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

/**
 * Sample a window so that every level is seen as on a full grid: a coarse pass over all of it, then halved cells where
 * the corners lie on both sides of a level, or near enough that the bend of chi^2 (second differences between
 * neighbours) could bring it across. Elsewhere values are interpolated; both ends of every grid edge that crosses a
 * level are exact.
 * @param levels values of chi^2 that matter
 * @param samples per axis, from `samplesOf`
 * @param onProgress share of the work done, as far as it can be foreseen
 */
export function sampleLevels(
  at: PlaneFunction,
  window: Window,
  samples: number,
  levels: readonly number[],
  onProgress?: (share: number) => void,
  coarsest: number = COARSEST,
): Grid {
  const values = new Float64Array(samples * samples).fill(Number.NaN);
  const exact = new Uint8Array(samples * samples);
  let done = 0;
  const fill = (column: number, row: number): void => {
    const k = row * samples + column;
    if (exact[k] === 1) return;
    values[k] = at(coordinate(window[0], column / (samples - 1)), coordinate(window[1], row / (samples - 1)));
    exact[k] = 1;
    done++;
  };
  const known = (column: number, row: number): number =>
    column < 0 || row < 0 || column >= samples || row >= samples
      ? Number.NaN
      : Math.min(values[row * samples + column]!, CEILING);

  let cells: (readonly [column: number, row: number])[] = [];
  const first = (samples - 1) / coarsest;
  for (let row = 0; row <= first; row++) {
    for (let column = 0; column <= first; column++) fill(column * coarsest, row * coarsest);
    onProgress?.(done / (3 * (first + 1) ** 2));
  }
  for (let row = 0; row < first; row++)
    for (let column = 0; column < first; column++) cells.push([column * coarsest, row * coarsest]);
  const settled: (readonly [column: number, row: number, size: number])[] = [];
  for (let size = coarsest; size > 1; size /= 2) {
    const half = size / 2;
    const halved: typeof cells = [];
    // Decided before anything is added, so that the answer does not depend on the order of the cells.
    const open = cells.map(([column, row]) => mayCross(known, column, row, size, levels));
    const total = done + 4 * open.filter(Boolean).length * (size - 1);
    cells.forEach(([column, row], k) => {
      if (!open[k]) {
        settled.push([column, row, size]);
        return;
      }
      for (const [i, j] of [
        [half, 0],
        [0, half],
        [half, half],
        [size, half],
        [half, size],
      ] as const)
        fill(column + i, row + j);
      for (const [i, j] of [
        [0, 0],
        [half, 0],
        [0, half],
        [half, half],
      ] as const)
        halved.push([column + i, row + j]);
      if (k % 64 === 0) onProgress?.(Math.min(done / total, 1));
    });
    cells = halved;
  }
  for (const [column, row, size] of settled) interpolate(values, samples, column, row, size);
  settleEdges(values, exact, samples, levels, fill);
  onProgress?.(1);
  return { window, samples, values };
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
function settleEdges(
  values: Float64Array,
  exact: Uint8Array,
  samples: number,
  levels: readonly number[],
  fill: (column: number, row: number) => void,
): void {
  const crosses = (k: number, l: number): boolean =>
    levels.some((level) => values[k]! <= level !== values[l]! <= level) && (exact[k] === 0 || exact[l] === 0);
  let queue = Array.from({ length: samples * samples }, (_, k) => k);
  while (queue.length > 0) {
    const changed = new Set<number>();
    for (const k of queue) {
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
          fill(cx, cy);
          changed.add(cy * samples + cx);
        }
      }
    }
    queue = [...changed];
  }
}
