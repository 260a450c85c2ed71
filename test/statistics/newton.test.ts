/** Profiled nuisances of every kind in Poisson and Gaussian cells, against a search that knows no derivative. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jointLikelihood, type Model, valueOfDeviation } from "../../src/statistics/index.ts";
import { expectWithin } from "../relative.ts";
import { box, mixedModel, nuisances, RANGE } from "./mixed.ts";
import { searchMinimum } from "./simplex.ts";

const seeds = fc.integer({ min: 1, max: 1e9 });
const coupling = fc.double({ min: -1.5, max: 1.5, noNaN: true });
const names = nuisances.map(({ name }) => name);
const valuesOf = (deviations: readonly number[]): Record<string, number> =>
  Object.fromEntries(nuisances.map((one, k) => [one.name, valueOfDeviation(one, deviations[k]!)]));

/** A unit, or half way to the bound of a quantity between bounds. */
const reachOf = (name: string): number => (nuisances.find((one) => one.name === name)?.bounds?.[1] ?? 2) / 2;

describe("every nuisance held", () => {
  it("chi^2 and predictions are those written out", () => {
    const pull = fc.double({ min: -1.8, max: 1.8, noNaN: true });
    fc.assert(
      fc.property(seeds, coupling, coupling, fc.array(pull, { minLength: 7, maxLength: 7 }), (seed, x, y, pulls) => {
        const { model, chi2, prediction } = mixedModel(seed);
        const deviations = pulls.map((d, k) => (names[k] === "onset" ? d / 8 : names[k] === "steady" ? d / 4 : d));
        const detail = jointLikelihood(model, [], valuesOf(deviations)).detail([x, y]);
        const expected = chi2([x, y], deviations);
        // A dozen terms of order ten.
        expectWithin(detail.chi2, expected, 1e-12 * (1 + expected));
        ["timed", "summed"].forEach((block, b) => {
          prediction([x, y], deviations)[b]!.forEach((mu, cell) => {
            const ours = detail.components
              .filter((one) => one.block === block)
              .reduce((sum, one) => sum + one.counts[cell]!, 0);
            expectWithin(ours, mu, 1e-13 * (1 + mu), `${block} ${cell}`);
          });
        });
        const parts = Object.values(detail.contributions).reduce((sum, part) => sum + part, detail.constraints);
        expectWithin(parts, detail.chi2, 1e-12 * (1 + detail.chi2));
      }),
    );
  });
});

