/** nurecoil cite: BibTeX of data and formulas. */

import type { Command } from "commander";
import { NurecoilError, usageError } from "../errors.ts";
import { type Source, toBibliography } from "../experiments/sources.ts";
import { formulaSources } from "../report/citations.ts";
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
  const ids = [...args, ...(options.spec === undefined ? [] : idsOfSpec(options.spec))];
  if (ids.length === 0) throw usageError("nothing to cite", "e.g. nurecoil cite coherent-csi-2017 helm xi_V");
  const found = findAll([...new Set(ids)]);
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
function findAll(ids: readonly string[]): readonly { readonly id: string; readonly sources: readonly Source[] }[] {
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

/** Experiments, their targets, form factor and couplings of a spec file, and the constants. */
function idsOfSpec(path: string): readonly string[] {
  const spec = readSpecFile(path);
  const files = spec.experiments.map((one) => readExperiment(one.id).file);
  const model = typeof spec.formFactor === "object" ? spec.formFactor?.model : spec.formFactor;
  return [
    ...spec.experiments.map((one) => one.id),
    ...files.map((file) => file.likelihoods[0]!.target.composition),
    ...(model === undefined || model === null ? files.map((file) => file.defaults.formFactor) : [model]),
    ...Object.keys(spec.parameters),
    ...spec.free,
    ...spec.profile,
    ...(spec.plane ?? []),
    ...spec.grid.map((axis) => axis.name),
    "VV",
    "constants",
  ];
}
