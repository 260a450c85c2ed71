import { describe, expect, it } from "vitest";
import { parseSpec } from "../../src/analysis/spec.ts";
import { type SpectrumTarget, spectrum } from "../../src/analysis/spectrum.ts";
import { stoppedPion } from "../../src/flux/index.ts";
import { differentialCrossSection, minimumNeutrinoEnergy } from "../../src/interactions/index.ts";
import { buildFormFactors, findIsotope } from "../../src/nuclei/index.ts";
import { integrate } from "../../src/numerics/gauss-legendre.ts";
import reference from "../reference/spectra.json" with { type: "json" };
import { expectRelative } from "../relative.ts";

const flux = stoppedPion({ protons: 1, yieldPerFlavour: 1, distance: 1 });
const spec = parseSpec({ recoil: "full" });

function target(name: string): SpectrumTarget {
  const isotope = findIsotope(name);
  const material = { formula: name, molarMass: isotope.atomicMassU, nuclides: [{ isotope, perFormula: 1 }] };
  return { name, material, nuclei: null, flux };
}

const names = Object.keys(reference.nuclei) as (keyof typeof reference.nuclei)[];

describe.each(names)("standard-model cross section on %s against mpmath", (name) => {
  const entry = reference.nuclei[name];
  const result = spectrum(target(name), spec);

  it("averaged over the flux of each flavour", () => {
    expect(result.flavours.map((one) => one.flavour)).toEqual(["nu_e", "nu_mu", "anti_nu_mu"]);
    for (const { flavour, crossSectionCm2 } of result.flavours) {
      // The spectrum behaves as sqrt(E_r) at E_r = 0, where 64 nodes reach 4e-9 of the total.
      expectRelative(crossSectionCm2, entry.total[flavour as "nu_e"], 1e-8, flavour);
    }
    const mean = result.flavours.reduce((sum, one) => sum + one.crossSectionCm2, 0) / 3;
    expectRelative(mean, entry.total.mean, 1e-8);
  });

  it("at fixed recoil energy, from the plain cross section integrated over the spectrum", () => {
    const isotope = findIsotope(name);
    const { mass, n, spin } = isotope;
    const F = buildFormFactors({ model: "helm" }, isotope).neutron;
    for (const component of flux.components) {
      const sign = component.flavour === "anti_nu_mu" ? -1 : 1;
      entry.recoilEnergies.forEach((recoil, i) => {
        const sigma = (energy: number) =>
          differentialCrossSection(
            { VV: entry.weakCharge ** 2 },
            { mass, neutrons: n, spin, energy, sign, recoilForm: "full" },
            recoil,
          );
        const lines = component.lines.reduce((sum, line) => sum + line.weight * sigma(line.energy), 0);
        const low = minimumNeutrinoEnergy(recoil, mass);
        const continuum = integrate((E) => component.density(E) * sigma(E), low, component.endpoint);
        const q = Math.sqrt(2 * mass * recoil) / 197.3269804;
        const expected = entry.differential[component.flavour as "nu_e"][i] as number;
        // Near the endpoint the range of energies is a difference of nearly equal numbers.
        expectRelative((lines + continuum) * F(q) ** 2, expected, 1e-11, `${component.flavour} at ${recoil} MeV`);
      });
    }
  });

  it("as a spectrum that integrates to it, in cm2 per keV", () => {
    const width = (result.recoilKeV[1] as number) - (result.recoilKeV[0] as number);
    for (const { flavour, rate, crossSectionCm2 } of result.flavours) {
      const sum = rate.reduce((total, value) => total + value, 0) * width;
      // 200 midpoints; the step at the end of the line is half a point of about 60.
      expectRelative(sum, crossSectionCm2, flavour === "nu_mu" ? 0.02 : 1e-3, flavour);
    }
    expect(result.rateUnit).toBe("cm2/keVnr");
  });
});

it("averages to the published 189e-40 cm^2 over the nuclei of CsI, within its uncertainty", () => {
  // arXiv:2110.07730: (189 +- 6)e-40 cm^2, mean of the two nuclei and the three flavours.
  const results = [spectrum(target("133Cs"), spec), spectrum(target("127I"), spec)].flatMap((one) => one.flavours);
  const mean = results.reduce((sum, one) => sum + one.crossSectionCm2, 0) / 6;
  expect(Math.abs(mean - 189e-40)).toBeLessThan(6e-40);
});
