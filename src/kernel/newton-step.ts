/** One step of Newton's method in a box: which unknowns move, and how far. */

import type { f64, Ints, i32, Reals } from "./lanes.ts";
import * as at from "./layout.ts";

/** Unknowns that a step may move: free, and not pushed against a bound. */
export function fillMoving(m: Reals, p: Ints, open: i32): i32 {
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
export function factorise(m: Reals, p: Ints, n: i32): boolean {
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

/** Solve with the factor of the Hessian: to = H^-1 to, over the moving unknowns. */
export function solve(m: Reals, p: Ints, n: i32, to: i32): void {
  const size: i32 = p[at.UNKNOWNS]!;
  const L: i32 = p[at.M_FACTOR]!;
  for (let i: i32 = 0; i < n; i++) {
    let sum: f64 = m[to + i]!;
    for (let k: i32 = 0; k < i; k++) sum -= m[L + i * size + k]! * m[to + k]!;
    m[to + i] = sum / m[L + i * size + i]!;
  }
  for (let i: i32 = n - 1; i >= 0; i--) {
    let sum: f64 = m[to + i]!;
    for (let k: i32 = i + 1; k < n; k++) sum -= m[L + k * size + i]! * m[to + k]!;
    m[to + i] = sum / m[L + i * size + i]!;
  }
}

/** Newton step of the moving unknowns, written to M_MOVE; returns the fall of chi^2 that it promises. */
export function fillMove(m: Reals, p: Ints, n: i32): f64 {
  const list: i32 = p[at.P_MOVING]!;
  const move: i32 = p[at.M_MOVE]!;
  const gradient: i32 = p[at.M_GRADIENT]!;
  for (let i: i32 = 0; i < n; i++) m[move + i] = -m[gradient + p[list + i]!]!;
  solve(m, p, n, move);
  let gain: f64 = 0;
  for (let i: i32 = n - 1; i >= 0; i--) gain -= 0.5 * m[move + i]! * m[gradient + p[list + i]!]!;
  return gain;
}

export function remember(m: Reals, p: Ints): void {
  for (let k: i32 = 0; k < p[at.UNKNOWNS]!; k++) m[p[at.M_BEFORE]! + k] = m[p[at.M_UNKNOWNS]! + k]!;
}

/** Go along the step from where the unknowns were, inside the box. */
export function moveBy(m: Reals, p: Ints, n: i32, length: f64): void {
  for (let i: i32 = 0; i < n; i++) {
    const k: i32 = p[p[at.P_MOVING]! + i]!;
    const u: f64 = m[p[at.M_BEFORE]! + k]! + length * m[p[at.M_MOVE]! + i]!;
    m[p[at.M_UNKNOWNS]! + k] = Math.min(Math.max(u, m[p[at.M_LOWER]! + k]!), m[p[at.M_UPPER]! + k]!);
  }
}
