/** Experiments as the command line names them: those of the package by id, a user's own by the path of its folder. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ExperimentLibrary } from "../analysis/prepare.ts";
import { usageError } from "../errors.ts";
import type { ParsedExperiment } from "../experiments/parse.ts";
import { listShippedExperiments, readExperimentFolder, readShipped } from "../node/experiment-folder.ts";
import { canonicalJson, sha256 } from "../node/run-spec.ts";

/**
 * Read an experiment by id or path. What has a slash is a path; an id of the package wins over a folder of that name.
 * @throws NurecoilError (usage) for an unknown id with the nearest one; (file) when its folder is wrong
 */
export function readExperiment(name: string): ParsedExperiment {
  return isExperimentPath(name) ? readExperimentFolder(name) : readShipped(name);
}

export function isExperimentPath(name: string): boolean {
  if (/[/\\]/.test(name)) return true;
  return !listShippedExperiments().includes(name) && existsSync(join(name, "experiment.json"));
}

/** A library for one analysis: two folders of the same experiment cannot go together, and each is read once. */
export function experimentLibrary(): ExperimentLibrary {
  const nameOf = new Map<string, string>();
  const read = new Map<string, ParsedExperiment>();
  return {
    ids: listShippedExperiments(),
    load: (name) => {
      const known = read.get(name);
      if (known !== undefined) return known;
      const parsed = readExperiment(name);
      const other = nameOf.get(parsed.file.id);
      if (other !== undefined && other !== name)
        throw usageError(`${other} and ${name} are both the experiment "${parsed.file.id}"`, "use one of them");
      nameOf.set(parsed.file.id, name);
      read.set(name, parsed);
      return parsed;
    },
  };
}

/**
 * What the experiments of an analysis hold, as SHA-256 by id: a long run does not go on with data that have changed.
 * @param names as the analysis calls them
 */
export function experimentDigests(
  library: ExperimentLibrary,
  names: readonly string[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    names.map((name) => {
      const { file, tables } = library.load(name);
      const values = Object.values(tables).map(({ columns }) => Object.values(columns).map((column) => [...column]));
      return [file.id, sha256(canonicalJson([file, values]))];
    }),
  );
}
