/**
 * HEPData tables against what its validator asks for (hepdata-validator, schemas 1.1.1 and checks beyond them), stated
 * here in our own words; the validator's files are GPL and not part of the project.
 */
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { type HepdataResult, hepdataArchive, hepdataSubmission, toHepdata } from "../../src/report/index.ts";
import { results } from "./results.ts";

const all: readonly (readonly [string, HepdataResult])[] = Object.entries(results);

type Json = Readonly<Record<string, unknown>>;

/** Keys of a map: all of the first, perhaps some of the second, nothing else. */
function keysAre(value: unknown, required: readonly string[], optional: readonly string[] = []): void {
  expect(value).toBeTypeOf("object");
  const keys = Object.keys(value as object);
  for (const key of required) expect(keys).toContain(key);
  expect(keys.filter((key) => !required.includes(key) && !optional.includes(key))).toEqual([]);
}

function isText(value: unknown, longest = Number.POSITIVE_INFINITY): void {
  expect(value).toBeTypeOf("string");
  expect((value as string).length).toBeLessThanOrEqual(longest);
}

function isTextOrNumber(value: unknown): void {
  expect(["string", "number"]).toContain(typeof value);
}

/** A data file: two lists of columns, all of the same length. */
function isDataTable(table: Json): void {
  keysAre(table, ["independent_variables", "dependent_variables"]);
  const columns = (key: string) => table[key] as { header: Json; qualifiers?: Json[]; values: Json[] }[];
  const [independent, dependent] = [columns("independent_variables"), columns("dependent_variables")];
  for (const column of [...independent, ...dependent]) {
    keysAre(column, ["header", "values"], dependent.includes(column) ? ["qualifiers"] : []);
    keysAre(column.header, ["name"], ["units"]);
    for (const text of Object.values(column.header)) isText(text);
  }
  for (const value of independent.flatMap(({ values }) => values)) {
    if (Object.hasOwn(value, "low")) {
      keysAre(value, ["low", "high"], ["value"]);
      for (const one of Object.values(value)) expect(one).toBeTypeOf("number");
    } else {
      keysAre(value, ["value"]);
      isTextOrNumber(value["value"]);
    }
  }
  for (const { qualifiers = [], values } of dependent) {
    for (const qualifier of qualifiers) {
      keysAre(qualifier, ["name", "value"], ["units"]);
      isText(qualifier["name"]);
      isTextOrNumber(qualifier["value"]);
      if (qualifier["units"] !== undefined) isText(qualifier["units"]);
    }
    for (const value of values) {
      keysAre(value, ["value"], ["errors"]);
      isTextOrNumber(value["value"]);
      if (value["errors"] !== undefined) areErrors(value["errors"] as Json[]);
    }
  }
  expect(new Set([...independent, ...dependent].map(({ values }) => values.length)).size).toBe(1);
  expect(Math.min(independent.length, dependent.length)).toBeGreaterThan(0);
}

/** Either symmetric or not, not all of them zero. */
function areErrors(errors: readonly Json[]): void {
  const sizes = errors.map((error) => {
    const kind = Object.hasOwn(error, "symerror") ? "symerror" : "asymerror";
    keysAre(error, [kind], ["label"]);
    if (kind === "symerror") return error[kind] as number;
    keysAre(error[kind], ["minus", "plus"]);
    const { minus, plus } = error[kind] as { minus: number; plus: number };
    expect(minus).toBeLessThanOrEqual(0);
    expect(plus).toBeGreaterThanOrEqual(0);
    return plus - minus;
  });
  for (const size of sizes) expect(size).toBeTypeOf("number");
  expect(Math.max(...sizes)).toBeGreaterThan(0);
}

/** What `submission.yaml` says of a table. */
function isTableHead(head: Json): void {
  keysAre(head, ["name", "description", "keywords", "data_file"]);
  isText(head["name"], 64);
  isText(head["description"]);
  isText(head["data_file"]);
  expect(head["data_file"]).not.toContain("/");
  for (const keyword of head["keywords"] as Json[]) {
    keysAre(keyword, ["name", "values"]);
    expect(["cmenergies", "observables", "reactions", "phrases"]).toContain(keyword["name"]);
    for (const value of keyword["values"] as unknown[]) isText(value, 128);
  }
}

function documentsOf(text: string): Json[] {
  return parseAllDocuments(text, { version: "1.1" }).map((one) => {
    expect(one.errors).toEqual([]);
    return one.toJS();
  });
}

