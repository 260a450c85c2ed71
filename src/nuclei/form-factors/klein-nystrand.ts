import { type FormFactorModel, uniformSphere } from "./model.ts";

/** Range of the Yukawa potential, fm. */
const yukawaRangeFm = 0.7;

/**
 * Klein-Nystrand: uniform sphere folded with a Yukawa potential.
 *
 *     F(q) = 3 j_1(q R_A)/(q R_A) / (1 + q^2 a_k^2),   R_A = 1.23 A^(1/3) fm,  a_k = 0.7 fm
 *
 * rms radius R^2 = 3 R_A^2/5 + 6 a_k^2.
 * @source S. Klein and J. Nystrand, Phys. Rev. C 60 (1999) 014903; the radius is the common choice 1.23 A^(1/3) fm
 */
export const kleinNystrand: FormFactorModel = {
  id: "klein-nystrand",
  title: "Klein-Nystrand",
  formula: `F(q) = 3 j_1(q R)/(q R) / (1 + q^2 a^2), R = 1.23 A^(1/3) fm or R^2 = 5 R_rms^2/3 - 10 a^2; a = ${yukawaRangeFm} fm`,
  source: "Klein and Nystrand, Phys. Rev. C 60 (1999) 014903",
  defaultRadiusFm: ({ a }) => Math.sqrt(0.6 * (1.23 * Math.cbrt(a)) ** 2 + 6 * yukawaRangeFm ** 2),
  withRadius: (_isotope, radius) => {
    const sphere = Math.sqrt((5 / 3) * (radius * radius - 6 * yukawaRangeFm * yukawaRangeFm));
    return (q) => uniformSphere(q * sphere) / (1 + q * q * yukawaRangeFm * yukawaRangeFm);
  },
};
