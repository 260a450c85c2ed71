/**
 * Results as tables of HEPData (schema 1.1.1 of its validator), in the two forms it takes: one YAML file with a document
 * per table, or a folder of data files that `submission.yaml` names.
 */

import { zipSync } from "fflate";
import type { FitResult, PredictResult, ProfileResult, RegionResult, ScanResult } from "../analysis/results.ts";
import { profileTables, scanTables } from "./hepdata/curves.ts";
import { fitTables } from "./hepdata/fit.ts";
import { predictTables } from "./hepdata/predict.ts";
import { regionTables } from "./hepdata/region.ts";
import type { HepdataTable } from "./hepdata/table.ts";
import { type YamlValue, yamlDocument, yamlDocuments } from "./hepdata/yaml.ts";

/** Results that have tables. */
export type HepdataResult = FitResult | PredictResult | ProfileResult | RegionResult | ScanResult;

/**
 * Tables of a result.
 *
 * - region: a table per closed line of every level (islands, then their holes), points in order; best fits
 * - fit: best fits with errors, intervals of each parameter, events, pulls, impacts
 * - scan: a table of all points; profile: the curve and its intervals
 * - predict: a table of all bins
 */
function hepdataTables(result: HepdataResult): readonly HepdataTable[] {
  switch (result.format) {
    case "nurecoil/region/1":
      return regionTables(result);
    case "nurecoil/fit/1":
      return fitTables(result);
    case "nurecoil/scan/1":
      return scanTables(result);
    case "nurecoil/profile/1":
      return profileTables(result);
    case "nurecoil/predict/1":
      return predictTables(result);
  }
}

/** A result as one YAML file that HEPData takes by itself: what it is, then a document per table. */
export function toHepdata(result: HepdataResult): string {
  const documents = hepdataTables(result).map((table) => ({ ...headOf(table), ...dataOf(table) }));
  return yamlDocuments([{ comment: commentOf(result) }, ...documents]);
}

/** A file of a submission. */
export interface SubmissionFile {
  readonly name: string;
  readonly text: string;
}

/** A result as a submission: `submission.yaml`, and a data file for each of its tables. */
export function hepdataSubmission(result: HepdataResult): readonly SubmissionFile[] {
  const tables = hepdataTables(result);
  const names = fileNames(tables);
  const heads = tables.map((table, i) => ({ ...headOf(table), data_file: names[i]! }));
  return [
    { name: "submission.yaml", text: yamlDocuments([{ comment: commentOf(result) }, ...heads]) },
    ...tables.map((table, i) => ({ name: names[i]!, text: yamlDocument(dataOf(table)) })),
  ];
}

/** The submission as a ZIP archive, the form to upload; the same result gives the same bytes. */
export function hepdataArchive(result: HepdataResult): Uint8Array {
  const encoder = new TextEncoder();
  const files = hepdataSubmission(result).map(({ name, text }) => [name, encoder.encode(text)] as const);
  // No clock: the earliest day that an archive can carry, in whatever time zone.
  return zipSync(Object.fromEntries(files), { mtime: new Date(1980, 0, 1), level: 9 });
}

function commentOf({ version }: HepdataResult): string {
  return `Computed by nurecoil ${version} from published data: coherent elastic neutrino-nucleus scattering. Tables name likelihood, conventions and fixed parameters in their qualifiers.`;
}

/** Longest text of a keyword. */
const KEYWORD = 128;

function headOf({ name, description, observables }: HepdataTable): Record<string, YamlValue> {
  return {
    name,
    description,
    keywords: [
      { name: "reactions", values: ["NU NUCLEUS --> NU NUCLEUS"] },
      { name: "observables", values: observables.map((one) => one.slice(0, KEYWORD)) },
      { name: "phrases", values: ["Coherent elastic neutrino-nucleus scattering", "Neutrino interactions"] },
    ],
  };
}

function dataOf({ independent, dependent }: HepdataTable): Record<string, YamlValue> {
  return {
    independent_variables: independent.map(({ header, values }) => ({ header: { ...header }, values: [...values] })),
    dependent_variables: dependent.map(({ header, qualifiers, values }) => ({
      header: { ...header },
      qualifiers: qualifiers.map((one) => ({ ...one })),
      values: values.map(({ value, errors }) => ({ value, errors: errors?.map((one) => ({ ...one })) })),
    })),
  };
}

/** `90 % CL, island 1` is `90_cl_island_1.yaml`. */
function fileNames(tables: readonly HepdataTable[]): readonly string[] {
  const taken = new Set<string>();
  return tables.map(({ name }, i) => {
    const plain = name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "_")
      .replace(/^_|_$/g, "");
    const file = taken.has(plain) ? `${plain}_table_${i + 1}` : plain;
    taken.add(file);
    return `${file}.yaml`;
  });
}
