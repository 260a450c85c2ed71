import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BARRIER, barrierBetween, FLATNESS, findMinima, type Minimum } from "../../src/statistics/index.ts";
import { expectRelative } from "../relative.ts";
import { cube, doubleWell, gridMinima, type Monomial, objectiveOf, polynomial, ring } from "./objectives.ts";

/** A search stops when a step would gain less than 1e-13: with curvature of order 1 the place is good to 1e-6. */
const PLACE = 1e-6;

const places = (minima: readonly Minimum[]): number[][] => minima.map(({ x }) => [...x]);
const norm = (v: ArrayLike<number>): number => Math.hypot(...Array.from(v));

/** height (x^2 - 1)^2 + stiffness (y - x^2)^2: the pass between (-1, 1) and (1, 1) leads round a bend. */
function bentWell(height: number, stiffness: number) {
  return objectiveOf(
    ([x = 0, y = 0]) => height * (x ** 2 - 1) ** 2 + stiffness * (y - x ** 2) ** 2,
    ([x = 0, y = 0]) => {
      const across = y - x ** 2;
      const along = 4 * height * x * (x ** 2 - 1);
      return [along - 4 * stiffness * x * across, 2 * stiffness * across];
    },
    cube(2, 5),
  );
}

describe("distinct minima", () => {
  it("related by a sign are all listed, once each", () => {
    const one = findMinima(doubleWell(1, 1));
    expect(one.map(({ status }) => status)).toEqual(["converged", "converged"]);
    expect(one.map(({ x }) => Math.sign(x[0] as number)).sort()).toEqual([-1, 1]);
    // (x^2 - 1)^2 + (y^2 - 4)^2
    const four = findMinima(
      polynomial(
        [
          [1, 4, 0],
          [-2, 2, 0],
          [1, 0, 4],
          [-8, 0, 2],
          [17, 0, 0],
        ],
        cube(2, 5),
      ),
    );
    expect(four).toHaveLength(4);
    for (const { x, value } of four) {
      expect(Math.abs(value)).toBeLessThan(1e-12);
      expect(Math.abs(Math.abs(x[0] as number) - 1)).toBeLessThan(PLACE);
      expect(Math.abs(Math.abs(x[1] as number) - 2)).toBeLessThan(PLACE);
    }
    expect(new Set(four.map(({ x }) => `${Math.sign(x[0] as number)} ${Math.sign(x[1] as number)}`)).size).toBe(4);
  });

  it("the image of a minimum that only a place asked for leads to is listed too", () => {
    // (x^2 + y^2)/5 with dips at (+-2.6173, 1.2341), a thousandth of the range wide: no spread of starting points meets
    // them.
    const dip = (x: number, y: number): number =>
      9 * Math.exp(-(((Math.abs(x) - 2.6173) / 0.01) ** 2) - ((y - 1.2341) / 0.01) ** 2);
    const objective = objectiveOf(
      ([x = 0, y = 0]) => (x ** 2 + y ** 2) / 5 - dip(x, y),
      ([x = 0, y = 0]) => [
        (2 * x) / 5 + (2 * Math.sign(x) * (Math.abs(x) - 2.6173) * dip(x, y)) / 0.01 ** 2,
        (2 * y) / 5 + (2 * (y - 1.2341) * dip(x, y)) / 0.01 ** 2,
      ],
      cube(2, 5),
    );
    expect(findMinima(objective)).toHaveLength(1);
    const minima = findMinima(objective, [[2.6173, 1.2341]]);
    expect(minima.map(({ x }) => (x[0] as number).toFixed(3)).sort()).toEqual(["-2.617", "0.000", "2.617"]);
  });

  it.each([1, 2, 3])("a pass just below 1e-3 joins two, one just above parts them, in %d dimensions", (n) => {
    expect(BARRIER).toBe(1e-3);
    expect(findMinima(doubleWell(0.99e-3, n))).toHaveLength(1);
    expect(findMinima(doubleWell(1.01e-3, n))).toHaveLength(2);
  });

  it.each([10, 1000])("so does a pass round a bend, stiffness %d", (stiffness) => {
    // The height of a bent way is an upper bound, good to a tenth of BARRIER.
    expect(findMinima(bentWell(0.9e-3, stiffness))).toHaveLength(1);
    expect(findMinima(bentWell(1.1e-3, stiffness))).toHaveLength(2);
  });

  it.each([1, 2, 3, 4])("sums of tilted wells in %d dimensions: all 2^n, best first", (n) => {
    const tilt = 0.1;
    const power = (i: number, p: number): number[] => Array.from({ length: n }, (_, k) => (k === i ? p : 0));
    const terms = Array.from({ length: n }, (_, i): Monomial[] => [
      [1, ...power(i, 4)],
      [-2, ...power(i, 2)],
      [tilt, ...power(i, 1)],
    ]).flat();
    const minima = findMinima(polynomial(terms, cube(n, 5)));
    expect(minima).toHaveLength(2 ** n);
    // x^4 - 2 x^2 + x/10 from a table in steps of 1e-6, good to 1e-11.
    const table = (low: number): number =>
      Array.from({ length: 200_001 }, (_, k) => low + 1e-6 * k).reduce(
        (lowest, x) => Math.min(lowest, x ** 4 - 2 * x ** 2 + tilt * x),
        0,
      );
    const [left, right] = [table(-1.1), table(0.9)];
    minima.forEach(({ x, value }, k) => {
      const expected = [...x].reduce((sum, xi) => sum + (xi < 0 ? left : right), 0);
      expect(Math.abs(value - expected)).toBeLessThan(1e-10);
      if (k > 0) expect(value).toBeGreaterThanOrEqual((minima[k - 1] as Minimum).value - 1e-10);
    });
    expect([...(minima[0] as Minimum).x].every((x) => x < 0)).toBe(true);
  });

  it("in five dimensions along a bent valley", () => {
    // Sum of (1 - x_i)^2 + 100 (x_{i+1} - x_i^2)^2, which has two minima: (1, 1, 1, 1, 1) and one near x_1 = -1
    // (S. Kok and C. Sandrock, Evol. Comput. 17 (2009) 437).
    const chain = objectiveOf(
      (x) => [0, 1, 2, 3].reduce((sum, i) => sum + (1 - x[i]!) ** 2 + 100 * (x[i + 1]! - x[i]! ** 2) ** 2, 0),
      (x) => {
        const gradient = [0, 0, 0, 0, 0];
        for (let i = 0; i < 4; i++) {
          const across = x[i + 1]! - x[i]! ** 2;
          gradient[i]! += -2 * (1 - x[i]!) - 400 * x[i]! * across;
          gradient[i + 1]! += 200 * across;
        }
        return gradient;
      },
      cube(5, 5),
    );
    const minima = findMinima(chain);
    expect(minima).toHaveLength(2);
    for (const x of (minima[0] as Minimum).x) expect(Math.abs(x - 1)).toBeLessThan(3 * PLACE);
    const other = minima[1] as Minimum;
    expect(Math.abs((other.x[0] as number) + 1)).toBeLessThan(0.1);
    expect(other.value).toBeGreaterThan(1);
  });

  it("a second minimum of a fiftieth of the range is not missed", () => {
    for (let k = 0; k < 25; k++) {
      const centre = -4.4 + (8.8 * k) / 24;
      const dip = (x: number): number => 20 * Math.exp(-(((x - centre) / 0.2) ** 2));
      const objective = objectiveOf(
        ([x = 0]) => 0.2 * x ** 2 - dip(x),
        ([x = 0]) => [0.4 * x + (2 * (x - centre) * dip(x)) / 0.04],
        cube(1, 5),
      );
      const minima = findMinima(objective);
      expect(
        minima.some(({ x }) => Math.abs((x[0] as number) - centre) < 0.01),
        `dip at ${centre}`,
      ).toBe(true);
    }
  });
});

