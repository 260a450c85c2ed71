/** Expected counts at the unknowns, and chi^2. */

import { fillFeatures, lastFeature, weightWithout } from "./features.ts";
import {
  addOuter,
  addScaled,
  copy,
  type f64,
  fill,
  gaussianCells,
  type Ints,
  type i32,
  poissonCells,
  type Reals,
} from "./lanes.ts";
import * as at from "./layout.ts";

/** Product of a group's factors, without those at two of its places (-1: none is left out). */
export function factorWithout(m: Reals, p: Ints, g: i32, first: i32, second: i32): f64 {
  const n: i32 = p[g + at.G_FACTORS]!;
  const list: i32 = p[g + at.G_P_FACTORS]!;
  const scales: i32 = p[g + at.G_M_FACTORS]!;
  const unknowns: i32 = p[at.M_UNKNOWNS]!;
  let product: f64 = 1;
  for (let i: i32 = 0; i < n; i++) {
    if (i !== first && i !== second) product *= 1 + m[scales + i]! * m[unknowns + p[list + i]!]!;
  }
  return product;
}

/** Sum every group's terms at the couplings, where they have changed since the last time. */
export function couple(m: Reals, p: Ints): void {
  const couplings: i32 = p[at.M_UNKNOWNS]!;
  const known: i32 = p[at.M_COUPLED]!;
  let fresh: boolean = false;
  for (let k: i32 = 0; k <= p[at.COUPLINGS]!; k++) {
    // One entry more than there are couplings, so that the first time is one without any.
    const value: f64 = k < p[at.COUPLINGS]! ? m[couplings + k]! : 1;
    if (m[known + k] !== value) fresh = true;
    m[known + k] = value;
  }
  if (!fresh) return;
  for (let k: i32 = 0; k < p[at.GROUPS]!; k++) {
    const g: i32 = p[at.P_GROUPS]! + k * at.GROUP_SIZE;
    const rows: i32 = p[g + at.G_ROWS]!;
    for (let s: i32 = 0; s < p[g + at.G_SLOTS]!; s++) {
      const slot: i32 = p[g + at.G_P_SLOTS]! + s * at.SLOT_SIZE;
      const to: i32 = p[g + at.G_M_SLOTS]! + s * rows;
      fill(m, to, rows, 0);
      for (let i: i32 = 0; i < p[slot + at.S_TERMS]!; i++) {
        const t: i32 = p[slot + at.S_FIRST]! + i;
        // The feature that moves the slot comes last among a term's features.
        const term: i32 = p[g + at.G_P_TERMS]! + t * at.TERM_SIZE;
        const moved: i32 = p[slot + at.S_FEATURE]! < 0 ? -1 : lastFeature(p, term);
        addScaled(m, to, p[g + at.G_M_TERMS]! + t * rows, rows, weightWithout(m, p, term, moved, -1));
      }
    }
  }
}

/** Rows of a group. Those that nuisances move below zero are cut; a negative prediction of the couplings is not. */
function fillRows(m: Reals, p: Ints, g: i32): void {
  const rows: i32 = p[g + at.G_ROWS]!;
  const slots: i32 = p[g + at.G_SLOTS]!;
  const base: i32 = p[g + at.G_M_SLOTS]!;
  const E: i32 = p[g + at.G_M_ROWS]!;
  p[g + at.G_DEAD] = 0;
  copy(m, E, base, rows);
  if (slots === 1) return;
  for (let s: i32 = 1; s < slots; s++) {
    const weight: f64 = m[p[at.M_VALUE]! + p[p[g + at.G_P_SLOTS]! + s * at.SLOT_SIZE + at.S_FEATURE]!]!;
    if (weight !== 0) addScaled(m, E, base + s * rows, rows, weight);
  }
  const alive: i32 = p[g + at.G_M_ALIVE]!;
  for (let r: i32 = 0; r < rows; r++) {
    const cut: boolean = m[E + r]! < 0 && m[base + r]! >= 0;
    m[alive + r] = cut ? 0 : 1;
    if (cut) {
      p[g + at.G_DEAD]! += 1;
      // Interpolation leaves rounding around zero, which is no cut.
      if (m[E + r]! < -1e-9 * m[base + r]!) p[at.CUTS]! += 1;
      m[E + r] = 0;
    }
  }
}

