import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columns } from "../../src/report/columns.ts";
import { toJson } from "../../src/report/json.ts";
import { fixed, percent, significant, union, withError } from "../../src/report/numbers.ts";

describe("numbers for people", () => {
  it.each([
    [0.0123456, "0.01235"],
    [2.9267909, "2.927"],
    [-1.5, "-1.500"],
    [12345.6, "12346"],
    [0, "0"],
    [-0, "0"],
    [1.5e-7, "1.500e-7"],
    [2.1e8, "2.100e+8"],
  ])("significant(%d) is %s", (value, text) => {
    expect(significant(value)).toBe(text);
  });

  it("keeps four digits of any number", () => {
    const sizes = fc.tuple(fc.double({ min: 1, max: 9.999, noNaN: true }), fc.integer({ min: -12, max: 12 }));
    fc.assert(
      fc.property(sizes, fc.boolean(), ([mantissa, power], negative) => {
        const value = (negative ? -1 : 1) * mantissa * 10 ** power;
        // Half a unit of the fourth digit; the factor is for numbers on the edge of rounding.
        expect(Math.abs(Number(significant(value)) - value)).toBeLessThanOrEqual(0.5000001e-3 * 10 ** power);
      }),
    );
  });

  it("a value has the decimals of the two digits of its error", () => {
    expect(withError(-1.82412, 0.15231)).toBe("-1.82 ± 0.15");
    expect(withError(134.2, 22.4)).toBe("134 ± 22");
    expect(withError(0.00123, 0.000456)).toBe("0.00123 ± 0.00046");
    expect(withError(-0.0001, 0.4)).toBe("0.00 ± 0.40");
    expect(withError(2.5, null)).toBe("2.500");
    // What a minimiser leaves of zero.
    expect(withError(3e-17, null)).toBe("0");
  });

  it("segments are a union with common decimals, open ends are called so", () => {
    expect(
      union([
        [-2.17311, -1.60699],
        [-0.32877, 0.23733],
      ]),
    ).toBe("[-2.173, -1.607] U [-0.329, 0.237]");
    expect(union([[null, 0.0123456]])).toBe("[open, 0.01235]");
    expect(union([])).toBe("none");
  });

  it("levels in percent", () => {
    expect([0.9, 0.99, 0.6826894921370859, 0.9973002039367398].map(percent)).toEqual([
      "90 %",
      "99 %",
      "68.27 %",
      "99.73 %",
    ]);
  });

  it("no negative zero", () => {
    expect([fixed(-0.0004, 3), fixed(-0.0006, 3), fixed(-0, 0)]).toEqual(["0.000", "-0.001", "0"]);
  });
});

it("columns are aligned, names left and numbers right", () => {
  expect(
    columns([
      ["name", "x"],
      ["a", "1.0"],
      ["long name", "-12.5"],
    ]),
  ).toBe(["name           x", "a            1.0", "long name  -12.5"].join("\n"));
});

it("JSON of a result that holds no number where one should be is refused", () => {
  expect(toJson({ a: [1, null] })).toBe('{ "a": [1, null] }\n');
  expect(() => toJson({ a: [1, Number.NaN] })).toThrow("/a/1");
});
