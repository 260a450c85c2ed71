import { describe, expect, it } from "vitest";
import { cm2PerInverseMeV2 } from "../../src/interactions/cross-section.ts";
import { differentialCrossSection, type Recoil, type StructureCoefficients } from "../../src/interactions/index.ts";
import reference from "../reference/cross-section.json" with { type: "json" };
import { expectRelative } from "../relative.ts";
import { coefficientsOf, isotopeOf } from "./nuclear-couplings.ts";

const conventions = ["A", "B"] as const;
const signs = { neutrino: 1, antineutrino: -1 } as const;
type Case = (typeof reference.spinHalf)[number];

const setup = (one: Case) => isotopeOf(one.mass, one.neutrons, one.weakCharge);

/** dsigma/dE_r of the library in MeV^-3. */
function ours(one: Case, coefficients: StructureCoefficients, sign: 1 | -1, recoilForm: Recoil, spin = 0.5): number {
  const scattering = { mass: one.mass, neutrons: one.neutrons, spin, energy: one.neutrinoEnergy, sign, recoilForm };
  return differentialCrossSection(coefficients, scattering, one.recoilEnergy) / cm2PerInverseMeV2;
}

/** What a dropped term of relative size y^2 can amount to at most: every coefficient with weight one. */
function size(one: Case, coefficients: StructureCoefficients): number {
  const total = Object.values(coefficients).reduce((sum, value) => sum + Math.abs(value), 0);
  return ((reference.gFermi ** 2 * one.mass * one.neutrons ** 2) / (4 * Math.PI)) * total;
}

describe("cross section against explicit Dirac spinors", () => {
  it("spin 1/2, every coupling, pair and full set, both conventions, neutrinos and antineutrinos: recoil `exact`", () => {
    expect(reference.spinHalf).toHaveLength(70);
    for (const [index, one] of reference.spinHalf.entries()) {
      for (const convention of conventions) {
        const coefficients = coefficientsOf(one.couplings, setup(one), convention);
        for (const kind of ["neutrino", "antineutrino"] as const) {
          // Rounding; terms of different sign cancel by a factor of ten at most.
          const what = `case ${index}, ${convention}, ${kind}`;
          expectRelative(ours(one, coefficients, signs[kind], "exact"), one.dsigma[convention][kind], 1e-12, what);
        }
      }
    }
  });

  it("`full` drops terms of order y^2, `leading` of order y", () => {
    let [smallest, dropped] = [1, 0];
    for (const [index, one] of reference.spinHalf.entries()) {
      const y = one.recoilEnergy / one.neutrinoEnergy;
      for (const convention of conventions) {
        const coefficients = coefficientsOf(one.couplings, setup(one), convention);
        const scale = size(one, coefficients);
        for (const kind of ["neutrino", "antineutrino"] as const) {
          const exact = one.dsigma[convention][kind];
          const full = Math.abs(ours(one, coefficients, signs[kind], "full") - exact) / scale;
          const leading = Math.abs(ours(one, coefficients, signs[kind], "leading") - exact) / scale;
          // The factor of y^2 is at most 1, that of y at most 2; 1e-14 is rounding.
          expect(full, `case ${index} full`).toBeLessThanOrEqual(y * y + 1e-14);
          expect(leading, `case ${index} leading`).toBeLessThanOrEqual(2 * y + y * y + 1e-14);
          if (full > 1e-12) dropped++;
          smallest = Math.min(smallest, y);
        }
      }
    }
    // Some cases have y so small that a wrong term in y would show, and y^2 is there to be dropped.
    expect(smallest).toBeLessThan(1e-4);
    expect(dropped).toBeGreaterThan(200);
  });

  it("`leading` is off by y, `full` by a quarter to half of y^2, for a vector, axial or tensor coupling alone", () => {
    const alone = reference.spinHalf.filter(({ couplings }) => {
      const named = Object.entries(couplings).filter(([, value]) => value !== 0);
      return named.length === 1 && /[VAT]$/.test(named[0]?.[0] as string);
    });
    expect(alone).toHaveLength(6);
    for (const one of alone) {
      const y = one.recoilEnergy / one.neutrinoEnergy;
      const coefficients = coefficientsOf(one.couplings, setup(one), "B");
      const error = (form: Recoil) =>
        (ours(one, coefficients, 1, form) - one.dsigma.B.neutrino) / size(one, coefficients);
      expect(error("leading") / y).toBeGreaterThan(0.5);
      expect(error("leading") / y).toBeLessThanOrEqual(1 + 1e-9);
      // Where y^2 is above rounding.
      if (y < 1e-5) continue;
      expect(-error("full") / y ** 2).toBeGreaterThan(0.24);
      expect(-error("full") / y ** 2).toBeLessThan(0.51);
    }
  });

  it.each(reference.spinZero)("spin 0 with the current C_V (p + p'): $mass MeV, E = $neutrinoEnergy MeV", (one) => {
    for (const kind of ["neutrino", "antineutrino"] as const) {
      for (const recoilForm of ["exact", "full"] as const) {
        const scattering = {
          mass: one.mass,
          neutrons: 1,
          spin: 0,
          energy: one.neutrinoEnergy,
          sign: signs[kind],
          recoilForm,
        };
        const value = differentialCrossSection({ VV: one.vectorCoupling ** 2 }, scattering, one.recoilEnergy);
        expectRelative(value / cm2PerInverseMeV2, one.dsigma[kind], 1e-12, `${kind} ${recoilForm}`);
      }
    }
  });
});

describe("differentialCrossSection", () => {
  const cs = { mass: 123772.54, neutrons: 78, spin: 3.5, energy: 29.79, sign: 1, recoilForm: "full" } as const;

  it("has the size of the standard model on Cs: 2.9e-36 cm^2/MeV at small recoil", () => {
    // G_F^2/(4 pi) m N^2 Q^2 by hand: 1.08260e-23 x 123772.54 x 6084 x 0.93727 MeV^-3 = 7.6409e-15 and
    // (hbar c)^2 = 3.89379e-22 MeV^2 cm^2.
    expectRelative(differentialCrossSection({ VV: 0.968128205 ** 2 }, cs, 1e-12), 2.9752e-36, 1e-4);
  });

  it("is 0 outside its support", () => {
    const endpoint = (2 * cs.energy ** 2) / (cs.mass + 2 * cs.energy);
    for (const recoil of [-1e-9, -1, endpoint * (1 + 1e-12), 1]) {
      expect(differentialCrossSection({ VV: 1, SS: 1 }, cs, recoil)).toBe(0);
    }
    expect(differentialCrossSection({ SS: 1 }, cs, endpoint * (1 - 1e-12))).toBeGreaterThan(0);
  });

  it("is NaN for NaN, and 0 without couplings", () => {
    expect(differentialCrossSection({ VV: 1 }, cs, Number.NaN)).toBeNaN();
    expect(differentialCrossSection({ VV: Number.NaN }, cs, 0.001)).toBeNaN();
    expect(differentialCrossSection({ VV: 1 }, { ...cs, energy: Number.NaN }, 0.001)).toBeNaN();
    expect(differentialCrossSection({}, cs, 0.001)).toBe(0);
  });
});
