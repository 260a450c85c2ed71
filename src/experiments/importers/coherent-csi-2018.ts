/**
 * COHERENT CsI[Na], data release of 2018 (arXiv:1804.09459): counts of four samples in photoelectrons and arrival time,
 * prompt-neutron spectrum, arrival-time shapes, quenching-factor data and parameters. All numbers here are read from
 * the release; what it does not hold is stated in `coherent-csi-2017-statement.ts`.
 */
import { type Issue, NurecoilError } from "../../errors.ts";
import { formatCsv, numberOf } from "../csv.ts";
import { formatJson } from "../json.ts";
import { parseExperiment } from "../parse.ts";
import { csi2017Readme } from "./coherent-csi-2017-readme.ts";
import { csi2017Experiment, type ReleasedValues } from "./coherent-csi-2017-statement.ts";
import type { Importer } from "./importer.ts";
import { expectUnits, parameterNumber, readReleaseParameters } from "./release-parameters.ts";
import { arrangeByBin, type ReleaseRow, readReleaseTable } from "./release-table.ts";

const PARAMETERS = "coherent_parameters.yaml";
const COUNTS = [
  "data_coincidence_beamOn.txt",
  "data_anticoincidence_beamOn.txt",
  "data_coincidence_beamOff.txt",
  "data_anticoincidence_beamOff.txt",
] as const;
const TIMES = [
  "arrivalTimePDF_promptNeutrinos.txt",
  "arrivalTimePDF_delayedNeutrinos.txt",
  "arrivalTimePDF_promptNeutrons.txt",
] as const;
const PROMPT_NEUTRONS = "promptPDF.txt";
/** Quenching-factor data, its width and its number of points in the release. */
const QUENCHING = [
  { table: "quenching-chicago", file: "qfData_chicago.txt", width: 4, points: 7 },
  { table: "quenching-tunl", file: "qfData_tunl.txt", width: 6, points: 12 },
] as const;

/** Centres of `n` bins of this width from zero on. */
function centres(n: number, width: number): number[] {
  return Array.from({ length: n }, (_, i) => (i + 0.5) * width);
}
/** 24 bins of 0.5 us, in counts and arrival times alike. */
const timeBins = centres(24, 0.5).map((time) => [time]);
/** 25 bins of 2 PE, each with all time bins. */
const countBins = centres(25, 2).flatMap((pe) => timeBins.map(([time]) => [pe, time as number]));
const promptNeutronBins = centres(50, 1).map((pe) => [pe]);

export const coherentCsi2018: Importer = {
  release: "coherent-csi-2018",
  title: "COHERENT CsI[Na] first observation, data release of 2018 (arXiv:1804.09459, Zenodo 1228631)",
  experiment: "coherent-csi-2017",
  requiredFiles: [PARAMETERS, ...COUNTS, ...TIMES, PROMPT_NEUTRONS, ...QUENCHING.map(({ file }) => file)],
  convert,
};

function convert(files: Readonly<Record<string, string>>): Record<string, string> {
  const issues: Issue[] = [];
  const textOf = (file: string): string | undefined => {
    const text = Object.hasOwn(files, file) ? files[file] : undefined;
    if (text === undefined) issues.push({ file, message: "missing; the release has it" });
    return text;
  };
  const binned = (file: string, bins: readonly (readonly number[])[]): (ReleaseRow | undefined)[] => {
    const text = textOf(file);
    const width = (bins[0] as readonly number[]).length + 1;
    return text === undefined ? [] : arrangeByBin(readReleaseTable(text, file, width, issues), bins, file, issues);
  };

  const parameters = textOf(PARAMETERS);
  const values = parameters === undefined ? undefined : readValues(parameters, issues);
  const counts = COUNTS.map((file) => {
    const rows = binned(file, countBins);
    checkIntegers(rows, file, issues);
    return rows;
  });
  const times = TIMES.map((file) => binned(file, timeBins));
  const promptNeutrons = binned(PROMPT_NEUTRONS, promptNeutronBins);
  const quenching = QUENCHING.map(({ file, width, points }) => {
    const text = textOf(file);
    const rows = text === undefined ? [] : readReleaseTable(text, file, width, issues);
    if (text !== undefined && rows.length !== points)
      issues.push({ file, message: `${rows.length} data points, the release has ${points}` });
    return rows;
  });
  if (issues.length > 0 || values === undefined) throw new NurecoilError("file", issues);

  const experiment = csi2017Experiment(values);
  const tables: Record<string, readonly (readonly string[])[]> = {
    counts: besideEachOther(counts, 2),
    "prompt-neutrons": besideEachOther([promptNeutrons], 1),
    "arrival-times": besideEachOther(times, 1),
    ...Object.fromEntries(QUENCHING.map(({ table }, i) => [table, (quenching[i] ?? []).map(({ cells }) => cells)])),
  };
  const output: Record<string, string> = { "experiment.json": formatJson(experiment), "README.md": csi2017Readme };
  for (const [name, { file, columns }] of Object.entries(experiment.tables))
    output[file] = formatCsv(columns, tables[name] ?? []);
  // A release that was edited into nonsense (a negative distance, say) is caught by the format's own door.
  parseExperiment(output, experiment.id);
  return output;
}

/** Tables over the same bins as one: the bins' cells once, then the last cell of each. */
function besideEachOther(tables: readonly (readonly (ReleaseRow | undefined)[])[], keys: number): string[][] {
  return (tables[0] ?? []).map((row, i) => [
    ...(row?.cells.slice(0, keys) ?? []),
    ...tables.map((table) => table[i]?.cells[keys] ?? ""),
  ]);
}

function checkIntegers(rows: readonly (ReleaseRow | undefined)[], file: string, issues: Issue[]): void {
  for (const row of rows) {
    const cell = row?.cells[2];
    // A cell that is no number at all was reported when it was read.
    if (row !== undefined && cell !== undefined && !Number.isNaN(numberOf(cell)) && !/^\d+$/.test(cell))
      issues.push({ file, path: `line ${row.line}`, message: `"${cell}" is not a count` });
  }
}

function readValues(text: string, issues: Issue[]): ReleasedValues {
  const fields = readReleaseParameters(text, PARAMETERS, issues);
  const number = (name: string): number => parameterNumber(fields, name, PARAMETERS, issues);
  const withUnits = (section: string, units: string): string => {
    expectUnits(fields, section, units, PARAMETERS, issues);
    return section;
  };
  const measured = (section: string, units: string) => ({
    value: number(`${withUnits(section, units)}.value`),
    sigma: number(`${section}.uncertainty`),
  });
  const asymmetric = (name: string) => ({
    value: number(`${name}.value`),
    sigmaPlus: number(`${name}.error_hi`),
    sigmaMinus: number(`${name}.error_lo`),
  });
  return {
    exposure: { value: number(`${withUnits("beamExposure", "GW*hr")}.value`) },
    distance: { value: number(`${withUnits("distanceToTarget", "m")}.value`) },
    quenchingFactor: measured("csiQF", "none"),
    lightYield: measured("csiLightYield", "PE/keVee"),
    neutrinosPerProton: measured("neutrinosPerProton", "nu/flavor/proton"),
    promptNeutronScale: measured("promptNeutronNormalization", "none"),
    acceptanceA: asymmetric("acceptanceEfficiency.a"),
    acceptanceK: asymmetric("acceptanceEfficiency.k"),
    acceptanceX0: asymmetric("acceptanceEfficiency.x_0"),
  };
}
