import { describe, expect, it } from "vitest";
import { chi2, chi2Schema } from "../../src/analysis/index.ts";
import fit from "../reference/csi-2017-fit.json" with { type: "json" };
import paper from "../reference/csi-2017-paper.json" with { type: "json" };
import levels from "../reference/levels.json" with { type: "json" };
import { expectRelative } from "../relative.ts";
import { BACKGROUND, numbersOf, paperA, RELATIVE_ERRORS, SIGNAL, sum } from "./shipped.ts";

// Templates agree to 1e-12 and scipy's pulls are converged to 1e-15 of chi^2.
const TOLERANCE = 1e-11;
/** chi^2 is flat in the pulls: the reference leaves half the digits in them. */
const PULL = 1e-7;

function expectPulls(pulls: Readonly<Record<string, number>>, expected: { signal: number; background: number }): void {
  expect(Object.keys(pulls).sort()).toEqual([BACKGROUND, SIGNAL]);
  // The reference has alpha and beta; the library pulls in units of their errors.
  const inSigma = {
    [SIGNAL]: expected.signal / RELATIVE_ERRORS[SIGNAL],
    [BACKGROUND]: expected.background / RELATIVE_ERRORS[BACKGROUND],
  };
  for (const [name, value] of Object.entries(inSigma))
    expect(Math.abs((pulls[name] as number) - value), name).toBeLessThan(PULL);
}

describe("chi^2 of the standard model", () => {
  const result = chi2(paperA());

  it("and its pulls are those of scipy", () => {
    expectRelative(result.chi2, fit.standardModel.chi2, TOLERANCE);
    expectPulls(result.pulls, fit.standardModel);
  });

  it("is a whole result of its format, with finite numbers", () => {
    expect(chi2Schema.safeParse(result).error).toBeUndefined();
    expect(numbersOf(result).every(Number.isFinite)).toBe(true);
  });

  it("has as many degrees of freedom as cells, and the p-value of mpmath", () => {
    expect(result.dof).toBe(levels.standardModel.cells);
    expectRelative(result.pValue, levels.standardModel.survival, 1e-10);
  });

  it("is the sum of its contributions and constraints", () => {
    expect(Object.keys(result.contributions)).toEqual(["coherent-csi-2017"]);
    expectRelative(sum(Object.values(result.contributions)) + result.constraints, result.chi2, 1e-14);
    expectRelative(result.constraints, sum(Object.values(result.pulls).map((pull) => pull * pull)), 1e-12);
  });
});

describe("chi^2 with nuisances set", () => {
  it("nominal: no constraint is paid, and the value is that of the formula", () => {
    const result = chi2(paperA({ parameters: { [SIGNAL]: 0, [BACKGROUND]: 1 } }));
    expectRelative(result.chi2, fit.standardModelWithoutPulls, TOLERANCE);
    expect(result.pulls).toEqual({ [SIGNAL]: 0, [BACKGROUND]: 0 });
    expect(result.constraints).toBe(0);
  });

  it("at scipy's best pulls: its chi^2", () => {
    const { signal, background } = fit.standardModel;
    const result = chi2(paperA({ parameters: { [SIGNAL]: signal / 0.28, [BACKGROUND]: 1 + background } }));
    expectRelative(result.chi2, fit.standardModel.chi2, TOLERANCE);
  });

  it("one of them: the other is still profiled", () => {
    const free = chi2(paperA()).chi2;
    const one = chi2(paperA({ parameters: { [SIGNAL]: 0 } })).chi2;
    const both = chi2(paperA({ parameters: { [SIGNAL]: 0, [BACKGROUND]: 1 } })).chi2;
    expect(free).toBeLessThan(one);
    expect(one).toBeLessThan(both);
  });

  it("a factor of 2.5 on the background is 6 sigma", () => {
    const result = chi2(paperA({ parameters: { [BACKGROUND]: 2.5 } }));
    expectRelative(result.pulls[BACKGROUND] as number, 6, 1e-14);
    expect(result.constraints).toBeGreaterThan(36);
  });

  it("no neutrinos and no background: chi^2 of the counts alone, and 4 sigma for the missing background", () => {
    const none = chi2(paperA({ parameters: { "coherent-csi-2017.cevns": 0, [BACKGROUND]: 0 } }));
    const alone = sum(paper.data.residual.map((n, bin) => (n / (paper.data.error[bin] as number)) ** 2));
    expectRelative(none.contributions["coherent-csi-2017"] as number, alone, 1e-12);
    expectRelative(none.constraints, 16, 1e-12);
    expect(none.pulls[SIGNAL]).toBe(0);
  });
});

describe("chi^2 at the reference's quark couplings", () => {
  it.each(["A", "B"] as const)("convention %s", (convention) => {
    for (const point of fit.quarkPoints) {
      const { chi2: expected, ...pulls } = point[convention];
      const result = chi2(paperA({ convention, parameters: point.couplings }));
      expectRelative(result.chi2, expected, TOLERANCE);
      expectPulls(result.pulls, pulls);
    }
  });

  it("also with the couplings given as values on an analysis that names them", () => {
    const [first, second] = fit.quarkPoints as [(typeof fit.quarkPoints)[0], (typeof fit.quarkPoints)[0]];
    const analysis = paperA({ parameters: first.couplings });
    expectRelative(analysis.likelihood([], second.couplings).evaluate([]), second.A.chi2, TOLERANCE);
    // And as parameters of the likelihood, in any order.
    const names = Object.keys(second.couplings).reverse() as (keyof typeof second.couplings)[];
    const likelihood = analysis.likelihood(names);
    expect(likelihood.parameters).toEqual(names);
    expectRelative(likelihood.evaluate(names.map((name) => second.couplings[name])), second.A.chi2, TOLERANCE);
  });
});
