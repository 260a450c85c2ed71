/** Second derivatives of the profiled chi^2, against differences of its gradient: all kinds of parameters and nuisances. */
import { expect, it } from "vitest";
import { parseSpec, prepare } from "../../src/analysis/index.ts";
import { library } from "./shipped.ts";

const place: Readonly<Record<string, number>> = {
  xi_V_e: 0.2,
  xi_V_mu: -0.3,
  xi_S_e: 0.3,
  xi_T_mu: 0.25,
  "sns.flux": 0.3,
  "coherent-csi-2021.onset": 0.05,
  "coherent-csi-2021.quenching-0": 0.4,
  "coherent-csi-2021.brn": 0.9,
  "coherent-lar-2020.cevns-f90": -1.3,
  R_n_CsI: 5.2,
  R_n_Ar: 3.1,
};

it.each([
  [["coherent-csi-2021"], ["xi_V_e", "xi_V_mu"]],
  [["coherent-csi-2021@energy"], ["xi_S_e", "xi_T_mu", "R_n_CsI"]],
  [
    ["coherent-csi-2021", "coherent-lar-2020", "sbc-lar10-inin"],
    ["xi_V_e", "sns.flux", "coherent-csi-2021.onset", "coherent-csi-2021.quenching-0", "R_n_CsI", "R_n_Ar"],
  ],
  [
    ["coherent-csi-2021", "coherent-lar-2020"],
    ["xi_S_e", "xi_T_mu", "coherent-csi-2021.brn", "coherent-lar-2020.cevns-f90", "R_n_Ar"],
  ],
])("%s: %s", (experiments, free) => {
  const objective = prepare(parseSpec({ experiments, free }), library).objective(free);
  const { names, lower, upper } = objective;
  const n = names.length;
  const x = names.map((name) => place[name]!);
  const matrix = new Float64Array(n * n);
  objective.curvature!(x, matrix);
  for (let i = 0; i < n; i++) {
    const h = 1e-4 * (upper[i]! - lower[i]!);
    const gradientAt = (xi: number): Float64Array => {
      const gradient = new Float64Array(n);
      objective.evaluate(
        x.map((value, k) => (k === i ? xi : value)),
        gradient,
      );
      return gradient;
    };
    const [up, down] = [gradientAt(x[i]! + h), gradientAt(x[i]! - h)];
    for (let j = 0; j < n; j++) {
      const difference = (up[j]! - down[j]!) / (2 * h);
      // Differences err by h^2 and by the 1e-7 that a solution of the nuisances leaves in a gradient, over h.
      const size = Math.sqrt(Math.abs(matrix[i * n + i]! * matrix[j * n + j]!));
      expect(Math.abs(difference - matrix[i * n + j]!), `${names[i]}, ${names[j]}`).toBeLessThan(1e-4 * size);
    }
  }
});
