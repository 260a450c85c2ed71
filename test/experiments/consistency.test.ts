import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Issue } from "../../src/errors.ts";
import { parseExperiment } from "../../src/experiments/parse.ts";
import { issuesOf } from "./shipped.ts";

const CSI = "coherent-csi-2021";
const LAR = "coherent-lar-2020";
const SBC = "sbc-lar10-inin";
const experiments = fileURLToPath(new URL("../../experiments/", import.meta.url));

function texts(id: string): Record<string, string> {
  const folder = `${experiments}${id}/`;
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(`${folder}${name}`, "utf8")]));
}

/** Issues after changing experiment.json; `any` because the changes are meant to break the type. */
// biome-ignore lint/suspicious/noExplicitAny: see above
function issuesAfter(id: string, change: (file: any) => void): readonly Issue[] {
  const files = texts(id);
  const file = JSON.parse(files["experiment.json"] as string);
  change(file);
  return issuesOf(() => parseExperiment({ ...files, "experiment.json": JSON.stringify(file) }, id));
}

/** Issues after changing the lines of a CSV file, its declared number of rows and sums changed to fit. */
function csvIssuesAfter(id: string, csv: string, rows: number, change: (lines: string[]) => void): readonly Issue[] {
  const files = texts(id);
  const file = JSON.parse(files["experiment.json"] as string);
  for (const table of Object.values<{ file: string; rows: number; columns: { sum?: number }[] }>(file.tables))
    if (table.file === csv) {
      table.rows = rows;
      for (const column of table.columns) delete column.sum;
    }
  const lines = (files[csv] as string).split("\n");
  change(lines);
  const edited = { ...files, "experiment.json": JSON.stringify(file), [csv]: lines.join("\n") };
  return issuesOf(() => parseExperiment(edited, id));
}

/** An experiment.json of any shape. */
// biome-ignore lint/suspicious/noExplicitAny: see above
type Any = any;

it.each(readdirSync(experiments))("%s as shipped is consistent", (id) => {
  expect(parseExperiment(texts(id), id).file.id).toBe(id);
});

describe("tables", () => {
  it("of events may have rows at the same place, others not", () => {
    const twice = (lines: string[]) => lines.splice(2, 1, lines[1] as string);
    const files = texts(CSI);
    const lines = (files["events.csv"] as string).split("\n");
    // Two events swap places in value: the sums stay.
    const [first, second] = [lines[1] as string, lines[2] as string];
    const file = JSON.parse(files["experiment.json"] as string);
    for (const column of file.tables.events.columns) delete column.sum;
    const same = { ...files, "experiment.json": JSON.stringify(file), "events.csv": lines.with(2, first).join("\n") };
    expect(first).not.toBe(second);
    expect(parseExperiment(same, CSI).tables["events"]?.rows).toBe(10032);
    expect(csvIssuesAfter(CSI, "brn-pe.csv", 250, twice)).toContainEqual({
      file: `${CSI}/brn-pe.csv`,
      path: "line 3",
      message: "the same pe as line 2",
    });
    delete file.tables.events.events;
    expect(issuesOf(() => parseExperiment({ ...same, "experiment.json": JSON.stringify(file) }, CSI))).toContainEqual({
      file: `${CSI}/events.csv`,
      path: "line 3",
      message: "the same pe and time as line 2",
    });
  });

  it("in cells are told apart by axes without unit too", () => {
    // Rows of the argon cells 2 and 12 differ in F90 alone, whose unit is 1.
    const issues = csvIssuesAfter(LAR, "cells.csv", 960, (lines) => lines.splice(11, 1, lines[1] as string));
    expect(issues).toContainEqual({
      file: `${LAR}/cells.csv`,
      path: "line 12",
      message: "the same energy and f90 and time as line 2",
    });
  });

  it("keep the sums they declare", () => {
    const hint = "was a row or a number changed?";
    const changed = issuesAfter(CSI, (f) => Object.assign(f.tables["brn-pe"].columns[1], { sum: 1.498 }));
    expect(changed).toEqual([
      {
        file: `${CSI}/brn-pe.csv`,
        path: 'column "share"',
        message: "sums to 1.497777822, but 1.498 is declared",
        hint,
      },
    ]);
    const files = texts(LAR);
    // The first cell holds 32 events.
    files["cells.csv"] = (files["cells.csv"] as string).replace("5,0.525,0.15,32,", "5,0.525,0.15,33,");
    expect(issuesOf(() => parseExperiment(files, LAR))).toEqual([
      { file: `${LAR}/cells.csv`, path: 'column "data"', message: "sums to 3753, but 3752 is declared", hint },
    ]);
  });

  it("have no negative number where one is read", () => {
    const negative = (csv: string, line: number, text: string) => {
      const files = texts(CSI);
      const lines = (files[csv] as string).split("\n");
      return issuesOf(() => parseExperiment({ ...files, [csv]: lines.with(line - 1, text).join("\n") }, CSI));
    };
    expect(negative("nin-time.csv", 2, "-0.245,-0.000001")).toContainEqual({
      file: `${CSI}/nin-time.csv`,
      path: "line 2",
      message: 'column "events" must not be negative: -0.000001',
    });
  });
});

