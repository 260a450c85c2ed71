/** Cards: every figure and table of the papers, states that run and show what the cases judge, and what is refused. */
import { describe, expect, it } from "vitest";
import { fit } from "../../src/analysis/fit.ts";
import { predict } from "../../src/analysis/predict.ts";
import { prepare } from "../../src/analysis/prepare.ts";
import { region } from "../../src/analysis/region.ts";
import { parseSpec } from "../../src/analysis/spec.ts";
import { shippedLibrary } from "../../src/node/library.ts";
import { listReproductions, readReproduction } from "../../src/node/reproduction-folder.ts";
import { type CardState, parseCards } from "../../src/reproductions/index.ts";
import { ofRegion } from "../../src/reproductions/region-measures.ts";
import { committedCards, committedFigures, committedOutcomes, readCommitted } from "./committed.ts";

const library = shippedLibrary();
const papers = listReproductions().map(readReproduction);
const panels = papers.flatMap((paper) =>
  committedCards(paper).cards.flatMap((card) =>
    card.panels.map(({ label, state }) => [paper.paper, card.id, label, state] as const),
  ),
);

/** Counted in the papers: every caption. */
const places = {
  "1806.07424": ["Table 1", "Table 2", ...[1, 2, 3, 4, 5, 6, 7, 8].map((number) => `Figure ${number}`)],
  "nufact2021-gni": ["Figure 1", "Figure 2"],
} as const;

describe("cards", () => {
  it.each(Object.entries(places))("of %s are every table and figure, once", (id, expected) => {
    const { cards } = committedCards(readReproduction(id));
    const found = cards.map(({ place }) => place).filter((place) => /^(Table|Figure) \d+$/.test(place));
    expect(found.sort()).toEqual([...expected].sort());
  });

  it.each(papers.map(({ paper }) => paper))("of %s show each of our figures once", (id) => {
    const { cards } = committedCards(readReproduction(id));
    const figures = cards.flatMap(({ figure }) => (figure === null ? [] : [figure]));
    expect(figures.sort()).toEqual(committedFigures(id).sort());
  });

  it("say where no state shows what they are about", () => {
    const nearest = papers.flatMap((paper) =>
      committedCards(paper)
        .cards.filter((card) => card.nearest !== null)
        .map(({ id }) => id),
    );
    expect(nearest.sort()).toEqual(["cross-sections", "csi-2021-binnings", "figure-8", "p-along-eps"]);
  });
});

/** chi^2 of the state's free parameters, and their names. */
function open(state: CardState) {
  const analysis = prepare(parseSpec(state.spec), library);
  const { free, plane } = analysis.spec;
  const names = [...new Set([...(plane ?? []), ...free])];
  const objective = analysis.objective(names);
  const chi2At = (at: Readonly<Record<string, number>>): number =>
    objective.evaluate(objective.names.map((name) => at[name]!));
  return { analysis, names, chi2At };
}

describe("states", () => {
  it.each(panels)("%s, %s, %s: runs, its point lies in the search ranges", (_, __, ___, state) => {
    const { analysis, names, chi2At } = open(state);
    for (const name of names) {
      const [low, high] = analysis.range(name);
      expect(state.at[name]).toBeGreaterThanOrEqual(low);
      expect(state.at[name]).toBeLessThanOrEqual(high);
    }
    const chi2 = chi2At(state.at);
    expect(Number.isFinite(chi2)).toBe(true);
    // A point off the standard model is a best fit: a step to any side is worse.
    if (Object.entries(state.at).every(([name, value]) => value === 0 && !name.includes("."))) return;
    for (const name of names) {
      for (const step of [-0.01, 0.01])
        expect(chi2At({ ...state.at, [name]: state.at[name]! + step })).toBeGreaterThan(chi2);
    }
  });

  // Full likelihoods take seconds each; the cases of their analyses are run elsewhere.
  const quick = panels.filter(([, , , { spec }]) => !JSON.stringify(spec.experiments).includes("poisson"));
  const profiles = quick.filter(([paper, , , { view }]) => paper === "1806.07424" && view.tab === "profile");
  it.each(profiles)("%s, %s, %s: gives the intervals of the cases", (id, _, __, { spec }) => {
    const { intervals } = fit(prepare(parseSpec(spec), library));
    let compared = 0;
    for (const { case: one, ours } of committedOutcomes(readReproduction(id))) {
      const { measure } = one;
      if (measure.kind !== "interval-end" || !sameNames(measure.free, spec.free!)) continue;
      const found = intervals.find(({ parameter, cl }) => parameter === measure.parameter && cl === measure.cl)!;
      expect(found.segments[measure.segment]![measure.end === "low" ? 0 : 1]).toBeCloseTo(ours as number, 6);
      compared++;
    }
    expect(compared).toBeGreaterThan(3);
  });

  const planes = quick.filter(
    ([paper, card, , { view }]) =>
      view.tab === "region" && (paper === "1806.07424" || (paper === "nufact2021-gni" && /figure-[12]/.test(card))),
  );
  it.each(planes)("%s, %s, %s: gives the regions of the cases", (id, card, _, { spec }) => {
    const result = region(prepare(parseSpec(spec), library));
    const paper = readReproduction(id);
    const groups = committedCards(paper).cards.find((one) => one.id === card)!.groups;
    let compared = 0;
    for (const { case: one, ours } of committedOutcomes(paper)) {
      const { measure } = one;
      if (measure.kind !== "region" || !groups.includes(one.group)) continue;
      if (measure.plane.join() !== spec.plane!.join() || measure.dof !== spec.dof) continue;
      const analysis = measure.analysis === undefined ? paper : paper.analyses[measure.analysis]!.spec;
      if (JSON.stringify(analysis.experiments) !== JSON.stringify(spec.experiments)) continue;
      const found = ofRegion(result, measure);
      // The same question asked again: how sharp a border is hangs on the levels asked for together.
      if (typeof found !== "number") expect(found, one.id).toBe(ours);
      else expect(Math.abs(found - (ours as number)), one.id).toBeLessThan(2e-4 * Math.max(1, Math.abs(found)));
      compared++;
    }
    expect(compared).toBeGreaterThan(0);
  });

  it("of figure 1 hold the events of its cases", () => {
    const [state] = panels.find(([paper, card]) => paper === "1806.07424" && card === "figure-1")!.slice(3) as [
      CardState,
    ];
    const { components } = predict(prepare(parseSpec({ ...state.spec, free: [] }), library));
    const events = components
      .filter(({ flavour }) => flavour !== null)
      .reduce((sum, { counts }) => sum + counts.reduce((all, count) => all + count, 0), 0);
    const { ours } = committedOutcomes(readReproduction("1806.07424")).find((one) => one.case.id === "figure-1.total")!;
    expect(events).toBeCloseTo(ours as number, 6);
  });
});

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return [...a].sort().join() === [...b].sort().join();
}

