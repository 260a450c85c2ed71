/** nurecoil reproduce <paper|all>: a paper's results beside ours, a report with figures. */

import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { NurecoilError } from "../errors.ts";
import { shippedLibrary } from "../node/library.ts";
import { checkReportFolder, reportFiles, writeReport } from "../node/report-folder.ts";
import { listReproductions, readReproduction } from "../node/reproduction-folder.ts";
import { runReproductionInWorkers } from "../node/run-reproduction.ts";
import { toJson } from "../report/json.ts";
import { reproduceTable } from "../report/table/reproduce.ts";
import { type ReproductionOutcome, reproduceResult, type SessionInputs, shareOfCases } from "../reproductions/index.ts";
import { readSpec } from "./analysis.ts";
import type { ExitCode, Options } from "./command.ts";
import { addOutputFlags } from "./flags.ts";
import { print, say } from "./output.ts";
import { progressLine } from "./progress.ts";

export function define(command: Command): void {
  command.argument("<paper>", `${listReproductions().join(", ")} or all`);
  addOutputFlags(command, "folder of the report (default: nurecoil-report/<paper>)");
  command.option("--spec <file>", "JSON with parameters, formFactor or recoil that replace the paper's (- for stdin)");
}

export async function run(args: readonly string[], options: Options): Promise<ExitCode> {
  const inputs = readInputs(options);
  const asked = args[0]!;
  const papers = (asked === "all" ? listReproductions() : [asked]).map(readReproduction);
  const folderOf = (paper: string): string => {
    if (options.output === undefined) return join("nurecoil-report", paper);
    return asked === "all" ? join(options.output, paper) : options.output;
  };
  for (const { paper } of papers) checkReportFolder(folderOf(paper), paper, options.force);

  const library = shippedLibrary();
  const done: { outcome: ReproductionOutcome; files: readonly string[]; folder: string }[] = [];
  for (const paper of papers) {
    const line = progressLine(`reproduce ${paper.paper}`, options);
    const cases = shareOfCases(paper, library);
    const outcome = await runReproductionInWorkers(paper, library, {
      inputs,
      workers: availableParallelism(),
      onProgress: (share) => line.update(cases * share),
    });
    const files = await reportFiles(outcome, (share) => line.update(cases + (1 - cases) * share));
    const folder = folderOf(paper.paper);
    writeReport(folder, paper.paper, files, options.force);
    line.done();
    done.push({ outcome, files: Object.keys(files).sort(), folder });
    if (options.json !== true && options.quiet !== true) print(`${reproduceTable(outcome)}\n`);
    say(options, `report: ${join(folder, "index.html")}`);
  }
  if (options.json === true) print(toJson(mergedResult(asked, done)));
  return done.some(({ outcome }) => outcome.outcomes.some((one) => one.status === "missed")) ? 1 : 0;
}

/** What a spec may change of a paper: experiments, free parameters and levels are those of its cases. */
const CHANGEABLE = ["parameters", "formFactor", "recoil"];

function readInputs(options: Options): SessionInputs {
  if (options.spec === undefined) return {};
  const { spec, written } = readSpec(options.spec);
  const others = written.filter((key) => !CHANGEABLE.includes(key));
  if (others.length > 0) {
    throw new NurecoilError(
      "usage",
      others.map((key) => ({
        message: `reproduce cannot change "${key}" of a paper`,
        hint: `a spec may hold ${CHANGEABLE.join(", ")}; nurecoil fit --spec runs an analysis of your own`,
      })),
    );
  }
  return {
    ...(written.includes("parameters") && { parameters: spec.parameters }),
    ...(written.includes("recoil") && { recoil: spec.recoil }),
    ...(spec.formFactor !== null && { formFactor: spec.formFactor }),
  };
}

/** One object for one paper or for all: cases of several papers carry the paper in their id. */
function mergedResult(
  asked: string,
  done: readonly {
    readonly outcome: ReproductionOutcome;
    readonly files: readonly string[];
    readonly folder: string;
  }[],
): object {
  const results = done.map(({ outcome, files, folder }) =>
    reproduceResult(
      outcome,
      files.map((path) => join(folder, path)),
    ),
  );
  if (asked !== "all") return results[0]!;
  return {
    ...results[0]!,
    paper: "all",
    cases: results.flatMap(({ paper, cases }) => cases.map((one) => ({ ...one, id: `${paper}/${one.id}` }))),
    files: results.flatMap(({ files }) => files),
  };
}
