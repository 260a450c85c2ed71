/** Refits by the kernel, against the likelihoods and against chi^2 written out. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openRefit, refitModel } from "../../src/statistics/compiled-refit.ts";
import {
  jointLikelihood,
  type Model,
  minimizeFrom,
  type Objective,
  valueOfDeviation,
} from "../../src/statistics/index.ts";
import type { Refit } from "../../src/statistics/refit.ts";
import { expectWithin } from "../relative.ts";
import { mixedModel, nuisances, RANGE } from "./mixed.ts";

const names = nuisances.map(({ name }) => name);
const seeds = fc.integer({ min: 1, max: 1e9 });
const coupling = fc.double({ min: -1.2, max: 1.2, noNaN: true });
const WIDE = [-5, 5] as const;
const numRuns = 40;

const dataOf = ({ blocks }: Model): number[] => blocks.flatMap(({ observed }) => [...observed]);
const withData = (model: Model, data: readonly number[]): Model => {
  let from = 0;
  const blocks = model.blocks.map((block) => {
    from += block.observed.length;
    return { ...block, observed: Float64Array.from(data.slice(from - block.observed.length, from)) };
  });
  return { ...model, blocks };
};
/** A refit of a model with its own data, constraints centred at 0. */
function opened(model: Model, freed: readonly string[] = [], fixed: Record<string, number> = {}): Refit {
  const window = [...model.couplings, ...freed].map(() => WIDE);
  const refit = openRefit(refitModel(model, freed, fixed, window));
  refit.setData(dataOf(model), new Float64Array(refit.unknowns));
  return refit;
}
const flags = (n: number, set: readonly number[]): Uint8Array =>
  Uint8Array.from({ length: n }, (_, i) => (set.includes(i) ? 1 : 0));
const start = (refit: Refit, ...first: readonly number[]): Float64Array => {
  const unknowns = new Float64Array(refit.unknowns);
  unknowns.set(first);
  return unknowns;
};

const SIDES = [-1, 1];
/**
 * The lowest minimum from several places: shapes may fit in several ways, so a profile begins at nominal, a unit to each
 * side of a nuisance that moves shapes, and half way to the bounds of the onset.
 * @param others places of single unknowns, by index
 */
function lowestFrom(
  refit: Refit,
  first: readonly number[],
  held: readonly number[],
  others: Readonly<Record<number, readonly number[]>>,
): { readonly found: number; readonly unknowns: Float64Array } {
  const places = [
    start(refit, ...first),
    ...Object.entries(others).flatMap(([index, values]) =>
      values.map((value) => start(refit, ...first).fill(value, Number(index), Number(index) + 1)),
    ),
  ];
  return places
    .map((unknowns) => ({ found: refit.minimize(unknowns, flags(refit.unknowns, held)), unknowns }))
    .reduce((lowest, one) => (one.found < lowest.found - 1e-9 ? one : lowest));
}

