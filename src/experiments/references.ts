/**
 * Names in an experiment file that must lead somewhere: sources, inputs (of the right dimension and range), tables,
 * columns, axes, components; and entries of a list that must differ. The schema says which strings these are.
 */
import type { Issue } from "../errors.ts";
import { dimensionOf, unitNames } from "../units.ts";
import { hintFor } from "./schema-issues.ts";
import type { InputRange, Reference } from "./schema-parts.ts";
import {
  type DataObject,
  type DataPath,
  formatPath,
  isObject,
  type SchemaNode,
  type Visit,
  walk,
} from "./schema-walk.ts";

const nouns: Readonly<Record<Reference["to"], string>> = {
  sources: "source",
  inputs: "input",
  tables: "table",
  columns: "column",
  axes: "axis",
  components: "component",
};

/**
 * Check every reference and every list of distinct entries, whatever else is wrong with the data.
 * @param schema JSON Schema of the experiment format
 * @param data contents of `experiment.json`
 * @param file name for messages
 */
export function checkReferences(schema: SchemaNode, data: unknown, file: string): Issue[] {
  const issues: Issue[] = [];
  const report = (path: DataPath, message: string, hint?: string): void => {
    issues.push({ file, path: formatPath(path), message, ...(hint !== undefined && { hint }) });
  };
  walk({ node: schema, value: data, path: [], around: [] }, (visit) => {
    const unique = visit.node["x-unique"];
    if (typeof unique === "string") checkUnique(visit, unique, report);
    const reference = visit.node["x-reference"] as Reference | undefined;
    if (reference === undefined || typeof visit.value !== "string") return;
    const valid = namesFor(reference, visit.around, data);
    if (valid === undefined) return;
    if (!valid.includes(visit.value)) {
      const hint = valid.length === 0 ? `there are no ${reference.to} here` : hintFor(visit.value, valid);
      report(visit.path, `no ${nouns[reference.to]} is called "${visit.value}"`, hint);
    } else if (reference.to === "inputs") checkInput(visit, reference, data, report);
  });
  return issues;
}

type Report = (path: DataPath, message: string, hint?: string) => void;

/** Names that a reference may have, or undefined when the part that would hold them is itself broken. */
function namesFor(reference: Reference, around: readonly DataObject[], data: unknown): string[] | undefined {
  const section = (name: string): DataObject | undefined => {
    const found = isObject(data) && Object.hasOwn(data, name) ? data[name] : undefined;
    return isObject(found) ? found : undefined;
  };
  switch (reference.to) {
    case "sources":
    case "inputs":
    case "tables": {
      const found = section(reference.to);
      return found && Object.keys(found);
    }
    case "columns": {
      const table = around.find((object) => Object.hasOwn(object, "table"))?.["table"];
      const tables = section("tables");
      if (typeof table !== "string" || tables === undefined || !Object.hasOwn(tables, table)) return undefined;
      const declaration = tables[table];
      return isObject(declaration) ? fieldOfAll(declaration["columns"], "name") : undefined;
    }
    case "axes":
      return fieldOfAll(around.find((object) => Array.isArray(object["axes"]))?.["axes"], "name");
    case "components": {
      // The background of a projection is one, not a list.
      const likelihood = around.find((object) => hasOwnAny(object, ["backgrounds", "background"]));
      const one = likelihood?.["background"];
      const names = fieldOfAll(likelihood?.["backgrounds"] ?? (isObject(one) ? [one] : undefined), "component");
      return names && ["cevns", ...names];
    }
  }
}

function hasOwnAny(object: DataObject, names: readonly string[]): boolean {
  return names.some((name) => Object.hasOwn(object, name));
}

function fieldOfAll(list: unknown, field: string): string[] | undefined {
  if (!Array.isArray(list)) return undefined;
  return list.flatMap((entry: unknown) => {
    const name = isObject(entry) ? entry[field] : undefined;
    return typeof name === "string" ? [name] : [];
  });
}

/** What an input must be, and how that is said. */
export const inputRanges: Readonly<
  Record<Exclude<InputRange, "any">, { holds: (value: number) => boolean; words: string }>
> = {
  "non-negative": { holds: (value) => value >= 0, words: "at least 0" },
  positive: { holds: (value) => value > 0, words: "above 0" },
  efficiency: { holds: (value) => value >= 0 && value <= 1, words: "between 0 and 1" },
};

/** Dimension and range of an input, reported where the input is. */
function checkInput(visit: Visit, reference: Reference, data: unknown, report: Report): void {
  const name = visit.value as string;
  const input = ((data as DataObject)["inputs"] as DataObject)[name];
  if (!isObject(input)) return;
  const user = formatPath(visit.path);
  const { unit, value } = input;
  const dimension = typeof unit === "string" ? dimensionOf(unit) : undefined;
  if (reference.dimension !== undefined && dimension !== undefined && dimension !== reference.dimension) {
    const valid = unitNames.filter((candidate) => dimensionOf(candidate) === reference.dimension);
    report(
      ["inputs", name, "unit"],
      `"${unit}" is a unit of ${dimension}, but ${user} needs one of ${reference.dimension}`,
      `valid: ${valid.join(", ")}`,
    );
  }
  const range = reference.range === undefined || reference.range === "any" ? undefined : inputRanges[reference.range];
  if (range !== undefined && typeof value === "number" && Number.isFinite(value) && !range.holds(value))
    report(["inputs", name, "value"], `must be ${range.words}, not ${value}: it is ${user}`);
}

function checkUnique(visit: Visit, field: string, report: Report): void {
  if (typeof visit.value !== "object" || visit.value === null) return;
  const list = Array.isArray(visit.value);
  const first = new Map<unknown, DataPath>();
  for (const [key, entry] of Object.entries(visit.value as DataObject)) {
    const name = isObject(entry) ? entry[field] : undefined;
    if (typeof name !== "string") continue;
    const path = [...visit.path, list ? Number(key) : key];
    const earlier = first.get(name);
    if (earlier === undefined) first.set(name, path);
    else report([...path, field], `"${name}" is already the ${field} of ${formatPath(earlier)}`);
  }
}
