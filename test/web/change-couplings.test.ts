/** Whatever is done to the couplings, the analysis stays one that the library accepts. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { draftRegionSteps, parseSpec, prepare, type SpecInput } from "../../src/analysis/index.ts";
import { sin2ThetaW } from "../../src/constants.ts";
import { couplingNames } from "../../src/interactions/index.ts";
import { shippedLibrary } from "../../src/node/library.ts";
import { complete } from "../../src/statistics/index.ts";
import { couplingsOf, valuesOf } from "../../web/state/analysis-spec.ts";
import {
  addCoupling,
  applyPreset,
  type Change,
  closePlane,
  hasPreset,
  joinFlavours,
  moveTo,
  presets,
  removeCoupling,
  resetToStandard,
  setFree,
  setPlane,
  setValue,
  splitFlavours,
} from "../../web/state/change-couplings.ts";
import { levelsIn, setLevelKind, setOption, toggleLevel } from "../../web/state/change-options.ts";
import { firstState, type PageState } from "../../web/state/page-state.ts";

const library = shippedLibrary();
const accept = (spec: SpecInput): void => void prepare(parseSpec(spec), library);

/** Couplings that move something on caesium iodide: those of spin need a response, none of its sources makes nu_tau. */
const acting = couplingNames.filter(
  (name) => /^(xi_[SVT]|C_[SVT]_[ud]|D_[PA]_[ud]|eps_[ud]?V|sin2)/.test(name) && !/_tau$|tautau$/.test(name),
);
const known = (state: PageState, pick: number): string => {
  const names = couplingsOf(state);
  return names.length === 0 ? "xi_S" : names[pick % names.length]!;
};

const pick = fc.nat(1000);
const change: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(...acting).map(
      (name): Change =>
        (state) =>
          addCoupling(state, name),
    ),
  },
  pick.map(
    (one): Change =>
      (state) =>
        removeCoupling(state, known(state, one)),
  ),
  fc.tuple(pick, fc.boolean()).map(
    ([one, free]): Change =>
      (state) =>
        setFree(state, known(state, one), free),
  ),
  fc.tuple(pick, fc.constantFrom("x" as const, "y" as const)).map(
    ([one, axis]): Change =>
      (state) =>
        setPlane(state, axis, known(state, one)),
  ),
  fc.tuple(pick, fc.double({ min: 0, max: 1, noNaN: true })).map(
    ([one, value]): Change =>
      (state) =>
        setValue(state, known(state, one), value),
  ),
  pick.map(
    (one): Change =>
      (state) =>
        splitFlavours(state, known(state, one)),
  ),
  pick.map(
    (one): Change =>
      (state) =>
        joinFlavours(state, known(state, one)),
  ),
  fc.constantFrom(...presets).map(
    (preset): Change =>
      (state) =>
        applyPreset(state, preset),
  ),
  fc.constant<Change>(closePlane),
  fc.constant<Change>(resetToStandard),
);

/** As a link may bring it: with a range, a nuisance, names that are profiled. */
const linked: PageState = {
  ...firstState,
  spec: {
    experiments: ["coherent-csi-2017"],
    free: ["xi_S", "coherent-csi-2017.signal"],
    parameters: { xi_V: 0.1 },
    plane: ["xi_T", "xi_S"],
    ranges: { xi_S: [-1, 1], xi_T: [-2, 2] },
  },
  at: { xi_S: 0.2, xi_T: 0.3, "coherent-csi-2017.signal": 0 },
};

function place(state: PageState): void {
  const { free = [], parameters = {}, plane } = state.spec;
  const moved = [...free, ...(plane ?? [])];
  expect(Object.keys(parameters).filter((name) => moved.includes(name))).toEqual([]);
  const names = couplingsOf(state);
  expect(Object.keys(state.at).sort()).toEqual(names.filter((name) => moved.includes(name)).sort());
  expect(names.every((name) => name in state.at || name in parameters)).toBe(true);
}

describe("any sequence of changes", () => {
  test.each([
    ["from the first state", firstState],
    ["from a link", linked],
  ])("%s leaves a spec that the library accepts, or is refused in words", (_, first) => {
    let done = 0;
    let refused = 0;
    fc.assert(
      fc.property(fc.array(change, { minLength: 3, maxLength: 12 }), (changes) => {
        let state = first;
        for (const one of changes) {
          const next = one(state);
          if (typeof next === "string") {
            expect(next).toMatch(/\w+ \w+/);
            refused++;
            continue;
          }
          done++;
          state = next;
          place(state);
        }
        accept(state.spec);
      }),
      { numRuns: 40, seed: 5 },
    );
    expect(done).toBeGreaterThan(100);
    expect(refused).toBeGreaterThan(10);
  });
});

