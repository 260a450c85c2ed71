/**
 * Pulls are found by steps that start somewhere. Where they start must not show: whatever was asked before, in whatever
 * order, a point costs the same, as far out as any level that is drawn. Beyond, where pulls of several sigma empty a row,
 * chi^2 has a second minimum with the row cut.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSpec, prepare } from "../../src/analysis/index.ts";
import { library } from "../analysis/shipped.ts";
import { expectWithin } from "../relative.ts";
import { likelihoods } from "./likelihoods.ts";

const names = [
  ...likelihoods.filter(({ experiment }) => experiment.statistics === "poisson").map(({ name }) => [name]),
  ["coherent-csi-2021@poisson", "coherent-lar-2020@poisson", "sbc-lar10-inin@counts"],
];

describe.each(names.map((experiments) => ({ experiments })))("$experiments", ({ experiments }) => {
  // Windows of the reference regions.
  it.each([
    ["xi_V_e", "xi_V_mu", -3, 1.08],
    ["xi_S_e", "xi_S_mu", -1.8, 1.8],
    ["xi_T_e", "xi_T_mu", -1.8, 1.8],
  ] as const)("%s, %s", (a, b, low, high) => {
    const analysis = prepare(parseSpec({ experiments, free: [a, b] }), library);
    const used = analysis.likelihood([a, b]);
    const coordinate = fc.double({ min: low, max: high, noNaN: true });
    const standard = analysis.likelihood([a, b]).evaluate([0, 0]);
    let compared = 0;
    fc.assert(
      fc.property(fc.array(fc.tuple(coordinate, coordinate), { minLength: 5, maxLength: 5 }), (asked) => {
        for (const point of asked) {
          const [before, fresh] = [used.evaluate(point), analysis.likelihood([a, b]).evaluate(point)];
          // Three sigma of two parameters.
          if (fresh > standard + 11.83) continue;
          compared++;
          // Newton's method stops when a step would gain less than 1e-12.
          expectWithin(before, fresh, 1e-8 * (1 + fresh), JSON.stringify(point));
        }
      }),
      { numRuns: 12, seed: 11 },
    );
    expect(compared).toBeGreaterThan(5);
  });
});
