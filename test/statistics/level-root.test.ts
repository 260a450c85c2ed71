import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { interpolatedRoot, levelRoot, type Row } from "../../src/statistics/level-root.ts";

const TOLERANCE = 3e-7;

/** Root and number of places asked for. */
function rootOf(f: (u: number) => number, row: Row = [f(-1), f(0), f(1), f(2)]): [root: number, asked: number] {
  const steps = levelRoot(row, TOLERANCE);
  let step = steps.next();
  let asked = 0;
  for (; step.done !== true; asked++) step = steps.next(f(step.value));
  return [step.value, asked];
}

describe("the crossing between two samples", () => {
  it("of a cubic is that of its interpolation, confirmed once", () => {
    // Roots at 0.3, -2 and 4.
    const [root, asked] = rootOf((u) => (u - 0.3) * (u + 2) * (u - 4));
    expect(Math.abs(root - 0.3)).toBeLessThan(1e-12);
    expect(asked).toBe(1);
  });

  it("of smooth functions takes few places", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        fc.double({ min: 0.05, max: 0.6, noNaN: true }),
        (at, bend) => {
          const [root, asked] = rootOf((u) => Math.exp(bend * u) - Math.exp(bend * at));
          // A value is enough that is small beside the difference of the samples; the slope here may be half as large.
          expect(Math.abs(root - at)).toBeLessThan(2 * TOLERANCE);
          expect(asked).toBeLessThanOrEqual(3);
        },
      ),
    );
  });

  it("of a kink, and with neighbours that are not known, is found as well", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), fc.boolean(), (at, known) => {
        const f = (u: number): number => (u < at ? 100 : 0.01) * (u - at);
        const [root] = rootOf(f, known ? [f(-1), f(0), f(1), f(2)] : [Number.NaN, f(0), f(1), Number.NaN]);
        // On the flat side a value within the tolerance of the difference is as good.
        const enough = TOLERANCE * Math.abs(f(1) - f(0));
        expect(Math.abs(root - at) < TOLERANCE || Math.abs(f(root)) <= enough).toBe(true);
      }),
    );
  });

  it("at a sample is that sample, and none without a change of sign", () => {
    expect(rootOf((u) => u)).toEqual([0, 0]);
    expect(rootOf((u) => u - 1)).toEqual([1, 0]);
    expect(rootOf((u) => u + 1)).toEqual([Number.NaN, 0]);
    expect(rootOf(() => Number.NaN)).toEqual([Number.NaN, 0]);
  });

  it("without looking is where the polynomial through the samples has it", () => {
    const quadratic = (u: number): number => (u + 3) ** 2 - 11;
    const row: Row = [quadratic(-1), quadratic(0), quadratic(1), quadratic(2)];
    expect(Math.abs(interpolatedRoot(row) - (Math.sqrt(11) - 3))).toBeLessThan(1e-12);
    // Two samples are joined by a chord: from -2 to 5.
    expect(interpolatedRoot([Number.NaN, row[1], row[2], Number.NaN])).toBeCloseTo(2 / 7, 12);
  });
});