describe("profiled", () => {
  it("all seven at once: the lowest that a plain search finds, and the same place", () => {
    fc.assert(
      fc.property(seeds, coupling, coupling, (seed, x, y) => {
        const { model, chi2 } = mixedModel(seed);
        const detail = jointLikelihood(model).detail([x, y]);
        const ours = nuisances.map(({ name }) => detail.deviations[name]!);
        // Whatever Newton's method says, it says of this function.
        expectWithin(chi2([x, y], ours), detail.chi2, 1e-11 * (1 + detail.chi2));
        const fromNominal = searchMinimum(
          (d) => chi2([x, y], d),
          nuisances.map(() => 0),
          box,
        );
        const fromOurs = searchMinimum((d) => chi2([x, y], d), ours, box, 0.05);
        // No search goes lower: neither from where it starts nor from where it ends. A simplex of seven stops at 1e-9.
        expect(detail.chi2).toBeLessThanOrEqual(fromNominal.value + 1e-8 * (1 + detail.chi2));
        expectWithin(fromOurs.value, detail.chi2, 1e-8 * (1 + detail.chi2));
      }),
      { numRuns: 12, seed: 7 },
    );
  });

  it.each([
    ["one factor", ["flux"]],
    ["two factors of one component", ["flux", "efficiency"]],
    ["a morph", ["quenching"]],
    ["two morphs and a factor", ["quenching", "radius", "efficiency"]],
    ["shares", ["onset"]],
    ["shares, a morph and a factor", ["onset", "radius", "flux"]],
    ["a free normalisation and a constrained one", ["steady", "brn"]],
  ])("%s, the others held", (_, open) => {
    for (const seed of [11, 22, 33, 44]) {
      const { model, chi2 } = mixedModel(seed);
      const held = nuisances.map((__, k) => [0.4, -0.3, 0.6, -0.8, 0.05, 0.5, 0.1][k]!);
      const fixed = Object.fromEntries(Object.entries(valuesOf(held)).filter(([name]) => !open.includes(name)));
      const [x, y] = [0.4, -0.7];
      const detail = jointLikelihood(model, [], fixed).detail([x, y]);
      const at = (d: readonly number[]): number =>
        chi2(
          [x, y],
          held.map((value, k) => {
            const i = open.indexOf(names[k]!);
            return i < 0 ? value : d[i]!;
          }),
        );
      // Shapes can fit in two ways: from nominal, and from a unit to each side of every nuisance.
      const starts = [
        open.map(() => 0),
        ...open.flatMap((_, i) => [-1, 1].map((side) => open.map((_, k) => (k === i ? side * reachOf(open[i]!) : 0)))),
      ];
      const plain = starts
        .map((start) =>
          searchMinimum(
            at,
            start,
            open.map((name) => box[names.indexOf(name)]!),
            0.2,
          ),
        )
        .reduce((best, one) => (one.value < best.value ? one : best));
      expectWithin(detail.chi2, plain.value, 1e-10 * (1 + plain.value), `seed ${seed}`);
      open.forEach((name, i) => {
        // The root of where chi^2 is flat.
        expectWithin(detail.deviations[name]!, plain.x[i]!, 2e-5, `${name}, seed ${seed}`);
      });
    }
  });

  it("the answer does not depend on what was asked before", () => {
    fc.assert(
      fc.property(seeds, fc.array(fc.tuple(coupling, coupling), { minLength: 4, maxLength: 8 }), (seed, asked) => {
        const { model } = mixedModel(seed);
        const used = jointLikelihood(model);
        for (const [x, y] of asked) {
          const [before, fresh] = [used.evaluate([x, y]), jointLikelihood(model).evaluate([x, y])];
          // Newton's method stops when a step would gain less than 1e-12.
          expectWithin(before, fresh, 1e-9 * (1 + fresh));
        }
      }),
      { numRuns: 30, seed: 3 },
    );
  });
});

describe("derivatives in couplings and freed nuisances, the others profiled", () => {
  const freed = ["efficiency", "radius", "onset"];

  it("gradient and curvature are those of differences", () => {
    fc.assert(
      fc.property(seeds, coupling, coupling, (seed, x, y) => {
        const { model } = mixedModel(seed);
        const likelihood = jointLikelihood(model, freed);
        const at = [x, y, 1.1, 0.3, 0.04];
        const n = at.length;
        const [gradient, hessian] = [new Float64Array(n), new Float64Array(n * n)];
        const value = likelihood.evaluate(at, gradient, hessian);
        const fresh = (point: readonly number[]): number => jointLikelihood(model, freed).evaluate(point);
        at.forEach((_, i) => {
          const h = 1e-4 * (i === 4 ? 0.1 : 1);
          const moved = (by: number) => at.map((v, k) => v + (k === i ? by : 0));
          const slope = (fresh(moved(h)) - fresh(moved(-h))) / (2 * h);
          // Error of the difference: third derivative times h^2, and 1e-12 of chi^2 over h.
          expectWithin(gradient[i]!, slope, 1e-5 * (1 + Math.abs(slope)) + 1e-7 * value, `slope ${i}, seed ${seed}`);
          const [up, down] = [new Float64Array(n), new Float64Array(n)];
          jointLikelihood(model, freed).evaluate(moved(h), up);
          jointLikelihood(model, freed).evaluate(moved(-h), down);
          for (let j = 0; j < n; j++) {
            const bend = (up[j]! - down[j]!) / (2 * h);
            const size = Math.sqrt(Math.abs(hessian[i * n + i]! * hessian[j * n + j]!));
            // Gradients are good to 1e-6: profiled nuisances to that, times their slopes.
            expectWithin(hessian[i * n + j]!, bend, 1e-4 * (1 + size) + 1e-3, `bend ${i} ${j}, seed ${seed}`);
            expectWithin(hessian[i * n + j]!, hessian[j * n + i]!, 1e-9 * (1 + size));
          }
        });
      }),
      { numRuns: 20, seed: 5 },
    );
  });
});

