/** What a neutrino flux offers to the fold: spectra through their moments. */

import type { Flavour } from "./flavour.ts";

/** Power of 1/E in a moment: the cross section at fixed recoil is a polynomial in 1/E of degree two. */
export type MomentPower = 0 | 1 | 2;

export interface FluxComponent {
  readonly flavour: Flavour;
  /** Neutrinos of this flavour through the detector per cm^2 over the whole exposure. */
  readonly fluence: number;
  /** Largest neutrino energy, MeV. */
  readonly endpoint: number;
  /** Energies (MeV) where the spectrum or its derivative jumps: lines, table nodes. */
  readonly breakpoints: readonly number[];
  /**
   * Integral of phi(E) E^-k dE from eMin to the endpoint, for the spectrum normalised to one neutrino; MeV^-k.
   * A line at exactly eMin counts. 0 above the endpoint, NaN for NaN.
   */
  readonly moment: (k: MomentPower, eMin: number) => number;
  /** Continuous part of the normalised spectrum, 1/MeV; lines are in `lines`. */
  readonly density: (energy: number) => number;
  readonly lines: readonly { readonly energy: number; readonly weight: number }[];
}

export interface Flux {
  readonly id: string;
  readonly source: string;
  readonly components: readonly FluxComponent[];
}
