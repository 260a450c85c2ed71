/** Panels in recoil energy for responses that smear. */

import type { Chain } from "./chain.ts";

/** Standard deviations beyond the last edge from which nothing comes back: 1e-15 and less. */
const REACH = 9;
/** Standard deviations per panel: 24 Gauss-Legendre nodes then see smeared edges to 1e-14 (to 1e-12 at length 4). */
const LENGTH = 2.5;
/** How often, and by how much, the first panel is cut shorter towards 0. */
const GRADED = 3;
const GRADING = 1 / 8;

/**
 * Breakpoints from 0 to where a recoil can no longer be smeared into the axis. Resolutions with a variance proportional
 * to E_ee have a constant width in sqrt(E_ee), so panels are equally long there. Weights and moments of the flux go like
 * sqrt(E_r) at 0: where events near 0 are accepted the first panel is cut towards it.
 * @param lowest where the acceptance starts, MeVee
 * @param last end of the axis, MeVee
 * @param spread standard deviation of sqrt(E_ee), sqrt(MeVee)
 * @returns recoil energies, MeV, increasing
 */
export function smoothPanels(links: Chain, lowest: number, last: number, spread: number): readonly number[] {
  const top = Math.sqrt(Math.max(last, 0)) + REACH * spread;
  const count = Math.ceil(top / (LENGTH * spread));
  const energies = Array.from({ length: count + 1 }, (_, k) => ((k / count) * top) ** 2);
  const cuts = Math.log(lowest / energies[1]!) / Math.log(GRADING);
  const graded = Math.min(GRADED, Math.max(0, Math.round(cuts)));
  for (let k = 1; k <= graded; k++) energies.splice(1, 0, energies[1]! * GRADING);
  const recoils = energies.map(links.recoilAt);
  return recoils.filter((recoil, k) => k === 0 || recoil > recoils[k - 1]!);
}
