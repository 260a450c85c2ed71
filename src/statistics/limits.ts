/** Where nuisances may lie. */

import { deviationOf, type Model } from "./model.ts";

/** Factors of nuisances stay above this. */
const SMALLEST_FACTOR = 1e-6;

/** Lowest and highest deviation of each nuisance of a model. */
interface Limits {
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

/** Deviations between which factors stay positive and flat nuisances inside their bounds. */
export function limitsOf({ nuisances, blocks }: Model): Limits {
  const scaling = new Set(blocks.flatMap((block) => block.components.flatMap((one) => one.nuisances)));
  return {
    lower: nuisances.map((one) => {
      if (one.kind === "flat") return one.bounds === undefined ? -Infinity : deviationOf(one, one.bounds[0]);
      return scaling.has(one.name) ? (SMALLEST_FACTOR - 1) / (one.sigma ?? 1) : Number.NEGATIVE_INFINITY;
    }),
    upper: nuisances.map((one) =>
      one.kind === "flat" && one.bounds !== undefined ? deviationOf(one, one.bounds[1]) : Number.POSITIVE_INFINITY,
    ),
  };
}
