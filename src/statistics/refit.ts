/** A likelihood whose data can be replaced: what toys are thrown from and fitted with. */

/**
 * Vectors of unknowns hold the free couplings first, then nuisances as deviations (in units of their sigma, nominal 0;
 * in their own unit where they have no constraint). Nuisances that are fixed are no unknowns.
 */
export interface Refit {
  /** Number of free couplings, the first of the unknowns. */
  readonly couplings: number;
  readonly unknowns: number;
  readonly cells: number;
  /** 1 for a Poisson cell, 0 for a Gaussian one. */
  readonly poisson: Uint8Array;
  /** Error of each Gaussian cell. */
  readonly sigma: Float64Array;
  /** 1 for an unknown with a Gaussian constraint of unit width around its centre. */
  readonly constrained: Uint8Array;
  /** Where each unknown may lie; infinite where nothing limits it. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /**
   * Replace the data.
   * @param observed counts of all cells
   * @param centres measured centres of the constraints, one per unknown (only those of constrained ones are read)
   */
  readonly setData: (observed: ArrayLike<number>, centres: ArrayLike<number>) => void;
  /** Expected counts of all cells, written to `out`. */
  readonly expected: (unknowns: ArrayLike<number>, out: Float64Array) => void;
  /**
   * Local minimum of chi^2 over the unknowns that are not held, from where they are.
   * @param unknowns are moved to the minimum
   * @param held 1 for an unknown that keeps its value
   * @returns chi^2; NaN where the search did not converge
   */
  readonly minimize: (unknowns: Float64Array, held: Uint8Array) => number;
}
