/**
 * Poisson likelihood: against scipy/iminuit on the cells of the COHERENT CsI 2018 release (csi-2017-release.json), and laws.
 */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  findMinima,
  type Likelihood,
  type Model,
  type Objective,
  poissonLikelihood,
} from "../../src/statistics/index.ts";
import { expectRelative } from "../relative.ts";

const reference = JSON.parse(readFileSync(new URL("../reference/csi-2017-release.json", import.meta.url), "utf8"));
const flat = (cells: number[][]): Float64Array => Float64Array.from(cells.flat());
const constant = (counts: Float64Array) => [{ left: 0, right: 0, counts }];

/** The release's cells: signal with flux, signal and a free normalisation, two backgrounds. */
const release: Model = {
  couplings: [],
  nuisances: [
    { name: "flux", kind: "pull", sigma: 0.1 },
    { name: "signal", kind: "pull", sigma: 0.26 },
    { name: "cevns", kind: "normalisation", sigma: null },
    { name: "brn", kind: "normalisation", sigma: 0.25 },
    { name: "steady-state", kind: "normalisation", sigma: 0.05 },
  ],
  blocks: [
    {
      id: "csi",
      observed: flat(reference.C),
      sigma: new Float64Array(144),
      components: [
        {
          name: "cevns",
          flavour: null,
          terms: constant(flat(reference.smCells)),
          nuisances: ["flux", "signal", "cevns"],
        },
        { name: "brn", flavour: null, terms: constant(flat(reference.brn)), nuisances: ["brn"] },
        {
          name: "steady-state",
          flavour: null,
          terms: constant(flat(reference.steadyState)),
          nuisances: ["steady-state"],
        },
      ],
    },
  ],
};

const objectiveOf = (likelihood: Likelihood, lower: number[], upper: number[]): Objective => ({
  names: likelihood.parameters,
  lower,
  upper,
  evaluate: likelihood.evaluate,
});

describe("the CsI 2018 release", () => {
  it("gives the standard model's chi^2 and pulls", () => {
    const detail = poissonLikelihood(release, [], { cevns: 1 }).detail([]);
    // chi^2 is at its minimum in the pulls, so it agrees to the square of their accuracy; iminuit stops at 1e-5 in a pull.
    expectRelative(detail.chi2, reference.standardModel.chi2, 1e-10);
    const { flux, signal, brn } = reference.standardModel.pulls;
    expect(Math.abs(detail.deviations["flux"]! - flux)).toBeLessThan(1e-4);
    expect(Math.abs(detail.deviations["signal"]! - signal)).toBeLessThan(1e-4);
    expect(Math.abs(detail.nuisances["brn"]! - brn)).toBeLessThan(1e-4);
    expect(Math.abs(detail.nuisances["steady-state"]! - reference.standardModel.pulls["steady-state"])).toBeLessThan(
      1e-4,
    );
    expectRelative(detail.contributions["csi"]! + detail.constraints, detail.chi2, 1e-14);
  });

  it("gives chi^2 with every pull at its centre", () => {
    const centre = { flux: 0, signal: 0, cevns: 1, brn: 1, "steady-state": 1 };
    expectRelative(
      poissonLikelihood(release, [], centre).evaluate([]),
      reference.standardModel.chi2PullsAtCentre,
      1e-12,
    );
  });

  it("gives the plain fit: free normalisation, flux and signal pulls at 0", () => {
    const likelihood = poissonLikelihood(release, ["cevns"], { flux: 0, signal: 0 });
    const [best] = findMinima(objectiveOf(likelihood, [0], [5]));
    const fit = reference.plainFit;
    const components = Object.fromEntries(
      likelihood.detail(best!.x).components.map(({ name, counts }) => [name, counts.reduce((a, b) => a + b, 0)]),
    );
    expectRelative(best!.value, fit.chi2, 1e-10);
    // The minimiser of the reference leaves 1e-5 of an error bar.
    for (const name of ["cevns", "brn", "steady-state"])
      expectRelative(components[name]!, fit[name].events, 1e-4, name);
    expectRelative(Math.sqrt(likelihood.evaluate([0]) - best!.value), fit.significance, 1e-4);
  });
});

