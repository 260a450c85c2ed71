import { describe, expect, it } from "vitest";
import { cm2PerInverseMeV2 } from "../../src/interactions/cross-section.ts";
import {
  conventions,
  differentialCrossSection,
  evaluateForm,
  structureForms,
  weakCharge,
} from "../../src/interactions/index.ts";
import { findIsotope } from "../../src/nuclei/isotopes.ts";
import type { SpinResponse } from "../../src/nuclei/matching.ts";
import spinors from "../reference/cross-section.json" with { type: "json" };
import reference from "../reference/quark-cross-section.json" with { type: "json" };
import { expectRelative } from "../relative.ts";
import { evaluated, isotopeOf } from "./nuclear-couplings.ts";

const signs = { neutrino: 1, antineutrino: -1 } as const;

function formsOf(
  isotope: string,
  values: Readonly<Record<string, number>>,
  convention: "A" | "B",
  sin2ThetaW: number,
  response?: SpinResponse,
) {
  return structureForms({
    isotope: findIsotope(isotope),
    lepton: "mu",
    convention,
    nameOf: (name) => (Object.hasOwn(values, name) ? name : undefined),
    sin2ThetaW,
    ...(response === undefined ? {} : { spinResponse: response }),
  });
}

describe("from quark couplings to the cross section, against spinors with their own matching", () => {
  it.each(reference.cases.map((one, index) => [index, one.isotope, one] as const))(
    "case %i on %s",
    (_, isotope, one) => {
      const values: Readonly<Record<string, number>> = Object.fromEntries(Object.entries(one.couplings));
      const { mass, n, spin } = findIsotope(isotope);
      for (const convention of conventions) {
        const forms = formsOf(isotope, values, convention, one.sin2ThetaW, { [isotope]: one.spinResponse });
        const coefficients = evaluated(forms, values, one.protonFormFactor, one.neutronFormFactor);
        for (const kind of ["neutrino", "antineutrino"] as const) {
          const scattering = {
            mass,
            neutrons: n,
            spin,
            energy: one.neutrinoEnergy,
            sign: signs[kind],
            recoilForm: "exact",
          } as const;
          const value = differentialCrossSection(coefficients, scattering, one.recoilEnergy);
          // Rounding, some cancellation between V and the standard model.
          expectRelative(value, one.dsigma[convention][kind], 1e-12, `${convention} ${kind}`);
        }
      }
    },
  );
});

describe("couplings of the nucleus", () => {
  it("are those of NuFact 2021 eq. 2, against spinors", () => {
    // C_P and D_S act on the spin only and have no xi.
    const cases = spinors.spinHalf.filter(({ couplings: c }) => c.C_P === 0 && c.D_S === 0);
    expect(cases.length).toBeGreaterThan(30);
    for (const one of cases) {
      const { C_S, C_V, C_A, C_T, D_P, D_V, D_A, D_T } = one.couplings;
      const N = one.neutrons;
      const values = {
        xi_S: Math.hypot(C_S, D_P) / N,
        xi_V: (C_V - D_A) / N,
        xi_A: (C_A - D_V) / N,
        xi_T: (Math.sqrt(8) * Math.hypot(C_T, D_T)) / N,
        R: (2 * (C_S * C_T - D_P * D_T)) / N ** 2,
      };
      const { isotope, sin2ThetaW } = isotopeOf(one.mass, N, one.weakCharge);
      const nameOf = (name: string) => (name in values ? name : undefined);
      const forms = structureForms({ isotope, lepton: "e", convention: "B", nameOf, sin2ThetaW });
      for (const kind of ["neutrino", "antineutrino"] as const) {
        const scattering = {
          ...one,
          spin: 0.5,
          energy: one.neutrinoEnergy,
          sign: signs[kind],
          recoilForm: "exact",
        } as const;
        const value =
          differentialCrossSection(evaluated(forms, values), scattering, one.recoilEnergy) / cm2PerInverseMeV2;
        expectRelative(value, one.dsigma.B[kind], 1e-12, kind);
      }
    }
  });

  it("meet the neutron form factor, the weak charge both", () => {
    const values = { xi_S: 0.5, xi_V: -0.25, xi_A: 0.75, xi_T: 2, R: -0.5 };
    const forms = formsOf("133Cs", values, "B", 0.2387);
    const none = evaluated(forms, values, 0.7, 0);
    expect([none.SS, none.AA, none.TT, none.R]).toEqual([0, 0, 0, 0]);
    // Protons alone: (1 - 4 s^2) Z/N squared, 0.00101581 for Cs, times 0.7^2.
    expectRelative(none.VV as number, 0.49 * 0.03187179 ** 2, 1e-6);
    const neutrons = evaluated(forms, values, 0, 0.5);
    expect([neutrons.SS, neutrons.AA, neutrons.TT, neutrons.R, neutrons.VV]).toEqual([
      0.25 * 0.25,
      0.25 * 0.5625,
      0.25 * 4,
      0.25 * -0.5,
      // Neutrons alone have charge 1 in the standard model.
      0.25 * 0.75 * 0.75,
    ]);
  });

  it("have no axial coupling on a nucleus without spin, and one with spin", () => {
    for (const [name, found] of [
      ["40Ar", 0],
      ["133Cs", 0.5625],
    ] as const) {
      const values = { xi_A: 0.75 };
      const coefficients = evaluated(formsOf(name, values, "B", 0.2387), values);
      expect(coefficients.AA).toBe(found);
      expect(coefficients.VA === 0).toBe(found === 0);
    }
  });
});

