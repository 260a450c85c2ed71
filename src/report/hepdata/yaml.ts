/**
 * YAML of HEPData: block lists of rows in flow style, as its tables are written by hand. HEPData reads YAML 1.1, where
 * `1e-7`, `no` and `12:30` are a text, a truth value and a number: numbers are written and texts quoted accordingly.
 */

/** What a document is made of: plain JSON without null and truth values. */
export type YamlValue = string | number | readonly YamlValue[] | { readonly [key: string]: YamlValue | undefined };

/** Words that YAML 1.1 reads as truth values or null. */
const RESERVED = /^(?:y|n|yes|no|on|off|true|false|null)$/i;
/** Texts that need no quotes anywhere, flow lists included. */
const PLAIN = /^[A-Za-z][\w./^-]*(?: [\w./^-]+)*$/;

/**
 * Documents as one YAML file, each begun by `---`; keys that are undefined are left out.
 * @throws Error for a number that is not finite
 */
export function yamlDocuments(documents: readonly Readonly<Record<string, YamlValue | undefined>>[]): string {
  return documents.map((document) => `---\n${block(document, "")}`).join("");
}

/** One document without a mark in front. @throws Error for a number that is not finite */
export function yamlDocument(document: Readonly<Record<string, YamlValue | undefined>>): string {
  return block(document, "");
}

function block(map: Readonly<Record<string, YamlValue | undefined>>, indent: string): string {
  return present(map)
    .map(([key, value]) => `${indent}${scalar(key)}:${blockValue(value, indent)}`)
    .join("");
}

/** Maps with lists inside go over lines, whatever is flat stands on one. */
function blockValue(value: YamlValue, indent: string): string {
  if (!isList(value) || value.length === 0) return ` ${flow(value)}\n`;
  const items = value.map((item) => {
    if (!isMap(item) || !present(item).some(([, one]) => isList(one) && one.some(isMap)) || isRow(item))
      return `${indent}- ${flow(item)}\n`;
    return `${indent}- ${block(item, `${indent}  `).slice(indent.length + 2)}`;
  });
  return `\n${items.join("")}`;
}

/** A cell with its errors stays on its line. */
function isRow(map: { readonly [key: string]: YamlValue | undefined }): boolean {
  return Object.hasOwn(map, "value");
}

function flow(value: YamlValue): string {
  if (isList(value)) return `[${value.map(flow).join(", ")}]`;
  if (isMap(value))
    return `{${present(value)
      .map(([key, one]) => `${scalar(key)}: ${flow(one)}`)
      .join(", ")}}`;
  return scalar(value);
}

function scalar(value: string | number): string {
  if (typeof value === "number") return number(value);
  return PLAIN.test(value) && !RESERVED.test(value) ? value : quoted(value);
}

/** A number with all its digits; YAML 1.1 asks for a point before an exponent, and for the exponent's sign. */
function number(value: number): string {
  if (!Number.isFinite(value)) throw new Error(`${value} is no number of a table`);
  const [mantissa, exponent] = String(value).split("e") as [string, string | undefined];
  return exponent === undefined ? mantissa : `${mantissa.includes(".") ? mantissa : `${mantissa}.0`}e${exponent}`;
}

/** JSON texts are YAML texts, but for characters that break a line or may not stand in a file. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function present(map: { readonly [key: string]: YamlValue | undefined }): readonly (readonly [string, YamlValue])[] {
  return Object.entries(map).filter((entry): entry is [string, YamlValue] => entry[1] !== undefined);
}

function isList(value: YamlValue): value is readonly YamlValue[] {
  return Array.isArray(value);
}

function isMap(value: YamlValue): value is { readonly [key: string]: YamlValue | undefined } {
  return typeof value === "object" && !isList(value);
}
