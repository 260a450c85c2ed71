import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Block,
  deviationOf,
  gaussianLikelihood,
  type Likelihood,
  type Model,
  type ModelComponent,
  minimizeFrom,
  type Nuisance,
  nominalValue,
  valueOfDeviation,
} from "../../src/statistics/index.ts";
import { expectRelative } from "../relative.ts";
import { explicitInDeviations, models, points } from "./models.ts";
import { searchMinimum } from "./simplex.ts";

// A few hundred terms of order one, summed: 1e-12 is rounding. chi^2 below one is compared absolutely.
const ROUNDING = 1e-12;
function expectSame(actual: number, expected: number, tolerance: number, what = "chi2"): void {
  expect(Math.abs(actual - expected), `${what}: ${actual} instead of ${expected}`).toBeLessThanOrEqual(
    tolerance * Math.max(1, Math.abs(expected)),
  );
}

const counts = (...values: number[]): Float64Array => Float64Array.from(values);
function constant(name: string, values: readonly number[], nuisances: readonly string[]): ModelComponent {
  return { name, flavour: null, nuisances, terms: [{ left: 0, right: 0, counts: counts(...values) }] };
}
function oneBlock(
  components: readonly ModelComponent[],
  nuisances: readonly Nuisance[],
  observed: readonly number[],
): Model {
  const sigma = counts(...observed.map(() => 1));
  return { couplings: [], nuisances, blocks: [{ id: "only", observed: counts(...observed), sigma, components }] };
}
const free = (name: string): Nuisance => ({ name, kind: "normalisation", sigma: null });

describe("pulls solved in closed form", () => {
  it("equal a numerical minimisation over all of them", () => {
    fc.assert(
      fc.property(models, points, (model, x) => {
        const explicit = explicitInDeviations(model, x);
        const numeric = minimizeFrom(
          explicit,
          model.nuisances.map(() => 0),
        );
        expect(numeric.status).toBe("converged");
        const detail = gaussianLikelihood(model).detail(x);
        // The minimiser stops when a step would gain less than 1e-13.
        expectSame(detail.chi2, numeric.value, 1e-11);
        model.nuisances.forEach(({ name }, k) => {
          expectSame(detail.deviations[name] as number, numeric.x[k] as number, 1e-6, name);
        });
        // And back: the explicit chi^2 at the deviations reported is the chi^2 reported.
        expectSame(explicit.evaluate(Object.values(detail.deviations)), detail.chi2, ROUNDING);
      }),
    );
  });

  it("are never worse than any pulls held", () => {
    fc.assert(
      fc.property(
        models,
        points,
        fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 3, maxLength: 3 }),
        (model, x, delta) => {
          const values = Object.fromEntries(
            model.nuisances.map((one, k) => [one.name, valueOfDeviation(one, delta[k] as number)]),
          );
          const held = gaussianLikelihood(model, [], values).evaluate(x);
          expectSame(held, explicitInDeviations(model, x).evaluate(delta), ROUNDING);
          const partly = gaussianLikelihood(model, [], { signal: values["signal"] as number }).evaluate(x);
          const best = gaussianLikelihood(model).evaluate(x);
          expect(best).toBeLessThanOrEqual(partly * (1 + ROUNDING));
          expect(partly).toBeLessThanOrEqual(held * (1 + ROUNDING));
        },
      ),
    );
  });

  it("held or freed at their best values change nothing, and the freed ones have no slope there", () => {
    fc.assert(
      fc.property(models, points, (model, x) => {
        const { chi2, nuisances } = gaussianLikelihood(model).detail(x);
        expectSame(gaussianLikelihood(model, [], nuisances).evaluate(x), chi2, ROUNDING);
        const freed = gaussianLikelihood(model, ["background", "signal"]);
        expect(freed.parameters).toEqual(["a", "b", "background", "signal"]);
        const at = [...x, nuisances["background"] as number, nuisances["signal"] as number];
        const gradient = new Float64Array(4);
        expectSame(freed.evaluate(at, gradient), chi2, ROUNDING);
        // Slopes are sums of terms of size counts/sigma: up to 1e3.
        for (const slope of gradient.subarray(2)) expect(Math.abs(slope)).toBeLessThan(1e-8 * Math.max(1, chi2));
      }),
    );
  });

  it("of an unconstrained normalisation: weighted least squares", () => {
    // n = (2, 4) on a shape (1, 1) with equal errors: the mean, 3, and chi^2 = 1 + 1.
    const model = oneBlock([constant("background", [1, 1], ["norm"])], [free("norm")], [2, 4]);
    const detail = gaussianLikelihood(model).detail([]);
    expectRelative(detail.nuisances["norm"] as number, 3, ROUNDING);
    expectRelative(detail.chi2, 2, ROUNDING);
    expect(detail.constraints).toBe(0);
    expectRelative(gaussianLikelihood(model, [], { norm: 4 }).evaluate([]), 4, ROUNDING);
  });

  it("of a constrained normalisation pay for their distance from 1", () => {
    // n = 3 on 1 with errors 1 and 1: half way, f = 2, chi^2 = 1 + 1.
    const model = oneBlock([constant("background", [1], ["norm"])], [{ ...free("norm"), sigma: 1 }], [3]);
    const detail = gaussianLikelihood(model).detail([]);
    expectRelative(detail.nuisances["norm"] as number, 2, ROUNDING);
    expectRelative(detail.deviations["norm"] as number, 1, ROUNDING);
    expectRelative(detail.chi2, 2, ROUNDING);
    expectRelative(detail.constraints, 1, ROUNDING);
  });
});

