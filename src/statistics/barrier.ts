/** Whether two minima are one: the height of the pass between them. */

import { minimizeFrom } from "./minimize.ts";
import { holding, type Objective, scales } from "./objective.ts";
import { complete, type Steps } from "./steps.ts";

/** Points along the way, ends included. */
const IMAGES = 21;
/** Samples on each chord between neighbours. */
const SAMPLES = 4;
/** A chord higher than this is cut in two, its middle brought down into the valley: a curved valley is not a pass. */
const FINE = 1e-5;
const MAX_CUTS = 6;
/** How far a way may stray, in units of the distance: a round valley first, then a long one. */
const REACHES = [1, 12];
/** chi^2 per squared scale outside of the box. */
const FENCE = 1e4;

/**
 * Height of the lowest pass found between two points, above the higher of them.
 *
 * The way is walked in planes perpendicular to the straight line: in each the chi^2 is minimised from the neighbour's
 * place. Chords between neighbours are sampled and refined, so a jump from one valley to another counts with the ridge
 * it crosses; the result is an upper bound of the true pass.
 * @param limit a height above this need not be known: the way is left where it rises higher
 * @returns 0 for points in one valley; never negative
 */
export function barrierBetween(
  objective: Objective,
  from: ArrayLike<number>,
  to: ArrayLike<number>,
  limit = Number.POSITIVE_INFINITY,
): number {
  return complete(barrierSteps(objective, from, to, limit));
}

/** `barrierBetween` in steps of one search. */
export function* barrierSteps(
  objective: Objective,
  from: ArrayLike<number>,
  to: ArrayLike<number>,
  limit = Number.POSITIVE_INFINITY,
): Steps<number> {
  const [a, b] = [Float64Array.from(from), Float64Array.from(to)];
  const ends = Math.max(objective.evaluate(a), objective.evaluate(b));
  if (objective.names.length === 1) return chordHeight(objective, a, b, IMAGES * SAMPLES) - ends;
  let lowest = Number.POSITIVE_INFINITY;
  for (const reach of REACHES) {
    // Both directions: where a plane holds several valleys the walk may pick another one coming from the other side.
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      lowest = Math.min(lowest, yield* heightOf(objective, walk(objective, from, to, reach), ends, limit));
      if (lowest < FINE) return lowest;
    }
  }
  return lowest;
}

/** Highest chi^2 along a way, above `ends`; 0 where it stays below. */
function* heightOf(objective: Objective, way: Iterable<Float64Array>, ends: number, limit: number): Steps<number> {
  let highest = ends;
  let before: Float64Array | undefined;
  for (const place of way) {
    const value = objective.evaluate(place);
    if (value - ends > limit) return value - ends;
    if (before !== undefined)
      highest = Math.max(highest, yield* refinedHeight(objective, before, place, ends, MAX_CUTS));
    yield 0;
    if (highest - ends > limit) break;
    before = place;
  }
  return highest - ends;
}

function* refinedHeight(
  objective: Objective,
  a: Float64Array,
  b: Float64Array,
  ends: number,
  cuts: number,
): Steps<number> {
  const height = chordHeight(objective, a, b, SAMPLES);
  const corners = Math.max(objective.evaluate(a), objective.evaluate(b), ends);
  if (cuts === 0 || height - corners < FINE) return height;
  const middle = slide(objective, a, b, 0.5);
  yield 0;
  return Math.max(
    yield* refinedHeight(objective, a, middle, ends, cuts - 1),
    yield* refinedHeight(objective, middle, b, ends, cuts - 1),
  );
}

/**
 * Lowest place in the plane across the line from a to b, at a fraction of the way: how one moves along a valley.
 */
export function slide(objective: Objective, a: Float64Array, b: Float64Array, fraction: number): Float64Array {
  const turned = alongAndAcross(objective, a, b, 1);
  const plane = holding(turned.objective, new Map([[0, fraction]]));
  const found = minimizeFrom(plane, new Float64Array(objective.names.length - 1));
  return turned.place(Float64Array.of(fraction, ...found.x));
}

function chordHeight(objective: Objective, a: Float64Array, b: Float64Array, samples: number): number {
  // A pass outside of the search range joins nothing.
  if (isOutside(objective, a) || isOutside(objective, b)) return Number.POSITIVE_INFINITY;
  let highest = Math.max(objective.evaluate(a), objective.evaluate(b));
  for (let s = 1; s < samples; s++) {
    const f = s / samples;
    highest = Math.max(highest, objective.evaluate(a.map((x, i) => x * (1 - f) + b[i]! * f)));
  }
  return highest;
}

