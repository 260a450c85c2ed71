/** Bands: the region of a plane where nothing depends on one of its couplings, as a reactor knows no muon neutrinos. */

import { describe, expect, it } from "vitest";
import {
  chi2,
  draftRegionSteps,
  fit,
  type PreparedAnalysis,
  parseSpec,
  prepare,
  profileOfSteps,
  type RegionResult,
  region,
  regionSchema,
  regionSteps,
  type SpecInput,
} from "../../src/analysis/index.ts";
import { complete, signedArea } from "../../src/statistics/index.ts";
import { expectRelative, expectWithin } from "../relative.ts";
import { library, numbersOf } from "./shipped.ts";

const REACTOR = "sbc-lar10-inin@counts";
const reactor: SpecInput = { experiments: [REACTOR], plane: ["xi_V_e", "xi_V_mu"], cl: [0.9, 0.99] };
const left = (input: SpecInput): PreparedAnalysis => prepare(parseSpec(input), library, undefined, { unseen: "leave" });
const bands = (input: SpecInput, window?: Record<string, [number, number]>): RegionResult =>
  complete(regionSteps(left(input), { unseen: "band", window }));

type Range = readonly [number, number];

/** Lowest and highest coordinate of each polygon along an axis, by rising value. */
function endsOf({ regions }: RegionResult, k: number, axis: 0 | 1): readonly Range[] {
  return regions[k]!.polygons.map(({ outer }): Range => {
    const values = outer.map((point) => point[axis]);
    return [Math.min(...values), Math.max(...values)];
  }).sort((a, b) => a[0] - b[0]);
}

/** Two searches that end in one place; ends are polished to 1e-12 of a range of 10. */
const SAME = 1e-9;

function expectEnds(found: readonly Range[], expected: readonly (readonly (number | null)[])[]): void {
  expect(found).toHaveLength(expected.length);
  expected.forEach((segment, k) => {
    for (const side of [0, 1] as const) expectWithin(found[k]![side], segment[side]!, SAME);
  });
}

/** Delta chi^2 of 90 % and 99 % with two degrees of freedom, closed: -2 ln(1 - CL). */
const levels = [-2 * Math.log(0.1), -2 * Math.log(0.01)] as const;

describe("the reactor detector in (xi_V_e, xi_V_mu)", () => {
  const result = bands(reactor);
  const alone = { experiments: [REACTOR], free: ["xi_V_e"] };

  it("has the levels of the plane, and ends of a fit of xi_V_e alone at these", () => {
    const single = fit(prepare(parseSpec({ ...alone, sigma: levels.map(Math.sqrt) }), library));
    result.regions.forEach((one, k) => {
      expect(one.dof).toBe(2);
      expectRelative(one.deltaChi2, levels[k]!, 1e-12);
      expectRelative(single.intervals[k]!.deltaChi2, levels[k]!, 1e-11);
      expect(one.polygons).toHaveLength(2);
      expectEnds(endsOf(result, k, 0), single.intervals[k]!.segments);
    });
  });

  it("has those of its profile", () => {
    const analysis = prepare(parseSpec({ ...alone, sigma: levels.map(Math.sqrt) }), library);
    const profile = complete(profileOfSteps(analysis, "xi_V_e"));
    for (const k of [0, 1]) expectEnds(endsOf(result, k, 0), profile.levels[k]!.segments);
  });

  it("has chi^2 at the level on the ends, wherever xi_V_mu is", () => {
    result.regions.forEach((one, k) => {
      for (const end of endsOf(result, k, 0).flat()) {
        for (const muon of [-1, 0.5]) {
          const point = parseSpec({ experiments: [REACTOR], parameters: { xi_V_e: end, xi_V_mu: muon } });
          expectRelative(chi2(prepare(point, library)).chi2, result.best.chi2 + one.deltaChi2, 1e-8);
        }
      }
    });
  });

  it("runs over the range of xi_V_mu, which is its window", () => {
    const [low, high] = left(reactor).range("xi_V_mu");
    expect(result.window["xi_V_mu"]).toEqual([low, high]);
    for (const k of [0, 1]) for (const ends of endsOf(result, k, 1)) expect(ends).toEqual([low, high]);
    for (const { area, polygons } of result.regions) {
      expect(polygons.every(({ open, holes }) => open && holes.length === 0)).toBe(true);
      const sizes = polygons.map(({ outer }) => signedArea(outer));
      expect(sizes.every((size) => size > 0)).toBe(true);
      expectRelative(
        area,
        sizes.reduce((sum, size) => sum + size, 0),
        1e-12,
      );
    }
  });

  it("is a whole result of its format, and says what it is", () => {
    expect(regionSchema.safeParse(result).error).toBeUndefined();
    expect(numbersOf(result).every(Number.isFinite)).toBe(true);
    expect(result.notes).toContain("nothing here depends on xi_V_mu: regions are bands along it");
    expect(result.spec.plane).toEqual(["xi_V_e", "xi_V_mu"]);
    // Its data are those of the standard model.
    expect(result.best.parameters).toEqual({ xi_V_e: 0, xi_V_mu: 0 });
    expect(result.minima.map(({ status }) => status)).toEqual(["flat", "flat"]);
    expect(result.failed).toBe(0);
  });

  it("has the same bands in every window, cut by it", () => {
    const windows: readonly (readonly [Range, Range])[] = [
      // Around both, within one, beyond all ranges, beside them.
      [
        [-3, 1],
        [-1, 1],
      ],
      [
        [-0.05, 0.2],
        [0.3, 0.31],
      ],
      [
        [-60, 40],
        [-80, 80],
      ],
      [
        [-1.5, -0.5],
        [0, 1],
      ],
      [
        [-0.01, 0.01],
        [-1, 1],
      ],
    ];
    for (const [e, mu] of windows) {
      const found = bands(reactor, { xi_V_e: [...e], xi_V_mu: [...mu] });
      expect(found.window).toEqual({ xi_V_e: e, xi_V_mu: mu });
      for (const k of [0, 1]) {
        const shown = endsOf(result, k, 0)
          .map(([low, high]): Range => [Math.max(low, e[0]), Math.min(high, e[1])])
          .filter(([low, high]) => high > low);
        expectEnds(endsOf(found, k, 0), shown);
        for (const ends of endsOf(found, k, 1)) expect(ends).toEqual(mu);
        const width = shown.reduce((sum, [low, high]) => sum + high - low, 0);
        expectWithin(found.regions[k]!.area, width * (mu[1] - mu[0]), 1e-6);
      }
    }
  });

  it("has horizontal bands where the axes are exchanged", () => {
    const exchanged = bands({ ...reactor, plane: ["xi_V_mu", "xi_V_e"] });
    for (const k of [0, 1]) {
      expectEnds(endsOf(exchanged, k, 1), endsOf(result, k, 0));
      expect(endsOf(exchanged, k, 0)).toEqual(endsOf(result, k, 1));
    }
    expect(exchanged.window["xi_V_mu"]).toEqual(result.window["xi_V_mu"]);
  });

  it("has them in drafts", () => {
    const window = { xi_V_e: [-0.05, 0.2], xi_V_mu: [0, 1] } as const;
    for (const options of [{}, { window }, { minima: result.minima }]) {
      const draft = complete(draftRegionSteps(left(reactor), { unseen: "band", ...options }));
      const sharp = complete(regionSteps(left(reactor), { unseen: "band", ...options }));
      expect(regionSchema.safeParse(draft).error).toBeUndefined();
      for (const k of [0, 1]) expectEnds(endsOf(draft, k, 0), endsOf(sharp, k, 0));
      expect(draft.notes.filter((note) => note.startsWith("draft:"))).toHaveLength(1);
      expect(draft.notes.slice(0, -1)).toEqual(sharp.notes);
    }
  });

  it("keeps to ranges of the spec", () => {
    const ranges = { xi_V_e: [-0.05, 4], xi_V_mu: [-0.5, 0.25] } as Record<string, [number, number]>;
    const found = bands({ ...reactor, ranges });
    expect(found.window).toEqual(ranges);
    expectEnds(endsOf(found, 0, 0), [[-0.05, endsOf(result, 0, 0)[1]![1]]]);
    expect(found.notes).toContain("Delta chi^2 counts from the best point inside the ranges given");
  });
});

