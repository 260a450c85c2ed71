/**
 * Output that is either all there or not there: everything is written under a temporary name beside its place and
 * renamed; what exists is replaced only when that was asked for.
 */
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, isAbsolute, join, normalize, resolve, sep } from "node:path";
import { type Issue, NurecoilError } from "../errors.ts";

export interface WriteOptions {
  /** Replace what exists. */
  readonly force?: boolean;
}

const OVERWRITE = "--force replaces it";

/**
 * Write a file: under a temporary name in its folder, then renamed.
 * @param path where; its folder must exist
 * @param data text (as UTF-8) or bytes
 * @throws NurecoilError (usage) when the file exists without `force`, is no ordinary file, or cannot be written there;
 * nothing is left behind then
 */
export function writeFileAtomic(path: string, data: string | Uint8Array, options: WriteOptions = {}): void {
  reportingFailure(path, () => {
    const issues = targetIssues(path, options);
    if (!isFolder(dirname(path))) issues.push({ file: path, message: "its folder does not exist" });
    if (issues.length > 0) throw new NurecoilError("usage", issues);
    // Through a symbolic link the file it points to is replaced, not the link.
    const target = existsSync(path) ? realpathSync(path) : path;
    const temporary = temporaryFolder(dirname(target), basename(target));
    try {
      const written = join(temporary, "file");
      writeFileSync(written, data);
      renameSync(written, target);
    } finally {
      rmSync(temporary, { recursive: true, force: true });
    }
  });
}

/**
 * Write the files of a folder: all of them or none. Other files in the folder are left alone.
 * @param folder where; created with its parents if needed
 * @param files relative names (`a.csv`, `figures/1.svg`) and contents
 * @throws NurecoilError (usage) listing every existing file without `force`, every impossible name, or the failure;
 * the folder is then as it was
 */
export function writeFolder(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  options: WriteOptions = {},
): void {
  reportingFailure(folder, () => {
    const issues =
      existsSync(folder) && !isFolder(folder)
        ? [{ file: folder, message: "is a file, not a folder" }]
        : Object.keys(files).flatMap((name) =>
            staysInside(name)
              ? targetIssues(join(folder, name), options)
              : [{ file: folder, message: `"${name}" is no file name inside the folder` }],
          );
    if (issues.length > 0) throw new NurecoilError("usage", issues);
    replaceAll(resolve(folder), files);
  });
}

function staysInside(name: string): boolean {
  const path = normalize(name);
  return !isAbsolute(name) && path !== "." && !path.endsWith(sep) && !path.split(sep).includes("..");
}

function replaceAll(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  const undo: (() => void)[] = [];
  const makeFolder = (path: string): void => {
    // Parents one by one: where none can be made, mkdir's own recursion may not end.
    for (const each of missingFolders(path)) {
      mkdirSync(each);
      undo.push(() => rmSync(each, { recursive: true, force: true }));
    }
  };
  const removeTemporary = () => rmSync(temporary, { recursive: true, force: true });
  let temporary = "";
  try {
    makeFolder(folder);
    temporary = temporaryFolder(folder, "write");
    undo.push(removeTemporary);
    Object.values(files).forEach((data, i) => {
      writeFileSync(join(temporary, `new-${i}`), data);
    });
    Object.keys(files).forEach((name, i) => {
      const target = join(folder, name);
      const old = join(temporary, `old-${i}`);
      makeFolder(dirname(target));
      if (existsSync(target)) {
        renameSync(target, old);
        undo.push(() => renameSync(old, target));
      }
      renameSync(join(temporary, `new-${i}`), target);
      undo.push(() => rmSync(target));
    });
  } catch (error) {
    // Last step first; should one of them fail, what was replaced is still in the temporary folder.
    for (const step of undo.reverse()) step();
    throw error;
  }
  removeTemporary();
}

/** Folders that have to be made for a path, outermost first. */
function missingFolders(path: string): string[] {
  if (existsSync(path)) return [];
  const parent = dirname(path);
  return parent === path ? [path] : [...missingFolders(parent), path];
}

/**
 * Refuse a folder that cannot be written to, before the work is done rather than after it.
 * @throws NurecoilError (usage) when it, or the nearest parent that exists, is no folder or not writable
 */
export function checkWritableFolder(path: string): void {
  const nearest = existsSync(path) ? path : (missingFolders(resolve(path))[0] ?? path);
  const parent = existsSync(nearest) ? nearest : dirname(nearest);
  const refuse = (message: string): never => {
    throw new NurecoilError("usage", [{ file: path, message }]);
  };
  if (!isFolder(parent)) refuse(parent === path ? "is a file, not a folder" : `"${parent}" is a file, not a folder`);
  try {
    accessSync(parent, constants.W_OK);
  } catch (error) {
    refuse(`cannot be written: ${(error as Error).message}`);
  }
}

/** What forbids writing to a path: something there that may not be replaced, or that is no ordinary file. */
function targetIssues(path: string, options: WriteOptions): Issue[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return [];
  if (!found.isFile()) return [{ file: path, message: found.isDirectory() ? "is a folder" : "is no ordinary file" }];
  return options.force === true ? [] : [{ file: path, message: "exists already", hint: OVERWRITE }];
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** A folder of our own on the same file system as the target, so that renaming out of it is one step. */
function temporaryFolder(parent: string, name: string): string {
  return mkdtempSync(join(parent, `.${name}-`));
}

/** Failures of the file system (permission, full disk) as an error that names what was to be written. */
function reportingFailure(path: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    if (error instanceof NurecoilError) throw error;
    throw new NurecoilError("usage", [{ file: path, message: `cannot be written: ${(error as Error).message}` }]);
  }
}