describe.each(all)("%s", (_, result) => {
  it("is a submission: a head and a data file for every table", () => {
    const [first, ...files] = hepdataSubmission(result);
    expect(first?.name).toBe("submission.yaml");
    const [info, ...heads] = documentsOf(first!.text);
    keysAre(info, ["comment"]);
    for (const head of heads) isTableHead(head);
    expect(heads.map((head) => head["data_file"])).toEqual(files.map(({ name }) => name));
    for (const key of ["name", "data_file"]) expect(new Set(heads.map((head) => head[key])).size).toBe(heads.length);
    for (const { text } of files) isDataTable(parse(text, { version: "1.1" }));
  });

  it("is one file with the same tables, a document each", () => {
    const [, ...tables] = documentsOf(toHepdata(result));
    const [head, ...files] = hepdataSubmission(result);
    const [, ...heads] = documentsOf(head!.text);
    expect(tables.map((table, i) => ({ ...table, data_file: files[i]!.name }))).toEqual(
      heads.map((one, i) => ({ ...one, ...parse(files[i]!.text, { version: "1.1" }) })),
    );
  });

  it("holds numbers as YAML 1.1 reads them: never an exponent without a point", () => {
    expect(toHepdata(result)).not.toMatch(/[{ ](?:value|low|high|symerror|minus|plus): -?\d+e/);
  });
});

/** Tables of a result by name. */
function tablesOf(
  result: HepdataResult,
): Map<string, { x: Json[][]; y: { name: string; qualifiers: Json[]; values: Json[] }[] }> {
  const [, ...tables] = documentsOf(toHepdata(result));
  type Column = { header: { name: string }; qualifiers: Json[]; values: Json[] };
  return new Map(
    tables.map((table) => [
      table["name"] as string,
      {
        x: (table["independent_variables"] as Column[]).map(({ values }) => values),
        y: (table["dependent_variables"] as Column[]).map(({ header, qualifiers, values }) => ({
          name: header.name,
          qualifiers,
          values,
        })),
      },
    ]),
  );
}

function qualifier(qualifiers: readonly Json[], name: string): unknown {
  return qualifiers.find((one) => one["name"] === name)?.["value"];
}

describe("a region", () => {
  it("has a table per line of every level, islands before their holes, closed, in order", () => {
    const tables = tablesOf(results.region);
    expect([...tables.keys()]).toEqual([
      "Level 1, 90 % CL, island 1",
      "Level 1, 90 % CL, island 1, hole 1",
      "Level 2, 99 % CL, island 1",
      "Level 2, 99 % CL, island 1, hole 1",
      "Best fits",
    ]);
    const { outer, holes } = results.region.regions[0]!.polygons[0]!;
    for (const [name, ring] of [
      ["Level 1, 90 % CL, island 1", outer],
      ["Level 1, 90 % CL, island 1, hole 1", holes[0]!],
    ] as const) {
      const { x, y } = tables.get(name)!;
      const points = x[0]!.map((one, k) => [one["value"], y[0]!.values[k]!["value"]]);
      expect(points).toEqual([...ring, ring[0]]);
      expect(qualifier(y[0]!.qualifiers, "line")).toBe(name.includes("hole") ? "hole" : "outer line");
      expect(qualifier(y[0]!.qualifiers, "CL")).toBe(90);
      expect(qualifier(y[0]!.qualifiers, "degrees of freedom")).toBe(2);
      // 90 % of a chi^2 distribution with two degrees of freedom: -2 ln 0.1.
      expect(qualifier(y[0]!.qualifiers, "Delta chi^2")).toBeCloseTo(4.605170186, 9);
    }
  });

  it("says where a line is open", () => {
    const open = tablesOf(results.open).get("90 % CL, island 1")!;
    expect(qualifier(open.y[0]!.qualifiers, "line")).toBe("outer line, open");
    expect(qualifier(open.y[0]!.qualifiers, "window of xi_S")).toBe("-0.5 to 0.5");
  });
});

describe("a fit", () => {
  it("has its intervals, a row per segment, and an error at every minimum inside one", () => {
    const tables = tablesOf(results.fit);
    const { x, y } = tables.get("Intervals of xi_V")!;
    const segments = results.fit.intervals.flatMap((one) => one.segments);
    expect(segments.length).toBeGreaterThan(2);
    expect(y[0]!.values.map((one) => one["value"])).toEqual(segments.map(([low]) => low));
    expect(y[1]!.values.map((one) => one["value"])).toEqual(segments.map(([, high]) => high));
    expect(x[0]![0]!["value"] as number).toBeCloseTo(68.2689, 4);
    const best = tables.get("Best fits")!.y[0]!.values[0] as { value: number; errors: [{ asymerror: Json }] };
    const around = results.fit.intervals[0]!.segments.find(([low, high]) => low! < best.value && best.value < high!)!;
    const { minus, plus } = best.errors[0].asymerror as { minus: number; plus: number };
    expect([best.value + minus, best.value + plus]).toEqual(around.map((end) => expect.closeTo(end!, 12)));
  });

  it("says of what data and with which choices", () => {
    const { qualifiers } = tablesOf(results.fit).get("Best fits")!.y[0]!;
    const value = (name: string): unknown => qualifier(qualifiers, name);
    expect(value("experiment")).toBe("coherent-csi-2017 + coherent-lar-2020");
    expect(value("data of coherent-csi-2017")).toBe("observed");
    expect(value("data of coherent-lar-2020")).toBe("Asimov");
    expect(value("fixed xi_S")).toBe(1e-7);
    expect(value("true xi_V")).toBe(0.1);
    expect(value("fitted parameters")).toBe("xi_V");
    expect(value("software")).toMatch(/^nurecoil \d/);
  });

  it("writes an open end as no number, and radii in fm with the error of the curvature or of the interval", () => {
    const open = tablesOf(results.openFit).get("Intervals of xi_V")!;
    expect(open.y[0]!.values[0]!["value"]).toBe("-");
    expect(toHepdata(results.impacts)).toContain("{name: R_n_CsI, units: fm}");
    const impacts = tablesOf(results.impacts).get("Impacts on R_n_CsI")!;
    expect(impacts.y[1]!.values.map((one) => one["value"])).toEqual(
      results.impacts.impacts.map(({ shifts }) => shifts[0]!.up),
    );
  });

  it("never names the place of a user's folder", () => {
    const [first] = results.openFit.spec.experiments;
    const spec = { ...results.openFit.spec, experiments: [{ ...first!, id: "/some/where/my-experiment/" }] };
    const text = toHepdata({ ...results.openFit, spec });
    expect(text).toContain("value: my-experiment}");
    expect(text).not.toContain("/some");
  });
});

describe("events", () => {
  it("have bins, components, and data with their errors", () => {
    const { x, y } = [...tablesOf(results.predict).values()][0]!;
    expect(x[0]![0]).toEqual({ low: 6, high: 8 });
    expect(y.map(({ name }) => name)).toEqual([
      "cevns nu_e",
      "cevns nu_mu",
      "cevns anti_nu_mu",
      "brn",
      "total",
      "data",
    ]);
    expect(y.at(-1)!.values[0]).toEqual({
      value: results.predict.observed![0],
      errors: [{ symerror: results.predict.errors![0], label: "one standard deviation" }],
    });
    expect(qualifier(y[0]!.qualifiers, "fitted parameters")).toBeUndefined();
  });

  it("of a Poisson likelihood are data without errors; of a detector to be built there are none", () => {
    const poisson = [...tablesOf(results.poisson).values()][0]!;
    expect(poisson.x).toHaveLength(2);
    expect(poisson.y.at(-1)!.name).toBe("data");
    expect(poisson.y.at(-1)!.values.every((one) => one["errors"] === undefined)).toBe(true);
    const projection = [...tablesOf(results.projection).values()][0]!;
    expect(projection.y.at(-1)!.name).toBe("total");
    expect(qualifier(projection.y[0]!.qualifiers, "mass")).toBe("50 kg");
  });
});

it("points without an answer have no number", () => {
  const { y } = tablesOf(results.profile).get("Profile of xi_V")!;
  expect(y.map(({ values }) => values.map((one) => one["value"]))).toEqual([
    [4.5, "-", 7],
    [1.5, "-", 4],
    [0.25, "-", -0.5],
  ]);
  expect(qualifier(y[0]!.qualifiers, "fitted parameters")).toBe("xi_S");
});

describe("an archive", () => {
  it("holds the files of the submission, the same bytes at any time and place", () => {
    const bytes = hepdataArchive(results.predict);
    const files = Object.entries(unzipSync(bytes)).map(([name, data]) => ({
      name,
      text: new TextDecoder().decode(data),
    }));
    expect(files).toEqual(hepdataSubmission(results.predict));
    // Time and date of the first entry (bytes 10 to 13 of its header): midnight, 1 January 1980.
    expect([...bytes.slice(10, 14)]).toEqual([0, 0, 0x21, 0]);
  });
});