describe("gradient", () => {
  it("of couplings and freed nuisances agrees with central differences", () => {
    fc.assert(
      fc.property(
        models,
        points,
        fc.double({ min: 0.5, max: 1.5, noNaN: true }),
        fc.boolean(),
        (model, x, value, two) => {
          const names = two ? ["background", "other"] : ["signal"];
          const likelihood = gaussianLikelihood(model, names);
          const at = [...x, ...names.map(() => value)];
          const gradient = new Float64Array(at.length);
          const chi2 = likelihood.evaluate(at, gradient);
          const size = Math.max(chi2, ...gradient.map(Math.abs));
          at.forEach((place, i) => {
            const slope = (h: number): number =>
              (likelihood.evaluate(at.with(i, place + h)) - likelihood.evaluate(at.with(i, place - h))) / (2 * h);
            // Richardson of steps 2e-3 and 1e-3: 1e-12 of curvature is left, and rounding 1e-16/1e-3 of chi^2.
            const expected = (4 * slope(1e-3) - slope(2e-3)) / 3;
            expect(Math.abs((gradient[i] as number) - expected), likelihood.parameters[i]).toBeLessThan(1e-7 * size);
          });
        },
      ),
    );
  });
});

describe("cells and blocks", () => {
  it("a cell cut in two equal halves with errors smaller by sqrt 2 changes nothing", () => {
    const cut = (values: Float64Array, scale: number): Float64Array =>
      Float64Array.from([...values].flatMap((n) => [n * scale, n * scale]));
    fc.assert(
      fc.property(models, points, (model, x) => {
        const halves = model.blocks.map(
          (block): Block => ({
            ...block,
            observed: cut(block.observed, 0.5),
            sigma: cut(block.sigma, Math.SQRT1_2),
            components: block.components.map((one) => ({
              ...one,
              terms: one.terms.map((term) => ({ ...term, counts: cut(term.counts, 0.5) })),
            })),
          }),
        );
        const fine = gaussianLikelihood({ ...model, blocks: halves });
        expect(fine.cells).toBe(12);
        expectSame(fine.evaluate(x), gaussianLikelihood(model).evaluate(x), ROUNDING);
      }),
    );
  });

  it("a component in two parts with the same nuisance moves as one", () => {
    fc.assert(
      fc.property(models, points, (model, x) => {
        const parted = model.blocks.map((block) => ({
          ...block,
          components: block.components.flatMap((one) =>
            [0.3, 0.7].map((share) => ({
              ...one,
              terms: one.terms.map((term) => ({ ...term, counts: term.counts.map((n) => share * n) })),
            })),
          ),
        }));
        const [whole, parts] = [model, { ...model, blocks: parted }].map((one) => gaussianLikelihood(one).detail(x));
        expectSame(parts?.chi2 as number, whole?.chi2 as number, ROUNDING);
        expect(parts?.components).toHaveLength(16);
      }),
    );
  });

  it("two data sets share their nuisances: chi^2 is at least that of each alone", () => {
    fc.assert(
      fc.property(models, points, (model, x) => {
        const joint = gaussianLikelihood(model).detail(x);
        const alone = model.blocks.map((block) => gaussianLikelihood({ ...model, blocks: [block] }).evaluate(x));
        expect(joint.chi2 * (1 + ROUNDING)).toBeGreaterThanOrEqual(Math.max(...alone));
        const data = Object.values(joint.contributions);
        expect(Object.keys(joint.contributions)).toEqual(["first", "second"]);
        expectSame(data.reduce((sum, n) => sum + n, 0) + joint.constraints, joint.chi2, ROUNDING);
      }),
    );
  });

  it("component counts carry their factors and add up to what chi^2 compares with", () => {
    fc.assert(
      fc.property(models, points, (model, x) => {
        const { components, contributions } = gaussianLikelihood(model).detail(x);
        for (const { id, observed, sigma } of model.blocks) {
          let chi2 = 0;
          observed.forEach((n, i) => {
            const of = components.filter(({ block }) => block === id);
            expect(of.map(({ name }) => name)).toEqual(["cevns", "brn", "nin", "steady-state"]);
            const total = of.reduce((sum, one) => sum + (one.counts[i] as number), 0);
            chi2 += ((n - total) / (sigma[i] as number)) ** 2;
          });
          expectSame(chi2, contributions[id] as number, ROUNDING);
        }
      }),
    );
  });

  it("an empty prediction is compared with nothing", () => {
    const block = { id: "empty", observed: counts(3, -4), sigma: counts(1, 2), components: [] };
    const likelihood = gaussianLikelihood({ couplings: ["a"], nuisances: [], blocks: [block] });
    const gradient = counts(7);
    // 3^2 + (4/2)^2
    expect(likelihood.evaluate([1], gradient)).toBe(13);
    expect([...gradient]).toEqual([0]);
    expect(likelihood.detail([1]).components).toEqual([]);
  });

  it("NaN in, NaN out", () => {
    const model = fc.sample(models, { numRuns: 1, seed: 1 })[0] as Model;
    expect(gaussianLikelihood(model).evaluate([Number.NaN, 0])).toBeNaN();
  });
});