describe("templates with a hole", () => {
  it("in three dimensions", () => {
    // Line 13 is (5 keVee, 0.575, 0.65 us) after ten times in each F90 bin: the second bin's second time.
    const issues = csvIssuesAfter(LAR, "cells.csv", 959, (lines) => lines.splice(12, 1));
    const message =
      '1 of 960 cells has no row in table "cells": the first is energy [0, 10), f90 [0.55, 0.6), time [0.4, 0.9)';
    const file = `${LAR}/experiment.json`;
    for (const path of ["observed", "backgrounds[0]", "backgrounds[2]", "nuisances[5].variation"])
      expect(issues).toContainEqual({ file, path: `likelihoods[0].${path}.axes`, message });
  });

  it("in one dimension, and in the shape of the signal on the middle axis", () => {
    const issues = csvIssuesAfter(CSI, "brn-pe.csv", 242, (lines) => lines.splice(1, 8));
    expect(issues).toContainEqual({
      file: `${CSI}/experiment.json`,
      path: "likelihoods[0].backgrounds[0].axes",
      message: '1 of 9 cells has no row in table "brn-pe": the first is pe [0, 8)',
    });
    // The ten times of the first cell of energy and F90.
    expect(csvIssuesAfter(LAR, "cells.csv", 950, (lines) => lines.splice(1, 10))).toContainEqual({
      file: `${LAR}/experiment.json`,
      path: "likelihoods[0].conditional.axes",
      message: '1 of 96 cells has no row in table "cells": the first is energy [0, 10), f90 [0.5, 0.55)',
    });
  });
});

