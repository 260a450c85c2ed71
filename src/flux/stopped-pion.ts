/** Neutrinos from pions and muons that decay at rest, as at a spallation source. */

import { muonMass, pionMass } from "../constants.ts";
import type { Flux, FluxComponent, MomentPower } from "./spectrum.ts";

/** Energy of the nu_mu line, (m_pi^2 - m_mu^2)/(2 m_pi) = 29.79 MeV. arXiv:1806.07424 eq. 1. */
export const promptLineEnergy: number =
  (pionMass.value * pionMass.value - muonMass.value * muonMass.value) / (2 * pionMass.value);

/** End of the Michel spectra, m_mu/2 = 52.83 MeV (electron mass neglected). arXiv:1806.07424 eq. 3. */
export const michelEndpoint: number = muonMass.value / 2;

/**
 * Moments of the Michel spectra in closed form. With x = E/m_mu and u = 1/2 - x both spectra are polynomials; written
 * in u their tails have no cancellation near the endpoint.
 *
 *     nu_e         192 x^2 (1/2 - x)        anti-nu_mu   64 x^2 (3/4 - x)
 *
 * @source arXiv:1806.07424 eq. 3
 */
const michelTails = {
  nu_e: [
    (u: number) => 192 * u * u * (1 / 8 - u / 3 + (u * u) / 4),
    (u: number) => 192 * u * u * (1 / 4 - u / 3),
    (u: number) => 96 * u * u,
  ],
  anti_nu_mu: [
    (u: number) => 64 * u * (1 / 16 - (u * u) / 4 + (u * u * u) / 4),
    (u: number) => 64 * u * (1 / 8 + u / 8 - (u * u) / 3),
    (u: number) => 64 * u * (1 / 4 + u / 2),
  ],
} as const;

function michel(flavour: "nu_e" | "anti_nu_mu", fluence: number): FluxComponent {
  const m = muonMass.value;
  const scales = [1, m, m ** 2] as const;
  const tails = michelTails[flavour];
  return {
    flavour,
    fluence,
    endpoint: michelEndpoint,
    breakpoints: [],
    lines: [],
    moment: (k: MomentPower, eMin: number) => {
      if (eMin >= michelEndpoint) return 0;
      const u = 0.5 - Math.max(eMin, 0) / m;
      return tails[k](u) / scales[k];
    },
    density: (energy: number) => {
      if (!(energy > 0 && energy < michelEndpoint)) return Number.isNaN(energy) ? Number.NaN : 0;
      const x = energy / m;
      return ((flavour === "nu_e" ? 192 * (0.5 - x) : 64 * (0.75 - x)) * x * x) / m;
    },
  };
}

function line(fluence: number): FluxComponent {
  const moments = [1, promptLineEnergy ** -1, promptLineEnergy ** -2] as const;
  return {
    flavour: "nu_mu",
    fluence,
    endpoint: promptLineEnergy,
    breakpoints: [promptLineEnergy],
    lines: [{ energy: promptLineEnergy, weight: 1 }],
    moment: (k, eMin) => {
      if (Number.isNaN(eMin)) return Number.NaN;
      return eMin <= promptLineEnergy ? moments[k] : 0;
    },
    density: (energy) => (Number.isNaN(energy) ? Number.NaN : 0),
  };
}

export interface StoppedPionSource {
  /** Protons on target over the exposure. */
  readonly protons: number;
  /** Neutrinos of each flavour per proton (r). */
  readonly yieldPerFlavour: number;
  /** Source to detector, cm. */
  readonly distance: number;
}

/**
 * The three fluxes of a stopped-pion source: phi = r N_POT / (4 pi L^2) times the normalised spectrum.
 * @source arXiv:1806.07424 eqs. 1-4
 * @example stoppedPion({ protons: 1.76e23, yieldPerFlavour: 0.08, distance: 1930 }).components.length === 3
 */
export function stoppedPion(source: StoppedPionSource): Flux {
  const fluence = (source.protons * source.yieldPerFlavour) / (4 * Math.PI * source.distance * source.distance);
  return {
    id: "stopped-pion",
    source: "arXiv:1806.07424 eqs. 1-4",
    components: [michel("nu_e", fluence), line(fluence), michel("anti_nu_mu", fluence)],
  };
}
