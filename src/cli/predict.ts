/** nurecoil predict: events per bin. */

import type { Command } from "commander";
import { predict } from "../analysis/predict.ts";
import { prepare } from "../analysis/prepare.ts";
import { predictCsv } from "../report/csv.ts";
import { predictTable } from "../report/table/predict.ts";
import { readAnalysis } from "./analysis.ts";
import type { ExitCode, Options } from "./command.ts";
import { experimentLibrary } from "./experiment-library.ts";
import { addAnalysisFlags, addDataFlags, addOutputFlags } from "./flags.ts";
import { hepdataEndings, hepdataForms } from "./hepdata-output.ts";
import { openOutput } from "./output.ts";

export function define(command: Command): void {
  command.argument("[experiment]", "id, id@likelihood, or the path of an experiment's folder");
  addAnalysisFlags(command);
  addDataFlags(command);
  addOutputFlags(command, "write the result: file.json, file.csv, or HEPData tables: file.yaml or .zip");
}

export function run(args: readonly string[], options: Options): ExitCode {
  const spec = readAnalysis(args, options);
  const deliver = openOutput(options, { forms: [".csv", ...hepdataEndings] });
  const result = predict(prepare(spec, experimentLibrary()));
  deliver({
    result,
    table: () => predictTable(result),
    forms: { ".csv": () => predictCsv(result), ...hepdataForms(result) },
  });
  return 0;
}
