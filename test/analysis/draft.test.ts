/** Drafts of regions: the islands, holes and areas of the sharp ones from a fraction of the values. */

import { beforeAll, describe, expect, it } from "vitest";
import {
  draftRegionSteps,
  type PreparedAnalysis,
  parseSpec,
  prepare,
  type RegionResult,
  region,
  regionSchema,
  type SpecInput,
} from "../../src/analysis/index.ts";
import { complete } from "../../src/statistics/index.ts";
import { expectRelative } from "../relative.ts";
import { library, lost, numbersOf, paperA } from "./shipped.ts";

const prepared = (input: SpecInput): PreparedAnalysis => prepare(parseSpec(input), library);
const flavours: [string, string] = ["xi_V_e", "xi_V_mu"];
const full = ["coherent-csi-2021@poisson", "coherent-lar-2020@poisson", "sbc-lar10-inin@counts"];

interface Case {
  readonly name: string;
  readonly analysis: () => PreparedAnalysis;
  /** Islands and holes at 90 % and 99 %. */
  readonly shapes: readonly (readonly [islands: number, holes: number])[];
  /** Of the areas; thin islands are two or three cells wide. */
  readonly tolerance: number;
}

const cases: readonly Case[] = [
  {
    name: "CsI 2017, a ring",
    analysis: () => paperA({ plane: ["xi_S", "xi_V"] }),
    shapes: [
      [1, 1],
      [1, 1],
    ],
    tolerance: 0.002,
  },
  {
    name: "CsI 2017, electron and muon",
    analysis: () => paperA({ plane: flavours }),
    shapes: [
      [1, 1],
      [1, 1],
    ],
    tolerance: 0.002,
  },
  {
    name: "CsI 2017, xi_T profiled",
    analysis: () => paperA({ plane: ["xi_S", "xi_V"], profile: ["xi_T"] }),
    shapes: [
      [1, 0],
      [1, 0],
    ],
    tolerance: 0.002,
  },
  {
    name: "SBC, a thin ring",
    analysis: () => prepared({ experiments: ["sbc-lar10-inin@counts"], plane: ["xi_V", "xi_S"] }),
    shapes: [
      [1, 1],
      [1, 1],
    ],
    tolerance: 0.002,
  },
  {
    name: "CsI 2021, two islands that join",
    analysis: () => prepared({ experiments: ["coherent-csi-2021@poisson"], plane: flavours }),
    shapes: [
      [2, 0],
      [1, 1],
    ],
    tolerance: 0.01,
  },
  {
    name: "CsI 2021, two islands",
    analysis: () => prepared({ experiments: ["coherent-csi-2021@poisson"], plane: ["xi_S", "xi_V"] }),
    shapes: [
      [2, 0],
      [2, 0],
    ],
    tolerance: 0.01,
  },
  {
    name: "everything, four small islands",
    analysis: () => prepared({ experiments: full, plane: flavours }),
    shapes: [
      [4, 0],
      [4, 0],
    ],
    tolerance: 0.06,
  },
  {
    name: "everything, two crescents that join to a ring",
    analysis: () => prepared({ experiments: full, plane: ["xi_S_e", "xi_V_e"] }),
    shapes: [
      [2, 0],
      [1, 1],
    ],
    tolerance: 0.02,
  },
];

const shapesOf = ({ regions }: RegionResult) =>
  regions.map(({ polygons }) => [polygons.length, polygons.reduce((sum, { holes }) => sum + holes.length, 0)]);

describe.each(cases)("$name", ({ analysis, shapes, tolerance }) => {
  let draft: RegionResult;
  let sharp: RegionResult;
  beforeAll(() => {
    draft = complete(draftRegionSteps(analysis()));
    sharp = region(analysis());
  });

  it("has the islands and holes of the sharp region", () => {
    expect(shapesOf(sharp)).toEqual(shapes);
    expect(shapesOf(draft)).toEqual(shapes);
  });

  it("has its areas and its best point", () => {
    draft.regions.forEach((one, k) => {
      expect(one.cl).toBe(sharp.regions[k]?.cl);
      expectRelative(one.area, sharp.regions[k]?.area as number, tolerance);
    });
    // Two ways down end within 1e-9 of each other.
    expect(Math.abs(draft.best.chi2 - sharp.best.chi2)).toBeLessThan(1e-8);
    expect(draft.failed).toBe(0);
  });

  it("is a whole region that says it is a draft", () => {
    expect(regionSchema.safeParse(draft).error).toBeUndefined();
    expect(numbersOf(draft).every(Number.isFinite)).toBe(true);
    expect(draft.notes.filter((note) => note.startsWith("draft:"))).toHaveLength(1);
    expect(sharp.notes.some((note) => note.startsWith("draft:"))).toBe(false);
    expect(draft.notes.slice(0, -1)).toEqual(sharp.notes.filter((note) => !note.startsWith("a saddle")));
  });
});

