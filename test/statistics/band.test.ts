/** Bands of a plane: chi^2 of one parameter in closed form, so that every end is known. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bandsOfSteps, minimaAlongSteps } from "../../src/statistics/band.ts";
import { complete, findMinima, type Objective, type RegionSet } from "../../src/statistics/index.ts";
import { descendAtSteps } from "../../src/statistics/profile.ts";
import { cube, doubleWell, polynomial } from "./objectives.ts";

type Range = readonly [number, number];

/** Ends are polished to 1e-12 of the range of 10. */
const END = 1e-10;
const ACROSS: Range = [-7, 9];

function bands(objective: Objective, axis: 0 | 1, levels: readonly number[], window?: readonly [Range, Range]) {
  const plane = { index: 0, axis, across: ACROSS };
  return complete(bandsOfSteps(objective, plane, findMinima(objective), levels, window));
}

/** Lowest and highest coordinate of each polygon along an axis, by rising value. */
function endsOf({ regions }: RegionSet, k: number, axis: 0 | 1): readonly Range[] {
  return regions[k]!.polygons.map(({ outer }): Range => {
    const values = outer.map((point) => point[axis]);
    return [Math.min(...values), Math.max(...values)];
  }).sort((a, b) => a[0] - b[0]);
}

function expectEnds(found: readonly Range[], expected: readonly Range[]): void {
  expect(found).toHaveLength(expected.length);
  expected.forEach((range, k) => {
    for (const side of [0, 1] as const) expect(Math.abs(found[k]![side] - range[side])).toBeLessThan(END);
  });
}

/** 4 (x^2 - 1)^2 <= 1 where x^2 is in [1/2, 3/2], and <= 9 where it is at most 5/2: the wells have joined. */
const wells = doubleWell(4, 1);
const [near, far, farther] = [Math.sqrt(0.5), Math.sqrt(1.5), Math.sqrt(2.5)] as const;

describe("bands", () => {
  it.each([0, 1] as const)("run along axis 1 - %i over all its range, in a window around them", (axis) => {
    const found = bands(wells, axis, [1, 9]);
    expectEnds(endsOf(found, 0, axis), [
      [-far, -near],
      [near, far],
    ]);
    expectEnds(endsOf(found, 1, axis), [[-farther, farther]]);
    for (const k of [0, 1]) for (const ends of endsOf(found, k, axis === 0 ? 1 : 0)) expect(ends).toEqual(ACROSS);
    expect(found.window[1 - axis]).toEqual(ACROSS);
    const [low, high] = found.window[axis]!;
    expect(low).toBeLessThan(-farther);
    expect(high).toBeGreaterThan(farther);
    expect(found.regions.map(({ area }) => area / 16)).toEqual([
      expect.closeTo(2 * (far - near), 9),
      expect.closeTo(2 * farther, 9),
    ]);
    expect(found.failed).toBe(0);
  });

  it("are counter-clockwise and open", () => {
    for (const axis of [0, 1] as const) {
      for (const { polygons } of bands(wells, axis, [1]).regions) {
        for (const { outer, holes, open } of polygons) {
          const [a, b, c] = outer as [Range, Range, Range];
          expect((b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])).toBeGreaterThan(0);
          expect([holes, open]).toEqual([[], true]);
        }
      }
    }
  });

  it("end where they end, whatever the window", () => {
    const full: readonly Range[] = [
      [-far, -near],
      [near, far],
    ];
    fc.assert(
      fc.property(
        fc.double({ min: -30, max: 30, noNaN: true }),
        fc.double({ min: -4, max: 3.5, noNaN: true }),
        (middle, power) => {
          const half = 10 ** power;
          const along: Range = [middle - half, middle + half];
          const found = bands(wells, 0, [1], [along, [2, 3]]);
          expect(found.window).toEqual([along, [2, 3]]);
          const shown = full
            .map(([low, high]): Range => [Math.max(low, along[0]), Math.min(high, along[1])])
            // An end that lies on the window's border within rounding can be on either side.
            .filter(([low, high]) => high - low > END);
          const ends = endsOf(found, 0, 0).filter(([low, high]) => high - low > END);
          expectEnds(ends, shown);
          for (const [low, high] of endsOf(found, 0, 1)) expect([low, high]).toEqual([2, 3]);
          expect(found.regions[0]!.area).toBeCloseTo(
            shown.reduce((sum, [low, high]) => sum + high - low, 0),
            9,
          );
        },
      ),
      { seed: 1806, numRuns: 60 },
    );
  });

  it("go on beyond the range where the window does: Delta chi^2 counts from inside the range", () => {
    // (x - 6)^2 with x in [-5, 5]: best at 5, where it is 1.
    const sloped = polynomial(
      [
        [1, 2],
        [-12, 1],
        [36, 0],
      ],
      cube(1, 5),
    );
    const inside = bands(sloped, 0, [3]);
    expectEnds(endsOf(inside, 0, 0), [[4, 5]]);
    const wide = bands(
      sloped,
      0,
      [3],
      [
        [0, 20],
        [0, 1],
      ],
    );
    expectEnds(endsOf(wide, 0, 0), [[4, 8]]);
  });

  it("of a chi^2 with other parameters have the profile's ends, by quick descents too", () => {
    // x^2 + (x - y)^2: the best y is x.
    const tilted = polynomial(
      [
        [2, 2, 0],
        [-2, 1, 1],
        [1, 0, 2],
      ],
      cube(2, 5),
    );
    expectEnds(endsOf(bands(tilted, 0, [4]), 0, 0), [[-2, 2]]);
    const minima = complete(minimaAlongSteps(tilted, 0, [[1, 1]]));
    expect(minima[0]!.value).toBeCloseTo(0, 9);
    const plane = { index: 0, axis: 1, across: ACROSS } as const;
    const found = complete(bandsOfSteps(tilted, plane, minima, [4], undefined, descendAtSteps));
    expect(endsOf(found, 0, 1)[0]![1]).toBeCloseTo(2, 6);
  });

  it("leave out what has no answer", () => {
    const lost: Objective = { ...wells, evaluate: (x, out) => (x[0]! > 1.1 ? Number.NaN : wells.evaluate(x, out)) };
    const found = bands(lost, 0, [1]);
    expect(found.failed).toBeGreaterThan(0);
    const ends = endsOf(found, 0, 0);
    expectEnds(ends.slice(0, 1), [[-far, -near]]);
    expect(ends.flat().every((value) => value <= 1.1)).toBe(true);
  });
});

describe("minima along a parameter", () => {
  it("are all dips of its profile", () => {
    const found = complete(minimaAlongSteps(wells, 0, [[0.3]])).map(({ x }) => x[0]!);
    expect(found.sort((a, b) => a - b)).toEqual([expect.closeTo(-1, 6), expect.closeTo(1, 6)]);
  });
});
