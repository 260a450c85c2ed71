/** A profile to be drawn: its window, a coarse curve at once, then all of it. */

import { type Interval, intervalSamples, intervalsFrom, lowestOf } from "./interval.ts";
import { deltaChi2 } from "./levels.ts";
import type { Minimum } from "./minima.ts";
import { type Objective, scales } from "./objective.ts";
import type { Range } from "./plane-grid.ts";
import { descendAtSteps, type ProfilePoint, profileStarts, profileSteps } from "./profile.ts";
import { quickMinima } from "./quick-minima.ts";
import { asPart, type Steps } from "./steps.ts";
import { distance } from "./valley.ts";

/** Samples over the whole range from which the window is found. */
const ROUGH = 30;
/** Of these every so many are searched from all places. */
const SEARCHED = 15;
/** Every so many values make the first curve. */
const STRIDE = 8;
/** Of its points every so many are searched from all starting points. */
const THOROUGH = 2;
/** Empty part of a window to both sides, relative to what is allowed. */
const MARGIN = 0.15;
/** Neighbours whose other parameters lie further apart than this, in scales, may be on two branches. */
const JUMP = 0.05;
/** Times a border of the window is looked for in half of the interval. */
const HALVINGS = 3;

export interface Curve {
  readonly points: readonly ProfilePoint[];
  /** One per level. */
  readonly intervals: readonly Interval[];
  /** Those given, or those that searches from a spread of places end in; best first. */
  readonly minima: readonly Minimum[];
}

export interface CurveChoices {
  /** Minima that are known, best first. */
  readonly minima?: readonly Minimum[] | undefined;
  /** Range that is drawn; without one all segments of the highest level with a margin. */
  readonly window?: Range | undefined;
  readonly samples: number;
  /** Called with the points so far, by rising value, several times. */
  readonly onPoints?: ((points: readonly ProfilePoint[]) => void) | undefined;
}

/**
 * Profile along one parameter, and its intervals as `intervalsOf` has them, by descents of the objective.
 * @param starts places to search from: the standard model
 * @returns empty where no search converged
 */
export function* curveSteps(
  objective: Objective,
  index: number,
  starts: readonly ArrayLike<number>[],
  cls: readonly number[],
  { minima: given, window: asked, samples, onPoints }: CurveChoices,
): Steps<Curve> {
  const range: Range = [objective.lower[index]!, objective.upper[index]!];
  const places = given === undefined ? profileStarts(objective, starts.map(placeAt)) : given.map((one) => one.x);
  const rough = yield* asPart(roughCurve(objective, index, places), (share) => 0.1 * share);
  const passed = given ?? (yield* asPart(quickMinima(objective, [...starts, ...dipsOf(rough)]), () => 0.1));
  const highest = Math.max(...cls.map((cl) => deltaChi2(cl, 1)));
  if (passed.length === 0) return { points: [], intervals: [], minima: [] };
  const best = Math.min(passed[0]!.value, lowestOf(rough));
  let window = asked;
  if (window === undefined) {
    const guess = allowedRange(objective, index, rough, passed, best + highest);
    window = withMargin(yield* asPart(guess, () => 0.1), range);
  }
  const told = (points: readonly (ProfilePoint | undefined)[]): void =>
    onPoints?.(points.filter((one) => one !== undefined));
  const first = yield* asPart(coarseCurve(objective, index, window, samples, rough), (share) => 0.1 + 0.1 * share);
  told(first);

  const everywhere = [...passed.map((one) => one.x), ...places];
  const minima = given ?? (yield* asPart(quickMinima(objective, everywhere), () => 0.2));
  const values = intervalSamples(objective, index, minima);
  const spaced = profileSteps(objective, index, values, minima, 0, values.length, descendAtSteps);
  const coarse = yield* asPart(spaced, (share) => 0.2 + 0.2 * share);
  const ranging = intervalsFrom(objective, index, coarse, minima, cls, descendAtSteps);
  const intervals = yield* asPart(ranging, (share) => 0.4 + 0.2 * share);
  let points = first;
  const shown = asked === undefined ? outermost(intervals, range) : window;
  if (shown[0] < window[0] || shown[1] > window[1]) {
    window = withMargin(shown, range);
    points = yield* asPart(coarseCurve(objective, index, window, samples, coarse), () => 0.6);
  }
  yield* asPart(fineCurve(objective, index, points, minima, window, told), (share) => 0.6 + 0.4 * share);
  return { points: points as readonly ProfilePoint[], intervals, minima };
}

