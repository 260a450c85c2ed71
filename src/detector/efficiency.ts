/** Probability that an event is accepted: at a number of photoelectrons, or at a reconstructed energy. */

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

export interface ShiftedLogisticAcceptance {
  readonly amplitude: number;
  /** Per photoelectron. */
  readonly slope: number;
  /** Photoelectrons. */
  readonly midpoint: number;
  readonly offset: number;
}

/**
 * a/(1 + exp(-b (n - c))) + d, not below 0.
 * @param photoelectrons number of photoelectrons n
 * @source data release of arXiv:2110.07730, effCoefficients.txt
 * @example shiftedLogisticAcceptance({ amplitude: 2, slope: 1, midpoint: 10, offset: -0.5 }, 10) === 0.5
 */
export function shiftedLogisticAcceptance(parameters: ShiftedLogisticAcceptance, photoelectrons: number): number {
  const { amplitude, slope, midpoint, offset } = parameters;
  return Math.max(0, amplitude / (1 + Math.exp(-slope * (photoelectrons - midpoint))) + offset);
}

/** Number of photoelectrons at which a shifted logistic reaches 0; undefined where it never does. */
export function zeroOf({ amplitude, slope, midpoint, offset }: ShiftedLogisticAcceptance): number | undefined {
  const excess = -amplitude / offset - 1;
  return excess > 0 && excess < Number.POSITIVE_INFINITY ? midpoint - Math.log(excess) / slope : undefined;
}

export interface TabulatedAcceptance {
  /** Bin edges of the reconstructed energy, MeVee, increasing; one more than values. */
  readonly edges: readonly number[];
  readonly values: readonly number[];
}

/**
 * Constant inside the bins of a table: 0 below its first edge, the last value above its last.
 * @param energy reconstructed energy, MeVee
 * @source data release arXiv:2006.12659, CENNS10AnlAEfficiency.txt
 * @example tabulatedAcceptance({ edges: [0, 1, 2], values: [0.25, 0.5] }, 7) === 0.5
 */
export function tabulatedAcceptance({ edges, values }: TabulatedAcceptance, energy: number): number {
  if (Number.isNaN(energy)) return Number.NaN;
  const bin = edges.findLastIndex((edge) => edge <= energy);
  return bin < 0 ? 0 : (values[Math.min(bin, values.length - 1)] ?? 0);
}
