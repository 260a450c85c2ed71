/** nurecoil region: confidence regions in the plane of two parameters. */

import type { Command } from "commander";
import { prepare } from "../analysis/prepare.ts";
import { region } from "../analysis/region.ts";
import { regionCsv } from "../report/csv.ts";
import { regionTable } from "../report/table/region.ts";
import { readAnalysis } from "./analysis.ts";
import type { ExitCode, Options } from "./command.ts";
import { experimentLibrary } from "./experiment-library.ts";
import { addAnalysisFlags, addDataFlags, addLevelFlags, addNamesFlag, addOutputFlags } from "./flags.ts";
import { hepdataEndings, hepdataForms } from "./hepdata-output.ts";
import { openOutput } from "./output.ts";
import { progressLine } from "./progress.ts";

export function define(command: Command): void {
  command.argument("[experiments...]", "id, id@likelihood, or the path of an experiment's folder");
  command.option("--plane <a,b>", "the two parameters");
  addNamesFlag(command, "profile", "parameters that are minimised at every point; others keep their value");
  addLevelFlags(command);
  command.option("--dof <1|2>", "degrees of freedom of the levels (default: 2)");
  addAnalysisFlags(command);
  addDataFlags(command);
  addOutputFlags(command, "write the result: file.json, file.csv, or HEPData tables: file.yaml or .zip");
}

export function run(args: readonly string[], options: Options): ExitCode {
  const spec = readAnalysis(args, options);
  const deliver = openOutput(options, { forms: [".csv", ...hepdataEndings] });
  const line = progressLine("region", options);
  const result = region(prepare(spec, experimentLibrary()), line.update);
  line.done();
  deliver({
    result,
    table: () => regionTable(result),
    forms: { ".csv": () => regionCsv(result), ...hepdataForms(result) },
  });
  const open = result.regions.some((one) => one.polygons.some((polygon) => polygon.open));
  return open || result.failed > 0 ? 1 : 0;
}
