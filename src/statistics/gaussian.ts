/**
 * Gaussian likelihood with nuisances that scale components:
 *
 *     chi^2 = sum_i [(n_i - sum_c (1 + sigma_c delta_c) mu_c,i) / sigma_i]^2 + sum_k delta_k^2
 *
 * The prediction is linear in the deviations delta, so their best values solve a small linear system: no minimiser, and
 * the gradient in the couplings is the partial one (envelope theorem).
 *
 * @source arXiv:1806.07424 eq. 10 (there delta = alpha/sigma_alpha, beta/sigma_beta)
 */

import { NurecoilError } from "../errors.ts";
import { solvePositive, solveSemidefinite } from "../numerics/linear-algebra.ts";
import { type Group, groupComponents } from "./groups.ts";
import { deviationOf, type Model, valueOfDeviation } from "./model.ts";
import { addCounts, addWeightedGradient } from "./quadratic.ts";

export interface ComponentCounts {
  readonly block: string;
  readonly name: string;
  readonly flavour: string | null;
  readonly counts: Float64Array;
}

export interface LikelihoodDetail {
  readonly chi2: number;
  /** Every nuisance in units of sigma. */
  readonly deviations: Readonly<Record<string, number>>;
  /** Every nuisance as it is set: pulls in sigma, normalisations as factors. */
  readonly nuisances: Readonly<Record<string, number>>;
  /** Part of chi^2 from the data of each block. */
  readonly contributions: Readonly<Record<string, number>>;
  /** Part of chi^2 from the constraints of the nuisances. */
  readonly constraints: number;
  readonly components: readonly ComponentCounts[];
}