describe("what is known already", () => {
  const analysis = paperA({ plane: ["xi_S", "xi_V"] });
  const sharp = region(analysis);

  it("minima are taken as they are", () => {
    const draft = complete(draftRegionSteps(analysis, { minima: sharp.minima }));
    expect(draft.minima.map(({ chi2, parameters }) => ({ chi2, parameters }))).toEqual(
      sharp.minima.map(({ chi2, parameters }) => ({ chi2, parameters })),
    );
    for (const [k, one] of draft.regions.entries()) expectRelative(one.area, sharp.regions[k]?.area as number, 0.002);
  });

  it("a window is drawn and nothing else", () => {
    const window = { xi_S: [0, 1.5], xi_V: [-1, 1] } as const;
    const draft = complete(draftRegionSteps(analysis, { window }));
    expect(draft.window).toEqual(window);
    const points = draft.regions.flatMap(({ polygons }) => polygons.flatMap(({ outer }) => outer));
    expect(points.every(([S, V]) => S >= 0 && S <= 1.5 && V >= -1 && V <= 1)).toBe(true);
    expect(draft.regions.every(({ polygons }) => polygons.every(({ open }) => open))).toBe(true);
    const ranges = { xi_S: [0, 1.5], xi_V: [-1, 1] } as Record<string, [number, number]>;
    const inRanges = region(paperA({ plane: ["xi_S", "xi_V"], ranges }));
    // The best point of all lies inside these ranges as well: one of the mirrored pair.
    for (const [k, one] of draft.regions.entries())
      expectRelative(one.area, inRanges.regions[k]?.area as number, 0.002);
  });

  it("a lower place than the minima given is found", () => {
    // The ring has a second minimum that lies less than 1e-4 higher.
    const wrong = [{ parameters: { xi_S: 0, xi_V: 0.4 } }];
    const draft = complete(draftRegionSteps(analysis, { minima: wrong }));
    expect(Math.abs(draft.best.chi2 - sharp.best.chi2)).toBeLessThan(1e-3);
    for (const [k, one] of draft.regions.entries()) expectRelative(one.area, sharp.regions[k]?.area as number, 0.01);
  });
});

it("takes a tenth of the values of chi^2 of a sharp region, at most", () => {
  let count = 0;
  const analysis = prepared({ experiments: ["coherent-csi-2021@poisson"], plane: flavours });
  const counted: PreparedAnalysis = {
    ...analysis,
    objective: (free, values) => {
      const whole = analysis.objective(free, values);
      const evaluate: typeof whole.evaluate = (x, gradient) => {
        count++;
        return whole.evaluate(x, gradient);
      };
      return { ...whole, evaluate };
    },
  };
  complete(draftRegionSteps(counted));
  const drafted = count;
  count = 0;
  region(counted);
  expect(drafted).toBeGreaterThan(100);
  expect(count / drafted).toBeGreaterThan(10);
});

it("has no vertex where there is no answer, and nothing to draw without a minimum", () => {
  const ranges = { xi_S: [-2, 2], xi_V: [-3, 1] } as Record<string, [number, number]>;
  const analysis = paperA({ plane: ["xi_S", "xi_V"], ranges, cl: [0.9] });
  const draft = complete(draftRegionSteps(lost(analysis, 0)));
  expect(draft.failed).toBeGreaterThan(0);
  expect(numbersOf(draft).every(Number.isFinite)).toBe(true);
  // Not a cell beyond.
  expect(draft.regions[0]?.polygons.flatMap(({ outer }) => outer).every(([, V]) => V <= 4 / 48)).toBe(true);
  expect(() => complete(draftRegionSteps(lost(analysis, -100)))).toThrow(/no minimum/);
  expect(() => complete(draftRegionSteps(paperA()))).toThrow(/needs a plane/);
});
