import { describe, expect, it } from "vitest";
import { chain } from "../../src/detector/chain.ts";

// What a chain has walked for one question must not show in its answer to another.
describe("recoil energy of a mean", () => {
  it("is the root of the curve, whatever was asked before", () => {
    // (1/4 + E) E = m has the root (sqrt(1 + 64 m) - 1)/8.
    const { recoilAt } = chain([{ type: "rising-quenching", constant: 0.25, slopePerMeV: 1 }]);
    for (const mean of [0.5, 1e-4, 2, 0.03, 0.5, 1e-7]) {
      const root = (Math.sqrt(1 + 64 * mean) - 1) / 8;
      // The closed form cancels to 1e-16 over 32 times the smallest mean.
      expect(Math.abs(recoilAt(mean) / root - 1)).toBeLessThan(1e-9);
    }
    expect(recoilAt(0)).toBe(0);
    expect(recoilAt(Number.NaN)).toBeNaN();
  });

  it("ends where the curve turns over, for every larger mean", () => {
    // E - E^2 is largest at 1/2, with 1/4.
    const { recoilAt } = chain([{ type: "polynomial-quenching", coefficients: [1, -1, 0, 0] }]);
    const top = recoilAt(0.3);
    // Steps are 1 %.
    expect(Math.abs(top / 0.5 - 1)).toBeLessThan(0.01);
    expect(recoilAt(7)).toBe(top);
    // E = (1 - sqrt(1 - 4 m))/2 = 1/5 at m = 4/25.
    expect(recoilAt(0.16)).toBeCloseTo(0.2, 12);
  });

  it("is refused where the curve gives no number: it would end there and cut the signal off", () => {
    const { recoilAt } = chain([{ type: "polynomial-quenching", coefficients: [1, Number.NaN, 0, 0] }]);
    expect(() => recoilAt(0.1)).toThrow("the light yield at 1e-9 MeV of recoil energy is no number");
  });
});