describe("a component with two nuisances", () => {
  const signal: Nuisance = { name: "signal", kind: "pull", sigma: 0.3 };
  const two = (values: readonly number[]): Model =>
    oneBlock(
      [constant("cevns", values, ["cevns", "signal"]), constant("brn", [1, 3], [])],
      [free("cevns"), signal],
      [9, 6],
    );
  const same = (a: Likelihood, b: Likelihood, x: readonly number[] = [], y: readonly number[] = []): void => {
    const [left, right] = [a.detail(x), b.detail(y)];
    expectRelative(left.chi2, right.chi2, ROUNDING);
    expectRelative(left.deviations["signal"] as number, right.deviations["signal"] as number, ROUNDING);
  };

  it("one held and one profiled: the held factor multiplies the counts", () => {
    same(gaussianLikelihood(two([2, 1]), [], { cevns: 2.5 }), gaussianLikelihood(two([5, 2.5]), [], { cevns: 1 }));
  });

  it("one freed and one profiled, with the gradient of the freed one", () => {
    const freed = gaussianLikelihood(two([2, 1]), ["cevns"]);
    same(freed, gaussianLikelihood(two([5, 2.5]), [], { cevns: 1 }), [2.5]);
    const gradient = counts(0);
    freed.evaluate([2.5], gradient);
    const h = 1e-4;
    // Central difference of a chi^2 of order 10: error h^2.
    expectRelative(gradient[0] as number, (freed.evaluate([2.5 + h]) - freed.evaluate([2.5 - h])) / (2 * h), 1e-7);
  });

  it("both profiled: the product of their factors against a search of the plane", () => {
    const efficiency: Nuisance = { name: "efficiency", kind: "normalisation", sigma: 0.2 };
    const model = oneBlock(
      [
        constant("cevns", [2, 1, 4], ["efficiency", "signal"]),
        constant("brn", [1, 3, 2], ["signal"]),
        constant("nin", [0.5, 0.5, 0], []),
      ],
      [efficiency, signal],
      [6, 6, 9],
    );
    const chi2 = ([e, s]: readonly number[]): number => {
      const [a, b] = [(1 + 0.2 * e!) * (1 + 0.3 * s!), 1 + 0.3 * s!];
      const mu = [2 * a + b + 0.5, a + 3 * b + 0.5, 4 * a + 2 * b];
      return (6 - mu[0]!) ** 2 + (6 - mu[1]!) ** 2 + (9 - mu[2]!) ** 2 + e! ** 2 + s! ** 2;
    };
    const plain = searchMinimum(chi2, [0, 0]);
    const detail = gaussianLikelihood(model).detail([]);
    // The search ends when its simplex is 1e-9 wide, chi^2 then flat to its rounding.
    expectRelative(detail.chi2, plain.value, 1e-11);
    expectSame(detail.deviations["efficiency"] as number, plain.x[0] as number, 1e-6);
    expectSame(detail.deviations["signal"] as number, plain.x[1] as number, 1e-6);
    // Neither stays where it was.
    expect(Math.min(...plain.x)).toBeGreaterThan(0.3);
  });

  it("both profiled, one without constraint: that one does the work and the pull stays at its centre", () => {
    const detail = gaussianLikelihood(two([2, 1])).detail([]);
    // (9 - 1 - 2f)^2 + (6 - 3 - f)^2 is lowest at f = (16 + 3)/5.
    expectRelative(detail.chi2, 0.4 ** 2 + 0.8 ** 2, ROUNDING);
    // Newton's method stops when a step would gain less than 1e-12: the root of that in a pull.
    expect(Math.abs(detail.deviations["signal"] as number)).toBeLessThan(1e-6);
    expectRelative(detail.nuisances["cevns"] as number, 3.8, 1e-6);
  });
});

