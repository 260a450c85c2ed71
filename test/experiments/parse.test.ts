import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Issue, NurecoilError } from "../../src/errors.ts";
import { parseExperiment } from "../../src/experiments/parse.ts";
import type { CountsDeclaration, ExperimentFile } from "../../src/experiments/schema.ts";
import { issuesOf, mutated, shippedTexts } from "./shipped.ts";

const ID = "coherent-csi-2017";
const FILE = `${ID}/experiment.json`;

/** Issues after changing experiment.json; `any` because the changes are meant to break the type. */
// biome-ignore lint/suspicious/noExplicitAny: see above
function issuesAfter(change: (file: any) => void): readonly Issue[] {
  return issuesOf(() => parseExperiment(mutated(change), ID));
}

/** Issues after changing the lines of a CSV file. */
function csvIssuesAfter(csv: string, change: (lines: string[]) => void): readonly Issue[] {
  const texts = shippedTexts();
  const lines = (texts[csv] as string).split("\n");
  change(lines);
  return issuesOf(() => parseExperiment({ ...texts, [csv]: lines.join("\n") }, ID));
}

describe("the shipped folder", () => {
  it("parses, from a record and from a map, whatever the folder is in", () => {
    const texts = shippedTexts();
    const { file, tables } = parseExperiment(texts, `some/where/${ID}/`);
    expect(file.id).toBe(ID);
    expect(Object.keys(tables)).toEqual(Object.keys(file.tables));
    expect(tables["counts"]?.rows).toBe(600);
    expect(tables["counts"]?.columns["pe"]?.[599]).toBe(49);
    expect(parseExperiment(new Map(Object.entries(texts)), ID)).toEqual(parseExperiment(texts, ID));
  });

  it("keeps every name of the file", () => {
    const texts = shippedTexts();
    expect(parseExperiment(texts, ID).file).toEqual(JSON.parse(texts["experiment.json"] as string));
  });
});

