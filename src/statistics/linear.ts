/**
 * Profiled nuisances that scale components of Gaussian cells:
 *
 *     chi^2 = sum_i [(n_i - sum_c (1 + sigma_c delta_c) mu_c,i) / sigma_i]^2 + sum_k delta_k^2
 *
 * The prediction is linear in the profiled deviations delta, so one Newton step from anywhere is their best: no
 * minimiser.
 *
 * @source arXiv:1806.07424 eq. 10 (there delta = alpha/sigma_alpha, beta/sigma_beta)
 */

import * as at from "../kernel/layout.ts";
import { solvePositive, solveSemidefinite } from "../numerics/linear-algebra.ts";
import { type Part, type Profile, placeOf, setFree } from "./part.ts";

/** Whether the prediction of a part is linear in its profiled nuisances, and its cells Gaussian. */
export function isLinear({ blocks, groups, profiled, nuisances }: Omit<Part, "kernel">): boolean {
  return (
    blocks.every((block) => block.statistics === "gaussian") &&
    // A quantity between bounds would need them watched.
    profiled.every((k) => nuisances[k]!.kind !== "flat") &&
    groups.every((group) => {
      const moving = [...group.changes, ...(group.spread?.changes ?? [])].map(({ nuisance }) => nuisance);
      return (
        group.nuisances.filter((k) => profiled.includes(k)).length <= 1 && !moving.some((k) => profiled.includes(k))
      );
    })
  );
}

export function linearProfile(part: Part): Profile {
  const { kernel, profiled, couplings } = part;
  const { p, m } = kernel;
  const P = profiled.length;
  const unknowns = profiled.map((k) => couplings + k);
  const size = p[at.UNKNOWNS]!;
  const matrix = new Float64Array(P * P);
  const vector = new Float64Array(P);
  return () => {
    const nominal = kernel.evaluate();
    if (P === 0) return nominal;
    setFree(kernel, unknowns);
    kernel.derive(2);
    unknowns.forEach((a, i) => {
      vector[i] = -m[p[at.M_GRADIENT]! + a]!;
      unknowns.forEach((b, j) => {
        matrix[i * P + j] = m[p[at.M_HESSIAN]! + a * size + b]!;
      });
    });
    // Singular when the data leave an unconstrained nuisance, or a combination of them, open: that part stays nominal.
    const best = solvePositive(matrix, vector, P) ?? solveSemidefinite(matrix, vector, P);
    profiled.forEach((k, i) => {
      // No minus zero.
      m[placeOf(part, k)] = best[i]! + 0;
    });
    return kernel.evaluate();
  };
}
