/**
 * Profiled nuisances that scale components of Gaussian cells:
 *
 *     chi^2 = sum_i [(n_i - sum_c (1 + sigma_c delta_c) mu_c,i) / sigma_i]^2 + sum_k delta_k^2
 *
 * The prediction is linear in the profiled deviations delta, so their best values solve a small linear system: no
 * minimiser.
 *
 * @source arXiv:1806.07424 eq. 10 (there delta = alpha/sigma_alpha, beta/sigma_beta)
 */

import { solvePositive, solveSemidefinite } from "../numerics/linear-algebra.ts";
import type { Method, Part } from "./part.ts";

/** Whether the prediction of a part is linear in its profiled nuisances, and its cells Gaussian. */
export function isLinear({ blocks, shapes, profiled, nuisances }: Part): boolean {
  return (
    blocks.every((block) => block.statistics === "gaussian") &&
    // A quantity between bounds would need them watched.
    profiled.every((k) => nuisances[k]!.kind !== "flat") &&
    shapes.every(({ group }) => {
      const moving = [...group.changes, ...(group.spread?.changes ?? [])].map(({ nuisance }) => nuisance);
      return (
        group.nuisances.filter((k) => profiled.includes(k)).length <= 1 && !moving.some((k) => profiled.includes(k))
      );
    })
  );
}

export function linearMethod(part: Part): Method {
  const { blocks, shapes, cells, observed, deviations, profiled, nuisances } = part;
  const P = profiled.length;
  const profiledIn = shapes.map(({ group }) => profiled.findIndex((k) => group.nuisances.includes(k)));
  const weight = Float64Array.from(blocks.flatMap((block) => [...block.sigma].map((s) => 1 / (s * s))));
  const residual = new Float64Array(cells);
  const slope = new Float64Array(cells);
  const response = profiled.map(() => new Float64Array(cells));
  const matrix = new Float64Array(P * P);
  const vector = new Float64Array(P);

  /** Residual at nominal profiled nuisances, and what a unit of each of them takes off it. */
  function fillResiduals(): void {
    residual.set(observed);
    for (const one of response) one.fill(0);
    shapes.forEach((shape, g) => {
      shape.move(deviations);
      const { counts, offset } = shape;
      const factor = shape.factor();
      for (let i = 0; i < counts.length; i++) residual[offset + i]! -= factor * counts[i]!;
      const p = profiledIn[g]!;
      if (p >= 0) shape.addSlope(profiled[p]!, response[p]!);
    });
  }

  function fillSystem(): void {
    for (let p = 0; p < P; p++) {
      const rp = response[p]!;
      for (let q = 0; q <= p; q++) {
        const rq = response[q]!;
        let sum = p === q && nuisances[profiled[p]!]!.sigma !== null ? 1 : 0;
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
    bend: weight.map((w) => 2 * w),
    ofCell: (i) => weight[i]! * residual[i]! ** 2,
    cut: () => 0,
    solve: () => {
      fillResiduals();
      fillSystem();
      // Singular when the data leave an unconstrained nuisance, or a combination of them, open: that part stays nominal.
      const best = P === 0 ? undefined : (solvePositive(matrix, vector, P) ?? solveSemidefinite(matrix, vector, P));
      let chi2 = 0;
      for (let p = 0; p < P; p++) {
        const delta = best?.[p] ?? 0;
        deviations[profiled[p]!] = delta;
        if (nuisances[profiled[p]!]!.sigma !== null) chi2 += delta * delta;
        const rp = response[p]!;
        for (let i = 0; i < cells; i++) residual[i]! -= delta * rp[i]!;
      }
      for (const shape of shapes) shape.move(deviations);
      for (let i = 0; i < cells; i++) {
        slope[i] = -2 * weight[i]! * residual[i]!;
        chi2 += weight[i]! * residual[i]! * residual[i]!;
      }
      return chi2;
    },
  };
}