describe("bad experiment.json", () => {
  it.each<[string, (file: ExperimentFile & Record<string, never>) => void, string, string, string?]>([
    [
      "an unknown key",
      (f) => Object.assign(f, { likelihood: [] }),
      "likelihood",
      "unknown key",
      'did you mean "likelihoods"?',
    ],
    ["a misspelt key", (f) => Object.assign(f, { titel: "x" }), "titel", "unknown key"],
    [
      "a misspelt optional key",
      (f) => Object.assign(input(f, "mass"), { sigmma: 1 }),
      "inputs.mass.sigmma",
      "unknown key",
      'did you mean "sigma"?',
    ],
    [
      "an unknown key inside a union",
      (f) => Object.assign(likelihood(f).response[0] as object, { yeild: "mass" }),
      "likelihoods[0].response[0].yeild",
      "unknown key",
    ],
    [
      "a wrong type",
      (f) => set(input(f, "mass"), "value", "14.6"),
      "inputs.mass.value",
      'expected number, found "14.6"',
    ],
    ["null", (f) => set(input(f, "mass"), "value", null), "inputs.mass.value", "expected number, found null"],
    ["a list for an object", (f) => set(f, "inputs", []), "inputs", "expected object, found a list"],
    [
      "a missing value",
      (f) => set(input(f, "mass"), "value", undefined),
      "inputs.mass.value",
      "missing",
      "expected: number",
    ],
    ["a missing section", (f) => set(f, "tables", undefined), "tables", "missing", "expected: object"],
    ["another format", (f) => set(f, "format", "nurecoil/experiment/2"), "format", 'unknown: "nurecoil/experiment/2"'],
    [
      "an unknown unit",
      (f) => set(input(f, "mass"), "unit", "kgg"),
      "inputs.mass.unit",
      'unknown: "kgg"',
      'did you mean "kg"?',
    ],
    [
      "a unit of another dimension",
      (f) => set(input(f, "mass"), "unit", "m"),
      "inputs.mass.unit",
      '"m" is a unit of length, but likelihoods[0].target.mass needs one of mass',
      "valid: kg, g, t",
    ],
    [
      "electron-equivalent for recoil energy",
      (f) => set(input(f, "recoil-light-yield"), "unit", "PE/keVee"),
      "inputs.recoil-light-yield.unit",
      '"PE/keVee" is a unit of photoelectrons per electron-equivalent energy, but likelihoods[0].response[0].yield needs one of photoelectrons per recoil energy',
      "valid: PE/keVnr",
    ],
    [
      "a negative mass",
      (f) => set(input(f, "mass"), "value", -14.6),
      "inputs.mass.value",
      "must be above 0, not -14.6: it is likelihoods[0].target.mass",
    ],
    [
      "a distance of zero",
      (f) => set(input(f, "distance"), "value", 0),
      "inputs.distance.value",
      "must be above 0, not 0",
    ],
    [
      "a negative efficiency",
      (f) => set(input(f, "acceptance-a"), "value", -0.1),
      "inputs.acceptance-a.value",
      "must be between 0 and 1, not -0.1",
    ],
    [
      "an efficiency above 1",
      (f) => set(input(f, "acceptance-a"), "value", 66.55),
      "inputs.acceptance-a.value",
      "must be between 0 and 1, not 66.55",
    ],
    [
      "a negative sigma",
      (f) => set(input(f, "light-yield"), "sigma", -1),
      "inputs.light-yield.sigma",
      "must be above 0, not -1",
    ],
    [
      "a pull of no width",
      (f) => set(nuisance(f, 1), "sigma", 0),
      "likelihoods[0].nuisances[1].sigma",
      "must be above 0, not 0",
    ],
    [
      "half an asymmetric error",
      (f) => set(input(f, "acceptance-a"), "sigmaPlus", undefined),
      "inputs.acceptance-a",
      "an uncertainty is either sigma or both sigmaPlus and sigmaMinus",
    ],
    [
      "a source that is not listed",
      (f) => set(input(f, "mass"), "source", "observaton"),
      "inputs.mass.source",
      'no source is called "observaton"',
      'did you mean "observation"?',
    ],
    [
      "a property of objects as a name",
      (f) => set(input(f, "mass"), "source", "constructor"),
      "inputs.mass.source",
      'no source is called "constructor"',
    ],
    [
      "an input that does not exist",
      (f) => set(likelihood(f).target, "mass", "mas"),
      "likelihoods[0].target.mass",
      'no input is called "mas"',
      'did you mean "mass"?',
    ],
    [
      "a table that does not exist",
      (f) => set(likelihood(f).observed, "table", "count"),
      "likelihoods[0].observed.table",
      'no table is called "count"',
      'did you mean "counts"?',
    ],
    [
      "a column that does not exist",
      (f) => set(likelihood(f).observed.add, 0, "coincidence-beamon"),
      "likelihoods[0].observed.add[0]",
      'no column is called "coincidence-beamon"',
      'did you mean "coincidence-beam-on"?',
    ],
    [
      "a window on no column",
      (f) => set(likelihood(f).observed, "window", { tim: [0, 6] }),
      "likelihoods[0].observed.window.tim",
      'no column is called "tim"',
      'did you mean "time"?',
    ],
    [
      "a component that does not exist",
      (f) => set(nuisance(f, 1).components, 0, "bnr"),
      "likelihoods[0].nuisances[1].components[0]",
      'no component is called "bnr"',
      'did you mean "brn"?',
    ],
    [
      "an unknown response element",
      (f) => set(likelihood(f).response[0] as object, "type", "linear-lightyield"),
      "likelihoods[0].response[0].type",
      'unknown: "linear-lightyield"',
      'did you mean "linear-light-yield"?',
    ],
    [
      "unknown statistics",
      (f) => set(likelihood(f), "statistics", "gausian"),
      "likelihoods[0].statistics",
      'unknown: "gausian"',
      'did you mean "gaussian"?',
    ],
    [
      "edges that do not increase",
      (f) => likelihood(f).axes[0]?.edges.splice(2, 1, 8),
      "likelihoods[0].axes[0].edges[2]",
      "bin edges must increase: 8 follows 8",
    ],
    [
      "one edge",
      (f) => likelihood(f).axes[0]?.edges.splice(1),
      "likelihoods[0].axes[0].edges",
      "must have at least 2 entries, not 1",
    ],
    ["no likelihood", (f) => f.likelihoods.splice(0), "likelihoods", "must not be empty"],
    [
      "the same likelihood twice",
      (f) => f.likelihoods.splice(1, 1, likelihood(f)),
      "likelihoods[1].id",
      '"paper" is already the id of likelihoods[0]',
    ],
    [
      "the same nuisance twice",
      (f) => likelihood(f).nuisances.push(nuisance(f, 1)),
      "likelihoods[0].nuisances[2].name",
      '"brn" is already the name of likelihoods[0].nuisances[1]',
    ],
    [
      "the same BibTeX key twice",
      (f) => set(f.sources["paper-a"] as object, "key", "COHERENT:2017ipa"),
      "sources.paper-a.key",
      '"COHERENT:2017ipa" is already the key of sources.observation',
    ],
    [
      "an article without journal",
      (f) => set(f.sources["paper-a"] as object, "journal", undefined),
      "sources.paper-a.journal",
      "an article needs a journal",
    ],
    [
      "another id",
      (f) => set(f, "id", "coherent-csi-2018"),
      "id",
      '"coherent-csi-2018" is not the name of its folder, "coherent-csi-2017"',
    ],
    [
      "fractions that do not sum to 1",
      (f) => set(likelihood(f).target, "fractions", { Cs: 0.51, I: 0.5 }),
      "likelihoods[0].target.fractions",
      "fractions must sum to 1, not 1.01",
    ],
    [
      "a window that is empty",
      (f) => set(likelihood(f).observed, "window", { time: [6, 6] }),
      "likelihoods[0].observed.window.time",
      "the window selects nothing: 6 is not below 6",
    ],
    [
      "a window between the rows",
      (f) => set(likelihood(f).observed, "window", { time: [0.3, 0.7] }),
      "likelihoods[0].observed.window",
      "the window selects no row of the table",
    ],
    [
      "a bin between the rows",
      (f) => likelihood(f).axes[0]?.edges.splice(1, 0, 6.5),
      "likelihoods[0].axes[0].edges[0]",
      'no row of table "counts" lies in the bin [6, 6.5)',
    ],
    [
      "an axis of another unit",
      (f) => set(likelihood(f).observed.axes, "pe", "time"),
      "likelihoods[0].observed.axes.pe",
      'column "time" is in us, the axis in PE',
    ],
    [
      "an axis without column",
      (f) => set(likelihood(f).observed, "axes", {}),
      "likelihoods[0].observed.axes",
      'axis "pe" has no column here',
    ],
    [
      "a background that is no number of events",
      (f) => set(likelihood(f).backgrounds[0] as object, "scale", []),
      "likelihoods[0].backgrounds[0].scale",
      "column times scale must be a number of events; the units are 1/(GW h)",
    ],
    [
      "a CSV file that is missing",
      (f) => set(f.tables["counts"] as object, "file", "count.csv"),
      "tables.counts.file",
      'there is no file "count.csv" in the folder',
      'did you mean "counts.csv"?',
    ],
    [
      "a CSV file outside the folder",
      (f) => set(f.tables["counts"] as object, "file", "../counts.csv"),
      "tables.counts.file",
      '"../counts.csv" must be the name of a .csv file in the same folder',
    ],
    [
      "a name with capitals",
      (f) => set(f.inputs, "Mass", input(f, "mass")),
      "inputs.Mass",
      "this name must be lower-case letters and digits, words joined by single hyphens",
    ],
  ])("%s", (_, change, path, message, hint) => {
    const issues = issuesAfter(change);
    const found = issues.find((issue) => issue.path === path && issue.message.startsWith(message));
    expect(found, JSON.stringify(issues, null, 1)).toBeDefined();
    expect(found?.file).toBe(FILE);
    if (hint !== undefined) expect(found?.hint).toContain(hint);
  });

  it("names one problem once: no unknown table for each of its columns, no bin for each broken window", () => {
    expect(issuesAfter((f) => set(f.likelihoods[0].observed, "table", "count"))).toHaveLength(1);
    expect(issuesAfter((f) => set(f.inputs.mass, "value", -1))).toHaveLength(1);
    expect(issuesAfter((f) => set(f.likelihoods[0].observed, "window", { time: [100, 101] }))).toHaveLength(1);
    expect(issuesAfter((f) => set(f.inputs.mass, "value", "heavy"))).toHaveLength(1);
  });

  it("lists everything at once, across files", () => {
    const texts = mutated((f) => {
      set(f, "titel", "x");
      set(input(f, "mass"), "value", -1);
      set(input(f, "distance"), "unit", "kg");
      set(input(f, "exposure"), "source", "realease");
      set(nuisance(f, 0), "sigma", -0.28);
      set(nuisance(f, 1), "kind", "pul");
      set(likelihood(f).observed, "table", "cuonts");
      set(f.tables["quenching-tunl"] as object, "rows", "many");
    });
    delete texts["arrival-times.csv"];
    texts["prompt-neutrons.csv"] = (texts["prompt-neutrons.csv"] as string).replace("1.5,0.3600910306", "1.5,-");
    const issues = issuesOf(() => parseExperiment(texts, "elsewhere"));
    expect(issues.map(({ file, path }) => `${file} ${path}`).sort()).toEqual(
      [
        "elsewhere/experiment.json titel",
        "elsewhere/experiment.json inputs.mass.value",
        "elsewhere/experiment.json inputs.distance.unit",
        "elsewhere/experiment.json inputs.exposure.source",
        "elsewhere/experiment.json likelihoods[0].nuisances[0].sigma",
        "elsewhere/experiment.json likelihoods[0].nuisances[1].kind",
        "elsewhere/experiment.json likelihoods[0].observed.table",
        "elsewhere/experiment.json tables.quenching-tunl.rows",
        "elsewhere/experiment.json tables.arrival-times.file",
        "elsewhere/experiment.json id",
        "elsewhere/prompt-neutrons.csv line 3",
      ].sort(),
    );
  });
});

