/** All minima of a chi^2 inside its box. */

import { symmetricEigen } from "../numerics/linear-algebra.ts";
import { barrierSteps, slide } from "./barrier.ts";
import { type LocalMinimum, type MinimumStatus, minimizeFrom } from "./minimize.ts";
import { type Objective, scaledHessian, scales } from "./objective.ts";
import { asPart, complete, type Steps } from "./steps.ts";
import { distance, valleySteps } from "./valley.ts";

/** Two minima are distinct when the pass between them is at least this high, in chi^2. */
export const BARRIER = 1e-3;
/** A minimum is flat when chi^2 stays within this along a curve through it. */
export const FLATNESS = 1e-6;
/** Length of the way that has to be flat, in scales (a tenth of the range each), and the steps it is walked in. */
const FLAT_WAY = 0.1;
const FLAT_STEPS = 5;
/** A place this near (in scales) to the way along a valley lies in it: the way is traced in steps of up to 0.1. */
const VALLEY_REACH = 0.06;

export interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
  readonly status: MinimumStatus;
  /** Unit vector along which chi^2 does not change, when the status is `flat`. */
  readonly direction?: Float64Array;
}

/**
 * Every minimum: local searches from a spread of starting points, their mirror images under exact sign symmetries,
 * and one representative per valley.
 * @param extraStarts places to try besides (known minima, the standard model)
 * @returns best first; only `failed` entries when no search converged
 */
export function findMinima(objective: Objective, extraStarts: readonly ArrayLike<number>[] = []): readonly Minimum[] {
  return complete(findMinimaSteps(objective, extraStarts));
}

/** `findMinima` in steps of one search. */
export function* findMinimaSteps(
  objective: Objective,
  extraStarts: readonly ArrayLike<number>[] = [],
): Steps<readonly Minimum[]> {
  const found = yield* asPart(
    localMinima(objective, [...extraStarts, ...startingPoints(objective)]),
    (share) => SEARCHES * share,
  );
  const good = found.filter((one) => one.status !== "failed");
  if (good.length === 0) return found.slice(0, 1).map(({ x, value }) => ({ x, value, status: "failed" }));
  // Equal up to rounding: the places asked for come first, so that an exact zero is not answered by 1e-8.
  const asked = new Set(found.slice(0, extraStarts.length));
  const rank = (one: LocalMinimum): number => one.value - (asked.has(one) ? 1e-11 : 0);
  const all = [...good];
  // Searches that ended in one place share one answer.
  for (const one of new Set(good)) {
    all.push(...mirrors(objective, one));
    yield SEARCHES;
  }
  all.sort((a, b) => rank(a) - rank(b));
  const scale = scales(objective);
  const seen: LocalMinimum[] = [];
  const distinct: LocalMinimum[] = [];
  for (const candidate of all) {
    // Most searches end in the same few places: only a new place needs the walk over the pass.
    if (seen.some((known) => samePlace(known, candidate, scale))) continue;
    seen.push(candidate);
    let joined = false;
    for (const known of distinct) {
      const barrier = barrierSteps(objective, known.x, candidate.x, BARRIER);
      joined = (yield* asPart(barrier, () => SEARCHES)) < BARRIER;
      if (joined) break;
    }
    if (!joined) distinct.push(candidate);
  }
  const minima: Minimum[] = [];
  for (const one of inOrder(distinct, scale)) {
    minima.push(withFlatness(objective, one));
    yield SEARCHES;
  }
  return yield* asPart(joinedAlongValleys(objective, minima, scale), () => SEARCHES);
}

/** Share of the work that local searches take, about; how many passes there are to walk is not known before. */
const SEARCHES = 0.7;

/** The minimum that each search ends in; only new places are brought to full accuracy. */
function* localMinima(objective: Objective, starts: readonly ArrayLike<number>[]): Steps<readonly LocalMinimum[]> {
  const { descent } = objective;
  const scale = scales(objective);
  const known: { readonly rough: LocalMinimum; readonly fine: LocalMinimum }[] = [];
  const minimumFrom = (start: ArrayLike<number>): LocalMinimum => {
    const ended = descent?.(start, () => false);
    if (ended === undefined) return minimizeFrom(objective, start);
    const rough: LocalMinimum = { ...ended, status: "converged" };
    const earlier = known.find((one) => samePlace(one.rough, rough, scale));
    if (earlier !== undefined) return earlier.fine;
    const fine = minimizeFrom(objective, rough.x);
    known.push({ rough, fine });
    return fine;
  };
  const found: LocalMinimum[] = [];
  for (const start of starts) {
    found.push(minimumFrom(start));
    yield found.length / starts.length;
  }
  return found;
}

/** One representative of each flat valley: the walk over passes goes straight, a long bent valley has to be followed. */
function* joinedAlongValleys(
  objective: Objective,
  minima: readonly Minimum[],
  scale: Float64Array,
): Steps<readonly Minimum[]> {
  const kept: Minimum[] = [];
  const valleys: (readonly Float64Array[])[] = [];
  for (const one of minima) {
    const equal = (other: Minimum): boolean => Math.abs(other.value - one.value) < FLATNESS;
    const rivals = minima.filter((other) => other.status === "flat" && equal(other)).length;
    if (one.status !== "flat" || one.direction === undefined || rivals < 2) {
      kept.push(one);
      continue;
    }
    if (valleys.some((places) => places.some((place) => distance(place, one.x, scale) < VALLEY_REACH))) continue;
    kept.push(one);
    const direction = one.direction.map((d, i) => d / scale[i]!);
    valleys.push(yield* valleySteps(objective, one.x, direction, scale, FLATNESS));
  }
  return kept;
}

