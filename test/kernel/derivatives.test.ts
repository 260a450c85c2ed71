/** Gradient and Hessian of a kernel in all of its unknowns, against derivatives of the sums written out. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Kernel } from "../../src/kernel/kernel.ts";
import * as at from "../../src/kernel/layout.ts";
import { setFree } from "../../src/statistics/part.ts";
import { expectWithin } from "../relative.ts";
import { goTo, kernelFor, type MixedModel, makers, mixedModel, read, shapes } from "./mixed-models.ts";
import { cellsAt, chi2At } from "./written-out.ts";

/** Sums of hundreds of products, in another order: rounding of that many, relative to their magnitudes. */
const ROUNDING = 5e-14;

const all = (n: number): number[] => Array.from({ length: n }, (_, k) => k);

/** Fails unless the entries of the unknowns listed are the derivatives written out. */
function expectWrittenOut(kernel: Kernel, model: MixedModel, point: readonly number[], free: readonly number[]): void {
  const n = model.unknowns;
  const gradient = read(kernel, at.M_GRADIENT, n);
  const hessian = read(kernel, at.M_HESSIAN, n * n);
  for (const a of free) {
    for (const b of free) {
      if (b > a) continue;
      const both = chi2At(model, point, a, b);
      if (a === b) expectWithin(gradient[a]!, both.a, ROUNDING * both.sizeA, `slope ${a}`);
      expectWithin(hessian[a * n + b]!, both.ab, ROUNDING * both.sizeAb, `bend ${a} ${b}`);
      expect(hessian[b * n + a]).toBe(hessian[a * n + b]);
    }
  }
}

describe.each(makers)("%s", (_, make) => {
  it("all unknowns: couplings, deviations, and one with the other", () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const model = mixedModel(shape);
        const kernel = kernelFor(model, make);
        setFree(kernel, all(model.unknowns));
        // The second place finds what the first one left behind.
        for (const point of [model.point(), model.point()]) {
          goTo(kernel, point);
          kernel.evaluate();
          expect(kernel.derive(2)).toBe(model.unknowns);
          expectWrittenOut(kernel, model, point, all(model.unknowns));
        }
      }),
      { numRuns: 120, seed: 1 },
    );
  });

  it("rows cut at zero have no derivatives", () => {
    let cut = 0;
    fc.assert(
      fc.property(shapes, (shape) => {
        const model = mixedModel({ ...shape, strength: 1.5 });
        const point = model.point();
        const { cuts, nearest } = cellsAt(model, point);
        fc.pre(nearest > 1e-9);
        cut += cuts;
        const kernel = kernelFor(model, make);
        setFree(kernel, all(model.unknowns));
        goTo(kernel, point);
        kernel.evaluate();
        kernel.derive(2);
        expectWrittenOut(kernel, model, point, all(model.unknowns));
      }),
      { numRuns: 60, seed: 2 },
    );
    expect(cut).toBeGreaterThan(30);
  });

  it("unknowns that are not free get no entries and change none of the others", () => {
    fc.assert(
      fc.property(shapes, fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), (shape, chosen) => {
        const model = mixedModel(shape);
        const n = model.unknowns;
        const free = all(n).filter((k) => chosen[k]);
        const kernel = kernelFor(model, make);
        const { p, m } = kernel;
        const point = model.point();
        // What derivatives by all left behind is not theirs.
        setFree(kernel, all(n));
        goTo(kernel, model.point());
        kernel.evaluate();
        kernel.derive(2);
        m.fill(77, p[at.M_GRADIENT]!, p[at.M_GRADIENT]! + n);
        m.fill(77, p[at.M_HESSIAN]!, p[at.M_HESSIAN]! + n * n);
        setFree(kernel, free);
        goTo(kernel, point);
        kernel.evaluate();
        expect(kernel.derive(2)).toBe(free.length);
        expect([...p.subarray(p[at.P_OPEN]!, p[at.P_OPEN]! + free.length)]).toEqual(free);
        expectWrittenOut(kernel, model, point, free);
        const gradient = read(kernel, at.M_GRADIENT, n);
        const hessian = read(kernel, at.M_HESSIAN, n * n);
        for (const k of all(n)) {
          if (free.includes(k)) continue;
          expect(gradient[k]).toBe(77);
          for (const l of all(n)) expect([hessian[k * n + l], hessian[l * n + k]]).toEqual([77, 77]);
        }
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  it("order 1 is the gradient alone", () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const model = mixedModel(shape);
        const n = model.unknowns;
        const kernel = kernelFor(model, make);
        const { p, m } = kernel;
        setFree(kernel, all(n));
        goTo(kernel, model.point());
        kernel.evaluate();
        kernel.derive(2);
        const both = read(kernel, at.M_GRADIENT, n);
        m.fill(77, p[at.M_GRADIENT]!, p[at.M_GRADIENT]! + n);
        m.fill(77, p[at.M_HESSIAN]!, p[at.M_HESSIAN]! + n * n);
        expect(kernel.derive(1)).toBe(n);
        expect(read(kernel, at.M_GRADIENT, n)).toEqual(both);
        expect(read(kernel, at.M_HESSIAN, n * n).every((value) => value === 77)).toBe(true);
      }),
      { numRuns: 40, seed: 4 },
    );
  });

  it("leave the unknowns, the data and the expected counts as they are", () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const model = mixedModel(shape);
        const kernel = kernelFor(model, make);
        const point = model.point();
        setFree(kernel, all(model.unknowns));
        goTo(kernel, point);
        const chi2 = kernel.evaluate();
        const mu = read(kernel, at.M_MU, model.cells);
        kernel.derive(2);
        expect(read(kernel, at.M_MU, model.cells)).toEqual(mu);
        expect(read(kernel, at.M_UNKNOWNS, model.unknowns)).toEqual(point);
        expect(kernel.evaluate()).toBe(chi2);
      }),
      { numRuns: 30, seed: 5 },
    );
  });

  it("NaN in, NaN out: the slope by every unknown that shares a cell with the one that is NaN", () => {
    fc.assert(
      fc.property(shapes, fc.nat(), (shape, pick) => {
        const model = mixedModel(shape);
        const n = model.unknowns;
        fc.pre(n > 0);
        const unknown = pick % n;
        const point = model.point().map((value) => value + 0.01);
        const kernel = kernelFor(model, make);
        setFree(kernel, all(n));
        goTo(
          kernel,
          point.map((value, k) => (k === unknown ? Number.NaN : value)),
        );
        kernel.evaluate();
        kernel.derive(1);
        const gradient = read(kernel, at.M_GRADIENT, n);
        for (const k of all(n)) {
          const touches = cellsAt(model, point, unknown, k).mu.some(({ sizeA, sizeB }) => sizeA > 0 && sizeB > 0);
          if (touches) expect(gradient[k], `slope ${k} of ${unknown}`).toBeNaN();
        }
      }),
      { numRuns: 60, seed: 6 },
    );
  });
});
