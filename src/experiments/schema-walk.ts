/**
 * Schema and data side by side: which part of a JSON Schema describes which part of the data. Used for what zod does
 * not say: the nearest valid key, and names that lead nowhere.
 */

/** The part of JSON Schema that our schemas use, with our own annotations. */
export interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly items?: SchemaNode | false;
  readonly prefixItems?: readonly SchemaNode[];
  readonly additionalProperties?: SchemaNode | boolean;
  readonly propertyNames?: SchemaNode;
  readonly oneOf?: readonly SchemaNode[];
  readonly const?: unknown;
  readonly [annotation: `x-${string}`]: unknown;
}

export type DataPath = readonly (string | number)[];
export type DataObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is DataObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `likelihoods[0].nuisances[1].sigma`; a key that is no plain word goes into brackets and quotes. */
export function formatPath(path: DataPath): string {
  let text = "";
  for (const part of path) {
    if (typeof part === "number") text += `[${part}]`;
    else if (/^[\w-]+$/.test(part)) text += text === "" ? part : `.${part}`;
    else text += `[${JSON.stringify(part)}]`;
  }
  return text;
}

/** A value with the schema that describes it, where it is, and the objects around it, innermost first. */
export interface Visit {
  readonly node: SchemaNode;
  readonly value: unknown;
  readonly path: DataPath;
  readonly around: readonly DataObject[];
}

/**
 * Visit every value that the schema describes, outer ones first; keys of a map with described keys are visited too.
 * Values of the wrong type are visited and not entered, unknown keys skipped: the schema itself reports those.
 */
export function walk(visit: Visit, see: (visit: Visit) => void): void {
  const node = choose(visit.node, visit.value);
  const { value, path } = visit;
  see({ ...visit, node });
  if (Array.isArray(value)) {
    value.forEach((item: unknown, i) => {
      const child = node.prefixItems?.[i] ?? node.items;
      if (child) walk({ node: child, value: item, path: [...path, i], around: visit.around }, see);
    });
  } else if (isObject(value)) {
    const around = [value, ...visit.around];
    for (const [key, item] of Object.entries(value)) {
      const inside = [...path, key];
      if (node.propertyNames) see({ node: node.propertyNames, value: key, path: inside, around });
      const child = childOf(node, key);
      if (child) walk({ node: child, value: item, path: inside, around }, see);
    }
  }
}

/** Schema of the value at a path, the union resolved by the data; undefined where the schema has no such place. */
export function schemaAt(root: SchemaNode, data: unknown, path: DataPath): SchemaNode | undefined {
  let node: SchemaNode | undefined = choose(root, data);
  let value = data;
  for (const part of path) {
    if (typeof part === "number") {
      value = Array.isArray(value) ? value[part] : undefined;
      node = node.prefixItems?.[part] ?? (node.items || undefined);
    } else {
      value = isObject(value) ? value[part] : undefined;
      node = childOf(node, part);
    }
    if (node === undefined) return undefined;
    node = choose(node, value);
  }
  return node;
}

function childOf(node: SchemaNode, key: string): SchemaNode | undefined {
  if (node.properties !== undefined && Object.hasOwn(node.properties, key)) return node.properties[key];
  return typeof node.additionalProperties === "object" ? node.additionalProperties : undefined;
}

/** The member of a union whose constant fields (`type`, `statistics`) are those of the data. */
function choose(node: SchemaNode, value: unknown): SchemaNode {
  if (node.oneOf === undefined || !isObject(value)) return node;
  const chosen = node.oneOf.find((option) =>
    Object.entries(option.properties ?? {}).every(([key, child]) => !("const" in child) || child.const === value[key]),
  );
  return chosen ?? node;
}
