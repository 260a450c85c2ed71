/** Response of a detector that counts recoils without measuring their energy. */

import type { Response } from "./elements.ts";

/** Ratio of neighbouring panels: short where the square root of the recoil energy bends. */
const RATIO = 4;
/** Above any recoil energy, MeV. */
const HIGHEST = 1e4;
/** Where panels start without a threshold, MeV. */
const LOWEST = 1e-9;

/**
 * Every recoil above the threshold counts, none below: one cell, acceptance 1.
 * @param energy threshold, MeV of recoil energy
 */
export function thresholdResponse(energy: number): Response {
  const breakpoints = energy > 0 ? [energy] : [0, LOWEST];
  while (breakpoints.at(-1)! < HIGHEST) breakpoints.push(breakpoints.at(-1)! * RATIO);
  return {
    cells: 1,
    breakpoints,
    weigh: (recoil, _panel, out) => {
      out[0] = recoil >= energy ? 1 : Number.isNaN(recoil + energy) ? Number.NaN : 0;
      return [0, 1];
    },
    acceptance: (measured) => (Number.isNaN(measured) ? Number.NaN : 1),
  };
}
