import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { importers } from "../../src/experiments/importers/index.ts";
import { parseExperiment } from "../../src/experiments/parse.ts";
import { issuesOf } from "./shipped.ts";

const ID = "coherent-csi-2021";
const importer = importers[ID] as (typeof importers)[string];
const texts = readFolder(fileURLToPath(new URL(`../../experiments/${ID}/`, import.meta.url)));
const { file, tables } = parseExperiment(texts, ID);

/** Folders of official releases: NURECOIL_RELEASES, or beside the checkout. */
const releases = process.env["NURECOIL_RELEASES"] ?? fileURLToPath(new URL("../../../shared/data", import.meta.url));
const releaseFolder = `${releases}/${ID}/`;
const absent = !existsSync(releaseFolder);

function readFolder(folder: string): Record<string, string> {
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(`${folder}${name}`, "utf8")]));
}

function column(table: string, name: string): readonly number[] {
  return Array.from(tables[table]?.columns[name] ?? []);
}

/** Coefficient files of the release's layout, labels included. */
const efficiencyText = `# Energy-dependent efficiency curve
# eff_E(x) = a/( 1 + exp(-b*(x-c))) + d

# Nominal efficiency model
1.32045  0.285979 10.8646 -0.333322

# Syst model, +1 sigma
1.3439  0.285366 9.84596 -0.356364
# Syst model, +1 sigma
1.297  0.286592 11.8832 -0.31028
`;
const quenchingText = `# Scintillation response curve

# Nominal scintillation model
0.0554628 4.30681 -111.707 840.384

# Syst model 0, +1 sigma
0.0613632 3.51547 -85.5548 595.562
# Syst model 0, -1 sigma
0.0495624 5.09815 -137.858 1085.2

# Syst model 1, +1 sigma
0.055413 3.93597 -93.1045 630.092
# Syst model 1, -1 sigma
0.0555126 4.67765 -130.309 1050.68
`;

/** A folder of the release's files and layout, made from the shipped tables, for where the release is absent. */
function syntheticRelease(): Record<string, string> {
  const rows = (csv: string) => (texts[csv] as string).trim().split("\n").slice(1);
  const table = (lines: readonly string[]) =>
    `${lines.map((line) => line.split(",").slice(0, 2).join(" ")).join("\n")}\n`;
  const events = (end: string) =>
    `# List of selected events\n# PE, microsecond\n${table(rows("events.csv").filter((line) => line.endsWith(end)))}`;
  return {
    "dataBeamOnC.txt": events(",1,0"),
    "dataBeamOnAC.txt": events(",0,1"),
    "brnPE.txt": table(rows("brn-pe.csv")),
    "brnTrec.txt": table(rows("brn-time.csv")),
    "ninPE.txt": table(rows("nin-pe.csv")),
    "ninTrec.txt": table(rows("nin-time.csv")),
    "effCoefficients.txt": efficiencyText,
    "scintRespCoefficients.txt": quenchingText,
  };
}

it.skipIf(absent)(
  `turns the official release into the shipped folder, byte by byte${absent ? " (skipped: no release in NURECOIL_RELEASES or beside the checkout)" : ""}`,
  () => {
    const release = readFolder(releaseFolder);
    for (const name of importer.requiredFiles) expect(Object.keys(release)).toContain(name);
    expect(importer.convert(release)).toEqual(texts);
  },
);

it("turns a folder of the release's layout into the shipped folder, byte by byte", () => {
  expect(importer.convert(syntheticRelease())).toEqual(texts);
});

it("accepts carriage returns, tabs and blanks around numbers", () => {
  const release = syntheticRelease();
  const spread = Object.fromEntries(
    Object.entries(release).map(([name, text]) => [
      name,
      text.replaceAll("\n", " \r\n").replace(/^(\d.*?) /gm, "$1\t "),
    ]),
  );
  expect(importer.convert(spread)).toEqual(texts);
});

