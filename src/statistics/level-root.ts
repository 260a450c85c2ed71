/** Where a level runs between two neighbouring samples of a smooth function. */

import { brentAsking } from "../numerics/roots.ts";

/** Places tried by interpolation before Brent's method takes over: a kink has no polynomial. */
const TRIES = 4;
/** Halvings and Newton steps to the root of a polynomial. */
const STEPS = 60;

/** Excess over the level at four samples in a row, the crossing between the middle two; NaN where not known. */
export type Row = readonly [before: number, low: number, high: number, after: number];

/**
 * Fraction of the way from the low to the high sample at which the excess is 0: root of the polynomial through all samples
 * known, corrected at every place looked at.
 * @param tolerance on the fraction, and on the excess relative to the difference of the two samples
 * @returns NaN when the samples do not bracket a root; asks for the excess at fractions
 */
export function* levelRoot([before, low, high, after]: Row, tolerance: number): Generator<number, number, number> {
  if (low === 0) return 0;
  if (high === 0) return 1;
  if (!(low * high < 0)) return Number.NaN;
  const enough = tolerance * Math.abs(high - low);
  const known = polynomial();
  known.add(0, low);
  known.add(1, high);
  if (Number.isFinite(before)) known.add(-1, before);
  if (Number.isFinite(after)) known.add(2, after);
  let [a, fa, b, fb] = [0, low, 1, high];
  for (let k = 0; k < TRIES; k++) {
    const place = known.root(a, b, fa);
    const excess = yield place;
    if (Math.abs(excess) <= enough) return place;
    if (excess > 0 === fa > 0) [a, fa] = [place, excess];
    else [b, fb] = [place, excess];
    known.add(place, excess);
  }
  const asking = brentAsking(a, b, tolerance, enough);
  let asked = asking.next();
  while (asked.done !== true) {
    const { value } = asked;
    asked = asking.next(value === a ? fa : value === b ? fb : yield value);
  }
  return asked.value;
}

/** The fraction as the samples alone have it. */
export function interpolatedRoot(row: Row): number {
  return levelRoot(row, 0).next().value;
}

/** The polynomial through places, by divided differences. */
function polynomial() {
  const places: number[] = [];
  const coefficients: number[] = [];
  /** Divided differences that end at the last place, by order. */
  let edge: number[] = [];
  const add = (place: number, value: number): void => {
    const next = [value];
    for (const [order, earlier] of edge.entries())
      next.push((next[order]! - earlier) / (place - places[places.length - 1 - order]!));
    places.push(place);
    coefficients.push(next.at(-1)!);
    edge = next;
  };
  const root = (low: number, high: number, valueAtLow: number): number => {
    let [a, b] = [low, high];
    let x = (a + b) / 2;
    for (let step = 0; step < STEPS && b - a > 1e-14; step++) {
      let value = 0;
      let slope = 0;
      for (let k = coefficients.length - 1; k >= 0; k--) {
        slope = slope * (x - places[k]!) + value;
        value = value * (x - places[k]!) + coefficients[k]!;
      }
      if (value === 0) return x;
      if (value > 0 === valueAtLow > 0) a = x;
      else b = x;
      const newton = x - value / slope;
      const next = newton > a && newton < b ? newton : (a + b) / 2;
      if (Math.abs(next - x) < 1e-14) return next;
      x = next;
    }
    return x;
  };
  return { add, root };
}
