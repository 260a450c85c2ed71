/** Differential cross section at one neutrino energy: the plain form, for spectra, tests and examples. */

import { fermiConstant, hbarC } from "../constants.ts";
import { maximumRecoil } from "./kinematics.ts";
import { type Recoil, type Structure, shapeOf } from "./structures.ts";

/** (hbar c)^2 in MeV^2 cm^2: turns MeV^-2 into cm^2. */
export const cm2PerInverseMeV2: number = (hbarC.value * 1e-13) ** 2;

/** What multiplies each shape; absent structures are zero. Signs of antineutrinos are in the shapes. */
export type StructureCoefficients = Readonly<Partial<Record<Structure, number>>>;

export interface Scattering {
  /** Nuclear mass, MeV. */
  readonly mass: number;
  /** N; 0 (hydrogen) counts as 1, as the coefficients do. */
  readonly neutrons: number;
  readonly spin: number;
  /** Neutrino energy, MeV. */
  readonly energy: number;
  /** +1 neutrino, -1 antineutrino. */
  readonly sign: 1 | -1;
  readonly recoilForm: Recoil;
}

/**
 * dsigma/dE_r in cm^2/MeV, without the form factor.
 *
 *     G_F^2/(4 pi) m N^2 sum_k coefficient_k shape_k(m E_r/(2 E^2), E_r/E)
 *
 * @param recoil recoil energy, MeV
 * @returns 0 outside 0 <= E_r <= 2 E^2/(m + 2 E); NaN for NaN
 * @source arXiv:1806.07424 eq. 30
 * @example differentialCrossSection({ VV: 0.9681 ** 2 }, { mass: 123800, neutrons: 78, spin: 3.5, energy: 30, sign: 1, recoilForm: "full" }, 1e-3) > 0
 */
export function differentialCrossSection(
  coefficients: StructureCoefficients,
  scattering: Scattering,
  recoil: number,
): number {
  const { mass, neutrons, energy, sign, recoilForm, spin } = scattering;
  if (Number.isNaN(recoil) || Number.isNaN(energy)) return Number.NaN;
  if (energy <= 0 || recoil < 0 || recoil > maximumRecoil(energy, mass)) return 0;
  const t = (mass * recoil) / (2 * energy * energy);
  const y = recoil / energy;
  let bracket = 0;
  for (const [structure, coefficient] of Object.entries(coefficients) as [Structure, number][]) {
    const shape = shapeOf(structure, recoilForm, sign, spin);
    bracket += coefficient * (shape.one + shape.t * t + shape.y * y + shape.yy * y * y);
  }
  const strength = (fermiConstant.value * fermiConstant.value) / (4 * Math.PI);
  return strength * mass * Math.max(neutrons, 1) ** 2 * bracket * cm2PerInverseMeV2;
}
