/**
 * COHERENT CsI[Na], full data set, ancillary files of arXiv:2110.07730: events of two samples in photoelectrons and
 * arrival time, neutron backgrounds in both, coefficients of scintillation response and efficiency. All numbers of the
 * tables and all coefficients are read from the release; what it does not hold is stated in
 * `coherent-csi-2021-statement.ts`.
 */
import { type Issue, NurecoilError } from "../../errors.ts";
import { formatCsv } from "../csv.ts";
import { formatJson } from "../json.ts";
import { parseExperiment } from "../parse.ts";
import { readEfficiency, readQuenching } from "./coherent-csi-2021-coefficients.ts";
import { csi2021Readme } from "./coherent-csi-2021-readme.ts";
import { csi2021Experiment, releasedEvents } from "./coherent-csi-2021-statement.ts";
import type { Importer } from "./importer.ts";
import { arrangeByBin, BLANKS, type ReleaseRow, readReleaseTable } from "./release-table.ts";

const COINCIDENCE = "dataBeamOnC.txt";
const ANTICOINCIDENCE = "dataBeamOnAC.txt";
const EFFICIENCY = "effCoefficients.txt";
const QUENCHING = "scintRespCoefficients.txt";
/** Centres of 250 bins of 1 PE. */
const peBins = Array.from({ length: 250 }, (_, i) => [i + 0.5]);
/** Centres of 650 bins of 0.01 us from -0.25 us on. */
const timeBins = Array.from({ length: 650 }, (_, i) => [(10 * i - 245) / 1000]);
/** Background templates: table, file of the release, bins. */
const BACKGROUNDS = [
  { table: "brn-pe", file: "brnPE.txt", bins: peBins },
  { table: "brn-time", file: "brnTrec.txt", bins: timeBins },
  { table: "nin-pe", file: "ninPE.txt", bins: peBins },
  { table: "nin-time", file: "ninTrec.txt", bins: timeBins },
] as const;

export const coherentCsi2021: Importer = {
  release: "coherent-csi-2021",
  title: "COHERENT CsI[Na] full data set, ancillary files of arXiv:2110.07730",
  experiment: "coherent-csi-2021",
  requiredFiles: [COINCIDENCE, ANTICOINCIDENCE, ...BACKGROUNDS.map(({ file }) => file), EFFICIENCY, QUENCHING],
  convert,
};

function convert(files: Readonly<Record<string, string>>): Record<string, string> {
  const issues: Issue[] = [];
  const textOf = (file: string): string | undefined => {
    const text = Object.hasOwn(files, file) ? files[file] : undefined;
    if (text === undefined) issues.push({ file, message: "missing; the release has it" });
    return text;
  };
  const rowsOf = (file: string): ReleaseRow[] => {
    const text = textOf(file);
    return text === undefined ? [] : readReleaseTable(text, file, 2, issues, BLANKS);
  };
  const events = (file: string, expected: number): ReleaseRow[] => {
    const rows = rowsOf(file);
    if (Object.hasOwn(files, file) && rows.length !== expected)
      issues.push({
        file,
        path: `line ${(rows.at(-1)?.line ?? 0) + 1}`,
        message: `the file ends after ${rows.length} events, the release has ${expected}`,
      });
    return rows;
  };

  const coincidence = events(COINCIDENCE, releasedEvents.coincidence);
  const anticoincidence = events(ANTICOINCIDENCE, releasedEvents.anticoincidence);
  const backgrounds = BACKGROUNDS.map(({ file, bins }) => {
    const rows = rowsOf(file);
    return Object.hasOwn(files, file) ? arrangeByBin(rows, bins, file, issues) : [];
  });
  const efficiencyText = textOf(EFFICIENCY);
  const efficiency = efficiencyText === undefined ? undefined : readEfficiency(efficiencyText, EFFICIENCY, issues);
  const quenchingText = textOf(QUENCHING);
  const quenching = quenchingText === undefined ? undefined : readQuenching(quenchingText, QUENCHING, issues);
  if (issues.length > 0 || efficiency === undefined || quenching === undefined) throw new NurecoilError("file", issues);

  const experiment = csi2021Experiment({ efficiency, quenching });
  const tables: Record<string, readonly (readonly string[])[]> = {
    events: [
      ...coincidence.map(({ cells }) => [...cells, "1", "0"]),
      ...anticoincidence.map(({ cells }) => [...cells, "0", "1"]),
    ],
    ...Object.fromEntries(
      BACKGROUNDS.map(({ table }, i) => [table, (backgrounds[i] ?? []).map((row) => row?.cells ?? [])]),
    ),
  };
  const output: Record<string, string> = { "experiment.json": formatJson(experiment), "README.md": csi2021Readme };
  for (const [name, { file, columns }] of Object.entries(experiment.tables))
    output[file] = formatCsv(columns, tables[name] ?? []);
  // A number that was changed shows in the sums that the tables declare.
  parseExperiment(output, experiment.id);
  return output;
}
