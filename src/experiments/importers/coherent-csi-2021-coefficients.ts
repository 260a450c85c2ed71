/**
 * Coefficient files of the 2021 CsI release: a comment line that says which model, then its four coefficients. Both
 * systematic models of the efficiency are labelled "+1 sigma" there; their midpoints tell them apart.
 */
import type { Issue } from "../../errors.ts";
import { numberOf } from "../csv.ts";
import { BLANKS, type ReleaseRow, readReleaseTable } from "./release-table.ts";

/** Coefficients a, b, c, d of one model. */
export type Coefficients = readonly [number, number, number, number];

/** Nominal model and the models at +1 and -1 sigma. */
export interface Variants {
  readonly plus: Coefficients;
  readonly minus: Coefficients;
}

const WIDTH = 4;
const NOMINAL_EFFICIENCY = "Nominal efficiency model";
const EFFICIENCY_VARIANT = /^Syst model, [+-]1 sigma$/;
/** The efficiency's midpoint among a, b, c, d. */
const MIDPOINT = 2;

/** A comment line and the rows below it. */
interface Model {
  readonly label: string;
  readonly line: number;
  readonly rows: ReleaseRow[];
}

/**
 * Read the scintillation response: nominal polynomial and two uncertainties.
 * @param text the file's text
 * @param file its name, for messages
 * @param issues receives an issue for each model that is missing or broken
 * @returns coefficients of the powers 1 to 4 of the recoil energy, NaN where there was an issue
 */
export function readQuenching(
  text: string,
  file: string,
  issues: Issue[],
): { readonly nominal: Coefficients; readonly variants: readonly [Variants, Variants] } {
  const models = readModels(text, file, issues);
  const take = (label: string): Coefficients => {
    const model = models.find((each) => each.label === label);
    if (model !== undefined) return coefficientsOf(model, file, issues);
    issues.push({ file, path: lineAfter(text), message: `no model "${label}"; the release has it` });
    return broken;
  };
  const variants = (i: number): Variants => ({
    plus: take(`Syst model ${i}, +1 sigma`),
    minus: take(`Syst model ${i}, -1 sigma`),
  });
  return { nominal: take("Nominal scintillation model"), variants: [variants(0), variants(1)] };
}

/**
 * Read the efficiency: nominal curve and one uncertainty. A lower midpoint c is a higher efficiency, hence +1 sigma,
 * whatever the labels say.
 * @param text the file's text
 * @param file its name, for messages
 * @param issues receives an issue for each model that is missing or broken, and midpoints on one side of the nominal
 * @returns a, b, c, d of a / (1 + exp(-b (n - c))) + d, NaN where there was an issue
 */
export function readEfficiency(
  text: string,
  file: string,
  issues: Issue[],
): { readonly nominal: Coefficients; readonly variants: Variants } {
  const before = issues.length;
  const models = readModels(text, file, issues);
  const named = models.filter(({ label }) => label === NOMINAL_EFFICIENCY);
  const labelled = models.filter(({ label }) => EFFICIENCY_VARIANT.test(label));
  if (named.length !== 1)
    issues.push({
      file,
      path: lineAfter(text),
      message: `models "${NOMINAL_EFFICIENCY}": ${named.length}, expected 1`,
    });
  if (labelled.length !== 2)
    issues.push({ file, path: lineAfter(text), message: `systematic models: ${labelled.length}, the release has 2` });
  const [nominal = broken] = named.map((model) => coefficientsOf(model, file, issues));
  const [plus = broken, minus = broken] = labelled
    .map((model) => coefficientsOf(model, file, issues))
    .sort((one, other) => one[MIDPOINT] - other[MIDPOINT]);
  if (issues.length === before && !(plus[MIDPOINT] < nominal[MIDPOINT] && minus[MIDPOINT] > nominal[MIDPOINT]))
    issues.push({
      file,
      path: `line ${labelled[0]?.line}`,
      message: `one systematic model must have its midpoint c below the nominal ${nominal[MIDPOINT]}, the other above: they have ${plus[MIDPOINT]} and ${minus[MIDPOINT]}`,
      hint: "the lower one, of higher efficiency, is +1 sigma",
    });
  return { nominal, variants: { plus, minus } };
}

const broken: Coefficients = [Number.NaN, Number.NaN, Number.NaN, Number.NaN];

function readModels(text: string, file: string, issues: Issue[]): Model[] {
  const models: Model[] = [];
  text.split(/\r?\n/).forEach((content, i) => {
    if (content.startsWith("#")) models.push({ label: content.slice(1).trim(), line: i + 1, rows: [] });
  });
  for (const row of readReleaseTable(text, file, WIDTH, issues, BLANKS)) {
    const model = models.findLast(({ line }) => line < row.line);
    if (model === undefined) issues.push({ file, path: `line ${row.line}`, message: "no comment says which model" });
    else model.rows.push(row);
  }
  return models;
}

function coefficientsOf({ label, line, rows }: Model, file: string, issues: Issue[]): Coefficients {
  const [row, second] = rows;
  if (row === undefined) issues.push({ file, path: `line ${line + 1}`, message: `no coefficients below "${label}"` });
  if (second !== undefined) issues.push({ file, path: `line ${second.line}`, message: `second row below "${label}"` });
  const [a = Number.NaN, b = Number.NaN, c = Number.NaN, d = Number.NaN] = (row?.cells ?? []).map(numberOf);
  return [a, b, c, d];
}

/** Where a line that is missing from the end would stand. */
function lineAfter(text: string): string {
  return `line ${text.trimEnd().split("\n").length + 1}`;
}
