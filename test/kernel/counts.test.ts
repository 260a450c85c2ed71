/** Expected counts and chi^2 of a kernel, against sums written out. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Kernel } from "../../src/kernel/kernel.ts";
import * as at from "../../src/kernel/layout.ts";
import { type FlattenInputs, flatten } from "../../src/statistics/flatten.ts";
import { morphBasis } from "../../src/statistics/index.ts";
import { expectRelative, expectWithin } from "../relative.ts";
import { goTo, kernelFor, type MixedModel, makers, mixedModel, read, shapes } from "./mixed-models.ts";
import { cellsAt, chi2At } from "./written-out.ts";

/** Sums of up to a hundred products, in another order: rounding of that many, relative to their magnitudes. */
const ROUNDING = 1e-14;

/** One block of Poisson or Gaussian cells, each cell the coupling of its own. */
function cellsOf(observed: readonly number[], statistics: "poisson" | "gaussian" = "poisson"): FlattenInputs {
  const terms = observed.map((_, k) => ({
    left: 0,
    right: k + 1,
    counts: Float64Array.from(observed, (__, i) => (i === k ? 1 : 0)),
  }));
  const block = { id: "only", statistics, observed: Float64Array.from(observed), components: [] };
  return {
    blocks: [{ ...block, sigma: Float64Array.from(observed, () => 3) }],
    groups: [{ group: { block: 0, terms, nuisances: [], changes: [], spread: null }, cell: 0 }],
    couplings: observed.length,
    nuisances: [],
    constrained: [],
    lower: [],
    upper: [],
  };
}