export interface Likelihood {
  /** Free couplings, then freed nuisances. */
  readonly parameters: readonly string[];
  readonly cells: number;
  /** chi^2 with all other nuisances at their best values; gradient with respect to `parameters`. */
  readonly evaluate: (x: ArrayLike<number>, gradient?: Float64Array) => number;
  readonly detail: (x: ArrayLike<number>) => LikelihoodDetail;
}

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
  const { nuisances, blocks, couplings } = model;
  const groups = groupComponents(model);
  const scaleOf = (k: number): number => nuisances[k]!.sigma ?? 1;
  const offsets = blocks.map((_, b) => blocks.slice(0, b).reduce((sum, block) => sum + block.observed.length, 0));
  const cells = blocks.reduce((sum, block) => sum + block.observed.length, 0);
  const freedIndex = freed.map((name) => nuisances.findIndex((one) => one.name === name));
  const held = new Map(
    nuisances.flatMap((one, k): [number, number][] =>
      Object.hasOwn(fixed, one.name) ? [[k, deviationOf(one, fixed[one.name]!)]] : [],
    ),
  );
  const profiled = nuisances.map((_, k) => k).filter((k) => !held.has(k) && !freedIndex.includes(k));
  const position = new Map(profiled.map((k, p) => [k, p]));
  const P = profiled.length;
  const profiledIn = groups.map((group) => profiledNuisance(model, group, position));

  const counts = groups.map((group) => new Float64Array(blocks[group.block]!.observed.length));
  const residual = new Float64Array(cells);
  const response = profiled.map(() => new Float64Array(cells));
  const weight = Float64Array.from(blocks.flatMap((block) => [...block.sigma].map((s) => 1 / (s * s))));
  const deviations = new Float64Array(nuisances.length);
  const matrix = new Float64Array(P * P);
  const vector = new Float64Array(P);

  /** Fills deviations, residual (at the best deviations) and counts; returns chi^2. */
  function solve(x: ArrayLike<number>): number {
    for (const [k, value] of held) deviations[k] = value;
    freedIndex.forEach((k, i) => {
      deviations[k] = deviationOf(nuisances[k]!, x[couplings.length + i]!);
    });
    blocks.forEach((block, b) => {
      residual.set(block.observed, offsets[b]!);
    });
    for (const one of response) one.fill(0);
    groups.forEach((group, g) => {
      const mu = counts[g]!.fill(0);
      addCounts(group.terms, x, mu);
      const p = profiledIn[g];
      const factor = factorOf(group, p === undefined ? undefined : profiled[p]);
      const offset = offsets[group.block]!;
      for (let i = 0; i < mu.length; i++) residual[offset + i]! -= factor * mu[i]!;
      if (p !== undefined) {
        const scale = factor * scaleOf(profiled[p]!);
        const target = response[p]!;
        for (let i = 0; i < mu.length; i++) target[offset + i]! += scale * mu[i]!;
      }
    });
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
    // Singular when the data leave an unconstrained nuisance, or a combination of them, open: that part stays nominal.
    const best = P === 0 ? undefined : (solvePositive(matrix, vector, P) ?? solveSemidefinite(matrix, vector, P));
    for (let p = 0; p < P; p++) {
      const delta = best?.[p] ?? 0;
      deviations[profiled[p]!] = delta;
      const rp = response[p]!;
      for (let i = 0; i < cells; i++) residual[i]! -= delta * rp[i]!;
    }
    let chi2 = 0;
    for (let i = 0; i < cells; i++) chi2 += weight[i]! * residual[i]! * residual[i]!;
    return chi2 + constraints();
  }

  /** Product of the factors of a group's nuisances, one of them left out. */
  function factorOf(group: Group, without?: number): number {
    let factor = 1;
    for (const k of group.nuisances) if (k !== without) factor *= 1 + scaleOf(k) * deviations[k]!;
    return factor;
  }

  function constraints(): number {
    return nuisances.reduce((sum, one, k) => sum + (one.sigma === null ? 0 : deviations[k]! ** 2), 0);
  }

  function fillGradient(x: ArrayLike<number>, gradient: Float64Array): void {
    gradient.fill(0);
    const pull = new Float64Array(cells);
    for (let i = 0; i < cells; i++) pull[i] = -2 * weight[i]! * residual[i]!;
    groups.forEach((group, g) => {
      const offset = offsets[group.block]!;
      const mu = counts[g]!;
      const slice = pull.subarray(offset, offset + mu.length);
      addWeightedGradient(group.terms, x, slice, factorOf(group), gradient);
      freedIndex.forEach((k, outer) => {
        if (!group.nuisances.includes(k)) return;
        // Derivative by the value as it is set: a factor moves its component by the component itself.
        const perValue = factorOf(group, k) * (nuisances[k]!.kind === "pull" ? scaleOf(k) : 1);
        let sum = 0;
        for (let i = 0; i < mu.length; i++) sum += slice[i]! * mu[i]!;
        gradient[couplings.length + outer]! += perValue * sum;
      });
    });
    freedIndex.forEach((k, i) => {
      const one = nuisances[k]!;
      if (one.sigma !== null) {
        gradient[couplings.length + i]! += (2 * deviations[k]!) / (one.kind === "pull" ? 1 : one.sigma);
      }
    });
  }

  return {
    parameters: [...couplings, ...freed],
    cells,
    evaluate: (x, gradient) => {
      const chi2 = solve(x);
      if (gradient !== undefined) fillGradient(x, gradient);
      return chi2;
    },
    detail: (x) => {
      const chi2 = solve(x);
      const contributions = blocks.map((block, b) => {
        let sum = 0;
        for (let i = 0; i < block.observed.length; i++)
          sum += weight[offsets[b]! + i]! * residual[offsets[b]! + i]! ** 2;
        return [block.id, sum] as const;
      });
      return {
        chi2,
        deviations: Object.fromEntries(nuisances.map((one, k) => [one.name, deviations[k]!])),
        nuisances: Object.fromEntries(nuisances.map((one, k) => [one.name, valueOfDeviation(one, deviations[k]!)])),
        contributions: Object.fromEntries(contributions),
        constraints: constraints(),
        components: componentCounts(model, x, deviations),
      };
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

/** Counts of every component at the couplings and deviations given. */
export function componentCounts(model: Model, x: ArrayLike<number>, deviations: ArrayLike<number>): ComponentCounts[] {
  return model.blocks.flatMap((block) =>
    block.components.map((component) => {
      const counts = new Float64Array(block.observed.length);
      addCounts(component.terms, x, counts);
      let factor = 1;
      for (const name of component.nuisances) {
        const k = model.nuisances.findIndex((one) => one.name === name);
        factor *= 1 + (model.nuisances[k]!.sigma ?? 1) * deviations[k]!;
      }
      return {
        block: block.id,
        name: component.name,
        flavour: component.flavour,
        counts: counts.map((n) => factor * n),
      };
    }),
  );
}
