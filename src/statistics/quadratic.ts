/**
 * Counts that are quadratic in the couplings: what templates become once an analysis has fixed its names. A term may also
 * hold a Chebyshev polynomial of one more parameter, which moves templates in a way that is not quadratic.
 */

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
    if (parameter === undefined) scale *= chebyshev(polynomial, fixedValue(polynomial.parameter));
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

function chebyshev({ order, range }: Polynomial<unknown>, value: number): number {
  if (order === 0) return 1;
  const values = new Float64Array(order);
  chebyshevBasis(range[0], range[1], order).fill(value, values, new Float64Array(order), new Float64Array(order));
  return values[order - 1]!;
}
