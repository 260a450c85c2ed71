/** The gallery: outcomes read back, claims against the papers, the index as the page gets it. */
import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import { shippedLibrary } from "../../src/node/library.ts";
import { listReproductions, readReproduction } from "../../src/node/reproduction-folder.ts";
import {
  galleryIndex,
  outcomeFile,
  type PublishedClaim,
  parseOutcome,
  publishedClaims,
  runReproduction,
  summary,
} from "../../src/reproductions/index.ts";
import { committedCards, committedFigures, committedOutcomes, committedPicture, readCommitted } from "./committed.ts";

const papers = listReproductions().map(readReproduction);

describe("outcome.json", () => {
  it("gives back what was written", () => {
    const whole = readReproduction("1806.07424");
    const paper = { ...whole, cases: whole.cases.filter(({ group }) => group === "figure-3" || group === "figure-7") };
    const outcome = runReproduction(paper, shippedLibrary());
    const text = JSON.stringify(outcomeFile(outcome));
    const read = parseOutcome(JSON.parse(text), "outcome.json", paper);
    expect(read.map((one) => [one.case.id, one.status, one.note])).toEqual(
      outcome.outcomes.map((one) => [one.case.id, one.status, one.note]),
    );
    expect(summary(read)).toBe(summary(outcome.outcomes));
  });

  const paper = readReproduction("2008.06062");
  const whole = readCommitted("2008.06062", "outcome.json") as { readonly cases: Record<string, object> };
  const { "level.0.02": left, ...others } = whole.cases;
  it.each<[string, unknown, RegExp]>([
    ["of another paper", { ...whole, paper: "1806.07424" }, /is of 1806\.07424.*npm run reproductions/],
    ["without a case", { ...whole, cases: others }, /"level\.0\.02" is missing/],
    ["with a case too many", { ...whole, cases: { ...whole.cases, other: left } }, /cases\.other.*no such case/],
    ["with an unknown status", { ...whole, cases: { ...others, "level.0.02": { ours: 1, status: "good" } } }, /status/],
  ])("is refused %s", (_, broken, message) => {
    expect(() => parseOutcome(broken, "outcome.json", paper)).toThrow(message);
  });
});

describe("small pictures", () => {
  const pictures = papers.flatMap(({ paper }) => committedFigures(paper).map((figure) => [paper, figure] as const));
  it.each(pictures)("%s, %s: 480 pixels wide and small", (paper, figure) => {
    const bytes = committedPicture(paper, figure);
    expect(bytes.length).toBeLessThan(30_000);
    expect(PNG.sync.read(bytes).width).toBe(480);
  });
});

const claims = publishedClaims(papers);
type Of<K extends PublishedClaim["kind"]> = Extract<PublishedClaim, { kind: K }>;
const claimsOf = <K extends PublishedClaim["kind"]>(kind: K, paper: string): readonly Of<K>[] =>
  claims.filter((one): one is Of<K> => one.kind === kind && one.paper === paper);