describe("parseCards", () => {
  const paper = readReproduction("coherent-official");
  const whole = readCommitted(paper.paper, "cards.json") as {
    readonly cards: readonly (object & { readonly panels: readonly { readonly state: object }[] })[];
  };
  const parse = (data: unknown) => parseCards(data, "cards.json", paper, ["fitted-events"]);
  const withCard = (change: object) => ({
    ...whole,
    cards: [{ ...whole.cards[0]!, ...change }, ...whole.cards.slice(1)],
  });
  const withState = (change: object) =>
    withCard({ panels: [{ label: "one", state: { ...whole.cards[0]!.panels[0]!.state, ...change } }] });
  const spec = { free: ["coherent-csi-2021.cevns"] };

  it("accepts the file", () => {
    expect(parse(whole).cards).toHaveLength(whole.cards.length);
  });

  it("completes a state with what its analysis chooses", () => {
    const [card] = parse(whole).cards;
    expect(card!.panels[0]!.state.spec).toMatchObject({
      ...paper.analyses["csi-2021"]!.spec,
      convention: "B",
      ...spec,
    });
  });

  it.each<[string, unknown, RegExp]>([
    ["another format", { ...whole, format: "nurecoil/cards/2" }, /format/],
    ["cards of another paper", { ...whole, paper: "1806.07424" }, /is of 1806\.07424, not of coherent-official/],
    ["a group that is on no card", { ...whole, cards: whole.cards.slice(0, -1) }, /the group "sbc" is on no card/],
    ["an unknown group", withCard({ groups: ["csi-2018"] }), /no group "csi-2018".*csi-2017/],
    ["an unknown figure", withCard({ figure: "fitted" }), /no figure "fitted"/],
    ["an id given twice", withCard({ id: "sbc" }), /"sbc" is given twice/],
    ["a card without a state", withCard({ panels: [] }), /cards\.0\.panels/],
    ["an unknown field", withCard({ caption: "x" }), /caption/],
    ["an unknown analysis", withState({ analysis: "csi-2022" }), /no analysis "csi-2022"/],
    ["an analysis whose bins no spec holds", withState({ analysis: "csi-2021-4pe" }), /has edges of its own/],
    ["a wrong spec", withState({ spec: { ...spec, dof: 3 } }), /cards\.0\.panels\.0\.state.*dof/],
    ["a field that a spec does not have", withState({ spec: { ...spec, frees: [] } }), /frees/],
    ["a point without a free parameter", withState({ at: {} }), /says nothing of "coherent-csi-2021\.cevns"/],
    ["a point of what is not free", withState({ at: { "coherent-csi-2021.cevns": 1, xi_V: 0 } }), /"xi_V" is not free/],
    ["a region without a plane", withState({ view: { tab: "region" } }), /a region needs a plane/],
    ["a profile of what is not free", withState({ view: { tab: "profile", parameter: "xi_V" } }), /no profile here/],
    [
      "a window that goes down",
      withState({
        view: {
          tab: "region",
          window: [
            [1, 0],
            [0, 1],
          ],
        },
      }),
      /must go upwards/,
    ],
  ])("refuses %s", (_, broken, message) => {
    expect(() => parse(broken)).toThrow(message);
  });
});
