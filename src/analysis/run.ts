/** The questions one can ask: spec in, result out. */

import { NurecoilError, usageError } from "../errors.ts";
import { readCouplingName } from "../interactions/couplings.ts";
import { symmetricEigen } from "../numerics/linear-algebra.ts";
import { barrierBetween } from "../statistics/barrier.ts";
import type { ComponentCounts, LikelihoodDetail } from "../statistics/gaussian.ts";
import { chi2Grid } from "../statistics/grid.ts";
import { intervalsOf } from "../statistics/interval.ts";
import { chi2Survival, clOfSigma, deltaChi2 } from "../statistics/levels.ts";
import { findMinima, type Minimum } from "../statistics/minima.ts";
import { nominalValue } from "../statistics/model.ts";
import { scaledHessian, scales } from "../statistics/objective.ts";
import { regionsOf } from "../statistics/region.ts";
import { version } from "../version.ts";
import type { ExperimentLibrary, PreparedAnalysis, PreparedObjective } from "./prepare.ts";
import { prepare } from "./prepare.ts";
import type { Chi2Result, FitResult, PredictResult, RegionResult, ScanResult } from "./results.ts";
import type { AnalysisSpec } from "./spec.ts";

export type Progress = (share: number) => void;

type Prepared = PreparedAnalysis | { readonly spec: AnalysisSpec; readonly library: ExperimentLibrary };

function ready(prepared: Prepared): PreparedAnalysis {
  return "library" in prepared ? prepare(prepared.spec, prepared.library) : prepared;
}

function envelope(analysis: PreparedAnalysis) {
  return { version, spec: analysis.spec as never, notes: [...analysis.notes] };
}

/**
 * Events of every component in every cell at the parameters and nuisances of the spec (nominal where not set).
 * @throws NurecoilError (usage) unless there is exactly one experiment
 */
export function predict(prepared: Prepared): PredictResult {
  const analysis = ready(prepared);
  const experiment = analysis.experiments[0]!;
  if (analysis.experiments.length !== 1) throw usageError("predict takes one experiment");
  const { parameters } = analysis.spec;
  const nuisances = Object.fromEntries(
    analysis.nuisances.map((one) => [one.name, parameters[one.name] ?? nominalValue(one)]),
  );
  const detail = analysis.likelihood([], nuisances).detail([]);
  const counts = detail.components.map(({ name, flavour, counts }) => ({
    name,
    flavour: flavour as "nu_e" | null,
    counts: [...counts],
  }));
  return {
    format: "nurecoil/predict/1",
    ...envelope(analysis),
    dof: experiment.cells,
    experiment: experiment.id,
    likelihood: experiment.likelihood,
    parameters: couplingsOf(parameters),
    nuisances,
    axes: experiment.axes.map(({ name, unit, edges }) => ({ name, unit, edges: [...edges] })),
    components: counts,
    total: Array.from({ length: experiment.cells }, (_, i) => counts.reduce((sum, one) => sum + one.counts[i]!, 0)),
    observed: [...experiment.observed],
    errors: [...experiment.sigma],
  };
}

/** chi^2 at the spec's parameters, nuisances profiled unless set. */
export function chi2(prepared: Prepared): Chi2Result {
  const analysis = ready(prepared);
  const likelihood = analysis.likelihood([]);
  const detail = likelihood.detail([]);
  return {
    format: "nurecoil/chi2/1",
    ...envelope(analysis),
    dof: likelihood.cells,
    chi2: detail.chi2,
    pValue: chi2Survival(detail.chi2, likelihood.cells),
    pulls: pullsOf(analysis, detail),
    contributions: { ...detail.contributions },
    constraints: detail.constraints,
  };
}

/**
 * Fit of the spec's free parameters: every minimum, the standard model, and intervals at the levels asked for.
 * @param levels confidence levels; 0.90 and 0.99 by default
 * @throws NurecoilError (usage) without a free parameter
 */
export function fit(prepared: Prepared): FitResult {
  const analysis = ready(prepared);
  const { free } = analysis.spec;
  if (free.length === 0) throw usageError("nothing to fit", "name the free parameters, e.g. --free xi_V");
  const objective = analysis.objective(free);
  const minima = reorder(objective, findMinima(objective, [smStart(analysis, objective)]));
  const sm = standardModel(analysis);
  const cls = levelsOf(analysis.spec, [0.9, 0.99]);
  const converged = minima.filter((one) => one.status !== "failed");
  return {
    format: "nurecoil/fit/1",
    ...envelope(analysis),
    dof: objective.likelihood.cells - free.length,
    minima: minima.map((one) => describeMinimum(analysis, objective, one)),
    sm,
    intervals:
      converged.length === 0
        ? []
        : objective.names.flatMap((_, index) =>
            intervalsOf(objective, index, converged, cls).map((one) => ({
              ...one,
              segments: one.segments.map(([low, high]): [number | null, number | null] => [low, high]),
            })),
          ),
  };
}

