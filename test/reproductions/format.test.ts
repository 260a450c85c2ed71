/** Case files: what they may hold, what is refused, and measures of regions on shapes drawn by hand. */
import { describe, expect, it } from "vitest";
import { shippedLibrary } from "../../src/node/library.ts";
import { withEdges } from "../../src/reproductions/edges.ts";
import { markdownOf, parseReproduction, runReproduction } from "../../src/reproductions/index.ts";

const library = shippedLibrary();

const minimal = {
  format: "nurecoil/reproduction/1",
  paper: "test",
  title: "Title",
  citation: "Somebody",
  experiments: ["coherent-csi-2017@paper"],
  convention: "B",
  spectrumRecoil: "full",
  offset: null,
  study: [],
};
const one = {
  id: "a",
  group: "figure-1",
  claim: "chi^2 of the standard model",
  measure: { kind: "chi2", parameters: {} },
  published: null,
  read: "nothing is printed",
  expected: null,
};
const withCases = (...cases: readonly object[]) => ({ ...minimal, cases });

describe("parseReproduction", () => {
  it("accepts a paper in convention B without offset and study, and its report shows neither", () => {
    const paper = parseReproduction(withCases(one), "cases.json");
    const markdown = markdownOf(runReproduction(paper, library));
    expect(markdown).toContain("convention B");
    expect(markdown).not.toContain("Offset");
    expect(markdown).not.toContain("What each change of input does");
    expect(markdown).toContain("1 result of our own without an expected value");
  });

  it.each<[string, object, RegExp]>([
    [
      "an analysis that the paper does not have",
      { ...one, measure: { ...one.measure, analysis: "joint" } },
      /no analysis "joint"/,
    ],
    [
      "a region without a level",
      { ...one, measure: { kind: "region", plane: ["xi_S", "xi_V"], dof: 2, what: "area" } },
      /cl or as sigma/,
    ],
    [
      "a region with two levels",
      { ...one, measure: { kind: "region", plane: ["xi_S", "xi_V"], dof: 2, what: "area", cl: 0.9, sigma: 1 } },
      /cl or as sigma/,
    ],
    ["an unknown measure", { ...one, measure: { kind: "guess" } }, /cases\.0\.measure/],
  ])("refuses %s", (_, broken, message) => {
    expect(() => parseReproduction(withCases(broken), "cases.json")).toThrow(message);
  });

  it("refuses edges that do not rise", () => {
    const analyses = { other: { title: "t", spec: {}, edges: { "coherent-csi-2021": { pe: [0, 8, 8] } } } };
    expect(() => parseReproduction({ ...withCases(one), analyses }, "cases.json")).toThrow(/edges must rise/);
  });
});

describe("withEdges", () => {
  it("replaces the edges of an axis and leaves the others", () => {
    const { file } = withEdges(library, { "coherent-csi-2021": { pe: [0, 30, 60] } }).load("coherent-csi-2021");
    const [poisson] = file.likelihoods;
    if (poisson!.statistics === "projection") throw new Error("a projection has no cells");
    expect(poisson!.axes.map(({ edges }) => edges.length)).toEqual([3, 12]);
    expect(library.load("coherent-lar-2020")).toEqual(withEdges(library, {}).load("coherent-lar-2020"));
  });

  it("refuses an axis that no likelihood has, with the nearest name", () => {
    const wrong = withEdges(library, { "coherent-csi-2021": { times: [0, 6] } });
    expect(() => wrong.load("coherent-csi-2021")).toThrow(/no axis "times"/);
  });
});
