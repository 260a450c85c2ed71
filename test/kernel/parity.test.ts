/** WebAssembly and plain TypeScript are one kernel: over random models of all forms, to 1e-12 of what is added up. */
import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type Kernel, kernelOf, plainKernel } from "../../src/kernel/kernel.ts";
import * as at from "../../src/kernel/layout.ts";
import { flatten } from "../../src/statistics/flatten.ts";
import { setFree } from "../../src/statistics/part.ts";
import { expectWithin } from "../relative.ts";
import {
  compiledKernel,
  goTo,
  kernelFor,
  type MixedModel,
  mixedModel,
  read,
  type Shape,
  shapes,
} from "./mixed-models.ts";
import { cellsAt, chi2At } from "./written-out.ts";

const TOLERANCE = 1e-12;
const one: Shape = {
  couplings: 2,
  nuisances: ["pull", "normalisation", "pull"],
  blocks: [{ rows: 3, bins: 2, poisson: true }],
  strength: 0.1,
  seed: 5,
};

const strong = fc.tuple(shapes, fc.boolean()).map(([shape, cut]): Shape => ({ ...shape, strength: cut ? 1.5 : 0.1 }));
const choices = fc.array(fc.boolean(), { minLength: 8, maxLength: 8 });

function both(model: MixedModel): readonly [Kernel, Kernel] {
  return [kernelFor(model, plainKernel), kernelFor(model, compiledKernel)];
}

describe("there are two kernels", () => {
  it("the compiled one has a memory of its own, and takes no logarithm of JavaScript", () => {
    const model = mixedModel(one);
    const flat = flatten(model.inputs);
    const before = flat.m.slice();
    const [plain, compiled] = [plainKernel(flat), compiledKernel(flat)];
    expect(compiled.m.buffer.byteLength % 65536).toBe(0);
    expect(compiled.m.buffer).toBe(compiled.p.buffer);
    const log = vi.spyOn(Math, "log");
    goTo(compiled, model.point());
    compiled.evaluate();
    expect(log).not.toHaveBeenCalled();
    expect(flat.m).toEqual(before);
    goTo(plain, model.point());
    plain.evaluate();
    expect(log).toHaveBeenCalled();
    log.mockRestore();
  });

  it("the one that is taken is the compiled one, on a copy of the model", () => {
    const flat = flatten(mixedModel(one).inputs);
    const kernel = kernelOf(flat);
    expect(kernel.m.buffer.byteLength % 65536).toBe(0);
    expect(kernel.m).not.toBe(flat.m);
    expect(kernel.m).toEqual(flat.m);
    expect(kernel.p).toEqual(flat.p);
  });
});

describe("where WebAssembly is missing", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  class Broken {
    constructor() {
      throw new Error("not here");
    }
  }
  const { WebAssembly: real } = globalThis as unknown as { WebAssembly: Record<string, unknown> };

  it.each([
    ["it does not exist", undefined],
    ["it compiles nothing, or no vectors", { ...members(real), Module: Broken }],
    ["there is no memory", { ...members(real), Memory: Broken }],
  ])("%s: plain TypeScript answers, on a copy of the model", async (_, replacement) => {
    vi.stubGlobal("WebAssembly", replacement);
    vi.resetModules();
    const there = await import("../../src/kernel/kernel.ts");
    expect(there.kernelOf).not.toBe(kernelOf);
    const model = mixedModel(one);
    const flat = flatten(model.inputs);
    const [m, p] = [flat.m.slice(), flat.p.slice()];
    expect(there.wasmKernel(flat)).toBeUndefined();
    const [fallback, plain] = [there.kernelOf(flat), plainKernel({ p: p.slice(), m: m.slice() })];
    const log = vi.spyOn(Math, "log");
    const point = model.point();
    for (const kernel of [fallback, plain]) goTo(kernel, point);
    expect(fallback.evaluate()).toBe(plain.evaluate());
    expect(log.mock.calls.length).toBeGreaterThan(0);
    log.mockRestore();
    for (const kernel of [fallback, plain]) setFree(kernel, [0, 2, 3]);
    expect(fallback.search(fallback.evaluate())).toBe(plain.search(plain.evaluate()));
    expect(fallback.m).toEqual(plain.m);
    expect([flat.m, flat.p]).toEqual([m, p]);
  });

  it("a global that lacks it really reaches the kernel: with it there is one again", async () => {
    vi.resetModules();
    const there = await import("../../src/kernel/kernel.ts");
    expect(there.wasmKernel(flatten(mixedModel(one).inputs))).toBeDefined();
  });
});

/** What a namespace object holds: its members are not enumerable. */
function members(namespace: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.getOwnPropertyNames(namespace).map((name) => [name, namespace[name]]));
}

