import { describe, expect, it } from "vitest";
import { fitCsv, predictCsv, profileCsv, regionCsv } from "../../src/report/index.ts";
import { results } from "./results.ts";

function rowsOf(text: string): string[][] {
  expect(text.endsWith("\n")).toBe(true);
  return text
    .trimEnd()
    .split("\n")
    .map((line) => line.split(","));
}

describe("regionCsv", () => {
  it("has a row per point of every ring, each number with all its digits", () => {
    const [header, ...rows] = rowsOf(regionCsv(results.region));
    expect(header).toEqual(["cl", "island", "ring", "xi_S", "xi_V"]);
    const rings = results.region.regions.flatMap(({ cl, polygons }) =>
      polygons.flatMap(({ outer, holes }, i) =>
        [outer, ...holes].map((ring, k) => ({ key: [cl, i + 1, k].join(), ring })),
      ),
    );
    expect(rings).toHaveLength(4);
    for (const { key, ring } of rings) {
      const found = rows.filter((row) => row.slice(0, 3).join() === key);
      expect(found.map((row) => row.slice(3).map(Number))).toEqual(ring);
    }
    expect(rows).toHaveLength(rings.reduce((sum, { ring }) => sum + ring.length, 0));
  });
});

describe("fitCsv", () => {
  it("has minima, then segments of intervals; what is not there is empty", () => {
    const [header, ...rows] = rowsOf(fitCsv(results.openFit));
    expect(header).toEqual(["row", "parameter", "number", "cl", "low", "value", "high", "error", "chi2", "status"]);
    const minima = rows.filter(([row]) => row === "minimum");
    expect(minima.map(([, name, number, , , value]) => [name, number, Number(value)])).toEqual(
      results.openFit.minima.map((one, i) => ["xi_V", String(i + 1), one.parameters["xi_V"]]),
    );
    const { segments } = results.openFit.intervals[0]!;
    const intervals = rows.filter(([row]) => row === "interval");
    expect(intervals.map((row) => [row[3], row[4], Number(row[6])])).toEqual([["0.9", "", segments[0]![1]]]);
  });
});

it("profileCsv has a row per point, an empty cell where there is no answer", () => {
  expect(profileCsv(results.profile)).toBe("xi_V,chi2,delta_chi2,xi_S\n-1,4.5,1.5,0.25\n0,,,\n1,7,4,-0.5\n");
});

it("predictCsv of two axes runs through the last one fastest", () => {
  const [header, first, second] = rowsOf(predictCsv(results.poisson));
  const [slow, fast] = results.poisson.axes;
  expect(header!.slice(0, 4)).toEqual([
    `${slow!.name}_low [${slow!.unit}]`,
    `${slow!.name}_high [${slow!.unit}]`,
    `${fast!.name}_low [${fast!.unit}]`,
    `${fast!.name}_high [${fast!.unit}]`,
  ]);
  expect([first, second].map((row) => row!.slice(0, 4).map(Number))).toEqual([
    [slow!.edges[0], slow!.edges[1], fast!.edges[0], fast!.edges[1]],
    [slow!.edges[0], slow!.edges[1], fast!.edges[1], fast!.edges[2]],
  ]);
});
