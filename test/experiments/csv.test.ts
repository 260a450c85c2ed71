import fc from "fast-check";
import { expect, it } from "vitest";
import { formatCsv, numberOf, parseCsv } from "../../src/experiments/csv.ts";

const declare = (names: readonly string[], rows: number) => ({
  rows,
  columns: names.map((name) => ({ name, unit: "PE", description: "a column" })),
});
const two = declare(["a", "b"], 2);

it("reads back every table it writes, bit by bit", () => {
  // -0 is written as 0.
  const cell = fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0);
  const table = fc
    .integer({ min: 1, max: 5 })
    .chain((width) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 20 }),
    );
  const lineEnd = fc.constantFrom("\n", "\r\n");
  fc.assert(
    fc.property(table, lineEnd, fc.boolean(), (rows, end, last) => {
      const names = (rows[0] as number[]).map((_, i) => `column-${i}`);
      const declaration = declare(names, rows.length);
      const text = formatCsv(declaration.columns, rows).replaceAll("\n", end);
      const parsed = parseCsv(last ? text : text.slice(0, -end.length), declaration, "t.csv");
      expect(parsed.issues).toEqual([]);
      expect(parsed.table?.rows).toBe(rows.length);
      names.forEach((name, i) => {
        expect(Array.from(parsed.table?.columns[name] ?? [])).toEqual(rows.map((row) => row[i]));
      });
    }),
  );
});

it("writes text cells digit by digit", () => {
  expect(formatCsv([{ name: "a", unit: "1/(GW h)" }], [["0.50"], [1.5]])).toBe("a [1/(GW h)]\n0.50\n1.5\n");
});

it.each([
  ["1", 1],
  ["-2.50", -2.5],
  [".5", 0.5],
  ["5.", 5],
  ["1.76e23", 1.76e23],
  ["+1E-3", 0.001],
])("takes %j for a number", (text, value) => expect(numberOf(text)).toBe(value));

it.each([
  "",
  " ",
  "NaN",
  "Infinity",
  "-Infinity",
  "1e999",
  "0x10",
  "1_000",
  "1 2",
  "1,5",
  "--1",
  "e5",
  ".",
  "1e",
  "true",
])("takes %j for no number", (text) => expect(numberOf(text)).toBeNaN());

it.each([
  ["b [PE],a [PE]\n1,2\n3,4\n", ["line 1", "line 1"], 'column 1 is "b [PE]", declared is "a [PE]"'],
  ["a [PE],b [us]\n1,2\n3,4\n", ["line 1"], 'column 2 is "b [us]", declared is "b [PE]"'],
  ["a,b [PE]\n1,2\n3,4\n", ["line 1"], 'column 1 is "a", declared is "a [PE]"'],
  ["a [PE]\n1\n3\n", ["line 1"], "1 column, but 2 are declared"],
  ["a [PE],b [PE]\n1,2\n", [undefined], "1 row, but 2 are declared"],
  ["a [PE],b [PE]\n1,2\n3,4\n5,6\n", [undefined], "3 rows, but 2 are declared"],
  ["a [PE],b [PE]\n1,2\n3\n", ["line 3"], "1 cell, expected 2"],
  ["a [PE],b [PE]\n1,2,9\n3,4\n", ["line 2"], "3 cells, expected 2"],
  ["a [PE],b [PE]\n1,2\n3,\n", ["line 3"], 'no number in column "b [PE]"'],
  ["a [PE],b [PE]\n1,2\n3,NaN\n", ["line 3"], '"NaN" in column "b [PE]" is not a finite number'],
  ["a [PE],b [PE]\n1,2\n3,1e999\n", ["line 3"], '"1e999" in column "b [PE]" is not a finite number'],
  [
    'a [PE],b [PE]\n1,2\n3,"4"\n',
    ["line 3"],
    '"\\"4\\"" in column "b [PE]" is not a finite number'.replaceAll("\\", ""),
  ],
  ["a [PE],b [PE]\n1,2\n\n3,4\n", ["line 3", undefined], "empty line"],
  ["", [undefined], "the file is empty"],
])("refuses %j", (text, paths, message) => {
  const parsed = parseCsv(text, two, "t.csv");
  expect(parsed.table).toBeUndefined();
  expect(parsed.issues.map(({ path }) => path)).toEqual(paths);
  expect(parsed.issues[0]).toMatchObject({ file: "t.csv", message });
});

it("lists every broken cell", () => {
  const { issues } = parseCsv("a [PE],c [PE]\nx,2\n3\n5,y\n", two, "t.csv");
  expect(issues.map(({ path }) => path)).toEqual(["line 1", "line 2", "line 3", "line 4", undefined]);
});
