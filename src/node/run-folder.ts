/**
 * Run folders: long calculations in shards that survive a killed process. A folder holds `run.json` (what is
 * calculated), `shards/*.parquet` (finished parts), `result.json` (at the end); these are the same bytes however often
 * the run was interrupted. `manifest.json` and `log.txt` tell its story, `lock.json` who works there.
 */

import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { NurecoilError } from "../errors.ts";
import { writeDurably, writing } from "./durable-file.ts";
import { runJournal } from "./run-journal.ts";
import { type Lock, lockFolder } from "./run-lock.ts";
import {
  clearPartial,
  clearRun,
  isShard,
  makeRunFolder,
  makeShardFolder,
  type OtherRun,
  otherRun,
  refuseOtherRun,
  runFiles,
  shardName,
  shardNames,
  writeRunSpec,
} from "./run-place.ts";
import { readShard, type ShardColumns, type ShardLabel, shardBytes } from "./run-shard.ts";
import { type RunSpec, runHash } from "./run-spec.ts";

export type { ShardColumns } from "./run-shard.ts";
export type { Column, RunSpec } from "./run-spec.ts";

export interface RunOptions extends RunSpec {
  /** Made if it is not there; its parent must be. */
  readonly folder: string;
  /** Number of rows of a shard. */
  readonly rows: (shard: number) => number;
  /** Take the lock over from a process that may be alive. */
  readonly takeOver: boolean;
  /** Replace the run of another spec. */
  readonly force: boolean;
  /** Messages for people: a lock taken over, a shard that must be computed again. */
  readonly warn: (message: string) => void;
  /** The time, for `log.txt` and nothing else. */
  readonly clock: () => string;
}

/** An open run: the folder is locked until `close`. */
export interface Run {
  /** Shards that are there and whole. */
  readonly done: ReadonlySet<number>;
  /** Whether all shards and the result were there when it was opened. */
  readonly finished: boolean;
  /** Write a shard; it is on the disk when this returns. @throws NurecoilError (file) when it cannot be written */
  readonly write: (shard: number, values: ShardColumns) => void;
  /** Read a finished shard back. @throws NurecoilError (file) when it is no longer what was written */
  readonly read: (shard: number) => Promise<ShardColumns>;
  /** Write `result.json` when all shards are done. */
  readonly finish: (result: string) => void;
  /** Release the folder; later calls do nothing. */
  readonly close: () => void;
}

/**
 * Open a run folder: make it, or go on with what is there. Every shard is read and checked; one that is cut or damaged
 * is removed, to be computed again.
 * @throws NurecoilError (usage) when the folder holds something else or another run, or another process works there;
 * (file) when a shard belongs to another run, `run.json` is damaged, or the folder cannot be read or written
 */
export async function openRun(options: RunOptions): Promise<Run> {
  const { folder, force } = options;
  const other = inspect(options);
  if (other !== undefined && !force) refuseOtherRun(other);
  const lock = lockFolder(folder, options);
  try {
    // Once more: until now another process may have worked here.
    prepareFolder(options, inspect(options));
    return openedRun(options, lock, await checkShards(options));
  } catch (error) {
    lock.release();
    throw error;
  }
}

function inspect(options: RunOptions): OtherRun | undefined {
  makeRunFolder(options.folder);
  return otherRun(options.folder, options);
}

function prepareFolder(options: RunOptions, other: OtherRun | undefined): void {
  const { folder, force, warn } = options;
  if (other !== undefined) {
    if (!force) refuseOtherRun(other);
    warn(`${folder}: the run that was there is replaced: ${other.reason}`);
    clearRun(folder);
  }
  clearPartial(folder);
  if (other !== undefined || !existsSync(join(folder, runFiles.spec))) writeRunSpec(folder, options);
  makeShardFolder(folder);
}

/** What each shard must say about itself. */
function labels(options: RunOptions): (shard: number) => ShardLabel {
  const { kind, version, seed, rows } = options;
  const hash = runHash(options);
  return (shard) => ({ kind, version, seed, hash, shard, rows: rows(shard) });
}

