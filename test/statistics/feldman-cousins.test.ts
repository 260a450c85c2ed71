import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { pointTester, type TestSetup } from "../../src/statistics/feldman-cousins.ts";
import type { Refit } from "../../src/statistics/refit.ts";
import { searchOf } from "../../src/statistics/search.ts";
import type { Toy } from "../../src/statistics/toys.ts";
import { linearModel, searchTables, singleBin, squareModel } from "./refits.ts";

interface Entry {
  readonly n0: number;
  readonly b: number;
}

const reference = JSON.parse(readFileSync(new URL("../reference/feldman-cousins.json", import.meta.url), "utf8")) as {
  readonly cl: number;
  readonly published: readonly (Entry & { readonly low: number; readonly high: number })[];
  readonly exact: readonly (Entry & { readonly clear: boolean })[];
  readonly p: readonly (Entry & { readonly s: number; readonly p: number })[];
};

function setupOf(refit: Refit, data: Toy, tested: readonly number[], change: Partial<TestSetup> = {}): TestSetup {
  const tables = searchTables(refit, data);
  const search = searchOf(refit, tables, true);
  refit.setData(data.observed, data.centres);
  const lowest = search.lowest(data);
  const best = search.best;
  return { data, lowest, best, tested, tables, cls: [0.9], toys: 2000, seed: 1, nominal: false, ...change };
}

/** A level that no number of toys decides: all of them are thrown, no stopping moves their share. */
const all = { cls: [2], toys: 4000 };

const counted = (...counts: number[]): Toy => ({ observed: Float64Array.from(counts), centres: new Float64Array(1) });

/** Standard deviations that a share of toys lies off its probability. */
const pullOf = (share: number, toys: number, p: number): number => (share - p) / Math.sqrt((p * (1 - p)) / toys);

describe("one Poisson count on a known background", () => {
  it("gives the exact probabilities", () => {
    const pulls = reference.p.flatMap(({ n0, b, s, p }, index) => {
      const refit = singleBin(b);
      const found = pointTester(refit, setupOf(refit, counted(n0), [0], all))({ at: [s], index, always: true });
      if (p > 0.9999) {
        // What 4000 toys with a chance of 1e-4 each never do more than 5 times (Poisson, 0.4 expected: 1e-5).
        expect(1 - found.p).toBeLessThanOrEqual(5 / 4000);
        return [];
      }
      if (p < 1e-3) {
        // 4 expected at most: more than 15 are a chance of 1e-5.
        expect(found.p).toBeLessThanOrEqual(15 / 4000);
        return [];
      }
      expect(found.toys, `${n0} ${b} ${s}`).toBe(4000);
      return [pullOf(found.p, found.toys, p)];
    });
    expect(pulls.length).toBeGreaterThan(200);
    // The largest of 250 normal numbers is below 4.5 but for a chance of 2e-3; the seed is fixed.
    expect(Math.max(...pulls.map(Math.abs))).toBeLessThan(4.5);
    const chi2 = pulls.reduce((sum, pull) => sum + pull * pull, 0);
    // Five standard deviations of chi^2, and from below: toys that were all alike would agree too well.
    expect(Math.abs(chi2 - pulls.length)).toBeLessThan(5 * Math.sqrt(2 * pulls.length));
  });

  it("gives the intervals that Feldman and Cousins printed", () => {
    // Some printed upper ends were raised so that they fall with the background: those are not the construction's own.
    const clear = reference.published.filter((_, k) => reference.exact[k]!.clear);
    const chosen = clear.filter(({ b }) => [0, 1, 3].includes(b));
    expect(chosen.length).toBeGreaterThan(10);
    for (const { n0, b, low, high } of chosen) {
      const refit = singleBin(b);
      const test = pointTester(refit, setupOf(refit, counted(n0), [0], { toys: 40_000 }));
      const inside = (s: number, index: number): boolean => test({ at: [s], index, always: true }).p > 1 - reference.cl;
      const name = `${n0} counts on ${b}`;
      if (low > 0.05) expect([inside(low - 0.05, 0), inside(low + 0.05, 1)], name).toEqual([false, true]);
      else expect(inside(0, 2), name).toBe(true);
      expect([inside(high - 0.05, 3), inside(high + 0.05, 4)], name).toEqual([true, false]);
    }
  });

  it("counts toys with the same count as the data as fitting as badly", () => {
    // Every toy has no count: chi^2 of 1e-6 expected ones is 2e-6, and t that of the data.
    const refit = singleBin(0);
    const found = pointTester(refit, setupOf(refit, counted(0), [0], all))({ at: [1e-5], index: 0, always: true });
    expect(found.t).toBeCloseTo(2e-5, 10);
    expect(found.p).toBe(1);
  });

  it("needs no toy where the data fit best", () => {
    const refit = singleBin(1);
    const test = pointTester(refit, setupOf(refit, counted(4), [0]));
    expect(test({ at: [3], index: 0, always: false })).toEqual({ t: 0, p: 1, toys: 0, decided: true, failed: 0 });
  });
});

