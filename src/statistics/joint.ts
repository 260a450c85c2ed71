/** Likelihoods by what their cells are: Gaussian, Poisson, or each block as it says. */

import { buildLikelihood, type Likelihood } from "./likelihood.ts";
import type { Block, Model } from "./model.ts";

type Held = Readonly<Record<string, number>>;

/**
 * Sum of the blocks' chi^2, each with its own statistics; parameters and nuisances are shared by name.
 * @param freed nuisances that are parameters of the analysis, after the couplings
 * @param fixed nuisances held at a value (pulls in sigma, normalisations as factors); all others are profiled
 */
export function jointLikelihood(model: Model, freed: readonly string[] = [], fixed: Held = {}): Likelihood {
  return buildLikelihood(model, freed, fixed);
}

/** Every cell Gaussian with the block's sigma. Arguments as `jointLikelihood`. */
export function gaussianLikelihood(model: Model, freed: readonly string[] = [], fixed: Held = {}): Likelihood {
  return buildLikelihood(withStatistics(model, "gaussian"), freed, fixed);
}

/** Every cell Poisson. Arguments as `jointLikelihood`. */
export function poissonLikelihood(model: Model, freed: readonly string[] = [], fixed: Held = {}): Likelihood {
  return buildLikelihood(withStatistics(model, "poisson"), freed, fixed);
}

function withStatistics(model: Model, statistics: NonNullable<Block["statistics"]>): Model {
  return { ...model, blocks: model.blocks.map((block) => ({ ...block, statistics })) };
}
