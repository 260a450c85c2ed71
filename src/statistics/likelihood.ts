/**
 * What every likelihood of counts shares: components moved by nuisances, nuisances that are profiled, freed or held, the
 * gradient in the parameters, and the account of a point. How chi^2 is made of cells, and how the profiled nuisances
 * find their best values, is in linear.ts and newton.ts; a model falls apart into parts that share no profiled nuisance.
 */

import { plainGram } from "../kernel/gram.ts";
import type { Gram } from "../kernel/gram-form.ts";
import { kernelOf } from "../kernel/kernel.ts";
import * as at from "../kernel/layout.ts";
import { type ComponentCounts, clippedIn, componentCounts, contributionsOf } from "./account.ts";
import { addCurvature } from "./curvature.ts";
import { flatten } from "./flatten.ts";
import { gramModel } from "./gram.ts";
import { groupComponents } from "./groups.ts";
import { limitsOf } from "./limits.ts";
import { isLinear, linearProfile } from "./linear.ts";
import { deviationOf, type Model, unitOf, valueOfDeviation } from "./model.ts";
import { newtonProfile } from "./newton.ts";
import { type Part, type Profile, placeOf, setFree } from "./part.ts";

export interface LikelihoodDetail {
  readonly chi2: number;
  /** Every nuisance in units of sigma. */
  readonly deviations: Readonly<Record<string, number>>;
  /** Every nuisance as it is set: pulls in sigma, normalisations as factors, flat ones in their unit. */
  readonly nuisances: Readonly<Record<string, number>>;
  /** Part of chi^2 from the data of each block. */
  readonly contributions: Readonly<Record<string, number>>;
  /** Part of chi^2 from the constraints of the nuisances. */
  readonly constraints: number;
  readonly components: readonly ComponentCounts[];
  /** Cells that a shape nuisance moved below zero and that were set to zero, and predictions cut at 1e-9. */
  readonly clipped: number;
}

/** Rounding of a Gram form, relative to 1 + chi^2, above which cells are summed instead. */
const GRAM_ROUNDING = 1e-12;

export interface Likelihood {
  /** Free couplings, then freed nuisances. */
  readonly parameters: readonly string[];
  readonly cells: number;
  /**
   * chi^2 with all other nuisances at their best values; gradient and matrix of second derivatives (row-major) with
   * respect to `parameters`.
   */
  readonly evaluate: (x: ArrayLike<number>, gradient?: Float64Array, hessian?: Float64Array) => number;
  readonly detail: (x: ArrayLike<number>) => LikelihoodDetail;
  /** Its Gram form; undefined where it has none. */
  readonly gram: () => Gram | undefined;
}

/**
 * @param freed nuisances that are parameters of the analysis, after the couplings
 * @param fixed nuisances held at a value (pulls in sigma, normalisations as factors); all others are profiled
 */
export function buildLikelihood(
  model: Model,
  freed: readonly string[],
  fixed: Readonly<Record<string, number>>,
): Likelihood {
  const { nuisances, blocks } = model;
  const couplings = model.couplings.length;
  const indexOf = new Map(nuisances.map((one, k) => [one.name, k]));
  const freedIndex = freed.map((name) => indexOf.get(name)!);
  const held = new Map(
    nuisances.flatMap((one, k): [number, number][] =>
      Object.hasOwn(fixed, one.name) ? [[k, deviationOf(one, fixed[one.name]!)]] : [],
    ),
  );
  const deviations = new Float64Array(nuisances.length);
  const profiled = nuisances.map((_, k) => k).filter((k) => !held.has(k) && !freedIndex.includes(k));
  const parts = partsOf(model, profiled);
  /** Unknowns of a kernel that are parameters here: couplings, then freed nuisances. */
  const parameters = [...model.couplings.keys(), ...freedIndex.map((k) => couplings + k)];

  /** The last point: value, gradient and curvature of one place are often asked one after the other. */
  const solved = { x: new Float64Array(parameters.length).fill(Number.NaN), chi2: Number.NaN };
  /** Constraints of nuisances that no part profiles. */
  const outside = nuisances
    .map((_, k) => k)
    .filter((k) => nuisances[k]!.sigma !== null && !parts.some(({ part }) => part.profiled.includes(k)));

  function isSolved(x: ArrayLike<number>): boolean {
    for (let i = 0; i < parameters.length; i++) if (solved.x[i] !== x[i]) return false;
    return !Number.isNaN(solved.chi2);
  }

  function solve(x: ArrayLike<number>): number {
    if (isSolved(x)) return solved.chi2;
    for (let k = 0; k < nuisances.length; k++) deviations[k] = held.get(k) ?? 0;
    freedIndex.forEach((k, i) => {
      deviations[k] = deviationOf(nuisances[k]!, x[couplings + i]!);
    });
    let chi2 = 0;
    for (const k of outside) chi2 += deviations[k]! ** 2;
    for (const { part, profile } of parts) {
      const { p, m } = part.kernel;
      const unknowns = p[at.M_UNKNOWNS]!;
      for (let i = 0; i < couplings; i++) m[unknowns + i] = x[i]!;
      m.set(deviations, unknowns + couplings);
      chi2 += profile();
      for (const k of part.profiled) deviations[k] = m[placeOf(part, k)]!;
    }
    for (let i = 0; i < parameters.length; i++) solved.x[i] = x[i]!;
    solved.chi2 = chi2;
    return chi2;
  }

  /** Partial derivatives: the profiled nuisances are at their best, where theirs vanish (envelope theorem). */
  function fillGradient(gradient: Float64Array): void {
    gradient.fill(0);
    for (const { part } of parts) {
      const { p, m } = part.kernel;
      setFree(part.kernel, parameters);
      part.kernel.derive(1);
      for (let i = 0; i < parameters.length; i++) gradient[i]! += m[p[at.M_GRADIENT]! + parameters[i]!]!;
    }
    freedIndex.forEach((k, i) => {
      const one = nuisances[k]!;
      if (one.sigma !== null) gradient[couplings + i]! += 2 * deviations[k]!;
      gradient[couplings + i]! /= unitOf(one);
    });
  }

  function fillHessian(hessian: Float64Array): void {
    hessian.fill(0);
    const n = parameters.length;
    for (const { part } of parts) addCurvature(part, parameters, hessian);
    freedIndex.forEach((k, i) => {
      const row = couplings + i;
      const unit = unitOf(nuisances[k]!);
      if (nuisances[k]!.sigma !== null) hessian[row * n + row]! += 2;
      for (let j = 0; j < n; j++) {
        hessian[row * n + j]! /= unit;
        hessian[j * n + row]! /= unit;
      }
    });
  }

  const gram = lazily(() => {
    const found = gramModel(model, freed, fixed);
    return found && plainGram(found.form);
  });
  const components = lazily(() => componentCounts(model));
  /** chi^2 from its Gram form, where there is one and its polynomials lose no digits; else NaN. */
  function fromGram(x: ArrayLike<number>, gradient?: Float64Array, hessian?: Float64Array): number {
    const form = gram();
    if (form === undefined) return Number.NaN;
    const chi2 = form.value(x);
    if (!(form.rounding(x) <= GRAM_ROUNDING * (1 + chi2))) return Number.NaN;
    if (gradient !== undefined) form.gradient(x, gradient);
    if (hessian !== undefined) form.hessian(x, hessian);
    return chi2;
  }

  return {
    parameters: [...model.couplings, ...freed],
    gram,
    cells: blocks.reduce((sum, block) => sum + block.observed.length, 0),
    evaluate: (x, gradient, hessian) => {
      const quick = fromGram(x, gradient, hessian);
      if (!Number.isNaN(quick)) return quick;
      const chi2 = solve(x);
      if (gradient !== undefined) fillGradient(gradient);
      if (hessian !== undefined) fillHessian(hessian);
      return chi2;
    },
    detail: (x) => {
      const chi2 = solve(x);
      return {
        chi2,
        deviations: Object.fromEntries(nuisances.map((one, k) => [one.name, deviations[k]!])),
        nuisances: Object.fromEntries(nuisances.map((one, k) => [one.name, valueOfDeviation(one, deviations[k]!)])),
        contributions: contributionsOf(
          model,
          parts.map(({ part }) => part),
        ),
        constraints: nuisances.reduce((sum, one, k) => sum + (one.sigma === null ? 0 : deviations[k]! ** 2), 0),
        components: components()(x, deviations),
        clipped: parts.reduce((sum, { part }) => sum + clippedIn(part), 0),
      };
    },
  };
}

