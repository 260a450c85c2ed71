import { describe, expect, it } from "vitest";
import { erfc, normalTail, scaledErfc } from "../../src/numerics/erfc.ts";
import reference from "../reference/special-functions.json" with { type: "json" };
import { expectRelative } from "../relative.ts";

const rows = reference.erfc as [number, number, number | null][];

describe("erfc", () => {
  it("agrees with mpmath in the body and in tails of 1e-295", () => {
    expect(rows.some(([, y]) => y > 0 && y < 1e-290)).toBe(true);
    for (const [x, expected] of rows) {
      if (expected === 0) expect(erfc(x), `erfc(${x})`).toBeLessThan(1e-299);
      // Cody's approximations are good to 1e-16; products and exponentials add a few roundings.
      else expectRelative(erfc(x), expected, 1e-15, `erfc(${x})`);
    }
  });

  it("is NaN for NaN and takes infinities", () => {
    expect(erfc(Number.NaN)).toBeNaN();
    expect(erfc(Number.POSITIVE_INFINITY)).toBe(0);
    expect(erfc(Number.NEGATIVE_INFINITY)).toBe(2);
  });
});

describe("scaledErfc", () => {
  it("agrees with mpmath from -26 to 1e8, and overflows to Infinity", () => {
    for (const [x, , expected] of rows) {
      if (expected === null) expect(scaledErfc(x), `at ${x}`).toBeGreaterThan(1e299);
      else expectRelative(scaledErfc(x), expected, 1e-15, `exp(x^2) erfc(x) at ${x}`);
    }
  });

  it("is NaN for NaN", () => {
    expect(scaledErfc(Number.NaN)).toBeNaN();
  });
});

describe("normalTail", () => {
  it("has the textbook probabilities", () => {
    // 1, 2, 3 sigma two-sided: 0.31731050786291415, 0.04550026389635842, 0.0026997960632601866.
    expectRelative(2 * normalTail(1), 0.31731050786291415, 1e-14);
    expectRelative(2 * normalTail(2), 0.04550026389635842, 1e-14);
    expectRelative(2 * normalTail(3), 0.0026997960632601866, 1e-14);
    expectRelative(normalTail(-1) + normalTail(1), 1, 1e-15);
    expect(normalTail(Number.NaN)).toBeNaN();
  });
});