describe("numbers that are not finite", () => {
  it("an overflow in experiment.json", () => {
    const texts = shippedTexts();
    texts["experiment.json"] = (texts["experiment.json"] as string).replace("14.6,", "1e999,");
    expect(issuesOf(() => parseExperiment(texts, ID))).toEqual([
      { file: FILE, path: "inputs.mass.value", message: "must be a finite number, not Infinity" },
    ]);
  });
  it("NaN in experiment.json is no JSON", () => {
    const texts = shippedTexts();
    texts["experiment.json"] = (texts["experiment.json"] as string).replace("14.6,", "NaN,");
    expect(issuesOf(() => parseExperiment(texts, ID))).toMatchObject([
      {
        file: FILE,
        path: expect.stringMatching(/^line \d+, column 24$/),
        message: "not JSON: expected a value, found NaN",
      },
    ]);
  });
});

describe("bad tables", () => {
  const csv = `${ID}/counts.csv`;
  it("a row that stands twice, in place of another", () => {
    // Rows of counts: 24 times of one PE each; line 3 has time 0.75 us.
    expect(csvIssuesAfter("counts.csv", (lines) => lines.splice(3, 1, lines[2] as string))).toContainEqual(
      expect.objectContaining({ path: "line 4", message: "the same pe and time as line 3" }),
    );
    expect(csvIssuesAfter("prompt-neutrons.csv", (lines) => lines.splice(10, 1, lines[9] as string))).toContainEqual(
      expect.objectContaining({ path: "line 11", message: "the same pe as line 10" }),
    );
  });

  it("header, unit, rows, numbers", () => {
    expect(
      csvIssuesAfter("counts.csv", (lines) => lines.splice(0, 1, (lines[0] as string).replace("[us]", "[ns]"))),
    ).toEqual([{ file: csv, path: "line 1", message: 'column 2 is "time [ns]", declared is "time [us]"' }]);
    expect(csvIssuesAfter("counts.csv", (lines) => lines.splice(9, 1))).toEqual([
      { file: csv, message: "599 rows, but 600 are declared", hint: "is it truncated?" },
    ]);
    expect(csvIssuesAfter("counts.csv", (lines) => lines.splice(9, 1, "1.0,4.25,NaN,0,0,0"))).toMatchObject([
      { file: csv, path: "line 10", message: expect.stringContaining('"NaN"') },
    ]);
    expect(csvIssuesAfter("counts.csv", (lines) => lines.splice(9, 1, "1.0,4.25,1,0,0"))).toEqual([
      { file: csv, path: "line 10", message: "5 cells, expected 6" },
    ]);
  });
  it("negative counts, in the columns that are used", () => {
    expect(csvIssuesAfter("counts.csv", (lines) => lines.splice(9, 1, "1.0,4.25,-1,0,-1,0"))).toEqual([
      { file: csv, path: "line 10", message: 'column "coincidence-beam-on" must not be negative: -1' },
    ]);
    expect(csvIssuesAfter("prompt-neutrons.csv", (lines) => lines.splice(1, 1, "0.5,-0.55"))).toMatchObject([
      { file: `${ID}/prompt-neutrons.csv`, path: "line 2" },
    ]);
  });
});

