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
): readonly number[] {
  return Array.from({ length: table.rows }, (_, row) => {
    for (const [name, [low, high]] of Object.entries(window)) {
      const value = table.columns[name]![row]!;
      if (!(value >= low && value < high)) return -1;
    }
    let cell = 0;
    for (const axis of axes) {
      const value = table.columns[columns[axis.name]!]![row]!;
      const bin = axis.edges.findLastIndex((edge) => edge <= value);
      if (bin < 0 || bin >= axis.edges.length - 1) return -1;
      cell = cell * (axis.edges.length - 1) + bin;
    }
    return cell;
  });
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
  cellOfRows(table, axes, columns, window).forEach((cell, row) => {
    if (cell >= 0) counts[cell]! += table.columns[column]![row]!;
  });
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
