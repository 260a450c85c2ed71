/**
 * Newton's method in a box, with exact derivatives: where the curvature is not positive, |eigenvalues| take its place, and
 * steps are halved until chi^2 falls.
 */

import { evaluate } from "./counts.ts";
import { derive } from "./derivatives.ts";
import { diagonalise } from "./eigen.ts";
import type { f64, Ints, i32, Reals } from "./lanes.ts";
import * as at from "./layout.ts";

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

/** Unknowns that a step may move: free, and not pushed against a bound. */
function fillMoving(m: Reals, p: Ints, open: i32): i32 {
  let moving: i32 = 0;
  for (let i: i32 = 0; i < open; i++) {
    const k: i32 = p[p[at.P_OPEN]! + i]!;
    const u: f64 = m[p[at.M_UNKNOWNS]! + k]!;
    const g: f64 = m[p[at.M_GRADIENT]! + k]!;
    if ((u > m[p[at.M_LOWER]! + k]! || g < 0) && (u < m[p[at.M_UPPER]! + k]! || g > 0)) {
      p[p[at.P_MOVING]! + moving] = k;
      moving += 1;
    }
  }
  return moving;
}

/** Cholesky factor of the Hessian of the moving unknowns; returns whether it is positive. */
function factorise(m: Reals, p: Ints, n: i32): boolean {
  const size: i32 = p[at.UNKNOWNS]!;
  const L: i32 = p[at.M_FACTOR]!;
  const list: i32 = p[at.P_MOVING]!;
  for (let i: i32 = 0; i < n; i++) {
    const row: i32 = p[at.M_HESSIAN]! + p[list + i]! * size;
    for (let j: i32 = 0; j <= i; j++) {
      let sum: f64 = m[row + p[list + j]!]!;
      const own: f64 = sum;
      for (let k: i32 = 0; k < j; k++) sum -= m[L + i * size + k]! * m[L + j * size + k]!;
      if (i === j) {
        // Below the rounding of what was subtracted nothing is left to stand on.
        if (!(sum > 1e-14 * Math.abs(own))) return false;
        m[L + i * size + i] = Math.sqrt(sum);
      } else {
        m[L + i * size + j] = sum / m[L + j * size + j]!;
      }
    }
  }
  return true;
}

/** Newton step of the moving unknowns, written to M_MOVE; returns the fall of chi^2 that it promises. */
function fillMove(m: Reals, p: Ints, n: i32): f64 {
  const size: i32 = p[at.UNKNOWNS]!;
  const L: i32 = p[at.M_FACTOR]!;
  const list: i32 = p[at.P_MOVING]!;
  const move: i32 = p[at.M_MOVE]!;
  const gradient: i32 = p[at.M_GRADIENT]!;
  for (let i: i32 = 0; i < n; i++) {
    let sum: f64 = -m[gradient + p[list + i]!]!;
    for (let k: i32 = 0; k < i; k++) sum -= m[L + i * size + k]! * m[move + k]!;
    m[move + i] = sum / m[L + i * size + i]!;
  }
  let gain: f64 = 0;
  for (let i: i32 = n - 1; i >= 0; i--) {
    let sum: f64 = m[move + i]!;
    for (let k: i32 = i + 1; k < n; k++) sum -= m[L + k * size + i]! * m[move + k]!;
    m[move + i] = sum / m[L + i * size + i]!;
    gain -= 0.5 * m[move + i]! * m[gradient + p[list + i]!]!;
  }
  return gain;
}

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

function remember(m: Reals, p: Ints): void {
  for (let k: i32 = 0; k < p[at.UNKNOWNS]!; k++) m[p[at.M_BEFORE]! + k] = m[p[at.M_UNKNOWNS]! + k]!;
}

/** Move along the step from where the unknowns were, inside the box. */
function goTo(m: Reals, p: Ints, n: i32, length: f64): f64 {
  for (let i: i32 = 0; i < n; i++) {
    const k: i32 = p[p[at.P_MOVING]! + i]!;
    const u: f64 = m[p[at.M_BEFORE]! + k]! + length * m[p[at.M_MOVE]! + i]!;
    m[p[at.M_UNKNOWNS]! + k] = Math.min(Math.max(u, m[p[at.M_LOWER]! + k]!), m[p[at.M_UPPER]! + k]!);
  }
  return evaluate(m, p);
}

/** Halve the step until chi^2 falls; back where it was when it never does. Returns chi^2. */
function descend(m: Reals, p: Ints, n: i32, value: f64, halvings: i32): f64 {
  remember(m, p);
  let length: f64 = 1;
  for (let k: i32 = 0; k <= halvings; k++) {
    const next: f64 = goTo(m, p, n, length);
    if (next <= value) return next;
    length *= 0.5;
  }
  return goTo(m, p, n, 0);
}

/** Where a row is cut at zero chi^2 has an edge that no Newton step crosses: try every unknown on its own. */
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
    if (gained < 1e-13 * (1 + Math.abs(value))) {
      // Much was to be gained and little was: an edge lies across the way.
      if (gain < 1e-9) return value;
      const alone: f64 = stepAlone(m, p, n, value);
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