describe("bounds", () => {
  it("a flat nuisance that data push out stays on its bound, from either side", () => {
    const { onset: _, ...held } = valuesOf(nuisances.map(() => 0));
    let pushed = 0;
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const { model, prediction } = mixedModel(seed);
      const [none] = prediction([0, 0], [0, 0, 0, 0, 0, 0, 0]);
      for (const bound of RANGE) {
        const [near] = prediction([0, 0], [0, 0, 0, 0, bound, 0, 0]);
        // Data of three times the shift, extrapolated.
        const observed = Float64Array.from(near!, (n, i) => Math.max(0, n + 2 * (n - none![i]!)));
        const blocks = [{ ...model.blocks[0]!, observed }, model.blocks[1]!];
        const at = (onset: number): number =>
          jointLikelihood({ ...model, blocks }, [], { ...held, onset }).evaluate([0, 0]);
        const values = Array.from({ length: 101 }, (__, k) => at(RANGE[0] + (k / 100) * (RANGE[1] - RANGE[0])));
        const detail = jointLikelihood({ ...model, blocks }, [], held).detail([0, 0]);
        const inside = at(bound * 0.999) < at(bound);
        expect(detail.chi2).toBeLessThanOrEqual(Math.min(...values) * (1 + 1e-12));
        if (inside) continue;
        pushed++;
        expect(detail.nuisances["onset"]).toBe(bound);
      }
    }
    expect(pushed).toBeGreaterThanOrEqual(8);
  });

  it("a normalisation that data want negative stops at nearly 0", () => {
    const counts = Float64Array.of(4, 6);
    const model: Model = {
      couplings: [],
      nuisances: [{ name: "brn", kind: "normalisation", sigma: null }],
      blocks: [
        {
          id: "only",
          statistics: "poisson",
          observed: Float64Array.of(1, 2),
          sigma: new Float64Array(2),
          components: [
            { name: "brn", flavour: null, terms: [{ left: 0, right: 0, counts }], nuisances: ["brn"] },
            {
              name: "steady",
              flavour: null,
              terms: [{ left: 0, right: 0, counts: Float64Array.of(3, 5) }],
              nuisances: [],
            },
          ],
        },
      ],
    };
    const detail = jointLikelihood(model).detail([]);
    expect(detail.nuisances["brn"]).toBeGreaterThan(0);
    expect(detail.nuisances["brn"]).toBeLessThan(1e-5);
    // 2 (3 - 1 + ln(1/3)) + 2 (5 - 2 + 2 ln(2/5)), and 1e-6 of ten events more.
    expectWithin(detail.chi2, 2 * (2 - Math.log(3)) + 2 * (3 + 2 * Math.log(0.4)), 5e-5);
  });
});

describe("rows cut at zero", () => {
  it("a row that two pulls take below zero is nothing, counted, and the search goes on around it", () => {
    for (const seed of [3, 9, 27, 81]) {
      // Shapes that take half of a row away with one sigma.
      const { model, chi2 } = mixedModel(seed, 0.6);
      const held = [0, 0, -2.5, -2.5, 0.02, 0, 0];
      const detail = jointLikelihood(model, [], valuesOf(held)).detail([0.2, 0.1]);
      expectWithin(detail.chi2, chi2([0.2, 0.1], held), 1e-11 * (1 + detail.chi2), `seed ${seed}`);
      const best = jointLikelihood(model).detail([0.2, 0.1]);
      const ours = nuisances.map(({ name }) => best.deviations[name]!);
      expectWithin(chi2([0.2, 0.1], ours), best.chi2, 1e-11 * (1 + best.chi2));
      const around = searchMinimum((d) => chi2([0.2, 0.1], d), ours, box, 0.05);
      expectWithin(around.value, best.chi2, 1e-7 * (1 + best.chi2), `seed ${seed}`);
    }
    const clipped = [3, 9, 27, 81].map(
      (seed) =>
        jointLikelihood(mixedModel(seed, 0.6).model, [], valuesOf([0, 0, -2.5, -2.5, 0, 0, 0])).detail([0.2, 0.1])
          .clipped,
    );
    expect(Math.max(...clipped)).toBeGreaterThan(0);
  });
});
