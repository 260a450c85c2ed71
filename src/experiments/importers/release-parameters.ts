/**
 * Parameter files of the COHERENT releases: the small part of YAML they use. Sections at the margin; below them
 * `name: value` lines, a list `parameters:` of such groups, and block texts (`comment: |`), which are skipped.
 */
import type { Issue } from "../../errors.ts";
import { numberOf } from "../csv.ts";

/** A value as text, with its line from 1. */
interface ReleaseField {
  readonly text: string;
  readonly line: number;
}

/** Fields by `section.field`, and `section.parameter.field` for the entries of a section's `parameters`. */
export type ReleaseParameters = ReadonlyMap<string, ReleaseField>;

const sectionLine = /^(\w+):\s*$/;
const fieldLine = /^ {2}(\w+):\s*(.*?)\s*$/;
const entryLine = /^ {4}- name:\s*(\w+)\s*$/;
const entryFieldLine = /^ {6}(\w+):\s*(.*?)\s*$/;

/**
 * Read a parameter file.
 * @param text the file's text
 * @param file its name, for messages
 * @param issues receives an issue for each line that fits nowhere and each name given twice
 */
export function readReleaseParameters(text: string, file: string, issues: Issue[]): ReleaseParameters {
  const fields = new Map<string, ReleaseField>();
  let section: string | undefined;
  let entry: string | undefined;
  let skipping = false;
  text.split(/\r?\n/).forEach((content, i) => {
    const line = i + 1;
    const set = (name: string, value: string): void => {
      if (fields.has(name)) issues.push({ file, path: `line ${line}`, message: `"${name}" is given twice` });
      fields.set(name, { text: value, line });
    };
    if (content.trim() === "" || content.startsWith("#") || (skipping && content.startsWith("    "))) return;
    skipping = false;
    const [, sectionName] = sectionLine.exec(content) ?? [];
    const [, field, value = ""] = fieldLine.exec(content) ?? [];
    const [, entryName] = entryLine.exec(content) ?? [];
    const [, entryField, entryValue = ""] = entryFieldLine.exec(content) ?? [];
    if (sectionName !== undefined) {
      section = sectionName;
      entry = undefined;
      set(section, "");
    } else if (section !== undefined && field !== undefined) {
      entry = undefined;
      skipping = value === "|";
      set(`${section}.${field}`, value);
    } else if (section !== undefined && entryName !== undefined) {
      entry = `${section}.${entryName}`;
      set(entry, "");
    } else if (entry !== undefined && entryField !== undefined) set(`${entry}.${entryField}`, entryValue);
    else issues.push({ file, path: `line ${line}`, message: "this line fits nowhere; expected `name: value`" });
  });
  return fields;
}

/** A finite number of a parameter file; NaN with an issue where it is missing or no number. */
export function parameterNumber(fields: ReleaseParameters, name: string, file: string, issues: Issue[]): number {
  const field = fields.get(name);
  const value = field === undefined ? Number.NaN : numberOf(field.text);
  if (field === undefined) issues.push({ file, path: name, message: "missing" });
  else if (Number.isNaN(value))
    issues.push({ file, path: `line ${field.line}`, message: `"${field.text}" (${name}) is not a finite number` });
  return value;
}

/** Check that a parameter is given in the unit the importer takes it for. */
export function expectUnits(
  fields: ReleaseParameters,
  section: string,
  units: string,
  file: string,
  issues: Issue[],
): void {
  const field = fields.get(`${section}.units`);
  if (field === undefined) issues.push({ file, path: `${section}.units`, message: `missing, expected ${units}` });
  else if (field.text !== units)
    issues.push({ file, path: `line ${field.line}`, message: `${section} is in "${field.text}", expected "${units}"` });
}