describe("what a refit says of itself", () => {
  it("couplings first, then freed nuisances, then the others; those held are none", () => {
    const { model } = mixedModel(1);
    const refit = openRefit(refitModel(model, ["onset", "brn"], { radius: 0.3 }, [WIDE, [-1, 2], WIDE, [-0.5, 0.75]]));
    // x, y, onset, brn, flux, efficiency, quenching, steady
    expect(refit.couplings).toBe(4);
    expect(refit.unknowns).toBe(8);
    expect(refit.cells).toBe(14);
    expect([...refit.poisson]).toEqual([...new Array(12).fill(1), 0, 0]);
    expect([...refit.constrained]).toEqual([0, 0, 0, 1, 1, 1, 1, 0]);
    const [, gauss] = model.blocks;
    expect([...refit.sigma.subarray(0, 12)]).toEqual(new Array(12).fill(0));
    gauss!.sigma.forEach((sigma, i) => {
      expectWithin(refit.sigma[12 + i]!, sigma, 1e-15 * sigma);
    });
    // The window, cut where the model ends: the onset by its bounds; factors stay above 1e-6.
    expect([...refit.lower.subarray(0, 4)]).toEqual([-5, -1, RANGE[0], -0.5]);
    expect([...refit.upper.subarray(0, 4)]).toEqual([5, 2, RANGE[1], 0.75]);
    expectWithin(refit.lower[4]!, (1e-6 - 1) / 0.1, 1e-12);
    expect(refit.lower[6]).toBe(Number.NEGATIVE_INFINITY);
    expect(refit.upper[4]).toBe(Number.POSITIVE_INFINITY);
  });

  it("is plain data that can be posted", () => {
    const { model, prediction } = mixedModel(2);
    const made = refitModel(model, [], {}, [WIDE, WIDE]);
    const [here, there] = [openRefit(made), openRefit(structuredClone(made))];
    const [a, b] = [new Float64Array(14), new Float64Array(14)];
    here.expected([0.3, -0.2, 0, 0, 0, 0, 0, 0, 0], a);
    there.expected([0.3, -0.2, 0, 0, 0, 0, 0, 0, 0], b);
    expect(b).toEqual(a);
    prediction([0.3, -0.2], [0, 0, 0, 0, 0, 0, 0])
      .flat()
      .forEach((mu, i) => {
        expectWithin(a[i]!, mu, 1e-13 * (1 + mu));
      });
  });
});

describe("expected counts", () => {
  it("are those written out, of any unknowns, in the refit's order", () => {
    const pull = fc.double({ min: -1.8, max: 1.8, noNaN: true });
    fc.assert(
      fc.property(seeds, coupling, coupling, fc.array(pull, { minLength: 7, maxLength: 7 }), (seed, x, y, pulls) => {
        const { model, prediction } = mixedModel(seed);
        const d = pulls.map((one, k) => (names[k] === "onset" ? one / 8 : names[k] === "steady" ? one / 4 : one));
        const order = ["radius", "onset", "flux", "efficiency", "brn", "steady"];
        const refit = opened(model, ["radius", "onset"], { quenching: valueOfDeviation(nuisances[2]!, d[2]!) });
        const out = new Float64Array(refit.cells);
        refit.expected([x, y, ...order.map((name) => d[names.indexOf(name)]!)], out);
        prediction([x, y], d)
          .flat()
          .forEach((mu, i) => {
            expectWithin(out[i]!, mu, 1e-13 * (1 + mu), `cell ${i}`);
          });
      }),
      { numRuns, seed: 1 },
    );
  });
});