/** Four cells, two couplings, a pull; all Gaussian and linear. */
const SLOPES = [
  [1, 0.5, 0.6],
  [-0.4, 1.2, 0.3],
  [0.8, -0.3, -0.9],
  [0.2, 0.7, 1.1],
];
const SIGMA = [1, 0.7, 1.3, 0.9];
const linear = linearModel(SLOPES, SIGMA, 2);
const linearData: Toy = { observed: Float64Array.of(1.1, -0.6, 0.4, 1.9), centres: new Float64Array(3) };

describe("a linear Gaussian model", () => {
  it("gives Delta chi^2 its distribution: two parameters, one profiled, nominal pulls", () => {
    const variants = [
      { tested: [0, 1], survival: (t: number) => Math.exp(-t / 2), nominal: false },
      { tested: [0, 1], survival: (t: number) => Math.exp(-t / 2), nominal: true },
    ];
    for (const { tested, survival, nominal } of variants) {
      const setup = setupOf(linear, linearData, tested, { ...all, nominal });
      const test = pointTester(linear, setup);
      const [a, b] = setup.best;
      const pulls = [
        [0.3, 0.2],
        [0.6, -0.5],
        [-0.8, 0.1],
        [0.2, 1.1],
        [-0.9, -0.6],
        [1.2, 0.3],
      ].map(([da, db], index) => {
        const found = test({ at: [a! + da!, b! + db!], index, always: true });
        expect(found.t).toBeGreaterThan(0.1);
        expect(found.toys).toBe(4000);
        return pullOf(found.p, found.toys, survival(found.t));
      });
      expect(Math.max(...pulls.map(Math.abs))).toBeLessThan(4);
    }
  });

  it("profiles couplings that are not tested", () => {
    const setup = setupOf(linear, linearData, [1], all);
    const test = pointTester(linear, setup);
    // Normal tails at 0.5, 1 and 2 standard deviations of chi^2 with one degree of freedom.
    const tails: readonly (readonly [number, number])[] = [
      [0.5, 0.6170750774519738],
      [1, 0.31731050786291415],
      [2, 0.04550026389635842],
    ];
    const far = test({ at: [setup.best[1]! + 1], index: 9, always: true }).t;
    for (const [index, [sigma, p]] of tails.entries()) {
      const found = test({ at: [setup.best[1]! + sigma / Math.sqrt(far)], index, always: true });
      expect(found.t).toBeCloseTo(sigma * sigma, 6);
      expect(Math.abs(pullOf(found.p, found.toys, p))).toBeLessThan(4);
    }
  });

  it("does not throw what chi^2 excludes, unless it has to", () => {
    const setup = setupOf(linear, linearData, [0, 1]);
    const test = pointTester(linear, setup);
    const at = [setup.best[0]! + 8, setup.best[1]!];
    const skipped = test({ at, index: 5, always: false });
    expect(skipped).toMatchObject({ toys: 0, decided: true });
    expect(skipped.p).toBeCloseTo(Math.exp(-skipped.t / 2), 12);
    expect(skipped.p).toBeLessThan(1e-5);
    // exp(-t/2) = 3e-5 is three times what would be certain.
    const off = 8 * Math.sqrt((-2 * Math.log(3e-5)) / skipped.t);
    expect(test({ at: [setup.best[0]! + off, setup.best[1]!], index: 6, always: false }).toys).toBeGreaterThan(0);
    const thrown = test({ at, index: 5, always: true });
    expect(thrown).toMatchObject({ p: 0, decided: true });
    // 0 of 60 leaves an upper limit of 0.1026 at 99.7 % (0.0015^(1/60) = 0.8974), 0 of 70 one of 0.0887.
    expect(thrown.toys).toBe(70);
  });
});

