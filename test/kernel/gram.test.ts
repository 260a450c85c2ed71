import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { plainGram } from "../../src/kernel/gram.ts";
import type { Gram, GramForm } from "../../src/kernel/gram-form.ts";
import { gramOf, wasmGram } from "../../src/kernel/gram-wasm.ts";
import { gramModel } from "../../src/statistics/gram.ts";
import { expectRelative } from "../relative.ts";
import { choices, type ModelChoice, random, randomModel } from "./gram-models.ts";

interface Pair {
  readonly name: string;
  readonly choice: ModelChoice;
  readonly plain: Gram;
  readonly wasm: Gram;
}

/** Room for the lists of a test. */
const ROOM = 20_000;

const pairs: readonly Pair[] = choices.map((choice, seed) => {
  const { form } = gramModel(randomModel(seed, choice))!;
  return { name: JSON.stringify(choice), choice, plain: plainGram(form), wasm: wasmGram(form, ROOM)! };
});

/** Points of which every seventh is near the origin. */
function pointsFor({ choice: { couplings } }: Pair, count: number, list: Gram["list"] = (n) => new Float64Array(n)) {
  const next = random(count);
  return Array.from({ length: couplings }, () => {
    const values = list(count);
    for (let i = 0; i < count; i++) values[i] = (i % 7 === 0 ? 0.01 : 4) * (2 * next() - 1);
    return values;
  });
}

function expectIdentical(actual: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  expect(actual.length, what).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    if (!Object.is(actual[i], expected[i])) expect(actual[i], `${what}: number ${i}`).toBe(expected[i]);
  }
}

describe("WebAssembly and plain TypeScript", () => {
  it("have both ways of evaluating to compare", () => {
    const all = pairs.map(({ plain }) => plain.form);
    expect(all.some(({ variables, sizes }) => variables === 3 && sizes.includes(3))).toBe(true);
    expect(all.some(({ variables, sizes }) => variables === 2 && sizes.length === 0)).toBe(true);
    expect(all.some(({ variables, sizes }) => variables === 2 && sizes.length === 1 && sizes[0] === 1)).toBe(true);
    // Data sets that share no pull, and flavours that share cells.
    expect(all.some(({ variables, sizes }) => variables === 2 && sizes.join() === "1,1")).toBe(true);
    expect(all.some(({ sizes }) => sizes.join() === "2")).toBe(true);
  });

  // One point, odd numbers, a block of 1024 and a bit.
  it.each([1, 2, 9, 1031])("give the same batch of %i to the bit", (count) => {
    for (const pair of pairs) {
      const xs = pointsFor(pair, count);
      const expected = new Float64Array(count);
      pair.plain.batch(xs, expected);
      expect(expected.every(Number.isFinite), pair.name).toBe(true);
      const out = new Float64Array(count);
      pair.wasm.batch(xs, out);
      expectIdentical(out, expected, pair.name);
      // The same where the lists lie in its memory, or only some of them do.
      const inside = pointsFor(pair, count, pair.wasm.list);
      const insideOut = pair.wasm.list(count);
      pair.wasm.batch(inside, insideOut);
      expectIdentical(insideOut, expected, `${pair.name} in place`);
      pair.wasm.batch(inside, out.fill(0));
      expectIdentical(out, expected, `${pair.name} out of place`);
      const shared = new Float64Array(new SharedArrayBuffer(8 * count));
      pair.wasm.batch(xs, shared);
      expectIdentical(shared, expected, `${pair.name} shared`);
    }
  });

  it("leave what lies beside their results alone", () => {
    for (const pair of pairs) {
      const beside = pair.wasm.list(16).fill(5);
      const xs = pointsFor(pair, 7, pair.wasm.list);
      pair.wasm.batch(xs, beside.subarray(3, 10));
      expect([...beside.subarray(0, 3), ...beside.subarray(10)], pair.name).toEqual(new Array(9).fill(5));
      const axes = xs.map((axis) => axis.subarray(0, 1));
      pair.wasm.grid([...axes.slice(1), xs[0]!], beside.fill(5).subarray(3, 10));
      expect([...beside.subarray(0, 3), ...beside.subarray(10)], pair.name).toEqual(new Array(9).fill(5));
    }
  });

  it("give one number for a point however it is asked", () => {
    for (const pair of pairs) {
      const { couplings } = pair.choice;
      const axes = pointsFor(pair, 5).map((axis, i) => axis.subarray(0, couplings === 3 ? 2 + i : 5));
      const total = axes.reduce((product, axis) => product * axis.length, 1);
      const grid = Array.from({ length: total }, (_, k) => {
        let rest = k;
        return axes.map((_, i) => {
          const inner = axes.slice(i + 1).reduce((product, axis) => product * axis.length, 1);
          const index = Math.floor(rest / inner);
          rest %= inner;
          return axes[i]![index]!;
        });
      });
      const one = grid.map((x) => pair.plain.value(x));
      const [plain, wasm] = [new Float64Array(total), new Float64Array(total)];
      pair.plain.grid(axes, plain);
      expectIdentical(plain, one, `${pair.name} grid`);
      pair.wasm.grid(axes, wasm);
      expectIdentical(wasm, one, `${pair.name} wasm grid`);
      const inside = axes.map((axis) => {
        const list = pair.wasm.list(axis.length);
        list.set(axis);
        return list;
      });
      const out = pair.wasm.list(total);
      pair.wasm.grid(inside, out);
      expectIdentical(out, one, `${pair.name} grid in place`);
      pair.plain.batch(
        axes.map((_, i) => Float64Array.from(grid, (x) => x[i]!)),
        plain.fill(0),
      );
      expectIdentical(plain, one, `${pair.name} batch`);
      expect(one.map((_, k) => pair.wasm.value(grid[k]!))).toEqual(one);
    }
  });

  it("give a grid with rows longer than a block", () => {
    const pair = pairs.find(({ choice }) => choice.couplings === 2 && choice.pulls === 2)!;
    const axes = [Float64Array.of(-0.3, 0.7), pointsFor(pair, 2051)[0]!];
    const [plain, wasm] = [new Float64Array(4102), new Float64Array(4102)];
    pair.plain.grid(axes, plain);
    pair.wasm.grid(axes, wasm);
    expectIdentical(wasm, plain, "grid");
    expect(plain.every(Number.isFinite)).toBe(true);
  });

  it("answer NaN for the point with a NaN, and for no other", () => {
    for (const pair of pairs) {
      for (let i = 0; i < pair.choice.couplings; i++) {
        const xs = pointsFor(pair, 11);
        xs[i]![4] = Number.NaN;
        for (const gram of [pair.plain, pair.wasm]) {
          const out = new Float64Array(11);
          gram.batch(xs, out);
          expect(
            [...out].flatMap((value, k) => (Number.isNaN(value) ? [k] : [])),
            pair.name,
          ).toEqual([4]);
          expect(gram.value(xs.map((list) => list[4]!)), pair.name).toBeNaN();
        }
      }
    }
  });
});

