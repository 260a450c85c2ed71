import { describe, expect, it } from "vitest";
import { maximumRecoil, minimumNeutrinoEnergy, momentumTransferPerFm } from "../../src/interactions/kinematics.ts";
import { findIsotope } from "../../src/nuclei/isotopes.ts";
import { expectRelative } from "../relative.ts";

describe("kinematics", () => {
  it("has the energies of COHERENT: 14.3 keV at most from the line on Cs, 24 MeV for the middle of the acceptance", () => {
    // 2 x 887.563/123832.12 MeV by hand.
    expectRelative(maximumRecoil(29.792, 123772.54), 0.01433494, 1e-6);
    // 10.85 PE are 9.274 keV: sqrt(m E_r/2) = 23.957 MeV, and half of the recoil itself.
    expectRelative(minimumNeutrinoEnergy(9.2741e-3, 123772.54), 23.957 + 0.00464, 1e-5);
  });

  it("lets a light target take all but a quarter of an MeV", () => {
    // E >> m: the neutrino keeps m/2.
    expectRelative(1000 - maximumRecoil(1000, 0.5), 0.25, 1e-3);
  });

  it("has the momentum transfer of arXiv:1806.07424, 6.92e-3 sqrt(A E_r/keV) per fm", () => {
    for (const name of ["133Cs", "127I", "40Ar"]) {
      const { a, mass } = findIsotope(name);
      // Printed to three digits.
      expectRelative(momentumTransferPerFm(10e-3, mass), 6.92e-3 * Math.sqrt(a * 10), 1.5e-3, name);
    }
  });

  it("is 0 at rest and NaN for NaN", () => {
    expect([maximumRecoil(0, 1e5), minimumNeutrinoEnergy(0, 1e5), momentumTransferPerFm(0, 1e5)]).toEqual([0, 0, 0]);
    expect(maximumRecoil(Number.NaN, 1e5)).toBeNaN();
    expect(minimumNeutrinoEnergy(Number.NaN, 1e5)).toBeNaN();
    expect(momentumTransferPerFm(Number.NaN, 1e5)).toBeNaN();
  });
});
