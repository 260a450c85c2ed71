/** Minima: where chi^2 of some free parameters is lowest, as results name it. */

import { type NurecoilError, usageError } from "../errors.ts";
import { findMinimaSteps, type Minimum } from "../statistics/minima.ts";
import type { Steps } from "../statistics/steps.ts";
import { checkFinite } from "./finite.ts";
import type { PreparedAnalysis, PreparedObjective } from "./prepare.ts";
import { type Prepared, ready, smStart, vectorOf } from "./ready.ts";
import type { RegionResult } from "./results.ts";

/** A minimum by the names of its parameters. */
export type NamedMinimum = RegionResult["minima"][number];

/**
 * Every minimum of chi^2 in some free parameters, in steps of one search.
 * @param free names of parameters; all others stay as the spec has them
 * @returns best first, without searches that failed
 * @throws NurecoilError (usage) without a name, or when no search converged
 */
export function* minimaSteps(prepared: Prepared, free: readonly string[]): Steps<readonly NamedMinimum[]> {
  if (free.length === 0) throw usageError("no free parameter", "name the free parameters, e.g. --free xi_V");
  const analysis = ready(prepared);
  const objective = analysis.objective(free);
  const found = yield* findMinimaSteps(objective, [smStart(analysis, objective)]);
  const minima = found.filter((one) => one.status !== "failed");
  if (minima.length === 0) throw noMinimum(analysis, objective, `in (${free.join(", ")})`);
  return minima.map((one) => namedMinimum(objective, one));
}

/**
 * The error of a search that found nothing.
 * @param where e.g. `in the plane (xi_S, xi_V)`
 * @throws NurecoilError (usage) naming the parameter whose value or range is too large, where that is the reason
 */
export function noMinimum(analysis: PreparedAnalysis, objective: PreparedObjective, where: string): NurecoilError {
  checkOverflow(analysis, objective);
  return usageError(`no minimum found ${where}`);
}

/**
 * Refuse values and search ranges at which counts are no finite numbers.
 * @throws NurecoilError (usage) naming the parameter and the way out
 */
export function checkOverflow(analysis: PreparedAnalysis, objective: PreparedObjective): void {
  checkFinite(objective.likelihood.evaluate(smStart(analysis, objective)), analysis.spec.parameters);
  if (Number.isFinite(objective.likelihood.evaluate(objective.upper))) return;
  const ends = objective.names.map((name, i) => [name, objective.upper[i]!] as const);
  const [name, end] = ends.reduce((a, b) => (Math.abs(b[1]) > Math.abs(a[1]) ? b : a));
  throw usageError(
    `the expected counts at ${name} = ${end}, the end of its search range, are no finite numbers`,
    `narrow the range of ${name}, e.g. to [-5, 5]`,
  );
}

/** A minimum as results show it. */
export function namedMinimum(objective: PreparedObjective, one: Minimum): NamedMinimum {
  return { chi2: one.value, parameters: vectorOf(objective, one.x), status: one.status };
}

/** Minima by name as an objective knows them, best first; what a minimum does not name is taken from `otherwise`. */
export function minimaFor(
  objective: PreparedObjective,
  minima: readonly Pick<NamedMinimum, "parameters">[],
  otherwise: ArrayLike<number>,
): readonly Minimum[] {
  return minima
    .map(({ parameters }): Minimum => {
      const x = Float64Array.from(objective.names, (name, i) =>
        Math.min(Math.max(parameters[name] ?? otherwise[i]!, objective.lower[i]!), objective.upper[i]!),
      );
      return { x, value: objective.evaluate(x), status: "converged" };
    })
    .filter((one) => Number.isFinite(one.value))
    .sort((a, b) => a.value - b.value);
}
