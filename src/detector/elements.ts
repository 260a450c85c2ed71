/** Elements of a detector response, and what a response offers. */

import type { LogisticAcceptance, ShiftedLogisticAcceptance, TabulatedAcceptance } from "./efficiency.ts";
import type { QuenchingCoefficients, RisingQuenching } from "./quenching.ts";

/** Gamma-distributed number of photoelectrons of a given electron-equivalent energy. */
export interface GammaPhotoelectrons {
  /** a E_ee: electron-equivalent energy of one photoelectron, MeVee. */
  readonly energyPerPhotoelectron: number;
  /** b/E_ee, 1/MeVee. */
  readonly shapePerMeV: number;
}

/** One step from recoil energy to what is measured. */
export type ResponseElement =
  | {
      readonly type: "linear-light-yield";
      /** Photoelectrons per MeV of recoil energy, quenching included. */
      readonly photoelectronsPerMeV: number;
    }
  | {
      readonly type: "linear-quenching";
      /** Electron-equivalent energy per recoil energy. */
      readonly factor: number;
    }
  | { readonly type: "polynomial-quenching"; readonly coefficients: QuenchingCoefficients }
  | ({ readonly type: "rising-quenching" } & RisingQuenching)
  | {
      readonly type: "electron-light-yield";
      /** Photoelectrons per MeV of electron-equivalent energy. */
      readonly photoelectronsPerMeV: number;
    }
  | { readonly type: "poisson-photoelectrons" }
  | ({ readonly type: "gamma-photoelectrons" } & GammaPhotoelectrons)
  | {
      readonly type: "gaussian-resolution";
      /** Standard deviation over sqrt(E_ee), sqrt(MeVee). */
      readonly width: number;
    }
  | ({ readonly type: "logistic-acceptance" } & LogisticAcceptance)
  | ({ readonly type: "shifted-logistic-acceptance" } & ShiftedLogisticAcceptance)
  | ({ readonly type: "tabulated-acceptance" } & TabulatedAcceptance)
  | {
      readonly type: "recoil-threshold";
      /** Lowest recoil energy that counts, MeV. */
      readonly energy: number;
    };

export interface Response {
  /** Number of cells. */
  readonly cells: number;
  /** Recoil energies, MeV, increasing: between two of them the weights are smooth; outside the ends they are 0. */
  readonly breakpoints: readonly number[];
  /**
   * Probability to be counted in each cell for a recoil inside panel `panel` (between breakpoints panel, panel + 1).
   * Adds nothing: overwrites `out[first..last)` and returns that range.
   */
  readonly weigh: (recoil: number, panel: number, out: Float64Array) => readonly [first: number, last: number];
  /** Acceptance at a value of the measured axis: what backgrounds given before acceptance are multiplied by. */
  readonly acceptance: (measured: number) => number;
}
