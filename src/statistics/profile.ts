/** Profile of a chi^2 over one parameter: all others at their best. */

import { type Minimum, startingPoints } from "./minima.ts";
import { minimizeFrom } from "./minimize.ts";
import { holding, type Objective } from "./objective.ts";
import { asPart, complete, type Steps } from "./steps.ts";

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
  return complete(profileAtSteps(objective, held, starts));
}

/** `profileAt` in steps of one search. */
export function* profileAtSteps(
  objective: Objective,
  held: ReadonlyMap<number, number>,
  starts: readonly ArrayLike<number>[],
): Steps<Omit<ProfilePoint, "value">> {
  const reduced = holding(objective, held);
  if (reduced.names.length === 0) {
    const x = reduced.expand([]);
    const chi2 = objective.evaluate(x);
    return { chi2, x, converged: Number.isFinite(chi2) };
  }
  const open = objective.names.map((_, i) => i).filter((i) => !held.has(i));
  let best: { chi2: number; x: Float64Array; converged: boolean } | undefined;
  for (const [k, start] of starts.entries()) {
    if (k > 0) yield k / starts.length;
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

/** How the lowest chi^2 with some parameters held is searched for: `profileAtSteps`, or a quicker way. */
export type ProfileSearch = typeof profileAtSteps;

/**
 * `profileAtSteps` by the objective's own descent, where it has one: as low within 1e-10, at a fraction of the cost.
 * @param repeats how often a descent is repeated at most; without repetition a bottom that is flat to second order is
 *   missed by some 1e-8
 */
export function* descendAtSteps(
  objective: Objective,
  held: ReadonlyMap<number, number>,
  starts: readonly ArrayLike<number>[],
  repeats: number = REPEATS,
): Steps<Omit<ProfilePoint, "value">> {
  const { descent } = objective;
  if (descent === undefined || held.size === objective.names.length)
    return yield* profileAtSteps(objective, held, starts);
  const isHeld = (i: number): boolean => held.has(i);
  let best: ReturnType<typeof descent>;
  for (const [k, start] of starts.entries()) {
    if (k > 0) yield k / starts.length;
    const place = Float64Array.from(start);
    for (const [i, value] of held) place[i] = value;
    const found = descent(place, isHeld);
    if (found !== undefined && !(best !== undefined && found.value >= best.value)) best = found;
  }
  for (let again = 0; best !== undefined && again < repeats; again++) {
    const next: ReturnType<typeof descent> = descent(best.x, isHeld);
    const fall = next === undefined ? 0 : best.value - next.value;
    if (next !== undefined && fall > 0) best = next;
    if (!(fall > SETTLED)) break;
    yield 1;
  }
  if (best === undefined) return yield* profileAtSteps(objective, held, starts);
  return { chi2: best.value, x: best.x, converged: true };
}

/** A descent is repeated so often, until chi^2 falls by less than this. */
const REPEATS = 60;
const SETTLED = 1e-12;

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
 * `profileAlong` in steps of one search, over part of the values: nothing is carried over from those before it.
 * @param from first of the values that is computed
 * @param to one beyond the last
 * @param search how the lowest chi^2 of a point is found
 */
export function* profileSteps(
  objective: Objective,
  index: number,
  values: readonly number[],
  minima: readonly Minimum[],
  from = 0,
  to: number = values.length,
  search: ProfileSearch = profileAtSteps,
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
    const places = before === undefined || (k - from) % THOROUGH === 0 ? thorough : near.map((one) => one.x);
    const starts = [...(before === undefined ? [] : [before.x]), ...places];
    const share = (k - from + 1) / (to - from);
    points.push({
      value,
      ...(yield* asPart(search(objective, new Map([[index, value]]), starts), () => share)),
    });
    yield share;
  }
  if (objective.names.length === 1) return points;
  for (let k = points.length - 2; k >= 0; k--) {
    const again = yield* asPart(search(objective, new Map([[index, points[k]!.value]]), [points[k + 1]!.x]), () => 1);
    if (again.converged && again.chi2 < points[k]!.chi2 - 1e-10) points[k] = { ...points[k]!, ...again };
    yield 1;
  }
  return points;
}
