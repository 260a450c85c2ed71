/** d mu/d unknown of every cell. */

import { factorWithout } from "./counts.ts";
import { weightWithout } from "./features.ts";
import { addOuter, addScaled, type f64, fill, type Ints, type i32, multiply, type Reals } from "./lanes.ts";
import * as at from "./layout.ts";

/** Place of an unknown's row of d mu/d unknown. */
export function firstOf(p: Ints, unknown: i32): i32 {
  return p[at.M_FIRST]! + unknown * p[at.CELLS]!;
}

/** d E/d unknown of a group, for each free unknown that moves its rows. */
function fillRowSlopes(m: Reals, p: Ints, g: i32): void {
  const rows: i32 = p[g + at.G_ROWS]!;
  const counts: i32 = p[g + at.G_M_TERMS]!;
  const slots: i32 = p[g + at.G_M_SLOTS]!;
  const own: i32 = p[g + at.G_P_ROW_UNKNOWNS]!;
  const to: i32 = p[g + at.G_M_ROW_SLOPES]!;
  const n: i32 = p[g + at.G_ROW_UNKNOWNS]!;
  fill(m, to, n * rows, 0);
  for (let s: i32 = 1; s < p[g + at.G_SLOTS]!; s++) {
    const slot: i32 = p[g + at.G_P_SLOTS]! + s * at.SLOT_SIZE;
    const k: i32 = p[slot + at.S_OWN]!;
    if (p[p[at.P_FREE]! + p[own + k]!] === 0) continue;
    addScaled(m, to + k * rows, slots + s * rows, rows, m[p[at.M_SLOPE_OF]! + p[slot + at.S_FEATURE]!]!);
  }
  for (let t: i32 = 0; t < p[g + at.G_TERMS]!; t++) {
    const term: i32 = p[g + at.G_P_TERMS]! + t * at.TERM_SIZE;
    for (let i: i32 = 0; i < at.TERM_FEATURES; i++) {
      const feature: i32 = p[term + i]!;
      if (feature < 0) break;
      const k: i32 = p[term + at.TERM_FEATURES + i]!;
      const unknown: i32 = p[own + k]!;
      if (unknown >= p[at.COUPLINGS]! || p[p[at.P_FREE]! + unknown] === 0) continue;
      const weight: f64 = m[p[at.M_SLOPE_OF]! + feature]! * weightWithout(m, p, term, i, -1);
      if (weight !== 0) addScaled(m, to + k * rows, counts + t * rows, rows, weight);
    }
  }
  if (p[g + at.G_DEAD] === 0) return;
  for (let k: i32 = 0; k < n; k++) multiply(m, to + k * rows, to + k * rows, p[g + at.G_M_ALIVE]!, rows);
}

/** d S/d unknown of a group, for each unknown that moves its shares. */
function fillShareSlopes(m: Reals, p: Ints, g: i32): void {
  const bins: i32 = p[g + at.G_BINS]!;
  const to: i32 = p[g + at.G_M_SHARE_SLOPES]!;
  fill(m, to, p[g + at.G_SHARE_UNKNOWNS]! * bins, 0);
  for (let k: i32 = 0; k < p[g + at.G_SHARES]!; k++) {
    const feature: i32 = p[p[g + at.G_P_SHARES]! + k]!;
    const unknown: i32 = p[p[at.P_FEATURES]! + 3 * feature + 1]!;
    let own: i32 = 0;
    while (p[p[g + at.G_P_SHARE_UNKNOWNS]! + own] !== unknown) own++;
    addScaled(m, to + own * bins, p[g + at.G_M_SHARES_PARTS]! + k * bins, bins, m[p[at.M_SLOPE_OF]! + feature]!);
  }
}

/** d mu/d unknown of all free unknowns. */
export function fillFirst(m: Reals, p: Ints, open: i32): void {
  const list: i32 = p[at.P_OPEN]!;
  const free: i32 = p[at.P_FREE]!;
  for (let k: i32 = 0; k < open; k++) {
    const unknown: i32 = p[list + k]!;
    const reach: i32 = p[at.P_REACH]! + 2 * unknown;
    fill(m, firstOf(p, unknown) + p[reach]!, p[reach + 1]!, 0);
  }
  for (let k: i32 = 0; k < p[at.GROUPS]!; k++) {
    const g: i32 = p[at.P_GROUPS]! + k * at.GROUP_SIZE;
    const cell: i32 = p[g + at.G_CELL]!;
    const rows: i32 = p[g + at.G_ROWS]!;
    const bins: i32 = p[g + at.G_BINS]!;
    const E: i32 = p[g + at.G_M_ROWS]!;
    const S: i32 = p[g + at.G_M_SHARES]!;
    for (let i: i32 = 0; i < p[g + at.G_FACTORS]!; i++) {
      const unknown: i32 = p[p[g + at.G_P_FACTORS]! + i]!;
      if (p[free + unknown] === 0) continue;
      const slope: f64 = m[p[g + at.G_M_FACTORS]! + i]! * factorWithout(m, p, g, i, -1);
      addOuter(m, firstOf(p, unknown) + cell, E, rows, S, bins, slope);
    }
    const factor: f64 = factorWithout(m, p, g, -1, -1);
    if (p[g + at.G_ROW_UNKNOWNS]! > 0) fillRowSlopes(m, p, g);
    for (let i: i32 = 0; i < p[g + at.G_ROW_UNKNOWNS]!; i++) {
      const unknown: i32 = p[p[g + at.G_P_ROW_UNKNOWNS]! + i]!;
      if (p[free + unknown] === 0) continue;
      addOuter(m, firstOf(p, unknown) + cell, p[g + at.G_M_ROW_SLOPES]! + i * rows, rows, S, bins, factor);
    }
    if (p[g + at.G_SHARE_UNKNOWNS]! > 0) fillShareSlopes(m, p, g);
    for (let i: i32 = 0; i < p[g + at.G_SHARE_UNKNOWNS]!; i++) {
      const unknown: i32 = p[p[g + at.G_P_SHARE_UNKNOWNS]! + i]!;
      if (p[free + unknown] === 0) continue;
      addOuter(m, firstOf(p, unknown) + cell, E, rows, p[g + at.G_M_SHARE_SLOPES]! + i * bins, bins, factor);
    }
  }
}
