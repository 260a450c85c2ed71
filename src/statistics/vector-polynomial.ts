/** Vectors that depend on parameters as polynomials: residuals of cells, and how cells respond to pulls. */

import { dotProduct } from "../numerics/linear-algebra.ts";

/** Powers of each parameter. */
type Powers = readonly number[];

/** Coefficients by the powers of their monomial. */
export interface PolynomialTerm<Coefficient> {
  readonly powers: Powers;
  readonly coefficient: Coefficient;
}

/** One term per monomial. */
export type Polynomial<Coefficient> = ReadonlyMap<string, PolynomialTerm<Coefficient>>;

export const keyOf = (powers: Powers): string => powers.join(" ");
export const degreeOf = (powers: Powers): number => powers.reduce((sum, power) => sum + power, 0);

/** A polynomial of vectors that is being put together. */
export interface VectorSum {
  readonly polynomial: Polynomial<Float64Array>;
  /** Add scale x vector, from a row on, to the coefficient of a monomial. */
  readonly add: (powers: Powers, vector: ArrayLike<number>, scale: number, from: number) => void;
}

/** @param rows length of the vectors */
export function vectorSum(rows: number): VectorSum {
  const terms = new Map<string, PolynomialTerm<Float64Array>>();
  return {
    polynomial: terms,
    add: (powers, vector, scale, from) => {
      const key = keyOf(powers);
      const known = terms.get(key);
      const coefficient = known?.coefficient ?? new Float64Array(rows);
      if (known === undefined) terms.set(key, { powers, coefficient });
      for (let i = 0; i < vector.length; i++) coefficient[from + i]! += scale * vector[i]!;
    },
  };
}

/** Product of two polynomials of numbers. */
export function multiplied(a: Polynomial<number>, b: Polynomial<number>): Polynomial<number> {
  return products(a, b, (p, q) => p * q);
}

/** Scalar product of two polynomials of vectors: a polynomial of numbers. */
export function contracted(a: Polynomial<Float64Array>, b: Polynomial<Float64Array>): Polynomial<number> {
  return products(a, b, (p, q) => dotProduct(p, q, 0, p.length));
}

function products<C>(a: Polynomial<C>, b: Polynomial<C>, product: (p: C, q: C) => number): Polynomial<number> {
  const terms = new Map<string, PolynomialTerm<number>>();
  for (const one of a.values()) {
    for (const other of b.values()) {
      const powers = one.powers.map((power, i) => power + other.powers[i]!);
      const key = keyOf(powers);
      const coefficient = (terms.get(key)?.coefficient ?? 0) + product(one.coefficient, other.coefficient);
      terms.set(key, { powers, coefficient });
    }
  }
  return terms;
}
