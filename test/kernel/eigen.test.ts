/** Eigenvalues and eigenvectors of symmetric matrices, against matrices built from chosen ones. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { diagonalise } from "../../src/kernel/eigen.ts";
import { expectWithin } from "../relative.ts";
import { random } from "./gram-models.ts";

/** Eigenvalues, and eigenvectors as rows; the matrix lies somewhere in the middle of the memory. */
function solve(matrix: readonly number[], n: number): { readonly values: number[]; readonly vectors: number[][] } {
  const [A, V] = [3, 3 + n * n + 2];
  const m = new Float64Array(V + n * n + 4).fill(9);
  m.set(matrix, A);
  diagonalise(m, A, V, n);
  expect([...m.subarray(0, A), ...m.subarray(A + n * n, V), ...m.subarray(V + n * n)]).toEqual(new Array(9).fill(9));
  const rows = Array.from({ length: n }, (_, i) => i);
  return {
    values: rows.map((i) => m[A + i * n + i]!),
    vectors: rows.map((i) => [...m.subarray(V + i * n, V + (i + 1) * n)]),
  };
}

/** An orthogonal matrix from reflections in random planes. */
function orthogonal(n: number, seed: number): number[][] {
  const next = random(seed);
  let Q = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => Number(i === j)));
  for (let k = 0; k < n; k++) {
    const v = Array.from({ length: n }, () => next() - 0.5);
    const norm = v.reduce((sum, x) => sum + x * x, 0);
    Q = Q.map((row) => {
      const along = (2 * row.reduce((sum, x, j) => sum + x * v[j]!, 0)) / norm;
      return row.map((x, j) => x - along * v[j]!);
    });
  }
  return Q;
}

const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

it("known matrices", () => {
  expect(solve([7], 1)).toEqual({ values: [7], vectors: [[1]] });
  expect(solve([3, 0, 0, -2], 2)).toEqual({
    values: [3, -2],
    vectors: [
      [1, 0],
      [0, 1],
    ],
  });
  // (x + y)^2/2 - (x - y)^2/2 = 2 x y.
  for (const [k, value] of sorted(solve([0, 1, 1, 0], 2).values).entries()) expectWithin(value, [-1, 1][k]!, 4e-16);
  // A chain of three springs: 2 - sqrt(2), 2, 2 + sqrt(2).
  for (const [k, value] of sorted(solve([2, -1, 0, -1, 2, -1, 0, -1, 2], 3).values).entries()) {
    expectWithin(value, [2 - Math.SQRT2, 2, 2 + Math.SQRT2][k]!, 2e-15);
  }
  expect(solve([0, 0, 0, 0], 2).values).toEqual([0, 0]);
});

it("matrices built from chosen eigenvalues: those, their vectors, and the matrix back", () => {
  const value = fc.oneof(
    // Squares of entries must not vanish: nothing near the smallest numbers that there are.
    fc.double({ min: -5, max: 5, noNaN: true }).map((v) => (Math.abs(v) < 1e-12 ? 0 : v)),
    fc.constantFrom(0, 1, -1, 2, 2, 1e-9, 1e6, -1e6),
  );
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 9 }), fc.integer({ min: 1, max: 1e9 }), (chosen, seed) => {
      const n = chosen.length;
      const Q = orthogonal(n, seed);
      const entry = (i: number, j: number): number => chosen.reduce((sum, c, e) => sum + c * Q[e]![i]! * Q[e]![j]!, 0);
      const matrix = Array.from({ length: n * n }, (_, k) =>
        entry(Math.max(Math.floor(k / n), k % n), Math.min(Math.floor(k / n), k % n)),
      );
      const { values, vectors } = solve(matrix, n);
      // Jacobi rotations are stable: a few rounding errors of the largest entry for each of the rotations.
      const noise = 1e-14 * Math.max(...chosen.map(Math.abs));
      sorted(values).forEach((one, k) => {
        expectWithin(one, sorted(chosen)[k]!, noise, `eigenvalue ${k}`);
      });
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          const product = vectors[i]!.reduce((sum, x, k) => sum + x * vectors[j]![k]!, 0);
          expectWithin(product, i === j ? 1 : 0, 1e-14, `vectors ${i} and ${j}`);
          const back = values.reduce((sum, one, e) => sum + one * vectors[e]![i]! * vectors[e]![j]!, 0);
          expectWithin(back, matrix[i * n + j]!, noise, `entry ${i} ${j}`);
        }
      }
    }),
    { numRuns: 200, seed: 1 },
  );
});
