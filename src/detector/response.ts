/**
 * Detector response: which cells an event of a given recoil energy falls into. A response is a list of elements in
 * physical order, from recoil energy to the measured axis.
 */

import { type LogisticAcceptance, logisticAcceptance } from "./efficiency.ts";

/** One step from recoil energy to what is measured. */
export type ResponseElement =
  | {
      readonly type: "linear-light-yield";
      /** Photoelectrons per MeV of recoil energy, quenching included. */
      readonly photoelectronsPerMeV: number;
    }
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

/**
 * Response without resolution: recoil energy maps onto the measured axis one to one.
 * @param elements in physical order; the light yield comes first
 * @param edges bin edges on the measured axis (photoelectrons), increasing
 */
export function sharpResponse(elements: readonly ResponseElement[], edges: readonly number[]): Response {
  let scale = 1;
  const acceptances: LogisticAcceptance[] = [];
  for (const element of elements) {
    if (element.type === "linear-light-yield") scale *= element.photoelectronsPerMeV;
    else acceptances.push(element);
  }
  const acceptance = (measured: number): number =>
    acceptances.reduce((product, one) => product * logisticAcceptance(one, measured), 1);
  // A threshold inside the bins is a jump that quadrature must not step over.
  const jumps = acceptances.map((one) => one.threshold).filter((x) => x > edges[0]! && x < edges.at(-1)!);
  const measured = [...new Set([...edges, ...jumps])].sort((a, b) => a - b);
  const cellOfPanel = measured.slice(0, -1).map((low) => edges.findLastIndex((edge) => edge <= low));
  return {
    cells: edges.length - 1,
    breakpoints: measured.map((x) => x / scale),
    weigh: (recoil, panel, out) => {
      const cell = cellOfPanel[panel]!;
      out[cell] = acceptance(recoil * scale);
      return [cell, cell + 1];
    },
    acceptance,
  };
}