describe("the events", () => {
  /** Events of a sample inside half-open intervals. */
  function count(sample: string, peLow: number, peHigh: number, timeHigh: number): number {
    const [pe, time] = [column("events", "pe"), column("events", "time")];
    return column("events", sample).reduce(
      (n, own, i) =>
        (pe[i] as number) >= peLow && (pe[i] as number) < peHigh && (time[i] as number) < timeHigh ? n + own : n,
      0,
    );
  }

  it("are those of the published window", () => {
    // Counted in the released files with awk.
    expect(count("coincidence", 0, 60, 6)).toBe(1578);
    expect(count("anticoincidence", 0, 60, 6)).toBe(1295);
    expect(count("coincidence", 8, 60, 6)).toBe(1567);
    expect(count("anticoincidence", 8, 60, 6)).toBe(1291);
    expect(count("coincidence", 0, 250, 6)).toBe(5142);
    expect(count("anticoincidence", 0, 250, 6)).toBe(4890);
  });

  it("fill the cells of the likelihood as an independent script counts them", () => {
    const url = new URL("../reference/csi-2021.json", import.meta.url);
    const reference = JSON.parse(readFileSync(url, "utf8")) as { C: number[][]; AC: number[][] };
    const [peEdges, timeEdges] = (file.likelihoods[0] as { axes: { edges: number[] }[] }).axes.map(
      ({ edges }) => edges,
    );
    for (const [sample, cells] of [
      ["coincidence", reference.C],
      ["anticoincidence", reference.AC],
    ] as const)
      cells.forEach((row, i) => {
        row.forEach((expected, j) => {
          const inside = (peEdges as number[]).slice(i, i + 2) as [number, number];
          const [early, late] = (timeEdges as number[]).slice(j, j + 2) as [number, number];
          expect(count(sample, ...inside, late) - count(sample, ...inside, early), `${sample} ${i} ${j}`).toBe(
            expected,
          );
        });
      });
  });

  it("belong to one sample each, coincidence first, in released order and digits", () => {
    expect(file.tables["events"]).toMatchObject({ rows: 10032, events: true });
    const lines = (texts["events.csv"] as string).split("\n");
    expect(lines[0]).toBe("pe [PE],time [us],coincidence [1],anticoincidence [1]");
    // First and last lines of the two released files.
    expect(lines[1]).toBe("111.189,2.24,1,0");
    expect(lines[5143]).toBe("151.773,1.044,0,1");
    expect(lines.slice(1, 5143).every((line) => line.endsWith(",1,0"))).toBe(true);
    expect(lines.slice(5143, -1).every((line) => line.endsWith(",0,1"))).toBe(true);
  });
});

it("has neutron templates that sum to 1 below 60 PE, and to the released sums", () => {
  const below60 = (table: string) =>
    column(table, "share")
      .slice(0, 60)
      .reduce((sum, share) => sum + share, 0);
  // Released with six digits.
  expect(below60("brn-pe")).toBeCloseTo(1, 6);
  expect(below60("nin-pe")).toBeCloseTo(1, 6);
  const sums = (table: string) => file.tables[table]?.columns.map(({ sum }) => sum);
  // Sums of the released columns in exact decimal arithmetic.
  expect(sums("brn-pe")).toEqual([undefined, 1.497777822]);
  expect(sums("nin-pe")).toEqual([undefined, 1.333957278]);
  expect(sums("brn-time")).toEqual([undefined, 27.63200922974]);
  expect(sums("nin-time")).toEqual([undefined, 7.564846239112]);
  expect(sums("events")).toEqual([1195014.14063, 28286.854, 5142, 4890]);
});

it("keeps the released digits of the templates", () => {
  expect(texts["brn-pe.csv"]).toContain("\n7.5,0.00291701\n");
  expect(texts["nin-pe.csv"]).toContain("\n249.5,0.000413365\n");
  expect(texts["brn-time.csv"]).toContain("\n-0.245,0\n");
  expect(texts["brn-time.csv"]).toContain("\n6.225,5.52666e-06\n");
  expect(texts["nin-time.csv"]).toContain("\n6.245,0.00274523\n");
});

