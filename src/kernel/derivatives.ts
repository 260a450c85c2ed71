/** Gradient and second derivatives of chi^2 in the unknowns, at the last evaluation. */

import { factorWithout } from "./counts.ts";
import { weightWithout } from "./features.ts";
import {
  addScaled,
  dot,
  dotFour,
  type f64,
  fill,
  type Ints,
  type i32,
  multiply,
  overBins,
  type Reals,
} from "./lanes.ts";
import * as at from "./layout.ts";
import { fillFirst, firstOf } from "./slopes.ts";

/** Add to the lower triangle of the Hessian; a pair of free unknowns, in any order. */
function addBend(m: Reals, p: Ints, a: i32, b: i32, value: f64): void {
  const size: i32 = p[at.UNKNOWNS]!;
  m[p[at.M_HESSIAN]! + (a > b ? a * size + b : b * size + a)]! += value;
}

/** The same for two ways in which unknowns act together: one that acts in both falls on the diagonal in both orders. */
function addCross(m: Reals, p: Ints, a: i32, b: i32, value: f64): void {
  addBend(m, p, a, b, a === b ? 2 * value : value);
}

/**
 * With weights per row w: w.E (returned) and w.(dE/d unknown) of every free unknown that moves rows, written to
 * M_ROW_SLOPE.
 */
function sumRows(m: Reals, p: Ints, g: i32, weights: i32): f64 {
  const rows: i32 = p[g + at.G_ROWS]!;
  const slopes: i32 = p[g + at.G_M_ROW_SLOPES]!;
  for (let i: i32 = 0; i < p[g + at.G_ROW_UNKNOWNS]!; i++) {
    const unknown: i32 = p[p[g + at.G_P_ROW_UNKNOWNS]! + i]!;
    if (p[p[at.P_FREE]! + unknown] === 0) continue;
    m[p[at.M_ROW_SLOPE]! + unknown] = dot(m, slopes + i * rows, weights, rows);
  }
  return dot(m, p[g + at.G_M_ROWS]!, weights, rows);
}

/** Second derivatives of rows, with weights per row and a factor. */
function addRowBends(m: Reals, p: Ints, g: i32, weights: i32, factor: f64): void {
  const rows: i32 = p[g + at.G_ROWS]!;
  for (let s: i32 = 1; s < p[g + at.G_SLOTS]!; s++) {
    const slot: i32 = p[g + at.G_P_SLOTS]! + s * at.SLOT_SIZE;
    const unknown: i32 = p[p[g + at.G_P_ROW_UNKNOWNS]! + p[slot + at.S_OWN]!]!;
    const bend: f64 = m[p[at.M_BEND_OF]! + p[slot + at.S_FEATURE]!]!;
    if (bend === 0 || p[p[at.P_FREE]! + unknown] === 0) continue;
    addBend(m, p, unknown, unknown, factor * bend * dot(m, p[g + at.G_M_SLOTS]! + s * rows, weights, rows));
  }
  for (let t: i32 = 0; t < p[g + at.G_TERMS]!; t++) addTermBends(m, p, g, t, weights, factor);
}

/** Second derivatives of one term by a coupling and anything. */
function addTermBends(m: Reals, p: Ints, g: i32, t: i32, weights: i32, factor: f64): void {
  const rows: i32 = p[g + at.G_ROWS]!;
  const features: i32 = p[at.P_FEATURES]!;
  const free: i32 = p[at.P_FREE]!;
  const term: i32 = p[g + at.G_P_TERMS]! + t * at.TERM_SIZE;
  // Summed over rows only where something bends.
  let known: boolean = false;
  let along: f64 = 0;
  for (let i: i32 = 0; i < at.TERM_FEATURES; i++) {
    const feature: i32 = p[term + i]!;
    if (feature < 0) break;
    const unknown: i32 = p[features + 3 * feature + 1]!;
    if (p[free + unknown] === 0) continue;
    for (let j: i32 = 0; j <= i; j++) {
      // Couplings come first among the features of a term.
      const other: i32 = p[features + 3 * p[term + j]! + 1]!;
      if (other >= p[at.COUPLINGS]! || p[free + other] === 0) continue;
      const both: f64 =
        i === j
          ? m[p[at.M_BEND_OF]! + feature]!
          : m[p[at.M_SLOPE_OF]! + feature]! * m[p[at.M_SLOPE_OF]! + p[term + j]!]!;
      if (both === 0) continue;
      if (!known) {
        along = factor * dot(m, p[g + at.G_M_TERMS]! + t * rows, weights, rows);
        known = true;
      }
      // Two features of one unknown: both orders fall on the diagonal.
      const orders: f64 = i !== j && unknown === other ? 2 : 1;
      addBend(m, p, unknown, other, orders * along * both * weightWithout(m, p, term, i, j));
    }
  }
}