describe("flat minima", () => {
  it("a straight valley: one representative and the unit direction", () => {
    // (x + 2 y)^2, also where the ranges differ.
    for (const box of [
      cube(2, 5),
      [
        [-5, -50],
        [5, 50],
      ],
    ] as const) {
      const minima = findMinima(
        polynomial(
          [
            [1, 2, 0],
            [4, 1, 1],
            [4, 0, 2],
          ],
          box,
        ),
      );
      expect(minima).toHaveLength(1);
      const { status, direction, value } = minima[0] as Minimum;
      expect(status).toBe("flat");
      expect(value).toBeLessThan(1e-12);
      // (2, -1)/sqrt 5; its first component positive. Second differences give the direction to 1e-4.
      expect(norm(direction as Float64Array)).toBeCloseTo(1, 12);
      expect(direction?.[0]).toBeCloseTo(2 / Math.sqrt(5), 3);
      expect(direction?.[1]).toBeCloseTo(-1 / Math.sqrt(5), 3);
    }
  });

  it("two parallel valleys: one representative of each", () => {
    // ((x + 2 y)^2 - 1)^2
    const s = (x: ArrayLike<number>): number => (x[0] as number) + 2 * (x[1] as number);
    const minima = findMinima(
      objectiveOf(
        (x) => (s(x) ** 2 - 1) ** 2,
        (x) => [4 * s(x) * (s(x) ** 2 - 1), 8 * s(x) * (s(x) ** 2 - 1)],
        cube(2, 5),
      ),
    );
    expect(minima.map(({ status }) => status)).toEqual(["flat", "flat"]);
    expect(minima.map(({ x }) => Math.round(s(x))).sort()).toEqual([-1, 1]);
  });

  it.each([
    [1, 1],
    [100, 3],
    [1e4, 0.5],
  ])("a circle: one representative, its direction the tangent (stiffness %d, radius %d)", (stiffness, radius) => {
    const minima = findMinima(ring(stiffness, radius));
    expect(minima).toHaveLength(1);
    const { x, status, direction } = minima[0] as Minimum;
    expect(status).toBe("flat");
    expectRelative(norm(x), radius, PLACE);
    expect(norm(direction as Float64Array)).toBeCloseTo(1, 12);
    const along = (x[0] as number) * (direction?.[0] as number) + (x[1] as number) * (direction?.[1] as number);
    expect(Math.abs(along) / radius).toBeLessThan(1e-4);
  });

  it("an ellipse ten times longer than wide is still one", () => {
    // 100 (x^2 + 100 y^2 - 1)^2
    const terms: readonly Monomial[] = [
      [100, 4, 0],
      [2e4, 2, 2],
      [1e6, 0, 4],
      [-200, 2, 0],
      [-2e4, 0, 2],
      [100, 0, 0],
    ];
    const minima = findMinima(polynomial(terms, cube(2, 5)));
    expect(places(minima)).toHaveLength(1);
    expect(minima[0]?.status).toBe("flat");
  });

  it("a sphere: one", () => {
    const excess = (x: ArrayLike<number>): number => norm(x) ** 2 - 1;
    const minima = findMinima(
      objectiveOf(
        (x) => excess(x) ** 2,
        (x) => Array.from(x, (xi) => 4 * xi * excess(x)),
        cube(3, 5),
      ),
    );
    expect(minima).toHaveLength(1);
    expect(minima[0]?.status).toBe("flat");
  });

  it("flat means less than 1e-6 over a hundredth of the range", () => {
    expect(FLATNESS).toBe(1e-6);
    // k x^2 rises by k/100 over a step of 0.1.
    expect(findMinima(polynomial([[2e-4, 2]], cube(1, 5)))).toMatchObject([{ status: "converged" }]);
    expect(findMinima(polynomial([[0.5e-4, 2]], cube(1, 5)))).toMatchObject([{ status: "flat" }]);
  });

  it("a constant is flat", () => {
    const minima = findMinima(polynomial([[3, 0, 0]], cube(2, 5)));
    expect(minima).toHaveLength(1);
    expect(minima[0]).toMatchObject({ value: 3, status: "flat" });
    expect(norm(minima[0]?.direction as Float64Array)).toBeCloseTo(1, 12);
  });
});

