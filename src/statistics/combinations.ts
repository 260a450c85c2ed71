/** Few combinations of cells that carry many rows of weights: what is smooth over a lattice is nearly of low rank. */

export interface Combiner {
  /**
   * Write a row as a sum over combinations, with new ones where those so far leave too much.
   * @param row weight of each cell
   * @returns its coefficients; combinations found later have none
   */
  readonly split: (row: Float64Array) => Float64Array;
  /** What multiplies the cells, combination by combination. */
  readonly combinations: () => Float64Array;
}

/**
 * Orthonormal combinations (Gram and Schmidt, each step twice against rounding), as many as the rows need.
 * @param spread by how much each cell varies, about: its weight in what is left over
 * @param tolerance a row is carried when the rest, with every cell off by its spread, is below this in quadrature
 */
export function combiner(spread: Float64Array, tolerance: number): Combiner {
  const cells = spread.length;
  const found: Float64Array[] = [];
  const rest = new Float64Array(cells);
  const projectOut = (coefficients: number[]): void => {
    found.forEach((one, j) => {
      let along = 0;
      for (let c = 0; c < cells; c++) along += one[c]! * rest[c]!;
      for (let c = 0; c < cells; c++) rest[c]! -= along * one[c]!;
      coefficients[j] = (coefficients[j] ?? 0) + along;
    });
  };
  return {
    split: (row) => {
      for (let c = 0; c < cells; c++) rest[c] = row[c]! * spread[c]!;
      const coefficients: number[] = [];
      projectOut(coefficients);
      if (norm(rest) > tolerance) {
        projectOut(coefficients);
        const size = norm(rest);
        found.push(rest.map((value) => value / size));
        coefficients.push(size);
      }
      return Float64Array.from(coefficients);
    },
    combinations: () => Float64Array.from(found.flatMap((one) => Array.from(one, (value, c) => value / spread[c]!))),
  };
}

function norm(v: Float64Array): number {
  let sum = 0;
  for (let c = 0; c < v.length; c++) sum += v[c]! * v[c]!;
  return Math.sqrt(sum);
}
