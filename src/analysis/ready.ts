/** What every question of an analysis shares: the spec made ready, the head of a result, the standard model. */

import { sin2ThetaW } from "../constants.ts";
import { usageError } from "../errors.ts";
import { readCouplingName } from "../interactions/couplings.ts";
import { clOfSigma, deltaChi2 } from "../statistics/levels.ts";
import type { LikelihoodDetail } from "../statistics/likelihood.ts";
import { nominalValue } from "../statistics/model.ts";
import { version } from "../version.ts";
import { checkFinite } from "./finite.ts";
import {
  type ExperimentLibrary,
  type PreparedAnalysis,
  type PreparedObjective,
  type PrepareOptions,
  prepare,
} from "./prepare.ts";
import type { FitResult } from "./results.ts";
import type { AnalysisSpec } from "./spec.ts";

/** Called with the share of the work done. */
export type Progress = (share: number) => void;

/** An analysis made ready, or what it takes to make it so. */
export type Prepared = PreparedAnalysis | { readonly spec: AnalysisSpec; readonly library: ExperimentLibrary };

/** Integrate and check, unless that is done already. @throws NurecoilError as `prepare` */
export function ready(prepared: Prepared, options: PrepareOptions = {}): PreparedAnalysis {
  return "library" in prepared ? prepare(prepared.spec, prepared.library, undefined, options) : prepared;
}

/** Head of every result. */
export function envelope(analysis: PreparedAnalysis) {
  return { version, spec: analysis.spec, notes: [...analysis.notes] };
}

/** Confidence levels of a spec, each once: `cl`, or `sigma` turned into levels, or the defaults. */
export function levelsOf(spec: AnalysisSpec, defaults: readonly number[]): readonly number[] {
  if (spec.cl !== null && spec.sigma !== null) throw usageError("give levels as --cl or as --sigma, not both");
  const cls = [...new Set(spec.sigma === null ? (spec.cl ?? defaults) : spec.sigma.map(clOfSigma))];
  for (const cl of cls) deltaChi2(cl, 1);
  return cls;
}

/** chi^2 and pulls of the standard model, as `standardDetail` has it. @throws NurecoilError as that */
export function standardModel(analysis: PreparedAnalysis): FitResult["sm"] {
  const detail = standardDetail(analysis);
  return { chi2: detail.chi2, pulls: pullsOf(analysis, detail) };
}

/**
 * The standard model of an analysis, the same whatever is free, moved or set: every new coupling zero and sin^2 theta_W
 * the library's own; radii and nuisances where the spec sets them, else radii nominal, held normalisations 1 and all other
 * nuisances at their best values, those too that are free.
 * @throws NurecoilError (usage) where its chi^2 is no finite number
 */
export function standardDetail(analysis: PreparedAnalysis): LikelihoodDetail {
  const { parameters } = analysis.spec;
  const couplings = Object.keys(parameters).filter((name) => readCouplingName(name) !== undefined);
  const values = Object.fromEntries(couplings.map((name) => [name, standardValue(analysis, name)]));
  const detail = analysis.likelihood([], values).detail([]);
  checkFinite(detail.chi2, parameters);
  return detail;
}

/** Where a parameter is before data are looked at: nuisances nominal, couplings where the standard model has them. */
export function standardValue({ nuisances, radii }: PreparedAnalysis, name: string): number {
  const nuisance = nuisances.find((one) => one.name === name);
  if (nuisance !== undefined) return nominalValue(nuisance);
  return name === "sin2_theta_w" ? sin2ThetaW.value : (radii[name] ?? 0);
}

/** The standard model as a starting point: nominal nuisances, sin^2 theta_W at its default. */
export function smStart(analysis: PreparedAnalysis, objective: PreparedObjective): Float64Array {
  return Float64Array.from(objective.names, (name) => standardValue(analysis, name));
}

/** Nuisances in units of sigma, flat ones in their own unit; a normalisation without prior is no pull. */
export function pullsOf(analysis: PreparedAnalysis, detail: LikelihoodDetail): Record<string, number> {
  return Object.fromEntries(
    analysis.nuisances
      .filter((one) => one.sigma !== null || one.kind === "flat")
      .map((one) => [one.name, detail.deviations[one.name]!]),
  );
}

/** Units of the pulls that are no numbers of standard deviations. */
export function unitsOf(analysis: PreparedAnalysis): Record<string, string> {
  return Object.fromEntries(
    analysis.experiments.flatMap((one) =>
      one.nuisances.flatMap(({ fullName, unit }) => (unit === null ? [] : [[fullName, unit]])),
    ),
  );
}

/** A parameter vector by names. */
export function vectorOf(
  objective: { readonly names: readonly string[] },
  x: ArrayLike<number>,
): Record<string, number> {
  return Object.fromEntries(objective.names.map((name, i) => [name, x[i]!]));
}

/**
 * Degrees of freedom that free parameters and profiled nuisances cost: a nuisance with a constraint costs none, because
 * the constraint is a measurement as good as a cell.
 */
export function costing(analysis: PreparedAnalysis, free: readonly string[]): number {
  const couplings = free.filter((name) => !analysis.nuisances.some((one) => one.name === name));
  const unconstrained = analysis.nuisances.filter(
    ({ name, sigma }) =>
      sigma === null &&
      (free.includes(name) || !(Object.hasOwn(analysis.spec.parameters, name) || analysis.held.includes(name))),
  );
  return couplings.length + unconstrained.length;
}