/** The row that a search holds on its edge counts in part, above and below zero. */
function fillEdge(m: Reals, p: Ints, g: i32): void {
  const row: i32 = p[at.EDGE_ROW]!;
  const edge: i32 = p[at.M_EDGE]!;
  const count: f64 = rowAt(m, p, g, row);
  m[edge + at.EDGE_COUNT] = count;
  m[p[g + at.G_M_ALIVE]! + row] = m[edge + at.EDGE_SHARE]!;
  m[p[g + at.G_M_ROWS]! + row] = m[edge + at.EDGE_SHARE]! * count;
  p[g + at.G_DEAD]! += 1;
}

/** One row of a group as it is before it is cut. */
export function rowAt(m: Reals, p: Ints, g: i32, row: i32): f64 {
  const rows: i32 = p[g + at.G_ROWS]!;
  const base: i32 = p[g + at.G_M_SLOTS]! + row;
  let sum: f64 = m[base]!;
  for (let s: i32 = 1; s < p[g + at.G_SLOTS]!; s++) {
    sum += m[p[at.M_VALUE]! + p[p[g + at.G_P_SLOTS]! + s * at.SLOT_SIZE + at.S_FEATURE]!]! * m[base + s * rows]!;
  }
  return sum;
}

function fillShares(m: Reals, p: Ints, g: i32): void {
  const bins: i32 = p[g + at.G_BINS]!;
  const parts: i32 = p[g + at.G_SHARES]!;
  if (parts === 0) return;
  const S: i32 = p[g + at.G_M_SHARES]!;
  const nominal: i32 = p[g + at.G_M_SHARES_NOMINAL]!;
  copy(m, S, nominal, bins);
  for (let k: i32 = 0; k < parts; k++) {
    const feature: i32 = p[p[g + at.G_P_SHARES]! + k]!;
    addScaled(m, S, p[g + at.G_M_SHARES_PARTS]! + k * bins, bins, m[p[at.M_VALUE]! + feature]!);
  }
}

/** Expected counts of all cells. */
export function predict(m: Reals, p: Ints): void {
  fillFeatures(m, p);
  couple(m, p);
  p[at.CUTS] = 0;
  const mu: i32 = p[at.M_MU]!;
  fill(m, mu, p[at.CELLS]!, 0);
  for (let k: i32 = 0; k < p[at.GROUPS]!; k++) {
    const g: i32 = p[at.P_GROUPS]! + k * at.GROUP_SIZE;
    fillRows(m, p, g);
    if (g === p[at.EDGE_GROUP]) fillEdge(m, p, g);
    fillShares(m, p, g);
    const E: i32 = p[g + at.G_M_ROWS]!;
    const S: i32 = p[g + at.G_M_SHARES]!;
    addOuter(m, mu + p[g + at.G_CELL]!, E, p[g + at.G_ROWS]!, S, p[g + at.G_BINS]!, factorWithout(m, p, g, -1, -1));
  }
}

/** chi^2 of cells and constraints at the unknowns; fills expected counts and the derivatives of every cell. */
export function evaluate(m: Reals, p: Ints): f64 {
  predict(m, p);
  const mu: i32 = p[at.M_MU]!;
  const observed: i32 = p[at.M_OBSERVED]!;
  const slope: i32 = p[at.M_SLOPE]!;
  const bend: i32 = p[at.M_BEND]!;
  let chi2: f64 = 0;
  for (let k: i32 = 0; k < p[at.RANGES]!; k++) {
    const range: i32 = p[at.P_RANGES]! + 3 * k;
    const from: i32 = p[range]!;
    const n: i32 = p[range + 1]!;
    if (p[range + 2] === 1) chi2 += poissonCells(m, mu + from, observed + from, n, slope + from, bend + from);
    else chi2 += gaussianCells(m, mu + from, observed + from, p[at.M_WEIGHT]! + from, n, slope + from, bend + from);
  }
  const unknowns: i32 = p[at.M_UNKNOWNS]!;
  for (let k: i32 = 0; k < p[at.UNKNOWNS]!; k++) {
    if (m[p[at.M_CONSTRAINED]! + k] !== 0) {
      const off: f64 = m[unknowns + k]! - m[p[at.M_CENTRE]! + k]!;
      chi2 += off * off;
    }
  }
  return chi2;
}
