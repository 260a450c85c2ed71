import { describe, expect, it } from "vitest";
import { logisticAcceptance } from "../../src/detector/efficiency.ts";
import { expectRelative } from "../relative.ts";

/** arXiv:1806.07424 eq. 8. */
const published = { amplitude: 0.6655, slope: 0.4942, midpoint: 10.8507, threshold: 5 };

describe("logisticAcceptance", () => {
  it("is half its plateau at the midpoint and its plateau far above", () => {
    expectRelative(logisticAcceptance(published, 10.8507), 0.33275, 1e-15);
    expectRelative(logisticAcceptance(published, 200), 0.6655, 1e-15);
    // One e-fold on either side: 1/(1 + e) and e/(1 + e).
    expectRelative(logisticAcceptance(published, 10.8507 - 1 / 0.4942), 0.6655 * 0.2689414213699951, 1e-14);
    expectRelative(logisticAcceptance(published, 10.8507 + 1 / 0.4942), 0.6655 * 0.7310585786300049, 1e-14);
  });

  it("is 0 below the threshold and not at it", () => {
    expect(logisticAcceptance(published, 5 - 1e-12)).toBe(0);
    expect(logisticAcceptance(published, 5)).toBeGreaterThan(0.03);
    expect(logisticAcceptance(published, 5)).toBeLessThan(0.04);
    expect(logisticAcceptance(published, -1e6)).toBe(0);
  });

  it("rises and stays a probability", () => {
    let last = 0;
    for (let pe = 5; pe < 60; pe += 0.25) {
      const value = logisticAcceptance(published, pe);
      expect(value).toBeGreaterThan(last);
      expect(value).toBeLessThanOrEqual(1);
      last = value;
    }
  });

  it("is NaN for NaN", () => {
    expect(logisticAcceptance(published, Number.NaN)).toBeNaN();
  });
});
