/**
 * Gram forms of any size: all monomials once, then every polynomial as a sum over those it has. Coefficients that are
 * structurally zero are not in the form and cost nothing. `assembly/gram.ts` holds the same in WebAssembly, operation by
 * operation.
 */

import type { Gram, GramForm } from "./gram-form.ts";

/**
 * Factors of symmetric matrices, M = L D L^T: `rows` the lower triangle of L D (M before), `lower` that of L, `inverse`
 * the diagonal of D^-1. Triangles row by row, the diagonal included.
 */
export interface Factors {
  readonly rows: Float64Array;
  readonly lower: Float64Array;
  readonly inverse: Float64Array;
}

/** Room for systems up to a size. */
export function factorsOf(size: number): Factors {
  const triangle = (size * (size + 1)) / 2;
  return { rows: new Float64Array(triangle), lower: new Float64Array(triangle), inverse: new Float64Array(size) };
}

/** Factorise what is in `rows`. */
export function factorise({ rows, lower, inverse }: Factors, size: number): void {
  for (let p = 0; p < size; p++) {
    const rowP = (p * (p + 1)) / 2;
    for (let q = 0; q < p; q++) {
      const rowQ = (q * (q + 1)) / 2;
      let sum = rows[rowP + q]!;
      for (let r = 0; r < q; r++) sum -= lower[rowP + r]! * rows[rowQ + r]!;
      rows[rowP + q] = sum;
      lower[rowP + q] = sum * inverse[q]!;
    }
    let sum = rows[rowP + p]!;
    for (let r = 0; r < p; r++) sum -= lower[rowP + r]! * rows[rowP + r]!;
    inverse[p] = 1 / sum;
  }
}

/** v becomes L^-1 v; returns v^T M^-1 v. */
export function eliminate({ lower, inverse }: Factors, size: number, v: Float64Array): number {
  let total = 0;
  for (let p = 0; p < size; p++) {
    const rowP = (p * (p + 1)) / 2;
    let z = v[p]!;
    for (let q = 0; q < p; q++) z -= lower[rowP + q]! * v[q]!;
    v[p] = z;
    total += z * (z * inverse[p]!);
  }
  return total;
}

/** v = L^-1 u becomes M^-1 u. */
export function substitute({ lower, inverse }: Factors, size: number, v: Float64Array): void {
  for (let p = size - 1; p >= 0; p--) {
    let x = v[p]! * inverse[p]!;
    for (let q = p + 1; q < size; q++) x -= lower[(q * (q + 1)) / 2 + p]! * v[q]!;
    v[p] = x;
  }
}

/** The batch of a form. */
export function sparseBatch(form: GramForm): Gram["batch"] {
  const { parent, factor, sizes, start, monomial, coefficient } = form;
  const values = new Float64Array(parent.length);
  const largest = Math.max(0, ...sizes);
  const factors = factorsOf(largest);
  const v = new Float64Array(largest);
  const polynomial = (j: number): number => {
    let sum = 0;
    for (let e = start[j]!; e < start[j + 1]!; e++) sum += coefficient[e]! * values[monomial[e]!]!;
    return sum;
  };
  return (xs, out) => {
    for (let i = 0; i < out.length; i++) {
      values[0] = 1;
      for (let k = 1; k < values.length; k++) values[k] = values[parent[k]!]! * xs[factor[k]!]![i]!;
      let chi2 = polynomial(0);
      let j = 1;
      for (const size of sizes) {
        for (let p = 0; p < size; p++) v[p] = polynomial(j++);
        for (let t = 0; t < (size * (size + 1)) / 2; t++) factors.rows[t] = polynomial(j++);
        factorise(factors, size);
        chi2 -= eliminate(factors, size, v);
      }
      out[i] = chi2;
    }
  };
}
