/** Profile of a chi^2 over one parameter: all others at their best. */

import { type Minimum, startingPoints } from "./minima.ts";
import { minimizeFrom } from "./minimize.ts";
import { holding, type Objective } from "./objective.ts";
import { complete, type Steps } from "./steps.ts";

export interface ProfilePoint {
  readonly value: number;
  readonly chi2: number;
  /** Full parameter vector at the minimum of the others. */
  readonly x: Float64Array;
  readonly converged: boolean;
}

/**
 * chi^2 with some parameters held and the others minimised, from all the starting points given.
 * @param starts full parameter vectors
 */
export function profileAt(
  objective: Objective,
  held: ReadonlyMap<number, number>,
  starts: readonly ArrayLike<number>[],
): Omit<ProfilePoint, "value"> {
  const reduced = holding(objective, held);
  if (reduced.names.length === 0) {
    const x = reduced.expand([]);
    const chi2 = objective.evaluate(x);
    return { chi2, x, converged: Number.isFinite(chi2) };
  }
  const open = objective.names.map((_, i) => i).filter((i) => !held.has(i));
  let best: { chi2: number; x: Float64Array; converged: boolean } | undefined;
  for (const start of starts) {
    const found = minimizeFrom(
      reduced,
      open.map((i) => start[i]!),
    );
    if (found.status !== "failed" && (best === undefined || found.value < best.chi2)) {
      best = { chi2: found.value, x: reduced.expand(found.x), converged: true };
    }
  }
  if (best !== undefined) return best;
  const x = reduced.expand(open.map((i) => starts[0]?.[i] ?? 0));
  return { chi2: objective.evaluate(x), x, converged: false };
}

/**
 * Starting points for the other parameters: every minimum found, and a spread over their box so that a branch that is
 * no minimum of the whole is not missed.
 */
export function profileStarts(objective: Objective, minima: readonly Minimum[]): readonly Float64Array[] {
  const spread = objective.names.length === 1 ? [] : startingPoints(objective).slice(0, 1 + 8 * objective.names.length);
  return [...minima.map((one) => one.x), ...spread];
}

/** Every so many points a profile is searched from all starting points, in between from its neighbours' answers. */
const THOROUGH = 12;

/**
 * Profile along one parameter at the values given (increasing). Each point starts from both neighbours' answers, every
 * twelfth also from the minima and a spread over the box of the others: a new branch spreads from there both ways.
 */
export function profileAlong(
  objective: Objective,
  index: number,
  values: readonly number[],
  minima: readonly Minimum[],
  onProgress?: (share: number) => void,
): readonly ProfilePoint[] {
  return complete(profileSteps(objective, index, values, minima), onProgress);
}

/**
 * `profileAlong` in steps of a dozen points, over part of the values: nothing is carried over from those before it.
 * @param from first of the values that is computed
 * @param to one beyond the last
 */
export function* profileSteps(
  objective: Objective,
  index: number,
  values: readonly number[],
  minima: readonly Minimum[],
  from = 0,
  to: number = values.length,
): Steps<readonly ProfilePoint[]> {
  const thorough = profileStarts(objective, minima);
  const points: ProfilePoint[] = [];
  for (let k = from; k < to; k++) {
    const value = values[k]!;
    const before = points.at(-1);
    // A narrow branch may live between two neighbours only: where its minimum lies, it is tried.
    const near = minima.filter(
      (one) => one.x[index]! >= (values[k - 1] ?? value) && one.x[index]! <= (values[k + 1] ?? value),
    );
    const search = before === undefined || (k - from) % THOROUGH === 0 ? thorough : near.map((one) => one.x);
    const starts = [...(before === undefined ? [] : [before.x]), ...search];
    points.push({ value, ...profileAt(objective, new Map([[index, value]]), starts) });
    if ((k - from) % THOROUGH === 0) yield (k - from + 1) / (to - from);
  }
  if (objective.names.length === 1) return points;
  for (let k = points.length - 2; k >= 0; k--) {
    const again = profileAt(objective, new Map([[index, points[k]!.value]]), [points[k + 1]!.x]);
    if (again.converged && again.chi2 < points[k]!.chi2 - 1e-10) points[k] = { ...points[k]!, ...again };
    if (k % THOROUGH === 0) yield 1;
  }
  return points;
}
