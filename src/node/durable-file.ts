/** Files that are whole or not there, whatever happens to process and machine: written beside, synced, renamed. */

import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { NurecoilError } from "../errors.ts";

/** Names of files that were being written when their process ended. */
export const PARTIAL = /\.\d+\.part$/;

/**
 * Write a file, replacing what has its name.
 * @throws NurecoilError (file) naming it when that fails; the file is then as it was
 */
export function writeDurably(path: string, data: string | Uint8Array): void {
  // Two processes that write the same file must not write into one another's.
  const partial = `${path}.${process.pid}.part`;
  writing(path, () => {
    try {
      writeSynced(partial, data);
      renameSync(partial, path);
    } catch (error) {
      rmSync(partial, { force: true });
      throw error;
    }
    syncFolder(dirname(path));
  });
}

/** Write a file and wait until it is on the disk. @throws the error of the system */
export function writeSynced(path: string, data: string | Uint8Array): void {
  const file = openSync(path, "w");
  try {
    writeFileSync(file, data);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Make what was renamed or removed in a folder last. */
export function syncFolder(path: string): void {
  // Windows opens no folders.
  if (process.platform === "win32") return;
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/**
 * Do something that changes a file.
 * @throws NurecoilError (file) that names the file and says how to go on, when the system refuses
 */
export function writing<T>(path: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    if (error instanceof NurecoilError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    const full = code === "ENOSPC" || code === "EDQUOT";
    throw new NurecoilError("file", [
      {
        file: path,
        message: full ? `the disk is full (${code})` : `cannot be written: ${message}`,
        hint: `${full ? "make room" : "put it right"} and give the same command again`,
      },
    ]);
  }
}