/** What is made when it is first asked for. */
function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

interface Solvable {
  readonly part: Part;
  readonly profile: Profile;
}

/** A model falls apart into parts that share no profiled nuisance. */
function partsOf(model: Model, profiled: readonly number[]): readonly Solvable[] {
  const { blocks, nuisances, couplings } = model;
  const groups = groupComponents(model);
  const actsOn = blocks.map((_, b) => [
    ...new Set(
      groups
        .filter((group) => group.block === b)
        .flatMap((group) => [
          ...group.nuisances,
          ...group.changes.map(({ nuisance }) => nuisance),
          ...(group.spread?.changes ?? []).map(({ nuisance }) => nuisance),
        ]),
    ),
  ]);
  const limits = limitsOf(model);
  // Solved in closed form, which knows no bounds.
  const unlimited = { lower: limits.lower.map(() => -Infinity), upper: limits.upper.map(() => Infinity) };
  return partition(actsOn, new Set(profiled)).map((members): Solvable => {
    const offsets = startsOf(members.map((b) => blocks[b]!.observed.length));
    const here = new Set(members.flatMap((b) => actsOn[b]!));
    const own = groups.filter((group) => members.includes(group.block));
    const outline = {
      blocks: members.map((b) => blocks[b]!),
      offsets,
      groups: own,
      couplings: couplings.length,
      nuisances,
      profiled: profiled.filter((k) => here.has(k)),
    };
    const linear = isLinear(outline);
    const flat = flatten({
      ...outline,
      groups: own.map((group) => ({ group, cell: offsets[members.indexOf(group.block)]! })),
      constrained: outline.profiled.filter((k) => nuisances[k]!.sigma !== null),
      ...(linear ? unlimited : limits),
    });
    const part: Part = { ...outline, kernel: kernelOf(flat) };
    return { part, profile: linear ? linearProfile(part) : newtonProfile(part) };
  });
}

/** Blocks that share a profiled nuisance, directly or through others, stay together. */
function partition(actsOn: readonly (readonly number[])[], profiled: ReadonlySet<number>): readonly number[][] {
  const parts: { members: number[]; nuisances: Set<number> }[] = [];
  actsOn.forEach((acting, block) => {
    const own = acting.filter((k) => profiled.has(k));
    const joined = parts.filter(({ nuisances }) => own.some((k) => nuisances.has(k)));
    const merged = {
      members: [...joined.flatMap(({ members }) => members), block].sort((a, b) => a - b),
      nuisances: new Set([...joined.flatMap(({ nuisances }) => [...nuisances]), ...own]),
    };
    for (const one of joined) parts.splice(parts.indexOf(one), 1);
    parts.push(merged);
  });
  return parts.map(({ members }) => members);
}

function startsOf(lengths: readonly number[]): readonly number[] {
  return lengths.map((_, i) => lengths.slice(0, i).reduce((sum, length) => sum + length, 0));
}
