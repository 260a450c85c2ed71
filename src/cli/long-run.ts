/** Calculations in a run folder: shard after shard, to be stopped at any moment and gone on with. */

import { type Stats, statSync } from "node:fs";
import { extname, join } from "node:path";
import type { ShardContext } from "../analysis/shards.ts";
import type { Column, Run, RunSpec, ShardColumns } from "../node/run-folder.ts";
import { toJson } from "../report/json.ts";
import { version } from "../version.ts";
import type { Options } from "./command.ts";
import { say } from "./output.ts";
import { runProgress } from "./progress.ts";
import { type StopSignal, stopSignal } from "./stop-signal.ts";

/** What is calculated, in shards that are computed in their order. */
export interface LongRun<R extends object> extends Omit<RunSpec, "version"> {
  readonly columns: readonly Column[];
  /** Rows of a shard. */
  readonly rows: (shard: number) => number;
  /** A shard in steps that yield the share done; it may be left at any of them. */
  readonly compute: (
    shard: number,
    context: ShardContext,
  ) => Generator<number, ShardColumns> | AsyncGenerator<number, ShardColumns>;
  /** The result of all shards, as it stands on the disk. */
  readonly result: (shards: readonly ShardColumns[]) => R;
}

/** Names of run folders, for the hint of another one. */
export const RUN_FOLDER_NAMES = "a name without ending, or with / at its end, is a run folder";

/** Whether `--output` names a run folder: a folder that is there, or a name without ending, or with / at its end. */
export function isRunFolder(output: string | undefined): output is string {
  if (output === undefined) return false;
  if (/[/\\]$/.test(output)) return true;
  const ending = extname(output).toLowerCase();
  if (ending === "") return true;
  let found: Stats | undefined;
  try {
    found = statSync(output, { throwIfNoEntry: false });
  } catch {
    return false;
  }
  return found?.isDirectory() === true && ![".csv", ".json"].includes(ending);
}

/**
 * Go on with a run folder, or begin it, until its result is there.
 * @param folder where `isRunFolder` says so
 * @returns the result; undefined when it was interrupted, which has been said then
 * @throws NurecoilError as `openRun`, and when a shard cannot be written; the finished ones are kept
 */
export async function longRun<R extends object>(
  folder: string,
  work: LongRun<R>,
  options: Options,
): Promise<R | undefined> {
  // Most commands have no run folder: they need not load the code for Parquet.
  const { openRun } = await import("../node/run-folder.ts");
  const stop = stopSignal();
  let run: Run | undefined;
  try {
    run = await openRun({
      ...work,
      version,
      folder,
      takeOver: options.takeOver === true,
      force: options.force === true,
      warn: (message) => say(options, message),
      clock: () => new Date().toISOString(),
    });
    const there = run.done.size;
    if (run.finished) say(options, `${folder}: finished before; nothing is computed`);
    else if (there > 0) say(options, `${folder}: ${there} of ${work.shards} shards are there, going on`);
    if (!(await completed(run, work, stop, options))) {
      const kept = `stopped, ${run.done.size} of ${work.shards} shards are kept; the same command goes on from there`;
      const none = "stopped before the first shard was finished; the same command begins again";
      say(options, `${folder}: ${run.done.size === 0 ? none : kept}`);
      return undefined;
    }
    const shards: ShardColumns[] = [];
    for (let shard = 0; shard < work.shards; shard++) shards.push(await run.read(shard));
    const result = work.result(shards);
    run.finish(toJson(result));
    if (!run.finished) say(options, `wrote ${join(folder, "result.json")}`);
    return result;
  } finally {
    run?.close();
    stop.end();
  }
}

/** Compute what is missing. False when it was stopped. */
async function completed<R extends object>(
  run: Run,
  work: LongRun<R>,
  stop: StopSignal,
  options: Options,
): Promise<boolean> {
  const line = runProgress(work.kind, options, run.done.size / work.shards);
  try {
    for (let shard = 0; shard < work.shards; shard++) {
      if (run.done.has(shard)) continue;
      const steps = work.compute(shard, { done: run.done, read: run.read });
      let step = await steps.next();
      for (; step.done !== true; step = await steps.next()) {
        if (await stop.asked()) {
          await steps.return({});
          return false;
        }
        line.update((run.done.size + step.value) / work.shards);
      }
      run.write(shard, step.value);
      if (await stop.asked()) return run.done.size === work.shards;
      line.update(run.done.size / work.shards);
    }
    return true;
  } finally {
    line.done();
  }
}
