/**
 * Minima on an edge. Where a row E of a group is cut at zero chi^2 bends sharply, and it can be lowest on the bend itself:
 * falling towards it from both sides. There derivatives vanish when a share t of the row counts, between nothing and all:
 *
 *     d chi^2_t/du = 0,   E(u) = 0,   0 < t < 1
 *
 * Newton's method in u and t: with H and g the derivatives of chi^2_t, a = dE/du, w = d chi^2/dE
 *
 *     H d + a w dt = -g,   a.d = -E
 *
 * As chi^2 is nowhere below chi^2_t near the edge, a positive H makes it a minimum.
 */

import { couple, evaluate, factorWithout, rowAt } from "./counts.ts";
import { derive } from "./derivatives.ts";
import { fillFeatures } from "./features.ts";
import { dot, type f64, type Ints, type i32, type Reals } from "./lanes.ts";
import * as at from "./layout.ts";
import { factorise, fillMove, fillMoving, moveBy, remember, solve } from "./newton-step.ts";

const EDGE_STEPS: i32 = 20;
/** Shares below stand for nothing: slopes of the row are divided by it. */
const SMALLEST_SHARE: f64 = 1e-6;

/** Looked along a step that does not fall at all. */
const SHORT: f64 = 1e-6;

/** Move along the step from where the unknowns were, inside the box. Returns chi^2 there. */
export function evaluateAt(m: Reals, p: Ints, n: i32, length: f64): f64 {
  moveBy(m, p, n, length);
  return evaluate(m, p);
}

/** Of the rows that are cut at only one of where the step ended and its double length the one furthest from zero there. */
function findEdge(m: Reals, p: Ints, n: i32): boolean {
  const length: f64 = m[p[at.M_EDGE]! + at.EDGE_STEP]!;
  evaluateAt(m, p, n, length > 0 ? 2 * length : SHORT);
  moveBy(m, p, n, length);
  fillFeatures(m, p);
  couple(m, p);
  let furthest: f64 = -1;
  for (let k: i32 = 0; k < p[at.GROUPS]!; k++) {
    const g: i32 = p[at.P_GROUPS]! + k * at.GROUP_SIZE;
    if (p[g + at.G_SLOTS] === 1) continue;
    for (let r: i32 = 0; r < p[g + at.G_ROWS]!; r++) {
      if (m[p[g + at.G_M_SLOTS]! + r]! < 0) continue;
      const count: f64 = rowAt(m, p, g, r);
      const cutBeyond: boolean = m[p[g + at.G_M_ALIVE]! + r] === 0;
      if (cutBeyond === count < 0 || Math.abs(count) <= furthest) continue;
      furthest = Math.abs(count);
      p[at.EDGE_GROUP] = g;
      p[at.EDGE_ROW] = r;
    }
  }
  return furthest >= 0;
}

/** d E/d unknown of the row on the edge, of the moving unknowns. */
function fillEdgeSlopes(m: Reals, p: Ints, n: i32, to: i32): void {
  const g: i32 = p[at.EDGE_GROUP]!;
  const rows: i32 = p[g + at.G_ROWS]!;
  const share: f64 = m[p[at.M_EDGE]! + at.EDGE_SHARE]!;
  for (let i: i32 = 0; i < n; i++) {
    m[to + i] = 0;
    for (let k: i32 = 0; k < p[g + at.G_ROW_UNKNOWNS]!; k++) {
      if (p[p[g + at.G_P_ROW_UNKNOWNS]! + k] !== p[p[at.P_MOVING]! + i]) continue;
      m[to + i] = m[p[g + at.G_M_ROW_SLOPES]! + k * rows + p[at.EDGE_ROW]!]! / share;
    }
  }
}

/** d chi^2/d E of the row on the edge. */
function edgeWeight(m: Reals, p: Ints): f64 {
  const g: i32 = p[at.EDGE_GROUP]!;
  const bins: i32 = p[g + at.G_BINS]!;
  const cell: i32 = p[g + at.G_CELL]! + p[at.EDGE_ROW]! * bins;
  return factorWithout(m, p, g, -1, -1) * dot(m, p[at.M_SLOPE]! + cell, p[g + at.G_M_SHARES]!, bins);
}

/** Newton's method on the edge; returns whether it ends on it. */
function descendEdge(m: Reals, p: Ints): boolean {
  const edge: i32 = p[at.M_EDGE]!;
  const size: i32 = p[at.UNKNOWNS]!;
  const slopes: i32 = edge + at.EDGE_ROWS + size + (size & 1);
  const solved: i32 = slopes + size + (size & 1);
  m[edge + at.EDGE_SHARE] = 0.5;
  evaluate(m, p);
  for (let step: i32 = 0; step < EDGE_STEPS; step++) {
    const n: i32 = fillMoving(m, p, derive(m, p, 2));
    const weight: f64 = edgeWeight(m, p);
    if (n === 0 || !(weight > 0) || !factorise(m, p, n)) return false;
    let gain: f64 = fillMove(m, p, n);
    fillEdgeSlopes(m, p, n, slopes);
    for (let i: i32 = 0; i < n; i++) m[solved + i] = m[slopes + i]!;
    solve(m, p, n, solved);
    const along: f64 = dot(m, slopes, solved, n);
    if (!(along > 0)) return false;
    const pull: f64 = (dot(m, slopes, p[at.M_MOVE]!, n) + m[edge + at.EDGE_COUNT]!) / along;
    for (let i: i32 = 0; i < n; i++) m[p[at.M_MOVE]! + i]! -= pull * m[solved + i]!;
    gain = Math.abs(gain - 0.5 * pull * pull * along) + Math.abs(weight * m[edge + at.EDGE_COUNT]!);
    const share: f64 = m[edge + at.EDGE_SHARE]! + pull / weight;
    m[edge + at.EDGE_SHARE] = Math.min(Math.max(share, SMALLEST_SHARE), 1);
    remember(m, p);
    evaluateAt(m, p, n, 1);
    if (gain < 1e-12) return share > SMALLEST_SHARE && share < 1;
  }
  return false;
}

/**
 * Local minimum on the edge that the last step met, from where it ended with chi^2 as given.
 * @returns chi^2; NaN where there is none or none as low, and the unknowns are left where they were
 */
export function searchEdge(m: Reals, p: Ints, n: i32, value: f64): f64 {
  const size: i32 = p[at.UNKNOWNS]!;
  const here: i32 = p[at.M_UNKNOWNS]!;
  const start: i32 = p[at.M_EDGE]! + at.EDGE_ROWS;
  for (let k: i32 = 0; k < size; k++) m[start + k] = m[here + k]!;
  if (findEdge(m, p, n)) {
    for (let k: i32 = 0; k < size; k++) m[here + k] = m[start + k]!;
    const ends: boolean = descendEdge(m, p);
    p[at.EDGE_GROUP] = 0;
    const chi2: f64 = evaluate(m, p);
    if (ends && chi2 <= value) return chi2;
  }
  p[at.EDGE_GROUP] = 0;
  for (let k: i32 = 0; k < size; k++) m[here + k] = m[start + k]!;
  evaluate(m, p);
  return NaN;
}
