/** Local minimisation in a box. */

import { symmetricEigen } from "../numerics/linear-algebra.ts";
import { type Objective, scaledHessian, scales } from "./objective.ts";

export type MinimumStatus = "converged" | "at-bound" | "flat" | "failed";

export interface LocalMinimum {
  readonly x: Float64Array;
  readonly value: number;
  /** `converged`, `at-bound` (a parameter ends on its range) or `failed`; `flat` is decided among all minima. */
  readonly status: MinimumStatus;
}

const MAX_STEPS = 200;
/** A step whose predicted gain is below this changes no digit that matters: chi^2 is of order 1 to 1000. */
const GAIN = 1e-13;

/**
 * Nearest local minimum: Newton's method in a trust region, with the curvature taken positive (|eigenvalue|) so that
 * it leaves saddles, and with bounds by an active set. At a stationary point with negative curvature (a maximum, a
 * saddle) it goes down along the most negative direction.
 * @param start is moved into the box
 * @returns status `failed` when the value is not finite or no minimum is reached in 200 steps
 */
export function minimizeFrom(objective: Objective, start: ArrayLike<number>): LocalMinimum {
  const n = objective.names.length;
  const scale = scales(objective);
  let x = clamp(objective, Float64Array.from(start));
  let gradient = new Float64Array(n);
  let value = objective.evaluate(x, gradient);
  let radius = 1;
  for (let step = 0; step < MAX_STEPS; step++) {
    if (!Number.isFinite(value)) return { x, value, status: "failed" };
    const open = openDirections(objective, x, gradient);
    if (open.length === 0) return { x, value, status: "at-bound" };
    const { move, gain, leaves } = newtonStep(objective, x, gradient, scale, open, radius);
    const trial = clamp(
      objective,
      x.map((xi, i) => xi + move[i]! * scale[i]!),
    );
    const trialGradient = new Float64Array(n);
    const trialValue = objective.evaluate(trial, trialGradient);
    const gained = value - trialValue;
    if (gain < GAIN && !leaves) {
      // The last step is free: it brings the place to the accuracy of the gradient.
      const last = gained >= 0 ? trial : x;
      return {
        x: last,
        value: Math.min(value, trialValue),
        status: isAtBound(objective, last) ? "at-bound" : "converged",
      };
    }
    if (gained > 0 || (gained === 0 && gain < 1e-10)) {
      x = trial;
      gradient = trialGradient;
      value = trialValue;
      if (gained === 0) return { x, value, status: isAtBound(objective, x) ? "at-bound" : "converged" };
    }
    if (gained > 0.5 * gain) radius = Math.min(2 * radius, 10);
    else if (!(gained > 0.1 * gain)) radius = Math.min(radius, length(move)) / 4;
    if (radius < 1e-12) return { x, value, status: gain < 1e-8 ? "converged" : "failed" };
  }
  return { x, value, status: "failed" };
}

/** Parameters that may move: not on a bound, or pushed off it by the gradient. */
function openDirections(objective: Objective, x: Float64Array, gradient: Float64Array): number[] {
  const open: number[] = [];
  for (let i = 0; i < x.length; i++) {
    const stuckLow = x[i]! <= objective.lower[i]! && gradient[i]! >= 0;
    const stuckHigh = x[i]! >= objective.upper[i]! && gradient[i]! <= 0;
    if (!(stuckLow || stuckHigh)) open.push(i);
  }
  return open;
}

interface Step {
  /** In units of the scales. */
  readonly move: Float64Array;
  readonly gain: number;
  /** Leaves a stationary point that is no minimum. */
  readonly leaves: boolean;
}

function newtonStep(
  objective: Objective,
  x: Float64Array,
  gradient: Float64Array,
  scale: Float64Array,
  open: readonly number[],
  radius: number,
): Step {
  const n = x.length;
  const H = scaledHessian(objective, x);
  const m = open.length;
  const reduced = new Float64Array(m * m);
  for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) reduced[i * m + j] = H[open[i]! * n + open[j]!]!;
  const { values, vectors } = symmetricEigen(reduced, m);
  const largest = Math.max(...values.map(Math.abs), 1e-300);
  const move = new Float64Array(n);
  let gain = 0;
  for (let k = 0; k < m; k++) {
    const slope = vectors[k]!.reduce((sum, v, i) => sum + v * gradient[open[i]!]! * scale[open[i]!]!, 0);
    // Without curvature a step would be endless; a million radii are enough to be cut to one.
    const curvature = Math.max(Math.abs(values[k]!), 1e-10 * largest, Math.abs(slope) / (1e6 * radius));
    const along = -slope / curvature;
    gain += (0.5 * (slope * slope)) / curvature;
    for (let i = 0; i < m; i++) move[open[i]!]! += along * vectors[k]![i]!;
  }
  // Curvature below -1e-7 of the largest is real, not noise of the differences.
  const leaves = gain < GAIN && values[0]! < -1e-7 * largest && values[0]! < -1e-9;
  if (leaves) for (let i = 0; i < m; i++) move[open[i]!]! = radius * 0.1 * vectors[0]![i]!;
  const size = length(move);
  if (size > radius) {
    for (let i = 0; i < n; i++) move[i]! *= radius / size;
    gain *= radius / size;
  }
  if (leaves) gain = 0.5 * -values[0]! * (radius * 0.1) ** 2;
  return { move, gain, leaves };
}

function isAtBound(objective: Objective, x: Float64Array): boolean {
  return x.some((xi, i) => xi <= objective.lower[i]! || xi >= objective.upper[i]!);
}

function clamp(objective: Objective, x: Float64Array): Float64Array {
  return x.map((xi, i) => Math.min(Math.max(xi, objective.lower[i]!), objective.upper[i]!));
}

function length(v: Float64Array): number {
  return Math.hypot(...v);
}
