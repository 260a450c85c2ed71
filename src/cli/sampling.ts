/** What `toys` and `fc` do alike: workers, a run folder or not, the result as table or JSON. */

import { type PreparedAnalysis, prepare } from "../analysis/prepare.ts";
import { completeShards, type ShardPlan } from "../analysis/shards.ts";
import type { AnalysisSpec } from "../analysis/spec.ts";
import { DEFAULT_SEED } from "../analysis/toy-model.ts";
import type { ToyWorkers } from "../analysis/workers.ts";
import { toJson } from "../report/json.ts";
import type { ExitCode, Options } from "./command.ts";
import { experimentDigests, experimentLibrary } from "./experiment-library.ts";
import type { FlagReader } from "./flag-values.ts";
import { isRunFolder, longRun, RUN_FOLDER_NAMES } from "./long-run.ts";
import { openOutput, print, say } from "./output.ts";
import { progressLine } from "./progress.ts";
import { onSignal } from "./stop-signal.ts";
import { toyWorkers } from "./toy-workers.ts";

export interface Sampling<Result extends object> {
  readonly kind: "toys" | "fc";
  readonly plan: (prepared: PreparedAnalysis, workers: ToyWorkers) => ShardPlan<Result>;
  readonly table: (result: Result) => string;
  /** Whether nothing was left undecided, open or failed. */
  readonly isComplete: (result: Result) => boolean;
  /** What to know before a run folder is gone on with for more; undefined: nothing. */
  readonly toGoOn?: (result: Result) => string | undefined;
}

/** What `--output` writes. */
export const SAMPLING_OUTPUT = "a run folder, which an interrupted run goes on in; or the result alone: file.json";

/** More workers than any machine has cores are a mistake. */
const MOST_WORKERS = 1024;

/** Check the flags that only these commands have. */
export function checkSamplingFlags(flags: FlagReader, { workers, output, takeOver }: Options): void {
  if (workers !== undefined) flags.integer("workers", workers, 1, MOST_WORKERS, "number of workers");
  if (takeOver === true && !isRunFolder(output)) flags.report("--take-over is for run folders", "name one with -o");
}

/** Throw the toys of a command and hand over its result. */
export async function sample<Result extends object>(
  spec: AnalysisSpec,
  options: Options,
  { kind, plan, table, isComplete, toGoOn }: Sampling<Result>,
): Promise<ExitCode> {
  const { output } = options;
  const folder = isRunFolder(output) ? output : undefined;
  const deliver =
    folder === undefined ? openOutput(options, { fallback: null, otherwise: RUN_FOLDER_NAMES }) : undefined;
  const library = experimentLibrary();
  const prepared = prepare(spec, library);
  const workers = toyWorkers(options);
  try {
    const { warnings = [], ...work } = plan(prepared, workers);
    for (const warning of warnings) say(options, warning);
    if (folder === undefined) {
      const result = await inMemory(kind, work, options);
      deliver?.({ result, table: () => table(result) });
      return isComplete(result) ? 0 : 1;
    }
    const ids = spec.experiments.map(({ id }) => id);
    const settings = { experiments: experimentDigests(library, ids) };
    const seed = spec.seed ?? DEFAULT_SEED;
    const result = await longRun(folder, { kind, seed, spec: prepared.spec, settings, ...work }, options);
    if (result === undefined) return 130;
    if (options.json === true) print(toJson(result));
    else if (options.quiet !== true) print(table(result));
    const more = toGoOn?.(result);
    if (more !== undefined) say(options, `${folder}: ${more}`);
    return isComplete(result) ? 0 : 1;
  } finally {
    await workers.close();
  }
}

/** All shards, nothing of which is left when a signal ends the process. */
async function inMemory<Result>(kind: string, work: ShardPlan<Result>, options: Options): Promise<Result> {
  const line = progressLine(kind, options);
  const silence = onSignal(() => {
    line.done();
    say(options, "interrupted: nothing was kept; -o FOLDER keeps finished parts");
    process.exit(130);
  });
  try {
    return await completeShards(work, line.update);
  } finally {
    silence();
    line.done();
  }
}
