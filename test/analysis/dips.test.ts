/** chi^2 with several dips in the nuisances, where rows are cut at zero: a search that begins afresh finds the lowest. */
import { describe, expect, it } from "vitest";
import { parseSpec, prepare } from "../../src/analysis/index.ts";
import { openRefit } from "../../src/statistics/compiled-refit.ts";
import { expectWithin } from "../relative.ts";
import { library } from "./shipped.ts";

const PLANE = ["xi_V_e", "xi_V_mu"];
const ONSET = "coherent-csi-2021.onset";
const analysis = prepare(parseSpec({ experiments: ["coherent-csi-2021@poisson"], free: [...PLANE, ONSET] }), library);
const nowhere = [Number.NaN, Number.NaN, Number.NaN];

/** Couplings at which shapes two standard deviations off cut rows at zero, which fits about as well as cutting none. */
const band = [-2.2, -1.8, -1.4, -1, -0.6, -0.2, 0, 0.2].flatMap((e) =>
  [-3.85, -3.77, -3.65, 1.65, 1.7, 1.75, 1.89].map((mu): readonly [number, number] => [e, mu]),
);

describe("CsI 2021, Poisson, far from the best fit", () => {
  it("no value at which the onset is fixed lowers chi^2", () => {
    const [profiled, fixed] = [analysis.likelihood(PLANE), analysis.likelihood([...PLANE, ONSET])];
    for (const [e, mu] of [[0, 1.75] as const, [-2.072, 1.706] as const, [-0.561, -3.772] as const]) {
      profiled.evaluate(nowhere);
      const lowest = profiled.evaluate([e, mu]);
      const at = [0.08, 0.09, 0.1, 0.105, 0.11, 0.115, 0.12, 0.13, 0.15].map((onset) => {
        fixed.evaluate(nowhere);
        return fixed.evaluate([e, mu, onset]);
      });
      expect(Math.min(...at)).toBeGreaterThan(lowest - 1e-9);
      // The onset is about 0.11 us here: a step of 0.005 us misses its best value by little.
      expectWithin(Math.min(...at), lowest, 0.02);
    }
  });

  it("none of many beginnings ends below", () => {
    const likelihood = analysis.likelihood(PLANE);
    const { model, nuisances } = analysis.refit(PLANE, () => [-5, 5], false);
    const refit = openRefit(model);
    const held = Uint8Array.from({ length: refit.unknowns }, (_, k) => (k < PLANE.length ? 1 : 0));
    let state = 1;
    const random = (): number => {
      state = (state * 48271) % 2147483647;
      return state / 2147483647;
    };
    const shapes = ["quenching-0", "quenching-1", "efficiency", "neutron-radius"].map((name) =>
      nuisances.indexOf(`coherent-csi-2021.${name}`),
    );
    let dips = 0;
    for (const [e, mu] of band) {
      likelihood.evaluate(nowhere);
      const ours = likelihood.evaluate([e, mu]);
      const ends = Array.from({ length: 50 }, () => {
        const start = new Float64Array(refit.unknowns);
        start.set([e, mu]);
        // Two standard deviations to each side, and an onset anywhere between its bounds of 0.25 us.
        for (const k of shapes) start[PLANE.length + k] = 4 * random() - 2;
        start[PLANE.length + nuisances.indexOf(ONSET)] = 0.5 * random() - 0.25;
        return refit.minimize(start, held);
      }).filter((value) => !Number.isNaN(value));
      const lowest = Math.min(...ends);
      if (ends.some((value) => value > lowest + 0.01)) dips++;
      expect(ours, `${e}, ${mu}`).toBeLessThan(lowest + 1e-7);
    }
    expect(dips).toBeGreaterThan(band.length / 2);
  });
});