function placeAt(x: ArrayLike<number>): Minimum {
  return { x: Float64Array.from(x), value: Number.NaN, status: "converged" };
}

/** Values over a range, ends included. */
function evenly([low, high]: Range, n: number): readonly number[] {
  return Array.from({ length: n }, (_, k) => (k === n - 1 ? high : low + (k / (n - 1)) * (high - low)));
}

/** Profile over the whole range: from all places at some values, in between from neighbours, both ways. */
function* roughCurve(
  objective: Objective,
  index: number,
  places: readonly ArrayLike<number>[],
): Steps<readonly ProfilePoint[]> {
  const values = evenly([objective.lower[index]!, objective.upper[index]!], ROUGH + 1);
  const points: ProfilePoint[] = [];
  for (const [k, value] of values.entries()) {
    const before = points.at(-1);
    const from = before === undefined ? places : k % SEARCHED === 0 ? [before.x, ...places] : [before.x];
    yield k / values.length;
    points.push({ value, ...(yield* descendAtSteps(objective, new Map([[index, value]]), from, 0)) });
  }
  yield* settleBranches(objective, index, points);
  return points;
}

/** Places of a curve that are no higher than their neighbours. */
function dipsOf(curve: readonly ProfilePoint[]): readonly Float64Array[] {
  const lower = (k: number, other: number): boolean =>
    !(curve[other] !== undefined && curve[other].chi2 < curve[k]!.chi2);
  return curve.filter((_, k) => lower(k, k - 1) && lower(k, k + 1)).map((one) => one.x);
}

/** From the lowest to the highest value where a rough profile stays below a threshold, ends found by halving. */
function* allowedRange(
  objective: Objective,
  index: number,
  rough: readonly ProfilePoint[],
  minima: readonly Minimum[],
  threshold: number,
): Steps<Range> {
  const known = [...rough, ...minima.map((one) => ({ value: one.x[index]!, chi2: one.value, x: one.x }))].sort(
    (a, b) => a.value - b.value,
  );
  const first = known.findIndex((one) => one.chi2 <= threshold);
  const last = known.findLastIndex((one) => one.chi2 <= threshold);
  function* border(inside: number, outside: number): Steps<number> {
    let a: Omit<ProfilePoint, "converged"> = known[inside]!;
    if (known[outside] === undefined) return a.value;
    let b: Omit<ProfilePoint, "converged"> = known[outside];
    for (let k = 0; k < HALVINGS; k++) {
      const value: number = (a.value + b.value) / 2;
      const found: ProfilePoint = {
        value,
        ...(yield* descendAtSteps(objective, new Map([[index, value]]), [a.x, b.x], 0)),
      };
      yield 0;
      if (found.chi2 <= threshold) a = found;
      else b = found;
    }
    // The side that is not allowed: nothing of a segment is cut.
    return b.value;
  }
  return [yield* border(first, first - 1), yield* border(last, last + 1)];
}

function withMargin([low, high]: Range, limits: Range): Range {
  const margin = MARGIN * (high - low);
  return [Math.max(low - margin, limits[0]), Math.min(high + margin, limits[1])];
}

