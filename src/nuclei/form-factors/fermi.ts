import type { FormFactorModel } from "./model.ts";

/** Surface diffuseness a, fm; half-density radius c = 1.23 A^(1/3) - 0.60 fm. Lewin and Smith 1996. */
const diffusenessFm = 0.52;

/**
 * Symmetrised Fermi density, whose Fourier transform is elementary:
 *
 *     F(q) = 3/(qc [(qc)^2 + w^2]) (w / sinh w) [(w / tanh w) sin qc - qc cos qc],   w = pi q a
 *
 * rms radius R^2 = (3 c^2 + 7 pi^2 a^2)/5. Below qc = 0.05 the bracket cancels and the moments are used:
 * 1 - q^2 <r^2>/6 + q^4 <r^4>/120 - q^6 <r^6>/5040.
 * @source D. W. L. Sprung and J. Martorell, J. Phys. A 30 (1997) 6525
 */
export const fermi: FormFactorModel = {
  id: "fermi",
  title: "symmetrised Fermi",
  formula: `F(q) = 3/(qc [(qc)^2 + w^2]) (w/sinh w) [(w/tanh w) sin qc - qc cos qc], w = pi q a, c = 1.23 A^(1/3) - 0.6 fm or from R_rms^2 = (3 c^2 + 7 pi^2 a^2)/5; a = ${diffusenessFm} fm`,
  source: "Sprung and Martorell, J. Phys. A 30 (1997) 6525",
  defaultRadiusFm: ({ a }) => {
    const c = 1.23 * Math.cbrt(a) - 0.6;
    return Math.sqrt((3 * c * c + 7 * (Math.PI * diffusenessFm) ** 2) / 5);
  },
  withRadius: (_isotope, radius) => {
    const w2 = (Math.PI * diffusenessFm) ** 2;
    const c2 = (5 * radius * radius - 7 * w2) / 3;
    const c = Math.sqrt(c2);
    const r4 = (3 * c2 * c2 + 18 * w2 * c2 + 31 * w2 * w2) / 7;
    const r6 = (5 * c2 ** 3 + 55 * w2 * c2 * c2 + 239 * w2 * w2 * c2 + 381 * w2 ** 3) / 15;
    return (q) => {
      const x = q * c;
      if (Math.abs(x) < 0.05) {
        const q2 = q * q;
        return 1 - (q2 * radius * radius) / 6 + (q2 * q2 * r4) / 120 - (q2 ** 3 * r6) / 5040;
      }
      const w = Math.PI * q * diffusenessFm;
      return (3 / (x * (x * x + w * w))) * (w / Math.sinh(w)) * ((w / Math.tanh(w)) * Math.sin(x) - x * Math.cos(x));
    };
  },
};
