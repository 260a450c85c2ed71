/** nurecoil fit: all minima and the confidence intervals of the free parameters. */

import type { Command } from "commander";
import { fit } from "../analysis/fit.ts";
import { prepare } from "../analysis/prepare.ts";
import { fitTable } from "../report/table/fit.ts";
import { readAnalysis } from "./analysis.ts";
import type { ExitCode, Options } from "./command.ts";
import { experimentLibrary } from "./experiment-library.ts";
import { addAnalysisFlags, addLevelFlags, addNamesFlag, addOutputFlags } from "./flags.ts";
import { openOutput } from "./output.ts";
import { progressLine } from "./progress.ts";

export function define(command: Command): void {
  command.argument("[experiments...]", "id, id@likelihood, or the path of an experiment's folder");
  addNamesFlag(command, "free", "parameters to fit, e.g. xi_S,xi_V");
  addLevelFlags(command);
  addAnalysisFlags(command);
  addOutputFlags(command, "write the result: file.json");
}

export function run(args: readonly string[], options: Options): ExitCode {
  const spec = readAnalysis(args, options);
  const deliver = openOutput(options);
  const line = progressLine("fit", options);
  const result = fit(prepare(spec, experimentLibrary()), line.update);
  line.done();
  deliver({ result, table: () => fitTable(result) });
  const answered = result.minima.length > 0 && result.minima.every((one) => one.status !== "failed");
  return answered ? 0 : 1;
}