describe("toys of a point", () => {
  it("do not depend on what was tested before", () => {
    const setup = setupOf(linear, linearData, [0, 1], { toys: 300 });
    const points = [0.1, 0.9, 1.6].map((d, index) => ({
      at: [setup.best[0]! + d, setup.best[1]! - d / 2],
      index,
      always: true,
    }));
    const inOrder = pointTester(linear, setup);
    const alone = points.map((point) => pointTester(linear, setup)(point));
    expect(points.map((point) => inOrder(point))).toEqual(alone);
    const backwards = pointTester(linear, setup);
    expect([...points].reverse().map((point) => backwards(point))).toEqual([...alone].reverse());
    const other = pointTester(linear, { ...setup, seed: 2 });
    expect(points.map((point) => other(point).p)).not.toEqual(alone.map(({ p }) => p));
  });

  it("go by the index of the point", () => {
    const setup = setupOf(linear, linearData, [0, 1], all);
    const test = pointTester(linear, setup);
    const at = [setup.best[0]! + 0.9, setup.best[1]!];
    const [first, again, other] = [3, 3, 4].map((index) => test({ at, index, always: true }));
    expect(again).toEqual(first);
    expect(other!.t).toBe(first!.t);
    expect(other!.p).not.toBe(first!.p);
  });

  it("stop as soon as every level is decided, and say when none is", () => {
    const setup = setupOf(linear, linearData, [0, 1], { toys: 50 });
    const near = { at: [setup.best[0]! + 0.05, setup.best[1]!], index: 0, always: true };
    const one = pointTester(linear, setup)(near);
    // All of 10 is above 0.1: 0.0015^(1/10) = 0.522.
    expect(one).toMatchObject({ toys: 10, decided: true });
    const two = pointTester(linear, { ...setup, cls: [0.9, 0.02] })(near);
    expect(two).toMatchObject({ toys: 50, decided: false });
  });

  it("count as fitting worse than the data when their fit fails", () => {
    let failing = false;
    const moody: Refit = {
      ...linear,
      minimize: (x, held) => (failing ? Number.NaN : linear.minimize(x, held)),
      setData: (observed, centres) => {
        // A pull measured beyond one standard deviation, which the data are not: no fit works.
        failing = Math.abs(centres[2]!) > 1;
        linear.setData(observed, centres);
      },
    };
    const setup = setupOf(moody, linearData, [0, 1], { ...all, nominal: true });
    const at = [setup.best[0]! + 9, setup.best[1]!];
    const found = pointTester(moody, setup)({ at, index: 0, always: true });
    // Normal tails beyond one standard deviation.
    expect(Math.abs(pullOf(found.failed / found.toys, found.toys, 0.31731050786291415))).toBeLessThan(4);
    expect(found.p).toBe(found.failed / found.toys);
  });

  it("know both of two equal minima: neither side of zero is excluded by the other", () => {
    const refit = squareModel(2, [3, 5, 1]);
    const setup = setupOf(refit, counted(8, 12, 3), [0], { toys: 400 });
    const test = pointTester(refit, setup);
    const side = Math.abs(setup.best[0]!);
    for (const at of [side, -side]) expect(test({ at: [at], index: 0, always: true }).t).toBeLessThan(1e-6);
    expect(test({ at: [0], index: 1, always: true }).p).toBeLessThan(0.1);
  });
});
