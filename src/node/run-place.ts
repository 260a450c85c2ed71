/** The folder of a run: whether it may be used, what it holds, what of it may be removed. */

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type ErrorKind, NurecoilError } from "../errors.ts";
import { formatJson } from "../experiments/json.ts";
import { PARTIAL, syncFolder, writeDurably, writing } from "./durable-file.ts";
import { isLockFile } from "./run-lock.ts";
import { differences, type RunSpec, runHash } from "./run-spec.ts";

const FORMAT = "nurecoil/run/1";
export const MANIFEST_FORMAT = "nurecoil/manifest/1";
const SHARD = /^(?:scan|toys|fc)-\d{5,}\.parquet$/;
const TOP = /^(?:run|manifest|result)\.json$/;
/** Files of a run beside its shards. */
export const runFiles = {
  spec: "run.json",
  shards: "shards",
  manifest: "manifest.json",
  log: "log.txt",
  result: "result.json",
} as const;

/** Name of a shard in the folder of shards. */
export function shardName(kind: string, shard: number): string {
  return `${kind}-${String(shard).padStart(5, "0")}.parquet`;
}

/**
 * Make the folder if it is not there.
 * @throws NurecoilError (usage) when it is a file, or holds anything but a run
 */
export function makeRunFolder(folder: string): void {
  // Without a slash at its end: a file is then seen to be one.
  const found = writing(folder, () => statSync(resolve(folder), { throwIfNoEntry: false }));
  if (found === undefined) {
    if (!existsSync(dirname(resolve(folder)))) refuse(folder, "its folder does not exist");
    writing(folder, () => mkdirSync(folder));
    return;
  }
  if (!found.isDirectory()) refuse(folder, "is a file, not a folder");
  const names = writing(folder, () => readdirSync(folder)).filter((name) => !isLockFile(name) && !isPartial(name, TOP));
  if (names.length > 0 && !names.includes(runFiles.spec) && !holdsPartsOfRun(folder))
    refuse(folder, `holds other files ("${names.sort()[0]}") and no run`, "choose another folder with -o");
}

/** A run that is in the way of this one; `--force` replaces it. */
export interface OtherRun {
  /** `file`: its `run.json` is damaged. */
  readonly kind: ErrorKind;
  readonly path: string;
  /** What is the matter, in one sentence. */
  readonly message: string;
  /** Why it is not this run, in a few words. */
  readonly reason: string;
}

/**
 * The run of a folder, if it is not the one of a spec.
 * @returns undefined when the folder holds no run yet, or this one
 * @throws NurecoilError (file) when `run.json` is not what a run writes and nothing else in the folder is of a run
 */
export function otherRun(folder: string, spec: RunSpec): OtherRun | undefined {
  const path = join(folder, runFiles.spec);
  // Asked first: a run that begins at this moment writes `run.json` before anything else.
  const hasParts = holdsPartsOfRun(folder);
  if (!existsSync(path)) {
    if (!hasParts) return undefined;
    const reason = "its run.json is gone";
    return { kind: "usage", path: folder, message: `holds parts of a run, but ${reason}`, reason };
  }
  const value = jsonIn(path);
  if (formatOf(value) !== FORMAT) {
    const reason = `is not of the format ${FORMAT}`;
    if (hasParts) return { kind: "file", path, message: reason, reason: `its run.json ${reason}` };
    throw new NurecoilError("file", [{ file: path, message: reason, hint: "choose another folder with -o" }]);
  }
  const all = differences(value, JSON.parse(runText(spec)));
  // The hash says what the fields before it say better.
  const differing = all.length > 1 ? all.filter((line) => !line.startsWith("hash ")) : all;
  if (differing.length === 0) return undefined;
  const rest = differing.length > SHOWN ? ` and ${differing.length - SHOWN} more` : "";
  const message = `the folder holds another run: ${differing.slice(0, SHOWN).join("; ")}${rest}`;
  return { kind: "usage", path, message, reason: differing[0]! };
}

/** @throws NurecoilError that says what the run of a folder is and what to do */
export function refuseOtherRun({ kind, path, message }: OtherRun): never {
  const hint = "choose another folder with -o, or --force to replace that run and its shards by this one";
  throw new NurecoilError(kind, [{ file: path, message, hint }]);
}

/** Whether a folder holds what only runs write: shards by their names, or a manifest. */
function holdsPartsOfRun(folder: string): boolean {
  const manifest = join(folder, runFiles.manifest);
  return shardNames(folder).some(isShard) || (existsSync(manifest) && formatOf(jsonIn(manifest)) === MANIFEST_FORMAT);
}

/** What a file holds; undefined when it is not JSON. */
function jsonIn(path: string): unknown {
  const text = writing(path, () => readFileSync(path, "utf8"));
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function formatOf(value: unknown): unknown {
  return (value as { format?: unknown } | null | undefined)?.format;
}

/** Write `run.json`. */
export function writeRunSpec(folder: string, spec: RunSpec): void {
  writeDurably(join(folder, runFiles.spec), runText(spec));
}

/** Make the folder of shards if it is not there. */
export function makeShardFolder(folder: string): void {
  const shards = join(folder, runFiles.shards);
  writing(shards, () => {
    mkdirSync(shards, { recursive: true });
    syncFolder(folder);
  });
}

/** Remove the files of an earlier run, and nothing else; `run.json` stays until it is replaced. */
export function clearRun(folder: string): void {
  for (const name of [runFiles.result, runFiles.log]) remove(join(folder, name));
  for (const name of shardNames(folder)) if (isShard(name)) remove(join(folder, runFiles.shards, name));
  // Last: without `run.json` it still says that this is a run.
  remove(join(folder, runFiles.manifest));
}

/** Remove what was being written when an earlier process ended. */
export function clearPartial(folder: string): void {
  for (const name of readdirSync(folder)) if (isPartial(name, TOP)) remove(join(folder, name));
  for (const name of shardNames(folder)) if (isPartial(name, SHARD)) remove(join(folder, runFiles.shards, name));
}

/** Whether a name is that of a shard, of this or another run. */
export function isShard(name: string): boolean {
  return SHARD.test(name);
}

/** Names of the files in the folder of shards. */
export function shardNames(folder: string): readonly string[] {
  const shards = join(folder, runFiles.shards);
  return existsSync(shards) ? writing(shards, () => readdirSync(shards)) : [];
}

/** Differences that a message shows. */
const SHOWN = 3;

function runText(spec: RunSpec): string {
  const { kind, version, seed, settings, shards, columns } = spec;
  return formatJson({
    format: FORMAT,
    kind,
    version,
    seed,
    spec: spec.spec,
    settings,
    shards,
    columns,
    hash: runHash(spec),
  });
}

function isPartial(name: string, whole: RegExp): boolean {
  return PARTIAL.test(name) && whole.test(name.replace(PARTIAL, ""));
}

function remove(path: string): void {
  writing(path, () => rmSync(path, { force: true }));
}

function refuse(file: string, message: string, hint?: string): never {
  throw new NurecoilError("usage", [{ file, message, ...(hint !== undefined && { hint }) }]);
}
