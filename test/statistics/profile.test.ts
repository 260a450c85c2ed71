import { describe, expect, it } from "vitest";
import { chi2Grid, findMinima, holding, type Objective, profileAlong, profileAt } from "../../src/statistics/index.ts";
import { cube, objectiveOf, polynomial } from "./objectives.ts";

/** x^4 - x^2 y + y^2 + x/2 - y/4 + x z + (3/2) z^2: a bent valley, coupled in all three parameters. */
const bent = polynomial(
  [
    [1, 4, 0, 0],
    [-1, 2, 1, 0],
    [1, 0, 2, 0],
    [0.5, 1, 0, 0],
    [-0.25, 0, 1, 0],
    [1, 1, 0, 1],
    [1.5, 0, 0, 2],
  ],
  cube(3, 3),
);

/** Lowest value over a grid of the parameters that are not held, refined around it until steps are 1e-6 of the range. */
function bruteForce(objective: Objective, held: ReadonlyMap<number, number>): number {
  const open = objective.names.map((_, i) => i).filter((i) => !held.has(i));
  const x = objective.names.map((_, i) => held.get(i) ?? 0);
  let best = Number.POSITIVE_INFINITY;
  let centre = open.map(() => 0);
  for (let reach = 3; reach > 3e-6; reach /= 4) {
    const from = centre;
    const n = 13;
    for (let k = 0; k < n ** open.length; k++) {
      const place = from.map((c, axis) => {
        const moved = c + reach * ((2 * (Math.floor(k / n ** axis) % n)) / (n - 1) - 1);
        return Math.min(3, Math.max(-3, moved));
      });
      open.forEach((i, axis) => {
        x[i] = place[axis] as number;
      });
      const value = objective.evaluate(x);
      if (value < best) {
        best = value;
        centre = place;
      }
    }
  }
  return best;
}

describe("parameters held", () => {
  it("take the place given, values and gradients included", () => {
    const reduced = holding(bent, new Map([[1, 0.7]]));
    expect(reduced.names).toEqual(["p0", "p2"]);
    const [full, part] = [new Float64Array(3), new Float64Array(2)];
    expect(reduced.evaluate([-0.4, 1.1], part)).toBe(bent.evaluate([-0.4, 0.7, 1.1], full));
    expect([...part]).toEqual([full[0], full[2]]);
    expect([...reduced.expand([-0.4, 1.1])]).toEqual([-0.4, 0.7, 1.1]);
  });
});

describe("profile", () => {
  const minima = findMinima(bent);

  it.each([-2.5, -1, -0.3, 0, 0.4, 1.7])("over two parameters at %d, against brute force", (value) => {
    const found = profileAt(
      bent,
      new Map([[0, value]]),
      minima.map(({ x }) => x),
    );
    expect(found.converged).toBe(true);
    expect(found.x[0]).toBe(value);
    // The grid ends within 1e-6 of the range of a minimum with curvature of order 1.
    expect(Math.abs(found.chi2 - bruteForce(bent, new Map([[0, value]])))).toBeLessThan(1e-9);
    expect(bent.evaluate(found.x)).toBe(found.chi2);
  });

  it("along a parameter: every point as good as brute force, the best as good as the minimum", () => {
    const values = Array.from({ length: 41 }, (_, k) => -2 + 0.1 * k);
    const points = profileAlong(bent, 1, values, minima);
    expect(points.map(({ value }) => value)).toEqual(values);
    points.forEach(({ value, chi2 }, k) => {
      if (k % 8 === 0) expect(Math.abs(chi2 - bruteForce(bent, new Map([[1, value]])))).toBeLessThan(1e-9);
    });
    const least = minima[0]?.value as number;
    expect(Math.min(...points.map(({ chi2 }) => chi2))).toBeGreaterThanOrEqual(least - 1e-12);
    expect(Math.min(...points.map(({ chi2 }) => chi2))).toBeLessThan(least + 0.01);
  });

  it("with nothing left to minimise is the value itself", () => {
    const found = profileAt(
      bent,
      new Map([
        [0, 1],
        [1, 2],
        [2, -1],
      ]),
      [],
    );
    expect(found).toMatchObject({ chi2: bent.evaluate([1, 2, -1]), converged: true });
  });

  it("says when nothing converged", () => {
    const nan = objectiveOf(
      () => Number.NaN,
      () => [Number.NaN, Number.NaN],
      cube(2, 1),
    );
    expect(profileAt(nan, new Map([[0, 0.5]]), [[0, 0]])).toMatchObject({ converged: false });
  });
});

describe("chi^2 on a grid", () => {
  const minima = findMinima(bent);
  const [rows, columns] = [
    [-1, 0, 1, 2],
    [-0.5, 0.5, 1.5],
  ];

  it("has the last axis fastest, the third parameter profiled", () => {
    const points = chi2Grid(
      bent,
      [
        { index: 2, values: rows },
        { index: 0, values: columns },
      ],
      minima,
    );
    expect(points).toHaveLength(12);
    points.forEach(({ chi2, x, converged }, k) => {
      const [z, first] = [rows[Math.floor(k / 3)] as number, columns[k % 3] as number];
      expect([x[2], x[0], converged]).toEqual([z, first, true]);
      expect(
        Math.abs(
          chi2 -
            bruteForce(
              bent,
              new Map([
                [2, z],
                [0, first],
              ]),
            ),
        ),
      ).toBeLessThan(1e-9);
    });
  });

  it("of one axis, and of every parameter", () => {
    const line = chi2Grid(bent, [{ index: 1, values: rows }], minima);
    line.forEach(({ chi2 }, k) => {
      expect(Math.abs(chi2 - bruteForce(bent, new Map([[1, rows[k] as number]])))).toBeLessThan(1e-9);
    });
    const plane = polynomial(
      [
        [1, 2, 0],
        [10, 0, 1],
      ],
      cube(2, 5),
    );
    const points = chi2Grid(
      plane,
      [
        { index: 0, values: [1, 2] },
        { index: 1, values: [3, 4] },
      ],
      findMinima(plane),
    );
    expect(points.map(({ chi2 }) => chi2)).toEqual([31, 41, 34, 44]);
  });

  it("tells how far it is, up to 1", () => {
    const shares: number[] = [];
    chi2Grid(
      bent,
      [
        { index: 0, values: columns },
        { index: 1, values: rows },
      ],
      minima,
      (share) => shares.push(share),
    );
    expect(shares.length).toBeGreaterThan(1);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });
});
