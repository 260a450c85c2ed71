import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chi2Survival, clOfSigma, deltaChi2 } from "../../src/statistics/index.ts";
import reference from "../reference/levels.json" with { type: "json" };
import { expectRelative } from "../relative.ts";

// exp(-x + a ln x - ln Gamma(a)) cancels numbers of a few hundred: their rounding is left.
const SURVIVAL_TOLERANCE = 1e-11;

describe("chi^2 tail probability against mpmath", () => {
  it.each(reference.survival)("x = $x with $dof degrees of freedom", ({ x, dof, survival }) => {
    expectRelative(chi2Survival(x, dof), survival, SURVIVAL_TOLERANCE);
  });

  it("is 1 at zero and below, 0 at infinity, NaN for NaN", () => {
    expect(chi2Survival(0, 3)).toBe(1);
    expect(chi2Survival(-1e-15, 3)).toBe(1);
    expect(chi2Survival(Number.POSITIVE_INFINITY, 3)).toBe(0);
    expect(chi2Survival(Number.NaN, 3)).toBeNaN();
  });

  it("falls with x and rises with the degrees of freedom", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 999 }),
        fc.double({ min: -0.7, max: 4, noNaN: true }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (dof, deviations, step) => {
          // Around the mean, where neither tail is rounded away.
          const x = (t: number): number => Math.max(0.01, dof + t * Math.sqrt(2 * dof));
          expect(chi2Survival(x(deviations + step), dof)).toBeLessThan(chi2Survival(x(deviations), dof));
          expect(chi2Survival(x(deviations), dof + 1)).toBeGreaterThan(chi2Survival(x(deviations), dof));
        },
      ),
    );
  });
});

describe("Delta chi^2 of a confidence level", () => {
  it.each(reference.quantiles)(
    "$cl with $dof degrees of freedom, against mpmath",
    ({ cl, dof, deltaChi2: expected }) => {
      // Searched to 1e-13 absolute; the probability it is solved for is good to SURVIVAL_TOLERANCE.
      const tolerance = 1e-10 + 1e-12 / expected;
      expectRelative(deltaChi2(cl, dof), expected, tolerance);
    },
  );

  it("is what tables of statistics print", () => {
    const rounded = (cl: number, dof: number): string => deltaChi2(cl, dof).toFixed(4);
    expect(deltaChi2(0.6827, 1).toFixed(2)).toBe("1.00");
    expect([rounded(0.9, 1), rounded(0.99, 1)]).toEqual(["2.7055", "6.6349"]);
    expect([rounded(0.9, 2), rounded(0.99, 2)]).toEqual(["4.6052", "9.2103"]);
  });

  it.each([0, 1, -0.1, 1.1, 90, Number.NaN, Number.POSITIVE_INFINITY])("refuses the level %d", (cl) => {
    expect(() => deltaChi2(cl, 1)).toThrow(/confidence level .* is not between 0 and 1/);
  });

  it.each([0, -1, 1.5, Number.NaN])("refuses %d degrees of freedom", (dof) => {
    expect(() => deltaChi2(0.9, dof)).toThrow(/degrees of freedom must be 1, 2/);
  });
});

describe("level of Gaussian standard deviations", () => {
  it.each(reference.sigma)("$sigma sigma against mpmath", ({ sigma, cl }) => {
    // 1 - survival keeps the absolute, not the relative accuracy.
    expect(Math.abs(clOfSigma(sigma) - cl)).toBeLessThan(1e-14);
  });

  it.each([0, -1, 40, Number.NaN])("refuses %d sigma", (sigma) => {
    expect(() => clOfSigma(sigma)).toThrow(/no usable level/);
  });
});
