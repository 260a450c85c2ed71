/** Templates at +1 and -1 sigma of a shape nuisance, from the released variants. */

import { type Axis, scaledTo, sumIntoCells, total } from "./cells.ts";
import type { NuisanceDeclaration } from "./nuisance-schema.ts";
import type { ParsedExperiment } from "./parse.ts";

export type TemplatesVariation = Extract<
  Extract<NuisanceDeclaration, { kind: "shape" }>["variation"],
  { type: "templates" }
>;

/** Released templates of a variation in cells; `minus` null: the mirror image of the other. */
interface ReleasedTemplates {
  readonly nominal: Float64Array;
  readonly plus: Float64Array;
  readonly minus: Float64Array | null;
}

/** Templates with the nominal one's sum. */
export interface MovedTemplates {
  readonly plus: Float64Array;
  readonly minus: Float64Array;
  /** Events that the mirror image of a one-sided template would have had below zero. */
  readonly cut: number;
}

export function readTemplates(
  variation: TemplatesVariation,
  parsed: ParsedExperiment,
  axes: readonly Axis[],
): ReleasedTemplates {
  const read = (column: string): Float64Array =>
    sumIntoCells(parsed.tables[variation.table]!, column, axes, variation.axes);
  return {
    nominal: read(variation.nominal),
    plus: read(variation.plus),
    minus: variation.minus === undefined ? null : read(variation.minus),
  };
}

/** Released variants over the released nominal template, cell by cell; 1 where that is empty. */
export function ratiosOf({ nominal, plus, minus }: ReleasedTemplates): Omit<ReleasedTemplates, "nominal"> {
  const ratio = (counts: Float64Array): Float64Array =>
    counts.map((count, cell) => (nominal[cell]! > 0 ? count / nominal[cell]! : 1));
  return { plus: ratio(plus), minus: minus && ratio(minus) };
}

/**
 * Templates at +-1 sigma with the nominal one's sum; the missing side of a one-sided variant is 2 T0 - T+, cut at zero.
 * @param nominal counts, or a monomial's template of either sign
 * @param plus its shape at +1 sigma, of any sum
 */
export function movedTemplates(nominal: Float64Array, plus: Float64Array, minus: Float64Array | null): MovedTemplates {
  const sum = total(nominal);
  const keepSum = (counts: Float64Array): Float64Array => (sum === 0 ? counts : scaledTo(counts, sum));
  const up = keepSum(plus);
  if (minus !== null) return { plus: up, minus: keepSum(minus), cut: 0 };
  let cut = 0;
  const mirrored = nominal.map((count, cell) => {
    const value = 2 * count - up[cell]!;
    if (value * count >= 0) return value;
    cut += Math.abs(value);
    return 0;
  });
  return { plus: up, minus: keepSum(mirrored), cut };
}