describe.each(makers)("%s", (_, make) => {
  function expectWrittenOut(kernel: Kernel, model: MixedModel, point: readonly number[]): void {
    const { mu, cuts } = cellsAt(model, point);
    goTo(kernel, point);
    const chi2 = kernel.evaluate();
    const ours = read(kernel, at.M_MU, model.cells);
    mu.forEach(({ value, size }, i) => {
      expectWithin(ours[i]!, value, ROUNDING * size, `cell ${i}`);
    });
    const expected = chi2At(model, point);
    expectWithin(chi2, expected.value, ROUNDING * expected.size, "chi^2");
    expect(kernel.p[at.CUTS]).toBe(cuts);
    kernel.predict();
    expect(read(kernel, at.M_MU, model.cells)).toEqual(ours);
  }

  it("expected counts and chi^2 are the sums written out, wherever the kernel was before", () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const model = mixedModel(shape);
        const kernel = kernelFor(model, make);
        const [first, second] = [model.point(), model.point()];
        const { couplings } = model.inputs;
        const mixed = second.map((value, k) => (k < couplings ? first[k]! : value));
        for (const point of [first, mixed, second, first]) expectWrittenOut(kernel, model, point);
      }),
      { numRuns: 150, seed: 1 },
    );
  });

  it("data and centres that are replaced count at once", () => {
    fc.assert(
      fc.property(shapes, fc.double({ min: -1, max: 1, noNaN: true }), (shape, shift) => {
        const model = mixedModel(shape);
        const kernel = kernelFor(model, make);
        const point = model.point();
        expectWrittenOut(kernel, model, point);
        const blocks = model.inputs.blocks.map((one) => ({ ...one, observed: one.observed.map((n) => n + 7) }));
        const centres = model.centres.map((centre) => centre + shift);
        const { p, m } = kernel;
        m.set(
          blocks.flatMap(({ observed }) => [...observed]),
          p[at.M_OBSERVED]!,
        );
        m.set(centres, p[at.M_CENTRE]!);
        expectWrittenOut(kernel, { ...model, inputs: { ...model.inputs, blocks }, centres }, point);
      }),
      { numRuns: 30, seed: 2 },
    );
  });

  it("rows that nuisances move below zero are nothing, and counted", () => {
    let cut = 0;
    fc.assert(
      fc.property(shapes, (shape) => {
        const model = mixedModel({ ...shape, strength: 1.5 });
        const point = model.point();
        const { cuts, nearest } = cellsAt(model, point);
        // On the edge rounding decides.
        fc.pre(nearest > 1e-9);
        cut += cuts;
        expectWrittenOut(kernelFor(model, make), model, point);
      }),
      { numRuns: 100, seed: 3 },
    );
    expect(cut).toBeGreaterThan(50);
  });

  it("a prediction that couplings make negative is left alone, whatever moves it", () => {
    const inputs: FlattenInputs = {
      ...cellsOf([2, 3], "gaussian"),
      groups: [
        {
          group: {
            block: 0,
            terms: [{ left: 0, right: 1, counts: Float64Array.of(4, -2) }],
            nuisances: [],
            changes: [
              { nuisance: 0, basis: morphBasis, terms: [[{ left: 0, right: 0, counts: Float64Array.of(-1, -1) }], []] },
            ],
            spread: null,
          },
          cell: 0,
        },
      ],
      couplings: 1,
      nuisances: [{ name: "shape", kind: "pull", sigma: 1 }],
      lower: [-9],
      upper: [9],
    };
    const kernel = make(flatten(inputs));
    goTo(kernel, [3, 1]);
    // (2 - 11)^2/9 + (3 + 7)^2/9
    expectRelative(kernel.evaluate(), 181 / 9, 1e-15);
    expect(read(kernel, at.M_MU, 2)).toEqual([11, -7]);
    expect(kernel.p[at.CUTS]).toBe(0);
  });

  it("an empty Poisson cell counts twice what is expected, and nothing more", () => {
    const kernel = make(flatten(cellsOf([0, 0, 0])));
    goTo(kernel, [0.25, 3, 1024]);
    expect(kernel.evaluate()).toBe(2 * 1027.25);
    expect(read(kernel, at.M_SLOPE, 3)).toEqual([2, 2, 2]);
    expect(read(kernel, at.M_BEND, 3)).toEqual([0, 0, 0]);
  });

  it.each([0, 1e-12, -4])("a Poisson prediction of %s counts as 1e-9", (mu) => {
    for (const n of [0, 1, 37]) {
      const kernel = make(flatten(cellsOf([n, n, n])));
      goTo(kernel, [mu, 1e-9, mu]);
      const each = 2 * (1e-9 - n + (n === 0 ? 0 : n * (Math.log(n) + 9 * Math.LN10)));
      // Logarithms of three numbers, added up.
      expectRelative(kernel.evaluate(), 3 * each, 4e-15, `${n}`);
      const [first, second, third] = read(kernel, at.M_SLOPE, 3);
      // An empty cell that is cut does not change; one with counts is pushed back up.
      expect([first, third]).toEqual(n === 0 ? [0, 0] : [second, second]);
      expectRelative(second!, 2 - 2e9 * n, 1e-15);
      expect(read(kernel, at.M_MU, 3)).toEqual([mu, 1e-9, mu]);
    }
  });

  it("derivatives by each expected count are those of one cell", () => {
    const [n, mu] = [12, 8];
    const poisson = make(flatten(cellsOf([n, 0, n])));
    goTo(poisson, [mu, 5, mu]);
    poisson.evaluate();
    // 2 - 2 n/mu and 2 n/mu^2, exact in binary.
    expect(read(poisson, at.M_SLOPE, 3)).toEqual([-1, 2, -1]);
    expect(read(poisson, at.M_BEND, 3)).toEqual([0.375, 0, 0.375]);
    const gaussian = make(flatten(cellsOf([n, 0, n], "gaussian")));
    goTo(gaussian, [mu, 5, mu]);
    // 16/9 twice and 25/9; slopes 2 (mu - n)/9.
    expectRelative(gaussian.evaluate(), 57 / 9, 1e-15);
    for (const [k, slope] of [-8 / 9, 10 / 9, -8 / 9].entries()) {
      expectRelative(read(gaussian, at.M_SLOPE, 3)[k]!, slope, 1e-15);
      expectRelative(read(gaussian, at.M_BEND, 3)[k]!, 2 / 9, 1e-15);
    }
  });

  it("NaN in, NaN out: in every cell that the unknown moves, and in chi^2; gone with the next place", () => {
    fc.assert(
      fc.property(shapes, fc.nat(), (shape, pick) => {
        const model = mixedModel(shape);
        fc.pre(model.unknowns > 0);
        const kernel = kernelFor(model, make);
        const point = model.point().map((value) => value + 0.01);
        const unknown = pick % model.unknowns;
        const { mu } = cellsAt(model, point, unknown);
        goTo(
          kernel,
          point.map((value, k) => (k === unknown ? Number.NaN : value)),
        );
        const chi2 = kernel.evaluate();
        const ours = read(kernel, at.M_MU, model.cells);
        // sizeA is 0 where the unknown stands in no term of the cell.
        mu.forEach(({ value, size, sizeA }, i) => {
          if (sizeA > 0) expect(ours[i]).toBeNaN();
          else expectWithin(ours[i]!, value, ROUNDING * size);
        });
        const constrained = model.inputs.constrained.includes(unknown - model.inputs.couplings);
        expect(Number.isNaN(chi2)).toBe(constrained || mu.some(({ sizeA }) => sizeA > 0));
        expectWrittenOut(kernel, model, point);
      }),
      { numRuns: 60, seed: 4 },
    );
  });
});
