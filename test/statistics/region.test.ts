import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  contains,
  findMinima,
  type Objective,
  type Point,
  type Polygon,
  type Range,
  type Region,
  type RegionSet,
  regionsOf,
  signedArea,
} from "../../src/statistics/index.ts";
import { expectRelative } from "../relative.ts";
import { type Box, cube, doubleWell, type Monomial, objectiveOf, polynomial, ring } from "./objectives.ts";

// 90 % and 99 % of two degrees of freedom.
const [LEVEL, HIGHER] = [4.605170185988092, 9.210340371976184];
/** A border of some hundred chords follows a curve to 1e-4 of the area. */
const AREA = 1e-3;

/** Concentric ellipses with half axes a and b per unit of sqrt(chi^2), the first turned by an angle from the x axis. */
function bowl(centre: Point, a: number, b: number, degrees = 0, box: Box = cube(2, 5)): Objective {
  const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const turned = (x: ArrayLike<number>): Point => {
    const [dx, dy] = [(x[0] as number) - centre[0], (x[1] as number) - centre[1]];
    return [(c * dx + s * dy) / a, (c * dy - s * dx) / b];
  };
  return objectiveOf(
    (x) => turned(x)[0] ** 2 + turned(x)[1] ** 2,
    (x) => {
      const [u, v] = turned(x);
      return [2 * ((u * c) / a - (v * s) / b), 2 * ((u * s) / a + (v * c) / b)];
    },
    box,
  );
}

function regions(objective: Objective, levels: readonly number[], window?: readonly [Range, Range]): RegionSet {
  return regionsOf(objective, [0, 1], findMinima(objective), levels, window);
}

const rings = ({ polygons }: Region): readonly (readonly Point[])[] =>
  polygons.flatMap(({ outer, holes }) => [outer, ...holes]);
const inside = ({ polygons }: Region, point: Point): boolean => polygons.some((polygon) => contains(polygon, point));

/** What holds of every region: orientation, order, areas that add up, no repeated point, every vertex on level or window. */
function expectWellFormed({ window, regions: all }: RegionSet, objective: Objective): void {
  const best = findMinima(objective)[0]?.value as number;
  for (const region of all) {
    const net = ({ outer, holes }: Polygon): number =>
      signedArea(outer) + holes.reduce((sum, hole) => sum + signedArea(hole), 0);
    for (const { outer, holes } of region.polygons) {
      expect(signedArea(outer)).toBeGreaterThan(0);
      for (const hole of holes) expect(signedArea(hole)).toBeLessThan(0);
    }
    const areas = region.polygons.map(net);
    expect(areas).toEqual([...areas].sort((a, b) => b - a));
    expectRelative(
      region.area,
      areas.reduce((sum, area) => sum + area, 0),
      1e-12,
    );
    for (const points of rings(region)) {
      points.forEach(([x, y], k) => {
        const [nextX, nextY] = points[(k + 1) % points.length] as Point;
        expect(x === nextX && y === nextY, `point ${k} of ${points.length} is repeated`).toBe(false);
        const onBorder = ([x, y] as const).some((value, axis) =>
          window[axis as 0 | 1].some(
            (side) => Math.abs(value - side) < 1e-12 * (window[axis as 0 | 1][1] - window[axis as 0 | 1][0]),
          ),
        );
        const offLevel = Math.abs(objective.evaluate([x, y]) - best - region.deltaChi2) / region.deltaChi2;
        // Crossings are polished to 1e-9 of a cell.
        if (!onBorder) expect(offLevel, `point (${x}, ${y})`).toBeLessThan(1e-6);
      });
    }
    for (const { outer, holes, open } of region.polygons) {
      const touches = [outer, ...holes].some((points) =>
        points.some((point) => point.some((value, axis) => window[axis as 0 | 1].includes(value))),
      );
      expect(open).toBe(touches);
    }
  }
}

