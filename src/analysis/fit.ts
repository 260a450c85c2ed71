/** Fit: every minimum, uncertainties, intervals. */

import { usageError } from "../errors.ts";
import { symmetricEigen } from "../numerics/linear-algebra.ts";
import type { ComponentCounts } from "../statistics/account.ts";
import { intervalsOfSteps } from "../statistics/interval.ts";
import { findMinimaSteps, type Minimum } from "../statistics/minima.ts";
import { holding, scaledHessian, scales } from "../statistics/objective.ts";
import { asPart, complete, type Steps } from "../statistics/steps.ts";
import { checkOverflow } from "./minima.ts";
import type { PreparedAnalysis, PreparedObjective } from "./prepare.ts";
import {
  costing,
  envelope,
  levelsOf,
  type Prepared,
  type Progress,
  pullsOf,
  ready,
  smStart,
  standardModel,
  unitsOf,
  vectorOf,
} from "./ready.ts";
import type { FitResult } from "./results.ts";

/**
 * Fit of the spec's free parameters: every minimum, the standard model, and intervals at the levels asked for.
 * @param onProgress share done: minima first, then one interval after the other
 * @throws NurecoilError (usage) without a free parameter, or naming one whose value or range is too large for finite counts
 */
export function fit(prepared: Prepared, onProgress?: Progress): FitResult {
  return complete(fitSteps(prepared), onProgress);
}

/** Share of the work that the search for minima takes, about. */
const MINIMA_SHARE = 0.2;

/** `fit` in steps of a few milliseconds. */
export function* fitSteps(prepared: Prepared): Steps<FitResult> {
  const analysis = ready(prepared);
  const { free } = analysis.spec;
  if (free.length === 0) throw usageError("nothing to fit", "name the free parameters, e.g. --free xi_V");
  const objective = analysis.objective(free);
  const search = findMinimaSteps(objective, [smStart(analysis, objective)]);
  const minima = yield* asPart(search, (share) => MINIMA_SHARE * share);
  const converged = minima.filter((one) => one.status !== "failed");
  const sm = standardModel(analysis);
  const cls = levelsOf(analysis.spec, [0.9, 0.99]);
  const described = converged.length === 0 ? [] : minima.map((one) => describeMinimum(analysis, objective, one));
  const intervals: FitResult["intervals"] = [];
  for (const index of converged.length === 0 ? [] : objective.names.keys()) {
    const done = MINIMA_SHARE + (1 - MINIMA_SHARE) * (index / free.length);
    const part = (1 - MINIMA_SHARE) / free.length;
    const found = yield* asPart(intervalsOfSteps(objective, index, converged, cls), (share) => done + part * share);
    for (const one of found) intervals.push({ ...one, segments: one.segments.map(([low, high]) => [low, high]) });
  }
  const significances = yield* asPart(significancesOf(analysis, objective, converged), () => 1);
  const result: FitResult = {
    format: "nurecoil/fit/1",
    ...envelope(analysis),
    notes: [...analysis.notes, ...rangeNotes(analysis, minima)],
    dof: objective.likelihood.cells - costing(analysis, free),
    minima: described,
    sm,
    intervals,
    significances,
    impacts: null,
    units: unitsOf(analysis),
    clipped: converged.length === 0 ? 0 : objective.likelihood.detail(converged[0]!.x).clipped,
  };
  checkOverflow(analysis, objective);
  return result;
}

/** sqrt(chi^2 at 0 - lowest chi^2) of every freed component. */
function* significancesOf(
  analysis: PreparedAnalysis,
  objective: PreparedObjective,
  converged: readonly Minimum[],
): Steps<FitResult["significances"]> {
  const components = objective.names.filter((name) =>
    analysis.nuisances.some((one) => one.name === name && one.kind === "normalisation"),
  );
  if (converged.length === 0) return [];
  const significances: FitResult["significances"] = [];
  for (const parameter of components) {
    const without = holding(objective, new Map([[objective.names.indexOf(parameter), 0]]));
    const start = smStart(analysis, objective).filter((_, i) => objective.names[i] !== parameter);
    const chi2AtZero =
      without.names.length === 0 ? without.evaluate([]) : (yield* findMinimaSteps(without, [start]))[0]!.value;
    const rise = Math.max(chi2AtZero - converged[0]!.value, 0);
    significances.push({ parameter, chi2AtZero, significance: Math.sqrt(rise) });
  }
  return significances;
}

/** What ranges do to a fit. */
function rangeNotes(analysis: PreparedAnalysis, minima: readonly Minimum[]): string[] {
  return [
    ...(Object.keys(analysis.spec.ranges).length === 0
      ? []
      : ["Delta chi^2 counts from the best point inside the ranges given"]),
    ...(minima[0]?.status === "at-bound" ? ["the best point lies on the border of the search range"] : []),
  ];
}

function describeMinimum(
  analysis: PreparedAnalysis,
  objective: PreparedObjective,
  one: Minimum,
): FitResult["minima"][number] {
  const detail = objective.likelihood.detail(one.x);
  const covariance = covarianceOf(objective, one);
  const names = objective.names;
  return {
    parameters: vectorOf(objective, one.x),
    chi2: one.value,
    pulls: pullsOf(analysis, detail),
    uncertainties: Object.fromEntries(
      names.map((name, i) => [name, covariance === null ? null : curvatureError(covariance[i]![i]!, objective, i)]),
    ),
    covariance,
    components: componentSums(detail.components),
    status: one.status,
    direction: one.direction === undefined ? null : vectorOf(objective, one.direction),
  };
}

/** One standard deviation; null when it is wider than the whole search range: such a curvature says nothing. */
function curvatureError(variance: number, objective: PreparedObjective, i: number): number | null {
  const error = Math.sqrt(variance);
  return error < objective.upper[i]! - objective.lower[i]! ? error : null;
}

/** Covariance 2 H^-1 of the free parameters, nuisances profiled; null where the curvature is not positive. */
function covarianceOf(objective: PreparedObjective, one: Minimum): number[][] | null {
  const n = objective.names.length;
  if (one.status !== "converged") return null;
  const scale = scales(objective);
  const { values, vectors } = symmetricEigen(scaledHessian(objective, one.x), n);
  if (!(values[0]! > 1e-9 * values[n - 1]!)) return null;
  return Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += (2 * vectors[k]![i]! * vectors[k]![j]!) / values[k]!;
      return sum * scale[i]! * scale[j]!;
    }),
  );
}

function componentSums(components: readonly ComponentCounts[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { block, name, counts } of components) {
    const key = `${block}.${name}`;
    sums[key] = (sums[key] ?? 0) + counts.reduce((sum, count) => sum + count, 0);
  }
  return sums;
}
