/** The experiments that come with the package, as an analysis wants them. */

import type { ExperimentLibrary } from "../analysis/prepare.ts";
import { listShippedExperiments, readShipped } from "./experiment-folder.ts";

/** Reads an experiment's files when it is asked for. */
export function shippedLibrary(): ExperimentLibrary {
  return { ids: listShippedExperiments(), load: readShipped };
}
