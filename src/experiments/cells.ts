/** Rows of a table into cells of a binning: counts, shares, projections. Last axis fastest. */

import type { Table } from "./csv.ts";

export interface Axis {
  readonly name: string;
  readonly unit: string;
  readonly edges: readonly number[];
}

type Window = Readonly<Record<string, readonly [number, number]>>;

/** Number of cells of a binning. */
export function cellCount(axes: readonly Axis[]): number {
  return axes.reduce((product, axis) => product * (axis.edges.length - 1), 1);
}

/** Cell of each row of a table by its bin centres; -1 outside the axes or the window. */
export function cellOfRows(
  table: Table,
  axes: readonly Axis[],
  columns: Readonly<Record<string, string>>,
  window: Window = {},
): Float64Array {
  // Not integers of 32 bits: axes of a file that is wrong can have more cells than those count.
  const cells = new Float64Array(table.rows);
  for (const { name, edges } of axes) {
    const values = table.columns[columns[name]!]!;
    const bins = edges.length - 1;
    let bin = 0;
    for (let row = 0; row < cells.length; row++) {
      if (cells[row] === -1) continue;
      bin = binOf(edges, values[row]!, bin);
      cells[row] = bin < 0 || bin >= bins ? -1 : cells[row]! * bins + bin;
    }
  }
  for (const [name, [low, high]] of Object.entries(window)) {
    const values = table.columns[name]!;
    for (let row = 0; row < cells.length; row++) {
      const value = values[row]!;
      if (!(value >= low && value < high)) cells[row] = -1;
    }
  }
  return cells;
}

/**
 * Last edge that is not above a value, -1 below all and for NaN. Rows of a table are in order: the search goes on where
 * the row before ended.
 */
function binOf(edges: readonly number[], value: number, near: number): number {
  if (Number.isNaN(value)) return -1;
  let bin = Math.min(Math.max(near, 0), edges.length - 1);
  while (bin >= 0 && edges[bin]! > value) bin--;
  while (bin + 1 < edges.length && edges[bin + 1]! <= value) bin++;
  return bin;
}

/** Sum of a column over the rows of each cell. */
export function sumIntoCells(
  table: Table,
  column: string,
  axes: readonly Axis[],
  columns: Readonly<Record<string, string>>,
  window: Window = {},
): Float64Array {
  const counts = new Float64Array(cellCount(axes));
  const values = table.columns[column]!;
  const cells = cellOfRows(table, axes, columns, window);
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row]!;
    if (cell >= 0) counts[cell]! += values[row]!;
  }
  return counts;
}

/** Every cell of the first axes spread over the bins of the last by its shares. */
export function spread(counts: Float64Array, shares: Float64Array): Float64Array {
  const out = new Float64Array(counts.length * shares.length);
  counts.forEach((count, cell) => {
    shares.forEach((share, bin) => {
      out[cell * shares.length + bin] = count * share;
    });
  });
  return out;
}

/** Product of the projections onto two axes over the total: independent shapes, which a sparse table cannot show. */
export function productOfProjections(counts: Float64Array, lastBins: number): Float64Array {
  const first = new Float64Array(counts.length / lastBins);
  const last = new Float64Array(lastBins);
  counts.forEach((count, cell) => {
    first[Math.floor(cell / lastBins)]! += count;
    last[cell % lastBins]! += count;
  });
  const all = total(first);
  return spread(
    first,
    last.map((count) => count / all),
  );
}

export function total(counts: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i]!;
  return sum;
}

/** The same shape with another total. */
export function scaledTo(counts: Float64Array, sum: number): Float64Array {
  const factor = sum / total(counts);
  return counts.map((count) => count * factor);
}
