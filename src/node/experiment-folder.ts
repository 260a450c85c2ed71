/**
 * Experiments on disk: folders of the user, folders shipped with the package, folders of official releases.
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { NurecoilError, suggestion } from "../errors.ts";
import type { Importer } from "../experiments/importers/index.ts";
import { type ParsedExperiment, parseExperiment } from "../experiments/parse.ts";

/** The package's own experiments; src/node and dist/node lie equally deep below its root. */
const shippedFolder = fileURLToPath(new URL("../../experiments/", import.meta.url));

/**
 * Read and check an experiment's folder.
 * @param path the folder with `experiment.json` and its CSV files
 * @throws NurecoilError (file) when it is no folder, or listing every issue of its files
 */
export function readExperimentFolder(path: string): ParsedExperiment {
  checkFolder(path);
  const names = reading(path, () => readdirSync(path)).filter(
    (name) => name === "experiment.json" || name.endsWith(".csv"),
  );
  // "." and ".." do not say what the folder is called.
  const named = /(^|[/\\])\.{0,2}[/\\]*$/.test(path) ? resolve(path) : path;
  return parseExperiment(readTexts(path, names), named);
}

/** Ids of the experiments that come with the package, sorted. */
export function listShippedExperiments(): string[] {
  if (!existsSync(shippedFolder)) return [];
  return readdirSync(shippedFolder)
    .filter((id) => existsSync(join(shippedFolder, id, "experiment.json")))
    .sort();
}

/**
 * Read an experiment that comes with the package.
 * @param id one of `listShippedExperiments()`
 * @throws NurecoilError (usage) with the nearest id when there is none of this name
 */
export function readShipped(id: string): ParsedExperiment {
  const ids = listShippedExperiments();
  if (!ids.includes(id))
    throw new NurecoilError("usage", [{ message: `unknown experiment "${id}"`, hint: suggestion(id, ids) }]);
  return readExperimentFolder(join(shippedFolder, id));
}

/**
 * Convert an official release on disk.
 * @param importer one of `importers`
 * @param path folder of the release
 * @returns file names of the experiment's folder and their texts
 * @throws NurecoilError (file) when it is no folder, or listing every missing file and wrong line
 */
export function importReleaseFolder(importer: Importer, path: string): Record<string, string> {
  checkFolder(path);
  try {
    return importer.convert(readTexts(path, importer.requiredFiles));
  } catch (error) {
    if (!(error instanceof NurecoilError)) throw error;
    throw new NurecoilError(
      error.kind,
      error.issues.map((issue) => (issue.file === undefined ? issue : { ...issue, file: join(path, issue.file) })),
    );
  }
}

function checkFolder(path: string): void {
  const found = reading(path, () => statSync(path, { throwIfNoEntry: false }));
  if (found === undefined) throw new NurecoilError("file", [{ file: path, message: "there is no such folder" }]);
  if (!found.isDirectory())
    throw new NurecoilError("file", [
      { file: path, message: "is a file", hint: `expected a folder; ${basename(path)} may be inside it` },
    ]);
}

/** Texts of those of the named files that exist. */
function readTexts(folder: string, names: readonly string[]): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const name of names) {
    const path = join(folder, name);
    reading(path, () => {
      if (statSync(path, { throwIfNoEntry: false })?.isFile() === true) texts[name] = readFileSync(path, "utf8");
    });
  }
  return texts;
}

/** Failures of the file system (permission, say) as an error that names the file. */
function reading<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new NurecoilError("file", [{ file: path, message: `cannot be read: ${(error as Error).message}` }]);
  }
}
