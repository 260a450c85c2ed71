/**
 * The lock of a run folder: `lock.json` names the process that works there. A lock is put in place whole (a link to a
 * finished file), so that it is never seen half-written.
 *
 * Who may replace a lock whose process is gone is decided by a claim: a file whose name is the hash of the lock to be
 * replaced. Only one starter can make it, and it is void unless the lock is still that one. A claim whose process is
 * gone is claimed in turn.
 */

import { linkSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { NurecoilError } from "../errors.ts";
import { writeSynced, writing } from "./durable-file.ts";
import { isGone, processStart } from "./process-start.ts";
import { sha256 } from "./run-spec.ts";

const LOCK = "lock.json";
/** Claims, and locks that are being written. */
const BESIDE = /^lock\.json\./;

/** Who holds a lock. */
interface Holder {
  readonly host: string;
  readonly process: number;
  /** Start of the process as its system counts it; null: the system does not say. */
  readonly started: string | null;
}

export interface Lock {
  /** @throws NurecoilError (usage) when another process has taken the lock over */
  readonly check: () => void;
  /** Remove the lock, if it is still ours. */
  readonly release: () => void;
}

export interface LockOptions {
  /** Take the lock over from a process that is alive or on another host. */
  readonly takeOver: boolean;
  /** Told when a lock is taken over. */
  readonly warn: (message: string) => void;
}

/** Whether a file of a folder belongs to its lock. */
export function isLockFile(name: string): boolean {
  return name === LOCK || BESIDE.test(name);
}

/**
 * Lock a folder for this process.
 * @throws NurecoilError (usage) when another process that may be alive holds it; (file) when no lock can be written
 */
export function lockFolder(folder: string, options: LockOptions): Lock {
  const path = join(folder, LOCK);
  const me: Holder = { host: hostname(), process: process.pid, started: processStart(process.pid) };
  const mine = textOf(me);
  acquire(folder, path, me, options);
  // Names of the past: a claim is void once the lock it was for is replaced.
  for (const name of readdirSync(folder))
    if (BESIDE.test(name) && name !== claimOn(mine)) rmSync(join(folder, name), { force: true });
  return {
    check: () => {
      const found = read(path);
      if (found === mine) return;
      const holder = found === undefined ? undefined : holderOf(found);
      const message =
        holder === undefined
          ? "its lock is no longer there: stopped here"
          : `${nameOf(holder)} has taken over: stopped here`;
      throw new NurecoilError("usage", [{ file: folder, message }]);
    },
    release: () => {
      if (read(path) === mine) rmSync(path, { force: true });
    },
  };
}

const ATTEMPTS = 100;
const PAUSE_MS = 20;

function acquire(folder: string, path: string, me: Holder, { takeOver, warn }: LockOptions): void {
  const mine = textOf(me);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (create(path, mine)) return;
    const found = read(path);
    if (found === undefined) continue;
    const holder = holderOf(found);
    const gone = holder !== undefined && isGone(holder);
    if (!gone && !takeOver) refuse(folder, path, holder);
    if (replace(folder, path, found, me, takeOver)) {
      const who = holder === undefined ? "an unreadable lock" : nameOf(holder);
      warn(`${folder}: ${who} ${gone ? "ended without releasing its lock" : "is overridden"}: taken over`);
      return;
    }
    // Another starter is replacing it at this moment: look again who has it then.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
  }
  throw new NurecoilError("usage", [{ file: path, message: "other processes are taking it over; try again" }]);
}

/** Put our lock in place of one found. False when another starter has the right to, or had. */
function replace(folder: string, path: string, found: string, me: Holder, takeOver: boolean): boolean {
  const claims: string[] = [];
  let claimed = found;
  for (;;) {
    const claim = join(folder, claimOn(claimed));
    claims.push(claim);
    if (create(claim, textOf(me, sha256(claimed)))) break;
    const other = read(claim);
    const rival = other === undefined ? undefined : holderOf(other);
    if (other === undefined || rival === undefined) return false;
    const passable = isGone(rival) || (takeOver && rival.host !== me.host);
    if (!passable) return false;
    claimed = other;
  }
  const valid = read(path) === found;
  if (valid) placing(path, textOf(me), (ready) => renameSync(ready, path));
  for (const claim of valid ? claims : claims.slice(-1)) rmSync(claim, { force: true });
  return valid;
}

/** Make a file that must not exist yet, whole from its first moment. False when it exists. */
function create(path: string, text: string): boolean {
  return placing(path, text, (ready) => {
    try {
      linkSync(ready, path);
      return true;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EEXIST") return false;
      if (["EPERM", "ENOSYS", "ENOTSUP", "EOPNOTSUPP"].includes(code ?? "")) return createUnlinked(path, text);
      throw error;
    }
  });
}

/** Write a file beside its place, then put it there. */
function placing<T>(path: string, text: string, put: (ready: string) => T): T {
  const ready = join(dirname(path), `${LOCK}.new-${sha256(text).slice(0, 16)}`);
  return writing(path, () => {
    try {
      for (let attempt = 0; ; attempt++) {
        writeSynced(ready, text);
        try {
          return put(ready);
        } catch (error) {
          // Whoever has just got the lock tidied up.
          if ((error as NodeJS.ErrnoException).code !== "ENOENT" || attempt === ATTEMPTS) throw error;
        }
      }
    } finally {
      rmSync(ready, { force: true });
    }
  });
}

/** The same on a file system without links: for a moment the file is there and empty. */
function createUnlinked(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function claimOn(text: string): string {
  return `${LOCK}.claim-${sha256(text).slice(0, 16)}`;
}

/** @param claims hash of the lock or claim that is to be replaced; a lock has none */
function textOf({ host, process, started }: Holder, claims?: string): string {
  return `${JSON.stringify({ format: "nurecoil/lock/1", host, process, started, claims }, null, 2)}\n`;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new NurecoilError("file", [{ file: path, message: `cannot be read: ${(error as Error).message}` }]);
  }
}

function holderOf(text: string): Holder | undefined {
  try {
    const { host, process, started } = JSON.parse(text) as Partial<Holder>;
    if (typeof host !== "string" || !Number.isInteger(process)) return undefined;
    return { host, process: process!, started: typeof started === "string" ? started : null };
  } catch {
    return undefined;
  }
}

function nameOf({ host, process }: Holder): string {
  return `process ${process} ${host === hostname() ? "of this host" : `of host ${host}`}`;
}

function refuse(folder: string, path: string, holder: Holder | undefined): never {
  if (holder === undefined)
    throw new NurecoilError("usage", [
      { file: path, message: "is no lock of ours", hint: "--take-over replaces it, if no other process works there" },
    ]);
  const remote = holder.host !== hostname();
  throw new NurecoilError("usage", [
    {
      file: folder,
      message: `${nameOf(holder)} works there`,
      hint: remote
        ? "whether it is alive cannot be seen from here; if it is not, --take-over goes on in its place"
        : "wait for it or end it; --take-over goes on in its place",
    },
  ]);
}
