/** Fluxes that need no experiment: one neutrino of each flavour per cm^2. Another one is a line here. */

import type { Flux } from "../flux/spectrum.ts";
import { stoppedPion } from "../flux/stopped-pion.ts";

/** Distance at which one neutrino is a fluence of 1/cm^2. */
const unitDistance = 1 / Math.sqrt(4 * Math.PI);

export const unitFluxes: Readonly<Record<string, () => Flux>> = {
  "stopped-pion": () => stoppedPion({ protons: 1, yieldPerFlavour: 1, distance: unitDistance }),
};
export const defaultFlux = "stopped-pion";
