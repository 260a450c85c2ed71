/** nurecoil fc: Feldman-Cousins interval of a parameter, or region of two. */

import type { Command } from "commander";
import { fcPlan } from "../analysis/feldman-cousins.ts";
import type { FcResult } from "../analysis/toy-results.ts";
import { fcTable } from "../report/table/fc.ts";
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
  command.option("--parameter <name>", "the parameter whose interval is asked for");
  command.option("--plane <a,b>", "the two parameters whose region is asked for");
  addNamesFlag(command, "profile", "parameters that are minimised at every point and in every toy");
  addNamesFlag(command, "free", "the same");
  command.option("--points <n>", "tested points per axis (default: 41, in a plane 50)");
  addToyFlags(command, "most toys per point (default: 2000)");
  addLevelFlags(command, "0.90");
  addAnalysisFlags(command);
  addDataFlags(command);
  addOutputFlags(command, SAMPLING_OUTPUT);
  addRunFlags(command);
}

export async function run(args: readonly string[], options: Options): Promise<ExitCode> {
  const { parameter, plane } = options;
  const spec = readAnalysis(args, options, (flags, written) => {
    checkSamplingFlags(flags, options);
    const either = "--parameter a or --plane a,b";
    const isPlaneWritten = written.plane !== null;
    const isParameterWritten = written.toys?.parameter !== undefined;
    if (parameter !== undefined && plane !== undefined)
      flags.report("--parameter and --plane are two questions: ask one", either);
    if (parameter !== undefined || plane !== undefined) return;
    if (isPlaneWritten && isParameterWritten)
      flags.report("toys.parameter and plane of the spec are two questions: ask one", either);
    if (!isPlaneWritten && !isParameterWritten) flags.report("nothing to test", either);
  });
  return await sample(spec, options, { kind: "fc", plan: fcPlan, table: fcTable, isComplete, toGoOn });
}

function toGoOn({ undecided }: FcResult): string | undefined {
  if (undecided.length === 0) return undefined;
  return "another number of --toys is a new run: name another folder with -o, or replace this run with --force";
}

function isComplete({ undecided, failed, regions, intervals }: FcResult): boolean {
  const isOpen =
    regions?.some(({ polygons }) => polygons.some(({ open }) => open)) ||
    intervals?.some(({ segments }) => segments.some((ends) => ends.includes(null)));
  return undecided.length === 0 && failed === 0 && !isOpen;
}
