import { describe, expect, it } from "vitest";
import { chi2, type FitResult, fit, fitSchema } from "../../src/analysis/index.ts";
import circle from "../reference/csi-2017-circle.json" with { type: "json" };
import reference from "../reference/csi-2017-fit.json" with { type: "json" };
import paper from "../reference/csi-2017-paper.json" with { type: "json" };
import levels from "../reference/levels.json" with { type: "json" };
import { expectRelative } from "../relative.ts";
import { BACKGROUND, broken, numbersOf, paperA, RELATIVE_ERRORS, SIGNAL } from "./shipped.ts";

/** Both are converged minima: chi^2 agrees to its rounding. */
const CHI2 = 1e-11;
/** Searches stop when a step gains less than 1e-13 of chi^2, whose curvature is 5 to 100 here. */
const PLACE = 1e-6;
/** Ends are polished to 1e-12 of the range where the profile is good to 1e-11 and its slope is at least 1. */
const END = 1e-8;

/** Levels of the rounded Delta chi^2 that the reference and arXiv:1806.07424 use: 2.71 and 6.63. */
const cl = levels.printed.map((one) => one.cl);

type Expected = {
  readonly chi2: number;
  readonly signal: number;
  readonly background: number;
  readonly [name: string]: number;
};

/** Sign images of a minimum of the reference, which lists xi_S and xi_T positive. */
function images(minimum: Expected, names: readonly string[]): readonly Expected[] {
  const flipped = names.filter((name) => name !== "V" && minimum[name] !== 0);
  return flipped.reduce<readonly Expected[]>(
    (all, name) => all.flatMap((one) => [one, { ...one, [name]: -(one[name] as number) }]),
    [minimum],
  );
}

function expectMinima(result: FitResult, names: readonly string[], minima: readonly Expected[]): void {
  const expected = minima.flatMap((one) => images(one, names));
  expect(result.minima).toHaveLength(expected.length);
  for (const one of expected) {
    const found = result.minima.filter(({ parameters }) =>
      names.every((name) => Math.abs((parameters[`xi_${name}`] as number) - (one[name] as number)) < PLACE),
    );
    expect(found, `minimum at ${names.map((name) => `${name} = ${one[name]}`).join(", ")}`).toHaveLength(1);
    const { chi2, pulls, status } = found[0] as FitResult["minima"][0];
    expect(status).toBe("converged");
    expectRelative(chi2, one.chi2, CHI2);
    expect(Math.abs((pulls[SIGNAL] as number) - one.signal / RELATIVE_ERRORS[SIGNAL])).toBeLessThan(PLACE);
    expect(Math.abs((pulls[BACKGROUND] as number) - one.background / RELATIVE_ERRORS[BACKGROUND])).toBeLessThan(PLACE);
  }
  const values = result.minima.map((one) => one.chi2);
  values.forEach((value, k) => {
    if (k > 0) expect(value).toBeGreaterThanOrEqual((values[k - 1] as number) - 1e-9);
  });
}

function expectIntervals(
  result: FitResult,
  parameter: string,
  ranges: { readonly 90: readonly number[]; readonly 99: readonly number[] },
): void {
  const found = result.intervals.filter((one) => one.parameter === parameter);
  expect(found.map(({ dof }) => dof)).toEqual([1, 1]);
  [ranges[90], ranges[99]].forEach((ends, k) => {
    const { deltaChi2, segments } = found[k] as FitResult["intervals"][0];
    expectRelative(deltaChi2, levels.printed[k]?.deltaChi2 as number, 1e-12);
    expect(segments.flat()).toHaveLength(ends.length);
    segments.flat().forEach((end, i) => {
      expect(Math.abs((end as number) - (ends[i] as number)), `${parameter} ${end} instead of ${ends[i]}`).toBeLessThan(
        END,
      );
    });
  });
}

describe("Table 1 of arXiv:1806.07424 with the inputs of the release, against scipy", () => {
  it.each(["S", "V", "T"] as const)("xi_%s alone", (name) => {
    const result = fit(paperA({ free: [`xi_${name}`], cl }));
    expectMinima(result, [name], reference.table1[name].minima);
    expectIntervals(result, `xi_${name}`, reference.table1[name].ranges);
    expect(result.dof).toBe(12);
  });
});

describe("Table 2, ranges profiled over the other coupling, against scipy", () => {
  const entries = [
    ["S", "V", reference.table2["S-V"]],
    ["S", "T", reference.table2["S-T"]],
    ["V", "T", reference.table2["V-T"]],
  ] as const;
  it.each(entries)("xi_%s and xi_%s", (a, b, expected) => {
    const result = fit(paperA({ free: [`xi_${a}`, `xi_${b}`], cl }));
    expectMinima(result, [a, b], expected.minima);
    const ranges: Readonly<Record<string, { readonly 90: readonly number[]; readonly 99: readonly number[] }>> =
      expected as never;
    for (const name of [a, b]) expectIntervals(result, `xi_${name}`, ranges[name] as never);
    expect(result.dof).toBe(11);
  });
});

