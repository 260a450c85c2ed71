/** Likelihoods with replaceable data whose minima are written down, not searched for. */

import { latticeOf } from "../../src/statistics/lattice.ts";
import type { Refit } from "../../src/statistics/refit.ts";
import { type ScreenTables, screenTables } from "../../src/statistics/screen-tables.ts";
import type { Toy } from "../../src/statistics/toys.ts";

/** What the search for the lowest chi^2 over all couplings of a likelihood starts from. */
export function searchTables(refit: Refit, data: Toy, extras: readonly (readonly number[])[] = []): ScreenTables {
  const axes = Array.from({ length: refit.couplings }, (_, k) => k);
  const [lower, upper] = [refit.lower, refit.upper].map((limits) => [...limits].slice(0, axes.length));
  return screenTables(refit, {
    lattice: latticeOf(lower!, upper!, extras),
    axes,
    held: new Uint8Array(refit.unknowns),
    base: new Float64Array(refit.unknowns),
    data,
  });
}

/** chi^2 of a Poisson count. */
function poissonChi2(n: number, mu: number): number {
  return 2 * (mu - n + (n > 0 ? n * Math.log(n / mu) : 0));
}

/** One Poisson cell: a signal of at least 0 on a known background. */
export function singleBin(background: number, highest = 60): Refit {
  let n = 0;
  return {
    couplings: 1,
    unknowns: 1,
    cells: 1,
    poisson: Uint8Array.of(1),
    sigma: new Float64Array(1),
    constrained: new Uint8Array(1),
    lower: Float64Array.of(0),
    upper: Float64Array.of(highest),
    setData: (observed) => {
      n = observed[0]!;
    },
    expected: (x, out) => {
      out[0] = x[0]! + background;
    },
    minimize: (x, held) => {
      if (held[0] !== 1) x[0] = Math.min(Math.max(n - background, 0), highest);
      const mu = x[0]! + background;
      return mu === 0 && n === 0 ? 0 : poissonChi2(n, mu);
    },
  };
}

/** Solve A x = b for a symmetric positive matrix by elimination. */
function solve(A: readonly (readonly number[])[], b: readonly number[]): number[] {
  const rows = A.map((row, i) => [...row, b[i]!]);
  rows.forEach((row, i) => {
    for (const [k, other] of rows.entries()) {
      if (k === i) continue;
      const factor = other[i]! / row[i]!;
      for (let j = i; j < other.length; j++) other[j]! -= factor * row[j]!;
    }
  });
  return rows.map((row, i) => row.at(-1)! / row[i]!);
}

/**
 * Gaussian cells whose expectation is linear in all unknowns: chi^2 is a parabola, t follows a chi^2 distribution.
 * @param slopes change of each cell by each unknown
 * @param couplings how many of the unknowns, the first ones, have no constraint
 */
export function linearModel(
  slopes: readonly (readonly number[])[],
  sigma: readonly number[],
  couplings: number,
  reach = 1000,
): Refit {
  const unknowns = slopes[0]!.length;
  const data = { observed: new Float64Array(slopes.length), centres: new Float64Array(unknowns) };
  const constrained = Uint8Array.from({ length: unknowns }, (_, k) => (k < couplings ? 0 : 1));
  const expectedAt = (x: ArrayLike<number>, c: number): number =>
    slopes[c]!.reduce((sum, slope, k) => sum + slope * x[k]!, 0);
  return {
    couplings,
    unknowns,
    cells: slopes.length,
    poisson: new Uint8Array(slopes.length),
    sigma: Float64Array.from(sigma),
    constrained,
    lower: new Float64Array(unknowns).fill(-reach),
    upper: new Float64Array(unknowns).fill(reach),
    setData: (observed, centres) => {
      data.observed.set(Array.from(observed));
      data.centres.set(Array.from(centres));
    },
    expected: (x, out) => {
      for (let c = 0; c < slopes.length; c++) out[c] = expectedAt(x, c);
    },
    minimize: (x, held) => {
      const open = Array.from(held.keys()).filter((k) => held[k] !== 1);
      for (const k of open) x[k] = 0;
      const rest = slopes.map((_, c) => data.observed[c]! - expectedAt(x, c));
      const A = open.map((k) =>
        open.map(
          (l) =>
            slopes.reduce((sum, row, c) => sum + (row[k]! * row[l]!) / sigma[c]! ** 2, 0) +
            (k === l ? constrained[k]! : 0),
        ),
      );
      const b = open.map(
        (k) =>
          slopes.reduce((sum, row, c) => sum + (row[k]! * rest[c]!) / sigma[c]! ** 2, 0) +
          constrained[k]! * data.centres[k]!,
      );
      solve(A, b).forEach((value, i) => {
        x[open[i]!] = value;
      });
      let chi2 = 0;
      for (let c = 0; c < slopes.length; c++) chi2 += ((data.observed[c]! - expectedAt(x, c)) / sigma[c]!) ** 2;
      for (let k = couplings; k < unknowns; k++) chi2 += (x[k]! - data.centres[k]!) ** 2;
      return chi2;
    },
  };
}

/**
 * Poisson cells that know the square of a coupling: mu = b + s x^2. Two equal minima, each reached only from its side;
 * from 0 nothing moves.
 */
export function squareModel(background: number, signal: readonly number[]): Refit {
  const cells = signal.length;
  const observed = new Float64Array(cells);
  const chi2At = (size: number): number =>
    signal.reduce((sum, s, c) => sum + poissonChi2(observed[c]!, background + s * size), 0);
  return {
    couplings: 1,
    unknowns: 1,
    cells,
    poisson: new Uint8Array(cells).fill(1),
    sigma: new Float64Array(cells),
    constrained: new Uint8Array(1),
    lower: Float64Array.of(-3),
    upper: Float64Array.of(3),
    setData: (counts) => {
      observed.set(Array.from(counts));
    },
    expected: (x, out) => {
      for (let c = 0; c < cells; c++) out[c] = background + signal[c]! * x[0]! ** 2;
    },
    minimize: (x, held) => {
      if (held[0] === 1 || x[0] === 0) return chi2At(x[0]! ** 2);
      // chi^2 is convex in x^2: golden section.
      let [low, high] = [0, 9];
      for (let step = 0; step < 80; step++) {
        const [a, b] = [high - 0.618034 * (high - low), low + 0.618034 * (high - low)];
        if (chi2At(a) < chi2At(b)) high = b;
        else low = a;
      }
      x[0] = Math.sign(x[0]!) * Math.sqrt((low + high) / 2);
      return chi2At((low + high) / 2);
    },
  };
}
