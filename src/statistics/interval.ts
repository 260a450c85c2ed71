/** Intervals of one parameter as unions of segments. */

import { goldenSectionAsking } from "../numerics/golden-section.ts";
import { brentAsking } from "../numerics/roots.ts";
import { deltaChi2 } from "./levels.ts";
import type { Minimum } from "./minima.ts";
import type { Objective } from "./objective.ts";
import { type ProfilePoint, type ProfileSearch, profileAtSteps, profileSteps } from "./profile.ts";
import { asPart, complete, type Steps } from "./steps.ts";

/** An end is null where the interval is not closed inside the parameter's range. */
export type Segment = readonly [low: number | null, high: number | null];

export interface Interval {
  readonly parameter: string;
  readonly cl: number;
  readonly deltaChi2: number;
  readonly dof: number;
  readonly segments: readonly Segment[];
}

/** Samples over the range before refinement, and how often their spacing is halved where a level may be crossed. */
const SAMPLES = 60;
const HALVINGS = 3;
/** How many times the bend expected between two samples has to leave a level alone before they are passed over. */
const SAFETY = 2;
/** Width to which the bottom of a dip is bracketed, relative to the distance of the samples around it. */
const DIP = 5e-9;

/**
 * Confidence intervals of one parameter from its profile: where chi^2 - chi^2_min <= the quantile with one degree of
 * freedom. Segments are found between samples of the profile, with every minimum and every dip between samples added
 * and more samples where a level may be crossed; ends are polished to 1e-12 of the range.
 * @param minima of the objective, best first: they give chi^2_min and starting points
 * @returns one interval per level
 */
export function intervalsOf(
  objective: Objective,
  index: number,
  minima: readonly Minimum[],
  cls: readonly number[],
): readonly Interval[] {
  return complete(intervalsOfSteps(objective, index, minima, cls));
}

/** `intervalsOf` in steps of one search. */
export function* intervalsOfSteps(
  objective: Objective,
  index: number,
  minima: readonly Minimum[],
  cls: readonly number[],
): Steps<readonly Interval[]> {
  const all = intervalSamples(objective, index, minima);
  const coarse = yield* asPart(profileSteps(objective, index, all, minima), (share) => COARSE * share);
  return yield* asPart(intervalsFrom(objective, index, coarse, minima, cls), (share) => COARSE + (1 - COARSE) * share);
}

/** Values of the parameter that a search for intervals begins with: over all its range, and at every minimum. */
export function intervalSamples(objective: Objective, index: number, minima: readonly Minimum[]): readonly number[] {
  const low = objective.lower[index]!;
  const high = objective.upper[index]!;
  const values = Array.from({ length: SAMPLES + 1 }, (_, k) => low + (k / SAMPLES) * (high - low));
  return [...new Set([...values, ...minima.map((one) => one.x[index]!)])].sort((a, b) => a - b);
}

/** Share of the work that the samples over the range take, about. */
const COARSE = 0.4;

/**
 * Intervals from a profile that is sampled already: samples are added where a level may be crossed and in every dip.
 * @param coarse the profile of that parameter at `intervalSamples`
 * @param search how the lowest chi^2 of a point is found
 */
export function* intervalsFrom(
  objective: Objective,
  index: number,
  coarse: readonly ProfilePoint[],
  minima: readonly Minimum[],
  cls: readonly number[],
  search: ProfileSearch = profileAtSteps,
): Steps<readonly Interval[]> {
  const levels = cls.map((cl) => deltaChi2(cl, 1));
  const lowest = Math.min(...minima.map((one) => one.value));
  const found = yield* segmentsFrom(
    objective,
    index,
    coarse,
    levels,
    (curve) => Math.min(lowest, lowestOf(curve)),
    search,
  );
  return cls.map((cl, k) => ({
    parameter: objective.names[index]!,
    cl,
    deltaChi2: levels[k]!,
    dof: 1,
    segments: found.segments[k]!,
  }));
}

/** Segments of each level, and the curve that they were found on. */
export interface SegmentSet {
  readonly segments: readonly (readonly Segment[])[];
  readonly curve: readonly ProfilePoint[];
}

/**
 * Segments at or below some levels, from a profile that is sampled already.
 * @param levels Delta chi^2
 * @param base from where Delta chi^2 counts, given the curve so far
 */
export function* segmentsFrom(
  objective: Objective,
  index: number,
  coarse: readonly ProfilePoint[],
  levels: readonly number[],
  base: (curve: readonly ProfilePoint[]) => number,
  search: ProfileSearch,
): Steps<SegmentSet> {
  const fine = yield* asPart(refined(objective, index, coarse, levels, base, search), (share) => 0.4 * share);
  const curve = yield* asPart(withDips(objective, index, fine, search), (share) => 0.4 + 0.2 * share);
  const best = base(curve);
  const segments: (readonly Segment[])[] = [];
  for (const level of levels) {
    const done = 0.6 + (0.4 * segments.length) / levels.length;
    segments.push(yield* asPart(segmentsBelow(objective, index, curve, best + level, search), () => done));
  }
  return { segments, curve };
}

