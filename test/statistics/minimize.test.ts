import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minimizeFrom, scaledHessian, scales } from "../../src/statistics/index.ts";
import { cube, doubleWell, objectiveOf, polynomial } from "./objectives.ts";

/** The last step gains less than 1e-13 in chi^2: with curvature of order 1 the place is good to 1e-6. */
const PLACE = 1e-6;

/** (1 - x)^2 + steepness (y - x^2)^2: a bent valley with its one minimum at (1, 1). */
const rosenbrock = (steepness: number) =>
  polynomial(
    [
      [1, 0, 0],
      [-2, 1, 0],
      [1, 2, 0],
      [steepness, 0, 2],
      [-2 * steepness, 2, 1],
      [steepness, 4, 0],
    ],
    cube(2, 5),
  );

describe("nearest minimum", () => {
  const starts = [
    [-1.2, 1],
    [0, 0],
    [5, -5],
    [-5, 5],
    [-5, -5],
    [3, 5],
    [1e-9, 0],
  ];
  it.each(starts.flatMap((start) => [100, 1e4].map((steepness) => [start, steepness] as const)))(
    "of a bent quartic valley from %j, steepness %d",
    (start, steepness) => {
      const found = minimizeFrom(rosenbrock(steepness), start);
      expect(found.status).toBe("converged");
      // Terms of size `steepness` cancel: their rounding is what is left of a chi^2 of zero.
      expect(Math.abs(found.value)).toBeLessThan(1e-15 * steepness * 10);
      expect(Math.hypot((found.x[0] as number) - 1, (found.x[1] as number) - 1)).toBeLessThan(3 * PLACE);
    },
  );

  it.each([1, 2, 3, 4, 5])("of a quadratic form in %d dimensions, from anywhere", (n) => {
    const number = fc.double({ min: -1, max: 1, noNaN: true });
    const vector = fc.array(number, { minLength: n, maxLength: n });
    fc.assert(
      fc.property(fc.array(vector, { minLength: n, maxLength: n }), vector, vector, (rows, centre, start) => {
        // |M (x - c)|^2 + |x - c|^2 / 10
        const residual = (x: ArrayLike<number>): readonly number[] =>
          rows.map((row) => row.reduce((sum, m, i) => sum + m * ((x[i] as number) - (centre[i] as number)), 0));
        const objective = objectiveOf(
          (x) =>
            residual(x).reduce((sum, r) => sum + r * r, 0) +
            centre.reduce((sum, c, i) => sum + 0.1 * ((x[i] as number) - c) ** 2, 0),
          (x) => {
            const r = residual(x);
            return centre.map(
              (c, i) =>
                0.2 * ((x[i] as number) - c) +
                rows.reduce((sum, row, k) => sum + 2 * (row[i] as number) * (r[k] as number), 0),
            );
          },
          cube(n, 5),
        );
        const found = minimizeFrom(
          objective,
          start.map((s) => 5 * s),
        );
        expect(found.status).toBe("converged");
        centre.forEach((c, i) => {
          expect(Math.abs((found.x[i] as number) - c)).toBeLessThan(3 * PLACE);
        });
      }),
      { numRuns: 30 },
    );
  });

  it("of a quartic without curvature at its bottom", () => {
    const found = minimizeFrom(polynomial([[1, 4]], cube(1, 5)), [3]);
    expect(found.status).toBe("converged");
    expect(found.value).toBeLessThan(1e-12);
  });

  it("never ends higher than it starts", () => {
    const real = fc.double({ min: -5, max: 5, noNaN: true });
    fc.assert(
      fc.property(fc.array(real, { minLength: 8, maxLength: 8 }), real, real, (c, x, y) => {
        const powers = [
          [1, 0],
          [0, 1],
          [2, 0],
          [1, 1],
          [0, 2],
          [3, 0],
          [1, 2],
          [0, 3],
        ] as const;
        const terms = powers.map(([p, q], k) => [c[k] as number, p, q] as const);
        const objective = polynomial([...terms, [1, 4, 0], [1, 0, 4]], cube(2, 5));
        const found = minimizeFrom(objective, [x, y]);
        expect(found.status).not.toBe("failed");
        expect(found.value).toBeLessThanOrEqual(objective.evaluate([x, y]));
        expect(found.value).toBe(objective.evaluate(found.x));
      }),
    );
  });
});

