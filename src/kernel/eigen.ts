/** Eigenvalues and eigenvectors of a small symmetric matrix. */

import type { f64, i32, Reals } from "./lanes.ts";

const MAX_SWEEPS: i32 = 30;

/**
 * Jacobi rotations of a symmetric n x n matrix at A until it is diagonal: its eigenvalues. Eigenvectors become the rows of
 * the matrix at V.
 * @source C. G. J. Jacobi, J. reine angew. Math. 30 (1846) 51
 */
export function diagonalise(m: Reals, A: i32, V: i32, n: i32): void {
  for (let i: i32 = 0; i < n; i++) for (let j: i32 = 0; j < n; j++) m[V + i * n + j] = i === j ? 1 : 0;
  for (let sweep: i32 = 0; sweep < MAX_SWEEPS; sweep++) {
    let off: f64 = 0;
    let all: f64 = 0;
    for (let i: i32 = 0; i < n; i++) {
      for (let j: i32 = 0; j < n; j++) {
        const squared: f64 = m[A + i * n + j]! * m[A + i * n + j]!;
        all += squared;
        if (i !== j) off += squared;
      }
    }
    if (!(off > 1e-30 * all)) return;
    for (let i: i32 = 0; i < n; i++) for (let j: i32 = i + 1; j < n; j++) rotate(m, A, V, n, i, j);
  }
}

/** One rotation in the plane of i and j that makes A[i, j] vanish. */
function rotate(m: Reals, A: i32, V: i32, n: i32, i: i32, j: i32): void {
  const aij: f64 = m[A + i * n + j]!;
  if (aij === 0) return;
  const half: f64 = (m[A + j * n + j]! - m[A + i * n + i]!) / (2 * aij);
  const t: f64 = (half < 0 ? -1.0 : 1.0) / (Math.abs(half) + Math.sqrt(half * half + 1));
  const c: f64 = 1 / Math.sqrt(t * t + 1);
  const s: f64 = t * c;
  for (let k: i32 = 0; k < n; k++) {
    const left: f64 = m[A + k * n + i]!;
    const right: f64 = m[A + k * n + j]!;
    m[A + k * n + i] = c * left - s * right;
    m[A + k * n + j] = s * left + c * right;
  }
  for (let k: i32 = 0; k < n; k++) {
    const upper: f64 = m[A + i * n + k]!;
    const lower: f64 = m[A + j * n + k]!;
    m[A + i * n + k] = c * upper - s * lower;
    m[A + j * n + k] = s * upper + c * lower;
    const one: f64 = m[V + i * n + k]!;
    const other: f64 = m[V + j * n + k]!;
    m[V + i * n + k] = c * one - s * other;
    m[V + j * n + k] = s * one + c * other;
  }
}
