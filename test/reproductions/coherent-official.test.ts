/**
 * What the collaborations published beside our fits: the numbers of the independent scripts are those of their files,
 * the cases come out as the case file says, and what is missed is known and named.
 */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { figure, toSvg } from "../../src/figures/index.ts";
import { shippedLibrary } from "../../src/node/library.ts";
import { readReproduction } from "../../src/node/reproduction-folder.ts";
import {
  type ReproductionOutcome,
  reproductionFigures,
  rowsOf,
  runReproduction,
} from "../../src/reproductions/index.ts";
import { expectThumbnail } from "./committed.ts";

const paper = readReproduction("coherent-official");
const library = shippedLibrary();
let outcome: ReproductionOutcome;
beforeAll(() => {
  outcome = runReproduction(paper, library);
});

type Json = { readonly [key: string]: Json } & number;
const readJson = (name: string): Json =>
  JSON.parse(readFileSync(new URL(`../reference/${name}.json`, import.meta.url), "utf8")) as Json;
const at = (json: Json, ...path: readonly string[]): number =>
  path.reduce((part, key) => part[key]!, json) satisfies number;

/** Where a case of a fit stands in a block of a plain fit. */
const quantities: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\.cevns$/, ["cevns", "events"]],
  [/\.cevns-error$/, ["cevns", "hesse"]],
  [/\.cevns-low$/, ["cevns", "low"]],
  [/\.cevns-high$/, ["cevns", "high"]],
  [/\.brn-delayed$/, ["brn-delayed", "events"]],
  [/\.brn-delayed-error$/, ["brn-delayed", "hesse"]],
  [/\.brn$/, ["brn", "events"]],
  [/\.brn-error$/, ["brn", "hesse"]],
  [/\.nin$/, ["nin", "events"]],
  [/\.nin-error$/, ["nin", "hesse"]],
  [/\.steady-state$/, ["steady-state", "events"]],
  [/\.steady-state-error$/, ["steady-state", "hesse"]],
  [/\.significance$/, ["significance"]],
  [/\.chi2$/, ["chi2"]],
  [/\.onset$/, ["pulls", "onset"]],
];

const binnings: Readonly<Record<string, string>> = {
  "csi-2021-4pe": "4 PE",
  "csi-2021-half-us": "half us",
  "csi-2021-10pe": "10 PE, quarter us",
  "csi-2021-from-8pe": "from 8 PE",
};

/** The number of a script that a case is held against, read from the script's file. */
function reference(id: string): number {
  const name = id.replace(/\.(plain|released)$/, "");
  const [analysis] = name.split(".") as [string];
  if (analysis === "sm" || analysis === "cross-section" || analysis.startsWith("sbc")) return physicsReference(name);
  if (name === "csi-2017.expected") return at(readJson("csi-2017-release"), "smTotal");
  const path = quantities.find(([pattern]) => pattern.test(name))![1];
  if (analysis === "csi-2017") return at(readJson("csi-2017-release"), "plainFit", ...path);
  const shapes = `shapes ${analysis.includes("-shapes") ? "free" : "fixed"}`;
  // The same cells with the CEvNS template of the release, in place of our own.
  const template = id.endsWith(".released") ? "plainReleased" : "plain";
  if (analysis.startsWith("lar")) return at(readJson("lar-2020-fit"), template, shapes, ...path);
  const json = readJson("csi-2021-fit");
  const binning = binnings[analysis];
  const block = `${shapes}, onset ${analysis.includes("-onset") ? "free" : "fixed"}`;
  // With free shapes the fitted events are those of the moved templates.
  const quantity = path.join() === "cevns,events" ? ["cevnsInBestShapes"] : path;
  if (binning !== undefined) return at(json, "otherBinnings", binning, block, ...quantity);
  return at(json, analysis.includes("-joint") ? "joint" : "fixed", block, ...quantity);
}

function physicsReference(name: string): number {
  const csi = readJson("csi-2021-fit");
  const spectra = readJson("spectra");
  const sigma = (...nuclei: readonly string[]): number =>
    nuclei.reduce((sum, nucleus) => sum + at(spectra, "nuclei", nucleus, "total", "mean"), 0) / nuclei.length / 1e-40;
  const counts = (detector: string, fractions: string): number =>
    at(readJson("reactor"), "counts", detector, fractions, "logarithmic", "sm", "100");
  const byFormFactor = (model: string, window: string): number =>
    at(readJson("csi-2021"), "smByFormFactor", model, window);
  const numbers: Readonly<Record<string, () => number>> = {
    "sm.helm": () => byFormFactor("helm", "0-60"),
    "sm.helm-5.09": () => byFormFactor("helm-5.09-5.03", "0-60"),
    "sm.klein-nystrand": () => byFormFactor("klein-nystrand", "0-60"),
    "sm.from-8pe": () => byFormFactor("helm", "8-60"),
    "sm.lar": () => at(readJson("lar-2020"), "smTotal"),
    "cross-section.csi-sm": () => sigma("133Cs", "127I"),
    "cross-section.csi-fit": () =>
      (sigma("133Cs", "127I") * at(csi, "fixed", "shapes fixed, onset fixed", "cevns", "events")) /
      at(csi, "smEvents", "default"),
    "cross-section.lar-sm": () => sigma("40Ar"),
    "cross-section.lar-fit": () =>
      // The likelihood is anchored to 128 events.
      (sigma("40Ar") * at(readJson("lar-2020-fit"), "plain", "shapes fixed", "cevns", "events")) / 128,
    "sbc-10-typical.rate": () => counts("sbc-lar10-inin", "typical"),
    "sbc-10-u235.rate": () => counts("sbc-lar10-inin", "pure U235"),
    "sbc-100-typical.rate": () => counts("sbc-lar100-laguna", "typical"),
    "sbc-100-u235.rate": () => counts("sbc-lar100-laguna", "pure U235"),
  };
  return numbers[name]!();
}

