/** Counts of cells summed over all axes but one. */

import type { PointPrediction } from "../analysis/point.ts";

/** Counts along one axis of a prediction. */
export interface Projection {
  readonly edges: readonly number[];
  readonly components: readonly {
    readonly name: string;
    readonly flavour: string | null;
    readonly counts: readonly number[];
  }[];
  readonly total: readonly number[];
  readonly smTotal: readonly number[];
  /** null where nothing was observed. */
  readonly observed: readonly number[] | null;
  /** Standard deviation of the observed counts: as given, or sqrt(n) of counts. */
  readonly errors: readonly number[] | null;
  /** (observed - total)/sigma, sigma as given, or sqrt(total) of counts; 0 where nothing is expected and observed. */
  readonly residuals: readonly number[] | null;
}

/**
 * @param prediction flat cells, last axis fastest
 * @param axis index of the axis that stays
 */
export function projected(prediction: PointPrediction, axis: number): Projection {
  const { axes, total, smTotal, observed, errors } = prediction;
  const lengths = axes.map(({ edges }) => edges.length - 1);
  const length = lengths[axis]!;
  const stride = lengths.slice(axis + 1).reduce((product, n) => product * n, 1);
  const sum = (cells: readonly number[], of: (value: number) => number = (value) => value): number[] => {
    const sums = new Array<number>(length).fill(0);
    for (let i = 0; i < cells.length; i++) sums[Math.floor(i / stride) % length]! += of(cells[i]!);
    return sums;
  };
  const expected = sum(total);
  const seen = observed === null ? null : sum(observed);
  const sigma = errors === null ? null : sum(errors, (error) => error * error).map(Math.sqrt);
  return {
    edges: axes[axis]!.edges,
    components: prediction.components.map(({ name, flavour, counts }) => ({ name, flavour, counts: sum(counts) })),
    total: expected,
    smTotal: sum(smTotal),
    observed: seen,
    errors: seen === null ? null : (sigma ?? seen.map((n) => Math.sqrt(Math.max(0, n)))),
    residuals:
      seen?.map((n, i) => {
        const unit = sigma?.[i] ?? Math.sqrt(Math.max(0, expected[i]!));
        return unit === 0 ? 0 : (n - expected[i]!) / unit;
      }) ?? null,
  };
}
