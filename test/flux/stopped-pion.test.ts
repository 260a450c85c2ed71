import { describe, expect, it } from "vitest";
import { michelEndpoint, promptLineEnergy, stoppedPion } from "../../src/flux/index.ts";
import { integrate } from "../../src/numerics/gauss-legendre.ts";
import spectra from "../reference/spectra.json" with { type: "json" };
import { expectRelative } from "../relative.ts";

const flux = stoppedPion({ protons: 1.76e23, yieldPerFlavour: 0.08, distance: 1930 });

/** Component of a flavour. */
function of(flavour: string) {
  const found = flux.components.find((one) => one.flavour === flavour);
  if (found === undefined) throw new Error(`no ${flavour}`);
  return found;
}

describe("stopped-pion flux", () => {
  it("has three flavours of equal fluence, r N_POT/(4 pi L^2)", () => {
    expect(flux.components.map((one) => one.flavour)).toEqual(["nu_e", "nu_mu", "anti_nu_mu"]);
    // 1.408e22 neutrinos over a sphere of 4.680847e7 cm^2.
    for (const { fluence } of flux.components) expectRelative(fluence, 1.408e22 / 4.6808473e7, 1e-7);
    const far = stoppedPion({ protons: 1.76e23, yieldPerFlavour: 0.16, distance: 3860 });
    expectRelative(far.components[0]?.fluence as number, 0.5 * of("nu_e").fluence, 1e-15);
  });

  it("has its line and its endpoint where mpmath has them", () => {
    expectRelative(promptLineEnergy, spectra.lineEnergy, 1e-15);
    expectRelative(michelEndpoint, spectra.endPoint, 1e-15);
    expect(promptLineEnergy).toBeCloseTo(29.79, 2);
    expect(of("nu_mu").lines).toEqual([{ energy: promptLineEnergy, weight: 1 }]);
    expect(of("nu_mu").density(promptLineEnergy)).toBe(0);
  });

  it("has Michel spectra of mean energy 3/10 and 7/20 of the muon mass", () => {
    const mean = (flavour: string) => integrate((E) => E * of(flavour).density(E), 0, michelEndpoint);
    expectRelative(mean("nu_e"), 0.3 * 105.6583755, 1e-14);
    expectRelative(mean("anti_nu_mu"), 0.35 * 105.6583755, 1e-14);
  });

  it("lets anti-nu_mu end abruptly at m_mu/2 and nu_e die out", () => {
    const near = michelEndpoint * (1 - 1e-9);
    // x = 1/2: 192 x^2 (1/2 - x) vanishes and 64 x^2 (3/4 - x) = 4.
    expectRelative(of("anti_nu_mu").density(near), 4 / 105.6583755, 1e-8);
    expect(of("nu_e").density(near)).toBeLessThan(1e-9);
    expect(of("nu_e").density(near)).toBeGreaterThan(0);
  });
});
