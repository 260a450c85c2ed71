import { describe, expect, it } from "vitest";
import * as constants from "../src/constants.ts";
import { promptLineEnergy } from "../src/flux/stopped-pion.ts";
import { findIsotope } from "../src/nuclei/isotopes.ts";
import { expectRelative } from "./relative.ts";

const SPEED_OF_LIGHT = 299792458; // m/s, exact

describe("constants", () => {
  const quantities = Object.entries({ ...constants, ...constants.quarkMasses }).filter(
    (entry): entry is [string, constants.Quantity] => "value" in entry[1],
  );

  it("are kept with unit and source", () => {
    expect(quantities.length).toBeGreaterThan(14);
    for (const [name, { value, unit, sigma, source }] of quantities) {
      expect(value, name).toBeGreaterThan(0);
      expect(unit, name).not.toBe("");
      // A source is a collaboration or authors with a year or an identifier.
      expect(source, name).toMatch(/\d{4}/);
      if (sigma !== undefined) expect(sigma, name).toBeGreaterThan(0);
      if (sigma !== undefined) expect(sigma / value, name).toBeLessThan(0.3);
    }
  });

  it("have hbar c and the elementary charge of the SI", () => {
    // Planck's constant, the speed of light and the charge are exact; hbar c is kept to ten digits.
    const hbarC = ((6.62607015e-34 / (2 * Math.PI)) * SPEED_OF_LIGHT * 1e15) / (constants.elementaryCharge.value * 1e6);
    expectRelative(constants.hbarC.value, hbarC, 5e-10);
    // The charge alone, from the Josephson constant 2e/h (exact since 2019: 483597.8484...e9 Hz/V).
    expectRelative(constants.elementaryCharge.value, (483597.8484169836e9 * 6.62607015e-34) / 2, 1e-15);
  });

  it("have atomic mass unit and Avogadro constant of one mole", () => {
    const gramsPerUnit =
      (constants.atomicMassUnit.value * constants.elementaryCharge.value * 1e9) / SPEED_OF_LIGHT ** 2;
    // CODATA 2022: molar mass constant 1.00000000105(31) g/mol.
    expectRelative(gramsPerUnit * constants.avogadro.value, 1.00000000105, 1e-9);
  });

  it("have the electron mass of the Rydberg energy", () => {
    // CODATA 2022: R_inf h c = 13.605693122990 eV, alpha = 7.2973525643e-3; m_e = 2 R/alpha^2.
    expectRelative(constants.electronMass.value, (2 * 13.60569312299e-6) / 7.2973525643e-3 ** 2, 1e-9);
  });

  it("have proton and neutron masses that hydrogen and deuterium ask for", () => {
    // The nucleus of 1H is a proton; its table mass leaves out 13.6 eV of electron binding, 1.5e-8 of it.
    expectRelative(findIsotope("1H").mass, constants.protonMass.value - 13.6e-6, 1e-9);
    // Deuteron binding energy 2.224566 MeV, from the gamma ray of n + p capture (E. G. Kessler et al. 1999).
    const neutron = findIsotope("2H").mass - findIsotope("1H").mass + 2.224566;
    expectRelative(constants.neutronMass.value, neutron, 2e-9);
  });

  it("have a muon mass that gives the measured muon lifetime", () => {
    // Muon and electron mass ratio of CODATA 2022, 206.7682827(46).
    expectRelative(constants.muonMass.value, constants.electronMass.value * 206.7682827, 5e-8);
    // hbar/tau = G_F^2 m^5/(192 pi^3) f(rho) (1 + radiative), the definition of G_F; PDG review, eq. 10.4.
    const m = constants.muonMass.value;
    const rho = (constants.electronMass.value / m) ** 2;
    const phaseSpace = 1 - 8 * rho + 8 * rho ** 3 - rho ** 4 - 12 * rho * rho * Math.log(rho);
    const radiative = 1 + ((25 / 4 - Math.PI ** 2) / 2) * (1 / (135.9 * Math.PI));
    const width = ((constants.fermiConstant.value ** 2 * m ** 5) / (192 * Math.PI ** 3)) * phaseSpace * radiative;
    const hbar = (constants.hbarC.value * 1e-15) / SPEED_OF_LIGHT;
    // The terms of order alpha^2 that are left out are 4e-5.
    expectRelative(hbar / width, constants.muonLifetime.value, 1e-4);
  });

  it("have a pion mass that gives the measured muon momentum", () => {
    // pi+ -> mu+ nu at rest: 29.79200(11) MeV/c, K. Assamagan et al., Phys. Rev. D 53 (1996) 6065.
    expectRelative(promptLineEnergy, 29.792, 1e-5);
  });

  it("have the decay lengths of pion and muon", () => {
    // Particle listings: c tau = 7.8045 m and 658.638 m.
    expectRelative(constants.pionLifetime.value * SPEED_OF_LIGHT, 7.8045, 1e-5);
    expectRelative(constants.muonLifetime.value * SPEED_OF_LIGHT, 658.638, 1e-6);
  });

  it("have the inputs that arXiv:1806.07424 prints in eqs. 15-16, and those it leaves open", () => {
    const { scalar, tensor } = constants.nucleonMatrixElements;
    expect([scalar.proton.u, scalar.proton.d, tensor.proton.u, tensor.proton.d]).toEqual([0.019, 0.041, 0.54, -0.23]);
    expect([scalar.neutron.u, scalar.neutron.d, tensor.neutron.u, tensor.neutron.d]).toEqual([
      0.023, 0.034, -0.23, 0.54,
    ]);
    expect([constants.quarkMasses.u.value, constants.quarkMasses.d.value]).toEqual([2.2, 4.7]);
    expect(constants.sin2ThetaW.value).toBe(0.2387);
  });
});
