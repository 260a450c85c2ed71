/**
 * Derivatives of a Gram form at a point. With the best pulls delta = M^-1 v, chi^2 is the minimum over delta of
 * rr - 2 v^T delta + delta^T M delta, so
 *
 *     d_a chi^2     = d_a rr - 2 d_a v^T delta + delta^T d_a M delta
 *     d_a d_b chi^2 = the same with second derivatives - 2 u_a^T M^-1 u_b,  u_a = d_a v - d_a M delta
 */

import type { Gram, GramForm } from "./gram-form.ts";
import { eliminate, factorise, factorsOf, substitute } from "./gram-sparse.ts";

/** Gradient and matrix of second derivatives of a form, and its rounding. */
export function gramDerivatives(form: GramForm): Pick<Gram, "gradient" | "hessian" | "rounding"> {
  const { variables: n, parent, factor, sizes, start, monomial, coefficient } = form;
  const size = parent.length;
  const values = new Float64Array(size);
  // Derivatives of monomials: n slopes each, n x n bends each.
  const slopes = new Float64Array(size * n);
  const bends = new Float64Array(size * n * n);
  const largest = Math.max(0, ...sizes);
  const factors = factorsOf(largest);
  const delta = new Float64Array(largest);
  const reactions = Array.from({ length: n }, () => new Float64Array(largest));
  const eliminated = new Float64Array(largest);

  function fillMonomials(x: ArrayLike<number>, second: boolean): void {
    values[0] = 1;
    for (let k = 1; k < size; k++) {
      const [above, f] = [parent[k]!, factor[k]!];
      const at = x[f]!;
      values[k] = values[above]! * at;
      for (let a = 0; a < n; a++) slopes[k * n + a] = slopes[above * n + a]! * at;
      slopes[k * n + f]! += values[above]!;
      if (!second) continue;
      for (let ab = 0; ab < n * n; ab++) bends[k * n * n + ab] = bends[above * n * n + ab]! * at;
      for (let a = 0; a < n; a++) {
        bends[(k * n + f) * n + a]! += slopes[above * n + a]!;
        bends[(k * n + a) * n + f]! += slopes[above * n + a]!;
      }
    }
  }

  /** A polynomial in the values, slopes or bends of monomials: entry `offset` of `stride` per monomial. */
  function sum(j: number, of: Float64Array, stride: number, offset: number): number {
    let total = 0;
    for (let e = start[j]!; e < start[j + 1]!; e++) total += coefficient[e]! * of[monomial[e]! * stride + offset]!;
    return total;
  }

  /** The sizes of what a polynomial adds up. */
  function sizeOf(j: number): number {
    let total = 0;
    for (let e = start[j]!; e < start[j + 1]!; e++) total += Math.abs(coefficient[e]! * values[monomial[e]!]!);
    return total;
  }

  /** rr - 2 v^T delta + delta^T M delta of one system with its polynomials from j on, each differentiated alike. */
  function atFixedPulls(j: number, P: number, of: Float64Array, stride: number, offset: number): number {
    let total = 0;
    for (let p = 0; p < P; p++) total -= 2 * delta[p]! * sum(j + p, of, stride, offset);
    let t = j + P;
    for (let p = 0; p < P; p++) {
      for (let q = 0; q <= p; q++) total += (p === q ? 1 : 2) * delta[p]! * delta[q]! * sum(t++, of, stride, offset);
    }
    return total;
  }

  /** Factors and best pulls of a system. */
  function solve(j: number, P: number): void {
    for (let p = 0; p < P; p++) delta[p] = sum(j + p, values, 1, 0);
    for (let t = 0; t < (P * (P + 1)) / 2; t++) factors.rows[t] = sum(j + P + t, values, 1, 0);
    factorise(factors, P);
    eliminate(factors, P, delta);
    substitute(factors, P, delta);
  }

  /** u_a of a system. */
  function fillReaction(j: number, P: number, a: number): void {
    const reaction = reactions[a]!;
    for (let p = 0; p < P; p++) reaction[p] = sum(j + p, slopes, n, a);
    let t = j + P;
    for (let p = 0; p < P; p++) {
      for (let q = 0; q <= p; q++) {
        const moved = sum(t++, slopes, n, a);
        reaction[p]! -= moved * delta[q]!;
        if (q < p) reaction[q]! -= moved * delta[p]!;
      }
    }
  }

  /** Calls back with each system's first polynomial and size, solved. */
  function eachSystem(visit: (j: number, P: number) => void): void {
    let j = 1;
    for (const P of sizes) {
      solve(j, P);
      visit(j, P);
      j += P + (P * (P + 1)) / 2;
    }
  }

  return {
    rounding: (x) => {
      fillMonomials(x, false);
      let total = sizeOf(0);
      eachSystem((j, P) => {
        let t = j + P;
        for (let p = 0; p < P; p++) {
          total += 2 * Math.abs(delta[p]!) * sizeOf(j + p);
          for (let q = 0; q <= p; q++) total += (p === q ? 1 : 2) * Math.abs(delta[p]! * delta[q]!) * sizeOf(t++);
        }
      });
      return total * Number.EPSILON;
    },
    gradient: (x, gradient) => {
      fillMonomials(x, false);
      for (let a = 0; a < n; a++) gradient[a] = sum(0, slopes, n, a);
      eachSystem((j, P) => {
        for (let a = 0; a < n; a++) gradient[a]! += atFixedPulls(j, P, slopes, n, a);
      });
    },
    hessian: (x, hessian) => {
      fillMonomials(x, true);
      for (let ab = 0; ab < n * n; ab++) hessian[ab] = sum(0, bends, n * n, ab);
      eachSystem((j, P) => {
        for (let a = 0; a < n; a++) fillReaction(j, P, a);
        for (let a = 0; a < n; a++) {
          eliminated.set(reactions[a]!);
          eliminate(factors, P, eliminated);
          substitute(factors, P, eliminated);
          for (let b = 0; b < n; b++) {
            let product = 0;
            for (let p = 0; p < P; p++) product += eliminated[p]! * reactions[b]![p]!;
            hessian[a * n + b]! += atFixedPulls(j, P, bends, n * n, a * n + b) - 2 * product;
          }
        }
      });
    },
  };
}