describe("nuisances that the data leave open", () => {
  const background: Nuisance = { name: "brn", kind: "pull", sigma: 0.5 };

  it("one that scales nothing stays nominal, and the others are still profiled", () => {
    // 4 (1 + 0.5 d) against 6: pull 1 costs 1, so the best is d = 0.8, chi^2 = 0.4^2 + 0.8^2 = 0.8.
    const known = oneBlock([constant("brn", [4], ["brn"])], [background], [6]);
    expectRelative(gaussianLikelihood(known).evaluate([]), 0.8, ROUNDING);
    const withEmpty = oneBlock(
      [constant("brn", [4], ["brn"]), constant("nin", [0], ["nin"])],
      [background, free("nin")],
      [6],
    );
    const detail = gaussianLikelihood(withEmpty).detail([]);
    expectRelative(detail.chi2, 0.8, ROUNDING);
    expectRelative(detail.deviations["brn"] as number, 0.8, ROUNDING);
    expect(detail.nuisances["nin"]).toBe(1);
  });

  it("two that scale one shape still reach the smallest chi^2", () => {
    // Any two factors whose sum is 3 fit n = (3, 6) exactly.
    const model = oneBlock(
      [constant("nin", [1, 2], ["nin"]), constant("steady-state", [1, 2], ["steady-state"])],
      [free("nin"), free("steady-state")],
      [3, 6],
    );
    const detail = gaussianLikelihood(model).detail([]);
    expect(detail.chi2).toBeLessThan(1e-12);
    expectRelative((detail.nuisances["nin"] as number) + (detail.nuisances["steady-state"] as number), 3, 1e-9);
  });
});

describe("values and deviations of nuisances", () => {
  it.each([
    [{ name: "p", kind: "pull", sigma: 0.3 } as Nuisance, 0, -2, -2],
    [{ name: "n", kind: "normalisation", sigma: 0.25 } as Nuisance, 1, 1.5, 2],
    [{ name: "f", kind: "normalisation", sigma: null } as Nuisance, 1, 3, 2],
  ])("%o", (nuisance, nominal, value, deviation) => {
    expect(nominalValue(nuisance)).toBe(nominal);
    expect(deviationOf(nuisance, nominal)).toBe(0);
    expect(deviationOf(nuisance, value)).toBe(deviation);
    expect(valueOfDeviation(nuisance, deviation)).toBe(value);
  });
});
