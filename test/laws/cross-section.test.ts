import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  conventions,
  couplings,
  differentialCrossSection,
  maximumRecoil,
  type Recoil,
  recoils,
  type StructureCoefficients,
  shapeOf,
  structureForms,
  structures,
} from "../../src/interactions/index.ts";
import { findIsotope, type Isotope, isotopes } from "../../src/nuclei/index.ts";
import { evaluated } from "../interactions/nuclear-couplings.ts";
import { expectRelative } from "../relative.ts";

const byLevel = (level: string): string[] => couplings.filter((one) => one.level === level).map((one) => one.name);
const quarkNames = byLevel("quark");

const value = fc.double({ min: -2, max: 2, noNaN: true });
const share = fc.double({ min: 1e-6, max: 1, noNaN: true });
const energy = fc.double({ min: 0.5, max: 60, noNaN: true });
const convention = fc.constantFrom(...conventions);
const isotope = fc.constantFrom(...isotopes);
/** Any quark couplings, some of them zero. */
const quarkValues = fc.dictionary(fc.constantFrom(...quarkNames), value, { maxKeys: 20 });

/** Coefficients on an isotope whose spin-dependent currents respond, if it has spin. */
function coefficients(
  target: Isotope,
  values: Readonly<Record<string, number>>,
  which: "A" | "B",
  proton = 1,
  neutron = 1,
) {
  const response = { axial: { u: 3, d: -2.5 }, pseudoscalar: { u: -20, d: 30 } };
  const forms = structureForms({
    isotope: target,
    lepton: "e",
    convention: which,
    nameOf: (name) => (Object.hasOwn(values, name) ? name : undefined),
    sin2ThetaW: 0.2387,
    spinResponse: target.spin === 0 ? {} : { [target.name]: response },
  });
  return evaluated(forms, values, proton, neutron);
}

function sigma(
  target: Isotope,
  c: StructureCoefficients,
  E: number,
  sign: 1 | -1,
  recoilForm: Recoil,
  recoil: number,
): number {
  const { mass, n, spin } = target;
  return differentialCrossSection(c, { mass, neutrons: n, spin, energy: E, sign, recoilForm }, recoil);
}

/** Sum of the sizes of all terms: what rounding and dropped terms are measured against. */
function size(target: Isotope, c: StructureCoefficients, E: number): number {
  const total = Object.values(c).reduce((sum, x) => sum + Math.abs(x), 0);
  return sigma(target, { VV: 1 }, E, 1, "leading", 0) * total;
}

