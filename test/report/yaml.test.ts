import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { yamlDocument, yamlDocuments } from "../../src/report/hepdata/yaml.ts";

/** What HEPData reads with, and what most others do. */
const versions = ["1.1", "1.2"] as const;

describe("yamlDocument", () => {
  it("writes rows on a line each, and quotes only what needs it", () => {
    const text = yamlDocument({
      name: "Best fits",
      independent_variables: [{ header: { name: "E", units: "MeV" }, values: [{ low: 0, high: 0.5 }] }],
      dependent_variables: [
        {
          header: { name: "rate: all" },
          qualifiers: [],
          values: [{ value: -1.5, errors: [{ symerror: 0.25, label: "stat" }] }],
        },
      ],
    });
    expect(text).toBe(`name: Best fits
independent_variables:
- header: {name: E, units: MeV}
  values:
  - {low: 0, high: 0.5}
dependent_variables:
- header: {name: "rate: all"}
  qualifiers: []
  values:
  - {value: -1.5, errors: [{symerror: 0.25, label: stat}]}
`);
  });

  it("separates documents", () => {
    const text = yamlDocuments([{ comment: "one" }, { name: "two", values: [1, 2] }]);
    expect(text).toBe("---\ncomment: one\n---\nname: two\nvalues:\n- 1\n- 2\n");
    expect(parseAllDocuments(text)).toHaveLength(2);
  });

  // YAML 1.1 (yaml.org/type/float.html): a float has a point, and its exponent a sign. Else it is a text.
  it.each([
    [1e-7, "1.0e-7"],
    [-2.5e-9, "-2.5e-9"],
    [1e21, "1.0e+21"],
    [1.5e300, "1.5e+300"],
    [0.1, "0.1"],
    [12, "12"],
  ])("writes %d so that YAML 1.1 reads a number", (value, expected) => {
    expect(yamlDocument({ value })).toBe(`value: ${expected}\n`);
  });

  it.each([
    "no",
    "Yes",
    "off",
    "TRUE",
    "null",
    "n",
    "12:30",
    "1e-7",
    "-",
    "",
    "a: b",
    "a #b",
    "[x]",
    "'",
    "x ",
    "~",
    ".",
  ])("keeps the text %j a text", (value) => {
    for (const version of versions) expect(parse(yamlDocument({ value }), { version })).toEqual({ value });
  });

  it("reads back as it was, any text and any number", () => {
    const value = fc.oneof(fc.string({ unit: "binary" }), fc.double({ noNaN: true, noDefaultInfinity: true }));
    const row = fc.record({ value, label: fc.string() });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 4 }), value, (rows, alone) => {
        const document = { rows, nested: [{ header: { name: "x" }, values: rows }], alone };
        // JSON has no -0 either.
        for (const version of versions)
          expect(JSON.stringify(parse(yamlDocument(document), { version }))).toBe(JSON.stringify(document));
      }),
    );
  });

  it("refuses what is no number", () => {
    expect(() => yamlDocument({ value: Number.NaN })).toThrow(/NaN/);
  });
});
