/** nurecoil scan: chi^2 on a grid. */

import type { Command } from "commander";
import { prepare } from "../analysis/prepare.ts";
import { scan } from "../analysis/scan.ts";
import type { AnalysisSpec } from "../analysis/spec.ts";
import { usageError } from "../errors.ts";
import { scanCsv } from "../report/csv.ts";
import { scanTable } from "../report/table/scan.ts";
import { readAnalysis } from "./analysis.ts";
import type { ExitCode, Options } from "./command.ts";
import { experimentLibrary } from "./experiment-library.ts";
import { addAnalysisFlags, addDataFlags, addGridFlag, addNamesFlag, addOutputFlags } from "./flags.ts";
import { openOutput } from "./output.ts";
import { progressLine } from "./progress.ts";

export function define(command: Command): void {
  command.argument("[experiments...]", "id, id@likelihood, or the path of an experiment's folder");
  addGridFlag(command);
  addNamesFlag(command, "profile", "parameters that are minimised at every point; others keep their value");
  addAnalysisFlags(command);
  addDataFlags(command);
  addOutputFlags(command, "write the points: file.csv or file.json");
}

export function run(args: readonly string[], options: Options): ExitCode {
  const spec = readAnalysis(args, options);
  checkSize(spec.grid);
  const deliver = openOutput(options, { forms: [".csv"], fallback: null });
  const prepared = prepare(spec, experimentLibrary());
  const progress = progressLine("scan", options);
  const result = scan(prepared, progress.update);
  progress.done();
  deliver({
    result,
    table: () => scanTable(result, options.output === undefined),
    forms: { ".csv": () => scanCsv(result) },
  });
  return result.failed.length === 0 ? 0 : 1;
}

/** A grid beyond this would not fit into memory. */
const MAX_POINTS = 1e7;

function checkSize(grid: AnalysisSpec["grid"]): void {
  const points = grid.reduce((product, axis) => product * axis.n, 1);
  if (points > MAX_POINTS)
    throw usageError(`the grid has ${points} points, more than ${MAX_POINTS}`, "use fewer points");
}
