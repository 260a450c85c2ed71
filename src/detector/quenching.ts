/** Electron-equivalent energy of a nuclear recoil: what is left of it as light or charge. */

/** Coefficients of the powers 1 to 4 of the recoil energy, MeVee/MeVnr^k. */
export type QuenchingCoefficients = readonly [number, number, number, number];

/**
 * E_ee = c1 E_r + c2 E_r^2 + c3 E_r^3 + c4 E_r^4.
 * @param recoil recoil energy, MeV
 * @returns electron-equivalent energy, MeV; a polynomial may turn over or become negative outside its data
 * @source data release of arXiv:2110.07730, scintRespCoefficients.txt
 * @example polynomialQuenching([0.1, 0, 0, 0], 0.02) === 0.002
 */
export function polynomialQuenching(coefficients: QuenchingCoefficients, recoil: number): number {
  const [c1, c2, c3, c4] = coefficients;
  return recoil * (c1 + recoil * (c2 + recoil * (c3 + recoil * c4)));
}

export interface RisingQuenching {
  /** Quenching factor at zero recoil energy. */
  readonly constant: number;
  /** Its rise, per MeV of recoil energy. */
  readonly slopePerMeV: number;
}

/**
 * E_ee = (constant + slope E_r) E_r.
 * @param recoil recoil energy, MeV
 * @returns electron-equivalent energy, MeV
 * @source data release arXiv:2006.12659
 * @example risingQuenching({ constant: 0.25, slopePerMeV: 1 }, 0.5) === 0.375
 */
export function risingQuenching({ constant, slopePerMeV }: RisingQuenching, recoil: number): number {
  return (constant + slopePerMeV * recoil) * recoil;
}