/**
 * chi^2 on a grid: parameters in `profile` are minimised, all others stay at the spec's values.
 * @throws NurecoilError (usage) without a grid, or with more than two axes
 */
export function scan(prepared: Prepared, onProgress?: Progress): ScanResult {
  const analysis = ready(prepared);
  const { grid, profile } = analysis.spec;
  if (grid.length < 1 || grid.length > 2)
    throw usageError("scan takes one or two grid axes", "--grid name=low:high:points");
  const free = [...grid.map((axis) => axis.name), ...profile];
  const objective = analysis.objective(free);
  const minima = findMinima(objective, [smStart(analysis, objective)]).filter((one) => one.status !== "failed");
  const axes = grid.map(({ name, low, high, n }) => ({
    name,
    index: objective.names.indexOf(name),
    values: Array.from({ length: n }, (_, k) => (k === n - 1 ? high : low + (k / (n - 1)) * (high - low))),
  }));
  const points = chi2Grid(objective, axes, minima, onProgress);
  const lowest = points.reduce<{ chi2: number; x: Float64Array } | undefined>(
    (best, one) => (one.converged && (best === undefined || one.chi2 < best.chi2) ? one : best),
    undefined,
  );
  return {
    format: "nurecoil/scan/1",
    ...envelope(analysis),
    dof: objective.likelihood.cells - free.length,
    grid: axes.map(({ name, values }) => ({ name, values })),
    chi2: points.map((one) => (one.converged ? one.chi2 : null)),
    profiled: Object.fromEntries(
      profile.map((name) => {
        const i = objective.names.indexOf(name);
        return [name, points.map((one) => (one.converged ? one.x[i]! : null))];
      }),
    ),
    minimum: {
      chi2: lowest?.chi2 ?? Number.NaN,
      parameters: lowest === undefined ? {} : vectorOf(objective, lowest.x),
    },
    failed: points.flatMap((one, k) => (one.converged ? [] : [k])),
  };
}

/**
 * Regions of a plane of two parameters; `profile` and `free` parameters besides are minimised.
 * @throws NurecoilError (usage) without a plane or when only one of its windows is given
 */
export function region(prepared: Prepared): RegionResult {
  const analysis = ready(prepared);
  const { plane, profile, ranges, dof: asked } = analysis.spec;
  if (plane === null) throw usageError("region needs a plane", "--plane a,b");
  const [a, b] = plane;
  const free = [...new Set([a, b, ...profile, ...analysis.spec.free])];
  const objective = analysis.objective(free);
  const indices = [objective.names.indexOf(a), objective.names.indexOf(b)] as const;
  const dof = asked ?? 2;
  const cls = levelsOf(analysis.spec, [0.9, 0.99]);
  const minima = findMinima(objective, [smStart(analysis, objective)]).filter((one) => one.status !== "failed");
  if (minima.length === 0)
    throw new NurecoilError("usage", [{ message: `no minimum found in the plane (${a}, ${b})` }]);
  const window = ranges[a] !== undefined && ranges[b] !== undefined ? ([ranges[a], ranges[b]] as const) : undefined;
  const levels = cls.map((cl) => deltaChi2(cl, dof));
  const found = regionsOf(objective, indices, minima, levels, window);
  return {
    format: "nurecoil/region/1",
    ...envelope(analysis),
    notes: [...analysis.notes, ...saddleNotes(objective, minima, levels)],
    dof,
    plane: [a, b],
    window: { [a]: [...found.window[0]], [b]: [...found.window[1]] },
    best: { chi2: minima[0]!.value, parameters: vectorOf(objective, minima[0]!.x) },
    minima: minima.map((one) => ({ chi2: one.value, parameters: vectorOf(objective, one.x), status: one.status })),
    sm: { chi2: standardModel(analysis).chi2 },
    regions: found.regions.map((one, k) => ({
      cl: cls[k]!,
      deltaChi2: one.deltaChi2,
      dof,
      area: one.area,
      polygons: one.polygons.map((polygon) => ({
        outer: polygon.outer.map(([x, y]): [number, number] => [x, y]),
        holes: polygon.holes.map((hole) => hole.map(([x, y]): [number, number] => [x, y])),
        open: polygon.open,
      })),
    })),
    failed: found.failed,
  };
}

