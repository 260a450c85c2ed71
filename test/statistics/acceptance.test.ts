/** p between tested points, and what a level holds: t is known everywhere, p at points. */
import { describe, expect, it } from "vitest";
import { acceptedRegions, acceptedSegments, evenly, sampledLine } from "../../src/statistics/acceptance.ts";
import { calibrationOf, type TestedLattice } from "../../src/statistics/calibration.ts";
import { contains, type Point } from "../../src/statistics/polygon.ts";

/** chi^2 with one degree of freedom exceeds these with a probability of 0.1 and 0.2 (tables of quantiles). */
const QUANTILE_10 = 2.705543454;
const QUANTILE_20 = 1.642374415;
const OUTSIDE = 0.1;
const TOYS = 1000;

type Place = readonly number[];

/** Tested points of one axis or two, p as told. */
function latticeOf(
  axes: readonly (readonly number[])[],
  t: (place: Place) => number,
  p: (place: Place, t: number) => number,
  toys = TOYS,
): TestedLattice & { readonly places: readonly Place[] } {
  const places = axes.reduce<readonly Place[]>(
    (found, axis) => found.flatMap((at) => axis.map((x) => [...at, x])),
    [[]],
  );
  const tests = places.map((place) => {
    const here = t(place);
    return here <= 1e-6 ? { t: here, p: 1, toys: 0 } : { t: here, p: p(place, here), toys };
  });
  return { axes, tests, outside: OUTSIDE, t, places };
}

function segmentsOf(lattice: TestedLattice, minima: readonly number[] = []) {
  const { minusLogP } = calibrationOf(lattice);
  return acceptedSegments(
    sampledLine(lattice.axes[0]!, (at) => minusLogP([at]), minima),
    0.9,
  );
}

/** Abramowitz and Stegun 7.1.26: good to 1.5e-7. */
function tail(t: number): number {
  const x = Math.sqrt(t / 2);
  const k = 1 / (1 + 0.3275911 * x);
  const series = k * (0.254829592 + k * (-0.284496736 + k * (1.421413741 + k * (-1.453152027 + k * 1.061405429))));
  return series * Math.exp(-x * x);
}

/** A parabola of unit width around 0.3. */
const parabola = ([x]: Place): number => (x! - 0.3) ** 2;

describe("ends of an interval", () => {
  const axis = evenly([-4, 4], 7);

  it("are those of Delta chi^2 where toys agree with it, however far apart the points are", () => {
    const [segment, ...others] = segmentsOf(latticeOf([axis], parabola, (_, t) => tail(t)));
    expect(others).toEqual([]);
    const half = Math.sqrt(QUANTILE_10);
    // p of the points is good to 1.5e-7, in the tails to 1e-3 of itself.
    expect(Math.abs(segment![0]! - (0.3 - half))).toBeLessThan(1e-3);
    expect(Math.abs(segment![1]! - (0.3 + half))).toBeLessThan(1e-3);
  });

  it("are moved by what toys say of chi^2", () => {
    // Half of what chi^2 says: p is 0.1 where chi^2 gives 0.2. On one side of the minimum sqrt(t) is straight.
    const [segment] = segmentsOf(latticeOf([evenly([0.5, 4.5], 5)], parabola, (_, t) => tail(t) / 2));
    expect(segment![0]).toBeNull();
    expect(Math.abs(segment![1]! - (0.3 + Math.sqrt(QUANTILE_20)))).toBeLessThan(1e-3);
  });

  it("leave on its side what toys decide, whatever t does between", () => {
    const shares = [0, 0.099, 0.11, 0.5, 0.101, 0.002, 0, 0.3, 1, 0.04, 0, 0, 0.2];
    const axis = evenly([0, 12], shares.length);
    const wavy = ([x]: Place): number => 4 + 3 * Math.sin(5 * x!) + x! / 3;
    const lattice = latticeOf([axis], wavy, ([x]) => shares[Math.round(x!)]!);
    const segments = segmentsOf(lattice);
    const isHeld = (x: number): boolean =>
      segments.some(([low, high]) => (low === null || low <= x) && (high === null || x <= high));
    expect(axis.map(isHeld)).toEqual(shares.map((p) => p > 0.1));
  });

  it("enclose a minimum between two points that no toy fits worse than", () => {
    const narrow = ([x]: Place): number => Math.min(((x! - 0.51) / 0.004) ** 2, 900);
    const lattice = latticeOf([evenly([0, 1], 8)], narrow, () => 0);
    const half = 0.004 * Math.sqrt(QUANTILE_10);
    const ends = [expect.closeTo(0.51 - half, 4), expect.closeTo(0.51 + half, 4)];
    expect(segmentsOf(lattice, [0.51])).toEqual([ends]);
    // Nobody needs to say where the minimum is when samples see a dip.
    expect(segmentsOf(lattice)).toEqual([ends]);
  });

  it("enclose a minimum even where toys fit much better than chi^2 says at the points beside", () => {
    // A twentieth of what chi^2 says: without t = 0 in mind p would be at most 0.05.
    const [segment, ...others] = segmentsOf(latticeOf([[-0.7, 1.3]], parabola, (_, t) => tail(t) / 20));
    expect(others).toEqual([]);
    expect(segment![0]).toBeGreaterThan(-0.7);
    expect(segment![0]).toBeLessThan(0.2);
    expect(segment![1]).toBeGreaterThan(0.4);
    expect(segment![1]).toBeLessThan(1.3);
  });

  it("lie outside p equal to 1 - CL", () => {
    const flat = latticeOf(
      [[0, 1, 2]],
      () => 3,
      () => 0.1,
    );
    expect(segmentsOf(flat)).toEqual([]);
  });

  it("hold what is not known, up to the points beside", () => {
    const hole = ([x]: Place): number => (Math.abs(x! - 1) < 0.6 ? Number.NaN : 30);
    const lattice = latticeOf([[0, 1, 2]], hole, ([x]) => (x === 1 ? Number.NaN : 0.05));
    // Straight from 0.05 to 1: 0.1 is reached after 1/19.
    expect(segmentsOf(lattice)).toEqual([[expect.closeTo(1 / 19, 6), expect.closeTo(2 - 1 / 19, 6)]]);
  });
});

