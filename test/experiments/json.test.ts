import fc from "fast-check";
import { expect, it } from "vitest";
import { formatJson, readJson } from "../../src/experiments/json.ts";
import { issuesOf } from "./shipped.ts";

it("reads what JSON.parse reads, in any layout", () => {
  fc.assert(
    fc.property(fc.json({ noUnicodeString: false }), fc.constantFrom(undefined, 2, "\t"), (text, indent) => {
      const value = JSON.parse(text) as unknown;
      fc.pre(!text.includes("__proto__"));
      expect(readJson(JSON.stringify(value, null, indent), "x.json")).toEqual({ value, issues: [] });
    }),
  );
});

it("refuses what JSON.parse refuses", () => {
  const near = fc
    .json()
    .chain((text) =>
      fc
        .tuple(
          fc.nat(text.length),
          fc.nat(3),
          fc.constantFrom("", ",", "}", "]", '"', "x", "0", "-", ".", "\\", "\n", ":"),
        )
        .map(([at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut)),
    );
  fc.assert(
    fc.property(near, (text) => {
      let valid = true;
      try {
        JSON.parse(text);
      } catch {
        valid = false;
      }
      if (valid) readJson(text, "x.json");
      else expect(issuesOf(() => readJson(text, "x.json")).at(-1)?.path).toMatch(/^line \d+, column \d+$/);
    }),
    { numRuns: 1000 },
  );
});

it.each([
  ['{ "a": 1,\n  "b": x }', "line 2, column 8", "expected a value, found x", undefined],
  ['{ "a": 1,\n  "b": NaN }', "line 2, column 8", "expected a value, found NaN", undefined],
  ['{ "a": 1 // one\n}', "line 1, column 10", 'expected "," or "}", found /', "JSON has no comments"],
  ['{ "a": [1, 2', "line 1, column 13", 'the file ends where "," or "]" should be', "is it truncated?"],
  ["{ a: 1 }", "line 1, column 3", "expected a key in double quotes, found a", undefined],
  ['{ "a": 1, }', "line 1, column 11", "expected a key in double quotes, found }", undefined],
  ['{ "a": 1 } {', "line 1, column 12", "expected the end of the file, found {", undefined],
  ["", "line 1, column 1", "the file ends where a value should be", "is it truncated?"],
  ["[".repeat(100_000), "line 1, column 102", "expected at most 100 levels of nesting, found [", undefined],
])("says where %j is wrong", (text, path, message, hint) => {
  const issue = { file: "x.json", path, message: `not JSON: ${message}`, ...(hint !== undefined && { hint }) };
  expect(issuesOf(() => readJson(text, "x.json"))).toEqual([issue]);
});

it("reports repeated keys and __proto__", () => {
  expect(readJson('{ "a": 1,\n "a": 2, "b": { "__proto__": 1 } }', "x.json")).toEqual({
    value: { a: 2, b: {} },
    issues: [
      { file: "x.json", path: "line 2, column 2", message: 'key "a" appears twice' },
      { file: "x.json", path: "line 2, column 17", message: 'key "__proto__" is not allowed' },
    ],
  });
});

it("skips a byte order mark and keeps an overflowing number infinite for the schema to refuse", () => {
  expect(readJson("\uFEFF[1e999]", "x.json").value).toEqual([Number.POSITIVE_INFINITY]);
});

it("prints JSON that reads back the same, short values on one line", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(formatJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
  expect(formatJson({ edges: [1, 2, 3], empty: [], nothing: undefined })).toBe('{ "edges": [1, 2, 3], "empty": [] }\n');
  const long = { first: "x".repeat(80), second: { values: [1, 2] }, third: "y".repeat(40) };
  expect(formatJson(long)).toBe(
    `{\n  "first": "${"x".repeat(80)}",\n  "second": { "values": [1, 2] },\n  "third": "${"y".repeat(40)}"\n}\n`,
  );
});