describe("closed regions", () => {
  it.each([
    ["around the origin", bowl([0, 0], 1, 1), 1],
    ["small and far from it", bowl([2, -3], 1e-3, 1e-3), 1e-6],
    ["tiny", bowl([2.2345, -3.1], 1e-5, 1e-5), 1e-10],
    ["long and turned", bowl([1, 1], 1, 0.1, 30), 0.1],
    [
      "with ranges that differ",
      bowl([1, -20], 0.3, 9, 0, [
        [-5, -100],
        [5, 100],
      ]),
      2.7,
    ],
  ] as const)("an ellipse %s has its area and lies inside the window found", (_, objective, product) => {
    const found = regions(objective, [LEVEL, HIGHER]);
    expectWellFormed(found, objective);
    found.regions.forEach(({ area, polygons, deltaChi2 }, k) => {
      expect(deltaChi2).toBe([LEVEL, HIGHER][k]);
      expect(polygons).toHaveLength(1);
      expect(polygons[0]).toMatchObject({ open: false, holes: [] });
      // pi times the half axes.
      expectRelative(area, Math.PI * product * deltaChi2, AREA);
    });
    expect(found.failed).toBe(0);
  });

  it("levels keep the order they were asked in", () => {
    const found = regions(bowl([0, 0], 1, 1), [HIGHER, LEVEL]);
    expect(found.regions.map(({ deltaChi2 }) => deltaChi2)).toEqual([HIGHER, LEVEL]);
    expectRelative(found.regions[0]?.area as number, Math.PI * HIGHER, AREA);
  });

  it("an annulus: one polygon with one hole", () => {
    const objective = ring(50, 1);
    const found = regions(objective, [LEVEL, HIGHER]);
    expectWellFormed(found, objective);
    for (const region of found.regions) {
      expect(region.polygons).toHaveLength(1);
      expect(region.polygons[0]?.holes).toHaveLength(1);
      // r^2 = 1 +- sqrt(level/50).
      const s = Math.sqrt(region.deltaChi2 / 50);
      expectRelative(region.area, 2 * Math.PI * s, AREA);
      expectRelative(signedArea(region.polygons[0]?.outer as readonly Point[]), Math.PI * (1 + s), AREA);
      expect(inside(region, [0, 0])).toBe(false);
      expect(inside(region, [0, -1])).toBe(true);
      expect(inside(region, [0, 1 + s])).toBe(false);
    }
  });

  it("a hole that closes: above the chi^2 of the middle there is none", () => {
    const found = regions(ring(50, 1), [49, 51]);
    expect(found.regions.map(({ polygons }) => polygons[0]?.holes.length)).toEqual([1, 0]);
    expectRelative(found.regions[1]?.area as number, Math.PI * (1 + Math.sqrt(51 / 50)), AREA);
  });

  it("two islands, near the saddle between them a figure of eight", () => {
    const objective = doubleWell(20, 2, 5);
    const found = regions(objective, [LEVEL, HIGHER, 19.9, 20.1]);
    expectWellFormed(found, objective);
    expect(found.regions.map(({ polygons }) => polygons.length)).toEqual([2, 2, 2, 1]);
    for (const { polygons, area } of found.regions.slice(0, 3)) {
      expectRelative(signedArea(polygons[0]?.outer as readonly Point[]), area / 2, 1e-6);
    }
    // Simpson's rule over x of the height 2 sqrt((level - 20 (x^2 - 1)^2)/5), 1e5 strips: the roots at the ends cost 1e-6.
    const exact = (level: number): number => {
      const end = Math.sqrt(1 + Math.sqrt(level / 20));
      const n = 100_000;
      const height = (x: number): number => 2 * Math.sqrt(Math.max(0, level - 20 * (x * x - 1) ** 2) / 5);
      return Array.from(
        { length: n + 1 },
        (_, k) => (k % n === 0 ? 1 : k % 2 === 0 ? 2 : 4) * height((end * k) / n),
      ).reduce((sum, term) => sum + (2 * end * term) / (3 * n), 0);
    };
    for (const { area, deltaChi2 } of found.regions) expectRelative(area, exact(deltaChi2), AREA);
    for (const [k, holdsSaddle] of [false, false, false, true].entries()) {
      expect(inside(found.regions[k] as Region, [0, 0])).toBe(holdsSaddle);
    }
  });

  it("exactly on the saddle: as the accuracy allows, but the right area", () => {
    const objective = doubleWell(20, 2, 5);
    const [below, at, above] = regions(objective, [19.99, 20, 20.01]).regions.map(({ area }) => area);
    expect(at).toBeGreaterThan(below as number);
    expect(at).toBeLessThan(above as number);
  });

  it("an island far away is inside the window found", () => {
    // ((x + 4)^2 + y^2) ((x - 4)^2 + (y - 1)^2)/2
    const parts = (x: ArrayLike<number>): readonly [number, number] => [
      ((x[0] as number) + 4) ** 2 + (x[1] as number) ** 2,
      ((x[0] as number) - 4) ** 2 + ((x[1] as number) - 1) ** 2,
    ];
    const objective = objectiveOf(
      (x) => (parts(x)[0] * parts(x)[1]) / 2,
      (x) => {
        const [a, b] = parts(x);
        return [
          ((x[0] as number) + 4) * b + ((x[0] as number) - 4) * a,
          (x[1] as number) * b + ((x[1] as number) - 1) * a,
        ];
      },
      cube(2, 5),
    );
    const found = regions(objective, [LEVEL]);
    expectWellFormed(found, objective);
    expect(found.regions[0]?.polygons).toHaveLength(2);
    expect(inside(found.regions[0] as Region, [-4, 0])).toBe(true);
    expect(inside(found.regions[0] as Region, [4, 1])).toBe(true);
    expect(found.regions[0]?.polygons.every(({ open }) => !open)).toBe(true);
  });

  it("an island smaller than a cell is not missed where a minimum is known", () => {
    // A wide bowl; 2 above its bottom, at the foot of a steep wall, a dip of radius 0.009: two fifths of a cell.
    const place: Point = [2.9, 1.003];
    const dip = (x: ArrayLike<number>): number =>
      14.2 * Math.exp(-((((x[0] as number) - place[0]) / 0.02) ** 2) - (((x[1] as number) - place[1]) / 0.02) ** 2);
    const wide = bowl([-1, 0], 1, 1);
    const objective = objectiveOf(
      (x) => wide.evaluate(x) - dip(x),
      (x) => {
        const gradient = new Float64Array(2);
        wide.evaluate(x, gradient);
        return [0, 1].map(
          (i) => (gradient[i] as number) + (2 * ((x[i] as number) - (place[i] as number)) * dip(x)) / 0.02 ** 2,
        );
      },
      cube(2, 5),
    );
    const minima = findMinima(objective, [place]);
    expect(minima).toHaveLength(2);
    const found = regionsOf(objective, [0, 1], minima, [LEVEL]).regions[0] as Region;
    expect(inside(found, place)).toBe(true);
    expect(found.polygons).toHaveLength(2);
    // 0.02 sqrt(ln(14.2/(16.22 - 4.605))) at its middle; the wall tilts it by a few per cent.
    expectRelative(
      signedArea(found.polygons[1]?.outer as readonly Point[]),
      Math.PI * 0.02 ** 2 * Math.log(14.2 / 11.616),
      0.1,
    );
  });

  it.each([0, 10, 30, 45, -45])("a thin band at %d degrees, a hundredth as wide as long, is one piece", (degrees) => {
    const objective = bowl([0, 0], 1, degrees % 90 === 45 || degrees % 90 === -45 ? 0.02 : 0.01, degrees);
    const found = regions(objective, [LEVEL]);
    expectWellFormed(found, objective);
    expect(found.regions[0]?.polygons.map(({ open }) => open)).toEqual([false]);
    expectRelative(found.regions[0]?.area as number, Math.PI * LEVEL * (Math.abs(degrees) === 45 ? 0.02 : 0.01), AREA);
  });

  it("a thinner one still has its area and is not cut off", () => {
    const objective = bowl([0, 0], 1, 0.005, 30);
    const found = regions(objective, [LEVEL]).regions[0] as Region;
    expect(found.polygons.every(({ open }) => !open)).toBe(true);
    // Its sides are one or two cells apart.
    expectRelative(found.area, Math.PI * LEVEL * 0.005, 1e-2);
  });
});

