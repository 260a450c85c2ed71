/** Elastic scattering of a massless neutrino off a nucleus at rest. */

import { hbarC } from "../constants.ts";

/**
 * Largest recoil energy, exact: E_r^max = 2 E^2/(m + 2 E).
 * arXiv:1806.07424 writes the leading order 2 E^2/m; inside the brackets of the cross section that is what is meant,
 * the support of the spectrum ends here.
 * @param energy neutrino energy, MeV
 * @param mass nuclear mass, MeV
 * @returns MeV
 * @source relativistic two-body kinematics; arXiv:1806.07424 eq. 26 at backward scattering
 */
export function maximumRecoil(energy: number, mass: number): number {
  return (2 * energy * energy) / (mass + 2 * energy);
}

/**
 * Smallest neutrino energy that gives a recoil, exact: [E_r + sqrt(E_r^2 + 2 m E_r)]/2; the inverse of
 * `maximumRecoil`. arXiv:1806.07424 eq. 5 prints sqrt(2 m E_r), twice the leading order sqrt(m E_r/2).
 * @param recoil MeV, >= 0
 * @returns MeV
 */
export function minimumNeutrinoEnergy(recoil: number, mass: number): number {
  return (recoil + Math.sqrt(recoil * recoil + 2 * mass * recoil)) / 2;
}

/**
 * Momentum transfer q = sqrt(2 m E_r), in 1/fm: exact would add E_r^2 under the root, 1e-7 of it.
 * arXiv:1806.07424 writes 6.92e-3 sqrt(A E_r/keV), the same to 0.1 % in q.
 */
export function momentumTransferPerFm(recoil: number, mass: number): number {
  return Math.sqrt(2 * mass * recoil) / hbarC.value;
}