/** Second derivatives of mu, weighted with d chi^2/d mu, of one group. */
function addBends(m: Reals, p: Ints, g: i32): void {
  const rows: i32 = p[g + at.G_ROWS]!;
  const bins: i32 = p[g + at.G_BINS]!;
  const free: i32 = p[at.P_FREE]!;
  const factors: i32 = p[g + at.G_FACTORS]!;
  const factorList: i32 = p[g + at.G_P_FACTORS]!;
  const scales: i32 = p[g + at.G_M_FACTORS]!;
  const rowUnknowns: i32 = p[g + at.G_ROW_UNKNOWNS]!;
  const rowList: i32 = p[g + at.G_P_ROW_UNKNOWNS]!;
  const slope: i32 = p[at.M_SLOPE]! + p[g + at.G_CELL]!;
  const perRow: i32 = p[g + at.G_M_PER_ROW]!;
  const slopes: i32 = p[at.M_ROW_SLOPE]!;
  const factor: f64 = factorWithout(m, p, g, -1, -1);
  overBins(m, perRow, slope, rows, p[g + at.G_M_SHARES]!, bins);
  // Rows and their slopes know already what is cut.
  const sum: f64 = sumRows(m, p, g, perRow);
  if (p[g + at.G_DEAD]! > 0) multiply(m, perRow, perRow, p[g + at.G_M_ALIVE]!, rows);
  if (rowUnknowns > 0) addRowBends(m, p, g, perRow, factor);
  for (let i: i32 = 0; i < factors; i++) {
    const a: i32 = p[factorList + i]!;
    if (p[free + a] === 0) continue;
    for (let j: i32 = 0; j < i; j++) {
      const b: i32 = p[factorList + j]!;
      if (p[free + b] === 0) continue;
      addCross(m, p, a, b, m[scales + i]! * m[scales + j]! * factorWithout(m, p, g, i, j) * sum);
    }
    const along: f64 = m[scales + i]! * factorWithout(m, p, g, i, -1);
    for (let j: i32 = 0; j < rowUnknowns; j++) {
      const b: i32 = p[rowList + j]!;
      if (p[free + b] !== 0) addCross(m, p, a, b, along * m[slopes + b]!);
    }
  }
  const moved: i32 = p[g + at.G_M_SHARE_SLOPES]!;
  for (let l: i32 = 0; l < p[g + at.G_SHARE_UNKNOWNS]!; l++) {
    const c: i32 = p[p[g + at.G_P_SHARE_UNKNOWNS]! + l]!;
    if (p[free + c] === 0) continue;
    overBins(m, perRow, slope, rows, moved + l * bins, bins);
    const along: f64 = sumRows(m, p, g, perRow);
    for (let i: i32 = 0; i < factors; i++) {
      const a: i32 = p[factorList + i]!;
      if (p[free + a] !== 0) addCross(m, p, a, c, m[scales + i]! * factorWithout(m, p, g, i, -1) * along);
    }
    for (let j: i32 = 0; j < rowUnknowns; j++) {
      const b: i32 = p[rowList + j]!;
      if (p[free + b] !== 0) addCross(m, p, b, c, factor * m[slopes + b]!);
    }
    addShareBend(m, p, g, c, factor);
  }
}

/** Second derivative of a group's shares by one unknown. */
function addShareBend(m: Reals, p: Ints, g: i32, unknown: i32, factor: f64): void {
  const rows: i32 = p[g + at.G_ROWS]!;
  const bins: i32 = p[g + at.G_BINS]!;
  const bent: i32 = p[g + at.G_M_SHARE_BEND]!;
  const perRow: i32 = p[g + at.G_M_PER_ROW]!;
  fill(m, bent, bins, 0);
  for (let k: i32 = 0; k < p[g + at.G_SHARES]!; k++) {
    const feature: i32 = p[p[g + at.G_P_SHARES]! + k]!;
    if (p[p[at.P_FEATURES]! + 3 * feature + 1] !== unknown) continue;
    addScaled(m, bent, p[g + at.G_M_SHARES_PARTS]! + k * bins, bins, m[p[at.M_BEND_OF]! + feature]!);
  }
  overBins(m, perRow, p[at.M_SLOPE]! + p[g + at.G_CELL]!, rows, bent, bins);
  addBend(m, p, unknown, unknown, factor * dot(m, p[g + at.G_M_ROWS]!, perRow, rows));
}

