/**
 * Features: functions of one unknown each that multiply terms. Written, like all of the kernel's loops, in the part of
 * TypeScript that AssemblyScript reads as well (scripts/kernel.mjs).
 */

import type { f64, Ints, i32, Reals } from "./lanes.ts";
import * as at from "./layout.ts";

/** Values and two derivatives of all features at the unknowns. */
export function fillFeatures(m: Reals, p: Ints): void {
  const count: i32 = p[at.FEATURES]!;
  const list: i32 = p[at.P_FEATURES]!;
  const values: i32 = p[at.M_VALUE]!;
  const slopes: i32 = p[at.M_SLOPE_OF]!;
  const bends: i32 = p[at.M_BEND_OF]!;
  for (let f: i32 = 0; f < count; f++) {
    const kind: i32 = p[list + 3 * f]!;
    const u: f64 = m[p[at.M_UNKNOWNS]! + p[list + 3 * f + 1]!]!;
    if (kind === at.ITSELF) {
      m[values + f] = u;
      m[slopes + f] = 1;
      m[bends + f] = 0;
    } else if (kind === at.MORPH) {
      const size: f64 = Math.abs(u);
      m[values + f] = size <= 1 ? u * u : 2 * size - 1;
      m[slopes + f] = size <= 1 ? 2 * u : u > 0 ? 2 : -2;
      m[bends + f] = size <= 1 ? 2 : 0;
    } else {
      const ends: i32 = p[at.M_FEATURE_RANGE]! + 2 * f;
      fillChebyshev(m, f, p[list + 3 * f + 2]!, u, m[ends]!, m[ends + 1]!, values, slopes, bends);
    }
  }
}

/** T_order over [low, high]. */
function fillChebyshev(
  m: Reals,
  f: i32,
  order: i32,
  u: f64,
  low: f64,
  high: f64,
  values: i32,
  slopes: i32,
  bends: i32,
): void {
  const scale: f64 = 2 / (high - low);
  const x: f64 = (u - low) * scale - 1;
  let t0: f64 = 1;
  let d0: f64 = 0;
  let s0: f64 = 0;
  let t1: f64 = x;
  let d1: f64 = 1;
  let s1: f64 = 0;
  for (let k: i32 = 1; k < order; k++) {
    const t2: f64 = 2 * x * t1 - t0;
    const d2: f64 = 2 * t1 + 2 * x * d1 - d0;
    const s2: f64 = 4 * d1 + 2 * x * s1 - s0;
    t0 = t1;
    d0 = d1;
    s0 = s1;
    t1 = t2;
    d1 = d2;
    s1 = s2;
  }
  m[values + f] = t1;
  m[slopes + f] = d1 * scale;
  m[bends + f] = s1 * scale * scale;
}

/** Product of a term's features, without those at two of its places (-1: none is left out). */
export function weightWithout(m: Reals, p: Ints, term: i32, first: i32, second: i32): f64 {
  const values: i32 = p[at.M_VALUE]!;
  let product: f64 = 1;
  for (let i: i32 = 0; i < at.TERM_FEATURES; i++) {
    const feature: i32 = p[term + i]!;
    if (feature < 0) break;
    if (i !== first && i !== second) product *= m[values + feature]!;
  }
  return product;
}

/** Place of the last of a term's features. */
export function lastFeature(p: Ints, term: i32): i32 {
  let last: i32 = at.TERM_FEATURES - 1;
  while (last > 0 && p[term + last]! < 0) last--;
  return last;
}
