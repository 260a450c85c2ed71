import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { solvePositive, solveSemidefinite, symmetricEigen } from "../../src/numerics/linear-algebra.ts";
import { expectRelative } from "../relative.ts";

/** Second difference matrix: 2 on the diagonal, -1 beside it. */
function secondDifference(n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, k) => {
    const distance = Math.abs(Math.floor(k / n) - (k % n));
    return distance === 0 ? 2 : distance === 1 ? -1 : 0;
  });
}

const at = (matrix: ArrayLike<number>, i: number, j: number, n: number): number => matrix[i * n + j] as number;

const element = fc.double({ min: -3, max: 3, noNaN: true });
const square = fc.integer({ min: 1, max: 6 }).chain((n) =>
  fc.record({
    n: fc.constant(n),
    rows: fc.array(element, { minLength: n * n, maxLength: n * n }),
    b: fc.array(element, { minLength: n, maxLength: n }),
  }),
);

describe("solvePositive", () => {
  it("solves the string pulled down by equal weights", () => {
    // -u'' = 1 on n points: u_i = i (n + 1 - i)/2.
    const n = 7;
    const x = solvePositive(secondDifference(n), new Float64Array(n).fill(1), n);
    for (let i = 1; i <= n; i++) expectRelative(x?.[i - 1] as number, (i * (n + 1 - i)) / 2, 1e-14);
  });

  it("gives back what it is made to solve", () => {
    fc.assert(
      fc.property(square, ({ n, rows, b }) => {
        // M^T M + 1 is positive definite.
        const A = Float64Array.from({ length: n * n }, (_, k) => {
          const [i, j] = [Math.floor(k / n), k % n];
          let sum = i === j ? 1 : 0;
          for (let m = 0; m < n; m++) sum += at(rows, m, i, n) * at(rows, m, j, n);
          return sum;
        });
        const x = solvePositive(A, b, n) as Float64Array;
        for (let i = 0; i < n; i++) {
          const product = x.reduce((sum, value, j) => sum + at(A, i, j, n) * value, 0);
          // Backward stable: the residual is rounding of |A| |x|, at most 55 x 3 sqrt 6.
          expect(Math.abs(product - (b[i] as number))).toBeLessThan(1e-12);
        }
      }),
      { seed: 3 },
    );
  });

  it("refuses a matrix that is not positive definite", () => {
    expect(solvePositive([1, 2, 2, 1], [1, 1], 2)).toBeUndefined();
    expect(solvePositive([0], [1], 1)).toBeUndefined();
    expect(solvePositive([Number.NaN], [1], 1)).toBeUndefined();
  });
});

describe("symmetricEigen", () => {
  it("finds the vibrations of a string", () => {
    const n = 8;
    const { values } = symmetricEigen(secondDifference(n), n);
    for (let k = 1; k <= n; k++) {
      expectRelative(values[k - 1] as number, 2 - 2 * Math.cos((k * Math.PI) / (n + 1)), 1e-14, `value ${k}`);
    }
  });

  it("gives increasing values and orthonormal vectors that build the matrix", () => {
    fc.assert(
      fc.property(square, ({ n, rows }) => {
        const A = Float64Array.from(
          rows,
          (_, k) => at(rows, Math.floor(k / n), k % n, n) + at(rows, k % n, Math.floor(k / n), n),
        );
        const { values, vectors } = symmetricEigen(A, n);
        for (let i = 0; i < n; i++) {
          if (i > 0) expect(values[i]).toBeGreaterThanOrEqual(values[i - 1] as number);
          for (let j = 0; j < n; j++) {
            const dot = (vectors[i] as Float64Array).reduce((sum, x, m) => sum + x * (vectors[j]?.[m] as number), 0);
            expect(Math.abs(dot - (i === j ? 1 : 0))).toBeLessThan(1e-14);
            const built = vectors.reduce(
              (sum, v, k) => sum + (values[k] as number) * (v[i] as number) * (v[j] as number),
              0,
            );
            // Elements up to 6 in size, six terms.
            expect(Math.abs(built - at(A, i, j, n))).toBeLessThan(1e-13);
          }
        }
      }),
      { seed: 4, numRuns: 50 },
    );
  });

  it("keeps its input", () => {
    const matrix = [2, 1, 1, 2];
    const { values } = symmetricEigen(matrix, 2);
    expect(matrix).toEqual([2, 1, 1, 2]);
    expectRelative(values[0] as number, 1, 1e-15);
    expectRelative(values[1] as number, 3, 1e-15);
  });
});

describe("solveSemidefinite", () => {
  it("agrees with Cholesky where the matrix is positive definite", () => {
    const n = 6;
    const b = [1, -2, 3, 0, 5, -1];
    const expected = solvePositive(secondDifference(n), b, n) as Float64Array;
    solveSemidefinite(secondDifference(n), b, n).forEach((x, i) => {
      // Condition number 20.
      expectRelative(x, expected[i] as number, 1e-13, `x${i}`);
    });
  });

  it("is the shortest least-squares solution where directions are open", () => {
    // v v^T with v = (1, 2, 2): x = v (v.b)/81, whatever part of b lies across.
    const v = [1, 2, 2] as const;
    const matrix = v.flatMap((a) => v.map((b) => a * b));
    const found = solveSemidefinite(matrix, [9, 0, 4.5], 3);
    [18 / 81, 36 / 81, 36 / 81].forEach((expected, i) => {
      expectRelative(found[i] as number, expected, 1e-13, `x${i}`);
    });
    expect([...solveSemidefinite([0, 0, 0, 0], [1, 2], 2)]).toEqual([0, 0]);
  });
});