describe("likelihoods", () => {
  const cases: readonly [string, string, (f: Any) => void, string, string][] = [
    [
      "an exposure that is no input",
      CSI,
      (f) => Object.assign(f.likelihoods[0], { exposure: "exposures" }),
      "likelihoods[0].exposure",
      'no input is called "exposures"',
    ],
    [
      "a nuisance of a component that does not exist",
      CSI,
      (f) => f.likelihoods[0].nuisances[0].components.push("brm"),
      "likelihoods[0].nuisances[0].components[1]",
      'no component is called "brm"',
    ],
    [
      "a projection's nuisance of a component that does not exist",
      SBC,
      (f) => f.likelihoods[0].nuisances[1].components.splice(0, 1, "brn"),
      "likelihoods[0].nuisances[1].components[0]",
      'no component is called "brn"',
    ],
    [
      "a projection's background that is no number of events",
      SBC,
      (f) => f.likelihoods[0].background.scale.pop(),
      "likelihoods[0].background.scale",
      "scale must be a number of events; the units are 1/d",
    ],
    [
      "fission fractions that do not sum to 1",
      SBC,
      (f) => Object.assign(f.inputs["fraction-u238"], { value: 0.0701 }),
      "likelihoods[0].flux.isotopes",
      "fission fractions must sum to 1, not 1.0001",
    ],
    [
      "a projection with data",
      SBC,
      (f) => Object.assign(f.likelihoods[0], { observed: {} }),
      "likelihoods[0].observed",
      "unknown key",
    ],
    [
      "an onset without pulse",
      CSI,
      (f) => delete f.likelihoods[0].timing,
      "likelihoods[0].nuisances[8].kind",
      "an onset shifts a pulse: the likelihood needs `timing` of type pulse",
    ],
    [
      "an onset whose range has no 0",
      CSI,
      (f) => Object.assign(f.likelihoods[0].nuisances[8], { range: [0.1, 0.25] }),
      "likelihoods[0].nuisances[8].range",
      "must hold 0, the nominal onset: [0.1, 0.25] does not",
    ],
    [
      "a signal without shape on an axis",
      LAR,
      (f) => delete f.likelihoods[0].conditional,
      "likelihoods[0].axes",
      "3 axes, but the signal has a shape on 2",
    ],
    [
      "a pulse on an axis that is no time",
      CSI,
      (f) => f.likelihoods[0].axes.reverse(),
      "likelihoods[0].timing",
      'the last axis must be time; "pe" is in PE',
    ],
    [
      "a window of a pulse that is empty",
      CSI,
      (f) => Object.assign(f.likelihoods[1].timing.window, { low: 6 }),
      "likelihoods[1].timing.window",
      "the window selects nothing: 6 is not below 6",
    ],
    [
      "a histogram in another unit than the axis",
      CSI,
      (f) => Object.assign(f.likelihoods[0].backgrounds[0].timing, { table: "brn-pe", centre: "pe", column: "share" }),
      "likelihoods[0].backgrounds[0].timing.centre",
      'column "pe" is in PE, the axis in us',
    ],
    [
      "a decay rate in another dimension",
      CSI,
      (f) => Object.assign(f.likelihoods[0].backgrounds[2].timing, { rate: "pulse-mean" }),
      "inputs.pulse-mean.unit",
      '"us" is a unit of time, but likelihoods[0].backgrounds[2].timing.rate needs one of inverse time',
    ],
    [
      "a sideband that replaces nothing",
      CSI,
      (f) => Object.assign(f.likelihoods[0].backgrounds[2].sideband, { replaces: "steady" }),
      "likelihoods[0].backgrounds[2].sideband.replaces",
      'no nuisance is called "steady"',
    ],
    [
      "a variation of the background by the response",
      CSI,
      (f) => f.likelihoods[0].nuisances[3].components.push("brn"),
      "likelihoods[0].nuisances[3].components[1]",
      'a variation of type inputs acts on cevns only, not on "brn"',
    ],
    [
      "a variation of an input that the response does not use",
      CSI,
      (f) => Object.assign(f.likelihoods[0].nuisances[1].variation.plus, { mass: "mass" }),
      "likelihoods[0].nuisances[1].variation.plus.mass",
      'the response does not use the input "mass"',
    ],
    [
      "a variation that mixes up two powers",
      CSI,
      (f) => Object.assign(f.likelihoods[0].nuisances[1].variation.minus, { "quenching-c1": "quenching-0-minus-c2" }),
      "likelihoods[0].nuisances[1].variation.minus.quenching-c1",
      '"quenching-0-minus-c2" is a number of electron-equivalent energy per recoil energy squared and cannot take the place of one of electron-equivalent energy per recoil energy',
    ],
    [
      "oversampling of what is not subtracted",
      CSI,
      (f) => Object.assign(f.likelihoods[1].observed, { oversampled: { coincidence: 5 } }),
      "likelihoods[1].observed.oversampled.coincidence",
      'column "coincidence" is not subtracted',
    ],
    [
      "templates that leave out an axis",
      LAR,
      (f) => delete f.likelihoods[0].nuisances[5].variation.axes.f90,
      "likelihoods[0].nuisances[5].variation.axes",
      'axis "f90" has no column here',
    ],
    [
      "an empty shape with a total",
      CSI,
      (f) => Object.assign(f.likelihoods[1].backgrounds[0], { window: { pe: [0, 6] } }),
      "likelihoods[1].backgrounds[0].total",
      'column "share" is empty and cannot be scaled to a total',
    ],
  ];

  it.each(cases)("%s", (_, id, change, path, message) => {
    const issues = issuesAfter(id, change);
    const found = issues.find((issue) => issue.path === path && issue.message.startsWith(message));
    expect(found, JSON.stringify(issues, null, 1)).toBeDefined();
    expect(found?.file).toBe(`${id}/experiment.json`);
  });

  it("need no units of events in a column that a total scales, and do without one", () => {
    const inPhotoelectrons = (f: Any) => {
      f.tables["brn-pe"].columns[1].unit = "PE";
    };
    const files = texts(CSI);
    const file = JSON.parse(files["experiment.json"] as string);
    inPhotoelectrons(file);
    files["brn-pe.csv"] = (files["brn-pe.csv"] as string).replace("share [1]", "share [PE]");
    const change = (edit: (f: Any) => void) => {
      const copy = structuredClone(file);
      edit(copy);
      return { ...files, "experiment.json": JSON.stringify(copy) };
    };
    expect(
      parseExperiment(
        change(() => {}),
        CSI,
      ).file.id,
    ).toBe(CSI);
    const without = change((f) => {
      delete f.likelihoods[0].backgrounds[0].total;
    });
    expect(issuesOf(() => parseExperiment(without, CSI))).toContainEqual({
      file: `${CSI}/experiment.json`,
      path: "likelihoods[0].backgrounds[0].scale",
      message: "column times scale must be a number of events; the units are PE",
    });
  });

  it("take a histogram in even steps alone", () => {
    const issues = csvIssuesAfter(CSI, "nin-time.csv", 649, (lines) => lines.splice(300, 1));
    expect(issues).toEqual([
      {
        file: `${CSI}/experiment.json`,
        path: "likelihoods[0].backgrounds[1].timing.centre",
        message: expect.stringContaining("bin centres of a histogram must rise in even steps"),
      },
    ]);
  });
});