it("a folder without experiment.json", () => {
  expect(issuesOf(() => parseExperiment({}, "x/y"))).toMatchObject([{ file: "x/y/experiment.json" }]);
});

it("a file cut off anywhere is refused, with line and column", () => {
  const texts = shippedTexts();
  const text = (texts["experiment.json"] as string).trimEnd();
  fc.assert(
    fc.property(fc.nat(text.length - 1), (length) => {
      const issues = issuesOf(() => parseExperiment({ ...texts, "experiment.json": text.slice(0, length) }, ID));
      expect(issues.at(-1)).toMatchObject({ file: FILE, path: expect.stringMatching(/^line \d+, column \d+$/) });
    }),
  );
});

it("whatever stands anywhere in the file, the answer is an experiment or a list of issues", () => {
  const paths: (string | number)[][] = [];
  const collect = (value: unknown, path: (string | number)[]): void => {
    paths.push(path);
    if (typeof value === "object" && value !== null)
      for (const [key, item] of Object.entries(value))
        collect(item, [...path, Array.isArray(value) ? Number(key) : key]);
  };
  collect(JSON.parse(shippedTexts()["experiment.json"] as string), []);
  fc.assert(
    fc.property(
      fc.constantFrom(...paths),
      fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constant(undefined)),
      (path, put) => {
        const texts = mutated((file) => {
          const parent = path
            .slice(0, -1)
            .reduce<Record<string, unknown>>((at, part) => at[part] as never, file as never);
          if (path.length > 0) parent[path.at(-1) as string] = put;
        });
        if (path.length === 0) texts["experiment.json"] = JSON.stringify(put) ?? "";
        try {
          expect(parseExperiment(texts, ID).file.id).toBe(ID);
        } catch (error) {
          if (!(error instanceof NurecoilError)) throw error;
          expect(error.issues.length).toBeGreaterThan(0);
          for (const issue of error.issues) expect(issue.file).toMatch(/^coherent-csi-2017\/[a-z-]+\.(json|csv)$/);
        }
      },
    ),
    { numRuns: 500 },
  );
});

function set(object: object, key: string | number, value: unknown): void {
  (object as Record<string | number, unknown>)[key] = value;
}
function input(file: ExperimentFile, name: string): object {
  return file.inputs[name] as object;
}
function likelihood(file: ExperimentFile) {
  return file.likelihoods[0] as CountsDeclaration;
}
/** A nuisance that scales components. */
function nuisance(file: ExperimentFile, i: number) {
  return likelihood(file).nuisances[i] as Extract<CountsDeclaration["nuisances"][number], { sigma: number }>;
}
