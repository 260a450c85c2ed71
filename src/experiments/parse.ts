/**
 * From the texts of an experiment's folder to a checked experiment: the only door for experiment files.
 */
import { type Issue, NurecoilError } from "../errors.ts";
import { checkConsistency } from "./consistency.ts";
import { parseCsv, type Table } from "./csv.ts";
import { readJson } from "./json.ts";
import { checkReferences } from "./references.ts";
import { type ExperimentFile, experimentSchema } from "./schema.ts";
import { hintFor, keepsShape, schemaIssues } from "./schema-issues.ts";
import { schemaNode } from "./schema-node.ts";
import { type DataPath, isObject } from "./schema-walk.ts";
import { checkTables } from "./table-consistency.ts";
import type { TableDeclaration } from "./table-schema.ts";

/** An experiment whose every name leads somewhere and whose tables are what the file declares. */
export interface ParsedExperiment {
  readonly file: ExperimentFile;
  /** By the names of `file.tables`; values in the units declared there. */
  readonly tables: Readonly<Record<string, Table>>;
}

/** File names of a folder and their texts. */
export type FolderTexts = ReadonlyMap<string, string> | Readonly<Record<string, string>>;

/**
 * Parse an experiment.
 * @param files file names in the folder and their texts: `experiment.json` and at least the CSV files it declares
 * @param place the folder as the user named it; its last part must be the experiment's id
 * @returns the file and its tables
 * @throws NurecoilError (file) listing every issue with file, path or line, and the nearest valid name
 */
export function parseExperiment(files: FolderTexts, place: string): ParsedExperiment {
  const texts: ReadonlyMap<string, string> = files instanceof Map ? files : new Map(Object.entries(files));
  const folder = place.replace(/[/\\]+$/, "");
  const nameOf = (name: string): string => (folder === "" ? name : `${folder}/${name}`);
  const file = nameOf("experiment.json");
  const text = texts.get("experiment.json");
  if (text === undefined) throw new NurecoilError("file", [{ file, message: "missing: it describes the experiment" }]);

  const json = readJson(text, file);
  const issues: Issue[] = [...json.issues];
  const data = json.value;
  const schema = schemaNode(experimentSchema);
  // Writing a parser in code pays after dozens of files: a command reads one or two.
  const result = experimentSchema.safeParse(data, { jitless: true });
  const found = result.success ? [] : result.error.issues;
  issues.push(...schemaIssues(found, schema, data, file), ...checkReferences(schema, data, file));

  const id = isObject(data) ? data["id"] : undefined;
  const folderName = folder.split(/[/\\]/).at(-1) ?? "";
  if (typeof id === "string" && folderName !== "" && id !== folderName)
    issues.push({ file, path: "id", message: `"${id}" is not the name of its folder, "${folderName}"` });

  /** Parts of the file whose shape is right can be checked further while others are broken. */
  const hasShape = (path: DataPath): boolean =>
    !found.some(
      (issue) => !keepsShape(issue) && path.every((part, i) => issue.path.length <= i || issue.path[i] === part),
    );
  const declarations = wellShaped(data, "tables", hasShape) as ExperimentFile["tables"];
  const tables = new Map<string, Table>();
  for (const [name, declaration] of Object.entries(declarations))
    readTable(name, declaration, texts, { file, nameOf, issues, tables });

  const likelihoods = isObject(data) && Array.isArray(data["likelihoods"]) ? data["likelihoods"] : [];
  issues.push(...checkTables(likelihoods, { declarations, tables, file, nameOf }));
  const inputs = wellShaped(data, "inputs", hasShape) as ExperimentFile["inputs"];
  likelihoods.forEach((likelihood: ExperimentFile["likelihoods"][number], i) => {
    const at = ["likelihoods", i];
    if (hasShape(at)) issues.push(...checkConsistency(likelihood, at, { inputs, declarations, tables, file, nameOf }));
  });

  if (issues.length > 0 || !result.success) throw new NurecoilError("file", distinct(issues));
  return { file: result.data, tables: Object.fromEntries(tables) };
}

interface Reading {
  readonly file: string;
  readonly nameOf: (csv: string) => string;
  readonly issues: Issue[];
  readonly tables: Map<string, Table>;
}

function readTable(
  name: string,
  declaration: TableDeclaration,
  texts: ReadonlyMap<string, string>,
  { file, nameOf, issues, tables }: Reading,
): void {
  const text = texts.get(declaration.file);
  if (text === undefined) {
    const csv = [...texts.keys()].filter((each) => each.endsWith(".csv"));
    issues.push({
      file,
      path: `tables.${name}.file`,
      message: `there is no file "${declaration.file}" in the folder`,
      hint: csv.length === 0 ? "the folder has no .csv file" : hintFor(declaration.file, csv),
    });
    return;
  }
  const parsed = parseCsv(text, declaration, nameOf(declaration.file));
  issues.push(...parsed.issues);
  if (parsed.table !== undefined) tables.set(name, parsed.table);
}

/** Entries of a section of the file that have the shape of the schema. */
function wellShaped(data: unknown, name: string, hasShape: (path: DataPath) => boolean): Record<string, unknown> {
  const section = isObject(data) ? data[name] : undefined;
  return isObject(section) ? Object.fromEntries(Object.entries(section).filter(([key]) => hasShape([name, key]))) : {};
}

/** Two likelihoods that share a broken input or table report it once. */
/** The first of each: an input that several likelihoods use is wrong once. */
function distinct(issues: readonly Issue[]): Issue[] {
  const first = new Map<string, Issue>();
  for (const issue of issues) {
    const place = [issue.file, issue.path, issue.path?.startsWith("inputs.") === true ? "" : issue.message];
    const key = JSON.stringify(place);
    if (!first.has(key)) first.set(key, issue);
  }
  return [...first.values()];
}
