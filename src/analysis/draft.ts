/** Draft of a region: what is drawn at once, until `region` has the sharp one. */

import { draftSteps } from "../statistics/draft.ts";
import { asPart, type Steps } from "../statistics/steps.ts";
import { minimaFor, type NamedMinimum } from "./minima.ts";
import { type Prepared, ready, smStart } from "./ready.ts";
import { emptyPlane, planeQuestion, type RegionOptions, regionResult } from "./region.ts";
import type { RegionResult } from "./results.ts";

/** What of a draft is known already. */
export interface DraftOptions extends RegionOptions {
  /** Minima of the same parameters, as `minimaSteps` or an earlier result has them; a parameter left out is at its standard-model value. */
  readonly minima?: readonly Pick<NamedMinimum, "parameters">[] | undefined;
}

/**
 * Regions of a plane as `region` has them, drawn from few points: 49 per axis where a border runs, vertices interpolated.
 * Islands and holes wider than two cells (1/24 of the window) are there. A note of the result says that it is a draft.
 * @throws NurecoilError (usage) without a plane, or when no minimum is found
 */
export function* draftRegionSteps(prepared: Prepared, options: DraftOptions = {}): Steps<RegionResult> {
  const question = planeQuestion(ready(prepared), options);
  const { analysis, objective, indices, levels, window } = question;
  yield 0;
  const start = smStart(analysis, objective);
  const found = yield* asPart(
    draftSteps(objective, indices, levels, [start], {
      minima: options.minima === undefined ? undefined : minimaFor(objective, options.minima, start),
      window,
    }),
    (share) => share,
  );
  if (found.minima.length === 0) throw emptyPlane(question);
  return regionResult(question, found.minima, found, [DRAFT]);
}

const DRAFT =
  "draft: drawn from few points, borders interpolated between them; islands narrower than two cells (1/24 of the window) can be missed or joined";