describe("answers", () => {
  it("expected counts and chi^2", () => {
    fc.assert(
      fc.property(strong, (shape) => {
        const model = mixedModel(shape);
        const [plain, compiled] = both(model);
        for (const point of [model.point(), model.point()]) {
          const { mu, nearest } = cellsAt(model, point);
          // On the edge of a cut rounding decides.
          if (nearest < 1e-9) continue;
          for (const kernel of [plain, compiled]) {
            goTo(kernel, point);
            kernel.predict();
          }
          const [ours, theirs] = [read(compiled, at.M_MU, model.cells), read(plain, at.M_MU, model.cells)];
          mu.forEach(({ size }, i) => {
            expectWithin(ours[i]!, theirs[i]!, TOLERANCE * size, `cell ${i}`);
          });
          expectWithin(compiled.evaluate(), plain.evaluate(), TOLERANCE * chi2At(model, point).size, "chi^2");
          expect(compiled.p[at.CUTS]).toBe(plain.p[at.CUTS]);
        }
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it("gradient and Hessian, of all unknowns and of some", () => {
    fc.assert(
      fc.property(strong, choices, (shape, chosen) => {
        const model = mixedModel(shape);
        const n = model.unknowns;
        const kernels = both(model);
        const [plain, compiled] = kernels;
        const every = Array.from({ length: n }, (_, k) => k);
        for (const free of [every, every.filter((k) => chosen[k])]) {
          const point = model.point();
          if (cellsAt(model, point).nearest < 1e-9) continue;
          for (const kernel of kernels) setFree(kernel, free);
          for (const order of [1, 2] as const) {
            const counts = kernels.map((kernel) => {
              goTo(kernel, point);
              kernel.evaluate();
              return kernel.derive(order);
            });
            expect(counts).toEqual([free.length, free.length]);
          }
          const [g, h] = [read(compiled, at.M_GRADIENT, n), read(compiled, at.M_HESSIAN, n * n)];
          const [gPlain, hPlain] = [read(plain, at.M_GRADIENT, n), read(plain, at.M_HESSIAN, n * n)];
          for (const a of free) {
            for (const b of free) {
              const { sizeA, sizeAb } = chi2At(model, point, a, b);
              expectWithin(g[a]!, gPlain[a]!, TOLERANCE * sizeA, `slope ${a}`);
              expectWithin(h[a * n + b]!, hPlain[a * n + b]!, TOLERANCE * sizeAb, `bend ${a} ${b}`);
            }
          }
        }
      }),
      { numRuns: 120, seed: 2 },
    );
  });

  it("gradient alone", () => {
    fc.assert(
      fc.property(strong, (shape) => {
        const model = mixedModel(shape);
        const n = model.unknowns;
        const kernels = both(model);
        const point = model.point();
        fc.pre(cellsAt(model, point).nearest > 1e-9);
        const every = Array.from({ length: n }, (_, k) => k);
        for (const kernel of kernels) setFree(kernel, every);
        const [theirs, ours] = kernels.map((kernel) => {
          goTo(kernel, point);
          kernel.evaluate();
          kernel.derive(1);
          return read(kernel, at.M_GRADIENT, n);
        });
        for (let a = 0; a < n; a++) {
          expectWithin(ours![a]!, theirs![a]!, TOLERANCE * chi2At(model, point, a).sizeA, `slope ${a}`);
        }
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  it("minima: chi^2 to 1e-10, the place to what the curvature allows, and how it ended", () => {
    fc.assert(
      fc.property(shapes, choices, (shape, chosen) => {
        const model = mixedModel(shape);
        const n = model.unknowns;
        const kernels = both(model);
        const free = Array.from({ length: n }, (_, k) => k).filter((k) => chosen[k]);
        const point = model.point();
        for (const kernel of kernels) setFree(kernel, free);
        const [theirs, ours] = kernels.map((kernel) => {
          goTo(kernel, point);
          const chi2 = kernel.search(kernel.evaluate());
          return { chi2, unknowns: read(kernel, at.M_UNKNOWNS, n), status: kernel.p[at.STATUS] };
        });
        expectWithin(ours!.chi2, theirs!.chi2, 1e-10 * (1 + theirs!.chi2));
        expect(ours!.status).toBe(theirs!.status);
        // Half of d H d is the chi^2 between the two places.
        const [plain] = kernels;
        plain.derive(2);
        const H = read(plain, at.M_HESSIAN, n * n);
        const d = ours!.unknowns.map((u, k) => u - theirs!.unknowns[k]!);
        const between = free.reduce(
          (sum, a) => sum + free.reduce((inner, b) => inner + 0.5 * d[a]! * d[b]! * H[a * n + b]!, 0),
          0,
        );
        expectWithin(between, 0, 1e-10 * (1 + theirs!.chi2), "distance");
      }),
      { numRuns: 200, seed: 4 },
    );
  });
});
