/** nurecoil cite: BibTeX of data and formulas. */

import type { Command } from "commander";
import { NurecoilError, usageError } from "../errors.ts";
import { toBibliography } from "../experiments/sources.ts";
import { formulaSources } from "../report/citations.ts";
import { type Citation, citationsOf } from "../report/spec-citations.ts";
import { version } from "../version.ts";
import { readSpecFile } from "./analysis.ts";
import { findEntries } from "./catalogue/index.ts";
import type { ExitCode, Options } from "./command.ts";
import { readExperiment } from "./experiment-library.ts";
import { addOutputFlags } from "./flags.ts";
import { openOutput, say } from "./output.ts";

export function define(command: Command): void {
  command.argument("[ids...]", "whatever `nurecoil show` knows, or a BibTeX key of a formula's source");
  command.option("--spec <file>", "cite what an analysis rests on (- for stdin)");
  addOutputFlags(command, "write the entries: file.bib or file.json");
}

export function run(args: readonly string[], options: Options): ExitCode {
  if (args.length === 0 && options.spec === undefined)
    throw usageError("nothing to cite", "e.g. nurecoil cite coherent-csi-2017 helm xi_V");
  const found = uniqueById([
    ...findAll([...new Set(args)]),
    ...(options.spec === undefined ? [] : ofSpec(options.spec)),
  ]);
  const deliver = openOutput(options, { forms: [".bib"], fallback: ".bib" });
  const sources = [...new Map(found.flatMap((one) => one.sources).map((source) => [source.key, source])).values()];
  for (const { id, sources: none } of found) if (none.length === 0) say(options, `${id} has no source to cite`);
  const bibtex = toBibliography(found.flatMap((one) => one.sources));
  deliver({
    result: {
      format: "nurecoil/cite/1",
      version,
      ids: Object.fromEntries(found.map(({ id, sources: its }) => [id, its.map((source) => source.key)])),
      sources,
      bibtex,
    },
    table: () => bibtex,
    forms: { ".bib": () => bibtex },
  });
  return 0;
}

/** Sources of every id. @throws NurecoilError (usage) listing every unknown one */
function findAll(ids: readonly string[]): readonly Citation[] {
  const issues: NurecoilError["issues"][number][] = [];
  const found = ids.flatMap((id) => {
    const formula = formulaSources.find((source) => source.key === id);
    if (formula !== undefined) return [{ id, sources: [formula] }];
    try {
      return [{ id, sources: findEntries(id).flatMap(({ entry }) => entry.sources()) }];
    } catch (error) {
      if (!(error instanceof NurecoilError) || error.kind === "file") throw error;
      issues.push(...error.issues);
      return [];
    }
  });
  if (issues.length > 0) throw new NurecoilError("usage", issues);
  return found;
}

/** What the analysis of a spec file rests on. */
function ofSpec(path: string): readonly Citation[] {
  const spec = readSpecFile(path);
  return citationsOf(
    spec,
    spec.experiments.map(({ id }) => readExperiment(id)),
  );
}

function uniqueById(citations: readonly Citation[]): readonly Citation[] {
  return [...new Map(citations.map((one) => [one.id, one])).values()];
}