it("has the published inputs with unit and error", () => {
  const numbers = (name: string) => {
    const { value, unit, sigma } = file.inputs[name] as (typeof file.inputs)[string];
    return [value, unit, sigma];
  };
  expect(numbers("mass")).toEqual([14.6, "kg", undefined]);
  expect(numbers("distance")).toEqual([19.3, "m", undefined]);
  expect(numbers("exposure")).toEqual([13.99, "GW h", undefined]);
  expect(numbers("protons-on-target")).toEqual([3.198e23, "1", undefined]);
  expect(numbers("neutrinos-per-proton")).toEqual([0.0848, "1", 0.00848]);
  expect(numbers("photoelectron-energy")).toEqual([0.0749, "keVee/PE", undefined]);
  expect(numbers("photoelectron-shape")).toEqual([9.56, "1/keVee", undefined]);
  expect(numbers("pulse-mean")).toEqual([0.4708, "us", undefined]);
  expect(numbers("pulse-width")).toEqual([0.1487, "us", undefined]);
  expect(numbers("time-efficiency-flat-until")).toEqual([0.52, "us", undefined]);
  expect(numbers("time-efficiency-rate")).toEqual([0.0494, "1/us", undefined]);
  expect(numbers("brn-events")).toEqual([18.4, "1", 4.6]);
  expect(numbers("nin-events")).toEqual([5.6, "1", 1.96]);
  expect(numbers("neutron-radius-step")).toEqual([0.05, "1", undefined]);
});

it("has the two uncertainties of the scintillation response", () => {
  const values = (name: string) => ["c1", "c2", "c3", "c4"].map((power) => file.inputs[`${name}-${power}`]?.value);
  expect(values("quenching")).toEqual([0.0554628, 4.30681, -111.707, 840.384]);
  expect(values("quenching-0-plus")).toEqual([0.0613632, 3.51547, -85.5548, 595.562]);
  expect(values("quenching-0-minus")).toEqual([0.0495624, 5.09815, -137.858, 1085.2]);
  expect(values("quenching-1-plus")).toEqual([0.055413, 3.93597, -93.1045, 630.092]);
  expect(values("quenching-1-minus")).toEqual([0.0555126, 4.67765, -130.309, 1050.68]);
});

describe("the efficiency's variants, both labelled +1 sigma in the release", () => {
  const values = (name: string, experiment = file) =>
    ["a", "b", "c", "d"].map((letter) => experiment.inputs[`${name}-${letter}`]?.value);
  const shipped = () => {
    expect(values("efficiency")).toEqual([1.32045, 0.285979, 10.8646, -0.333322]);
    expect(values("efficiency-plus")).toEqual([1.3439, 0.285366, 9.84596, -0.356364]);
    expect(values("efficiency-minus")).toEqual([1.297, 0.286592, 11.8832, -0.31028]);
  };
  it("are told apart by their midpoint", shipped);

  it("are the same in the other order and with other labels", () => {
    const [high, low] = ["1.3439  0.285366 9.84596 -0.356364", "1.297  0.286592 11.8832 -0.31028"] as const;
    const swapped = efficiencyText.replace(high, "@").replace(low, high).replace("@", low);
    expect(swapped).not.toBe(efficiencyText);
    for (const text of [swapped, efficiencyText.replace(`+1 sigma\n${low}`, `-1 sigma\n${low}`)])
      expect(importer.convert({ ...syntheticRelease(), "effCoefficients.txt": text })).toEqual(texts);
  });

  it("must lie on both sides of the nominal curve", () => {
    const text = efficiencyText.replace("11.8832", "10.8");
    expect(issuesOf(() => importer.convert({ ...syntheticRelease(), "effCoefficients.txt": text }))).toEqual([
      {
        file: "effCoefficients.txt",
        path: "line 7",
        message:
          "one systematic model must have its midpoint c below the nominal 10.8646, the other above: they have 9.84596 and 10.8",
        hint: "the lower one, of higher efficiency, is +1 sigma",
      },
    ]);
  });
});

