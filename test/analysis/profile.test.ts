/** Profiles as they are drawn: chi^2 of a scan, intervals of a fit, coarse at first. */

import { describe, expect, it } from "vitest";
import {
  fit,
  type PreparedAnalysis,
  type ProfileOptions,
  parseSpec,
  prepare,
  profileOfSteps,
  profileSchema,
  type SpecInput,
  scan,
} from "../../src/analysis/index.ts";
import { complete } from "../../src/statistics/index.ts";
import { library, lost, numbersOf, paperA } from "./shipped.ts";

const prepared = (input: SpecInput): PreparedAnalysis => prepare(parseSpec(input), library);
const profile = (analysis: PreparedAnalysis, parameter: string, options?: ProfileOptions) =>
  complete(profileOfSteps(analysis, parameter, options));

const cases: readonly (readonly [string, Omit<SpecInput, "free"> & { readonly free: string[] }, string])[] = [
  ["CsI 2017, xi_V", { experiments: ["coherent-csi-2017@paper"], free: ["xi_S", "xi_V"] }, "xi_V"],
  ["CsI 2017, xi_S", { experiments: ["coherent-csi-2017@paper"], free: ["xi_S", "xi_V"] }, "xi_S"],
  ["CsI 2017, alone: two segments", { experiments: ["coherent-csi-2017@paper"], free: ["xi_V"] }, "xi_V"],
  ["CsI 2017, three free", { experiments: ["coherent-csi-2017@paper"], free: ["xi_S", "xi_V", "xi_T"] }, "xi_T"],
  [
    "CsI 2017, cut at its range",
    { experiments: ["coherent-csi-2017@paper"], free: ["xi_V"], ranges: { xi_V: [-1, 1] } },
    "xi_V",
  ],
  ["SBC, a valley", { experiments: ["sbc-lar10-inin@counts"], free: ["xi_S", "xi_V"] }, "xi_V"],
  ["CsI 2021", { experiments: ["coherent-csi-2021@poisson"], free: ["xi_S", "xi_V"] }, "xi_V"],
  [
    "a background's size",
    { experiments: ["coherent-csi-2021@poisson"], free: ["coherent-csi-2021.brn", "xi_V"] },
    "coherent-csi-2021.brn",
  ],
  [
    "CsI 2021 with LAr",
    { experiments: ["coherent-csi-2021@poisson", "coherent-lar-2020@poisson"], free: ["xi_S_e", "xi_V_e"] },
    "xi_S_e",
  ],
];

