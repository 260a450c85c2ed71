/**
 * Counts that are quadratic in the couplings: what templates become once an analysis has fixed its names. A term may also
 * hold a Chebyshev polynomial of one more parameter, which moves templates in a way that is not quadratic.
 */

import { dotProduct } from "../numerics/linear-algebra.ts";
import { chebyshevBasis } from "./basis.ts";

/** A Chebyshev polynomial T_order over [low, high] of a parameter. */
interface Polynomial<Parameter> {
  readonly parameter: Parameter;
  /** 0: the constant 1. */
  readonly order: number;
  readonly range: readonly [number, number];
}

/** Index 0 is the constant 1; index k > 0 is parameter k - 1. */
export interface QuadraticTerm {
  readonly left: number;
  readonly right: number;
  /** Of a parameter that is neither of these. */
  readonly polynomial?: Polynomial<number>;
  /** Counts per cell at unit weight. */
  readonly counts: Float64Array;
}

/** A term by names; `1` is the constant. */
export interface NamedTerm {
  readonly monomial: readonly [string, string];
  readonly polynomial?: Polynomial<string>;
  readonly counts: Float64Array;
}

/**
 * Put fixed values in and index what stays free: terms of equal weight are added up.
 * @param terms in names
 * @param free names that stay parameters, in the order of the parameter vector
 * @param fixed values of all other names; names absent from both count as 0
 */
export function contract(
  terms: readonly NamedTerm[],
  free: readonly string[],
  fixed: Readonly<Record<string, number>>,
): readonly QuadraticTerm[] {
  const index = new Map(free.map((name, i) => [name, i + 1]));
  const fixedValue = (name: string): number => (Object.hasOwn(fixed, name) ? fixed[name]! : 0);
  const weighted = terms.flatMap(({ monomial, polynomial, counts }): { term: QuadraticTerm; scale: number }[] => {
    let scale = 1;
    const open: number[] = [];
    for (const name of monomial) {
      const i = index.get(name);
      if (i !== undefined) open.push(i);
      else if (name !== "1") scale *= fixedValue(name);
    }
    const [left = 0, right = 0] = open.sort((a, b) => a - b).length === 1 ? [0, open[0]!] : open;
    if (polynomial === undefined) return scale === 0 ? [] : [{ term: { left, right, counts }, scale }];
    const parameter = index.get(polynomial.parameter);
    if (parameter === undefined) scale *= chebyshev(polynomial, fixedValue(polynomial.parameter))[0];
    if (scale === 0) return [];
    const kept = parameter === undefined ? {} : { polynomial: { ...polynomial, parameter } };
    return [{ term: { left, right, ...kept, counts }, scale }];
  });
  return mergedTerms(weighted);
}

/** Terms of equal weight added up. */
export function mergedTerms(
  weighted: readonly { readonly term: QuadraticTerm; readonly scale: number }[],
): readonly QuadraticTerm[] {
  const sums = new Map<string, QuadraticTerm>();
  for (const { term, scale } of weighted) {
    const { left, right, polynomial, counts } = term;
    const key = `${left} ${right} ${polynomial === undefined ? "" : `${polynomial.parameter} ${polynomial.order}`}`;
    const sum = sums.get(key) ?? { ...term, counts: new Float64Array(counts.length) };
    for (let i = 0; i < counts.length; i++) sum.counts[i]! += scale * counts[i]!;
    sums.set(key, sum);
  }
  return [...sums.values()];
}

/** Parameters that a term depends on, by index from 1. */
function parametersOf({ left, right, polynomial }: QuadraticTerm): readonly number[] {
  return [...new Set([left, right, polynomial?.parameter ?? 0])].filter((k) => k > 0);
}

const at = (x: ArrayLike<number>, index: number): number => (index === 0 ? 1 : x[index - 1]!);

