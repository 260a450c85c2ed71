/** The experiments that come with the package, as an analysis wants them. */

import type { ExperimentLibrary } from "../analysis/prepare.ts";
import type { ParsedExperiment } from "../experiments/parse.ts";
import { listShippedExperiments, readShipped } from "./experiment-folder.ts";

/** Reads an experiment's files when it is first asked for: a run that asks again has the same data. */
export function shippedLibrary(): ExperimentLibrary {
  const read = new Map<string, ParsedExperiment>();
  return {
    ids: listShippedExperiments(),
    load: (id) => {
      const parsed = read.get(id) ?? readShipped(id);
      read.set(id, parsed);
      return parsed;
    },
  };
}