describe("where to look", () => {
  it("a starting point asked for answers for its valley: an exact zero stays exact", () => {
    const bowl = polynomial(
      [
        [1, 4, 0],
        [1, 0, 4],
        [0.1, 2, 0],
      ],
      cube(2, 5),
    );
    expect(places(findMinima(bowl, [[0, 0]]))).toEqual([[0, 0]]);
  });

  it("gives the same answer twice", () => {
    const objective = bentWell(1, 10);
    expect(places(findMinima(objective))).toEqual(places(findMinima(objective)));
  });

  it("is the box: minima on its border are listed as such", () => {
    // (x - 7)^2 + (y - 1)^2
    const minima = findMinima(
      polynomial(
        [
          [1, 2, 0],
          [-14, 1, 0],
          [1, 0, 2],
          [-2, 0, 1],
        ],
        cube(2, 5),
      ),
    );
    expect(minima).toHaveLength(1);
    expect(minima[0]?.status).toBe("at-bound");
    expect(minima[0]?.x[0]).toBe(5);
  });

  it("a pass outside of the box joins nothing", () => {
    // -(x^2 + y^2): every corner is a minimum, one unit below the middles of the edges.
    const minima = findMinima(
      polynomial(
        [
          [-1, 2, 0],
          [-1, 0, 2],
        ],
        cube(2, 1),
      ),
    );
    expect(places(minima).sort()).toEqual([
      [-1, -1],
      [-1, 1],
      [1, -1],
      [1, 1],
    ]);
    for (const { status, value } of minima) expect([status, value]).toEqual(["at-bound", -2]);
  });

  it("a straight slope beside a flat direction ends on the border", () => {
    const minima = findMinima(polynomial([[1, 1, 0]], cube(2, 5)));
    expect(minima).toHaveLength(1);
    expect(minima[0]?.x[0]).toBe(-5);
    expect(minima[0]?.value).toBe(-5);
    expect(minima[0]?.status).not.toBe("failed");
  });

  it("nothing found: one entry that says so", () => {
    const nan = objectiveOf(
      () => Number.NaN,
      () => [Number.NaN],
      cube(1, 1),
    );
    expect(findMinima(nan)).toMatchObject([{ status: "failed" }]);
  });
});

