/**
 * Newton's method in a box, with exact derivatives: where the curvature is not positive, |eigenvalues| take its place, and
 * steps are halved until chi^2 falls. Minima on an edge, where a row is cut at zero, are in edge.ts.
 */

import { derive } from "./derivatives.ts";
import { evaluateAt, searchEdge } from "./edge.ts";
import { diagonalise } from "./eigen.ts";
import type { f64, Ints, i32, Reals } from "./lanes.ts";
import * as at from "./layout.ts";
import { factorise, fillMove, fillMoving, remember } from "./newton-step.ts";

const MAX_STEPS: i32 = 200;
const MAX_HALVINGS: i32 = 40;
/**
 * A Newton step that was to gain less, and did, leaves about the square of this (in chi^2) to be gained: no further one
 * is needed.
 */
const SURE: f64 = 1e-7;
/** First step of one unknown on its own, in its unit. */
const ALONE: f64 = 0.5;
/** A saddle is left by this, in units of the scale over which chi^2 changes by 1/2. */
const NUDGE: f64 = 0.1;

/** Eigenvectors of the Hessian of the moving unknowns, each unknown in a scale that makes its own curvature 1. */
function decompose(m: Reals, p: Ints, n: i32): void {
  const size: i32 = p[at.UNKNOWNS]!;
  const A: i32 = p[at.M_FACTOR]!;
  const list: i32 = p[at.P_MOVING]!;
  const scale: i32 = p[at.M_SCALE]!;
  let largest: f64 = 0;
  for (let i: i32 = 0; i < n; i++) {
    const row: i32 = p[at.M_HESSIAN]! + p[list + i]! * size;
    for (let j: i32 = 0; j < n; j++) largest = Math.max(largest, Math.abs(m[row + p[list + j]!]!));
  }
  for (let i: i32 = 0; i < n; i++) {
    const k: i32 = p[list + i]!;
    const own: f64 = Math.abs(m[p[at.M_HESSIAN]! + k * size + k]!);
    // Without curvature of its own an unknown is measured by what it does to others.
    m[scale + i] = 1 / Math.sqrt(Math.max(own, 1e-4 * largest + 1e-100));
  }
  for (let i: i32 = 0; i < n; i++) {
    const row: i32 = p[at.M_HESSIAN]! + p[list + i]! * size;
    for (let j: i32 = 0; j < n; j++) m[A + i * n + j] = m[row + p[list + j]!]! * m[scale + i]! * m[scale + j]!;
  }
  diagonalise(m, A, p[at.M_VECTORS]!, n);
}

/** Step along eigenvectors with |eigenvalue| as curvature; returns the fall of chi^2 that it promises. */
function fillMoveAlong(m: Reals, p: Ints, n: i32): f64 {
  const A: i32 = p[at.M_FACTOR]!;
  const V: i32 = p[at.M_VECTORS]!;
  const list: i32 = p[at.P_MOVING]!;
  const scale: i32 = p[at.M_SCALE]!;
  const move: i32 = p[at.M_MOVE]!;
  let largest: f64 = 1e-300;
  for (let e: i32 = 0; e < n; e++) largest = Math.max(largest, Math.abs(m[A + e * n + e]!));
  for (let i: i32 = 0; i < n; i++) m[move + i] = 0;
  let gain: f64 = 0;
  for (let e: i32 = 0; e < n; e++) {
    let along: f64 = 0;
    for (let i: i32 = 0; i < n; i++) {
      along -= m[V + e * n + i]! * m[scale + i]! * m[p[at.M_GRADIENT]! + p[list + i]!]!;
    }
    const curvature: f64 = Math.max(Math.abs(m[A + e * n + e]!), 1e-12 * largest);
    gain += (0.5 * along * along) / curvature;
    for (let i: i32 = 0; i < n; i++) m[move + i]! += m[scale + i]! * m[V + e * n + i]! * (along / curvature);
  }
  return gain;
}

