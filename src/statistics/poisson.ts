/**
 * Poisson likelihood of counts in cells, with nuisances that scale components:
 *
 *     chi^2 = 2 sum_i [mu_i - n_i + n_i ln(n_i/mu_i)] + sum_k delta_k^2,
 *     mu_i = sum_c prod_k (1 + sigma_k delta_k) mu_c,i
 *
 * with 2 mu_i for an empty cell. A prediction below 1e-9 is cut there. The nuisances are brought to their best values by
 * Newton's method in a box that keeps every factor positive; the gradient in the couplings is the partial one.
 *
 * @source S. Baker and R. D. Cousins, Nucl. Instrum. Meth. 221 (1984) 437
 */

import { symmetricEigen } from "../numerics/linear-algebra.ts";
import { buildLikelihood, type Likelihood, type Method, type Workspace } from "./likelihood.ts";
import type { Model } from "./model.ts";

/** Predictions are cut here from below. */
const LOWEST = 1e-9;
/** Factors of nuisances stay above this. */
const SMALLEST_FACTOR = 1e-6;
const MAX_STEPS = 100;

/**
 * @param freed nuisances that are parameters of the analysis, after the couplings
 * @param fixed nuisances held at a value (pulls in sigma, normalisations as factors); all others are profiled
 */
export function poissonLikelihood(
  model: Model,
  freed: readonly string[] = [],
  fixed: Readonly<Record<string, number>> = {},
): Likelihood {
  return buildLikelihood(model, freed, fixed, newtonMethod);
}

function newtonMethod(workspace: Workspace): Method {
  const { model, groups, offsets, cells, observed, counts, deviations, profiled, scale, factorOf, constraints } =
    workspace;
  const { nuisances } = model;
  const P = profiled.length;
  const mu = new Float64Array(cells);
  /** d chi^2/d mu and d^2 chi^2/d mu^2 of each cell at the last prediction. */
  const slope = new Float64Array(cells);
  const bend = new Float64Array(cells);

  /** chi^2 of the data at the deviations; fills mu, slope and bend. */
  function evaluateData(): number {
    mu.fill(0);
    groups.forEach((group, g) => {
      const factor = factorOf(group.nuisances);
      const offset = offsets[group.block]!;
      const source = counts[g]!;
      for (let i = 0; i < source.length; i++) mu[offset + i]! += factor * source[i]!;
    });
    let sum = 0;
    for (let i = 0; i < cells; i++) {
      const n = observed[i]!;
      const cut = mu[i]! < LOWEST;
      const m = cut ? LOWEST : mu[i]!;
      sum += m - n + (n > 0 ? n * Math.log(n / m) : 0);
      slope[i] = 2 * (1 - n / m);
      bend[i] = (2 * n) / (m * m);
    }
    return 2 * sum;
  }

  /** Gradient and Hessian of chi^2 in the profiled deviations, at the last evaluation. */
  function derivatives(): { gradient: Float64Array; hessian: Float64Array } {
    const first = profiled.map(() => new Float64Array(cells));
    const gradient = new Float64Array(P);
    const hessian = new Float64Array(P * P);
    groups.forEach((group, g) => {
      const offset = offsets[group.block]!;
      const source = counts[g]!;
      profiled.forEach((k, p) => {
        if (!group.nuisances.includes(k)) return;
        const weight = scale[k]! * factorOf(group.nuisances, k);
        const target = first[p]!;
        for (let i = 0; i < source.length; i++) target[offset + i]! += weight * source[i]!;
        profiled.forEach((l, q) => {
          if (q >= p || !group.nuisances.includes(l)) return;
          const mixed = scale[k]! * scale[l]! * factorOf(group.nuisances, k, l);
          let sum = 0;
          for (let i = 0; i < source.length; i++) sum += slope[offset + i]! * source[i]!;
          hessian[p * P + q]! += mixed * sum;
        });
      });
    });
    for (let p = 0; p < P; p++) {
      const fp = first[p]!;
      const constrained = nuisances[profiled[p]!]!.sigma === null ? 0 : 1;
      let sum = 2 * constrained * deviations[profiled[p]!]!;
      for (let i = 0; i < cells; i++) sum += slope[i]! * fp[i]!;
      gradient[p] = sum;
      for (let q = 0; q <= p; q++) {
        const fq = first[q]!;
        let second = p === q ? 2 * constrained : 0;
        for (let i = 0; i < cells; i++) second += bend[i]! * fp[i]! * fq[i]!;
        hessian[p * P + q]! += second;
        hessian[q * P + p] = hessian[p * P + q]!;
      }
    }
    return { gradient, hessian };
  }

  /** Lowest deviation of a nuisance: its factor stays positive. */
  const lowest = (k: number): number => (SMALLEST_FACTOR - 1) / scale[k]!;

  /** Newton's method on the profiled deviations, from where they are; returns chi^2. */
  function profile(): number {
    let value = evaluateData() + constraints();
    for (let step = 0; step < MAX_STEPS && P > 0; step++) {
      const { gradient, hessian } = derivatives();
      const open = profiled
        .map((_, p) => p)
        .filter((p) => deviations[profiled[p]!]! > lowest(profiled[p]!) || gradient[p]! < 0);
      if (open.length === 0) break;
      const { move, gain } = newtonMove(gradient, hessian, open, P);
      const before = profiled.map((k) => deviations[k]!);
      if (gain < 1e-12) break;
      let length = 1;
      let next = value;
      for (let halving = 0; halving < 40; halving++, length /= 2) {
        profiled.forEach((k, p) => {
          deviations[k] = Math.max(before[p]! + length * move[p]!, lowest(k));
        });
        next = evaluateData() + constraints();
        if (next <= value) break;
      }
      if (!(next <= value)) {
        profiled.forEach((k, p) => {
          deviations[k] = before[p]!;
        });
        return evaluateData() + constraints();
      }
      const gained = value - next;
      value = next;
      if (gained < 1e-13 * (1 + value)) break;
    }
    return value;
  }

  return {
    solve: profile,
    slope,
    ofCell: (i) => {
      const [n, m] = [observed[i]!, Math.max(mu[i]!, LOWEST)];
      return 2 * (m - n + (n > 0 ? n * Math.log(n / m) : 0));
    },
  };
}

/** Newton step in the open directions, curvature taken positive; `gain` is the predicted fall of chi^2. */
function newtonMove(gradient: Float64Array, hessian: Float64Array, open: readonly number[], P: number) {
  const m = open.length;
  const reduced = Float64Array.from({ length: m * m }, (_, e) => hessian[open[Math.floor(e / m)]! * P + open[e % m]!]!);
  const { values, vectors } = symmetricEigen(reduced, m);
  const largest = Math.max(...values.map(Math.abs), 1e-300);
  const move = new Float64Array(P);
  let gain = 0;
  for (let k = 0; k < m; k++) {
    const along = vectors[k]!.reduce((sum, v, i) => sum + v * gradient[open[i]!]!, 0);
    const curvature = Math.max(Math.abs(values[k]!), 1e-12 * largest);
    gain += (0.5 * along * along) / curvature;
    for (let i = 0; i < m; i++) move[open[i]!]! -= (along / curvature) * vectors[k]![i]!;
  }
  return { move, gain };
}