describe.each(cases)("%s", (_, spec, parameter) => {
  const analysis = prepared(spec);
  const result = profile(analysis, parameter);
  const fitted = fit(analysis);
  const others = spec.free.filter((name) => name !== parameter);

  it("is a whole result of its format", () => {
    expect(profileSchema.safeParse(result).error).toBeUndefined();
    expect(numbersOf(result).every(Number.isFinite)).toBe(true);
    expect(result.values).toHaveLength(161);
    expect(result.chi2).toHaveLength(161);
    expect(result.values).toEqual([...result.values].sort((a, b) => a - b));
    expect(Object.keys(result.profiled)).toEqual(others);
  });

  it("has the chi^2 of a scan", () => {
    // A window and not an interval: the scan's grid has no more than fourteen digits.
    const window: [number, number] = parameter.includes(".") ? [0.5, 1.5] : [-1, 0.875];
    const drawn = profile(analysis, parameter, { window, samples: 31 });
    const grid = [{ name: parameter, low: window[0], high: window[1], n: 31 }];
    const { free, ...rest } = spec;
    const ranges = Object.fromEntries(Object.entries(spec.ranges ?? {}).filter(([name]) => name !== parameter));
    const scanned = scan(prepared({ ...rest, ranges, grid, profile: free.filter((name) => name !== parameter) }));
    expect(drawn.values[0]).toBe(window[0]);
    expect(drawn.values.at(-1)).toBe(window[1]);
    drawn.chi2.forEach((value, k) => {
      expect(Math.abs((value as number) - (scanned.chi2[k] as number))).toBeLessThan(1e-9);
    });
  });

  it("has the intervals of a fit, all of them in its window", () => {
    const expected = fitted.intervals.filter((one) => one.parameter === parameter);
    expect(result.levels.map(({ cl, deltaChi2, dof }) => ({ cl, deltaChi2, dof }))).toEqual(
      expected.map(({ cl, deltaChi2, dof }) => ({ cl, deltaChi2, dof })),
    );
    const [low, high] = [result.values[0] as number, result.values.at(-1) as number];
    result.levels.forEach(({ segments }, k) => {
      const wanted = expected[k]?.segments ?? [];
      expect(segments).toHaveLength(wanted.length);
      segments.forEach((segment, i) => {
        segment.forEach((end, side) => {
          const other = wanted[i]?.[side] as number | null;
          if (end === null || other === null) expect(end).toBe(other);
          // Both are polished to 1e-12 of a range of 10; chi^2 of two searches differs by some 1e-12.
          else {
            expect(Math.abs(end - other)).toBeLessThan(1e-9);
            expect(end > low && end < high).toBe(true);
          }
        });
      });
    });
  });

  it("counts from the lowest chi^2", () => {
    expect(Math.abs(result.minimum.chi2 - (fitted.minima[0]?.chi2 as number))).toBeLessThan(1e-9);
    const lowest = Math.min(...result.chi2.map((value) => value as number));
    expect(lowest).toBeGreaterThan(result.minimum.chi2 - 1e-12);
  });

  it("is the same with the minima of a fit given", () => {
    const again = profile(analysis, parameter, { minima: fitted.minima });
    expect(again.minima.map((one) => one.parameters)).toEqual(fitted.minima.map((one) => one.parameters));
    expect(again.values).toHaveLength(161);
    for (const [k, { segments }] of again.levels.entries())
      expect(segments.length).toBe(result.levels[k]?.segments.length);
    expect(Math.abs(again.minimum.chi2 - result.minimum.chi2)).toBeLessThan(1e-9);
  });

  it("is there coarse at first, then ever finer", () => {
    const told: { readonly values: readonly number[]; readonly chi2: readonly (number | null)[] }[] = [];
    profile(analysis, parameter, { onPoints: (values, chi2) => told.push({ values, chi2 }) });
    expect(told.map(({ values }) => values.length)).toEqual([21, 41, 81, 161]);
    expect(told.at(-1)).toEqual({ values: result.values, chi2: result.chi2 });
    told.forEach(({ values, chi2 }) => {
      expect(values).toEqual([...values].sort((a, b) => a - b));
      chi2.forEach((value, k) => {
        const sharp = result.chi2[result.values.indexOf(values[k] as number)] as number;
        // A point of the coarse curve may still lie on a higher branch, by no more than the eye sees.
        expect(Math.abs((value as number) - sharp)).toBeLessThan(0.05);
      });
    });
  });
});

describe("window and number of values", () => {
  const analysis = paperA({ free: ["xi_S", "xi_V"] });

  it("are what is asked for, intervals those of the whole range", () => {
    const whole = profile(analysis, "xi_V");
    const part = profile(analysis, "xi_V", { window: [0, 0.1], samples: 12 });
    expect(part.values).toHaveLength(12);
    expect([part.values[0], part.values.at(-1)]).toEqual([0, 0.1]);
    expect(part.levels).toEqual(whole.levels);
  });

  it("of no use are refused, and so is a parameter that is not free", () => {
    expect(() => profile(analysis, "xi_V", { window: [1, 1] })).toThrow(/go upwards/);
    expect(() => profile(analysis, "xi_V", { samples: 1 })).toThrow(/at least 2 values/);
    expect(() => profile(analysis, "xi_v")).toThrow(/"xi_v" is not free \(did you mean "xi_V"/);
  });
});

it("points without an answer are null, an interval that ends there is open", () => {
  const result = profile(lost(paperA({ free: ["xi_V"] }), 0), "xi_V", { window: [-1, 1] });
  expect(profileSchema.safeParse(result).error).toBeUndefined();
  for (const [k, value] of result.values.entries()) expect(result.chi2[k] === null).toBe(value > 0);
  expect(result.levels[0]?.segments.at(-1)?.[1]).toBeNull();
  expect(() => profile(lost(paperA({ free: ["xi_V"] }), -100), "xi_V")).toThrow(/no minimum found along "xi_V"/);
});
