import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { writeFileAtomic, writeFolder } from "../../src/node/write-folder.ts";
import { issuesOf } from "../experiments/shipped.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nurecoil-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Everything below a folder: files with their text, folders with a slash. */
function tree(at: string = folder): Record<string, string> {
  return Object.fromEntries(
    readdirSync(at, { recursive: true, withFileTypes: true }).map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const name = path.slice(at.length + 1);
      return entry.isDirectory() ? [`${name}/`, ""] : [name, readFileSync(path, "utf8")];
    }),
  );
}

it("writes a file and leaves nothing beside it", () => {
  writeFileAtomic(join(folder, "a.txt"), "one");
  writeFileAtomic(join(folder, "b.bin"), new Uint8Array([104, 105]));
  expect(tree()).toEqual({ "a.txt": "one", "b.bin": "hi" });
});

it("replaces a file only with force", () => {
  const path = join(folder, "a.txt");
  writeFileAtomic(path, "one");
  expect(issuesOf(() => writeFileAtomic(path, "two"))).toEqual([
    { file: path, message: "exists already", hint: "--force replaces it" },
  ]);
  expect(() => writeFileAtomic(path, "two")).toThrow(expect.objectContaining({ kind: "usage" }));
  expect(tree()).toEqual({ "a.txt": "one" });
  writeFileAtomic(path, "two", { force: true });
  expect(tree()).toEqual({ "a.txt": "two" });
});

it("writes through a symbolic link", () => {
  mkdirSync(join(folder, "there"));
  writeFileSync(join(folder, "there/a.txt"), "one");
  symlinkSync(join(folder, "there/a.txt"), join(folder, "link"));
  writeFileAtomic(join(folder, "link"), "two", { force: true });
  expect(tree()).toEqual({ "there/": "", "there/a.txt": "two", link: "two" });
});

it("refuses a folder, a device and a missing folder, with force too", () => {
  mkdirSync(join(folder, "sub"));
  for (const [path, message] of [
    [join(folder, "sub"), "is a folder"],
    ["/dev/null", "is no ordinary file"],
    [join(folder, "no/a.txt"), "its folder does not exist"],
  ] as const)
    expect(issuesOf(() => writeFileAtomic(path, "x", { force: true }))).toEqual([{ file: path, message }]);
  expect(tree()).toEqual({ "sub/": "" });
});

it("leaves nothing behind when writing fails", () => {
  // Data of a type that no file can hold fails after the temporary name exists.
  const path = join(folder, "a.txt");
  writeFileSync(path, "one");
  expect(issuesOf(() => writeFileAtomic(path, 1 as unknown as string, { force: true }))).toMatchObject([
    { file: path, message: expect.stringContaining("cannot be written") },
  ]);
  expect(tree()).toEqual({ "a.txt": "one" });
});

it("writes a folder, with its parents and folders inside, and leaves other files alone", () => {
  const out = join(folder, "x/y");
  writeFolder(out, { "a.csv": "1", "figures/b.svg": "2" });
  expect(tree()).toEqual({ "x/": "", "x/y/": "", "x/y/a.csv": "1", "x/y/figures/": "", "x/y/figures/b.svg": "2" });
  writeFolder(out, { "c.csv": "3" });
  writeFolder(out, { "a.csv": "4" }, { force: true });
  expect(tree(out)).toEqual({ "a.csv": "4", "c.csv": "3", "figures/": "", "figures/b.svg": "2" });
});

it("lists every existing file and writes none", () => {
  writeFolder(folder, { "a.csv": "1", "b.csv": "2" });
  const issues = issuesOf(() => writeFolder(folder, { "c.csv": "3", "a.csv": "4", "b.csv": "5" }));
  expect(issues.map(({ file }) => file)).toEqual([join(folder, "a.csv"), join(folder, "b.csv")]);
  expect(tree()).toEqual({ "a.csv": "1", "b.csv": "2" });
});

it.each(["../a.csv", "/tmp/a.csv", "x/../../a.csv", "", ".", "x/"])("refuses the name %j", (name) => {
  expect(issuesOf(() => writeFolder(join(folder, "out"), { "b.csv": "1", [name]: "2" }))).toHaveLength(1);
  expect(tree()).toEqual({});
});

it("refuses a file where the folder should be", () => {
  writeFileSync(join(folder, "out"), "one");
  expect(issuesOf(() => writeFolder(join(folder, "out"), { "a.csv": "1" }))).toMatchObject([
    { message: "is a file, not a folder" },
  ]);
  expect(issuesOf(() => writeFolder(join(folder, "out/deeper"), { "a.csv": "1" }))).toHaveLength(1);
  expect(tree()).toEqual({ out: "one" });
});

it("puts everything back when it fails half-way", () => {
  writeFileSync(join(folder, "a.csv"), "old");
  writeFileSync(join(folder, "blocked"), "a file, so that no folder of this name can be made");
  const write = (files: Record<string, string>) => writeFolder(folder, files, { force: true });
  // The first two are in place when the third fails.
  const files = { "a.csv": "new", "fresh/b.csv": "new", "blocked/c.csv": "new" };
  expect(issuesOf(() => write(files))).toMatchObject([{ message: expect.stringContaining("cannot be written") }]);
  expect(tree()).toEqual({ "a.csv": "old", blocked: "a file, so that no folder of this name can be made" });
});