describe("regions that meet the window", () => {
  it("half a disc: open, its border along the window", () => {
    const objective = bowl([0, 0], 1, 1);
    const window = [
      [0, 3],
      [-3, 3],
    ] as const;
    const found = regions(objective, [LEVEL], window);
    expect(found.window).toEqual(window);
    expectWellFormed(found, objective);
    const [polygon] = found.regions[0]?.polygons ?? [];
    expect(polygon?.open).toBe(true);
    expectRelative(found.regions[0]?.area as number, (Math.PI * LEVEL) / 2, AREA);
    const along = (polygon?.outer ?? []).filter(([x = 0]) => x === 0).map(([, y]) => y);
    // It enters and leaves where the circle crosses the window.
    expectRelative(Math.max(...along), Math.sqrt(LEVEL), 1e-9);
    expectRelative(Math.min(...along), -Math.sqrt(LEVEL), 1e-9);
  });

  it("a region that fills the window is the window", () => {
    const objective = bowl([0, 0], 1, 1);
    const found = regions(
      objective,
      [LEVEL],
      [
        [-0.5, 0.25],
        [-0.5, 0.5],
      ],
    );
    expectWellFormed(found, objective);
    expect(found.regions[0]?.polygons).toHaveLength(1);
    expectRelative(found.regions[0]?.area as number, 0.75, 1e-12);
    expect(found.regions[0]?.polygons[0]?.open).toBe(true);
  });

  it("none in the window: no polygon, no area", () => {
    const found = regions(
      bowl([0, 0], 1, 1),
      [LEVEL],
      [
        [3, 4],
        [3, 4],
      ],
    );
    expect(found.regions).toEqual([{ deltaChi2: LEVEL, area: 0, polygons: [] }]);
  });

  it("a band is open where the ranges end", () => {
    // ((x - y)/0.1)^2: |x - y| < h on [-5, 5]^2 leaves two triangles of side 10 - h.
    const objective = polynomial(
      [
        [100, 2, 0],
        [-200, 1, 1],
        [100, 0, 2],
      ],
      cube(2, 5),
    );
    const found = regions(objective, [LEVEL]);
    expect(found.window).toEqual([
      [-5, 5],
      [-5, 5],
    ]);
    expectWellFormed(found, objective);
    expect(found.regions[0]?.polygons.map(({ open }) => open)).toEqual([true]);
    const h = 0.1 * Math.sqrt(LEVEL);
    expectRelative(found.regions[0]?.area as number, 100 - (10 - h) ** 2, AREA);
  });

  it("a region in a corner of the ranges", () => {
    const objective = bowl([4, 4], 1, 1);
    const found = regions(objective, [LEVEL]);
    expectWellFormed(found, objective);
    // Midpoint rule over x: the part of the disc below 5 in both.
    const r = Math.sqrt(LEVEL);
    const n = 100_000;
    const strip = (x: number): number => {
      const half = Math.sqrt(Math.max(0, LEVEL - (x - 4) ** 2));
      return Math.min(1, half) + half;
    };
    const exact = Array.from({ length: n }, (_, k) => strip(4 - r + ((1 + r) * (k + 0.5)) / n)).reduce(
      (sum, one) => sum + (one * (1 + r)) / n,
      0,
    );
    expectRelative(found.regions[0]?.area as number, exact, AREA);
  });
});

