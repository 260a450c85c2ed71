/** Every shipped experiment with each of its likelihoods. */

import { buildExperiment, type Experiment } from "../../src/experiments/build.ts";
import { library } from "../analysis/shipped.ts";

export interface ShippedLikelihood {
  /** `id@likelihood`. */
  readonly name: string;
  readonly experiment: Experiment;
}

export const likelihoods: readonly ShippedLikelihood[] = library.ids.flatMap((id) => {
  const parsed = library.load(id);
  return parsed.file.likelihoods.map((one) => ({
    name: `${id}@${one.id}`,
    experiment: buildExperiment(parsed, one.id),
  }));
});
