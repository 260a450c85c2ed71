/** Impacts: every shift against a fit with the nuisance set to that value by hand. */
import { describe, expect, it } from "vitest";
import { impacts } from "../../src/analysis/impacts.ts";
import { fit, parseSpec, prepare, type SpecInput } from "../../src/analysis/index.ts";
import { expectWithin } from "../relative.ts";
import { library } from "./shipped.ts";

const analysis = (experiments: string[], input: Omit<SpecInput, "experiments">) =>
  prepare(parseSpec({ experiments, cl: [0.9], ...input }), library);

describe.each([
  ["coherent-csi-2021@energy", ["coherent-csi-2021@energy"], ["xi_V"], {}],
  ["coherent-csi-2017@release", ["coherent-csi-2017@release"], ["coherent-csi-2017.cevns"], { "sns.flux": 0 }],
  ["two experiments", ["coherent-csi-2021@energy", "coherent-lar-2020@energy"], ["xi_V_e", "xi_V_mu"], {}],
] as const)("%s", (_, experiments, free, parameters) => {
  const input = { free: [...free], parameters: { ...parameters } as Record<string, number> };
  const one = analysis([...experiments], input);
  const [best] = fit(one).minima;
  const found = impacts(one);

  it("has every nuisance that is fitted, once, in order", () => {
    const open = one.nuisances
      .map(({ name }) => name)
      .filter((name) => !name.endsWith(".cevns") && !Object.hasOwn(parameters, name));
    expect(found.map(({ nuisance }) => nuisance)).toEqual(open);
  });

  it("value and error of each are those of a fit in which it is free", () => {
    for (const { nuisance, fitted, constraint } of found) {
      const freed = fit(analysis([...experiments], { ...input, free: [...free, nuisance] }));
      expectWithin(fitted.value, freed.minima[0]!.parameters[nuisance]!, 1e-4, nuisance);
      const error = freed.minima[0]!.uncertainties[nuisance];
      // Both from second derivatives; null where that is wider than the range.
      if (error !== null) expectWithin(fitted.sigma, error!, 1e-3 * error!, nuisance);
      const declared = one.nuisances.find(({ name }) => name === nuisance)!;
      expect(constraint).toEqual(
        declared.kind === "pull" ? { value: 0, sigma: 1 } : { value: 1, sigma: declared.sigma },
      );
    }
  });

  it("each shift is what a fit says with the nuisance held there", () => {
    let largest = 0;
    for (const { nuisance, fitted, shifts } of found) {
      for (const [sign, side] of [
        [1, "up"],
        [-1, "down"],
      ] as const) {
        const held = { ...input.parameters, [nuisance]: fitted.value + sign * fitted.sigma };
        const { minima } = fit(analysis([...experiments], { ...input, parameters: held }));
        // The same of several minima: the nearest.
        const distances = minima.map((minimum) =>
          Math.hypot(...free.map((name) => minimum.parameters[name]! - best!.parameters[name]!)),
        );
        const nearest = minima[distances.indexOf(Math.min(...distances))]!;
        shifts.forEach(({ parameter, ...shift }) => {
          const expected = nearest.parameters[parameter]! - best!.parameters[parameter]!;
          expectWithin(shift[side]!, expected, 1e-4, `${nuisance} ${side} on ${parameter}`);
          largest = Math.max(largest, Math.abs(expected));
        });
      }
    }
    expect(largest).toBeGreaterThan(1e-3);
  });
});

it("needs something to be free", () => {
  expect(() => impacts(analysis(["coherent-csi-2021@energy"], {}))).toThrow(/nothing to fit/);
});