describe("case file", () => {
  const plain = paper.cases.filter(({ published }) => published === null);

  it("holds the number of a script for every case that is held against one", () => {
    expect(plain.length).toBe(98);
    for (const { id, expected } of plain) {
      if (expected === null || !("value" in expected)) throw new Error(`${id}: no value`);
      // Eight digits are written.
      expect(Math.abs(expected.value / reference(id) - 1), id).toBeLessThan(1e-7);
      expect(expected.tolerance.relative, id).toBeLessThanOrEqual(0.03);
    }
  });

  it("has a script beside every published number of a fit", () => {
    // No script fits the weak mixing angle.
    const fitted = paper.cases.filter(
      ({ group, published, expected }) => published !== null && expected !== null && group !== "weak-mixing-angle",
    );
    for (const { id } of fitted) expect(plain.map((one) => one.id)).toContain(`${id}.plain`);
  });
});

describe("cases", () => {
  it("misses five published numbers and three of the released template, each with its cause", () => {
    const missed = outcome.outcomes.filter((one) => one.status === "missed");
    expect(missed.map((one) => one.case.id)).toEqual([
      "csi-2017.significance",
      "csi-2021.cevns-error",
      "lar-2020.cevns",
      "lar-2020.cevns.released",
      "lar-2020.significance",
      "lar-2020.significance.released",
      "lar-2020.chi2.released",
      "cross-section.lar-fit",
    ]);
    for (const { note } of missed) expect(note).not.toBe("");
  });

  it("agrees with the plain fits far better than asked", () => {
    for (const { case: one, ours } of outcome.outcomes) {
      if (!one.id.endsWith(".plain") || one.expected === null || !("value" in one.expected)) continue;
      // Natural argon against pure 40Ar is the largest difference there is: 0.13 % of the cross section.
      expect(Math.abs((ours as number) / one.expected.value - 1), one.id).toBeLessThan(2e-3);
    }
  });

  it("misses when an analysis is another one: without arrival times", () => {
    const { "csi-2021": usual, ...others } = paper.analyses;
    const coarse = { ...usual!, edges: { "coherent-csi-2021": { time: [0, 6] } } };
    const changed = {
      ...paper,
      analyses: { ...others, "csi-2021": coarse },
      cases: paper.cases.filter(
        ({ id }) => id === "csi-2021.significance.plain" || id === "csi-2021.cevns-error.plain",
      ),
    };
    expect(runReproduction(changed, library).outcomes.map(({ status }) => status)).toEqual(["missed", "missed"]);
  });
});

describe("rows", () => {
  it("shows the published and the independent number of a measure in one row, with both verdicts", () => {
    const row = rowsOf(outcome.outcomes, "lar-2020")[0]!;
    expect(row.published).toBe("159 ± 43");
    // scripts/reference/lar2020_fit.py: 134.106
    expect(row.independent).toBe("134.1");
    expect(row.verdicts.map(({ status }) => status)).toEqual(["missed", "met", "missed"]);
    expect(row.note).toContain("153.6");
    // Its key says statistical, its comment that systematic uncertainties are included.
    expect(row.note).toContain("uncertainty_stat");
  });

  it("shows the interval of the weak mixing angle in one row", () => {
    const [best, interval] = rowsOf(outcome.outcomes, "weak-mixing-angle");
    expect(best!.verdicts.map(({ status }) => status)).toEqual(["met"]);
    // arXiv:2110.07730: 0.220 +0.028 -0.026
    expect(interval!.published).toBe("[0.194, 0.248]");
    expect(interval!.verdicts.map(({ status }) => status)).toEqual(["met"]);
  });
});

describe("figure", () => {
  it("shows every fit of the case file with its error, and looks as it did", async () => {
    const [spec] = reproductionFigures["coherent-official"]!(outcome.session);
    // Published, script, ours; seven variants of CsI 2021 and one of LAr 2020.
    expect(spec!.panels.map(({ y }) => y.categories!.length)).toEqual([3, 10, 4]);
    await expect(toSvg(figure(spec!))).toMatchFileSnapshot("snapshots/coherent-official-fitted-events.svg");
    expectThumbnail("coherent-official", spec!);
  });
});