/** A pass between minima this near to a level (relative) decides whether islands join: the reader should know. */
const SADDLE_NEAR = 0.02;

function saddleNotes(objective: PreparedObjective, minima: readonly Minimum[], levels: readonly number[]): string[] {
  const best = minima[0]!.value;
  const notes = new Set<string>();
  minima.slice(0, 6).forEach((a, i) => {
    for (const b of minima.slice(i + 1, 6)) {
      const pass = Math.max(a.value, b.value) + barrierBetween(objective, a.x, b.x) - best;
      const near = levels.find((level) => Math.abs(pass - level) < SADDLE_NEAR * level);
      if (near !== undefined) {
        notes.add(
          `a saddle at Delta chi^2 = ${pass.toFixed(4)} lies close to the level ${near.toFixed(4)}: islands there touch or nearly touch`,
        );
      }
    }
  });
  return [...notes];
}

/** Confidence levels of a spec: `cl`, or `sigma` turned into levels, or the defaults. */
export function levelsOf(spec: AnalysisSpec, defaults: readonly number[]): readonly number[] {
  if (spec.cl !== null && spec.sigma !== null) throw usageError("give levels as --cl or as --sigma, not both");
  const cls = spec.sigma === null ? (spec.cl ?? defaults) : spec.sigma.map(clOfSigma);
  for (const cl of cls) deltaChi2(cl, 1);
  return cls;
}

/** chi^2 of the standard model: every coupling zero, sin^2 theta_W and nuisances as the spec has them. */
function standardModel(analysis: PreparedAnalysis): FitResult["sm"] {
  const couplings = Object.keys(analysis.spec.parameters).filter((name) => isNewPhysics(name));
  const detail = analysis.likelihood([], Object.fromEntries(couplings.map((name) => [name, 0]))).detail([]);
  return { chi2: detail.chi2, pulls: pullsOf(analysis, detail) };
}

function isNewPhysics(name: string): boolean {
  const read = readCouplingName(name);
  return read !== undefined && read.coupling.level !== "standard-model";
}

/** The standard model as a starting point: nominal nuisances, sin^2 theta_W at its default. */
function smStart(analysis: PreparedAnalysis, objective: PreparedObjective): Float64Array {
  return Float64Array.from(objective.names, (name) => {
    const nuisance = analysis.nuisances.find((one) => one.name === name);
    if (nuisance !== undefined) return nominalValue(nuisance);
    return name === "sin2_theta_w" ? 0.2387 : 0;
  });
}

/** Best first; equal ones by falling first parameter, so that the order does not hang on the last digit. */
function reorder(objective: PreparedObjective, minima: readonly Minimum[]): readonly Minimum[] {
  const same = (a: Minimum, b: Minimum): boolean => Math.abs(a.value - b.value) < 1e-9;
  return [...minima].sort((a, b) => {
    if (!same(a, b)) return a.value - b.value;
    for (let i = 0; i < objective.names.length; i++) {
      const scale = 1e-6 * (objective.upper[i]! - objective.lower[i]!);
      if (Math.abs(a.x[i]! - b.x[i]!) > scale) return b.x[i]! - a.x[i]!;
    }
    return 0;
  });
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
      names.map((name, i) => [name, covariance === null ? null : Math.sqrt(covariance[i]![i]!)]),
    ),
    covariance,
    components: componentSums(detail.components),
    status: one.status,
    direction: one.direction === undefined ? null : vectorOf(objective, one.direction),
  };
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

/** Deviations of the nuisances that act; a normalisation without prior has no sigma and is no pull. */
function pullsOf(analysis: PreparedAnalysis, detail: LikelihoodDetail): Record<string, number> {
  return Object.fromEntries(
    analysis.nuisances.filter((one) => one.sigma !== null).map((one) => [one.name, detail.deviations[one.name]!]),
  );
}

function vectorOf(objective: { readonly names: readonly string[] }, x: ArrayLike<number>): Record<string, number> {
  return Object.fromEntries(objective.names.map((name, i) => [name, x[i]!]));
}

function couplingsOf(parameters: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => readCouplingName(name) !== undefined));
}
