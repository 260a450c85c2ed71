/**
 * chi^2 of Gaussian cells with linear pulls as polynomials of the parameters:
 *
 *     chi^2(x) = rr(x) - sum over systems v(x)^T M(x)^-1 v(x)
 *
 * with rr the squared residuals, v_p their products with the response to pull p, M_pq the products of responses. The
 * cells are summed over once, when the form is made.
 */

/** Plain data: it can be posted to a worker. */
export interface GramForm {
  /** Number of parameters. */
  readonly variables: number;
  /** Monomial k > 0 is monomial `parent[k]` < k times variable `factor[k]`; monomial 0 is 1. */
  readonly parent: Int32Array;
  readonly factor: Int32Array;
  /** Number of pulls of each system: those that have to be solved for together. */
  readonly sizes: Int32Array;
  /**
   * Polynomial j owns the entries from `start[j]` to `start[j + 1]`, each a coefficient of a monomial. Order: rr, then
   * of each system v and the lower triangle of M, row by row.
   */
  readonly start: Int32Array;
  readonly monomial: Int32Array;
  readonly coefficient: Float64Array;
}

/** Answers are NaN where a parameter is. */
export interface Gram {
  readonly form: GramForm;
  /** chi^2 at a point; the same number, to the bit, as in a batch. */
  readonly value: (x: ArrayLike<number>) => number;
  /** Overwrites `gradient` with the first derivatives. */
  readonly gradient: (x: ArrayLike<number>, gradient: Float64Array) => void;
  /** Overwrites `hessian` with the second derivatives, row-major. */
  readonly hessian: (x: ArrayLike<number>, hessian: Float64Array) => void;
  /**
   * How far rounding may move `value`: 2^-52 times the sizes of all that is added up. Large where polynomials cancel,
   * as far out along a direction that the cells do not see.
   */
  readonly rounding: (x: ArrayLike<number>) => number;
  /**
   * chi^2 of many points.
   * @param xs one list per parameter, point by point
   * @param out one number per point
   */
  readonly batch: (xs: readonly Float64Array[], out: Float64Array) => void;
  /**
   * chi^2 on a grid.
   * @param axes values of each parameter
   * @param out one number per point, last axis fastest
   */
  readonly grid: (axes: readonly Float64Array[], out: Float64Array) => void;
  /** A list that `batch` and `grid` read and write fastest. It lives as long as this object. */
  readonly list: (length: number) => Float64Array;
}
