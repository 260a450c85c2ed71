/**
 * Second derivatives of a chi^2 whose other nuisances are at their best: with F(theta, eta) of parameters and profiled
 * nuisances,
 *
 *     d^2 chi^2/d theta^2 = F_tt - F_te F_ee^-1 F_et
 */

import * as at from "../kernel/layout.ts";
import { solvePositive, solveSemidefinite } from "../numerics/linear-algebra.ts";
import { type Part, placeOf, setFree } from "./part.ts";

/**
 * Add those of one part to a matrix over the parameters (nuisances among them as deviations), row-major.
 * @param part with its nuisances at their best
 * @param parameters unknowns of the kernel that are parameters of the analysis
 */
export function addCurvature(part: Part, parameters: readonly number[], matrix: Float64Array): void {
  const { kernel, couplings, profiled } = part;
  const { p, m } = kernel;
  // A profiled nuisance on its bound stays there.
  const moving = profiled
    .filter((k) => {
      const u = m[placeOf(part, k)]!;
      return u > m[p[at.M_LOWER]! + couplings + k]! && u < m[p[at.M_UPPER]! + couplings + k]!;
    })
    .map((k) => couplings + k);
  setFree(kernel, [...parameters, ...moving]);
  kernel.derive(2);
  const size = p[at.UNKNOWNS]!;
  const F = (a: number, b: number): number => m[p[at.M_HESSIAN]! + a * size + b]!;
  const [n, P] = [parameters.length, moving.length];
  const inner = Float64Array.from({ length: P * P }, (_, e) => F(moving[Math.floor(e / P)]!, moving[e % P]!));
  parameters.forEach((b, q) => {
    const mixed = Float64Array.from(moving, (e) => F(e, b));
    const follow = P === 0 ? mixed : (solvePositive(inner, mixed, P) ?? solveSemidefinite(inner, mixed, P));
    parameters.forEach((a, r) => {
      let sum = F(a, b);
      for (let e = 0; e < P; e++) sum -= F(a, moving[e]!) * follow[e]!;
      matrix[r * n + q]! += sum;
    });
  });
}
