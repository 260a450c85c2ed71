/**
 * What every likelihood of counts shares: components moved by nuisances, nuisances that are profiled, freed or held, the
 * gradient in the parameters, and the account of a point. How chi^2 is made of cells, and how the profiled nuisances
 * find their best values, is in linear.ts and newton.ts; a model falls apart into parts that share no profiled nuisance.
 */

import { addCurvature } from "./curvature.ts";
import { groupComponents, groupOf } from "./groups.ts";
import { deviationOf, type Model, unitOf, valueOfDeviation } from "./model.ts";
import type { Method, Part } from "./part.ts";
import { shapeOf } from "./shape.ts";

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
}

/** Factors of nuisances stay above this. */
const SMALLEST_FACTOR = 1e-6;

/**
 * @param freed nuisances that are parameters of the analysis, after the couplings
 * @param fixed nuisances held at a value (pulls in sigma, normalisations as factors); all others are profiled
 */
export function buildLikelihood(
  model: Model,
  freed: readonly string[],
  fixed: Readonly<Record<string, number>>,
  methodOf: (part: Part) => Method,
): Likelihood {
  const { nuisances, blocks, couplings } = model;
  const indexOf = new Map(nuisances.map((one, k) => [one.name, k]));
  const freedIndex = freed.map((name) => indexOf.get(name)!);
  const held = new Map(
    nuisances.flatMap((one, k): [number, number][] =>
      Object.hasOwn(fixed, one.name) ? [[k, deviationOf(one, fixed[one.name]!)]] : [],
    ),
  );
  const scale = nuisances.map((one) => (one.kind === "flat" ? 1 : (one.sigma ?? 1)));
  const deviations = new Float64Array(nuisances.length);
  const profiled = nuisances.map((_, k) => k).filter((k) => !held.has(k) && !freedIndex.includes(k));
  const limits = limitsOf(model);

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
  const parts = partition(actsOn, new Set(profiled)).map((members) => {
    const offsets = startsOf(members.map((b) => blocks[b]!.observed.length));
    const observed = Float64Array.from(members.flatMap((b) => [...blocks[b]!.observed]));
    const shapes = groups.flatMap((group) => {
      const at = members.indexOf(group.block);
      return at < 0
        ? []
        : [shapeOf(group, blocks[group.block]!.observed.length, offsets[at]!, scale, couplings.length)];
    });
    const here = new Set(members.flatMap((b) => actsOn[b]!));
    const part: Part = {
      blocks: members.map((b) => blocks[b]!),
      offsets,
      cells: observed.length,
      observed,
      shapes,
      deviations,
      profiled: profiled.filter((k) => here.has(k)),
      nuisances,
      ...limits,
    };
    return { part, method: methodOf(part) };
  });

  /** The last point: value, gradient and curvature of one place are often asked one after the other. */
  let solved: { readonly x: Float64Array; readonly chi2: number } | undefined;
  /** Constraints of nuisances that no part profiles. */
  const outside = nuisances
    .map((_, k) => k)
    .filter((k) => nuisances[k]!.sigma !== null && !parts.some(({ part }) => part.profiled.includes(k)));

  function solve(x: ArrayLike<number>): number {
    if (solved?.x.every((xi, i) => xi === x[i]) === true) return solved.chi2;
    solved = undefined;
    for (let k = 0; k < nuisances.length; k++) deviations[k] = held.get(k) ?? 0;
    freedIndex.forEach((k, i) => {
      deviations[k] = deviationOf(nuisances[k]!, x[couplings.length + i]!);
    });
    let chi2 = 0;
    for (const k of outside) chi2 += deviations[k]! ** 2;
    for (const { part, method } of parts) {
      for (const shape of part.shapes) shape.couple(x);
      chi2 += method.solve();
    }
    solved = { x: Float64Array.from({ length: couplings.length + freed.length }, (_, i) => x[i]!), chi2 };
    return chi2;
  }

  /** Partial derivatives: the profiled nuisances are at their best, where theirs vanish (envelope theorem). */
  function fillGradient(x: ArrayLike<number>, gradient: Float64Array): void {
    gradient.fill(0);
    for (const { part, method } of parts) {
      for (const shape of part.shapes) shape.addGradient(x, method.slope, gradient);
      freedIndex.forEach((k, i) => {
        const acting = part.shapes.filter((shape) => shape.nuisances.includes(k));
        if (acting.length === 0) return;
        const target = new Float64Array(part.cells);
        for (const shape of acting) shape.addSlope(k, target);
        let sum = 0;
        for (let c = 0; c < target.length; c++) sum += method.slope[c]! * target[c]!;
        gradient[couplings.length + i]! += sum / unitOf(nuisances[k]!);
      });
    }
    freedIndex.forEach((k, i) => {
      const one = nuisances[k]!;
      if (one.sigma !== null) gradient[couplings.length + i]! += (2 * deviations[k]!) / unitOf(one);
    });
  }

  function fillHessian(x: ArrayLike<number>, hessian: Float64Array): void {
    hessian.fill(0);
    const n = couplings.length + freed.length;
    for (const { part, method } of parts) addCurvature(part, method, x, couplings.length, freedIndex, hessian);
    freedIndex.forEach((k, i) => {
      const at = couplings.length + i;
      const unit = unitOf(nuisances[k]!);
      if (nuisances[k]!.sigma !== null) hessian[at * n + at]! += 2;
      for (let j = 0; j < n; j++) {
        hessian[at * n + j]! /= unit;
        hessian[j * n + at]! /= unit;
      }
    });
  }

  return {
    parameters: [...couplings, ...freed],
    cells: blocks.reduce((sum, block) => sum + block.observed.length, 0),
    evaluate: (x, gradient, hessian) => {
      const chi2 = solve(x);
      if (gradient !== undefined) fillGradient(x, gradient);
      if (hessian !== undefined) fillHessian(x, hessian);
      return chi2;
    },
    detail: (x) => {
      const chi2 = solve(x);
      const contributions: Record<string, number> = {};
      for (const block of blocks) contributions[block.id] = 0;
      for (const { part, method } of parts) {
        part.blocks.forEach((block, b) => {
          for (let i = 0; i < block.observed.length; i++) {
            contributions[block.id]! += method.ofCell(part.offsets[b]! + i);
          }
        });
      }
      return {
        chi2,
        deviations: Object.fromEntries(nuisances.map((one, k) => [one.name, deviations[k]!])),
        nuisances: Object.fromEntries(nuisances.map((one, k) => [one.name, valueOfDeviation(one, deviations[k]!)])),
        contributions,
        constraints: nuisances.reduce((sum, one, k) => sum + (one.sigma === null ? 0 : deviations[k]! ** 2), 0),
        components: componentCounts(model, x, deviations, scale),
        clipped: parts.reduce(
          (sum, { part, method }) =>
            sum + method.cut() + part.shapes.reduce((clipped, shape) => clipped + shape.clipped(), 0),
          0,
        ),
      };
    },
  };
}

