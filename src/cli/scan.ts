/** nurecoil scan: chi^2 on a grid. */

import type { Command } from "commander";
import { prepare } from "../analysis/prepare.ts";
import { scan, scanPlan } from "../analysis/scan.ts";
import type { AnalysisSpec } from "../analysis/spec.ts";
import { usageError } from "../errors.ts";
import { scanCsv } from "../report/csv.ts";
import { toJson } from "../report/json.ts";
import { scanTable } from "../report/table/scan.ts";
import { readAnalysis } from "./analysis.ts";
import type { ExitCode, Options } from "./command.ts";
import { experimentDigests, experimentLibrary } from "./experiment-library.ts";
import { addAnalysisFlags, addDataFlags, addGridFlag, addNamesFlag, addOutputFlags, addRunFlags } from "./flags.ts";
import { hepdataEndings, hepdataForms } from "./hepdata-output.ts";
import { isRunFolder, longRun, RUN_FOLDER_NAMES } from "./long-run.ts";
import { openOutput, print } from "./output.ts";
import { progressLine } from "./progress.ts";

export function define(command: Command): void {
  command.argument("[experiments...]", "id, id@likelihood, or the path of an experiment's folder");
  addGridFlag(command);
  addNamesFlag(command, "profile", "parameters that are minimised at every point; others keep their value");
  addAnalysisFlags(command);
  addDataFlags(command);
  addOutputFlags(
    command,
    "write the points: file.csv, file.json, HEPData tables (file.yaml or .zip), or a folder, which an interrupted scan goes on in",
  );
  addRunFlags(command);
}

export async function run(args: readonly string[], options: Options): Promise<ExitCode> {
  const spec = readAnalysis(args, options);
  checkSize(spec.grid);
  if (isRunFolder(options.output)) return await scanInFolder(spec, options.output, options);
  if (options.takeOver === true) throw usageError("--take-over is for run folders", "name one with -o");
  const deliver = openOutput(options, {
    forms: [".csv", ...hepdataEndings],
    fallback: null,
    otherwise: RUN_FOLDER_NAMES,
  });
  const prepared = prepare(spec, experimentLibrary());
  const progress = progressLine("scan", options);
  const result = scan(prepared, progress.update);
  progress.done();
  deliver({
    result,
    table: () => scanTable(result, options.output === undefined),
    forms: { ".csv": () => scanCsv(result), ...hepdataForms(result) },
  });
  return result.failed.length === 0 ? 0 : 1;
}

async function scanInFolder(spec: AnalysisSpec, folder: string, options: Options): Promise<ExitCode> {
  const library = experimentLibrary();
  const prepared = prepare(spec, library);
  const experiments = experimentDigests(
    library,
    spec.experiments.map(({ id }) => id),
  );
  const plan = scanPlan(prepared);
  const work = { kind: "scan", seed: null, spec: prepared.spec, settings: { experiments }, ...plan } as const;
  const result = await longRun(folder, work, options);
  if (result === undefined) return 130;
  if (options.json === true) print(toJson(result));
  else if (options.quiet !== true) print(scanTable(result, false));
  return result.failed.length === 0 ? 0 : 1;
}

/** A grid beyond this would not fit into memory. */
const MAX_POINTS = 1e7;

function checkSize(grid: AnalysisSpec["grid"]): void {
  const points = grid.reduce((product, axis) => product * axis.n, 1);
  if (points > MAX_POINTS)
    throw usageError(`the grid has ${points} points, more than ${MAX_POINTS}`, "use fewer points");
}