/** Step of NUDGE along the lowest eigenvector; false where no eigenvalue is clearly negative. */
function fillMoveDown(m: Reals, p: Ints, n: i32): boolean {
  const A: i32 = p[at.M_FACTOR]!;
  let lowest: i32 = 0;
  for (let e: i32 = 1; e < n; e++) if (m[A + e * n + e]! < m[A + lowest * n + lowest]!) lowest = e;
  if (!(m[A + lowest * n + lowest]! < -1e-7)) return false;
  for (let i: i32 = 0; i < n; i++) {
    m[p[at.M_MOVE]! + i] = NUDGE * m[p[at.M_SCALE]! + i]! * m[p[at.M_VECTORS]! + lowest * n + i]!;
  }
  return true;
}

/** Halve the step until chi^2 falls; back where it was when it never does. Returns chi^2, with the length at EDGE_STEP. */
function descend(m: Reals, p: Ints, n: i32, value: f64, halvings: i32): f64 {
  remember(m, p);
  let length: f64 = 1;
  for (let k: i32 = 0; k <= halvings; k++) {
    const next: f64 = evaluateAt(m, p, n, length);
    if (next <= value) {
      m[p[at.M_EDGE]! + at.EDGE_STEP] = length;
      return next;
    }
    length *= 0.5;
  }
  m[p[at.M_EDGE]! + at.EDGE_STEP] = 0;
  return evaluateAt(m, p, n, 0);
}

/** Where rows are cut at zero chi^2 has edges that no Newton step crosses: try every unknown on its own. */
function stepAlone(m: Reals, p: Ints, n: i32, value: f64): f64 {
  let lowest: f64 = value;
  for (let i: i32 = 0; i < n; i++) {
    for (let side: i32 = 0; side < 2; side++) {
      for (let k: i32 = 0; k < n; k++) m[p[at.M_MOVE]! + k] = 0;
      m[p[at.M_MOVE]! + i] = side === 0 ? ALONE : -ALONE;
      lowest = descend(m, p, n, lowest, 10);
    }
  }
  return lowest;
}

/**
 * Local minimum over the free unknowns from where they were last evaluated, with chi^2 as given. Leaves the unknowns, the counts and the derivatives of the
 * cells there, and how it ended at STATUS.
 * @returns chi^2
 */
export function search(m: Reals, p: Ints, start: f64): f64 {
  p[at.STATUS] = at.CONVERGED;
  let value: f64 = start;
  for (let step: i32 = 0; step < MAX_STEPS; step++) {
    if (!(value - value === 0)) {
      p[at.STATUS] = at.NOT_FINITE;
      return value;
    }
    const n: i32 = fillMoving(m, p, derive(m, p, 2));
    if (n === 0) return value;
    const positive: boolean = factorise(m, p, n);
    let gain: f64;
    if (positive) gain = fillMove(m, p, n);
    else {
      decompose(m, p, n);
      gain = fillMoveAlong(m, p, n);
      // The gradient vanishes though chi^2 bends down: a saddle, to be left.
      if (gain < 1e-12 && !fillMoveDown(m, p, n)) return value;
    }
    if (positive && gain < 1e-12) return value;
    const next: f64 = descend(m, p, n, value, MAX_HALVINGS);
    const gained: f64 = value - next;
    value = next;
    // A step that had to be halved may have met an edge where a row is cut: the lowest place can be on it.
    if (m[p[at.M_EDGE]! + at.EDGE_STEP]! < 1) {
      const onEdge: f64 = searchEdge(m, p, n, value);
      if (onEdge <= value) {
        p[at.STATUS] = at.AT_EDGE;
        return onEdge;
      }
    }
    if (gained < 1e-13 * (1 + Math.abs(value))) {
      // Much was to be gained and little was: an edge lies across the way.
      if (gain < 1e-9) return value;
      // The search of an edge lists what may move there: here it is what may move now.
      const alone: f64 = stepAlone(m, p, fillMoving(m, p, derive(m, p, 1)), value);
      if (!(alone < value - 1e-12)) {
        if (gain > 1e-6) p[at.STATUS] = at.AT_EDGE;
        return alone;
      }
      value = alone;
    } else if (positive && gain < SURE && gained > 0.9 * gain) {
      return value;
    }
  }
  p[at.STATUS] = at.OUT_OF_STEPS;
  return value;
}