describe("publishedClaims", () => {
  it("holds the intervals of Tables 1 and 2", () => {
    const intervals = claimsOf("interval", "1806.07424");
    // Table 1: three couplings at two levels; Table 2: three pairs of two.
    expect(intervals).toHaveLength(18);
    const vector = intervals.filter(({ parameter, group }) => parameter === "xi_V" && group === "table-1");
    expect(vector.map(({ cl, profiled }) => [cl, profiled])).toEqual([
      [0.9, []],
      [0.99, []],
    ]);
    expect(vector[0]!.segments).toEqual([
      [-2.102, -1.554],
      [-0.324, 0.224],
    ]);
    expect(vector[1]!.segments[1]).toEqual([-0.436, 0.67]);
    const tensor = intervals.find(
      ({ parameter, profiled, cl }) => parameter === "xi_T" && profiled[0] === "xi_V" && cl > 0.95,
    );
    expect(tensor).toMatchObject({
      segments: [[-1.195, 1.195]],
      convention: "A",
      experiments: [{ id: "coherent-csi-2017", likelihood: "paper" }],
      method: "delta-chi2",
      label: "xi_T at 99 %, xi_V profiled",
    });
  });

  it("holds the best fits of Tables 1 and 2: of two couplings every combination of their signs", () => {
    const fits = claimsOf("best-fit", "1806.07424").map(({ free, points }) => [free.join(), points.length]);
    expect(fits).toEqual([
      ["xi_S", 1],
      ["xi_V", 2],
      ["xi_T", 1],
      ["xi_S,xi_V", 4],
      ["xi_S,xi_T", 1],
      ["xi_V,xi_T", 4],
    ]);
    const [, , , both] = claimsOf("best-fit", "1806.07424");
    for (const point of both!.points) expect([Math.abs(point["xi_S"]!), point["xi_V"]! < 0]).toEqual([0.363, true]);
  });

  it("holds what the conclusions say of quark couplings, and no shape in words", () => {
    const found = claimsOf("reach", "1806.07424").map(({ parameter, end, value, dof }) => [parameter, end, value, dof]);
    expect(found).toEqual([
      ["D_P_d", "high", 0.05, 1],
      ["C_V_u", "low", -0.85, 1],
    ]);
  });

  it("holds the four points of the vector degeneracy, and nothing of checks of our own", () => {
    const points = claimsOf("point", "nufact2021-gni");
    expect(points.map(({ point }) => point)).toContainEqual([-1.926, -1.9363]);
    expect(points).toHaveLength(4);
    expect(claims.filter(({ paper }) => paper === "nufact2021-gni")).toHaveLength(4);
  });

  it("holds intervals by toys and those printed as a value with errors", () => {
    expect(claimsOf("interval", "2008.06062")).toMatchObject([
      { parameter: "eps_V_ee", cl: 0.9, method: "feldman-cousins", segments: [[-0.04, 0.23]], convention: "B" },
    ]);
    const [angle] = claimsOf("best-fit", "coherent-official");
    // arXiv:2110.07730: 0.220 +0.028 -0.026
    expect(angle!.points).toEqual([{ sin2_theta_w: 0.22 }]);
    const [interval] = claimsOf("interval", "coherent-official");
    expect(interval).toMatchObject({ parameter: "sin2_theta_w", segments: [[0.194, 0.248]] });
    expect(interval!.cl).toBeCloseTo(0.6827, 4);
  });

  it("names cases that exist", () => {
    for (const { paper, cases } of claims) {
      const known = papers.find((one) => one.paper === paper)!.cases.map(({ id }) => id);
      for (const id of cases) expect(known).toContain(id);
    }
  });
});

describe("galleryIndex", () => {
  const sources = papers.map((paper) => ({ paper, cards: committedCards(paper), outcomes: committedOutcomes(paper) }));
  const gallery = galleryIndex(sources);
  const cardsOf = (paper: string) => gallery.papers.find((one) => one.paper === paper)!.cards;

  it("counts what came out how, printed claims apart", () => {
    const [table] = cardsOf("1806.07424");
    // 20 printed numbers and the number of minima, and two bounds of our own.
    expect(table!.printed.met + table!.printed.offset).toBe(21);
    expect(table!.status.met - table!.printed.met).toBe(2);
    expect([table!.status.missed, table!.status.notComparable]).toEqual([0, 0]);
    expect(cardsOf("nufact2021-gni")[0]!.printed.missed).toBe(1);
  });

  it("has every row of a card's groups, with what it is held against", () => {
    for (const { cards } of gallery.papers) {
      for (const { cases, status } of cards) {
        const rows = cases.flatMap((table) => table.rows.map((row) => ({ row, standards: table.standards })));
        const total = status.met + status.offset + status.missed + status.notComparable;
        expect(rows.length > 0).toBe(total > 0);
        expect(rows.length).toBeLessThanOrEqual(total);
        for (const { row, standards } of rows) for (const k of row.held) expect(standards[k]).toBeTypeOf("string");
      }
    }
    const vector = cardsOf("1806.07424")[0]!.cases[0]!.rows.find(({ id }) => id === "table-1.xi_V.90");
    expect(vector).toMatchObject({
      published: "[-2.102, -1.554] ∪ [-0.324, 0.224]",
      ours: "[-2.173, -1.607] ∪ [-0.329, 0.237]",
      status: "offset",
    });
  });

  it("is plain data", () => {
    expect(JSON.parse(JSON.stringify(gallery))).toEqual(gallery);
  });
});
