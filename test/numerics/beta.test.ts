import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { betaTails } from "../../src/numerics/beta.ts";
import reference from "../reference/beta.json" with { type: "json" };
import { expectRelative, expectWithin } from "../relative.ts";

const rows = reference.tails as [number, number, number, number, number][];

describe("incomplete beta function", () => {
  it("agrees with mpmath in both tails, shapes from 0.5 to 1e6, down to 1e-300", () => {
    expect(rows.length).toBeGreaterThan(300);
    expect(
      rows.filter(([, , , lower, upper]) => Math.min(lower, upper) < 1e-150 && lower * upper > 0).length,
    ).toBeGreaterThan(10);
    for (const [a, b, x, ...expected] of rows) {
      betaTails(a, b, x).forEach((tail, side) => {
        const what = `${side === 0 ? "lower" : "upper"} tail at a = ${a}, b = ${b}, x = ${x}`;
        // Written as 0: below 1e-300.
        if (expected[side] === 0) expectWithin(tail, 0, 1e-299, what);
        // A tail is exp of its logarithm, whose terms are rounded at their own size; the rest are some dozen roundings.
        else
          expectRelative(tail, expected[side]!, 4e-14 + 2 * Number.EPSILON * Math.abs(Math.log(expected[side]!)), what);
      });
    }
  });

  it("rises with x from 0 to 1", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -0.3, max: 6, noNaN: true }),
        fc.double({ min: -0.3, max: 6, noNaN: true }),
        fc.double({ min: -4, max: 4, noNaN: true }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (logA, logB, width, step) => {
          const [a, b] = [10 ** logA, 10 ** logB];
          const at = (t: number) => 1 / (1 + Math.exp(-Math.log(a / b) - t * Math.sqrt(1 / a + 1 / b)));
          const [low, high] = [betaTails(a, b, at(width)), betaTails(a, b, at(width + step))];
          expect(high[0]).toBeGreaterThanOrEqual(low[0]);
          expect(high[1]).toBeLessThanOrEqual(low[1]);
          // Rounded to 1 one tail may stay, not both.
          expect(high[0] > low[0] || high[1] < low[1]).toBe(true);
        },
      ),
    );
  });

  it("mirrors: I_x(a, b) = 1 - I_(1-x)(b, a)", () => {
    for (const [a, b, x] of rows) {
      // 1 - x is a double.
      if (x < 0.5 || x > 1 - 2 ** -40) continue;
      const [lower, upper] = betaTails(a, b, x);
      const mirrored = betaTails(b, a, 1 - x);
      const tolerance = (tail: number) =>
        tail < 1e-290 ? 1e-9 : 1e-13 + 4 * Number.EPSILON * Math.abs(Math.log(tail));
      expectRelative(mirrored[1], lower, tolerance(lower), `lower at ${a}, ${b}, ${x}`);
      expectRelative(mirrored[0], upper, tolerance(upper), `upper at ${a}, ${b}, ${x}`);
    }
  });

  it("starts at 0 and ends at 1", () => {
    expect(betaTails(2, 3, 0)).toEqual([0, 1]);
    expect(betaTails(2, 3, 1)).toEqual([1, 0]);
  });

  it("is NaN outside its domain", () => {
    for (const [a, b, x] of [
      [0, 1, 0.5],
      [1, 0, 0.5],
      [-1, 1, 0.5],
      [1, 1, -0.1],
      [1, 1, 1.1],
      [Number.NaN, 1, 0.5],
      [1, Number.NaN, 0.5],
      [1, 1, Number.NaN],
      [Number.POSITIVE_INFINITY, 1, 0.5],
      [1, 1e300, 0.5],
    ] as const)
      expect(betaTails(a, b, x), `${a}, ${b}, ${x}`).toEqual([Number.NaN, Number.NaN]);
  });
});