it("states the likelihoods term by term", () => {
  expect(file.likelihoods.map(({ id, statistics }) => [id, statistics])).toEqual([
    ["poisson", "poisson"],
    ["energy", "gaussian"],
  ]);
  expect(file.overlaps).toEqual(["coherent-csi-2017"]);
  const [poisson, energy] = file.likelihoods;
  expect(poisson).toMatchObject({
    exposure: "exposure",
    observed: { add: ["coincidence"], subtract: [] },
    backgrounds: [
      { component: "brn", total: "brn-events", acceptance: false, timing: { type: "histogram" } },
      { component: "nin", total: "nin-events", acceptance: false, timing: { type: "histogram" } },
      {
        component: "steady-state",
        column: "anticoincidence",
        window: { time: [0, 6] },
        timing: { type: "decay" },
        sideband: { replaces: "steady-state" },
      },
    ],
  });
  expect(poisson?.nuisances).toMatchObject([
    { name: "flux", kind: "pull", sigma: 0.1, shared: "sns.flux" },
    { name: "quenching-0", kind: "shape", variation: { plus: { "quenching-c4": "quenching-0-plus-c4" } } },
    { name: "quenching-1", kind: "shape", variation: { minus: { "quenching-c1": "quenching-1-minus-c1" } } },
    { name: "efficiency", kind: "shape", variation: { minus: { "efficiency-c": "efficiency-minus-c" } } },
    { name: "neutron-radius", kind: "shape", variation: { type: "neutron-radius" } },
    { name: "brn", kind: "normalisation", sigma: 0.25 },
    { name: "nin", kind: "normalisation", sigma: 0.35 },
    { name: "steady-state", kind: "normalisation", sigma: 0.021 },
    { name: "onset", kind: "onset", unit: "us", range: [-0.25, 0.25] },
  ]);
  expect(energy).toMatchObject({
    exposure: "exposure",
    timing: { type: "pulse", window: { unit: "us", low: 0, high: 6 } },
    observed: { add: ["coincidence"], subtract: ["anticoincidence"], window: { time: [0, 6] } },
    nuisances: [
      { name: "signal", kind: "pull", sigma: 0.13, components: ["cevns"] },
      { name: "background", kind: "pull", sigma: 0.25, components: ["brn", "nin"] },
    ],
  });
});