/** Deviations between which factors stay positive and flat nuisances inside their bounds. */
function limitsOf({ nuisances, blocks }: Model): Pick<Part, "lower" | "upper"> {
  const scaling = new Set(blocks.flatMap((block) => block.components.flatMap((one) => one.nuisances)));
  return {
    lower: nuisances.map((one) => {
      if (one.kind === "flat") return one.bounds === undefined ? -Infinity : deviationOf(one, one.bounds[0]);
      return scaling.has(one.name) ? (SMALLEST_FACTOR - 1) / (one.sigma ?? 1) : Number.NEGATIVE_INFINITY;
    }),
    upper: nuisances.map((one) =>
      one.kind === "flat" && one.bounds !== undefined ? deviationOf(one, one.bounds[1]) : Number.POSITIVE_INFINITY,
    ),
  };
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

/** Counts of every component at the couplings and deviations given. */
function componentCounts(
  model: Model,
  x: ArrayLike<number>,
  deviations: Float64Array,
  scale: readonly number[],
): ComponentCounts[] {
  const index = new Map(model.nuisances.map((one, k) => [one.name, k]));
  return model.blocks.flatMap((block, b) =>
    block.components.map((component) => {
      const shape = shapeOf(groupOf(component, b, index), block.observed.length, 0, scale, model.couplings.length);
      shape.couple(x);
      shape.move(deviations);
      const factor = shape.factor();
      const { name, flavour } = component;
      return { block: block.id, name, flavour, counts: shape.counts.map((count) => factor * count) };
    }),
  );
}
