/** Refits by the kernel: a whole model with shared couplings and nuisances, its data replaceable. */

import type { FlatModel } from "../kernel/flat.ts";
import { kernelOf } from "../kernel/kernel.ts";
import * as at from "../kernel/layout.ts";
import { flatten } from "./flatten.ts";
import { groupComponents } from "./groups.ts";
import { limitsOf } from "./limits.ts";
import { deviationOf, type Model } from "./model.ts";
import type { Refit } from "./refit.ts";

/** What a refit is opened from: plain data that can be posted to a worker. */
export interface RefitModel {
  readonly flat: FlatModel;
  /** Unknowns of the flat model that are unknowns of the refit, in the refit's order. */
  readonly active: readonly number[];
  /** How many of them are parameters of the analysis. */
  readonly parameters: number;
  /** chi^2 of the constraints of nuisances that are held. */
  readonly outside: number;
}

/**
 * A model made ready for refits. Parameters are the couplings and then the freed nuisances (as deviations).
 * @param freed nuisances that are parameters of the analysis
 * @param fixed nuisances held at a value (pulls in sigma, normalisations as factors); all others are fitted
 * @param window lowest and highest value of each parameter (deviations for freed nuisances)
 */
export function refitModel(
  model: Model,
  freed: readonly string[],
  fixed: Readonly<Record<string, number>>,
  window: readonly (readonly [number, number])[],
): RefitModel {
  const { blocks, nuisances, couplings } = model;
  const indices = nuisances.map((_, k) => k);
  const isHeld = (k: number): boolean => Object.hasOwn(fixed, nuisances[k]!.name);
  const fitted = indices.filter((k) => !isHeld(k));
  const first = blocks.map((_, b) => blocks.slice(0, b).reduce((sum, { observed }) => sum + observed.length, 0));
  const limits = limitsOf(model);
  const flat = flatten({
    blocks,
    groups: groupComponents(model).map((group) => ({ group, cell: first[group.block]! })),
    couplings: couplings.length,
    nuisances,
    constrained: fitted.filter((k) => nuisances[k]!.sigma !== null),
    ...limits,
  });
  const held = indices
    .filter(isHeld)
    .map((k) => ({ k, deviation: deviationOf(nuisances[k]!, fixed[nuisances[k]!.name]!) }));
  for (const { k, deviation } of held) flat.m[flat.p[at.M_UNKNOWNS]! + couplings.length + k] = deviation;
  const freedIndices = freed.map((name) => nuisances.findIndex((one) => one.name === name));
  const parameters = [...couplings.keys(), ...freedIndices.map((k) => couplings.length + k)];
  parameters.forEach((unknown, i) => {
    const [low, high] = window[i]!;
    flat.m[flat.p[at.M_LOWER]! + unknown] = Math.max(low, flat.m[flat.p[at.M_LOWER]! + unknown]!);
    flat.m[flat.p[at.M_UPPER]! + unknown] = Math.min(high, flat.m[flat.p[at.M_UPPER]! + unknown]!);
  });
  const others = fitted.filter((k) => !freedIndices.includes(k)).map((k) => couplings.length + k);
  return {
    flat,
    active: [...parameters, ...others],
    parameters: parameters.length,
    outside: held.reduce((sum, { k, deviation }) => sum + (nuisances[k]!.sigma === null ? 0 : deviation ** 2), 0),
  };
}

/** Open a refit: in WebAssembly where there is one. */
export function openRefit({ flat, active, parameters, outside }: RefitModel): Refit {
  const kernel = kernelOf(flat);
  const { p, m } = kernel;
  const cells = p[at.CELLS]!;
  const pick = (entry: number): Float64Array => Float64Array.from(active, (unknown) => m[p[entry]! + unknown]!);
  const places = Int32Array.from(active, (unknown) => p[at.M_UNKNOWNS]! + unknown);
  const poisson = new Uint8Array(cells);
  for (let k = 0; k < p[at.RANGES]!; k++) {
    const [from, length, isPoisson] = p.subarray(p[at.P_RANGES]! + 3 * k, p[at.P_RANGES]! + 3 * k + 3);
    poisson.fill(isPoisson!, from!, from! + length!);
  }
  const weight = m.subarray(p[at.M_WEIGHT]!, p[at.M_WEIGHT]! + cells);
  const goTo = (unknowns: ArrayLike<number>): void => {
    for (let i = 0; i < places.length; i++) m[places[i]!] = unknowns[i]!;
  };
  return {
    couplings: parameters,
    unknowns: active.length,
    cells,
    poisson,
    sigma: Float64Array.from(weight, (w) => (w > 0 ? 1 / Math.sqrt(w) : 0)),
    constrained: Uint8Array.from(pick(at.M_CONSTRAINED)),
    lower: pick(at.M_LOWER),
    upper: pick(at.M_UPPER),
    setData: (observed, centres) => {
      for (let i = 0; i < cells; i++) m[p[at.M_OBSERVED]! + i] = observed[i]!;
      for (let i = 0; i < active.length; i++) m[p[at.M_CENTRE]! + active[i]!] = centres[i]!;
    },
    expected: (unknowns, out) => {
      goTo(unknowns);
      kernel.predict();
      for (let i = 0; i < cells; i++) out[i] = m[p[at.M_MU]! + i]!;
    },
    minimize: (unknowns, held) => {
      goTo(unknowns);
      for (let i = 0; i < places.length; i++) p[p[at.P_FREE]! + active[i]!] = held[i] === 0 ? 1 : 0;
      const chi2 = kernel.search(kernel.evaluate());
      for (let i = 0; i < places.length; i++) unknowns[i] = m[places[i]!]!;
      const status = p[at.STATUS]!;
      return status === at.CONVERGED || status === at.AT_EDGE ? chi2 + outside : Number.NaN;
    },
  };
}
