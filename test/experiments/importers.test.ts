import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { importers } from "../../src/experiments/importers/index.ts";
import { syntheticRelease } from "./release.ts";
import { issuesOf, shippedTexts } from "./shipped.ts";

const importer = importers["coherent-csi-2018"] as (typeof importers)[string];
/** Folders of official releases, as their archives unpack (Zenodo 1228631): NURECOIL_RELEASES, or beside the checkout. */
const releases = process.env["NURECOIL_RELEASES"] ?? fileURLToPath(new URL("../../../shared/data", import.meta.url));
const releaseFolder = `${releases}/coherent-csi-2018/`;
const absent = !existsSync(releaseFolder);

it("calls every importer by the name of its release", () => {
  expect(Object.keys(importers).length).toBeGreaterThan(0);
  for (const [name, { release }] of Object.entries(importers)) expect(release).toBe(name);
});

it.skipIf(absent)(
  `turns the official release into the shipped folder, byte by byte${absent ? " (skipped: no release in NURECOIL_RELEASES or beside the checkout)" : ""}`,
  () => {
    const names = readdirSync(releaseFolder);
    expect([...importer.requiredFiles].sort()).toEqual(names.sort());
    const release = Object.fromEntries(names.map((name) => [name, readFileSync(`${releaseFolder}${name}`, "utf8")]));
    expect(importer.convert(release)).toEqual(shippedTexts());
  },
);

it("turns a folder of the release's structure into the shipped folder, byte by byte", () => {
  expect(importer.convert(syntheticRelease())).toEqual(shippedTexts());
});

it("accepts carriage returns and rows in another order", () => {
  const release = syntheticRelease();
  const rows = (release["promptPDF.txt"] as string).trim().split("\n");
  release["promptPDF.txt"] = rows.reverse().join("\r\n");
  expect(importer.convert(release)).toEqual(shippedTexts());
});

describe("a broken release", () => {
  /** Issues after editing the lines of one file. */
  function issuesAfter(file: string, edit: (lines: string[]) => void) {
    const release = syntheticRelease();
    const lines = (release[file] as string).split("\n");
    edit(lines);
    return issuesOf(() => importer.convert({ ...release, [file]: lines.join("\n") }));
  }

  it.each(importer.requiredFiles)("without %s", (file) => {
    const { [file]: _, ...release } = syntheticRelease();
    expect(issuesOf(() => importer.convert(release))).toEqual([{ file, message: "missing; the release has it" }]);
  });

  it("with a row missing", () => {
    // Line 3 is the first cell (1 PE, 0.25 us), so line 80 is the 78th: 7 PE, 2.75 us.
    const file = "data_coincidence_beamOn.txt";
    expect(issuesAfter(file, (lines) => lines.splice(79, 1))).toEqual([
      { file, path: "line 80", message: "no row for the bin at (7, 2.75)" },
    ]);
    expect(issuesAfter(file, (lines) => lines.splice(2, 1))[0]).toMatchObject({ path: "line 3" });
    expect(issuesAfter(file, (lines) => lines.splice(601, 1))[0]).toMatchObject({
      path: "line 602",
      message: "no row for the bin at (49, 11.75)",
    });
    expect(issuesAfter("qfData_tunl.txt", (lines) => lines.splice(5, 1))).toEqual([
      { file: "qfData_tunl.txt", message: "11 data points, the release has 12" },
    ]);
  });

  it("with a row twice, or of a bin that does not exist", () => {
    const file = "promptPDF.txt";
    expect(issuesAfter(file, (lines) => lines.splice(5, 0, lines[4] as string))).toEqual([
      { file, path: "line 6", message: "second row for the bin at (2.5), the first is on line 5" },
    ]);
    expect(issuesAfter(file, (lines) => lines.splice(5, 0, "2.75, 0.1"))).toEqual([
      { file, path: "line 6", message: "no bin has its centre at (2.75)" },
    ]);
  });

  it.each([
    ["data_anticoincidence_beamOff.txt", "1.0, 0.25, x", '"x" is not a finite number'],
    ["data_anticoincidence_beamOff.txt", "1.0, 0.25, ", '"" is not a finite number'],
    ["data_anticoincidence_beamOff.txt", "1.0, 0.25, 1e999", '"1e999" is not a finite number'],
    ["data_anticoincidence_beamOff.txt", "1.0, 0.25, -1", '"-1" is not a count'],
    ["data_anticoincidence_beamOff.txt", "1.0, 0.25, 0.5", '"0.5" is not a count'],
    ["data_anticoincidence_beamOff.txt", "1.0, 0.25", "2 numbers, expected 3"],
    ["arrivalTimePDF_promptNeutrinos.txt", "0.25, 0.06.5", '"0.06.5" is not a finite number'],
    ["qfData_chicago.txt", "2.87, 0.56, NaN, 0.017193", '"NaN" is not a finite number'],
  ])("%s with the line %j", (file, line, message) => {
    expect(issuesAfter(file, (lines) => lines.splice(2, 1, line))).toEqual([{ file, path: "line 3", message }]);
  });

  it("with broken parameters", () => {
    const file = "coherent_parameters.yaml";
    const line = (text: string) => (syntheticRelease()[file] as string).split("\n").indexOf(text);
    expect(issuesAfter(file, (lines) => lines.splice(line("  value: 13.348"), 1, "  value: 13,348"))).toMatchObject([
      {
        file,
        path: `line ${line("  value: 13.348") + 1}`,
        message: '"13,348" (csiLightYield.value) is not a finite number',
      },
    ]);
    expect(issuesAfter(file, (lines) => lines.splice(line("  units: m"), 1, "  units: cm"))).toMatchObject([
      { file, path: `line ${line("  units: m") + 1}`, message: 'distanceToTarget is in "cm", expected "m"' },
    ]);
    expect(issuesAfter(file, (lines) => lines.splice(line("      error_lo: 0.0131"), 1))).toMatchObject([
      { file, path: "acceptanceEfficiency.k.error_lo", message: "missing" },
    ]);
    expect(issuesAfter(file, (lines) => lines.splice(line("csiQF:"), 1, "\tcsiQF:"))[0]).toMatchObject({
      file,
      message: expect.stringContaining("fits nowhere"),
    });
    expect(issuesAfter(file, (lines) => lines.splice(line("  value: 19.3"), 1, "  value: -19.3"))).toMatchObject([
      { file: "coherent-csi-2017/experiment.json", path: "inputs.distance.value" },
    ]);
  });

  it("lists everything at once", () => {
    const { "promptPDF.txt": _, ...release } = syntheticRelease();
    const file = "data_coincidence_beamOn.txt";
    release[file] = (release[file] as string)
      .replace("1.0, 0.25, 2", "1.0, 0.25, two")
      .replace(/49.0, 11.75, \d+\n/, "");
    release["coherent_parameters.yaml"] = (release["coherent_parameters.yaml"] as string).replace("19.3", "far");
    const issues = issuesOf(() => importer.convert(release));
    expect(issues.map(({ file: name, path }) => [name, path])).toEqual([
      ["coherent_parameters.yaml", "line 11"],
      [file, "line 3"],
      [file, "line 602"],
      ["promptPDF.txt", undefined],
    ]);
  });
});