describe("a form written by hand", () => {
  // One count n = 3 +- 1, expected x with a pull of 50 %: its error adds in quadrature, chi^2 = (3 - x)^2/(1 + x^2/4).
  // Counted from where x is switched off, delta = -2: rr = 3^2 + 2^2, v = 3 x/2 + 2, M = 1 + x^2/4.
  const form: GramForm = {
    variables: 1,
    parent: Int32Array.of(0, 0, 1),
    factor: Int32Array.of(0, 0, 0),
    sizes: Int32Array.of(1),
    start: Int32Array.of(0, 1, 3, 5),
    monomial: Int32Array.of(0, 0, 1, 0, 2),
    coefficient: Float64Array.of(13, 2, 1.5, 1, 0.25),
  };

  it("is evaluated", () => {
    for (const gram of [plainGram(form), gramOf(form)]) {
      // (3 - 2)^2/(1 + 1), 3^2/1, (3 + 4)^2/(1 + 4): 13 minus a few bits.
      expectRelative(gram.value([2]), 0.5, 1e-14);
      expectRelative(gram.value([0]), 9, 1e-14);
      expectRelative(gram.value([-4]), 9.8, 1e-14);
      const gradient = new Float64Array(1);
      gram.gradient([2], gradient);
      // -2 (3 - x)/(1 + x^2/4) - (3 - x)^2 (x/2)/(1 + x^2/4)^2 = -1 - 1/4
      expectRelative(gradient[0]!, -1.25, 1e-14);
      const hessian = new Float64Array(1);
      gram.hessian([0], hessian);
      // Of (9 - 6 x + x^2)(1 - x^2/4 + ...): 2 (1 - 9/4)
      expectRelative(hessian[0]!, -2.5, 1e-14);
    }
  });

  it("knows the rounding of its terms", () => {
    // rr 13; v = 5 and delta = 5/2: 2 x 2.5 x 5 + 2.5^2 x 2.
    expectRelative(plainGram(form).rounding([2]), (13 + 25 + 12.5) * 2 ** -52, 1e-15);
  });
});

describe("derivatives", () => {
  it("are those of the value", () => {
    for (const { name, choice, plain } of pairs) {
      const n = choice.couplings;
      const x = [0.4, -0.7, 0.9].slice(0, n);
      const [gradient, hessian] = [new Float64Array(n), new Float64Array(n * n)];
      plain.gradient(x, gradient);
      plain.hessian(x, hessian);
      const [up, down] = [new Float64Array(n), new Float64Array(n)];
      for (let a = 0; a < n; a++) {
        const h = 1e-4;
        const [high, low] = [x.with(a, x[a]! + h), x.with(a, x[a]! - h)];
        plain.gradient(high, up);
        plain.gradient(low, down);
        // Differences are off by h^2 times a third derivative, of a chi^2 of order 1 to 1000.
        const close = (actual: number, expected: number, what: string): void =>
          expect(Math.abs(actual - expected) / (1 + Math.abs(expected)), `${name} ${what} ${a}`).toBeLessThan(1e-5);
        close(gradient[a]!, (plain.value(high) - plain.value(low)) / (2 * h), "slope");
        for (let b = 0; b < n; b++) close(hessian[a * n + b]!, (up[b]! - down[b]!) / (2 * h), "bend");
      }
    }
  });
});

describe("the checked-in module", () => {
  it("is what its source compiles to", () => {
    const script = fileURLToPath(new URL("../../scripts/kernel.mjs", import.meta.url));
    const run = spawnSync(process.execPath, [script, "--check", "gram"], { encoding: "utf8" });
    expect(run.stderr).toBe("");
    expect(run.status).toBe(0);
  });
});
