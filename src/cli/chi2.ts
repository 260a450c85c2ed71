/** nurecoil chi2: chi^2 at given couplings, nuisances at their best values. */

import type { Command } from "commander";
import { chi2 } from "../analysis/chi2.ts";
import { prepare } from "../analysis/prepare.ts";
import { chi2Table } from "../report/table/chi2.ts";
import { readAnalysis } from "./analysis.ts";
import type { ExitCode, Options } from "./command.ts";
import { experimentLibrary } from "./experiment-library.ts";
import { addAnalysisFlags, addDataFlags, addOutputFlags } from "./flags.ts";
import { openOutput } from "./output.ts";

export function define(command: Command): void {
  command.argument("[experiments...]", "id, id@likelihood, or the path of an experiment's folder");
  addAnalysisFlags(command);
  addDataFlags(command);
  addOutputFlags(command, "write the result: file.json");
}

export function run(args: readonly string[], options: Options): ExitCode {
  const spec = readAnalysis(args, options);
  const deliver = openOutput(options);
  const result = chi2(prepare(spec, experimentLibrary()));
  deliver({ result, table: () => chi2Table(result) });
  return 0;
}