function* walk(
  objective: Objective,
  from: ArrayLike<number>,
  to: ArrayLike<number>,
  reach: number,
): Generator<Float64Array> {
  const turned = alongAndAcross(objective, from, to, reach);
  yield Float64Array.from(from);
  let across = new Float64Array(objective.names.length - 1);
  for (let k = 1; k < IMAGES - 1; k++) {
    const plane = holding(turned.objective, new Map([[0, k / (IMAGES - 1)]]));
    const found = minimizeFrom(plane, across);
    if (found.status === "failed") across = new Float64Array(across.length);
    else across = Float64Array.from(found.x);
    yield turned.place(Float64Array.of(k / (IMAGES - 1), ...across));
  }
  yield Float64Array.from(to);
}

function isOutside(objective: Objective, x: Float64Array): boolean {
  return x.some((xi, i) => {
    const slack = 1e-3 * (objective.upper[i]! - objective.lower[i]!);
    return xi < objective.lower[i]! - slack || xi > objective.upper[i]! + slack;
  });
}

/** Coordinates (fraction of the way, distances across it) in units of the parameters' scales. */
function alongAndAcross(objective: Objective, from: ArrayLike<number>, to: ArrayLike<number>, strays: number) {
  const n = objective.names.length;
  const scale = scales(objective);
  const direction = Float64Array.from({ length: n }, (_, i) => (to[i]! - from[i]!) / scale[i]!);
  const basis = orthogonalTo(direction);
  // The reach also sets the minimiser's steps: too wide and it jumps over the valley.
  const reach = strays * Math.hypot(...direction);
  const place = (u: ArrayLike<number>): Float64Array =>
    Float64Array.from({ length: n }, (_, i) => {
      let value = direction[i]! * u[0]!;
      for (let k = 0; k < n - 1; k++) value += basis[k]![i]! * u[k + 1]!;
      return from[i]! + scale[i]! * value;
    });
  const inner = new Float64Array(n);
  const turned: Objective = {
    names: ["along", ...basis.map((_, k) => `across${k}`)],
    lower: [0, ...basis.map(() => -reach)],
    upper: [1, ...basis.map(() => reach)],
    evaluate: (u, gradient) => {
      const x = place(u);
      if (gradient === undefined) return objective.evaluate(x) + fence(objective, x, scale);
      const value = objective.evaluate(x, inner) + fence(objective, x, scale, inner);
      for (let k = 0; k < n; k++) {
        const axis = k === 0 ? direction : basis[k - 1]!;
        gradient[k] = axis.reduce((sum, a, i) => sum + a * scale[i]! * inner[i]!, 0);
      }
      return value;
    },
  };
  const { curvature } = objective;
  if (curvature === undefined) return { objective: turned, place };
  const axes = [direction, ...basis];
  const H = new Float64Array(n * n);
  const turnedCurvature = (u: ArrayLike<number>, hessian: Float64Array): void => {
    const x = place(u);
    curvature(x, H);
    for (let i = 0; i < n; i++) {
      if (x[i]! < objective.lower[i]! || x[i]! > objective.upper[i]!) H[i * n + i]! += (2 * FENCE) / scale[i]! ** 2;
    }
    axes.forEach((a, k) => {
      axes.forEach((b, l) => {
        let sum = 0;
        for (let i = 0; i < n; i++)
          for (let j = 0; j < n; j++) sum += a[i]! * scale[i]! * H[i * n + j]! * scale[j]! * b[j]!;
        hessian[k * n + l] = sum;
      });
    });
  };
  return { objective: { ...turned, curvature: turnedCurvature }, place };
}

/** Penalty outside of the box, with its gradient added: a way leads back inside where it can. */
function fence(objective: Objective, x: Float64Array, scale: Float64Array, gradient?: Float64Array): number {
  let penalty = 0;
  for (let i = 0; i < x.length; i++) {
    const out = (Math.min(x[i]! - objective.lower[i]!, 0) + Math.max(x[i]! - objective.upper[i]!, 0)) / scale[i]!;
    penalty += FENCE * out * out;
    if (gradient !== undefined) gradient[i]! += (2 * FENCE * out) / scale[i]!;
  }
  return penalty;
}

/** Orthonormal vectors that span the complement of a direction: Gram-Schmidt, the least covered axis first. */
function orthogonalTo(direction: Float64Array): Float64Array[] {
  const n = direction.length;
  const norm = Math.hypot(...direction);
  const kept: Float64Array[] = [direction.map((d) => d / norm)];
  while (kept.length < n) {
    const candidates = Array.from({ length: n }, (_, axis) => {
      const candidate = Float64Array.from({ length: n }, (_, i) => (i === axis ? 1 : 0));
      for (const other of kept) for (let i = 0; i < n; i++) candidate[i]! -= other[axis]! * other[i]!;
      return candidate;
    });
    const sizes = candidates.map((candidate) => Math.hypot(...candidate));
    const largest = Math.max(...sizes);
    kept.push(candidates[sizes.indexOf(largest)]!.map((c) => c / largest));
  }
  return kept.slice(1);
}
