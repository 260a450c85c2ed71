/**
 * JSON as people write it: a reader that says where a mistake is (line, column) and does not let a repeated key
 * silently replace the first one, and a printer that keeps short values on one line.
 */
import { type Issue, NurecoilError } from "../errors.ts";

/** Nesting beyond this is no file of ours. */
const MAX_DEPTH = 100;
const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids raw control characters inside strings.
const stringPattern = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const spacePattern = /[ \t\r\n]*/y;
const wordPattern = /[A-Za-z_$][\w$]*/y;

/**
 * Read JSON (RFC 8259).
 * @param text the file's text; a byte order mark is skipped
 * @param file its name, for messages
 * @returns the value, and an issue for each repeated key (the value then has the last one)
 * @throws NurecoilError (file) with line and column of the first syntax error
 * @example readJson('{ "a": 1 }', "x.json").value is { a: 1 }
 */
export function readJson(text: string, file: string): { readonly value: unknown; readonly issues: readonly Issue[] } {
  const issues: Issue[] = [];
  let at = text.startsWith("\uFEFF") ? 1 : 0;

  const place = (index: number): string => {
    const before = text.slice(0, index).split("\n");
    return `line ${before.length}, column ${(before.at(-1) as string).length + 1}`;
  };
  const fail = (expected: string): never => {
    const index = at;
    const word = match(wordPattern) ?? text.slice(at, at + 1);
    const message = word === "" ? `the file ends where ${expected} should be` : `expected ${expected}, found ${word}`;
    const hint = word === "" ? "is it truncated?" : word === "/" ? "JSON has no comments" : undefined;
    throw new NurecoilError("file", [
      ...issues,
      { file, path: place(index), message: `not JSON: ${message}`, ...(hint !== undefined && { hint }) },
    ]);
  };
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  /** Skip white space, then the character if it is next. */
  const take = (character: string): boolean => {
    match(spacePattern);
    if (text[at] !== character) return false;
    at++;
    return true;
  };
  const readString = (expected: string): string => {
    match(spacePattern);
    const found = match(stringPattern);
    return found === undefined ? fail(expected) : asKey(JSON.parse(found) as string);
  };

  const readObject = (depth: number): unknown => {
    const entries = new Map<string, unknown>();
    if (take("}")) return {};
    do {
      match(spacePattern);
      const start = at;
      const key = readString("a key in double quotes");
      if (entries.has(key)) issues.push({ file, path: place(start), message: `key "${key}" appears twice` });
      if (!take(":")) fail('":"');
      const value = readValue(depth);
      // As a key it would change what the object is instead of what it holds.
      if (key === "__proto__") issues.push({ file, path: place(start), message: 'key "__proto__" is not allowed' });
      else entries.set(key, value);
    } while (take(","));
    if (!take("}")) fail('"," or "}"');
    return Object.fromEntries(entries);
  };
  const readArray = (depth: number): unknown => {
    const values: unknown[] = [];
    if (take("]")) return values;
    do values.push(readValue(depth));
    while (take(","));
    if (!take("]")) fail('"," or "]"');
    return values;
  };
  const readValue = (depth: number): unknown => {
    if (depth > MAX_DEPTH) fail(`at most ${MAX_DEPTH} levels of nesting`);
    if (take("{")) return readObject(depth + 1);
    if (take("[")) return readArray(depth + 1);
    if (text[at] === '"') return readString("a closed string");
    const number = match(numberPattern);
    if (number !== undefined) return Number(number);
    for (const [word, value] of [
      ["true", true],
      ["false", false],
      ["null", null],
    ] as const) {
      if (text.startsWith(word, at)) {
        at += word.length;
        return value;
      }
    }
    return fail("a value");
  };

  const value = readValue(0);
  match(spacePattern);
  if (at < text.length) fail("the end of the file");
  return { value, issues };
}

/**
 * The same text as the engine keeps keys and literals. V8 11.3 (Node 20) takes an equal text that is kept otherwise for a
 * different one, now and then, at the moment a function that compares it becomes optimised.
 */
function asKey(text: string): string {
  return Object.keys({ [text]: 0 })[0]!;
}

/**
 * Print JSON with two spaces of indentation; an object or array stays on one line where it fits into 120 columns.
 * @param value plain data; keys with undefined are left out
 * @returns the text with a final newline
 * @example formatJson({ edges: [1, 2] }) is '{ "edges": [1, 2] }\n'
 */
export function formatJson(value: unknown): string {
  return `${print(value, "", 0)}\n`;
}

/** @param taken columns already used on the first line, key and comma included */
function print(value: unknown, indent: string, taken: number): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const array = Array.isArray(value);
  const [open, close] = array ? ["[", "]"] : ["{", "}"];
  const entries: [string, unknown][] = array
    ? value.map((item) => ["", item])
    : Object.entries(value).flatMap(([key, item]) => (item === undefined ? [] : [[`${JSON.stringify(key)}: `, item]]));
  if (entries.length === 0) return open + close;
  const oneLine = entries.map(([key, item]) => key + print(item, "", Number.NEGATIVE_INFINITY)).join(", ");
  const short = array ? `[${oneLine}]` : `{ ${oneLine} }`;
  if (indent.length + taken + short.length <= 120) return short;
  const inner = `${indent}  `;
  const lines = entries.map(([key, item]) => `${inner}${key}${print(item, inner, key.length + 1)}`);
  return `${open}\n${lines.join(",\n")}\n${indent}${close}`;
}