describe("parameters besides", () => {
  it("are profiled: ends are those of a fit of both", () => {
    const profiled = "sbc-lar10-inin.threshold-shift";
    const result = bands({ ...reactor, profile: [profiled] });
    const both = fit(
      prepare(parseSpec({ experiments: [REACTOR], free: ["xi_V_e", profiled], sigma: levels.map(Math.sqrt) }), library),
    );
    for (const k of [0, 1]) {
      const segments = both.intervals.filter(({ parameter }) => parameter === "xi_V_e")[k]!.segments;
      expectEnds(endsOf(result, k, 0), segments);
    }
  });

  it("that nothing depends on are left out", () => {
    const plane: [string, string] = ["xi_V_e", "xi_S_e"];
    const input: SpecInput = { experiments: [REACTOR], plane, cl: [0.9] };
    const found = bands({ ...input, free: ["xi_V_e", "xi_V_mu"] });
    const expected = region(prepare(parseSpec(input), library));
    expect(found.regions).toEqual(expected.regions);
    expect(found.minima).toEqual(expected.minima);
    expect(found.notes).toContain("nothing here depends on xi_V_mu: it is left out");
  });
});

describe("without bands", () => {
  const refusal = /nothing in this analysis depends on "xi_V_mu"/;

  it("the plane is refused, whoever made the analysis ready", () => {
    expect(() => prepare(parseSpec(reactor), library)).toThrow(refusal);
    expect(() => region({ spec: parseSpec(reactor), library })).toThrow(refusal);
    expect(() => region(left(reactor))).toThrow(refusal);
    expect(() => complete(regionSteps(left(reactor)))).toThrow(refusal);
    expect(() => complete(draftRegionSteps(left(reactor)))).toThrow(refusal);
    expect(() => fit(left({ experiments: [REACTOR], free: ["xi_V_e", "xi_V_mu"] }))).toThrow(refusal);
  });

  it("a plane of which nothing depends on either coupling has none", () => {
    const plane: [string, string] = ["xi_S_mu", "xi_V_mu"];
    const input: SpecInput = { experiments: [REACTOR], plane };
    expect(() => bands(input)).toThrow(/depends on "xi_S_mu".*\n?.*depends on "xi_V_mu"/);
    expect(() => complete(draftRegionSteps(left(input), { unseen: "band" }))).toThrow(refusal);
  });

  it("a spec with its library is made ready for bands", () => {
    const spec = parseSpec({ ...reactor, cl: [0.9] });
    const found = complete(regionSteps({ spec, library }, { unseen: "band" }));
    expectEnds(endsOf(found, 0, 0), endsOf(bands(reactor), 0, 0));
  });

  it("a plane that all of it depends on is what it was", () => {
    const input: SpecInput = { experiments: ["coherent-csi-2017@paper"], plane: ["xi_V_e", "xi_V_mu"], cl: [0.9] };
    const plain = region(prepare(parseSpec(input), library));
    expect(bands(input)).toEqual(plain);
  });
});
