import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  deltaChi2,
  findMinima,
  type Interval,
  intervalsOf,
  type Objective,
  type Segment,
} from "../../src/statistics/index.ts";
import { cube, doubleWell, objectiveOf, polynomial } from "./objectives.ts";

/** Ends are polished to 1e-12 of the range of 10; the chi^2 they are solved for is rounded at 1e-16 of its size. */
const END = 1e-9;

function segments(objective: Objective, index: number, ...cls: readonly number[]): readonly (readonly Segment[])[] {
  return intervalsOf(objective, index, findMinima(objective), cls).map((one) => one.segments);
}

function expectSegments(found: readonly Segment[] | undefined, expected: readonly Segment[], tolerance = END): void {
  expect(found, JSON.stringify(found)).toHaveLength(expected.length);
  expected.forEach((segment, k) => {
    segment.forEach((end, side) => {
      const actual = found?.[k]?.[side];
      if (end === null) expect(actual).toBeNull();
      else expect(Math.abs((actual as number) - end), `end ${actual} instead of ${end}`).toBeLessThan(tolerance);
    });
  });
}

/** -2 ln [exp(-a/2) + exp(-b/2)] of two bowls: a valley of minima at y = 3 and, w wide, a narrow one at y = -3. */
function twoBranches(centre: number, width: number): Objective {
  const parts = ([x = 0, y = 0]: readonly number[]): readonly [number, number] => [
    (x / 1.5) ** 2 + (y - 3) ** 2,
    ((x - centre) / width) ** 2 + (y + 3) ** 2 + 0.5,
  ];
  return objectiveOf(
    (x) => {
      const [a, b] = parts(Array.from(x));
      const least = Math.min(a, b);
      return least - 2 * Math.log(Math.exp((least - a) / 2) + Math.exp((least - b) / 2));
    },
    (at) => {
      const [x = 0, y = 0] = Array.from(at);
      const [a, b] = parts([x, y]);
      const first = 1 / (1 + Math.exp((a - b) / 2));
      return [
        (first * 2 * x) / 1.5 ** 2 + ((1 - first) * 2 * (x - centre)) / width ** 2,
        first * 2 * (y - 3) + (1 - first) * 2 * (y + 3),
      ];
    },
    cube(2, 5),
  );
}

