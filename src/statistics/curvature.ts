/**
 * Second derivatives of a chi^2 whose other nuisances are at their best: with F(theta, eta) of parameters and profiled
 * nuisances,
 *
 *     d^2 chi^2/d theta^2 = F_tt - F_te F_ee^-1 F_et
 */

import { dotProduct, solvePositive, solveSemidefinite } from "../numerics/linear-algebra.ts";
import type { Method, Part } from "./part.ts";

/**
 * Add those of one part to a matrix over the couplings and freed nuisances (in deviations), row-major.
 * @param method at its solution
 * @param couplings number of free couplings
 * @param freed indices of the freed nuisances
 */
export function addCurvature(
  part: Part,
  { slope, bend }: Pick<Method, "slope" | "bend">,
  x: ArrayLike<number>,
  couplings: number,
  freed: readonly number[],
  matrix: Float64Array,
): void {
  const { shapes, cells, deviations, nuisances, lower, upper } = part;
  // A profiled nuisance on its bound stays there.
  const moving = part.profiled.filter((k) => deviations[k]! > lower[k]! && deviations[k]! < upper[k]!);
  const parameters = couplings + freed.length;
  const n = parameters + moving.length;
  const position = new Int32Array(nuisances.length).fill(-1);
  [...freed, ...moving].forEach((k, i) => {
    position[k] = couplings + i;
  });
  const full = new Float64Array(n * n);
  const slopes = Array.from({ length: n }, () => new Float64Array(cells));
  for (const shape of shapes) {
    shape.addCouplingSlopes(x, slopes.slice(0, couplings));
    for (const k of [...freed, ...moving]) shape.addSlope(k, slopes[position[k]!]!);
    shape.addCouplingBends(x, slope, position, n, full);
    shape.addBends(slope, position, n, full);
  }
  for (let p = 0; p < n; p++) {
    const bent = slopes[p]!.map((value, i) => bend[i]! * value);
    for (let q = 0; q <= p; q++) {
      const sum = full[p * n + q]! + dotProduct(bent, slopes[q]!, 0, cells);
      full[p * n + q] = sum;
      full[q * n + p] = sum;
    }
  }
  moving.forEach((k, i) => {
    if (nuisances[k]!.sigma !== null) full[(parameters + i) * n + parameters + i]! += 2;
  });
  const m = moving.length;
  const inner = Float64Array.from({ length: m * m }, (_, e) => {
    return full[(parameters + Math.floor(e / m)) * n + parameters + (e % m)]!;
  });
  for (let q = 0; q < parameters; q++) {
    const mixed = Float64Array.from({ length: m }, (_, e) => full[(parameters + e) * n + q]!);
    const follow = m === 0 ? mixed : (solvePositive(inner, mixed, m) ?? solveSemidefinite(inner, mixed, m));
    for (let p = 0; p < parameters; p++) {
      let sum = full[p * n + q]!;
      for (let e = 0; e < m; e++) sum -= full[p * n + parameters + e]! * follow[e]!;
      matrix[p * parameters + q]! += sum;
    }
  }
}
