/** Profile: Delta chi^2 along one free parameter, all others at their best, as it is drawn. */

import { suggestion, usageError } from "../errors.ts";
import { curveSteps } from "../statistics/curve.ts";
import type { ProfilePoint } from "../statistics/profile.ts";
import type { Steps } from "../statistics/steps.ts";
import { minimaFor, type NamedMinimum, namedMinimum, noMinimum } from "./minima.ts";
import { envelope, levelsOf, type Prepared, ready, smStart, vectorOf } from "./ready.ts";
import type { ProfileResult } from "./results.ts";

export interface ProfileOptions {
  /** Minima of the same parameters, as `minimaSteps` or an earlier result has them; a parameter left out is at its standard-model value. */
  readonly minima?: readonly Pick<NamedMinimum, "parameters">[] | undefined;
  /** Range of the parameter that is drawn; without one all segments of the highest level, with a margin. */
  readonly window?: readonly [number, number] | undefined;
  /** Number of values, default 161. */
  readonly samples?: number | undefined;
  /**
   * Called with the values so far and their chi^2 (null where no converged answer was found): first with every eighth
   * value, then with ever more of them.
   */
  readonly onPoints?: ((values: readonly number[], chi2: readonly (number | null)[]) => void) | undefined;
}

const SAMPLES = 161;

/**
 * chi^2 along one free parameter with all other free parameters of the spec minimised, and its intervals, in steps of one
 * search.
 * @param parameter one of `spec.free`
 * @throws NurecoilError (usage) for a parameter that is not free, a window that does not go upwards, or when no minimum
 *   is found
 */
export function* profileOfSteps(
  prepared: Prepared,
  parameter: string,
  { minima: known, window, samples = SAMPLES, onPoints }: ProfileOptions = {},
): Steps<ProfileResult> {
  const analysis = ready(prepared);
  const { free } = analysis.spec;
  if (!free.includes(parameter)) throw usageError(`"${parameter}" is not free`, suggestion(parameter, free));
  if (window !== undefined && !(window[0] < window[1]))
    throw usageError(`a window must go upwards, not from ${window[0]} to ${window[1]}`);
  if (!(Number.isInteger(samples) && samples >= 2)) throw usageError(`a profile has at least 2 values, not ${samples}`);
  const objective = analysis.objective(free);
  const start = smStart(analysis, objective);
  const cls = levelsOf(analysis.spec, [0.9, 0.99]);
  const { points, intervals, minima } = yield* curveSteps(objective, objective.names.indexOf(parameter), [start], cls, {
    minima: known === undefined ? undefined : minimaFor(objective, known, start),
    window,
    samples,
    onPoints:
      onPoints &&
      ((some) =>
        onPoints(
          some.map((one) => one.value),
          some.map(chi2Of),
        )),
  });
  if (minima.length === 0) throw noMinimum(analysis, objective, `along "${parameter}"`);
  const lowest = points.reduce<{ readonly chi2: number; readonly x: Float64Array }>(
    (best, one) => (one.converged && one.chi2 < best.chi2 ? one : best),
    { chi2: minima[0]!.value, x: minima[0]!.x },
  );
  return {
    format: "nurecoil/profile/1",
    ...envelope(analysis),
    parameter,
    values: points.map((one) => one.value),
    chi2: points.map(chi2Of),
    profiled: Object.fromEntries(
      objective.names.flatMap((name, i) =>
        name === parameter ? [] : [[name, points.map((one) => (one.converged ? one.x[i]! : null))]],
      ),
    ),
    minimum: { chi2: lowest.chi2, parameters: vectorOf(objective, lowest.x) },
    minima: minima.map((one) => namedMinimum(objective, one)),
    levels: intervals.map(({ cl, deltaChi2, dof, segments }) => ({
      cl,
      deltaChi2,
      dof,
      segments: segments.map(([low, high]): [number | null, number | null] => [low, high]),
    })),
  };
}

function chi2Of({ converged, chi2 }: ProfilePoint): number | null {
  return converged ? chi2 : null;
}
