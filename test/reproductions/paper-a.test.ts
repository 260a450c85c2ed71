/**
 * The reproduction of arXiv:1806.07424 as users get it: cases judged, report written, the same bytes twice. The numbers
 * themselves are held against the paper and against independent scripts inside the cases.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reproduceSchema } from "../../src/analysis/results.ts";
import { figure, toSvg } from "../../src/figures/index.ts";
import { shippedLibrary } from "../../src/node/library.ts";
import { checkReportFolder, reportFiles, writeReport } from "../../src/node/report-folder.ts";
import { readReproduction } from "../../src/node/reproduction-folder.ts";
import {
  type ReproductionOutcome,
  reproduceResult,
  reproductionFigures,
  runReproduction,
} from "../../src/reproductions/index.ts";
import { allowed } from "../../src/reproductions/run.ts";
import { expectThumbnail } from "./committed.ts";

const folder = mkdtempSync(join(tmpdir(), "nurecoil-report-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let outcome: ReproductionOutcome;
beforeAll(() => {
  outcome = runReproduction(readReproduction("1806.07424"), shippedLibrary());
});

describe("cases", () => {
  it("covers Tables 1 and 2 and figures 1 to 7", () => {
    const groups = new Set(outcome.outcomes.map((one) => one.case.group));
    for (const group of [
      "table-1",
      "table-2",
      "figure-1",
      "figure-2",
      "figure-3",
      "figure-4",
      "figure-5",
      "figure-6",
      "figure-7",
    ]) {
      expect(groups).toContain(group);
    }
  });

  it("holds every printed number of Tables 1 and 2, counted in the paper", () => {
    // Table 1: 4 best fits, 4 + 8 + 4 ends; Table 2: 2 + 2 + 2 + 2 + 2 best fits, 3 pairs x 2 parameters x 2 levels x 2 ends.
    const printed = (group: string, kind: string) =>
      outcome.outcomes.filter((one) => one.case.group === group && one.case.measure.kind === kind).length;
    expect([printed("table-1", "minimum"), printed("table-1", "interval-end")]).toEqual([4, 16]);
    expect([printed("table-2", "minimum"), printed("table-2", "interval-end")]).toEqual([10, 24]);
  });

  it("misses none, and calls `offset` only what the moved inputs bring back", () => {
    expect(outcome.outcomes.filter((one) => one.status === "missed").map((one) => one.case.id)).toEqual([]);
    const offset = outcome.outcomes.filter((one) => one.status === "offset");
    expect(offset.length).toBeGreaterThan(0);
    for (const { case: one, ours, shifted } of offset) {
      const { expected } = one;
      if (expected === null || !("value" in expected)) throw new Error(`${one.id}: offset without a value`);
      expect(Math.abs((ours as number) - expected.value)).toBeGreaterThan(allowed(expected.value, expected.tolerance));
      const left = Math.max(
        allowed(expected.value, outcome.paper.offset!.tolerance),
        allowed(expected.value, expected.tolerance),
      );
      expect(Math.abs((shifted as number) - expected.value)).toBeLessThanOrEqual(left);
    }
  });

  it("turns to `missed` when an input is off: Klein-Nystrand for Helm", () => {
    const table = { ...outcome.paper, cases: outcome.paper.cases.filter((one) => one.id.startsWith("table-1.xi_V")) };
    const { outcomes } = runReproduction(table, shippedLibrary(), undefined, { formFactor: "klein-nystrand" });
    expect(outcomes.some((one) => one.status === "missed")).toBe(true);
  });

  it("gives a result that its schema accepts", () => {
    expect(reproduceSchema.safeParse(reproduceResult(outcome, ["index.html"])).error).toBeUndefined();
  });
});

describe("figures", () => {
  it.each(["1", "2", "3", "4", "5", "6", "7"])("figure %s looks as it did", async (number) => {
    const spec = reproductionFigures["1806.07424"]!(outcome.session).find((one) => one.id === `figure-${number}`)!;
    await expect(toSvg(figure(spec))).toMatchFileSnapshot(`snapshots/1806.07424-figure-${number}.svg`);
    expectThumbnail("1806.07424", spec);
  });
});

describe("report", () => {
  it("writes page, tables and figures in three formats, the same bytes twice", async () => {
    const [first, second] = [await reportFiles(outcome), await reportFiles(outcome)];
    expect(Object.keys(first).filter((path) => path.startsWith("figures/")).length).toBe(21);
    for (const [path, content] of Object.entries(first))
      expect(Buffer.from(second[path]!).equals(Buffer.from(content)), path).toBe(true);
    writeReport(join(folder, "a"), "1806.07424", first);
    expect(readFileSync(join(folder, "a", "index.html"), "utf8")).toContain("<svg");
    // Again into the same folder: an earlier report is replaced.
    writeReport(join(folder, "a"), "1806.07424", second);
    expect(readdirSync(join(folder, "a")).sort()).toEqual([
      "REPRODUCTIONS.md",
      "figures",
      "index.html",
      "manifest.json",
      "result.json",
    ]);
  });

  it("leaves a folder alone that holds something else", () => {
    const other = join(folder, "other");
    mkdirSync(other);
    writeFileSync(join(other, "thesis.tex"), "mine");
    expect(() => checkReportFolder(other, "1806.07424")).toThrow(/thesis\.tex/);
    expect(() => writeReport(other, "1806.07424", { "index.html": "x" })).toThrow(/thesis\.tex/);
    expect(existsSync(join(other, "index.html"))).toBe(false);
  });

  it("replaces only a report of the same paper", () => {
    const place = join(folder, "b");
    writeReport(place, "one", {
      "manifest.json": JSON.stringify({
        format: "nurecoil/report/1",
        paper: "one",
        files: ["manifest.json", "old.txt"],
      }),
      "old.txt": "x",
    });
    expect(() => checkReportFolder(place, "two")).toThrow(/no part of an earlier report of two/);
    writeReport(place, "one", {
      "manifest.json": JSON.stringify({ format: "nurecoil/report/1", paper: "one", files: ["manifest.json"] }),
    });
    expect(readdirSync(place)).toEqual(["manifest.json"]);
  });
});
