/** nurecoil toys: goodness of fit and coverage. */

import type { Command } from "commander";
import { toysPlan } from "../analysis/toys.ts";
import { toysTable } from "../report/table/toys.ts";
import { readAnalysis } from "./analysis.ts";
import type { ExitCode, Options } from "./command.ts";
import {
  addAnalysisFlags,
  addDataFlags,
  addLevelFlags,
  addNamesFlag,
  addOutputFlags,
  addRunFlags,
  addToyFlags,
} from "./flags.ts";
import { checkSamplingFlags, SAMPLING_OUTPUT, sample } from "./sampling.ts";

export function define(command: Command): void {
  command.argument("[experiments...]", "id, id@likelihood, or the path of an experiment's folder");
  addNamesFlag(command, "free", "parameters to fit, e.g. xi_S,xi_V; their intervals are tried");
  addToyFlags(command, "how many toys (default: 1000)");
  addLevelFlags(command);
  addAnalysisFlags(command);
  addDataFlags(command, "coupling or nuisance that toys are thrown at, and Asimov data made with (repeatable)");
  addOutputFlags(command, SAMPLING_OUTPUT);
  addRunFlags(command);
}

export async function run(args: readonly string[], options: Options): Promise<ExitCode> {
  const spec = readAnalysis(args, options, (flags) => checkSamplingFlags(flags, options));
  // What a file of another command tests is none of this one's business.
  const { parameter: _parameter, points: _points, ...toys } = spec.toys ?? { pulls: "profiled" };
  return await sample({ ...spec, plane: null, toys }, options, {
    kind: "toys",
    plan: toysPlan,
    table: toysTable,
    isComplete: ({ failed }) => failed === 0,
  });
}