/** Best first; equal ones by falling first parameter, so that the order does not hang on the last digit. */
function inOrder(minima: readonly LocalMinimum[], scale: Float64Array): readonly LocalMinimum[] {
  return [...minima].sort((a, b) => {
    if (Math.abs(a.value - b.value) >= 1e-9) return a.value - b.value;
    const i = a.x.findIndex((xi, k) => Math.abs(xi - b.x[k]!) > 1e-5 * scale[k]!);
    return i < 0 ? 0 : b.x[i]! - a.x[i]!;
  });
}

/**
 * The centre, the ends and middles of each axis, and a low-discrepancy set (Halton) that fills the box: the same in
 * every run.
 */
export function startingPoints(objective: Objective): readonly Float64Array[] {
  const n = objective.names.length;
  const at = (fractions: readonly number[]): Float64Array =>
    Float64Array.from(fractions, (f, i) => objective.lower[i]! + f * (objective.upper[i]! - objective.lower[i]!));
  const points = [at(Array(n).fill(0.5))];
  for (let axis = 0; axis < n; axis++) {
    for (const f of [0.05, 0.3, 0.4, 0.47, 0.53, 0.6, 0.7, 0.95]) {
      points.push(at(Array.from({ length: n }, (_, i) => (i === axis ? f : 0.5))));
    }
  }
  const count = n === 1 ? 128 : 32 * n;
  for (let k = 1; k <= count; k++)
    points.push(at(Array.from({ length: n }, (_, i) => halton(k, PRIMES[i % PRIMES.length]!))));
  return points;
}

const PRIMES = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29];

/** Van der Corput sequence in base b: the k-th number of a Halton axis. */
function halton(k: number, b: number): number {
  let fraction = 1;
  let value = 0;
  for (let i = k; i > 0; i = Math.floor(i / b)) {
    fraction /= b;
    value += fraction * (i % b);
  }
  return value;
}

/** Images of a minimum under x_i -> -x_i, where they have exactly the same chi^2. */
function mirrors(objective: Objective, one: LocalMinimum): LocalMinimum[] {
  const n = one.x.length;
  const out: LocalMinimum[] = [];
  for (let mask = 1; mask < 2 ** Math.min(n, 6); mask++) {
    const x = one.x.map((xi, i) => ((mask >> i) & 1 ? -xi : xi));
    if (x.some((xi, i) => xi < objective.lower[i]! || xi > objective.upper[i]!)) continue;
    if (x.every((xi, i) => xi === one.x[i])) continue;
    const value = objective.evaluate(x);
    if (Math.abs(value - one.value) <= 1e-10 * (1 + Math.abs(one.value))) out.push({ x, value, status: one.status });
  }
  return out;
}

/** Two searches that ended in one place, as far as the accuracy of a search can tell. */
function samePlace(a: LocalMinimum, b: LocalMinimum, scale: Float64Array): boolean {
  const distance = Math.hypot(...a.x.map((xi, i) => (xi - b.x[i]!) / scale[i]!));
  return distance < 1e-4 && Math.abs(a.value - b.value) < 1e-7;
}

/**
 * A minimum that is not isolated: going along its softest direction, and on along the valley, the chi^2 stays within
 * FLATNESS over 1 % of the range, to at least one side.
 */
function withFlatness(objective: Objective, one: LocalMinimum): Minimum {
  const scale = scales(objective);
  const { values, vectors } = symmetricEigen(scaledHessian(objective, one.x), one.x.length);
  // A curvature that lifts chi^2 by more than 1e-4 over that way is not flat: no walk is needed.
  if (0.5 * values[0]! * FLAT_WAY ** 2 > 1e-4) return one;
  const soft = vectors[0]!;
  for (const side of [1, -1]) {
    const way = soft.map((v) => v * side);
    if (isFlatAlong(objective, one, way, scale)) {
      return { ...one, status: "flat", direction: unit(soft.map((v, i) => v * scale[i]!)) };
    }
  }
  return one;
}

/** Walk along the valley in short steps, each brought to the bottom across its direction. */
function isFlatAlong(objective: Objective, one: LocalMinimum, start: Float64Array, scale: Float64Array): boolean {
  const step = FLAT_WAY / FLAT_STEPS;
  let place = one.x;
  let way = start;
  for (let k = 0; k < FLAT_STEPS; k++) {
    const target = place.map((xi, i) => xi + step * way[i]! * scale[i]!);
    if (target.some((t, i) => t < objective.lower[i]! || t > objective.upper[i]!)) return false;
    const next = place.length === 1 ? target : slide(objective, place, target, 1);
    if (!(Math.abs(objective.evaluate(next) - one.value) < FLATNESS)) return false;
    const moved = next.map((x, i) => (x - place[i]!) / scale[i]!);
    const length = Math.hypot(...moved);
    way = moved.map((v) => v / length);
    place = next;
  }
  return true;
}

/** Unit vector whose first non-zero component is positive, so that a direction has one name. */
function unit(v: Float64Array): Float64Array {
  const first = v.find((x) => Math.abs(x) > 1e-12) ?? 1;
  const norm = Math.hypot(...v) * Math.sign(first);
  return v.map((x) => x / norm);
}
