/** nurecoil fit: all minima and the confidence intervals of the free parameters. */

import type { Command } from "commander";
import { fit } from "../analysis/fit.ts";
import { impacts } from "../analysis/impacts.ts";
import { prepare } from "../analysis/prepare.ts";
import type { FitResult } from "../analysis/results.ts";
import { usageError } from "../errors.ts";
import type { FigureSpec } from "../figures/index.ts";
import { fitCsv } from "../report/csv.ts";
import { choices, formFactorText } from "../report/heading.ts";
import { withError } from "../report/numbers.ts";
import { fitTable } from "../report/table/fit.ts";
import { version } from "../version.ts";
import { readAnalysis } from "./analysis.ts";
import type { ExitCode, Options } from "./command.ts";
import { experimentLibrary } from "./experiment-library.ts";
import { figureEndings, figureForms, isFigureName } from "./figure-output.ts";
import { addAnalysisFlags, addDataFlags, addLevelFlags, addNamesFlag, addOutputFlags } from "./flags.ts";
import { hepdataEndings, hepdataForms } from "./hepdata-output.ts";
import { openOutput } from "./output.ts";
import { progressLine } from "./progress.ts";

export function define(command: Command): void {
  command.argument("[experiments...]", "id, id@likelihood, or the path of an experiment's folder");
  addNamesFlag(command, "free", "parameters to fit, e.g. xi_S,xi_V");
  command.option("--impacts", "shift of the free parameters with every nuisance at +-1 standard deviation");
  addLevelFlags(command);
  addAnalysisFlags(command);
  addDataFlags(command);
  addOutputFlags(
    command,
    "write the result: file.json, file.csv (without impacts), or HEPData tables: file.yaml or .zip; with --impacts a figure: file.svg, .pdf or .png",
  );
}

export async function run(args: readonly string[], options: Options): Promise<ExitCode> {
  const spec = readAnalysis(args, options);
  const { output } = options;
  const withImpacts = options.impacts === true;
  const drawn = isFigureName(output);
  if (drawn && !withImpacts) throw usageError(`${output}: a fit is drawn by its impacts`, "add --impacts");
  const deliver = openOutput(options, { forms: [...(withImpacts ? figureEndings : [".csv"]), ...hepdataEndings] });
  const line = progressLine("fit", options);
  const prepared = prepare(spec, experimentLibrary());
  // Impacts are two further fits per nuisance: about as long as minima and intervals.
  const result: FitResult = withImpacts
    ? {
        ...fit(prepared, (share) => line.update(share / 2)),
        impacts: [...impacts(prepared, (share) => line.update(0.5 + share / 2))],
      }
    : fit(prepared, line.update);
  line.done();
  const figure = output !== undefined && drawn ? await figureForms(output, await draw(result, output)) : {};
  deliver({
    result,
    table: () => fitTable(result),
    forms: { ".csv": () => fitCsv(result), ...hepdataForms(result), ...figure },
  });
  const answered = result.minima.length > 0 && result.minima.every((one) => one.status !== "failed");
  return answered ? 0 : 1;
}

/** @throws NurecoilError (usage) when there is nothing to draw */
async function draw(result: FitResult, output: string): Promise<FigureSpec> {
  if (result.minima.length === 0) throw usageError(`${output}: no minimum was found, so there is nothing to draw`);
  if ((result.impacts ?? []).length === 0)
    throw usageError(`${output}: no nuisance acts in this fit, so there are no impacts to draw`);
  const { impactsFigure } = await import("../figures/index.ts");
  return impactsFigure(result, { source: sourceOf(result.spec), text: withError });
}

/** Line at the foot of the figure. */
function sourceOf({ experiments, convention, recoil, formFactor, allowOverlap }: FitResult["spec"]): string {
  return [
    `nurecoil ${version}`,
    experiments.map((one) => `${one.id}@${one.likelihood}`).join(" + "),
    choices(convention, recoil, formFactorText(formFactor)),
    ...(experiments.some(({ data }) => data === "asimov") ? ["Asimov data"] : []),
    ...(allowOverlap ? ["experiments with the same events may be combined"] : []),
  ].join(" · ");
}