describe("the error of p", () => {
  it("is that of the points around, by their shares", () => {
    const { error } = calibrationOf(
      latticeOf(
        [[10, 11]],
        ([x]) => x! ** 2 / 40,
        ([x]) => (x === 10 ? 0.1 : 0.05),
      ),
    );
    // Binomial: sqrt((1 - p)/(p N)); half a toy more is 0.5 %.
    const [a, b] = [Math.sqrt(0.9 / (0.1 * TOYS)), Math.sqrt(0.95 / (0.05 * TOYS))];
    expect(Math.abs(error([10]) / a - 1)).toBeLessThan(0.02);
    expect(Math.abs(error([10.25]) / Math.hypot(0.75 * a, 0.25 * b) - 1)).toBeLessThan(0.02);
  });

  it("is nothing at a minimum, and large where no toy fits worse", () => {
    const { error } = calibrationOf(latticeOf([[0.3, 1.3, 2.3]], parabola, () => 0, 62));
    expect(error([0.3])).toBe(0);
    expect(error([2.3])).toBeGreaterThan(1);
  });
});

describe("what a level holds of a plane", () => {
  const window = [
    [-2, 2],
    [-1, 3],
  ] as const;
  const circle = ([x, y]: Place): number => 4 * ((x! - 0.45) ** 2 + (y! - 1.1) ** 2);
  const regionOf = (lattice: TestedLattice, minima: readonly Point[] = []) => {
    const { minusLogP } = calibrationOf(lattice);
    const sides = lattice.axes.map((axis) => [axis[0]!, axis.at(-1)!] as const) as [Point, Point];
    return acceptedRegions(sides, lattice.axes[0]!.length, (x, y) => minusLogP([x, y]), minima, [0.9])[0]!;
  };

  it("is the ellipse of Delta chi^2 where toys agree with it, from few points", () => {
    const axes = window.map((side) => evenly(side, 7));
    const { area, polygons } = regionOf(latticeOf(axes, circle, (_, t) => Math.exp(-t / 2)));
    expect(polygons).toHaveLength(1);
    expect(polygons[0]).toMatchObject({ open: false, holes: [] });
    // 4 r^2 = 2 ln 10. Polygon with about 400 corners: 1e-4 of the area.
    expect(Math.abs(area / (Math.PI * (Math.log(10) / 2)) - 1)).toBeLessThan(5e-4);
    expect(contains(polygons[0]!, [0.45 + 1.06, 1.1])).toBe(true);
    expect(contains(polygons[0]!, [0.45, 1.1 + 1.08])).toBe(false);
  });

  it("is moved by what toys say of chi^2", () => {
    // p = exp(-0.6 t): a correction in proportion to t.
    const axes = window.map((side) => evenly(side, 25));
    const { area } = regionOf(latticeOf(axes, circle, (_, t) => Math.exp(-0.6 * t)));
    // A correction that is straight between points 0.17 apart, where t bends by 0.06.
    expect(Math.abs(area / (Math.PI * (Math.log(10) / 2.4)) - 1)).toBeLessThan(5e-3);
  });

  it("leaves on its side what toys decide", () => {
    const axes = window.map((side) => evenly(side, 9));
    // A pattern that has nothing to do with t.
    const shares = (place: Place): number =>
      [0, 0.02, 0.09, 0.12, 0.4][((7 * place[0]! + 13 * place[1]! + 60) % 5) | 0]!;
    const lattice = latticeOf(axes, circle, shares);
    const { polygons } = regionOf(lattice);
    const inner = lattice.places.filter(([x, y]) => Math.abs(x!) < 1.99 && y! > -0.99 && y! < 2.99);
    expect(inner.map(([x, y]) => polygons.some((one) => contains(one, [x!, y!])))).toEqual(
      inner.map((place) => circle(place) <= 1e-6 || shares(place) > 0.1),
    );
  });

  it("has the island around a minimum smaller than any cell", () => {
    const axes = window.map((side) => evenly(side, 9));
    const [a, b] = [0.123, 0.456];
    const pit = ([x, y]: Place): number => 100 - 100 / (1 + ((x! - a) ** 2 + (y! - b) ** 2) / 1e-6);
    const { area, polygons } = regionOf(
      latticeOf(axes, pit, () => 0),
      [[a, b]],
    );
    expect(polygons).toHaveLength(1);
    // t = 2 ln 10 = 4.605 where r^2 = 1e-6 4.605/(100 - 4.605); a polygon around it with at least 8 samples across.
    expect(Math.abs(area / (Math.PI * 1e-6 * (4.60517 / 95.39483)) - 1)).toBeLessThan(0.05);
  });

  it("meets the window where it says so", () => {
    const axes = [evenly([0, 1], 9), evenly([0, 1], 9)];
    const { polygons } = regionOf(
      latticeOf(
        axes,
        ([x]) => 20 * x!,
        (_, t) => Math.exp(-t / 2),
      ),
    );
    expect(polygons).toMatchObject([{ open: true }]);
  });
});
