/** Whatever is chosen, the analysis stays one that the library accepts. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseSpec, prepare, type SpecInput } from "../../src/analysis/index.ts";
import { shippedLibrary } from "../../src/node/library.ts";
import { choicesOf } from "../../web/state/analysis-spec.ts";
import type { ExperimentEntry } from "../../web/state/catalogue.ts";
import type { Changed } from "../../web/state/change-couplings.ts";
import {
  addExperiment,
  quantityText,
  removeExperiment,
  useInstead as replaceBy,
  resetInputs,
  setCorrelated,
  setData,
  setInput,
  setLikelihood,
  settingIn,
  sharesWith,
} from "../../web/state/change-experiments.ts";
import { firstState, type PageState } from "../../web/state/page-state.ts";

const library = shippedLibrary();
const accept = (spec: SpecInput): void => void prepare(parseSpec(spec), library);
const entries: readonly ExperimentEntry[] = library.ids.map((id) => {
  const { file } = library.load(id);
  return {
    id,
    title: file.title,
    summary: file.summary,
    overlaps: file.overlaps,
    likelihoods: file.likelihoods.map((one) => ({
      id: one.id,
      description: one.description,
      projection: one.statistics === "projection",
    })),
  };
});

type Step = (state: PageState) => Changed;
const someId = fc.constantFrom(...library.ids);
const likelihoodOf = (id: string, pick: number): string => {
  const { likelihoods } = entries.find((one) => one.id === id)!;
  return likelihoods[pick % likelihoods.length]!.id;
};
const step: fc.Arbitrary<Step> = fc.oneof(
  someId.map(
    (id): Step =>
      (state) =>
        addExperiment(state, id, entries),
  ),
  someId.map(
    (id): Step =>
      (state) =>
        removeExperiment(state, id, entries),
  ),
  someId.map(
    (id): Step =>
      (state) =>
        replaceBy(state, id, entries),
  ),
  fc.tuple(someId, fc.nat(3)).map(
    ([id, pick]): Step =>
      (state) =>
        setLikelihood(state, id, likelihoodOf(id, pick), entries, true),
  ),
  fc.tuple(someId, fc.constantFrom("observed" as const, "asimov" as const)).map(
    ([id, data]): Step =>
      (state) =>
        setData(state, id, data, entries),
  ),
  // Every likelihood of every experiment uses its distance.
  fc.tuple(someId, fc.integer({ min: 1, max: 90 })).map(
    ([id, metres]): Step =>
      (state) =>
        setInput(state, id, "distance", quantityText(metres, "m"), entries),
  ),
  someId.map(
    (id): Step =>
      (state) =>
        resetInputs(state, id, entries),
  ),
  fc.boolean().map(
    (correlated): Step =>
      (state) =>
        setCorrelated(state, correlated),
  ),
);

/** As a link may bring it: an Asimov truth and a nuisance that is set. */
const linked: PageState = {
  ...firstState,
  spec: {
    ...firstState.spec,
    experiments: [{ id: "coherent-csi-2017", data: "asimov" }],
    truth: { xi_V: 0.2 },
    parameters: { xi_T: 0, "coherent-csi-2017.signal": 0.1 },
  },
};

describe("any sequence of changes", () => {
  test.each([
    ["from the first state", firstState, 12],
    ["from a link", linked, 12],
  ])("%s leaves a spec that the library accepts, or is refused in words", (_, first, numRuns) => {
    let refused = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 3, maxLength: 12 }), (steps) => {
        let state = first;
        for (const one of steps) {
          const next = one(state);
          if (typeof next === "string") {
            expect(next).toMatch(/\w+ \w+/);
            refused++;
          } else state = next;
          expect(choicesOf(state.spec).length).toBeGreaterThan(0);
        }
        accept(state.spec);
      }),
      { numRuns, seed: 5 },
    );
    expect(refused).toBeGreaterThan(0);
  });
});

describe("one change", () => {
  test("experiments that share events are refused with the title of the other, or take its place", () => {
    expect(sharesWith(firstState, "coherent-csi-2021", entries)).toEqual(["coherent-csi-2017"]);
    const title = entries.find((one) => one.id === "coherent-csi-2017")!.title;
    expect(addExperiment(firstState, "coherent-csi-2021", entries)).toBe(`it shares events with ${title}`);
    const next = replaceBy(firstState, "coherent-csi-2021", entries) as PageState;
    expect(next.spec.experiments).toEqual(["coherent-csi-2021"]);
    const allowed = { ...firstState, spec: { ...firstState.spec, allowOverlap: true } };
    const both = addExperiment(allowed, "coherent-csi-2021", entries) as PageState;
    expect(both.spec.experiments).toEqual(["coherent-csi-2017", "coherent-csi-2021"]);
  });

  test("the last experiment stays", () => {
    expect(removeExperiment(firstState, "coherent-csi-2017", entries)).toMatch(/at least one/);
  });

  test("specs are written as short as they can be", () => {
    const id = "coherent-csi-2017";
    const set = setInput(firstState, id, "mass", quantityText(20, "kg"), entries);
    expect(set.spec.experiments).toEqual([{ id, set: { mass: "20 kg" } }]);
    expect(setInput(set, id, "mass", null, entries).spec.experiments).toEqual([id]);
    const other = setLikelihood(firstState, id, "release", entries);
    expect(other.spec.experiments).toEqual([`${id}@release`]);
    expect(setLikelihood(other, id, "paper", entries).spec.experiments).toEqual([id]);
    const asimov = setData(other, id, "asimov", entries);
    expect(asimov.spec.experiments).toEqual([{ id, likelihood: "release", data: "asimov" }]);
    expect(setData(asimov, id, "observed", entries).spec.experiments).toEqual([`${id}@release`]);
  });

  test("a truth goes with the last Asimov data, names of an experiment with it", () => {
    expect(setData(linked, "coherent-csi-2017", "observed", entries).spec.truth).toBeUndefined();
    const both = addExperiment(linked, "sbc-lar10-inin", entries) as PageState;
    expect(both.spec.truth).toEqual({ xi_V: 0.2 });
    const left = removeExperiment(both, "coherent-csi-2017", entries) as PageState;
    expect(left.spec.parameters).toEqual({ xi_T: 0 });
    expect(left.spec.truth).toEqual({ xi_V: 0.2 });
    accept(left.spec);
  });

  test("settings are read in the unit of the release, others are left to their owner", () => {
    expect(settingIn("20 kg", "kg")).toBe(20);
    expect(settingIn("13.99 GW h", "GW h")).toBe(13.99);
    expect(settingIn("0.08", "1")).toBe(0.08);
    expect(settingIn("2 t", "kg")).toBeUndefined();
    expect(settingIn(undefined, "kg")).toBeUndefined();
  });
});