/** Halve the spacing where a level lies between two samples, or near enough that the profile may bend across it. */
function* refined(
  objective: Objective,
  index: number,
  coarse: readonly ProfilePoint[],
  levels: readonly number[],
  base: (curve: readonly ProfilePoint[]) => number,
  search: ProfileSearch,
): Steps<readonly ProfilePoint[]> {
  let curve = coarse;
  for (let halving = 0; halving < HALVINGS; halving++) {
    const best = base(curve);
    const bends = curve.map((_, k) => bendAt(curve, k));
    const denser: ProfilePoint[] = [];
    for (const [k, point] of curve.entries()) {
      const next = curve[k + 1];
      denser.push(point);
      if (next === undefined) continue;
      const reach = (SAFETY * Math.max(bends[k]!, bends[k + 1]!) * (next.value - point.value) ** 2) / 8;
      const [low, high] = [Math.min(point.chi2, next.chi2) - reach, Math.max(point.chi2, next.chi2) + reach];
      if (!levels.some((level) => low <= best + level && best + level <= high)) continue;
      const value = (point.value + next.value) / 2;
      denser.push({ value, ...(yield* search(objective, new Map([[index, value]]), [point.x, next.x])) });
      yield halving / HALVINGS;
    }
    curve = denser;
  }
  return curve;
}

/** Lowest chi^2 of a curve; points without an answer do not count. */
export function lowestOf(curve: readonly ProfilePoint[]): number {
  return curve.reduce((lowest, { chi2 }) => (chi2 < lowest ? chi2 : lowest), Number.POSITIVE_INFINITY);
}

/** Second derivative of a profile at a sample, from its neighbours. */
function bendAt(curve: readonly ProfilePoint[], k: number): number {
  const [a, b, c] = [curve[k - 1], curve[k]!, curve[k + 1]];
  if (a === undefined || c === undefined) return 0;
  const slope = (from: ProfilePoint, to: ProfilePoint): number => (to.chi2 - from.chi2) / (to.value - from.value);
  return Math.abs((2 * (slope(b, c) - slope(a, b))) / (c.value - a.value));
}

/** Add the bottom of every dip that lies between samples: a narrow allowed segment must not be stepped over. */
function* withDips(
  objective: Objective,
  index: number,
  curve: readonly ProfilePoint[],
  search: ProfileSearch,
): Steps<readonly ProfilePoint[]> {
  const added: ProfilePoint[] = [];
  for (let k = 1; k + 1 < curve.length; k++) {
    const [a, b, c] = [curve[k - 1]!, curve[k]!, curve[k + 1]!];
    if (!(b.chi2 <= a.chi2 && b.chi2 <= c.chi2)) continue;
    const asking = goldenSectionAsking((point: ProfilePoint) => point.chi2, a.value, c.value, DIP);
    let asked = asking.next();
    while (asked.done !== true) {
      const value = asked.value;
      yield k / curve.length;
      asked = asking.next({ value, ...(yield* search(objective, new Map([[index, value]]), [b.x])) });
    }
    added.push(asked.value);
  }
  return [...curve, ...added].sort((a, b) => a.value - b.value);
}

function* segmentsBelow(
  objective: Objective,
  index: number,
  curve: readonly ProfilePoint[],
  threshold: number,
  search: ProfileSearch,
): Steps<readonly Segment[]> {
  /** null next to a place without an answer. */
  function* crossing(a: ProfilePoint, b: ProfilePoint): Steps<number | null> {
    const asking = brentAsking(a.value, b.value, 1e-12 * (objective.upper[index]! - objective.lower[index]!));
    let asked = asking.next();
    while (asked.done !== true) {
      const { value } = asked;
      // At the samples the profile is known, and may have been found lower than from these two places alone.
      const known = value === a.value ? a.chi2 : value === b.value ? b.chi2 : undefined;
      if (known === undefined) yield 0;
      const chi2 = known ?? (yield* search(objective, new Map([[index, value]]), [a.x, b.x])).chi2;
      asked = asking.next(chi2 - threshold);
    }
    return Number.isNaN(asked.value) ? null : asked.value;
  }
  const segments: Segment[] = [];
  let start: number | null | undefined;
  for (const [k, point] of curve.entries()) {
    const inside = point.chi2 <= threshold;
    const before = curve[k - 1];
    if (inside && start === undefined) start = before === undefined ? null : yield* crossing(before, point);
    if (!inside && start !== undefined) {
      segments.push([start, yield* crossing(before!, point)]);
      start = undefined;
    }
  }
  if (start !== undefined) segments.push([start, null]);
  return segments;
}