describe("laws", () => {
  const random = fc.record({
    n: fc.array(fc.nat(30), { minLength: 4, maxLength: 8 }),
    seed: fc.integer({ min: 1, max: 1e6 }),
    x: fc.double({ min: -1.5, max: 1.5, noNaN: true }),
  });
  const modelOf = (n: readonly number[], seed: number): Model => {
    let state = seed;
    const next = (): number => {
      state = (state * 48271) % 2147483647;
      return state / 2147483647;
    };
    const counts = (size: number): Float64Array => Float64Array.from(n, () => size * (0.2 + next()));
    return {
      couplings: ["a"],
      nuisances: [
        { name: "flux", kind: "pull", sigma: 0.1 + next() },
        { name: "signal", kind: "pull", sigma: 0.3 },
        { name: "bg", kind: "normalisation", sigma: 0.5 },
      ],
      blocks: [
        {
          id: "one",
          observed: Float64Array.from(n),
          sigma: new Float64Array(n.length),
          components: [
            {
              name: "cevns",
              flavour: null,
              terms: [
                { left: 0, right: 0, counts: counts(5) },
                { left: 0, right: 1, counts: counts(3) },
                { left: 1, right: 1, counts: counts(4) },
              ],
              nuisances: ["flux", "signal"],
            },
            { name: "bg", flavour: null, terms: constant(counts(4)), nuisances: ["bg"] },
          ],
        },
      ],
    };
  };

  it("profiling never raises chi^2, and freeing a pull finds the same minimum", () => {
    fc.assert(
      fc.property(random, ({ n, seed, x }) => {
        const model = modelOf(n, seed);
        const profiled = poissonLikelihood(model);
        const value = profiled.evaluate([x]);
        for (const fixed of [{ flux: 0 }, { bg: 1.3 }, { flux: 0.4, signal: -0.3, bg: 0.8 }]) {
          expect(value).toBeLessThanOrEqual(poissonLikelihood(model, [], fixed).evaluate([x]) + 1e-9);
        }
        const freed = poissonLikelihood(model, ["flux", "bg"]);
        const { deviations, nuisances } = profiled.detail([x]);
        // At the best values the partial derivatives vanish: Newton's method and the analytic gradient agree.
        const gradient = new Float64Array(3);
        expectRelative(freed.evaluate([x, deviations["flux"]!, nuisances["bg"]!], gradient), value, 1e-9);
        const atBound = nuisances["bg"]! < 1e-3 || 1 + model.nuisances[0]!.sigma! * deviations["flux"]! < 1e-3;
        if (!atBound) for (const g of gradient.subarray(1)) expect(Math.abs(g)).toBeLessThan(1e-4);
      }),
      { numRuns: 60 },
    );
  });

  it("the gradient is that of central differences", () => {
    fc.assert(
      fc.property(random, ({ n, seed, x }) => {
        const likelihood = poissonLikelihood(modelOf(n, seed));
        const gradient = new Float64Array(1);
        likelihood.evaluate([x], gradient);
        const h = 1e-5;
        const slope = (likelihood.evaluate([x + h]) - likelihood.evaluate([x - h])) / (2 * h);
        // Truncation h^2 and noise 1e-12/h of a profiled chi^2.
        expect(Math.abs(slope - gradient[0]!)).toBeLessThan(1e-4 * (1 + Math.abs(slope)));
      }),
      { numRuns: 60 },
    );
  });

  it("an empty cell costs 2 mu, and a prediction of zero under an event is cut, not infinite", () => {
    const one = (n: number, mu: number): Model => ({
      couplings: [],
      nuisances: [],
      blocks: [
        {
          id: "one",
          observed: Float64Array.of(n),
          sigma: Float64Array.of(0),
          components: [{ name: "bg", flavour: null, terms: constant(Float64Array.of(mu)), nuisances: [] }],
        },
      ],
    });
    expect(poissonLikelihood(one(0, 3.5)).evaluate([])).toBe(7);
    expect(poissonLikelihood(one(4, 4)).evaluate([])).toBe(0);
    // By hand, with ln(2e9) = 21.416413018.
    expectRelative(poissonLikelihood(one(2, 0)).evaluate([]), 81.66565207, 1e-9);
  });
});
