/** Draft of a region: what is drawn at once, until `region` has the sharp one. */

import { type BandPlane, bandsOfSteps, minimaAlongSteps } from "../statistics/band.ts";
import { draftSteps } from "../statistics/draft.ts";
import { descendAtSteps } from "../statistics/profile.ts";
import { asPart, type Steps } from "../statistics/steps.ts";
import { minimaFor, type NamedMinimum } from "./minima.ts";
import { type Prepared, smStart } from "./ready.ts";
import { emptyPlane, type PlaneQuestion, planeQuestion, type RegionOptions, readyFor, regionResult } from "./region.ts";
import type { RegionResult } from "./results.ts";

/** What of a draft is known already. */
export interface DraftOptions extends RegionOptions {
  /** Minima of the same parameters, as `minimaSteps` or an earlier result has them; a parameter left out is at its standard-model value. */
  readonly minima?: readonly Pick<NamedMinimum, "parameters">[] | undefined;
}

/**
 * Regions of a plane as `regionSteps` has them, drawn from few points: 49 per axis where a border runs, vertices interpolated.
 * Islands and holes wider than two cells (1/24 of the window) are there. A note of the result says that it is a draft.
 * @throws NurecoilError (usage) without a plane, or when no minimum is found
 */
export function* draftRegionSteps(prepared: Prepared, options: DraftOptions = {}): Steps<RegionResult> {
  const question = planeQuestion(readyFor(prepared, options), options);
  const { analysis, objective, indices, band, levels, window } = question;
  yield 0;
  const start = smStart(analysis, objective);
  if (band !== null) return yield* draftBand(question, band, options);
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

/** Bands by quick descents of what is profiled; their ends lie on the level as those of the sharp ones do. */
function* draftBand(question: PlaneQuestion, band: BandPlane, options: DraftOptions): Steps<RegionResult> {
  const { analysis, objective, levels, window } = question;
  const start = smStart(analysis, objective);
  const known = options.minima === undefined ? [] : minimaFor(objective, options.minima, start);
  const search = minimaAlongSteps(objective, band.index, [start, ...known.map((one) => one.x)]);
  const minima = yield* asPart(search, (share) => 0.3 * share);
  if (minima.length === 0) throw emptyPlane(question);
  const bands = bandsOfSteps(objective, band, minima, levels, window, descendAtSteps);
  return regionResult(question, minima, yield* asPart(bands, (share) => 0.3 + 0.7 * share), [DRAFT_BAND]);
}

const DRAFT_BAND = "draft: parameters off the plane are searched quickly";
const DRAFT =
  "draft: drawn from few points, borders interpolated between them; islands narrower than two cells (1/24 of the window) can be missed or joined";