describe("stationary points that are no minima are left", () => {
  it("a maximum in one dimension", () => {
    const found = minimizeFrom(doubleWell(1, 1), [0]);
    expect(found.status).toBe("converged");
    expect(Math.abs(Math.abs(found.x[0] as number) - 1)).toBeLessThan(PLACE);
  });

  it.each([2, 3, 5])("a saddle in %d dimensions", (n) => {
    const found = minimizeFrom(doubleWell(1, n), Array(n).fill(0));
    expect(found.status).toBe("converged");
    expect(Math.abs(Math.abs(found.x[0] as number) - 1)).toBeLessThan(PLACE);
    expect(found.value).toBeLessThan(1e-12);
  });

  it("a maximum of all directions in two dimensions", () => {
    // (x^2 - 1)^2 + (y^2 - 1)^2 at the origin.
    const four = polynomial(
      [
        [1, 4, 0],
        [-2, 2, 0],
        [1, 0, 4],
        [-2, 0, 2],
        [2, 0, 0],
      ],
      cube(2, 5),
    );
    const found = minimizeFrom(four, [0, 0]);
    expect(found.value).toBeLessThan(1e-12);
  });

  it("a maximum flatter than quadratic", () => {
    // -x^4 falls to the border of the box.
    const found = minimizeFrom(polynomial([[-1, 4]], cube(1, 5)), [0]);
    expect(found.value).toBe(-625);
    expect(found.status).toBe("at-bound");
  });
});

describe("bounds", () => {
  it("a minimum outside the box ends on the border, the other parameter at its best", () => {
    // (x - 7)^2 + (y - x/7)^2
    const objective = objectiveOf(
      (x) => ((x[0] as number) - 7) ** 2 + ((x[1] as number) - (x[0] as number) / 7) ** 2,
      (x) => {
        const r = (x[1] as number) - (x[0] as number) / 7;
        return [2 * ((x[0] as number) - 7) - (2 / 7) * r, 2 * r];
      },
      cube(2, 5),
    );
    const found = minimizeFrom(objective, [0, 0]);
    expect(found.status).toBe("at-bound");
    expect(found.x[0]).toBe(5);
    expect(Math.abs((found.x[1] as number) - 5 / 7)).toBeLessThan(PLACE);
  });

  it("a start outside is moved in", () => {
    const found = minimizeFrom(polynomial([[1, 2]], cube(1, 5)), [40]);
    expect(found).toMatchObject({ status: "converged" });
    expect(Math.abs(found.x[0] as number)).toBeLessThan(PLACE);
  });

  it("a start on the border leaves it", () => {
    const found = minimizeFrom(
      polynomial(
        [
          [1, 2, 0],
          [1, 0, 2],
        ],
        cube(2, 5),
      ),
      [5, -5],
    );
    expect(found.status).toBe("converged");
    expect(found.value).toBeLessThan(1e-12);
  });

  it("a straight slope ends on the border", () => {
    const found = minimizeFrom(polynomial([[1, 1]], cube(1, 5)), [2]);
    expect(found).toMatchObject({ status: "at-bound", value: -5 });
    expect([...found.x]).toEqual([-5]);
  });
});

describe("objectives that are no numbers", () => {
  const nan = objectiveOf(
    () => Number.NaN,
    () => [Number.NaN],
    cube(1, 1),
  );
  it("NaN fails", () => {
    expect(minimizeFrom(nan, [0.3]).status).toBe("failed");
  });

  it("infinity fails", () => {
    const infinite = objectiveOf(
      () => Number.POSITIVE_INFINITY,
      () => [0],
      cube(1, 1),
    );
    expect(minimizeFrom(infinite, [0.3]).status).toBe("failed");
  });

  it("NaN in part of the box does not stop a search from outside of it", () => {
    const half = objectiveOf(
      (x) => ((x[0] as number) < 0 ? Number.NaN : ((x[0] as number) - 0.5) ** 2),
      (x) => [(x[0] as number) < 0 ? Number.NaN : 2 * ((x[0] as number) - 0.5)],
      cube(1, 1),
    );
    const found = minimizeFrom(half, [0.9]);
    expect(found.status).toBe("converged");
    expect(Math.abs((found.x[0] as number) - 0.5)).toBeLessThan(PLACE);
  });
});

describe("second derivatives", () => {
  it("in units of a tenth of the ranges, also on the border", () => {
    // 3 x^2 + 2 x y + 5 y^2 with scales 1 and 2: [[6, 4], [4, 40]].
    const objective = polynomial(
      [
        [3, 2, 0],
        [2, 1, 1],
        [5, 0, 2],
      ],
      [
        [-5, -10],
        [5, 10],
      ],
    );
    expect([...scales(objective)]).toEqual([1, 2]);
    for (const place of [
      [0.3, -0.4],
      [5, -10],
    ]) {
      const H = scaledHessian(objective, place);
      // Differences over 1e-4 of gradients up to 1e2 with rounding 1e-16.
      [6, 4, 4, 40].forEach((expected, k) => {
        expect(Math.abs((H[k] as number) - expected)).toBeLessThan(1e-8);
      });
    }
  });
});