describe("intervals of one parameter", () => {
  it("of a parabola: n sigma", () => {
    const [found] = intervalsOf(
      polynomial([[4, 2]], cube(1, 5)),
      0,
      findMinima(polynomial([[4, 2]], cube(1, 5))),
      [0.9],
    );
    expect(found).toMatchObject({ parameter: "p0", cl: 0.9, dof: 1, deltaChi2: deltaChi2(0.9, 1) });
    // sigma = 1/2; 1.6449 standard deviations enclose 90 %.
    expectSegments(found?.segments, [[-0.8224268134757361, 0.8224268134757361]]);
  });

  it.each([0.5, 1, 10, 1e4])("of a double well of height %d: one segment above the ridge, two below", (height) => {
    const cls = [0.5, 0.9, 0.99];
    segments(doubleWell(height, 1), 0, ...cls).forEach((found, k) => {
      // (x^2 - 1)^2 = level/height.
      const s = Math.sqrt(deltaChi2(cls[k] as number, 1) / height);
      const outer = Math.sqrt(1 + s);
      const inner = Math.sqrt(1 - s);
      const two: readonly Segment[] = [
        [-outer, -inner],
        [inner, outer],
      ];
      expectSegments(found, s < 1 ? two : [[-outer, outer]]);
    });
  });

  it("not closed inside the range: null", () => {
    expectSegments(segments(polynomial([[1e-2, 2]], cube(1, 5)), 0, 0.9)[0], [[null, null]]);
    // (x - 7)^2 on [-5, 5]: best at the border, 4 there; 7 - sqrt(4 + 2.7055).
    expectSegments(
      segments(
        polynomial(
          [
            [1, 2],
            [-14, 1],
            [49, 0],
          ],
          cube(1, 5),
        ),
        0,
        0.9,
      )[0],
      [[7 - Math.sqrt(4 + deltaChi2(0.9, 1)), null]],
    );
  });

  it("of a flat parameter: the whole range, open on both sides", () => {
    for (const found of segments(polynomial([[1, 2, 0]], cube(2, 5)), 1, 0.9, 0.99)) {
      expectSegments(found, [[null, null]]);
    }
  });

  it("profiles the other parameter: of a bent valley as of its bottom", () => {
    // 5 (x^2 - 1)^2 + (y - x^2)^2: the profile over y is the double well.
    const objective = objectiveOf(
      ([x = 0, y = 0]) => 5 * (x ** 2 - 1) ** 2 + (y - x ** 2) ** 2,
      ([x = 0, y = 0]) => {
        const across = y - x ** 2;
        return [20 * x * (x ** 2 - 1) - 4 * x * across, 2 * across];
      },
      cube(2, 5),
    );
    const s = Math.sqrt(deltaChi2(0.9, 1) / 5);
    const [outer, inner] = [Math.sqrt(1 + s), Math.sqrt(1 - s)];
    expectSegments(
      segments(objective, 0, 0.9)[0],
      [
        [-outer, -inner],
        [inner, outer],
      ],
      // The inner minimisation leaves 1e-13 of chi^2, here over slopes of order 1.
      1e-8,
    );
    // Over x, 5 u^2 + (y - 1 - u)^2 with u = x^2 - 1 is least at u = (y - 1)/6: (5/6) (y - 1)^2.
    const half = Math.sqrt((6 / 5) * deltaChi2(0.9, 1));
    expectSegments(segments(objective, 1, 0.9)[0], [[1 - half, 1 + half]], 1e-8);
  });

  it.each([
    [-1.77, 0.3],
    [2.345, 0.1],
    [-1.77, 0.1],
    [3.1, 0.03],
    [2.345, 0.03],
  ])("a narrow segment on another branch, at %d and %d wide, is not missed", (centre, width) => {
    // 68.27 %: Delta chi^2 = 1; the second minimum is 0.5 above the best and the other branch far away.
    const half = width * Math.sqrt(deltaChi2(0.6827, 1) - 0.5);
    const found = segments(twoBranches(centre, width), 0, 0.6827)[0] ?? [];
    const narrow = found.filter(([low, high]) => (low ?? -5) < centre && (high ?? 5) > centre);
    // Left of the other branch by exp(-16) and its like: below 1e-6 of the width.
    expectSegments(narrow, [[centre - half, centre + half]], 1e-6);
    expect(found).toHaveLength(2);
  });

  it("a dip that reaches the level only between two samples is not stepped over", () => {
    for (const share of [0.3, 0.5, 0.7]) {
      // Samples lie 1/24 apart; the bottom of the dip, 0.045 wide at its e-fold, is 0.1 below the level and chi^2 at the
      // samples beside it above.
      const centre = 2 + share / 24;
      const level = deltaChi2(0.99, 1);
      const depth = 4 * centre ** 2 - level + 0.1;
      const dip = (x: number): number => depth * Math.exp(-(((x - centre) / 0.045) ** 2));
      const objective = objectiveOf(
        ([x = 0]) => 4 * x ** 2 - dip(x),
        ([x = 0]) => [8 * x + (2 * (x - centre) * dip(x)) / 0.045 ** 2],
        cube(1, 5),
      );
      for (const sample of [2, 2 + 1 / 24]) expect(objective.evaluate([sample])).toBeGreaterThan(level);
      const [best] = findMinima(objective);
      // With the best minimum alone: the dip is not told.
      const [found] = intervalsOf(objective, 0, best === undefined ? [] : [best], [0.99]);
      expect(found?.segments).toHaveLength(2);
      const [low, high] = (found as Interval).segments[1] as readonly [number, number];
      expect(low).toBeLessThan(centre);
      expect(high).toBeGreaterThan(centre);
      for (const end of [low, high]) expect(Math.abs(objective.evaluate([end]) - level)).toBeLessThan(1e3 * END);
    }
  });

  it("lie inside one another, contain every minimum below the level, and end on it", () => {
    const number = fc.double({ min: -1, max: 1, noNaN: true });
    const cls = [0.3, 0.6827, 0.9, 0.99];
    fc.assert(
      fc.property(number, number, number, (a, b, c) => {
        const objective = polynomial(
          [
            [10 * a, 1],
            [10 * b, 2],
            [5 * c, 3],
            [4, 4],
          ],
          cube(1, 5),
        );
        const minima = findMinima(objective);
        const best = minima[0]?.value as number;
        const found = intervalsOf(objective, 0, minima, cls);
        found.forEach((one, k) => {
          const within = (x: number, list: readonly Segment[]): boolean =>
            list.some(([low, high]) => (low ?? -5) - END <= x && x <= (high ?? 5) + END);
          for (const { x, value } of minima) {
            if (value - best < one.deltaChi2) expect(within(x[0] as number, one.segments)).toBe(true);
          }
          for (const end of one.segments.flat()) {
            // The quartic closes every interval far inside of 5. Slopes reach 1e3.
            expect(Math.abs(objective.evaluate([end as number]) - best - one.deltaChi2)).toBeLessThan(1e3 * END);
            if (k + 1 < cls.length) expect(within(end as number, found[k + 1]?.segments ?? [])).toBe(true);
          }
          // And between: every point of a fine grid on its right side.
          for (let x = -5; x <= 5; x += 0.01) {
            const excess = objective.evaluate([x]) - best - one.deltaChi2;
            if (Math.abs(excess) > 1e-4) expect(within(x, one.segments), `x = ${x}`).toBe(excess < 0);
          }
        });
      }),
      { numRuns: 40 },
    );
  });
});
