/** What every nuclear form factor offers. */

import type { Isotope } from "../isotopes.ts";

/** F(q) with F(0) = 1; q in 1/fm, q >= 0. */
export type FormFactor = (qPerFm: number) => number;

export interface FormFactorModel {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  /** The formula and its fixed parameters, for people. */
  readonly formula: string;
  /** rms radius that the model gives an isotope without further input, fm. */
  readonly defaultRadiusFm: (isotope: Isotope) => number;
  /**
   * Form factor of an isotope with a stated rms radius (fm). The surface parameters of the model keep their values; the
   * size parameter follows from the radius.
   */
  readonly withRadius: (isotope: Isotope, rmsRadiusFm: number) => FormFactor;
}

/** 3 j_1(x)/x, the form factor of a uniform sphere: by its series below 0.05, where the closed form cancels. */
export function uniformSphere(x: number): number {
  if (Math.abs(x) < 0.05) {
    const s = x * x;
    return 1 - (s / 10) * (1 - (s / 28) * (1 - (s / 54) * (1 - s / 88)));
  }
  return (3 * (Math.sin(x) - x * Math.cos(x))) / (x * x * x);
}