/** Numbers of the shards that are whole. */
async function checkShards(options: RunOptions): Promise<Set<number>> {
  const { folder, kind, shards, warn } = options;
  const labelOf = labels(options);
  const names = new Map(Array.from({ length: shards }, (_, shard) => [shardName(kind, shard), shard]));
  const done = new Set<number>();
  for (const name of [...shardNames(folder)].sort()) {
    const path = join(folder, runFiles.shards, name);
    const shard = names.get(name);
    if (shard === undefined) {
      if (isShard(name)) refuseShard(path, `it has ${shards}, of kind ${kind}`);
      continue;
    }
    const found = await readShard(bytesOf(path), options.columns, labelOf(shard));
    if (found.state === "whole") done.add(shard);
    if (found.state === "foreign") refuseShard(path, found.reason);
    if (found.state === "broken") {
      warn(`${path}: cut or damaged (${found.reason}): removed, computed again`);
      writing(path, () => rmSync(path));
    }
  }
  return done;
}

function openedRun(options: RunOptions, lock: Lock, done: Set<number>): Run {
  const { folder, kind, shards, columns, warn } = options;
  const labelOf = labels(options);
  const pathOf = (shard: number): string => join(folder, runFiles.shards, shardName(kind, shard));
  const resultPath = join(folder, runFiles.result);
  const wasFinished = done.size === shards && existsSync(resultPath);
  const { log, writeManifest } = runJournal(options);
  const count = (): string => `${done.size} of ${shards} shards are there`;
  const tenths = (): number => Math.floor((10 * done.size) / shards);
  let [finished, closed] = [false, false];

  log(`opened by process ${process.pid}, node ${process.version}: ${count()}`);
  if (!wasFinished) writeManifest("running", done);
  return {
    done,
    finished: wasFinished,
    write: (shard, values) => {
      lock.check();
      const before = tenths();
      keeping(done, () => writeDurably(pathOf(shard), shardBytes(columns, values, labelOf(shard))));
      done.add(shard);
      if (tenths() > before) log(count());
    },
    read: async (shard) => {
      const found = await readShard(bytesOf(pathOf(shard)), columns, labelOf(shard));
      return found.state === "whole" ? found.columns : refuseShard(pathOf(shard), found.reason);
    },
    finish: (result) => {
      lock.check();
      const there = existsSync(resultPath) ? Buffer.from(bytesOf(resultPath)).toString("utf8") : undefined;
      if (there !== result) {
        if (there !== undefined) warn(`${resultPath}: was not the result of the shards: written again`);
        keeping(done, () => writeDurably(resultPath, result));
      }
      finished = true;
      keeping(done, () => writeManifest("finished", done));
      log("finished");
    },
    close: () => {
      if (closed) return;
      closed = true;
      try {
        lock.check();
        if (!finished) {
          log(`stopped: ${count()}`);
          writeManifest("stopped", done);
        }
      } catch {
        // A lost lock or a full disk: whoever closes has been told already.
      }
      lock.release();
    },
  };
}

/** What fails here loses nothing that is finished: the error says so, where there is something. */
function keeping(done: ReadonlySet<number>, write: () => void): void {
  try {
    write();
  } catch (error) {
    if (!(error instanceof NurecoilError) || done.size === 0) throw error;
    throw new NurecoilError(
      error.kind,
      error.issues.map(({ hint, ...issue }) => ({ ...issue, hint: `finished shards are kept; ${hint}` })),
    );
  }
}

function bytesOf(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new NurecoilError("file", [{ file: path, message: `cannot be read: ${(error as Error).message}` }]);
  }
}

function refuseShard(path: string, reason: string): never {
  throw new NurecoilError("file", [
    {
      file: path,
      message: `is no shard of this run: ${reason}`,
      hint: "move it elsewhere and give the same command again: it is then computed",
    },
  ]);
}