describe("a broken release", () => {
  /** Issues after editing the lines of one file. */
  function issuesAfter(name: string, edit: (lines: string[]) => void) {
    const release = syntheticRelease();
    const lines = (release[name] as string).split("\n");
    edit(lines);
    return issuesOf(() => importer.convert({ ...release, [name]: lines.join("\n") }));
  }

  it.each(importer.requiredFiles)("without %s", (name) => {
    const { [name]: _, ...release } = syntheticRelease();
    expect(issuesOf(() => importer.convert(release))).toEqual([{ file: name, message: "missing; the release has it" }]);
  });

  it("is an error of files, exit code 3 of the command line", () => {
    expect(() => importer.convert({})).toThrow(expect.objectContaining({ name: "NurecoilError", kind: "file" }));
  });

  it("one event short, one too many", () => {
    // Two comment lines before 5142 events.
    expect(issuesAfter("dataBeamOnC.txt", (lines) => lines.splice(100, 1))).toEqual([
      { file: "dataBeamOnC.txt", path: "line 5144", message: "the file ends after 5141 events, the release has 5142" },
    ]);
    expect(issuesAfter("dataBeamOnAC.txt", (lines) => lines.splice(100, 0, lines[99] as string))).toEqual([
      { file: "dataBeamOnAC.txt", path: "line 4894", message: "the file ends after 4891 events, the release has 4890" },
    ]);
  });

  it.each([
    ["brnPE.txt", 7, "line 8", "no row for the bin at (7.5)"],
    ["ninPE.txt", 249, "line 250", "no row for the bin at (249.5)"],
    ["brnTrec.txt", 0, "line 1", "no row for the bin at (-0.245)"],
    ["ninTrec.txt", 30, "line 31", "no row for the bin at (0.055)"],
    ["effCoefficients.txt", 4, "line 5", 'no coefficients below "Nominal efficiency model"'],
    ["effCoefficients.txt", 9, "line 10", 'no coefficients below "Syst model, +1 sigma"'],
    ["scintRespCoefficients.txt", 8, "line 9", 'no coefficients below "Syst model 0, -1 sigma"'],
  ])("%s one row short", (name, at, path, message) => {
    expect(issuesAfter(name, (lines) => lines.splice(at, 1))).toContainEqual({ file: name, path, message });
  });

  it("with a whole model missing", () => {
    expect(issuesAfter("effCoefficients.txt", (lines) => lines.splice(8, 2))).toEqual([
      { file: "effCoefficients.txt", path: "line 9", message: "systematic models: 1, the release has 2" },
    ]);
    expect(issuesAfter("scintRespCoefficients.txt", (lines) => lines.splice(10, 2))).toEqual([
      {
        file: "scintRespCoefficients.txt",
        path: "line 13",
        message: 'no model "Syst model 1, +1 sigma"; the release has it',
      },
    ]);
  });

  it.each([
    ["dataBeamOnC.txt", "111.189 2,24", '"2,24" is not a finite number'],
    ["dataBeamOnC.txt", "111.189", "1 numbers, expected 2"],
    ["dataBeamOnAC.txt", "NaN 1.044", '"NaN" is not a finite number'],
    ["brnPE.txt", "2.5 0.1.2", '"0.1.2" is not a finite number'],
    ["ninTrec.txt", "-0.225 0 0", "3 numbers, expected 2"],
  ])("%s with the line %j", (name, line, message) => {
    expect(issuesAfter(name, (lines) => lines.splice(2, 1, line))).toEqual([{ file: name, path: "line 3", message }]);
  });

  it("with a broken coefficient", () => {
    const name = "scintRespCoefficients.txt";
    expect(issuesAfter(name, (lines) => lines.splice(3, 1, "0.0554628 4.30681 -111.707 x"))).toEqual([
      { file: name, path: "line 4", message: '"x" is not a finite number' },
    ]);
    expect(issuesAfter(name, (lines) => lines.splice(3, 1, "0.0554628 4.30681 -111.707"))).toEqual([
      { file: name, path: "line 4", message: "3 numbers, expected 4" },
    ]);
  });

  it("with a number that was changed: the sum of its column is not the declared one", () => {
    expect(issuesAfter("dataBeamOnC.txt", (lines) => lines.splice(2, 1, "1111.189 2.24"))).toEqual([
      {
        file: "coherent-csi-2021/events.csv",
        path: 'column "pe"',
        message: "sums to 1196014.141, but 1195014.14063 is declared",
        hint: "was a row or a number changed?",
      },
    ]);
    expect(issuesAfter("ninPE.txt", (lines) => lines.splice(7, 1, "7.5 0.00290702"))).toMatchObject([
      { file: "coherent-csi-2021/nin-pe.csv", path: 'column "share"' },
    ]);
  });

  it("lists everything at once", () => {
    const { "ninPE.txt": _, ...release } = syntheticRelease();
    release["dataBeamOnC.txt"] = (release["dataBeamOnC.txt"] as string).replace("111.189 2.24\n", "");
    release["brnTrec.txt"] = (release["brnTrec.txt"] as string).replace("6.225 5.52666e-06", "6.225 much");
    release["effCoefficients.txt"] = efficiencyText.replace("10.8646", "");
    expect(issuesOf(() => importer.convert(release)).map(({ file: name, path }) => [name, path])).toEqual([
      ["dataBeamOnC.txt", "line 5144"],
      ["brnTrec.txt", "line 648"],
      ["ninPE.txt", undefined],
      ["effCoefficients.txt", "line 5"],
    ]);
  });
});
