/** Probability that an event of a given number of photoelectrons is accepted. */

export interface LogisticAcceptance {
  /** Plateau k_1. */
  readonly amplitude: number;
  /** k_2, per photoelectron. */
  readonly slope: number;
  /** x_0, photoelectrons. */
  readonly midpoint: number;
  /** No acceptance below this number of photoelectrons. */
  readonly threshold: number;
  /** Whether the first photoelectron above the threshold counts half. */
  readonly halfStep?: boolean;
}

/**
 * A(x) = k_1/(1 + exp(-k_2 (x - x_0))) H(x - threshold).
 *
 * arXiv:1806.07424 eq. 5 writes A(E_r) but its argument is the number of photoelectrons. H is 1 at the threshold; with
 * `halfStep` it is 1/2 up to one photoelectron above it (data release arXiv:1804.09459).
 * @param photoelectrons number of photoelectrons
 * @source arXiv:1806.07424 eq. 8
 * @example logisticAcceptance({ amplitude: 1, slope: 1, midpoint: 10, threshold: 5 }, 10) === 0.5
 */
export function logisticAcceptance(parameters: LogisticAcceptance, photoelectrons: number): number {
  if (photoelectrons < parameters.threshold) return 0;
  const step = parameters.halfStep === true && photoelectrons < parameters.threshold + 1 ? 0.5 : 1;
  return (step * parameters.amplitude) / (1 + Math.exp(-parameters.slope * (photoelectrons - parameters.midpoint)));
}
