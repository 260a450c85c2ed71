import fc from "fast-check";
import { describe, it } from "vitest";
import { maximumRecoil, minimumNeutrinoEnergy, momentumTransferPerFm } from "../../src/interactions/kinematics.ts";
import { expectRelative } from "../relative.ts";

const energy = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
const mass = fc.double({ min: 0.5, max: 2e5, noNaN: true });
const cosine = fc.double({ min: -1, max: 1, noNaN: true });

describe("kinematics laws", () => {
  it("the largest recoil leaves nucleus and neutrino on their mass shells", () => {
    fc.assert(
      fc.property(energy, mass, (E, m) => {
        // Backward scattering: the nucleus gets momentum E + E' and energy m + E - E'.
        const recoil = maximumRecoil(E, m);
        const momentum = 2 * E - recoil;
        // (m + T)^2 - p^2 = m^2, written without the cancelling m^2.
        expectRelative(recoil * (2 * m + recoil), momentum * momentum, 1e-12);
      }),
      { seed: 21 },
    );
  });

  it("the smallest neutrino energy is the inverse of the largest recoil", () => {
    fc.assert(
      fc.property(energy, mass, (E, m) => {
        expectRelative(minimumNeutrinoEnergy(maximumRecoil(E, m), m), E, 1e-14);
        expectRelative(maximumRecoil(minimumNeutrinoEnergy(E, m), m), E, 1e-14);
      }),
      { seed: 22 },
    );
  });

  it("every scattering angle gives a recoil that its neutrino energy allows, with momentum transfer 2 m E_r", () => {
    fc.assert(
      fc.property(energy, mass, cosine, (E, m, cos) => {
        // Compton's relation: 1/E' = 1/E + (1 - cos)/m.
        const out = 1 / (1 / E + (1 - cos) / m);
        const recoil = (E * E * (1 - cos)) / (m + E * (1 - cos));
        if (!(recoil <= maximumRecoil(E, m) * (1 + 1e-12))) throw new Error(`recoil ${recoil} beyond the largest`);
        if (!(minimumNeutrinoEnergy(recoil, m) <= E * (1 + 1e-12))) throw new Error(`E ${E} below the smallest`);
        // -q^2 = 2 E E' (1 - cos), in 1/fm^2 with hbar c = 197.327 MeV fm.
        const q2 = momentumTransferPerFm(recoil, m) ** 2 * 197.3269804 ** 2;
        if (recoil > 0) expectRelative(q2, 2 * E * out * (1 - cos), 1e-10);
      }),
      { seed: 23 },
    );
  });
});
