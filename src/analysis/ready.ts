/** What every question of an analysis shares: the spec made ready, the head of a result, the standard model. */

import { sin2ThetaW } from "../constants.ts";
import { usageError } from "../errors.ts";
import { readCouplingName } from "../interactions/couplings.ts";
import { clOfSigma, deltaChi2 } from "../statistics/levels.ts";
import type { LikelihoodDetail } from "../statistics/likelihood.ts";
import { nominalValue } from "../statistics/model.ts";
import { version } from "../version.ts";
import { checkFinite } from "./finite.ts";
import { type ExperimentLibrary, type PreparedAnalysis, type PreparedObjective, prepare } from "./prepare.ts";
import type { FitResult } from "./results.ts";
import type { AnalysisSpec } from "./spec.ts";

/** Called with the share of the work done. */
export type Progress = (share: number) => void;

/** An analysis made ready, or what it takes to make it so. */
export type Prepared = PreparedAnalysis | { readonly spec: AnalysisSpec; readonly library: ExperimentLibrary };

/** Integrate and check, unless that is done already. @throws NurecoilError as `prepare` */
export function ready(prepared: Prepared): PreparedAnalysis {
  return "library" in prepared ? prepare(prepared.spec, prepared.library) : prepared;
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

/**
 * chi^2 of the standard model: every coupling zero, sin^2 theta_W and nuisances as the spec has them.
 * @throws NurecoilError (usage) where that is no finite number
 */
export function standardModel(analysis: PreparedAnalysis): FitResult["sm"] {
  const couplings = Object.keys(analysis.spec.parameters).filter((name) => isNewPhysics(name));
  const detail = analysis.likelihood([], Object.fromEntries(couplings.map((name) => [name, 0]))).detail([]);
  checkFinite(detail.chi2, analysis.spec.parameters);
  return { chi2: detail.chi2, pulls: pullsOf(analysis, detail) };
}

function isNewPhysics(name: string): boolean {
  const read = readCouplingName(name);
  return read !== undefined && read.coupling.level !== "standard-model";
}

/** The standard model as a starting point: nominal nuisances, sin^2 theta_W at its default. */
export function smStart(analysis: PreparedAnalysis, objective: PreparedObjective): Float64Array {
  return Float64Array.from(objective.names, (name) => {
    const nuisance = analysis.nuisances.find((one) => one.name === name);
    if (nuisance !== undefined) return nominalValue(nuisance);
    return name === "sin2_theta_w" ? sin2ThetaW.value : (analysis.radii[name] ?? 0);
  });
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
