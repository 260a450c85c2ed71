/**
 * What zod found, in the project's words: one issue per problem, with a readable path and the nearest valid name.
 */
import type { z } from "zod";
import { type Issue, nearest } from "../errors.ts";
import { type DataPath, formatPath, isObject, type SchemaNode, schemaAt } from "./schema-walk.ts";

type ZodIssue = z.core.$ZodIssue;

/**
 * Translate the issues of a schema.
 * @param found issues of a zod error
 * @param schema JSON Schema of the same zod schema, for the names that would have been valid
 * @param data what was parsed
 * @param file name for messages
 */
export function schemaIssues(found: readonly ZodIssue[], schema: SchemaNode, data: unknown, file: string): Issue[] {
  return found.flatMap((issue) => {
    const path = issue.path as DataPath;
    if (issue.code === "unrecognized_keys") {
      const keys = Object.keys(schemaAt(schema, data, path)?.properties ?? {});
      const unused = keys.filter((key) => !Object.hasOwn(valueAt(data, path) as object, key));
      return issue.keys.map((key) => ({
        file,
        path: formatPath([...path, key]),
        message: "unknown key",
        hint: hintFor(key, unused.length > 0 ? unused : keys),
      }));
    }
    const { message, hint } = describe(issue, valueAt(data, path));
    return [{ file, path: formatPath(path), message, ...(hint !== undefined && { hint }) }];
  });
}

/** Whether an issue leaves the data in the shape the types promise (a value out of range, a key too many). */
export function keepsShape(issue: ZodIssue): boolean {
  // What stands under an invalid key is not looked at.
  return !["invalid_type", "invalid_value", "invalid_union", "invalid_key"].includes(issue.code);
}

/** `did you mean "..."?`, or all valid names. */
export function hintFor(typed: string, valid: readonly string[]): string {
  const name = nearest(typed, valid);
  return name === undefined ? `valid: ${valid.join(", ")}` : `did you mean "${name}"?`;
}

function describe(issue: ZodIssue, value: unknown): { message: string; hint?: string } {
  // zod calls an object with free keys a record; in JSON both are objects.
  const type = issue.code !== "invalid_type" ? "" : issue.expected === "record" ? "object" : issue.expected;
  if (value === undefined && issue.code !== "custom") {
    const expected = issue.code === "invalid_type" ? type : validValues(issue).join(", ");
    return expected === "" ? { message: "missing" } : { message: "missing", hint: `expected: ${expected}` };
  }
  switch (issue.code) {
    case "invalid_type":
      if (typeof value === "number") {
        const what = issue.expected === "int" ? "an integer" : "a finite number";
        return { message: `must be ${what}, not ${value}` };
      }
      return { message: `expected ${type}, found ${show(value)}` };
    case "invalid_value":
    case "invalid_union": {
      const valid = validValues(issue);
      if (valid.length === 0) return { message: issue.message };
      if (typeof value !== "string") return { message: `found ${show(value)}`, hint: `valid: ${valid.join(", ")}` };
      return { message: `unknown: "${value}"`, hint: hintFor(value, valid) };
    }
    case "too_small":
    case "too_big": {
      const [inclusive, exclusive, limit] =
        issue.code === "too_small" ? ["at least", "above", issue.minimum] : ["at most", "below", issue.maximum];
      const bound = `${issue.inclusive ? inclusive : exclusive} ${limit}`;
      if (issue.origin === "string") return { message: "must not be empty" };
      if (issue.origin === "array") {
        const length = Array.isArray(value) ? value.length : 0;
        return { message: length === 0 ? "must not be empty" : `must have ${bound} entries, not ${length}` };
      }
      return { message: `must be ${bound}, not ${show(value)}` };
    }
    case "invalid_format":
      return { message: `${show(value)} ${issue.message}` };
    case "invalid_key":
      return { message: `this name ${issue.issues[0]?.message ?? issue.message}` };
    default:
      return { message: issue.message };
  }
}

function validValues(issue: ZodIssue): string[] {
  if (issue.code === "invalid_value") return issue.values.map(String);
  if (issue.code === "invalid_union" && "options" in issue && Array.isArray(issue.options))
    return issue.options.map(String);
  return [];
}

function show(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (isObject(value)) return "an object";
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function valueAt(data: unknown, path: DataPath): unknown {
  let value = data;
  for (const part of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Readonly<Record<string | number, unknown>>)[part];
  }
  return value;
}