describe("height of the pass between two places", () => {
  it.each([1, 2, 4])("is the ridge of a double well in %d dimensions", (n) => {
    const side = (x: number): number[] => [x, ...Array(n - 1).fill(0)];
    // The middle is one of the samples.
    expectRelative(barrierBetween(doubleWell(0.3, n), side(-1), side(1)), 0.3, 1e-12);
  });

  it("counts from the higher of the two", () => {
    // Depths 0 and about 0.8 below a ridge: (x^2 - 1)^2 + 0.4 x.
    const tilted = polynomial(
      [
        [1, 4],
        [-2, 2],
        [0.4, 1],
        [1, 0],
      ],
      cube(1, 5),
    );
    const [deep, shallow] = findMinima(tilted) as [Minimum, Minimum];
    const ridge = gridMinima(tilted, 100_001).find(({ depth }) => Number.isFinite(depth))?.depth as number;
    // 84 samples of a ridge with curvature 4 over a way of 2: 3e-4 of height.
    expect(Math.abs(barrierBetween(tilted, deep.x, shallow.x) - ridge)).toBeLessThan(1e-3);
    expect(barrierBetween(tilted, shallow.x, deep.x)).toBe(barrierBetween(tilted, deep.x, shallow.x));
  });

  it("is nothing along a circle", () => {
    expect(barrierBetween(ring(100, 1), [1, 0], [-1, 0])).toBeLessThan(BARRIER);
    expect(barrierBetween(ring(100, 1), [1, 0], [0, -1])).toBeLessThan(BARRIER);
  });

  it("is never negative", () => {
    const bowl = polynomial(
      [
        [1, 2, 0],
        [1, 0, 2],
      ],
      cube(2, 5),
    );
    expect(barrierBetween(bowl, [1, 0], [0, 1])).toBe(0);
  });
});

