/** Wrong experiment folders and specs: one line per problem with file and place, nothing written, exit code 3. */
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { experimentCopy, nurecoil, refused, temporaryFolder } from "./run.ts";

const E = "coherent-csi-2017";
const folder = temporaryFolder();

describe("a wrong experiment folder", () => {
  const shape = /"(mass|acceptance-a)": \{ "value": [^,]+,/;
  it.each<[what: string, changes: Parameters<typeof experimentCopy>[1], lines: RegExp[]]>([
    [
      "negative mass",
      { "experiment.json": (text) => text.replace('"value": 14.6', '"value": -14.6') },
      [/experiment\.json: inputs\.mass\.value: must be above 0, not -14\.6/],
    ],
    [
      "negative efficiency",
      { "experiment.json": (text) => text.replace('"value": 0.6655', '"value": -0.6655') },
      [/experiment\.json: inputs\.acceptance-a\.value: must be between 0 and 1, not -0\.6655/],
    ],
    [
      "a number that is text",
      { "experiment.json": (text) => text.replace(shape, '"$1": { "value": "NaN",') },
      [/experiment\.json: inputs\.mass\.value: .*"NaN"/],
    ],
    [
      "unknown keys",
      { "experiment.json": (text) => text.replace('"overlaps"', '"overlap": 1, "titel": "x", "overlaps"') },
      [/experiment\.json: overlap: unknown key/, /experiment\.json: titel: unknown key \(did you mean "title"\?\)/],
    ],
    [
      "a truncated experiment.json",
      { "experiment.json": (text) => text.slice(0, 3000) },
      [/experiment\.json: line \d+, column \d+: not JSON: /],
    ],
    [
      "a CSV with another header",
      { "counts.csv": (text) => text.replace("coincidence-beam-on", "coincidences") },
      [/counts\.csv: line 1: column 3 is "coincidences \[1\]", declared is "coincidence-beam-on \[1\]"/],
    ],
    [
      "a CSV with another unit",
      { "counts.csv": (text) => text.replace("time [us]", "time [ns]") },
      [/counts\.csv: line 1: column 2 is "time \[ns\]", declared is "time \[us\]"/],
    ],
    [
      "a CSV with a row less",
      { "counts.csv": (text) => text.replace(/\n[^\n]*\n$/, "\n") },
      [/counts\.csv: 599 rows, but 600 are declared \(is it truncated\?\)/],
    ],
    [
      "a CSV cut in the middle of a line",
      { "prompt-neutrons.csv": (text) => text.slice(0, text.indexOf("\n", 200) + 3) },
      [/prompt-neutrons\.csv: line \d+: 1 cell, expected 2/, /prompt-neutrons\.csv: \d+ rows, but 50 are declared/],
    ],
    [
      "NaN in a CSV",
      { "prompt-neutrons.csv": (text) => text.replace("0.3600910306", "NaN") },
      [/prompt-neutrons\.csv: line 3: "NaN" in column "rate \[1\/\(GW h\)\]" is not a finite number/],
    ],
  ])("%s", (_, changes, lines) => {
    const path = experimentCopy(folder, changes);
    for (const args of [
      ["predict", path],
      ["show", path],
      ["cite", path],
    ]) {
      const found = refused(nurecoil(args), 3);
      expect(found).toHaveLength(lines.length);
      found.forEach((line, i) => {
        expect(line).toMatch(lines[i]!);
        expect(line).toContain(path);
      });
    }
  });

  it("several wrong things in several files are all listed", () => {
    const path = experimentCopy(folder, {
      "experiment.json": (text) =>
        text.replace('"value": 14.6', '"value": -1').replace('"value": 0.6655', '"value": 2'),
      "counts.csv": (text) => text.replace("time [us]", "time [s]"),
    });
    expect(refused(nurecoil(["predict", path]), 3)).toHaveLength(3);
  });

  it("no folder, a file, a folder without an experiment", () => {
    expect(refused(nurecoil(["predict", "./nowhere"], { cwd: folder }), 3)).toEqual([
      "./nowhere: there is no such folder",
    ]);
    writeFileSync(join(folder, "file"), "");
    expect(refused(nurecoil(["predict", "./file"], { cwd: folder }), 3)[0]).toMatch(/^\.\/file: is a file/);
    expect(refused(nurecoil(["predict", "./"], { cwd: folder }), 3)[0]).toMatch(/experiment\.json: missing/);
  });

  it("the same experiment from two places", () => {
    const path = experimentCopy(folder, { "README.md": () => "changed\n" });
    expect(refused(nurecoil(["chi2", E, path]), 2)).toEqual([
      `${E} and ${path} are both the experiment "${E}" (use one of them)`,
    ]);
  });
});

describe("a wrong spec", () => {
  it.each<[what: string, text: string, lines: RegExp[]]>([
    [
      "unknown keys",
      '{"experiments": [], "fre": ["xi_V"], "range": {}}',
      [/unknown key "fre" .*"free"/, /unknown key "range"/],
    ],
    ["a wrong type", '{"free": "xi_V"}', [/^standard input: free: /]],
    ["an unknown form factor", '{"formFactor": "helmm"}', [/formFactor: unknown form factor "helmm" .*"helm"/]],
    ["a truncated file", '{"experiments": ["coherent-csi-2017"', [/not JSON: the file ends .*is it truncated/]],
    ["an empty file", "", [/^standard input: line 1, column 1: not JSON/]],
    ["a key twice", '{"free": [], "free": []}', [/key "free" appears twice/]],
    ["a number that is NaN", '{"parameters": {"xi_V": NaN}}', [/not JSON: expected a value, found NaN/]],
    ["a list", "[]", [/^standard input: /]],
  ])("%s", (_, input, lines) => {
    const found = refused(nurecoil(["fit", "--spec", "-"], { input }), 3);
    expect(found).toHaveLength(lines.length);
    found.forEach((line, i) => {
      expect(line).toMatch(lines[i]!);
    });
  });

  it("no such file", () => {
    expect(refused(nurecoil(["fit", "--spec", "no.json"], { cwd: folder }), 3)[0]).toMatch(
      /^no\.json: cannot be read: ENOENT/,
    );
  });

  it("names in it that do not exist", () => {
    const input = JSON.stringify({ experiments: [E], free: ["xi_W"], parameters: { xi_X: 1 } });
    expect(refused(nurecoil(["fit", "--spec", "-"], { input }), 2)).toHaveLength(2);
  });
});

it("nothing was written", () => {
  expect(readdirSync(folder).filter((name) => !name.startsWith("copy-"))).toEqual(["file"]);
});
