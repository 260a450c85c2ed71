import { describe, expect, it } from "vitest";
import { stream } from "../../src/numerics/random.ts";
import { conditionalTables } from "../../src/statistics/feldman-cousins.ts";
import type { Refit } from "../../src/statistics/refit.ts";
import { toyFitter } from "../../src/statistics/toy-fits.ts";
import { blankToy, drawToy } from "../../src/statistics/toys.ts";
import { linearModel, searchTables } from "./refits.ts";

/** One Poisson cell, one Gaussian, a coupling, a constrained nuisance and a flat one: only drawn from. */
const mixed: Refit = {
  couplings: 1,
  unknowns: 3,
  cells: 2,
  poisson: Uint8Array.of(1, 0),
  sigma: Float64Array.of(0, 3),
  constrained: Uint8Array.of(0, 1, 0),
  lower: new Float64Array(3).fill(-10),
  upper: new Float64Array(3).fill(10),
  setData: () => {},
  expected: () => {},
  minimize: () => Number.NaN,
};

const EXPECTED = Float64Array.of(40, -7);
const TRUTH = Float64Array.of(0.3, 1.7, 0.4);
const TOYS = 400_000;

/** Mean and variance of each number that is drawn. */
function moments(): { readonly mean: number; readonly variance: number }[] {
  const random = stream(20, 0, 0);
  const toy = blankToy(mixed);
  const values = [0, 1, 2].map(() => ({ sum: 0, square: 0 }));
  // About the true values, so that the squares lose no digits.
  const about = [EXPECTED[0]!, EXPECTED[1]!, TRUTH[1]!];
  for (let k = 0; k < TOYS; k++) {
    random.restart(3, k);
    drawToy(mixed, EXPECTED, TRUTH, random, toy);
    [toy.observed[0]!, toy.observed[1]!, toy.centres[1]!].forEach((value, i) => {
      const off = value - about[i]!;
      values[i]!.sum += off;
      values[i]!.square += off * off;
    });
  }
  return values.map(({ sum, square }, i) => ({
    mean: about[i]! + sum / TOYS,
    variance: square / TOYS - (sum / TOYS) ** 2,
  }));
}

describe("a toy", () => {
  const drawn = moments();
  // Five standard errors of the mean and of the variance (2/N of it squared, a little more for a Poisson count).
  const near = (i: number, mean: number, variance: number): void => {
    expect(Math.abs(drawn[i]!.mean - mean)).toBeLessThan(5 * Math.sqrt(variance / TOYS));
    expect(Math.abs(drawn[i]!.variance / variance - 1)).toBeLessThan(5 * Math.sqrt(2.1 / TOYS));
  };

  it("has Poisson counts around the expectation, within a per mille of it", () => near(0, 40, 40));
  it("has Gaussian cells with their own sigma around the expectation, negative ones too", () => near(1, -7, 9));
  it("measures a constrained nuisance around its true value, with width 1", () => near(2, 1.7, 1));

  it("draws nothing for couplings and flat nuisances", () => {
    const toy = blankToy(mixed);
    drawToy(mixed, EXPECTED, TRUTH, stream(1, 0, 0), toy);
    expect(toy.centres[0]).toBe(0);
    expect(toy.centres[2]).toBe(0);
  });

  it("is the same whatever was drawn before", () => {
    const [first, again] = [blankToy(mixed), blankToy(mixed)];
    const random = stream(8, 5, 77);
    drawToy(mixed, EXPECTED, TRUTH, random, first);
    drawToy(mixed, EXPECTED, TRUTH, random, again);
    expect(again).not.toEqual(first);
    random.restart(5, 77);
    drawToy(mixed, EXPECTED, TRUTH, random, again);
    expect(again).toEqual(first);
  });
});

/** Eight cells, two couplings, a pull; all Gaussian and linear. */
const linear = linearModel(
  [
    [1, 0.5, 0.6],
    [-0.4, 1.2, 0.3],
    [0.8, -0.3, -0.9],
    [0.2, 0.7, 1.1],
    [0.5, 0.5, 0],
    [1.4, -0.2, 0.4],
    [0, 0.9, -0.3],
    [0.3, 0.3, 0.8],
  ],
  [1, 0.7, 1.3, 0.9, 1.1, 0.6, 1, 1.2],
  2,
);

describe("fits of toys of a linear Gaussian model", () => {
  const truth = Float64Array.of(0.7, -0.4, 0.9);
  const data = blankToy(linear);
  const setup = {
    truth,
    tables: searchTables(linear, data),
    conditional: [0, 1].map((k) => conditionalTables(linear, data, truth, [k])),
    seed: 12,
  };
  const toys = 6000;
  const fits = toyFitter(linear, setup)(0, toys);
  const shareAbove = (values: Float64Array, limit: number): number =>
    values.filter((value) => value > limit).length / values.length;
  const agrees = (share: number, p: number): void => {
    expect(Math.abs(share - p)).toBeLessThan(4.5 * Math.sqrt((p * (1 - p)) / toys));
  };

  it("have the chi^2 of eight cells less two couplings", () => {
    // Tails of chi^2 with 6 degrees of freedom (tables).
    agrees(shareAbove(fits.chi2, 5.348), 0.5);
    agrees(shareAbove(fits.chi2, 10.645), 0.1);
    agrees(shareAbove(fits.chi2, 16.812), 0.01);
  });

  it("have t of each parameter with one degree of freedom: nominal coverage", () => {
    expect(fits.t).toHaveLength(2);
    for (const t of fits.t) {
      agrees(shareAbove(t, 0.45494), 0.5);
      agrees(shareAbove(t, 2.70554), 0.1);
      agrees(shareAbove(t, 6.6349), 0.01);
    }
  });

  it("are the same in any portions", () => {
    const parts = [toyFitter(linear, setup)(40, 60), toyFitter(linear, setup)(0, 40)];
    expect([...parts[1]!.chi2, ...parts[0]!.chi2]).toEqual([...fits.chi2.slice(0, 60)]);
    expect([...parts[1]!.t[1]!, ...parts[0]!.t[1]!]).toEqual([...fits.t[1]!.slice(0, 60)]);
  });

  it("are NaN where no fit converges", () => {
    const broken: Refit = { ...linear, minimize: () => Number.NaN };
    const none = toyFitter(broken, setup)(0, 3);
    expect([...none.chi2]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });
});