describe("minimize", () => {
  it("couplings held: chi^2 and nuisances of the profile", () => {
    fc.assert(
      fc.property(seeds, coupling, coupling, (seed, x, y) => {
        const { model, chi2 } = mixedModel(seed);
        const refit = opened(model);
        const { found, unknowns } = lowestFrom(refit, [x, y], [0, 1], {
          4: SIDES,
          5: SIDES,
          6: [RANGE[0] / 2, RANGE[1] / 2],
        });
        expect([...unknowns.subarray(0, 2)]).toEqual([x, y]);
        const profile = jointLikelihood(model).detail([x, y]);
        // Both stop when a step would gain less than 1e-7 times what it gained.
        expectWithin(found, profile.chi2, 1e-9 * (1 + found));
        expectWithin(chi2([x, y], [...unknowns.subarray(2)]), found, 1e-11 * (1 + found));
        names.forEach((name, k) => {
          expectWithin(unknowns[2 + k]!, profile.deviations[name]!, 1e-4, name);
        });
      }),
      { numRuns, seed: 2 },
    );
  });

  it("couplings free: the minimum that profiling them one point after the other finds", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { model } = mixedModel(seed);
        const refit = opened(model);
        const unknowns = start(refit, 0.3, 0.2);
        const found = refit.minimize(unknowns, flags(refit.unknowns, []));
        const likelihood = jointLikelihood(model);
        const objective: Objective = {
          names: ["x", "y"],
          lower: [WIDE[0], WIDE[0]],
          upper: [WIDE[1], WIDE[1]],
          evaluate: likelihood.evaluate,
          curvature: (x, hessian) => {
            likelihood.evaluate(x, undefined, hessian);
          },
        };
        // Of several minima the nearest: what the two agree on is that nothing lies lower around.
        const around = minimizeFrom(objective, unknowns.subarray(0, 2));
        expectWithin(around.value, found, 1e-9 * (1 + found));
        expectWithin(likelihood.evaluate(unknowns.subarray(0, 2)), found, 1e-9 * (1 + found));
        expect(found).toBeLessThanOrEqual(likelihood.evaluate([0.3, 0.2]) + 1e-9);
      }),
      { numRuns, seed: 3 },
    );
  });

  it("freed nuisances held, one nuisance fixed: the likelihood of the same, its constraint counted once", () => {
    fc.assert(
      fc.property(seeds, coupling, coupling, (seed, x, y) => {
        const { model } = mixedModel(seed);
        const fixed = { efficiency: 1.3, steady: 1.1 };
        const refit = opened(model, ["brn", "onset"], fixed);
        const { found, unknowns } = lowestFrom(refit, [x, y, -0.6, 0.07], [0, 1, 2, 3], { 5: SIDES, 6: SIDES });
        expect([...unknowns.subarray(0, 4)]).toEqual([x, y, -0.6, 0.07]);
        // Values: the factor of brn is 1 - 0.6 x 0.25.
        const value = jointLikelihood(model, ["brn", "onset"], fixed).evaluate([x, y, 0.85, 0.07]);
        expectWithin(found, value, 1e-9 * (1 + found));
      }),
      { numRuns, seed: 4 },
    );
  });

  it("a nuisance fixed away from nominal adds its constraint, one without a constraint nothing", () => {
    const { model, chi2 } = mixedModel(5);
    const all = Object.fromEntries(nuisances.map((one) => [one.name, valueOfDeviation(one, 0)]));
    const everything = [0, 1];
    const at = (fixed: Record<string, number>): number => {
      const refit = opened(model, [], fixed);
      return refit.minimize(start(refit, 0.2, 0.1), flags(refit.unknowns, everything));
    };
    expectWithin(at({ ...all, flux: 2 }), chi2([0.2, 0.1], [2, 0, 0, 0, 0, 0, 0]), 1e-10);
    expectWithin(at({ ...all, steady: 1.5 }), chi2([0.2, 0.1], [0, 0, 0, 0, 0, 0, 0.5]), 1e-10);
  });
});

