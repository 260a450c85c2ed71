import { describe, expect, it } from "vitest";
import { type PreparedAnalysis, predict, type SpecInput } from "../../src/analysis/index.ts";
import { formFactors } from "../../src/nuclei/form-factors/index.ts";
import { findIsotope } from "../../src/nuclei/index.ts";
import { expectRelative } from "../relative.ts";
import { paperA } from "./shipped.ts";

const couplings = { C_V_u: 0.05, C_V_d: -0.04, D_A_u: 0.03, C_S_d: 0.01, C_T_u: 0.2, D_P_u: -0.008 };

function events(input: Omit<SpecInput, "experiments">): readonly number[] {
  return signalOf(paperA(input));
}

function signalOf(analysis: PreparedAnalysis): readonly number[] {
  const { components } = predict(analysis);
  const signal = components.filter(({ name }) => name === "cevns");
  return (signal[0]?.counts ?? []).map((_, bin) =>
    signal.reduce((sum, { counts }) => sum + (counts[bin] as number), 0),
  );
}

const radii = (scale: number, model: string): Readonly<Record<string, number>> =>
  Object.fromEntries(
    ["133Cs", "127I"].map((name) => [
      name,
      scale * (formFactors[model]?.defaultRadiusFm(findIsotope(name)) ?? Number.NaN),
    ]),
  );

/** The part of the events that is quadratic in a coupling: even in it, without the constant. */
function quadraticPart(
  coupling: string,
  value: number,
  formFactor: NonNullable<SpecInput["formFactor"]>,
): readonly number[] {
  const [plus, minus, none] = [value, -value, 0].map((v) =>
    events({ formFactor, parameters: combination(coupling, v) }),
  );
  return (none ?? []).map((n, bin) => (plus?.[bin] as number) + (minus?.[bin] as number) - 2 * n);
}

/** Quark couplings that act on protons alone (u + 2 d = 0), on neutrons alone (2 u + d = 0), or xi_V. */
function combination(name: string, value: number): Record<string, number> {
  if (name === "protons") return { C_V_u: 2 * value, C_V_d: -value };
  if (name === "neutrons") return { C_V_u: -value, C_V_d: 2 * value };
  return { [name]: value };
}

describe("radii given by element or isotope", () => {
  const models = ["helm", "klein-nystrand", "fermi"];

  it.each(models)("%s with its own radii, for protons, neutrons or both, is %s without", (model) => {
    const expected = events({ formFactor: model, parameters: couplings });
    const own = radii(1, model);
    for (const given of [
      { protonRadiiFm: own },
      { neutronRadiiFm: own },
      { protonRadiiFm: own, neutronRadiiFm: own },
    ]) {
      events({ formFactor: { model, ...given }, parameters: couplings }).forEach((count, bin) => {
        // The same function of the same radius.
        expectRelative(count, expected[bin] as number, 1e-12);
      });
    }
  });

  it.each(models)("%s: protons and neutrons in channels of their own add up to the one they share", (model) => {
    const expected = events({ formFactor: model, parameters: couplings });
    // A radius one part in 1e13 away is another function: three channels, the same numbers.
    const split = paperA({ formFactor: { model, neutronRadiiFm: radii(1 + 1e-13, model) }, parameters: couplings });
    signalOf(split).forEach((count, bin) => {
      // F^2 falls with the radius by a power below 20 here: 1e-12 of rounding and shift.
      expectRelative(count, expected[bin] as number, 1e-11);
    });
  });

  it("an element stands for its isotopes", () => {
    const parameters = couplings;
    const byElement = events({ formFactor: { model: "helm", neutronRadiiFm: { Cs: 5, I: 4.9 } }, parameters });
    const byIsotope = events({
      formFactor: { model: "helm", neutronRadiiFm: { "133Cs": 5, "127I": 4.9 } },
      parameters,
    });
    expect(byElement).toEqual(byIsotope);
    expect(byElement).not.toEqual(events({ formFactor: "helm", parameters }));
  });

  it("are repeated in the spec", () => {
    const formFactor = { model: "fermi", protonRadiiFm: { Cs: 4.8 } };
    expect(paperA({ formFactor }).spec.formFactor).toEqual(formFactor);
  });
});

describe("protons and neutrons of different size", () => {
  const shared = "helm";
  const neutrons = { model: "helm", neutronRadiiFm: radii(1.1, "helm") };
  const protons = { model: "helm", protonRadiiFm: radii(1.1, "helm") };
  const both = { model: "helm", protonRadiiFm: radii(1.1, "helm"), neutronRadiiFm: radii(1.1, "helm") };

  it.each([
    ["protons", protons, neutrons],
    ["neutrons", neutrons, protons],
    ["xi_V", neutrons, protons],
    ["xi_S", neutrons, protons],
  ] as const)("what is quadratic in a coupling to %s has their size and no other", (coupling, acts, idles) => {
    const reference = quadraticPart(coupling, 0.3, shared);
    const whole = quadraticPart(coupling, 0.3, both);
    const acting = quadraticPart(coupling, 0.3, acts);
    const idle = quadraticPart(coupling, 0.3, idles);
    reference.forEach((value, bin) => {
      // A difference of sums ten times larger.
      expectRelative(idle[bin] as number, value, 1e-11, `${coupling} ${bin}, other radius`);
      expectRelative(acting[bin] as number, whole[bin] as number, 1e-11, `${coupling} ${bin}, own radius`);
      // Recoils of 5 to 27 keV: qR of 1 to 3, so a larger nucleus scatters less.
      expect(acting[bin] as number).toBeLessThan(0.98 * value);
    });
  });

  it("the interference of protons and neutrons has one factor of each", () => {
    // F_p F_n lies between F_p^2 and F_n^2: its size is their geometric mean where one bin is narrow.
    const mixed = (formFactor: NonNullable<SpecInput["formFactor"]>): readonly number[] => {
      const at = (p: number, n: number): readonly number[] =>
        events({ formFactor, parameters: { C_V_u: 2 * p - n, C_V_d: 2 * n - p } });
      const [pp, pn, np, nn] = [at(0.2, 0.2), at(0.2, -0.2), at(-0.2, 0.2), at(-0.2, -0.2)];
      return pp.map((value, bin) => value - (pn[bin] as number) - (np[bin] as number) + (nn[bin] as number));
    };
    const [one, other, large, small] = [mixed(neutrons), mixed(protons), mixed(both), mixed(shared)];
    one.forEach((value, bin) => {
      expectRelative(value, other[bin] as number, 1e-10, "either one larger");
      const mean = Math.sqrt((large[bin] as number) * (small[bin] as number));
      // F falls by a few per cent over a bin.
      expectRelative(value, mean, 2e-3);
    });
  });

  it("the standard model has the neutrons' size to a per cent: its proton coupling is 0.045", () => {
    const standard = (formFactor: NonNullable<SpecInput["formFactor"]>): number =>
      events({ formFactor }).reduce((sum, n) => sum + n, 0);
    const lost = (formFactor: NonNullable<SpecInput["formFactor"]>): number =>
      1 - standard(formFactor) / standard(shared);
    // The proton part of the amplitude is -0.032 of the whole: -(1 - 4 sin^2 theta_W) Z/N over Q = 0.968.
    expect(lost(protons)).toBeLessThan(0);
    expect(-lost(protons)).toBeLessThan(0.05 * lost(neutrons));
    expect(lost(neutrons)).toBeGreaterThan(lost(both));
  });
});