describe("one change", () => {
  test("fixing a coupling of the plane leaves it to the plane alone, its value kept", () => {
    const moved = setValue(firstState, "xi_V", 0.4);
    const fixed = setFree(moved, "xi_V", false);
    expect(fixed.spec.free).toEqual(["xi_S"]);
    expect(fixed.spec.parameters).toEqual({ xi_T: 0 });
    expect(fixed.at).toEqual({ xi_S: 0, xi_V: 0.4 });
    const left = setPlane(fixed, "y", "xi_T") as PageState;
    expect(left.spec.plane).toEqual(["xi_S", "xi_T"]);
    expect(left.spec.parameters).toEqual({ xi_V: 0.4 });
    expect(left.at).toEqual({ xi_S: 0, xi_T: 0 });
  });

  test("axes change places, a plane of one coupling is none", () => {
    const turned = setPlane(firstState, "x", "xi_V") as PageState;
    expect(turned.spec.plane).toEqual(["xi_V", "xi_S"]);
    const alone = removeCoupling(removeCoupling(firstState, "xi_T"), "xi_V");
    expect(alone.spec.plane).toBeUndefined();
    expect(setPlane(alone, "x", "xi_S")).toMatch(/two couplings/);
  });

  test("a removed coupling gives its place in the plane to another, and the zoom goes", () => {
    const zoomed: PageState = { ...firstState, view: { ...firstState.view, window: { x: [0, 1], y: [0, 1] } } };
    const next = removeCoupling(zoomed, "xi_V");
    expect(next.spec.plane).toEqual(["xi_S", "xi_T"]);
    expect(next.view.window).toBeNull();
    expect(setFree(zoomed, "xi_T", true).view).toBe(zoomed.view);
  });

  test("moving a free coupling leaves the spec as it is, moving a fixed one the point", () => {
    const free = setValue(firstState, "xi_V", 1e300);
    expect(free.spec).toBe(firstState.spec);
    expect(free.at["xi_V"]).toBe(1e300);
    const fixed = setValue(firstState, "xi_T", 0.5);
    expect(fixed.at).toBe(firstState.at);
    expect(fixed.spec.parameters).toEqual({ xi_T: 0.5 });
  });

  test("the weak mixing angle begins and ends at its low-energy value", () => {
    const added = addCoupling(firstState, "sin2_theta_w") as PageState;
    expect(added.at["sin2_theta_w"]).toBe(sin2ThetaW.value);
    const back = resetToStandard(moveTo(added, { sin2_theta_w: 0.3, xi_S: 1, xi_T: 2, flux: 3 }));
    expect(valuesOf(back)).toEqual({ xi_S: 0, xi_V: 0, xi_T: 0, sin2_theta_w: sin2ThetaW.value });
  });

  test("one coupling for all flavours and back", () => {
    const split = splitFlavours(setValue(firstState, "xi_V", 0.7), "xi_V") as PageState;
    expect(split.spec.free).toEqual(["xi_S", "xi_V_e", "xi_V_mu"]);
    expect(split.spec.plane).toEqual(["xi_S", "xi_V_e"]);
    expect(split.at).toEqual({ xi_S: 0, xi_V_e: 0.7, xi_V_mu: 0.7 });
    const both = setPlane(split, "x", "xi_V_mu") as PageState;
    const joined = joinFlavours(both, "xi_V_e") as PageState;
    expect(joined.spec.free).toEqual(["xi_S", "xi_V"]);
    expect(joined.spec.plane).toEqual(["xi_V", "xi_S"]);
    expect(splitFlavours(firstState, "eps_V_ee")).toMatch(/flavour/);
  });

  test("flavours are joined where the one is that is joined", () => {
    const split = splitFlavours(firstState, "xi_V") as PageState;
    const apart = moveTo(split, { xi_V_e: 0.2, xi_V_mu: -0.3 });
    expect(valuesOf(joinFlavours(apart, "xi_V_mu") as PageState)["xi_V"]).toBe(-0.3);
    expect(valuesOf(joinFlavours(apart, "xi_V_e") as PageState)["xi_V"]).toBe(0.2);
  });

  test("a preset has levels of its own, not those of the question before it", () => {
    const card: PageState = { ...firstState, spec: { ...firstState.spec, dof: 1, convention: "A" } };
    const next = applyPreset(card, presets[0]!);
    expect(next.spec.dof).toBeUndefined();
    expect(next.spec.convention).toBe("A");
  });

  test("what cannot stand beside what is there is refused", () => {
    expect(addCoupling(firstState, "xi_V_e")).toMatch(/flavour/);
    expect(addCoupling(firstState, "eps_uV_ee")).toMatch(/level/);
    expect(addCoupling(firstState, "C_S_u")).toMatch(/level/);
  });

  test.each(presets)("$name is a set that the library accepts", (preset) => {
    const next = applyPreset(firstState, preset);
    accept(next.spec);
    expect(hasPreset(next, preset)).toBe(true);
    expect(presets.filter((one) => hasPreset(next, one))).toHaveLength(1);
  });
});

describe("options", () => {
  test("levels of one kind at a time, at least one", () => {
    const sigma = setLevelKind(firstState, "sigma");
    expect(sigma.spec.cl).toBeUndefined();
    expect(levelsIn(sigma)).toEqual({ kind: "sigma", levels: [1, 2, 3] });
    const one = toggleLevel(toggleLevel(sigma, 2) as PageState, 3) as PageState;
    expect(levelsIn(one).levels).toEqual([1]);
    expect(toggleLevel(one, 1)).toMatch(/at least one/);
    expect(levelsIn(toggleLevel(one, 3) as PageState).levels).toEqual([1, 3]);
    accept(one.spec);
  });

  test("without levels are those that the library draws", () => {
    const { cl: _, ...spec } = firstState.spec;
    const { levels } = levelsIn({ ...firstState, spec });
    const analysis = prepare(parseSpec(spec), library);
    expect(levels).toEqual(complete(draftRegionSteps(analysis)).regions.map(({ cl }) => cl));
  });

  test("an option that is taken back is not written", () => {
    const set = setOption(setOption(firstState, "formFactor", "fermi"), "convention", "A");
    accept(set.spec);
    expect(set.spec).toMatchObject({ formFactor: "fermi", convention: "A" });
    const back = setOption(setOption(set, "formFactor", undefined), "convention", undefined);
    expect(back.spec).toEqual(firstState.spec);
  });
});