describe("setData", () => {
  it("replaces the data: the answers of a model that has them", () => {
    fc.assert(
      fc.property(seeds, fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 14, maxLength: 14 }), (seed, data) => {
        const { model } = mixedModel(seed);
        const refit = opened(model);
        const held = flags(refit.unknowns, [0, 1]);
        const answer = (): number => refit.minimize(start(refit, 0.1, -0.3), held);
        const before = answer();
        const zero = new Float64Array(refit.unknowns);
        refit.setData(data, zero);
        const own = opened(withData(model, data));
        const expected = own.minimize(start(own, 0.1, -0.3), held);
        expectWithin(answer(), expected, 1e-10 * (1 + expected));
        refit.setData(dataOf(model), zero);
        expectWithin(answer(), before, 1e-10 * (1 + before));
      }),
      { numRuns, seed: 5 },
    );
  });

  it("moves the centres of the constraints, of constrained nuisances only, in the refit's order", () => {
    const order = ["radius", "onset", "flux", "efficiency", "brn", "steady"].map((name) => names.indexOf(name));
    const d = [0.3, -0.2, 0.5, 0.1, 0.05, -0.4, 0.2];
    fc.assert(
      fc.property(seeds, fc.array(coupling, { minLength: 8, maxLength: 8 }), (seed, centres) => {
        const { model, chi2 } = mixedModel(seed);
        const refit = opened(model, ["radius", "onset"], { quenching: 0.5 });
        refit.setData(dataOf(model), centres);
        const everything = new Uint8Array(refit.unknowns).fill(1);
        const found = refit.minimize(start(refit, 0.2, 0.1, ...order.map((k) => d[k]!)), everything);
        const shift = order.reduce((sum, k, i) => {
          const off = d[k]! - centres[2 + i]!;
          return nuisances[k]!.sigma === null ? sum : sum + off ** 2 - d[k]! ** 2;
        }, 0);
        expectWithin(found, chi2([0.2, 0.1], d) + shift, 1e-11 * (1 + found));
      }),
      { numRuns, seed: 6 },
    );
  });

  it("a nuisance that no data know goes where its centre is", () => {
    // The background's pull is constrained and its counts are nothing.
    const model: Model = {
      couplings: ["x"],
      nuisances: [
        { name: "signal", kind: "pull", sigma: 0.1 },
        { name: "lost", kind: "pull", sigma: 0.2 },
      ],
      blocks: [
        {
          id: "only",
          statistics: "gaussian",
          observed: Float64Array.of(10),
          sigma: Float64Array.of(2),
          components: [
            {
              name: "a",
              flavour: null,
              terms: [{ left: 0, right: 0, counts: Float64Array.of(10) }],
              nuisances: ["signal"],
            },
            {
              name: "b",
              flavour: null,
              terms: [{ left: 0, right: 0, counts: Float64Array.of(0) }],
              nuisances: ["lost"],
            },
          ],
        },
      ],
    };
    const refit = openRefit(refitModel(model, [], {}, [WIDE]));
    refit.setData([10], [0, 3, -1.5]);
    const unknowns = start(refit, 0);
    const found = refit.minimize(unknowns, flags(3, [0]));
    expectWithin(unknowns[2]!, -1.5, 1e-7);
    // (10 - 10 (1 + 0.1 d))^2/4 + (d - 3)^2: d = 3/(1 + 1/4), chi^2 = 9/5.
    expectWithin(unknowns[1]!, 2.4, 1e-7);
    expectWithin(found, 1.8, 1e-12);
  });
});

describe("the window", () => {
  it("is kept: the minimum beyond it is sought at its edge", () => {
    const { model } = mixedModel(7);
    const free = opened(model);
    const best = start(free, 0.3, 0.2);
    const lowest = free.minimize(best, flags(free.unknowns, []));
    for (const side of [-1, 1]) {
      const edge = best[0]! + 0.2 * side;
      const window: readonly [number, number] = side < 0 ? [-5, edge] : [edge, 5];
      const refit = openRefit(refitModel(model, [], {}, [window, WIDE]));
      refit.setData(dataOf(model), new Float64Array(refit.unknowns));
      const unknowns = start(refit, edge + 0.5 * side, best[1]!);
      const found = refit.minimize(unknowns, flags(refit.unknowns, []));
      expect(unknowns[0]).toBe(edge);
      expect(found).toBeGreaterThan(lowest);
      const pinned = start(free, edge, best[1]!);
      expectWithin(found, free.minimize(pinned, flags(free.unknowns, [0])), 1e-9 * (1 + found));
    }
  });

  it("a freed nuisance keeps it in deviations", () => {
    const { model } = mixedModel(8);
    const refit = openRefit(refitModel(model, ["brn"], {}, [WIDE, WIDE, [0.8, 1.2]]));
    // No background observed at all: it is wanted low.
    refit.setData(
      dataOf(model).map((n, i) => (i < 12 ? n / 2 : n)),
      new Float64Array(refit.unknowns),
    );
    const unknowns = start(refit, 0, 0, 1);
    refit.minimize(unknowns, flags(refit.unknowns, [0, 1]));
    expect(unknowns[2]).toBe(0.8);
  });
});

it("a search that goes astray has no answer", () => {
  const { model } = mixedModel(9);
  const refit = opened(model);
  expect(refit.minimize(start(refit, Number.NaN, 0), flags(refit.unknowns, [0, 1]))).toBeNaN();
  expect(refit.minimize(start(refit, 0, 0), flags(refit.unknowns, [0, 1]))).toBeGreaterThan(0);
});
