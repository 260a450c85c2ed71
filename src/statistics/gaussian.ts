/**
 * Gaussian likelihood with nuisances that scale components:
 *
 *     chi^2 = sum_i [(n_i - sum_c (1 + sigma_c delta_c) mu_c,i) / sigma_i]^2 + sum_k delta_k^2
 *
 * The prediction is linear in the profiled deviations delta, so their best values solve a small linear system: no
 * minimiser.
 *
 * @source arXiv:1806.07424 eq. 10 (there delta = alpha/sigma_alpha, beta/sigma_beta)
 */

import { NurecoilError } from "../errors.ts";
import { solvePositive, solveSemidefinite } from "../numerics/linear-algebra.ts";
import type { Group } from "./groups.ts";
import { buildLikelihood, type Likelihood, type Method, type Workspace } from "./likelihood.ts";
import type { Model } from "./model.ts";

/**
 * @param freed nuisances that are parameters of the analysis, after the couplings
 * @param fixed nuisances held at a value (pulls in sigma, normalisations as factors); all others are profiled
 * @throws NurecoilError when a component has more than one profiled nuisance: the linear solution does not hold then
 */
export function gaussianLikelihood(
  model: Model,
  freed: readonly string[] = [],
  fixed: Readonly<Record<string, number>> = {},
): Likelihood {
  return buildLikelihood(model, freed, fixed, linearMethod);
}

function linearMethod(workspace: Workspace): Method {
  const { model, groups, offsets, cells, observed, counts, deviations, profiled, scale, factorOf } = workspace;
  const P = profiled.length;
  const position = new Map(profiled.map((k, p) => [k, p]));
  const profiledIn = groups.map((group) => profiledNuisance(model, group, position));
  const weight = Float64Array.from(model.blocks.flatMap((block) => [...block.sigma].map((s) => 1 / (s * s))));
  const residual = new Float64Array(cells);
  const slope = new Float64Array(cells);
  const response = profiled.map(() => new Float64Array(cells));
  const matrix = new Float64Array(P * P);
  const vector = new Float64Array(P);

  /** Residual at nominal profiled nuisances, and what a unit of each of them takes off it. */
  function fillResiduals(): void {
    residual.set(observed);
    for (const one of response) one.fill(0);
    groups.forEach((group, g) => {
      const mu = counts[g]!;
      const offset = offsets[group.block]!;
      const p = profiledIn[g];
      const factor = p === undefined ? factorOf(group.nuisances) : factorOf(group.nuisances, profiled[p]!);
      for (let i = 0; i < mu.length; i++) residual[offset + i]! -= factor * mu[i]!;
      if (p === undefined) return;
      const unit = factor * scale[profiled[p]!]!;
      const target = response[p]!;
      for (let i = 0; i < mu.length; i++) target[offset + i]! += unit * mu[i]!;
    });
  }

  function fillSystem(): void {
    for (let p = 0; p < P; p++) {
      const rp = response[p]!;
      for (let q = 0; q <= p; q++) {
        const rq = response[q]!;
        let sum = p === q && model.nuisances[profiled[p]!]!.sigma !== null ? 1 : 0;
        for (let i = 0; i < cells; i++) sum += weight[i]! * rp[i]! * rq[i]!;
        matrix[p * P + q] = sum;
        matrix[q * P + p] = sum;
      }
      let sum = 0;
      for (let i = 0; i < cells; i++) sum += weight[i]! * rp[i]! * residual[i]!;
      vector[p] = sum;
    }
  }

  return {
    slope,
    ofCell: (i) => weight[i]! * residual[i]! ** 2,
    solve: () => {
      fillResiduals();
      fillSystem();
      // Singular when the data leave an unconstrained nuisance, or a combination of them, open: that part stays nominal.
      const best = P === 0 ? undefined : (solvePositive(matrix, vector, P) ?? solveSemidefinite(matrix, vector, P));
      for (let p = 0; p < P; p++) {
        const delta = best?.[p] ?? 0;
        deviations[profiled[p]!] = delta;
        const rp = response[p]!;
        for (let i = 0; i < cells; i++) residual[i]! -= delta * rp[i]!;
      }
      let chi2 = 0;
      for (let i = 0; i < cells; i++) {
        slope[i] = -2 * weight[i]! * residual[i]!;
        chi2 += weight[i]! * residual[i]! * residual[i]!;
      }
      return chi2 + workspace.constraints();
    },
  };
}

/** Which profiled nuisance a group has, as a position among the profiled ones. */
function profiledNuisance(model: Model, group: Group, position: ReadonlyMap<number, number>): number | undefined {
  const several = group.nuisances.filter((k) => position.has(k));
  if (several.length > 1) {
    const names = several.map((k) => model.nuisances[k]!.name).join(", ");
    const block = model.blocks[group.block]!.id;
    throw new NurecoilError("file", [
      { message: `${block}: ${names} scale the same component; a gaussian likelihood profiles one of them` },
    ]);
  }
  return several.length === 0 ? undefined : position.get(several[0]!);
}