describe("cross section laws", () => {
  it("`exact` is never negative: any quark couplings, any isotope with spin, form factors, kinematics, both conventions", () => {
    const spinning = fc.constantFrom(...isotopes.filter((one) => one.spin > 0));
    const F = fc.double({ min: -1, max: 1, noNaN: true });
    const light = fc.double({ min: 20, max: 1e5, noNaN: true });
    fc.assert(
      fc.property(
        spinning,
        light,
        quarkValues,
        convention,
        energy,
        share,
        F,
        F,
        (target, mass, values, which, E, x, fp, fn) => {
          // A light nucleus makes y large, where a truncated form goes negative.
          const nucleus = { ...target, mass };
          const c = coefficients(nucleus, values, which, fp, fn);
          for (const sign of [1, -1] as const) {
            const recoil = x * maximumRecoil(E, mass);
            // Rounding of the sum.
            expect(sigma(nucleus, c, E, sign, "exact", recoil)).toBeGreaterThanOrEqual(-1e-14 * size(nucleus, c, E));
          }
        },
      ),
      { seed: 41, numRuns: 2000 },
    );
  });

  it("`exact` is never negative on the isotopes as they are, spin 0 included", () => {
    fc.assert(
      fc.property(isotope, quarkValues, convention, energy, share, (target, values, which, E, x) => {
        const c = coefficients(target, values, which);
        for (const sign of [1, -1] as const) {
          const rate = sigma(target, c, E, sign, "exact", x * maximumRecoil(E, target.mass));
          expect(rate).toBeGreaterThanOrEqual(-1e-14 * size(target, c, E));
        }
      }),
      { seed: 48, numRuns: 500 },
    );
  });

  it("`full` is not negative up to y^2", () => {
    fc.assert(
      fc.property(isotope, quarkValues, convention, energy, share, (target, values, which, E, x) => {
        const c = coefficients(target, values, which);
        const recoil = x * maximumRecoil(E, target.mass);
        const y = recoil / E;
        for (const sign of [1, -1] as const) {
          const full = sigma(target, c, E, sign, "full", recoil);
          expect(full).toBeGreaterThanOrEqual(-(y * y + 1e-14) * size(target, c, E));
        }
      }),
      { seed: 42, numRuns: 500 },
    );
  });

  it("`full` does become negative where `exact` is (1 - y)^2: the laws are not empty", () => {
    // V = -A: the helicity that backward scattering forbids.
    const target = { ...findIsotope("19F"), mass: 50 };
    const c = { VV: 1, AA: 1, VA: -1 };
    for (const y of [0.55, 0.6, 0.7]) {
      expect(sigma(target, c, 60, 1, "full", 60 * y)).toBeLessThan(0);
      const exact = sigma(target, c, 60, 1, "exact", 60 * y) / sigma(target, c, 60, 1, "exact", 0);
      expectRelative(exact, (1 - y) ** 2, 1e-13);
    }
  });

  it("is 0 past the endpoint and at negative recoil, for every structure and recoil option", () => {
    fc.assert(
      fc.property(isotope, energy, (target, E) => {
        const end = maximumRecoil(E, target.mass);
        for (const structure of structures) {
          for (const form of recoils) {
            expect(sigma(target, { [structure]: 1 }, E, 1, form, end * (1 + 1e-12))).toBe(0);
            expect(sigma(target, { [structure]: 1 }, E, 1, form, 2 * end)).toBe(0);
            expect(sigma(target, { [structure]: 1 }, E, 1, form, -end)).toBe(0);
          }
        }
        expect(sigma(target, { AA: 1 }, E, 1, "full", end * (1 - 1e-12))).toBeGreaterThan(0);
      }),
      { seed: 43, numRuns: 50 },
    );
  });

  it("gives NaN for NaN", () => {
    const target = findIsotope("133Cs");
    for (const structure of structures) {
      for (const form of recoils) {
        expect(sigma(target, { [structure]: 1 }, 30, 1, form, Number.NaN)).toBeNaN();
        expect(sigma(target, { [structure]: 1 }, Number.NaN, 1, form, 1e-3)).toBeNaN();
        expect(sigma(target, { [structure]: Number.NaN }, 30, 1, form, 1e-3)).toBeNaN();
      }
    }
  });

  it("with all couplings zero is the standard model", () => {
    const names = couplings.filter((one) => one.level !== "standard-model").map((one) => one.name);
    const zeros = Object.fromEntries(names.map((name) => [name, 0]));
    for (const target of isotopes) {
      for (const which of conventions) {
        for (const sign of [1, -1] as const) {
          const recoil = 0.4 * maximumRecoil(30, target.mass);
          const withZeros = sigma(target, coefficients(target, zeros, which), 30, sign, "exact", recoil);
          const standard = sigma(target, coefficients(target, {}, which), 30, sign, "exact", recoil);
          expect(withZeros, target.name).toBe(standard);
          expect(standard, target.name).toBeGreaterThan(0);
        }
      }
    }
  });

  it("of neutrino and antineutrino differ in the V-A and R terms alone, with opposite signs, to all orders in y", () => {
    fc.assert(
      fc.property(isotope, quarkValues, convention, energy, share, (target, values, which, E, x) => {
        const c = coefficients(target, values, which);
        const recoil = x * maximumRecoil(E, target.mass);
        const { VA = 0, R = 0, ...even } = c;
        for (const form of recoils) {
          const at = (sign: 1 | -1, some: StructureCoefficients) => sigma(target, some, E, sign, form, recoil);
          const tolerance = 1e-14 * size(target, c, E);
          // The even part is common, the odd part changes sign.
          expect(Math.abs(at(1, c) + at(-1, c) - 2 * at(1, even))).toBeLessThanOrEqual(tolerance);
          expect(Math.abs(at(1, c) - at(-1, c) - 2 * at(1, { VA, R }))).toBeLessThanOrEqual(tolerance);
          expect(at(1, even)).toBe(at(-1, even));
        }
      }),
      { seed: 44, numRuns: 200 },
    );
  });

  it("without axial current and R is the same for neutrino and antineutrino", () => {
    const noAxial = quarkNames.filter((name) => !/^(C_A|D_V|C_T|D_T)/.test(name));
    const some = fc.dictionary(fc.constantFrom(...noAxial), value, { maxKeys: 12 });
    fc.assert(
      fc.property(isotope, some, convention, energy, share, (target, values, which, E, x) => {
        const c = coefficients(target, values, which);
        const recoil = x * maximumRecoil(E, target.mass);
        expect(sigma(target, c, E, 1, "exact", recoil)).toBe(sigma(target, c, E, -1, "exact", recoil));
      }),
      { seed: 45, numRuns: 100 },
    );
  });

  it("is even in all scalar and pseudoscalar couplings together, and in all tensor ones, up to R", () => {
    fc.assert(
      fc.property(isotope, quarkValues, convention, energy, share, (target, values, which, E, x) => {
        const recoil = x * maximumRecoil(E, target.mass);
        const flipped = (pattern: RegExp) =>
          Object.fromEntries(Object.entries(values).map(([name, v]) => [name, pattern.test(name) ? -v : v]));
        const at = (v: Readonly<Record<string, number>>) =>
          sigma(target, coefficients(target, v, which), E, 1, "exact", recoil);
        const tolerance = 1e-14 * size(target, coefficients(target, values, which), E);
        // R is a product of one of each: flipping both leaves it.
        expect(Math.abs(at(flipped(/^[CD]_[SPT]/)) - at(values))).toBeLessThanOrEqual(tolerance);
        // Flipping one flips R, which antineutrinos have with the other sign.
        const c = coefficients(target, values, which);
        const other = coefficients(target, flipped(/^[CD]_T/), which);
        expect(other.R).toBe(c.R === 0 ? other.R : -(c.R as number));
        expect(other.TT).toBe(c.TT);
      }),
      { seed: 46, numRuns: 200 },
    );
  });

  it("is even in xi_S and xi_T", () => {
    fc.assert(
      fc.property(isotope, value, value, value, (target, S, V, T) => {
        const at = (s: number, t: number) => coefficients(target, { xi_S: s * S, xi_V: V, xi_T: t * T }, "B");
        expect(at(-1, 1)).toEqual(at(1, 1));
        expect(at(1, -1)).toEqual(at(1, 1));
      }),
      { seed: 47, numRuns: 50 },
    );
  });

  it("drops y^2 from `exact` to `full`, and y from `full` to `leading`", () => {
    const target = findIsotope("133Cs");
    for (const structure of structures) {
      for (const sign of [1, -1] as const) {
        // t fixed, y halved by a heavier nucleus and a smaller recoil.
        const difference = (y: number, a: Recoil, b: Recoil) => {
          const E = 30;
          const nucleus = { ...target, mass: (2 * 0.3 * E) / y };
          const at = (form: Recoil) => sigma(nucleus, { [structure]: 1 }, E, sign, form, y * E);
          return (at(a) - at(b)) / sigma(nucleus, { VV: 1 }, E, sign, "leading", 0);
        };
        const ratio = (a: Recoil, b: Recoil) => difference(0.1, a, b) / difference(0.05, a, b);
        expectRelative(ratio("exact", "full"), 4, 1e-10, `${structure} y^2`);
        const dropped = shapeOf(structure, "full", sign, target.spin).y;
        if (dropped !== 0) expectRelative(ratio("full", "leading"), 2, 1e-10, `${structure} y`);
        else expect(structure === "SS" || structure === "PP", structure).toBe(true);
      }
    }
  });
});