describe("the minima named in the design", () => {
  it("two of xi_V", () => {
    expect(fit(paperA({ free: ["xi_V"] })).minima.map(({ status }) => status)).toEqual(["converged", "converged"]);
  });

  it("four of (xi_S, xi_V)", () => {
    const { minima } = fit(paperA({ free: ["xi_S", "xi_V"] }));
    const quadrants = minima.map(
      ({ parameters }) => `${Math.sign(parameters["xi_S"] as number)} ${(parameters["xi_V"] as number) < -1}`,
    );
    expect(quadrants.sort()).toEqual(["-1 false", "-1 true", "1 false", "1 true"]);
  });

  it("one on the circle in (C_S^u, D_P^u) at xi_V = -0.6: flat, with the tangent", () => {
    const { minima } = fit(paperA({ free: ["C_S_u", "D_P_u"], parameters: { xi_V: circle.xiV } }));
    expect(minima).toHaveLength(1);
    const { parameters, chi2, status, direction, uncertainties, covariance } = minima[0] as FitResult["minima"][0];
    expect(status).toBe("flat");
    expectRelative(chi2, circle.chi2, CHI2);
    const place = [parameters["C_S_u"] as number, parameters["D_P_u"] as number] as const;
    expectRelative(Math.hypot(...place), circle.radius, PLACE);
    const [u, v] = [direction?.["C_S_u"] as number, direction?.["D_P_u"] as number];
    expectRelative(Math.hypot(u, v), 1, 1e-12);
    // Second differences give the direction to 1e-4.
    expect(Math.abs(place[0] * u + place[1] * v) / circle.radius).toBeLessThan(1e-4);
    // What is not determined has no uncertainty.
    expect([uncertainties, covariance]).toEqual([{ C_S_u: null, D_P_u: null }, null]);
  });
});

