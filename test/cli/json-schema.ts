/**
 * The part of JSON Schema (draft 2020-12) that our schemas use, checked without zod: a reader of the schema files must
 * come to the same answer as the package.
 */

type Schema = Readonly<Record<string, unknown>>;

const known = new Set([
  "$schema",
  "title",
  "description",
  "default",
  "type",
  "const",
  "enum",
  "anyOf",
  "oneOf",
  "properties",
  "required",
  "additionalProperties",
  "propertyNames",
  "items",
  "prefixItems",
  "minItems",
  "maxItems",
  "minLength",
  "pattern",
  "minimum",
  "maximum",
  "exclusiveMinimum",
]);

/** Everything in which a value breaks a schema: `path: what`. @throws for a keyword this checker does not know */
export function violations(schema: Schema, value: unknown, path = ""): string[] {
  for (const key of Object.keys(schema))
    if (!known.has(key) && !key.startsWith("x-")) throw new Error(`unknown keyword ${key}`);
  const found: string[] = [];
  const fail = (what: string): void => {
    found.push(`${path}: ${what}`);
  };
  const types = schema["type"] === undefined ? [] : [schema["type"]].flat();
  if (types.length > 0 && !types.some((type) => hasType(value, type as string))) return [`${path}: no ${types}`];
  if ("const" in schema && value !== schema["const"]) fail(`not ${schema["const"]}`);
  if (Array.isArray(schema["enum"]) && !schema["enum"].includes(value)) fail("not one of the enum");
  for (const union of ["anyOf", "oneOf"] as const) {
    const options = schema[union] as Schema[] | undefined;
    const fitting = options?.filter((option) => violations(option, value, path).length === 0).length;
    if (fitting === 0 || (union === "oneOf" && fitting !== undefined && fitting !== 1)) fail(`${union} does not fit`);
  }
  if (typeof value === "number") {
    if (value < ((schema["minimum"] as number) ?? -Infinity)) fail("below the minimum");
    if (value > ((schema["maximum"] as number) ?? Infinity)) fail("above the maximum");
    if (value <= ((schema["exclusiveMinimum"] as number) ?? -Infinity)) fail("not above the minimum");
  }
  if (typeof value === "string") {
    if (value.length < ((schema["minLength"] as number) ?? 0)) fail("too short");
    if (schema["pattern"] !== undefined && !new RegExp(schema["pattern"] as string, "u").test(value)) fail("pattern");
  }
  if (Array.isArray(value)) found.push(...arrayViolations(schema, value, path));
  else if (typeof value === "object" && value !== null) found.push(...objectViolations(schema, value, path));
  return found;
}

function arrayViolations(schema: Schema, value: readonly unknown[], path: string): string[] {
  const first = (schema["prefixItems"] as Schema[] | undefined) ?? [];
  const found: string[] = [];
  if (value.length < ((schema["minItems"] as number) ?? 0)) found.push(`${path}: too few items`);
  if (value.length > ((schema["maxItems"] as number) ?? Infinity)) found.push(`${path}: too many items`);
  value.forEach((item, i) => {
    const items = first[i] ?? (schema["items"] as Schema | false | undefined);
    if (items === false) found.push(`${path}[${i}]: one too many`);
    else if (items !== undefined) found.push(...violations(items, item, `${path}[${i}]`));
  });
  return found;
}

function objectViolations(schema: Schema, value: object, path: string): string[] {
  const properties = (schema["properties"] as Record<string, Schema> | undefined) ?? {};
  const rest = schema["additionalProperties"] as Schema | boolean | undefined;
  const names = schema["propertyNames"] as Schema | undefined;
  const found = ((schema["required"] as string[] | undefined) ?? [])
    .filter((key) => !Object.hasOwn(value, key))
    .map((key) => `${path}: ${key} is missing`);
  for (const [key, item] of Object.entries(value)) {
    if (names !== undefined) found.push(...violations(names, key, `${path}.${key}`));
    const own = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (own !== undefined) found.push(...violations(own, item, `${path}.${key}`));
    else if (rest === false) found.push(`${path}.${key}: unknown key`);
    else if (typeof rest === "object") found.push(...violations(rest, item, `${path}.${key}`));
  }
  return found;
}

function hasType(value: unknown, type: string): boolean {
  switch (type) {
    case "null":
      return value === null;
    case "integer":
      return Number.isInteger(value);
    case "array":
      return Array.isArray(value);
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    default:
      // string, number or boolean
      return typeof value === type;
  }
}