/** Lowest and highest end of all segments; an end that is not closed is the end of the range. */
function outermost(intervals: readonly Interval[], range: Range): Range {
  const segments = intervals.flatMap((one) => one.segments);
  return [
    Math.min(...segments.map(([low]) => low ?? range[0])),
    Math.max(...segments.map(([, high]) => high ?? range[1])),
  ];
}

/** Every eighth value of a window, from the answers of a rough profile; the others are left open. */
function* coarseCurve(
  objective: Objective,
  index: number,
  window: Range,
  samples: number,
  rough: readonly ProfilePoint[],
): Steps<(ProfilePoint | undefined)[]> {
  const values = evenly(window, samples);
  const points = new Array<ProfilePoint | undefined>(samples).fill(undefined);
  let before: ProfilePoint | undefined;
  for (const [k, value] of values.entries()) {
    if (k % STRIDE !== 0 && k !== samples - 1) continue;
    const after = rough.findIndex((one) => one.value >= value);
    const near = [before, rough[after - 1], rough[after === -1 ? rough.length - 1 : after]];
    const places = near.filter((one) => one !== undefined).map((one) => one.x);
    yield k / samples;
    before = { value, ...(yield* descendAtSteps(objective, new Map([[index, value]]), places, 0)) };
    points[k] = before;
  }
  return points;
}

/** Fill in the values left open, halving their distance, and bring every point to the lowest branch of its neighbours. */
function* fineCurve(
  objective: Objective,
  index: number,
  points: (ProfilePoint | undefined)[],
  minima: readonly Minimum[],
  window: Range,
  tell: (points: readonly (ProfilePoint | undefined)[]) => void,
): Steps<void> {
  const values = evenly(window, points.length);
  const thorough = profileStarts(objective, minima);
  const at = (value: number, places: readonly ArrayLike<number>[]) =>
    descendAtSteps(objective, new Map([[index, value]]), places);
  for (const [k, value] of values.entries()) {
    const coarse = points[k];
    if (coarse === undefined) continue;
    const places = k % (STRIDE * THOROUGH) === 0 ? [coarse.x, ...thorough] : [coarse.x];
    points[k] = { value, ...(yield* asPart(at(value, places), () => 0.3 * (k / values.length))) };
    yield 0.3 * (k / values.length);
  }
  yield* asPart(settleBranches(objective, index, points), () => 0.3);
  for (let stride = STRIDE / 2; stride >= 1; stride /= 2) {
    for (const [k, value] of values.entries()) {
      if (k % stride !== 0 || points[k] !== undefined) continue;
      const left = points.findLast((one, i) => i < k && one !== undefined)!;
      const right = points.find((one, i) => i > k && one !== undefined)!;
      // A narrow branch may live between two neighbours only: where its minimum lies, it is tried.
      const between = minima.filter((one) => one.x[index]! >= left.value && one.x[index]! <= right.value);
      yield 0.3 + 0.7 * (k / values.length / stride);
      points[k] = { value, ...(yield* at(value, [left.x, right.x, ...between.map((one) => one.x)])) };
    }
    yield* asPart(settleBranches(objective, index, points), () => 1);
    tell(points);
  }
}

/** Where neighbours lie on different branches, each is tried from the other's, both ways along the curve. */
function* settleBranches(objective: Objective, index: number, points: (ProfilePoint | undefined)[]): Steps<void> {
  const scale = scales(objective);
  const known = [...points.keys()].filter((k) => points[k] !== undefined);
  for (const order of [known, known.toReversed()]) {
    for (let i = 1; i < order.length; i++) {
      const [before, own] = [points[order[i - 1]!]!, points[order[i]!]!];
      if (distance(before.x, own.x, scale) < JUMP + Math.abs(before.value - own.value) / scale[index]!) continue;
      yield 0;
      const found = yield* descendAtSteps(objective, new Map([[index, own.value]]), [before.x]);
      if (found.converged && found.chi2 < own.chi2 - 1e-10) points[order[i]!] = { value: own.value, ...found };
    }
  }
}
