import { type FormFactorModel, uniformSphere } from "./model.ts";

/** Skin thickness s and surface diffuseness a, fm; c = 1.23 A^(1/3) - 0.60 fm. Lewin and Smith 1996, eq. 4.11. */
const skinFm = 0.9;
const diffusenessFm = 0.52;

/**
 * Helm: uniform sphere folded with a Gaussian skin.
 *
 *     F(q) = 3 j_1(q r_n)/(q r_n) exp(-q^2 s^2 / 2),   r_n^2 = c^2 + 7 pi^2 a^2/3 - 5 s^2
 *
 * arXiv:1806.07424 eq. 7 prints exp(+q^2 s^2/2), which would grow beyond 1; the sign here gives F(0) = 1 and the rms
 * radius R^2 = 3 r_n^2/5 + 3 s^2. With a stated rms radius, r_n^2 = 5 R^2/3 - 5 s^2.
 * @source arXiv:1806.07424 eq. 7; J. D. Lewin and P. F. Smith, Astropart. Phys. 6 (1996) 87
 */
export const helm: FormFactorModel = {
  id: "helm",
  title: "Helm",
  formula: `F(q) = 3 j_1(q r)/(q r) exp(-q^2 s^2/2), r^2 = c^2 + 7 pi^2 a^2/3 - 5 s^2 or 5 R_rms^2/3 - 5 s^2; s = ${skinFm} fm, a = ${diffusenessFm} fm, c = 1.23 A^(1/3) - 0.6 fm`,
  source: "arXiv:1806.07424 eq. 7 (sign corrected); Lewin and Smith, Astropart. Phys. 6 (1996) 87",
  defaultRadiusFm: ({ a }) => {
    const c = 1.23 * Math.cbrt(a) - 0.6;
    const sphere = c * c + (7 / 3) * (Math.PI * diffusenessFm) ** 2 - 5 * skinFm ** 2;
    return Math.sqrt(0.6 * sphere + 3 * skinFm ** 2);
  },
  withRadius: (_isotope, radius) => {
    const sphere = Math.sqrt((5 / 3) * radius * radius - 5 * skinFm * skinFm);
    return (q) => uniformSphere(q * sphere) * Math.exp((-q * q * skinFm * skinFm) / 2);
  },
};
