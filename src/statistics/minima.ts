/** All minima of a chi^2 inside its box. */

import { symmetricEigen } from "../numerics/linear-algebra.ts";
import { barrierBetween } from "./barrier.ts";
import { type LocalMinimum, type MinimumStatus, minimizeFrom } from "./minimize.ts";
import { holding, type Objective, scaledHessian, scales } from "./objective.ts";

/** Two minima are distinct when the pass between them is at least this high, in chi^2. */
export const BARRIER = 1e-3;
/** A minimum is flat when chi^2 stays within this along a curve through it. */
export const FLATNESS = 1e-6;

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
  const found = [...extraStarts, ...startingPoints(objective)].map((start) => minimizeFrom(objective, start));
  const good = found.filter((one) => one.status !== "failed");
  if (good.length === 0) return found.slice(0, 1).map(({ x, value }) => ({ x, value, status: "failed" }));
  // Equal up to rounding: the places asked for come first, so that an exact zero is not answered by 1e-8.
  const asked = new Set(found.slice(0, extraStarts.length));
  const rank = (one: LocalMinimum): number => one.value - (asked.has(one) ? 1e-11 : 0);
  const all = [...good, ...good.flatMap((one) => mirrors(objective, one))].sort((a, b) => rank(a) - rank(b));
  const scale = scales(objective);
  const seen: LocalMinimum[] = [];
  const distinct: LocalMinimum[] = [];
  for (const candidate of all) {
    // Most searches end in the same few places: only a new place needs the walk over the pass.
    if (seen.some((known) => samePlace(known, candidate, scale))) continue;
    seen.push(candidate);
    const joined = distinct.some((known) => barrierBetween(objective, known.x, candidate.x) < BARRIER);
    if (!joined) distinct.push(candidate);
  }
  return distinct.map((one) => withFlatness(objective, one));
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
  const count = n === 1 ? 8 : 24 * n;
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
 * A minimum that is not isolated: along its softest direction the chi^2, minimised across, stays within FLATNESS over a
 * step of 1 % of the range, to at least one side.
 */
function withFlatness(objective: Objective, one: LocalMinimum): Minimum {
  const scale = scales(objective);
  const { values, vectors } = symmetricEigen(scaledHessian(objective, one.x), one.x.length);
  // A curvature that lifts chi^2 by more than 1e-4 over a tenth of a scale is not flat: skip the walk.
  if (values[0]! * 0.005 > 1e-4) return one;
  const soft = vectors[0]!;
  for (const side of [1, -1]) {
    const ahead = acrossMinimum(
      objective,
      one.x,
      soft.map((v) => v * side * 0.1),
      scale,
    );
    if (ahead !== undefined && Math.abs(ahead - one.value) < FLATNESS) {
      return { ...one, status: "flat", direction: unit(soft.map((v, i) => v * scale[i]!)) };
    }
  }
  return one;
}

/** chi^2 minimised across the soft direction, one step along it. */
function acrossMinimum(
  objective: Objective,
  x: Float64Array,
  step: Float64Array,
  scale: Float64Array,
): number | undefined {
  const target = x.map((xi, i) => xi + step[i]! * scale[i]!);
  if (target.some((t, i) => t < objective.lower[i]! || t > objective.upper[i]!)) return undefined;
  if (x.length === 1) return objective.evaluate(target);
  // Hold the coordinate that moves most; let the others follow the valley.
  const lead = step.reduce((best, s, i) => (Math.abs(s) > Math.abs(step[best]!) ? i : best), 0);
  const across = holding(objective, new Map([[lead, target[lead]!]]));
  return minimizeFrom(
    across,
    target.filter((_, i) => i !== lead),
  ).value;
}

/** Unit vector whose first non-zero component is positive, so that a direction has one name. */
function unit(v: Float64Array): Float64Array {
  const first = v.find((x) => Math.abs(x) > 1e-12) ?? 1;
  const norm = Math.hypot(...v) * Math.sign(first);
  return v.map((x) => x / norm);
}
