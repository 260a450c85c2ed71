import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { NurecoilError } from "../../src/errors.ts";
import { importers } from "../../src/experiments/importers/index.ts";
import {
  importReleaseFolder,
  listShippedExperiments,
  readExperimentFolder,
  readShipped,
} from "../../src/node/experiment-folder.ts";
import { issuesOf } from "../experiments/shipped.ts";

const shipped = fileURLToPath(new URL("../../experiments/", import.meta.url));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nurecoil-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

it("reads every shipped experiment, by id and by folder", () => {
  const ids = listShippedExperiments();
  expect(ids).toContain("coherent-csi-2017");
  const folders = readdirSync(shipped, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(ids).toEqual(folders.map(({ name }) => name).sort());
  for (const id of ids) {
    expect(readShipped(id).file.id).toBe(id);
    expect(readExperimentFolder(join(shipped, id))).toEqual(readShipped(id));
    expect(readFileSync(join(shipped, id, "README.md"), "utf8")).toContain(`# ${id}`);
  }
});

it("names the nearest experiment", () => {
  const call = () => readShipped("coherent-csi-2071");
  expect(issuesOf(call)).toEqual([
    {
      message: 'unknown experiment "coherent-csi-2071"',
      hint: 'did you mean "coherent-csi-2017" or "coherent-csi-2021"?',
    },
  ]);
  expect(call).toThrow(expect.objectContaining({ kind: "usage" }));
  expect(issuesOf(() => readShipped("../experiments/coherent-csi-2017"))).toHaveLength(1);
});

it("refuses what is no folder", () => {
  const missing = join(folder, "missing");
  expect(issuesOf(() => readExperimentFolder(missing))).toEqual([
    { file: missing, message: "there is no such folder" },
  ]);
  const file = join(folder, "file");
  writeFileSync(file, "");
  expect(issuesOf(() => readExperimentFolder(file))).toMatchObject([{ file, message: "is a file" }]);
  const empty = join(folder, "empty");
  mkdirSync(empty);
  expect(issuesOf(() => readExperimentFolder(empty))).toMatchObject([{ file: `${empty}/experiment.json` }]);
});

it("names the file that is wrong, with the folder as given", () => {
  const copy = join(folder, "coherent-csi-2017");
  cpSync(join(shipped, "coherent-csi-2017"), copy, { recursive: true });
  expect(readExperimentFolder(`${copy}/`).file.id).toBe("coherent-csi-2017");
  expect(readExperimentFolder(`${copy}/.`).file.id).toBe("coherent-csi-2017");
  rmSync(join(copy, "counts.csv"));
  mkdirSync(join(copy, "counts.csv"));
  writeFileSync(join(copy, "arrival-times.csv"), "time [us]\n");
  const issues = issuesOf(() => readExperimentFolder(copy));
  expect(new Set(issues.map(({ file }) => file))).toEqual(
    new Set([`${copy}/experiment.json`, `${copy}/arrival-times.csv`]),
  );
});

it("imports a release from its folder, or names the files with it", () => {
  const importer = importers["coherent-csi-2018"] as (typeof importers)[string];
  writeFileSync(join(folder, "promptPDF.txt"), "0.5, x\n");
  const call = () => importReleaseFolder(importer, folder);
  expect(call).toThrow(NurecoilError);
  const files = issuesOf(call).map(({ file }) => file);
  expect(new Set(files)).toEqual(new Set(importer.requiredFiles.map((name) => join(folder, name))));
});
