/**
 * chi^2 of any data at all nodes of a lattice for the price of a small matrix product: it says where to start a search.
 *
 * At a node the expected counts mu and their derivatives by the unknowns off the lattice are known beforehand. There
 * chi^2 is linear in the counts (-2 n ln mu, or -2 n mu/sigma^2) up to terms that all nodes share, and so is its
 * gradient g; with the curvature expected there, H, the profile is about chi^2 - g^T H^-1 g/2.
 */

import { symmetricEigen } from "../numerics/linear-algebra.ts";
import { combiner } from "./combinations.ts";
import type { Lattice } from "./lattice.ts";
import { type NodeInputs, profiledNodes, softUnknowns } from "./nodes.ts";
import type { Refit } from "./refit.ts";
import type { Toy } from "./toys.ts";

/** What a screening knows beforehand: plain data, the same for every worker. */
export interface ScreenTables {
  readonly lattice: Lattice;
  /** Unknown along each axis of the lattice. */
  readonly axes: readonly number[];
  /** Unknowns that are neither on the lattice nor held. */
  readonly soft: readonly number[];
  /** Unknowns on the lattice or soft that have a constraint: their centres enter. */
  readonly centred: readonly number[];
  /** Held unknowns at their values. */
  readonly held: Uint8Array;
  readonly base: Float64Array;
  /** What chi^2 has besides the terms known here, such as constraints of nuisances that are no unknowns. */
  readonly offset: number;
  /** Counts that those of the data are compared with, and the combinations of the differences, row by row. */
  readonly reference: Float64Array;
  readonly combinations: Float64Array;
  /** Per node chi^2 and R g: what multiplies 1, the combinations and the centres. R^T R = H^-1. */
  readonly rows: Float64Array;
  /** Per node values of the soft unknowns that mu was taken at, and R (row-major). */
  readonly places: Float64Array;
  readonly roots: Float64Array;
}

/**
 * No expected count of a Poisson cell counts as smaller than this share of what the cell may hold: parabolas know nothing
 * of logarithms near zero, and a node that looks too low costs one search, one that looks too high a minimum.
 */
const SMALLEST = 0.1;
/** A Poisson cell that expects fewer counts scatters as if it expected so many. */
const FAINTEST = 1e-6;
/** Rows are carried within this, in chi^2, for data that scatter as expected: a search needs no more to start. */
const TOLERANCE = 0.03;
/** Steps of derivatives, in units of sigma or of a tenth of the range. */
const STEP = 1e-3;

/**
 * Expected counts at every node, and what follows from them.
 * @param refit its data are replaced by the real ones
 */
export function screenTables(refit: Refit, { lattice, axes, held, base, data }: NodeInputs): ScreenTables {
  const { cells, constrained } = refit;
  const soft = softUnknowns(held, axes);
  const centred = [...soft, ...axes].filter((k) => constrained[k] === 1);
  const { places, counts, reference, lowest, best } = profiledNodes(refit, { lattice, axes, held, base, data });
  const width = soft.length;
  const spread = spreadOf(refit, reference, counts);
  for (let i = 0; i < counts.length; i++) {
    if (refit.poisson[i % cells] === 1) counts[i] = Math.max(counts[i]!, SMALLEST * spread[i % cells]! ** 2);
  }
  const combine = combiner(spread, TOLERANCE);
  const roots = new Float64Array(lattice.nodes * width * width);
  const split: { readonly constant: number; readonly along: Float64Array; readonly centres: Float64Array }[] = [];
  const x = Float64Array.from(base);
  const slopes = soft.map(() => new Float64Array(cells));
  const row = new Float64Array(cells);
  // Without any converged fit there is nothing to compare with.
  let offset = Number.isFinite(lowest) ? lowest : Number.NaN;

  for (let node = 0; node < lattice.nodes; node++) {
    const mu = counts.subarray(node * cells, (node + 1) * cells);
    axes.forEach((k, axis) => {
      x[k] = lattice.at[node * axes.length + axis]!;
    });
    soft.forEach((k, i) => {
      x[k] = places[node * width + i]!;
    });
    soft.forEach((k, i) => {
      fillSlope(refit, x, k, slopes[i]!);
    });
    const value = valueRow(refit, mu, row);
    const centres = centred.map((k) => -2 * x[k]!);
    const own = centred.reduce((sum, k) => sum + x[k]! ** 2, 0);
    if (node === best) {
      offset -= value + own + commonTerms(refit, { held, base, centred }, data);
      for (let c = 0; c < cells; c++) offset -= row[c]! * data.observed[c]!;
      centred.forEach((k, m) => {
        offset -= centres[m]! * data.centres[k]!;
      });
    }
    split.push(carried(value + own, row, centres));
    const H = new Float64Array(width * width);
    const gradients = soft.map((k, i) => {
      const slope = slopes[i]!;
      for (let j = 0; j < width; j++) H[i * width + j] = 2 * curvature(refit, mu, reference, slope, slopes[j]!);
      if (constrained[k] === 1) H[i * width + i]! += 2;
      const constant = gradientRow(refit, mu, slope, row) + (constrained[k] === 1 ? 2 * x[k]! : 0);
      return { constant, row: row.slice(), centres: centred.map((other) => (other === k ? -2 : 0)) };
    });
    const R = rootOfInverse(H, width);
    roots.set(R, node * width * width);
    for (let i = 0; i < width; i++) {
      let constant = 0;
      const mixed = new Array<number>(centred.length).fill(0);
      row.fill(0);
      gradients.forEach((one, j) => {
        const weight = R[i * width + j]!;
        constant += weight * one.constant;
        for (let c = 0; c < cells; c++) row[c]! += weight * one.row[c]!;
        one.centres.forEach((value, m) => {
          mixed[m]! += weight * value;
        });
      });
      split.push(carried(constant, row, mixed));
    }
  }

  function carried(constant: number, weights: Float64Array, centres: readonly number[]) {
    let whole = constant;
    for (let c = 0; c < cells; c++) whole += weights[c]! * reference[c]!;
    return { constant: whole, along: combine.split(weights), centres: Float64Array.from(centres) };
  }

  const combinations = combine.combinations();
  const rank = combinations.length / cells;
  const size = 1 + rank + centred.length;
  const rows = new Float64Array(split.length * size);
  split.forEach(({ constant, along, centres }, k) => {
    rows[k * size] = constant;
    rows.set(along, k * size + 1);
    rows.set(centres, k * size + 1 + rank);
  });
  if (Number.isNaN(offset)) offset = 0;
  return { lattice, axes, soft, centred, held, base, offset, reference, combinations, rows, places, roots };
}

