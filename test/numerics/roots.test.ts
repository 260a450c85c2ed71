import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { brent } from "../../src/numerics/roots.ts";

describe("brent", () => {
  it.each([
    ["x^2 - 2", (x: number) => x * x - 2, 0, 2, Math.SQRT2],
    ["cos x - x", (x: number) => Math.cos(x) - x, 0, 1, 0.7390851332151607],
    ["x^3 - 2x - 5 (Wallis)", (x: number) => x ** 3 - 2 * x - 5, 2, 3, 2.0945514815423265],
    ["tan x - x, the first zero of j_1", (x: number) => Math.sin(x) - x * Math.cos(x), 4, 5, 4.493409457909064],
    ["exp(-x) - 1e-6", (x: number) => Math.exp(-x) - 1e-6, 0, 100, 13.815510557964274],
  ])("finds the root of %s, ends in either order", (_, f, a, b, root) => {
    // The default tolerance.
    expect(Math.abs(brent(f, a, b) - root)).toBeLessThan(1e-12);
    expect(Math.abs(brent(f, b, a) - root)).toBeLessThan(1e-12);
  });

  it("meets the tolerance where the function is flat or has a jump", () => {
    expect(Math.abs(brent((x) => (x - 0.3) ** 9, 0, 1, 1e-6) - 0.3)).toBeLessThan(1e-6);
    expect(Math.abs(brent((x) => (x < 0.3 ? -1 : 1e6), 0, 1, 1e-9) - 0.3)).toBeLessThan(1e-9);
  });

  it("finds the root of any increasing cubic", () => {
    const root = fc.double({ min: -50, max: 50, noNaN: true });
    const steepness = fc.double({ min: 1e-3, max: 10, noNaN: true });
    fc.assert(
      fc.property(root, steepness, (r, s) => {
        const found = brent((x) => (x - r) ** 3 + s * (x - r), -60, 70);
        expect(Math.abs(found - r)).toBeLessThan(1e-12 + 1e-15 * Math.abs(r));
      }),
      { seed: 2 },
    );
  });

  it("interpolates: a smooth function takes a dozen evaluations, where halving takes forty", () => {
    for (const f of [(x: number) => x * x - 2, (x: number) => Math.cos(x) - x, (x: number) => Math.exp(x) - 3]) {
      let calls = 0;
      brent(
        (x) => {
          calls++;
          return f(x);
        },
        0,
        2,
      );
      expect(calls).toBeLessThanOrEqual(14);
    }
  });

  it("returns an end that is a root", () => {
    expect(brent((x) => x - 1, 1, 2)).toBe(1);
    expect(brent((x) => x - 2, 1, 2)).toBe(2);
  });

  it("is NaN without a change of sign", () => {
    expect(brent((x) => x * x + 1, -1, 1)).toBeNaN();
    expect(brent(() => Number.NaN, 0, 1)).toBeNaN();
  });
});