/** Value and two derivatives of a polynomial. */
function chebyshev({ order, range }: Polynomial<unknown>, value: number): readonly [number, number, number] {
  if (order === 0) return [1, 0, 0];
  const [values, slopes, bends] = [0, 1, 2].map(() => new Float64Array(order)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  chebyshevBasis(range[0], range[1], order).fill(value, values, slopes, bends);
  return [values[order - 1]!, slopes[order - 1]!, bends[order - 1]!];
}

function polynomialAt({ polynomial }: QuadraticTerm, x: ArrayLike<number>): readonly [number, number, number] {
  return polynomial === undefined ? [1, 0, 0] : chebyshev(polynomial, at(x, polynomial.parameter));
}

function weightOf(term: QuadraticTerm, x: ArrayLike<number>): number {
  return at(x, term.left) * at(x, term.right) * polynomialAt(term, x)[0];
}

/** Derivative of a term's weight by one parameter. */
function weightSlope(term: QuadraticTerm, x: ArrayLike<number>, k: number): number {
  const { left, right, polynomial } = term;
  const [value, slope] = polynomialAt(term, x);
  if (polynomial?.parameter === k) return at(x, left) * at(x, right) * slope;
  return value * ((left === k ? at(x, right) : 0) + (right === k ? at(x, left) : 0));
}

function weightBend(term: QuadraticTerm, x: ArrayLike<number>, k: number, l: number): number {
  const { left, right, polynomial } = term;
  const [value, slope, bend] = polynomialAt(term, x);
  const of = polynomial?.parameter;
  if (k === of && l === of) return at(x, left) * at(x, right) * bend;
  if (k === of || l === of) {
    const other = k === of ? l : k;
    return slope * ((left === other ? at(x, right) : 0) + (right === other ? at(x, left) : 0));
  }
  return value * ((left === k && right === l ? 1 : 0) + (left === l && right === k ? 1 : 0));
}

/** Counts at x, added onto `out`. */
export function addCounts(terms: readonly QuadraticTerm[], x: ArrayLike<number>, out: Float64Array): void {
  for (const term of terms) {
    const { counts } = term;
    const weight = weightOf(term, x);
    for (let i = 0; i < counts.length; i++) out[i]! += weight * counts[i]!;
  }
}

/**
 * Gradient of sum_i weight_i counts_i(x) with respect to x, added onto `gradient`.
 * @param weights one per cell
 */
export function addWeightedGradient(
  terms: readonly QuadraticTerm[],
  x: ArrayLike<number>,
  weights: Float64Array,
  scale: number,
  gradient: Float64Array,
): void {
  for (const term of terms) {
    const parameters = parametersOf(term);
    if (parameters.length === 0) continue;
    const sum = scale * dotProduct(weights, term.counts, 0, term.counts.length);
    for (const k of parameters) gradient[k - 1]! += sum * weightSlope(term, x, k);
  }
}

/** Second derivatives of the same sum, added to the lower triangle of a matrix of this size. */
export function addWeightedBends(
  terms: readonly QuadraticTerm[],
  x: ArrayLike<number>,
  weights: Float64Array,
  scale: number,
  size: number,
  matrix: Float64Array,
): void {
  for (const term of terms) {
    const parameters = parametersOf(term);
    if (parameters.length === 0) continue;
    const sum = scale * dotProduct(weights, term.counts, 0, term.counts.length);
    for (const k of parameters) {
      for (const l of parameters) {
        if (l <= k) matrix[(k - 1) * size + l - 1]! += sum * weightBend(term, x, k, l);
      }
    }
  }
}

/** Derivative of the counts by one parameter (index from 1), times a factor, added onto `out`. */
export function addDerivative(
  terms: readonly QuadraticTerm[],
  x: ArrayLike<number>,
  index: number,
  factor: number,
  out: Float64Array,
): void {
  for (const term of terms) {
    const { counts } = term;
    const weight = factor * weightSlope(term, x, index);
    if (weight !== 0) for (let i = 0; i < counts.length; i++) out[i]! += weight * counts[i]!;
  }
}