/** What chi^2 of a data set has at every node. */
export function commonTerms(
  { cells, poisson, sigma, constrained }: Refit,
  { held, base, centred }: Pick<ScreenTables, "held" | "base" | "centred">,
  { observed, centres }: Toy,
): number {
  let sum = 0;
  for (let c = 0; c < cells; c++) {
    const n = observed[c]!;
    if (poisson[c] !== 1) sum += (n / sigma[c]!) ** 2;
    else if (n > 0) sum += 2 * n * (Math.log(n) - 1);
  }
  for (let m = 0; m < centred.length; m++) sum += centres[centred[m]!]! ** 2;
  for (let k = 0; k < held.length; k++) {
    if (held[k] === 1 && constrained[k] === 1) sum += (base[k]! - centres[k]!) ** 2;
  }
  return sum;
}

/** Scatter of each cell; a Poisson cell that expects nothing where the data point may expect more elsewhere. */
function spreadOf({ cells, poisson, sigma }: Refit, reference: Float64Array, counts: Float64Array): Float64Array {
  const nodes = counts.length / cells;
  return Float64Array.from({ length: cells }, (_, c) => {
    if (poisson[c] !== 1) return sigma[c]!;
    let sum = 0;
    for (let node = 0; node < nodes; node++) sum += counts[node * cells + c]!;
    return Math.sqrt(Math.max(reference[c]!, (0.1 * sum) / nodes, FAINTEST));
  });
}

/** Derivative of the expected counts by one unknown. */
function fillSlope(refit: Refit, x: Float64Array, k: number, slope: Float64Array): void {
  const before = x[k]!;
  const range = refit.upper[k]! - refit.lower[k]!;
  const step = STEP * (Number.isFinite(range) ? Math.min(range / 10, 1) : 1);
  const [low, high] = [Math.max(before - step, refit.lower[k]!), Math.min(before + step, refit.upper[k]!)];
  const down = new Float64Array(slope.length);
  x[k] = low;
  refit.expected(x, down);
  x[k] = high;
  refit.expected(x, slope);
  x[k] = before;
  for (let c = 0; c < slope.length; c++) slope[c] = (slope[c]! - down[c]!) / (high - low);
}

/** Weights of the counts in chi^2, and the rest of it, up to what depends on the counts alone. */
function valueRow({ cells, poisson, sigma }: Refit, mu: Float64Array, row: Float64Array): number {
  let rest = 0;
  for (let c = 0; c < cells; c++) {
    const m = mu[c]!;
    row[c] = poisson[c] === 1 ? -2 * Math.log(m) : (-2 * m) / sigma[c]! ** 2;
    rest += poisson[c] === 1 ? 2 * m : (m / sigma[c]!) ** 2;
  }
  return rest;
}

/** The same of the derivative of chi^2 by an unknown. */
function gradientRow({ cells, poisson, sigma }: Refit, mu: Float64Array, slope: Float64Array, row: Float64Array) {
  let rest = 0;
  for (let c = 0; c < cells; c++) {
    const d = slope[c]!;
    row[c] = poisson[c] === 1 ? (-2 * d) / mu[c]! : (-2 * d) / sigma[c]! ** 2;
    rest += poisson[c] === 1 ? 2 * d : (2 * mu[c]! * d) / sigma[c]! ** 2;
  }
  return rest;
}

/** Sum over cells of slope slope/variance. Where more is observed than expected, chi^2 is more curved. */
function curvature(
  { cells, poisson, sigma }: Refit,
  mu: Float64Array,
  reference: Float64Array,
  a: Float64Array,
  b: Float64Array,
): number {
  let sum = 0;
  for (let c = 0; c < cells; c++) {
    const weight = poisson[c] === 1 ? Math.max(mu[c]!, reference[c]!) / mu[c]! ** 2 : 1 / sigma[c]! ** 2;
    sum += a[c]! * b[c]! * weight;
  }
  return sum;
}

/** R with R^T R = H^-1; directions without curvature are left out. */
function rootOfInverse(H: Float64Array, n: number): Float64Array {
  const { values, vectors } = symmetricEigen(H, n);
  const R = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    if (!(values[i]! > 1e-9 * values[n - 1]!)) continue;
    const weight = 1 / Math.sqrt(values[i]!);
    for (let j = 0; j < n; j++) R[i * n + j] = weight * vectors[i]![j]!;
  }
  return R;
}
