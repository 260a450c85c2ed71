/** Shares of events in bins of time: the efficiency of the clock, histograms and decays. */

import { panels } from "../numerics/gauss-legendre.ts";

/** Efficiency 1 up to a time, then falling exponentially: exp(-rate (t - flatUntil)). */
export interface TimeEfficiency {
  /** s. */
  readonly flatUntil: number;
  /** 1/s, not negative. */
  readonly rate: number;
}

/**
 * Histogram that is flat inside its evenly spaced bins, in other bins that may cut them, times an efficiency that is
 * integrated exactly. Not normalised: without efficiency and with all of the histogram inside the edges the shares sum
 * to its content.
 * @param centres of the histogram's bins, s, increasing, evenly spaced, two at least
 * @param values content of each bin
 * @param edges bin edges, s, increasing
 * @returns one share per bin; NaN for NaN
 * @example histogramShares([0.5, 1.5], [3, 5], [0, 0.5, 2]) is [1.5, 6.5]
 */
export function histogramShares(
  centres: readonly number[],
  values: readonly number[],
  edges: readonly number[],
  efficiency?: TimeEfficiency,
): Float64Array {
  const width = (centres.at(-1)! - centres[0]!) / (centres.length - 1);
  return Float64Array.from(edges.slice(1), (high, i) => {
    const low = edges[i]!;
    let sum = Number.isNaN(low + high + width) ? Number.NaN : 0;
    centres.forEach((centre, k) => {
      const [a, b] = [Math.max(low, centre - width / 2), Math.min(high, centre + width / 2)];
      if (b > a) sum += (values[k]! / width) * efficientTime(a, b, efficiency);
    });
    return sum;
  });
}

/** Integral of the efficiency over [low, high], s. */
function efficientTime(low: number, high: number, efficiency: TimeEfficiency | undefined): number {
  if (efficiency === undefined) return high - low;
  const { flatUntil, rate } = efficiency;
  return panels(low, high, [flatUntil]).reduce(
    (sum, [a, b]) => sum + (a < flatUntil ? b - a : decayIntegral(rate, a - flatUntil, b - flatUntil)),
    0,
  );
}

/** Integral of exp(-rate t) over [low, high]. */
function decayIntegral(rate: number, low: number, high: number): number {
  if (rate === 0) return high - low;
  return (Math.exp(-rate * low) * -Math.expm1(-rate * (high - low))) / rate;
}

/**
 * exp(-rate t) in bins, normalised to 1 over all of them.
 * @param rate 1/s, not negative; 0 is flat
 * @param edges bin edges, s, increasing
 * @returns one share per bin; NaN for NaN
 * @example decayShares(0, [0, 1, 4]) is [0.25, 0.75]
 */
export function decayShares(rate: number, edges: readonly number[]): Float64Array {
  // Times since the first edge: the shares do not depend on where time starts, and nothing overflows.
  const start = edges[0] ?? 0;
  const total = decayIntegral(rate, 0, (edges.at(-1) ?? start) - start);
  return Float64Array.from(edges.slice(1), (high, i) => decayIntegral(rate, edges[i]! - start, high - start) / total);
}