describe("the standard model", () => {
  it.each(conventions)("is all that is left without couplings, convention %s", (convention) => {
    const { VV, ...others } = evaluated(formsOf("133Cs", {}, convention, 0.2387), {});
    expect(Object.values(others)).toEqual([0, 0, 0, 0, 0, 0]);
    expectRelative(Math.sqrt(VV as number), 0.9681282051282051, 1e-15);
  });

  it.each([
    ["133Cs", 0.9681],
    ["127I", 0.9676],
    ["40Ar", 0.963],
  ] as const)("has the weak charge of %s per neutron, %d", (name, expected) => {
    const { VV } = evaluated(formsOf(name, {}, "B", 0.2387), {});
    // Published to four digits.
    expect(Math.sqrt(VV as number)).toBeCloseTo(expected, 4);
  });

  it("is the same with sin2_theta_w named as with its default, and moves with it", () => {
    for (const convention of conventions) {
      const named = formsOf("127I", { sin2_theta_w: 1 }, convention, 0.9);
      for (const s2 of [0.2387, 0.2312, 0, 0.25]) {
        const default_ = evaluated(formsOf("127I", {}, convention, s2), {});
        expectRelative(evaluated(named, { sin2_theta_w: s2 }).VV as number, default_.VV as number, 4e-16, `${s2}`);
      }
    }
    // At sin^2 theta_W = 1/4 protons drop out.
    expectRelative(evaluated(formsOf("127I", {}, "B", 0.25), {}).VV as number, 1, 1e-15);
  });
});

describe("spin-dependent quark currents", () => {
  it("are absent without a stated response", () => {
    const values = { C_A_u: 3, C_A_d: 1, D_V_u: 2, C_P_u: 5, D_S_d: 4, C_T_u: 0 };
    const coefficients = evaluated(formsOf("133Cs", values, "B", 0.2387), values);
    expect([coefficients.AA, coefficients.VA, coefficients.PP, coefficients.R]).toEqual([0, 0, 0, 0]);
  });
});

describe("the two conventions", () => {
  it("agree where no second vector coupling is, and differ where one is", () => {
    const values = { C_V_u: 0.2, C_S_d: 0.1, D_P_u: -0.05, C_T_u: 1.5, D_T_d: 0.5 };
    const at = (convention: "A" | "B", more: Readonly<Record<string, number>>) =>
      evaluated(formsOf("133Cs", { ...values, ...more }, convention, 0.2387), { ...values, ...more });
    expect(at("A", {})).toEqual(at("B", {}));
    expect(at("A", { D_A_u: 0.1 }).VV).not.toBe(at("B", { D_A_u: 0.1 }).VV);
    // B is coherent: D_A = C_V undoes it. A adds squares: D_A and -D_A are the same.
    expectRelative(at("B", { D_A_u: 0.2 }).VV as number, 0.9681282051282051 ** 2, 1e-14);
    expect(at("A", { D_A_u: 0.2 }).VV).toBe(at("A", { D_A_u: -0.2 }).VV);
  });

  it("are quadratic forms in the names alone: monomials of two names or constants", () => {
    const forms = formsOf("133Cs", { C_V_u: 1, D_A_d: 1 }, "B", 0.2387);
    const VV = forms.VV as NonNullable<typeof forms.VV>;
    const at = (u: number, d: number) => evaluateForm(VV.nn, { C_V_u: u, D_A_d: d });
    // Third differences of a quadratic vanish.
    expect(Math.abs(at(3, 1) - 3 * at(2, 1) + 3 * at(1, 1) - at(0, 1))).toBeLessThan(1e-12);
    expect(Math.abs(at(2, 0) - 2 * at(1, 0) + at(0, 0))).toBeGreaterThan(1);
  });
});

describe("weakCharge", () => {
  // The values that the papers' arithmetic gives at sin^2 theta_W = 0.2387, to their four digits.
  it.each([
    ["133Cs", 0.9681],
    ["127I", 0.9676],
    ["40Ar", 0.963],
  ])("of %s is %d per neutron", (name, charge) => {
    expect(Math.abs(weakCharge(findIsotope(name), 0.2387) - charge)).toBeLessThan(5.1e-5);
  });
});