describe("a fit", () => {
  const result = fit(paperA({ free: ["xi_V", "xi_S"], parameters: { xi_T: 0.2 } }));

  it("is a whole result of its format, with finite numbers", () => {
    expect(fitSchema.safeParse(result).error).toBeUndefined();
    expect(numbersOf(result).every(Number.isFinite)).toBe(true);
  });

  it("twice gives the same bytes", () => {
    expect(JSON.stringify(fit(paperA({ free: ["xi_V", "xi_S"], parameters: { xi_T: 0.2 } })))).toBe(
      JSON.stringify(result),
    );
  });

  it("has the standard model beside it, whatever couplings are set", () => {
    expectRelative(result.sm.chi2, reference.standardModel.chi2, CHI2);
    expect(Math.abs((result.sm.pulls[SIGNAL] as number) - reference.standardModel.signal / 0.28)).toBeLessThan(PLACE);
  });

  it("names the levels used: 90 % and 99 % of one degree of freedom by default", () => {
    expect(result.intervals.map(({ parameter, cl, dof }) => [parameter, cl, dof])).toEqual([
      ["xi_V", 0.9, 1],
      ["xi_V", 0.99, 1],
      ["xi_S", 0.9, 1],
      ["xi_S", 0.99, 1],
    ]);
  });

  it("ends of its intervals lie on the level: the other coupling profiled gives it back", () => {
    const { segments, deltaChi2 } = result.intervals[0] as FitResult["intervals"][0];
    const best = result.minima[0]?.chi2 as number;
    for (const end of segments.flat()) {
      const other = fit(paperA({ free: ["xi_S"], parameters: { xi_T: 0.2, xi_V: end as number } }));
      // A slope of at most 100 times the accuracy of the end.
      expect(Math.abs((other.minima[0]?.chi2 as number) - best - deltaChi2)).toBeLessThan(100 * END);
    }
  });

  it("uncertainties come from the curvature of chi^2, the other coupling free", () => {
    const at = (V: number, S: number): number => chi2(paperA({ parameters: { xi_T: 0.2, xi_V: V, xi_S: S } })).chi2;
    for (const { parameters, uncertainties, covariance } of result.minima) {
      const [V, S] = [parameters["xi_V"] as number, parameters["xi_S"] as number];
      const h = 1e-3;
      const second = (plus: number, centre: number, minus: number): number => (plus - 2 * centre + minus) / (h * h);
      const VV = second(at(V + h, S), at(V, S), at(V - h, S));
      const SS = second(at(V, S + h), at(V, S), at(V, S - h));
      const VS = (at(V + h, S + h) - at(V + h, S - h) - at(V - h, S + h) + at(V - h, S - h)) / (4 * h * h);
      const determinant = VV * SS - VS * VS;
      // Fourth derivatives times h^2, in a determinant that nearly cancels.
      expectRelative(uncertainties["xi_V"] as number, Math.sqrt((2 * SS) / determinant), 1e-3);
      expectRelative(uncertainties["xi_S"] as number, Math.sqrt((2 * VV) / determinant), 1e-3);
      expectRelative(covariance?.[0]?.[1] as number, (-2 * VS) / determinant, 2e-3);
      expectRelative(covariance?.[1]?.[0] as number, covariance?.[0]?.[1] as number, 1e-12);
    }
  });

  it("counts its components at the best pulls", () => {
    // The best xi_S is 0: the events of the standard model times 1 + alpha, both of the reference.
    const [best] = fit(paperA({ free: ["xi_S"] })).minima;
    const { signal, background } = reference.standardModel;
    expectRelative(best?.components["coherent-csi-2017.cevns"] as number, paper.sm.full.total * (1 + signal), 1e-8);
    expectRelative(
      best?.components["coherent-csi-2017.brn"] as number,
      paper.data.beamOnBackgroundTotal * (1 + background),
      1e-8,
    );
    expect(Object.keys(best?.components ?? {})).toHaveLength(2);
  });

  it("of a nuisance: its best value and unit constraint", () => {
    const freed = fit(paperA({ free: [SIGNAL] }));
    expectRelative(freed.minima[0]?.parameters[SIGNAL] as number, reference.standardModel.signal / 0.28, PLACE);
    expectRelative(freed.minima[0]?.chi2 as number, reference.standardModel.chi2, CHI2);
    expect(freed.minima[0]?.pulls[SIGNAL]).toBe(freed.minima[0]?.parameters[SIGNAL]);
  });

  it("of the CEvNS normalisation: free of charge, it fits as well as any strength", () => {
    const [best] = fit(paperA({ free: ["coherent-csi-2017.cevns"] })).minima;
    // Both signs of xi_V at their best only scale the rate, up to the small difference between Cs and I.
    expect(best?.chi2).toBeLessThan(reference.standardModel.chi2);
    expect(Math.abs((best?.chi2 as number) - (reference.table1.V.minima[0]?.chi2 as number))).toBeLessThan(1e-3);
    expect(best?.components["coherent-csi-2017.cevns"]).toBeCloseTo(
      paper.sm.full.total * (best?.parameters["coherent-csi-2017.cevns"] as number),
      6,
    );
    expect(Math.abs(best?.pulls[SIGNAL] as number)).toBeLessThan(1e-9);
  });

  it("without a free parameter, or with impossible levels, is refused", () => {
    expect(() => fit(paperA())).toThrow(/nothing to fit/);
    for (const levels of [
      { cl: [0] },
      { cl: [0.9, 1] },
      { sigma: [0] },
      { sigma: [1, -1] },
      { cl: [0.9], sigma: [1] },
    ]) {
      expect(() => fit(paperA({ free: ["xi_V"], ...levels }))).toThrow(expect.objectContaining({ kind: "usage" }));
    }
  });

  it("levels in standard deviations are those of a Gaussian", () => {
    const { intervals } = fit(paperA({ free: ["xi_V"], sigma: [1, 2] }));
    intervals.forEach(({ cl, deltaChi2 }, k) => {
      const { sigma, cl: expected } = levels.sigma.find((one) => one.sigma === k + 1) as (typeof levels.sigma)[0];
      expectRelative(cl, expected, 1e-14);
      // One degree of freedom: Delta chi^2 is the square.
      expectRelative(deltaChi2, sigma ** 2, 1e-11);
    });
  });

  it("stays in the range given: an end that is not reached is null", () => {
    const found = fit(paperA({ free: ["xi_V"], ranges: { xi_V: [-0.9, 0] }, cl }));
    expect(found.minima).toHaveLength(1);
    expectRelative(found.minima[0]?.parameters["xi_V"] as number, reference.table1.V.minima[1]?.V as number, PLACE);
    // The third of the four ends of 90 %; chi^2 counts from the best point inside the range, 7e-5 above the other.
    const [[low, high] = [null, null]] = found.intervals[0]?.segments ?? [];
    expect(Math.abs((low as number) - (reference.table1.V.ranges[90][2] as number))).toBeLessThan(1e-4);
    expect(high).toBeNull();
    const atBound = fit(paperA({ free: ["xi_V"], ranges: { xi_V: [0.5, 1] } })).minima;
    expect(atBound).toMatchObject([{ status: "at-bound", parameters: { xi_V: 0.5 }, covariance: null }]);
  });

  it("reports how far it is", () => {
    const shares: number[] = [];
    fit(paperA({ free: ["xi_V", "xi_S"] }), (share) => shares.push(share));
    expect(shares.length).toBeGreaterThan(0);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.every((share) => share > 0 && share <= 1)).toBe(true);
  });

  it("that finds nothing says so, without a number that is none", () => {
    const found = fit(broken(paperA({ free: ["xi_V"] }), -100));
    expect(found.minima.every(({ status }) => status === "failed")).toBe(true);
    expect(found.intervals).toEqual([]);
    expect(numbersOf(found).every(Number.isFinite)).toBe(true);
    expect(fitSchema.safeParse(found).error).toBeUndefined();
  });
});