describe("random quartics against a grid", () => {
  const coefficient = fc.double({ min: -1, max: 1, noNaN: true });
  // The same cases in every run: a search of starting points is no proof.
  const settings = { seed: 1806_07424 };

  it("in one dimension: nothing deeper, no minimum missed, none invented", () => {
    fc.assert(
      fc.property(
        fc.tuple(coefficient, coefficient, coefficient),
        fc.double({ min: 0.5, max: 8, noNaN: true }),
        ([a, b, c], half) => {
          const terms = [a, b, c, 0.4].map((k, i): Monomial => [(20 * k) / half ** (i + 1), i + 1]);
          const objective = polynomial(terms, cube(1, half));
          const found = findMinima(objective);
          const expected = gridMinima(objective, 2001);
          const near = (x: readonly number[], one: Minimum): boolean =>
            Math.abs((x[0] as number) - (one.x[0] as number)) < half / 250;
          expect((found[0] as Minimum).value).toBeLessThanOrEqual(
            Math.min(...expected.map(({ value }) => value)) + 1e-12,
          );
          for (const { x, depth } of expected) {
            // A dip against the border shallower than a hundredth of what chi^2 spans can be missed.
            if (depth > 0.2)
              expect(
                found.some((one) => near(x, one)),
                `minimum at ${x}`,
              ).toBe(true);
          }
          for (const one of found)
            expect(
              expected.some(({ x }) => near(x, one)),
              `no minimum at ${one.x}`,
            ).toBe(true);
        },
      ),
      { ...settings, numRuns: 200 },
    );
  });

  it("in two dimensions: nothing deeper, no minimum missed, none invented", () => {
    const powers = [
      [1, 0],
      [0, 1],
      [2, 0],
      [1, 1],
      [0, 2],
      [3, 0],
      [2, 1],
      [1, 2],
      [0, 3],
      [3, 1],
      [2, 2],
      [1, 3],
    ] as const;
    fc.assert(
      fc.property(
        fc.array(coefficient, { minLength: 12, maxLength: 12 }),
        fc.double({ min: 0.5, max: 4, noNaN: true }),
        (c, size) => {
          // Of order 20 within `size`, rising in every direction beyond: all minima lie inside the box.
          const terms = powers.map(([p, q], k): Monomial => [(20 * (c[k] as number)) / size ** (p + q), p, q]);
          const rise = 40 / size ** 4;
          const objective = polynomial([...terms, [rise, 4, 0], [rise, 0, 4]], cube(2, 2 * size));
          const found = findMinima(objective);
          const expected = gridMinima(objective, 101);
          const near = (x: readonly number[], one: Minimum): boolean =>
            norm(x.map((xi, i) => xi - (one.x[i] as number))) < size / 10;
          expect((found[0] as Minimum).value).toBeLessThanOrEqual(
            Math.min(...expected.map(({ value }) => value)) + 1e-12,
          );
          for (const { x, depth } of expected) {
            // Steps of size/25 see the pass itself only to a few hundredths.
            if (depth > 0.1)
              expect(
                found.some((one) => near(x, one)),
                `minimum at ${x}`,
              ).toBe(true);
          }
          for (const one of found) {
            const deeper = expected.some(({ x }) => near(x, one));
            // A pass of 1e-3 is finer than the grid.
            const shallow = found.some((other) => other !== one && barrierBetween(objective, one.x, other.x) < 0.1);
            expect(deeper || shallow, `no minimum at ${one.x}`).toBe(true);
          }
        },
      ),
      { ...settings, numRuns: 15 },
    );
  });
});