/** Sum over cells of d^2 chi^2/d mu^2 (d mu/d a)(d mu/d b), for all pairs of free unknowns. */
function addProducts(m: Reals, p: Ints, open: i32): void {
  const size: i32 = p[at.UNKNOWNS]!;
  const list: i32 = p[at.P_OPEN]!;
  const reach: i32 = p[at.P_REACH]!;
  const bent: i32 = p[at.M_BENT]!;
  const four: i32 = p[at.M_FOUR]!;
  const hessian: i32 = p[at.M_HESSIAN]!;
  for (let i: i32 = 0; i < open; i++) {
    const a: i32 = p[list + i]!;
    const from: i32 = p[reach + 2 * a]!;
    const n: i32 = p[reach + 2 * a + 1]!;
    multiply(m, bent + from, p[at.M_BEND]! + from, firstOf(p, a) + from, n);
    let j: i32 = 0;
    for (; j + 3 <= i; j += 4) {
      const b0: i32 = p[list + j]!;
      const b1: i32 = p[list + j + 1]!;
      const b2: i32 = p[list + j + 2]!;
      const b3: i32 = p[list + j + 3]!;
      dotFour(
        m,
        four,
        bent + from,
        firstOf(p, b0) + from,
        firstOf(p, b1) + from,
        firstOf(p, b2) + from,
        firstOf(p, b3) + from,
        n,
      );
      m[hessian + a * size + b0]! += m[four]!;
      m[hessian + a * size + b1]! += m[four + 1]!;
      m[hessian + a * size + b2]! += m[four + 2]!;
      m[hessian + a * size + b3]! += m[four + 3]!;
    }
    for (; j <= i; j++) {
      const b: i32 = p[list + j]!;
      m[hessian + a * size + b]! += dot(m, bent + from, firstOf(p, b) + from, n);
    }
  }
}

/**
 * Gradient, and with `order` 2 the Hessian (both triangles), in the free unknowns; entries of others are 0 or stale.
 * @returns number of free unknowns, listed in increasing order at P_OPEN
 */
export function derive(m: Reals, p: Ints, order: i32): i32 {
  const size: i32 = p[at.UNKNOWNS]!;
  const list: i32 = p[at.P_OPEN]!;
  const constrained: i32 = p[at.M_CONSTRAINED]!;
  const hessian: i32 = p[at.M_HESSIAN]!;
  let open: i32 = 0;
  for (let k: i32 = 0; k < size; k++) {
    if (p[p[at.P_FREE]! + k] !== 0) {
      p[list + open] = k;
      open += 1;
    }
  }
  fillFirst(m, p, open);
  for (let i: i32 = 0; i < open; i++) {
    const k: i32 = p[list + i]!;
    const from: i32 = p[p[at.P_REACH]! + 2 * k]!;
    const off: f64 = m[p[at.M_UNKNOWNS]! + k]! - m[p[at.M_CENTRE]! + k]!;
    m[p[at.M_GRADIENT]! + k] =
      2 * m[constrained + k]! * off +
      dot(m, p[at.M_SLOPE]! + from, firstOf(p, k) + from, p[p[at.P_REACH]! + 2 * k + 1]!);
  }
  if (order < 2) return open;
  for (let i: i32 = 0; i < open; i++) {
    const a: i32 = p[list + i]!;
    for (let j: i32 = 0; j <= i; j++) m[hessian + a * size + p[list + j]!] = 0;
    m[hessian + a * size + a] = 2 * m[constrained + a]!;
  }
  for (let k: i32 = 0; k < p[at.GROUPS]!; k++) addBends(m, p, p[at.P_GROUPS]! + k * at.GROUP_SIZE);
  addProducts(m, p, open);
  for (let i: i32 = 0; i < open; i++) {
    const a: i32 = p[list + i]!;
    for (let j: i32 = 0; j < i; j++) {
      const b: i32 = p[list + j]!;
      m[hessian + b * size + a] = m[hessian + a * size + b]!;
    }
  }
  return open;
}
