/** Elements of a detector response, and what a response offers. */

import { type LogisticAcceptance, logisticAcceptance } from "./efficiency.ts";

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
  | {
      readonly type: "electron-light-yield";
      /** Photoelectrons per MeV of electron-equivalent energy. */
      readonly photoelectronsPerMeV: number;
    }
  | { readonly type: "poisson-photoelectrons" }
  | ({ readonly type: "logistic-acceptance" } & LogisticAcceptance);

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

/** Photoelectrons per MeV of recoil energy, and the acceptances, of a list of elements. */
export function chain(elements: readonly ResponseElement[]) {
  let scale = 1;
  const acceptances: LogisticAcceptance[] = [];
  for (const element of elements) {
    if (element.type === "linear-light-yield" || element.type === "electron-light-yield") {
      scale *= element.photoelectronsPerMeV;
    } else if (element.type === "linear-quenching") scale *= element.factor;
    else if (element.type === "logistic-acceptance") acceptances.push(element);
  }
  const acceptance = (measured: number): number =>
    acceptances.reduce((product, one) => product * logisticAcceptance(one, measured), 1);
  return { scale, acceptances, acceptance };
}
