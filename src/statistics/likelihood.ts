/**
 * What every likelihood of counts shares: components scaled by nuisances, nuisances that are profiled, freed or held, the
 * gradient in the parameters, and the account of a point. The statistics themselves are in gaussian.ts and poisson.ts.
 */

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

/** The point at hand, which a method reads and brings to its best nuisances. */
export interface Workspace {
  readonly model: Model;
  readonly groups: readonly Group[];
  /** First cell of each block. */
  readonly offsets: readonly number[];
  readonly cells: number;
  /** Observed counts of all blocks, one after the other. */
  readonly observed: Float64Array;
  /** Counts of each group at the couplings, before nuisances. */
  readonly counts: readonly Float64Array[];
  /** Deviations of all nuisances, in sigma; the profiled ones are the method's to set. */
  readonly deviations: Float64Array;
  /** Indices of the nuisances that are profiled. */
  readonly profiled: readonly number[];
  /** Relative size of one unit of deviation of a nuisance. */
  readonly scale: readonly number[];
  /** Product of the factors of some nuisances, those in `without` left out. */
  readonly factorOf: (members: readonly number[], ...without: readonly number[]) => number;
  /** Part of chi^2 from the constraints. */
  readonly constraints: () => number;
}

/** How chi^2 is made of cells, and how the profiled nuisances find their best values. */
export interface Method {
  /** Set the profiled deviations to their best and return chi^2, constraints included. */
  readonly solve: () => number;
  /** d chi^2/d mu of each cell at the last solution. */
  readonly slope: Float64Array;
  /** chi^2 of one cell at the last solution. */
  readonly ofCell: (cell: number) => number;
}

/**
 * @param freed nuisances that are parameters of the analysis, after the couplings
 * @param fixed nuisances held at a value (pulls in sigma, normalisations as factors); all others are profiled
 */
export function buildLikelihood(
  model: Model,
  freed: readonly string[],
  fixed: Readonly<Record<string, number>>,
  methodOf: (workspace: Workspace) => Method,
): Likelihood {
  const { nuisances, blocks, couplings } = model;
  const groups = groupComponents(model);
  const offsets = blocks.map((_, b) => blocks.slice(0, b).reduce((sum, block) => sum + block.observed.length, 0));
  const observed = Float64Array.from(blocks.flatMap((block) => [...block.observed]));
  const freedIndex = freed.map((name) => nuisances.findIndex((one) => one.name === name));
  const held = new Map(
    nuisances.flatMap((one, k): [number, number][] =>
      Object.hasOwn(fixed, one.name) ? [[k, deviationOf(one, fixed[one.name]!)]] : [],
    ),
  );
  const scale = nuisances.map((one) => one.sigma ?? 1);
  const deviations = new Float64Array(nuisances.length);
  const counts = groups.map((group) => new Float64Array(blocks[group.block]!.observed.length));
  const factorOf: Workspace["factorOf"] = (members, ...without) => {
    let factor = 1;
    for (const k of members) if (!without.includes(k)) factor *= 1 + scale[k]! * deviations[k]!;
    return factor;
  };
  const constraints = (): number =>
    nuisances.reduce((sum, one, k) => sum + (one.sigma === null ? 0 : deviations[k]! ** 2), 0);
  const profiled = nuisances.map((_, k) => k).filter((k) => !held.has(k) && !freedIndex.includes(k));
  const cells = observed.length;
  const method = methodOf({
    model,
    groups,
    offsets,
    cells,
    observed,
    counts,
    deviations,
    profiled,
    scale,
    factorOf,
    constraints,
  });

  /** Every call starts from nominal nuisances, so that answers do not depend on history. */
  function solve(x: ArrayLike<number>): number {
    for (let k = 0; k < nuisances.length; k++) deviations[k] = held.get(k) ?? 0;
    freedIndex.forEach((k, i) => {
      deviations[k] = deviationOf(nuisances[k]!, x[couplings.length + i]!);
    });
    groups.forEach((group, g) => {
      addCounts(group.terms, x, counts[g]!.fill(0));
    });
    return method.solve();
  }

  /** Partial derivatives: the profiled nuisances are at their best, where theirs vanish (envelope theorem). */
  function fillGradient(x: ArrayLike<number>, gradient: Float64Array): void {
    gradient.fill(0);
    groups.forEach((group, g) => {
      const mu = counts[g]!;
      const offset = offsets[group.block]!;
      const weights = method.slope.subarray(offset, offset + mu.length);
      addWeightedGradient(group.terms, x, weights, factorOf(group.nuisances), gradient);
      freedIndex.forEach((k, outer) => {
        if (!group.nuisances.includes(k)) return;
        // Derivative by the value as it is set: a factor moves its component by the component itself.
        const perValue = factorOf(group.nuisances, k) * (nuisances[k]!.kind === "pull" ? scale[k]! : 1);
        let sum = 0;
        for (let i = 0; i < mu.length; i++) sum += weights[i]! * mu[i]!;
        gradient[couplings.length + outer]! += perValue * sum;
      });
    });
    freedIndex.forEach((k, i) => {
      const one = nuisances[k]!;
      if (one.sigma === null) return;
      gradient[couplings.length + i]! += (2 * deviations[k]!) / (one.kind === "pull" ? 1 : one.sigma);
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
        for (let i = 0; i < block.observed.length; i++) sum += method.ofCell(offsets[b]! + i);
        return [block.id, sum] as const;
      });
      return {
        chi2,
        deviations: Object.fromEntries(nuisances.map((one, k) => [one.name, deviations[k]!])),
        nuisances: Object.fromEntries(nuisances.map((one, k) => [one.name, valueOfDeviation(one, deviations[k]!)])),
        contributions: Object.fromEntries(contributions),
        constraints: constraints(),
        components: componentCounts(model, x, factorOf),
      };
    },
  };
}

/** Counts of every component at the couplings and deviations given. */
function componentCounts(model: Model, x: ArrayLike<number>, factorOf: Workspace["factorOf"]): ComponentCounts[] {
  return model.blocks.flatMap((block) =>
    block.components.map(({ name, flavour, terms, nuisances }) => {
      const counts = new Float64Array(block.observed.length);
      addCounts(terms, x, counts);
      const factor = factorOf(nuisances.map((one) => model.nuisances.findIndex((other) => other.name === one)));
      return { block: block.id, name, flavour, counts: counts.map((count) => factor * count) };
    }),
  );
}
