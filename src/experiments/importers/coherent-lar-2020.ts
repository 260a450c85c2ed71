/**
 * COHERENT liquid argon, data release of 2020 (arXiv:2006.12659): counts and templates in cells of energy, F90 and
 * arrival time, efficiency and parameters. All numbers here are read from the release; what it does not hold is stated
 * in `coherent-lar-2020-statement.ts`. Its projections (`*data1d.txt`) and the bands drawn around them
 * (`systerrors1d*.txt`) belong to the best fit and are not read.
 */
import { type Issue, NurecoilError } from "../../errors.ts";
import { formatCsv, numberOf } from "../csv.ts";
import { formatJson } from "../json.ts";
import { parseExperiment } from "../parse.ts";
import { cellCentres, efficiencyCentres } from "./coherent-lar-2020-bins.ts";
import { larReadme } from "./coherent-lar-2020-readme.ts";
import { readLarTable, readLarValues } from "./coherent-lar-2020-release.ts";
import { larExperiment } from "./coherent-lar-2020-statement.ts";
import type { LarColumn, LarValues } from "./coherent-lar-2020-values.ts";
import type { Importer } from "./importer.ts";
import { arrangeByBin, type ReleaseRow } from "./release-table.ts";

const PARAMETERS = "LArParametersAnlA.yaml";
const EFFICIENCY = "CENNS10AnlAEfficiency.txt";
/** Files in cells by the column each of them becomes, in the order of the columns. */
const CELLS: Readonly<Record<LarColumn, string>> = {
  data: "datanobkgsub.txt",
  cevns: "cevnspdf.txt",
  "cevns-f90-plus": "cevnspdf+1sigF90.txt",
  "cevns-f90-minus": "cevnspdf-1sigF90.txt",
  "cevns-time-plus": "cevnspdfCEvNSTimingMeanSyst.txt",
  brn: "brnpdf.txt",
  "brn-energy-plus": "brnpdf+1sigEnergy.txt",
  "brn-energy-minus": "brnpdf-1sigEnergy.txt",
  "brn-time-plus": "brnpdf+1sigBRNTimingMean.txt",
  "brn-time-minus": "brnpdf-1sigBRNTimingMean.txt",
  "brn-width-plus": "brnpdfBRNTimingWidthSyst.txt",
  "brn-delayed": "delbrnpdf.txt",
  "steady-state": "bkgpdf.txt",
};
/** Templates are printed with six digits; their sums then agree with whole numbers to 5e-7. */
const SUM_TOLERANCE = 1e-6;

export const coherentLar2020: Importer = {
  release: "coherent-lar-2020",
  title: "COHERENT liquid argon, data release of 2020 (arXiv:2006.12659, Zenodo 3903810)",
  experiment: "coherent-lar-2020",
  requiredFiles: [PARAMETERS, EFFICIENCY, ...Object.values(CELLS)],
  convert,
};

function convert(files: Readonly<Record<string, string>>): Record<string, string> {
  const issues: Issue[] = [];
  const textOf = (file: string): string | undefined => {
    const text = Object.hasOwn(files, file) ? files[file] : undefined;
    if (text === undefined) issues.push({ file, message: "missing; the release has it" });
    return text;
  };
  const binned = (file: string, width: number, bins: readonly (readonly number[])[]): (ReleaseRow | undefined)[] => {
    const text = textOf(file);
    return text === undefined ? [] : arrangeByBin(readLarTable(text, file, width, issues), bins, file, issues);
  };

  const parameters = textOf(PARAMETERS);
  const values = parameters === undefined ? undefined : readLarValues(parameters, PARAMETERS, issues);
  // Centres in keVee and keVnr, efficiency: the second follows from the first and the quenching factor.
  const efficiency = binned(EFFICIENCY, 3, efficiencyCentres);
  const columns = Object.entries(CELLS).map(([name, file]) => ({ name, file, rows: binned(file, 4, cellCentres) }));
  for (const { name, file, rows } of columns)
    if (name === "data") checkCounts(rows, file, issues);
    else checkNotNegative(rows, file, issues);
  if (issues.length > 0 || values === undefined) throw new NurecoilError("file", issues);

  const sums = Object.fromEntries(columns.map(({ name, rows }) => [name, sumOf(rows)])) as Record<LarColumn, number>;
  checkTotals(sums, values, issues);
  if (issues.length > 0) throw new NurecoilError("file", issues);

  const experiment = larExperiment(values, sums);
  const tables: Record<string, readonly (readonly string[])[]> = {
    cells: cellCentres.map((_, i) => [
      ...(columns[0]?.rows[i]?.cells.slice(0, 3) ?? []),
      ...columns.map(({ rows }) => rows[i]?.cells[3] ?? ""),
    ]),
    efficiency: efficiency.map((row) => [row?.cells[0] ?? "", row?.cells[2] ?? ""]),
  };
  const output: Record<string, string> = { "experiment.json": formatJson(experiment), "README.md": larReadme };
  for (const [name, { file, columns: declared }] of Object.entries(experiment.tables))
    output[file] = formatCsv(declared, tables[name] ?? []);
  // A release that was edited into nonsense (a negative distance, say) is caught by the format's own door.
  parseExperiment(output, experiment.id);
  return output;
}

/** Ten digits: more than the released ones add up to, and the same in whatever order they are added. */
function sumOf(rows: readonly (ReleaseRow | undefined)[]): number {
  return Number(rows.reduce((sum, row) => sum + numberOf(row?.cells[3] ?? ""), 0).toPrecision(10));
}

/** The central templates hold as many events as the parameters say. */
function checkTotals(sums: Readonly<Record<LarColumn, number>>, values: LarValues, issues: Issue[]): void {
  const totals = [
    { column: "cevns", events: values.cevns.value },
    { column: "brn", events: values.brn.value },
    { column: "brn-delayed", events: values.delayedBrn.value },
  ] as const;
  for (const { column, events } of totals)
    if (!(Math.abs(sums[column] - events) <= SUM_TOLERANCE * events))
      issues.push({ file: CELLS[column], message: `sums to ${sums[column]}, ${PARAMETERS} says ${events}` });
  // Here the parameter file differs from the template, whose own sum is the number of events.
  const steady = sums["steady-state"];
  if (!(Math.abs(steady - Math.round(steady)) <= SUM_TOLERANCE * steady))
    issues.push({ file: CELLS["steady-state"], message: `sums to ${steady}, not to a whole number of events` });
}

/** Numbers of cells that are numbers at all: the others were reported when they were read. */
function checkEach(
  rows: readonly (ReleaseRow | undefined)[],
  file: string,
  issues: Issue[],
  check: (cell: string) => string | undefined,
): void {
  for (const row of rows) {
    const cell = row?.cells[3];
    if (row === undefined || cell === undefined || Number.isNaN(numberOf(cell))) continue;
    const message = check(cell);
    if (message !== undefined) issues.push({ file, path: `line ${row.line}`, message });
  }
}

function checkCounts(rows: readonly (ReleaseRow | undefined)[], file: string, issues: Issue[]): void {
  checkEach(rows, file, issues, (cell) => (/^\d+$/.test(cell) ? undefined : `"${cell}" is not a count`));
}

function checkNotNegative(rows: readonly (ReleaseRow | undefined)[], file: string, issues: Issue[]): void {
  checkEach(rows, file, issues, (cell) => (numberOf(cell) < 0 ? `"${cell}" is negative` : undefined));
}