describe("the plane of more than two parameters", () => {
  it("others are profiled", () => {
    // x^2 + y^2 + (z - x y/2)^2: minimised over z the disc is left.
    const objective = objectiveOf(
      ([x = 0, y = 0, z = 0]) => x ** 2 + y ** 2 + (z - (x * y) / 2) ** 2,
      ([x = 0, y = 0, z = 0]) => {
        const across = z - (x * y) / 2;
        return [2 * x - across * y, 2 * y - across * x, 2 * across];
      },
      cube(3, 5),
    );
    const found = regionsOf(
      objective,
      [1, 0],
      findMinima(objective),
      [1],
      [
        [-1.5, 1.5],
        [-1.5, 0],
      ],
    );
    expect(found.failed).toBe(0);
    expectRelative(found.regions[0]?.area as number, Math.PI / 2, AREA);
    expect(found.regions[0]?.polygons[0]?.open).toBe(true);
  });
});

describe("contains", () => {
  const square: Polygon = {
    outer: [
      [0, 0],
      [4, 0],
      [4, 4],
      [0, 4],
    ],
    holes: [
      [
        [1, 1],
        [1, 3],
        [3, 3],
        [3, 1],
      ],
    ],
    open: false,
  };
  it.each([
    [[0.5, 0.5], true],
    [[2, 2], false],
    [[3.5, 2], true],
    [[5, 2], false],
    [[-1, -1], false],
  ] as const)("%j: %s", (point, expected) => {
    expect(contains(square, point)).toBe(expected);
  });

  it("signed area is positive counter-clockwise", () => {
    expect(signedArea(square.outer)).toBe(16);
    expect(square.holes.map(signedArea)).toEqual([-4]);
  });
});

describe("random quartics against a grid", () => {
  it("same points inside, same area, well-formed", () => {
    const number = fc.double({ min: -1, max: 1, noNaN: true });
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
      [1, 3],
    ] as const;
    fc.assert(
      fc.property(
        fc.array(number, { minLength: 11, maxLength: 11 }),
        fc.double({ min: 1, max: 20, noNaN: true }),
        (c, level) => {
          const terms = powers.map(([p, q], k): Monomial => [(20 * (c[k] as number)) / 1.5 ** (p + q), p, q]);
          const rise: readonly Monomial[] = [
            [6, 4, 0],
            [6, 0, 4],
            [6, 2, 2],
          ];
          const objective = polynomial([...terms, ...rise], cube(2, 5));
          const best = findMinima(objective)[0]?.value as number;
          const found = regions(objective, [level]);
          expectWellFormed(found, objective);
          const region = found.regions[0] as Region;
          expect(region.polygons.every(({ open }) => !open)).toBe(true);
          // Whole ranges, so that an island outside of the window would be missed here.
          const n = 300;
          let cells = 0;
          let wrong = 0;
          for (let k = 0; k < n * n; k++) {
            const point: Point = [-5 + (10 * ((k % n) + 0.5)) / n, -5 + (10 * (Math.floor(k / n) + 0.5)) / n];
            const excess = objective.evaluate(point) - best - level;
            if (excess <= 0) cells++;
            // Points right on the border may fall on either side of a chord.
            if (k % 37 === 0 && Math.abs(excess) > 0.01 && inside(region, point) !== excess < 0) wrong++;
          }
          expect(wrong).toBe(0);
          // A border of length 10 crosses 300 cells of 1.1e-3: the count scatters by twenty of them.
          expect(Math.abs(region.area - cells * (10 / n) ** 2)).toBeLessThan(0.03);
        },
      ),
      { seed: 1806_07424, numRuns: 8 },
    );
  });
});
