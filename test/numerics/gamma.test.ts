import { describe, expect, it } from "vitest";
import { logGamma, lowerGamma, upperGamma } from "../../src/numerics/gamma.ts";
import reference from "../reference/special-functions.json" with { type: "json" };
import { expectRelative } from "../relative.ts";

describe("logGamma", () => {
  it("agrees with mpmath from 1e-300 to 1e6", () => {
    for (const [x, expected] of reference.logGamma as [number, number][]) {
      // ln Gamma vanishes at 1 and 2, where only the absolute error is small.
      const error = Math.abs(logGamma(x) - expected);
      expect(error, `ln Gamma(${x})`).toBeLessThan(1e-14 * Math.abs(expected) + 4e-15);
    }
  });

  it("is defined for positive numbers", () => {
    for (const x of [0, -1, -0.5, Number.NaN]) expect(logGamma(x), String(x)).toBeNaN();
  });
});

describe("upperGamma", () => {
  const rows = reference.upperGamma as [number, number, number][];

  it("agrees with mpmath from the body of the distribution far into both tails, a up to 1e4, x up to 2e4", () => {
    expect(rows.length).toBeGreaterThan(300);
    for (const [a, x, expected] of rows) {
      if (expected === 0) {
        // Below 1e-300.
        expect(upperGamma(a, x), `Q(${a}, ${x})`).toBeLessThan(1e-299);
        continue;
      }
      // The exponent x - a ln x + ln Gamma(a) has terms of this size, each rounded.
      const exponent = x + a * Math.abs(Math.log(x)) + Math.abs(logGamma(a));
      // Below x = a + 1 it is 1 - P: an absolute error of a few units in the last place, which counts for a << 1 alone.
      const complement = x < a + 1 ? (10 * Number.EPSILON) / expected : 0;
      expectRelative(upperGamma(a, x), expected, 3e-13 + Number.EPSILON * exponent + complement, `Q(${a}, ${x})`);
    }
  });

  it("reaches tails of 1e-280 with relative accuracy", () => {
    const deep = rows.filter(([a, , q]) => a >= 0.5 && q > 0 && q < 1e-280);
    expect(deep.length).toBeGreaterThan(0);
    for (const [a, x, expected] of deep) expectRelative(upperGamma(a, x), expected, 1e-12, `Q(${a}, ${x})`);
  });

  it("starts at 1 and ends at 0", () => {
    expect(upperGamma(3, 0)).toBe(1);
    expect(upperGamma(3, Number.POSITIVE_INFINITY)).toBe(0);
  });

  it("is NaN outside its domain", () => {
    for (const [a, x] of [
      [0, 1],
      [-1, 1],
      [1, -1],
      [Number.NaN, 1],
      [1, Number.NaN],
    ] as const)
      expect(upperGamma(a, x), `Q(${a}, ${x})`).toBeNaN();
  });
});

describe("lowerGamma", () => {
  it("agrees with mpmath, and is accurate relative to itself deep in the lower tail", () => {
    const rows = reference.lowerGamma as [number, number, number][];
    expect(rows.filter(([, , p]) => p > 0 && p < 1e-100).length).toBeGreaterThan(0);
    for (const [a, x, expected] of rows) {
      if (expected === 0) {
        expect(lowerGamma(a, x), `P(${a}, ${x})`).toBeLessThan(1e-299);
        continue;
      }
      // As for Q: rounding of the exponent, and above x = a + 1 an absolute error of a few units in the last place.
      const exponent = x + a * Math.abs(Math.log(x)) + Math.abs(logGamma(a));
      const complement = x < a + 1 ? 0 : (10 * Number.EPSILON) / expected;
      expectRelative(lowerGamma(a, x), expected, 3e-13 + Number.EPSILON * exponent + complement, `P(${a}, ${x})`);
    }
  });

  it("starts at 0, ends at 1 and is NaN outside its domain", () => {
    expect(lowerGamma(3, 0)).toBe(0);
    expect(lowerGamma(3, Number.POSITIVE_INFINITY)).toBe(1);
    for (const [a, x] of [
      [0, 1],
      [1, -1],
      [Number.NaN, 1],
      [1, Number.NaN],
    ] as const)
      expect(lowerGamma(a, x), `P(${a}, ${x})`).toBeNaN();
  });
});
