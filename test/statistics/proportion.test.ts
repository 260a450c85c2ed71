import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clopperPearson, decides } from "../../src/statistics/proportion.ts";
import reference from "../reference/beta.json" with { type: "json" };
import { expectRelative, expectWithin } from "../relative.ts";

const rows = reference.intervals as [number, number, number, number, number][];
const outside = [
  [-1, 10, 0.9],
  [11, 10, 0.9],
  [0, 0, 0.9],
  [0.5, 10, 0.9],
  [1, 10.5, 0.9],
  [1, 10, 0],
  [1, 10, 1],
  [1, 10, Number.NaN],
  [Number.NaN, 10, 0.9],
  [1, Number.POSITIVE_INFINITY, 0.9],
] as const;

describe("Clopper-Pearson interval", () => {
  it("agrees with mpmath up to a million trials", () => {
    expect(rows.length).toBeGreaterThan(80);
    for (const [successes, trials, confidence, low, high] of rows) {
      const found = clopperPearson(successes, trials, confidence);
      const what = `limit of ${successes} in ${trials} at ${confidence}`;
      // Searched to the last digit; a tail is good to 1e-13, and the limit moves by less than the tail, relatively.
      expectRelative(found[0], low, 1e-13, `low ${what}`);
      expectRelative(found[1], high, 1e-13, `high ${what}`);
    }
  });

  it("is one minus that of the failures", () => {
    for (const [successes, trials, confidence, low, high] of rows) {
      const failures = clopperPearson(trials - successes, trials, confidence);
      expectWithin(1 - failures[1], low, 5e-16, `low of ${successes} in ${trials}`);
      expectWithin(1 - failures[0], high, 5e-16, `high of ${successes} in ${trials}`);
    }
  });

  it("widens with the confidence and narrows with the trials", () => {
    for (const [successes, trials] of [
      [0, 10],
      [3, 10],
      [10, 10],
      [100, 1000],
    ] as const) {
      const [low, high] = clopperPearson(successes, trials, 0.9);
      const [lowWide, highWide] = clopperPearson(successes, trials, 0.997);
      const [lowMore, highMore] = clopperPearson(10 * successes, 10 * trials, 0.9);
      expect(highWide - lowWide).toBeGreaterThan(high - low);
      expect(highMore - lowMore).toBeLessThan(high - low);
      expect(lowWide).toBeLessThanOrEqual(low);
      expect(highWide).toBeGreaterThanOrEqual(high);
    }
  });

  it("covers at its confidence at least, and not much more", () => {
    // Binomial probabilities of 30 trials by their recursion.
    for (const p of [0.03, 0.2, 0.5, 0.77]) {
      let probability = (1 - p) ** 30;
      let covered = 0;
      for (let k = 0; k <= 30; k++) {
        const [low, high] = clopperPearson(k, 30, 0.9);
        if (low <= p && p <= high) covered += probability;
        probability *= ((30 - k) / (k + 1)) * (p / (1 - p));
      }
      expect(covered, `at ${p}`).toBeGreaterThanOrEqual(0.9);
      // Counts are whole: near p = 0 it covers up to 0.99.
      expect(covered, `at ${p}`).toBeLessThan(p > 0.1 ? 0.96 : 0.99);
    }
  });

  it("is NaN outside its domain", () => {
    for (const [successes, trials, confidence] of outside)
      expect(clopperPearson(successes, trials, confidence)).toEqual([Number.NaN, Number.NaN]);
  });
});

describe("deciding against a level", () => {
  it("agrees with mpmath's intervals on either side of each limit", () => {
    for (const [successes, trials, confidence, low, high] of rows) {
      const of = (level: number) => decides(successes, trials, level, confidence);
      const what = `${successes} of ${trials} at ${confidence}`;
      // A step of 1e-9 is far above the rounding of the limits, and below their distance from 0 and 1.
      if (successes > 0) {
        expect(of(low * (1 - 1e-9)), what).toBe("above");
        expect(of(low * (1 + 1e-9)), what).toBe("undecided");
      }
      if (successes < trials && high < 1 - 1e-7) {
        expect(of(high * (1 + 1e-9)), what).toBe("below");
        expect(of(high * (1 - 1e-9)), what).toBe("undecided");
      }
    }
  });

  it("agrees with the interval everywhere", () => {
    let decided = 0;
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 0, max: 1000 }),
        fc.integer({ min: 0, max: 1000 }),
        fc.integer({ min: -800, max: 800 }),
        fc.constantFrom(0.5, 0.9, 0.997, 0.99999),
        (trials, share, anywhere, width, confidence) => {
          const successes = Math.round((share / 1000) * trials);
          // Near the share of successes, where it is a close call.
          const close =
            (successes + (width / 100) * Math.sqrt((successes * (trials - successes)) / trials + 0.25)) / trials;
          for (const level of [anywhere / 1000, Math.min(1, Math.max(0, close))]) {
            const [low, high] = clopperPearson(successes, trials, confidence);
            // At a limit itself rounding may decide.
            if (Math.abs(level - low) < 1e-11 * low || Math.abs(level - high) < 1e-11 * (1 - high)) continue;
            const expected = high < level ? "below" : low > level ? "above" : "undecided";
            expect(decides(successes, trials, level, confidence)).toBe(expected);
            if (expected !== "undecided") decided++;
          }
        },
      ),
      { numRuns: 2000, seed: 6 },
    );
    expect(decided).toBeGreaterThan(2000);
  });

  it("can exclude certainty and impossibility only by a counterexample", () => {
    expect(decides(0, 50, 0, 0.997)).toBe("undecided");
    expect(decides(1, 50, 0, 0.997)).toBe("above");
    expect(decides(50, 50, 1, 0.997)).toBe("undecided");
    expect(decides(49, 50, 1, 0.997)).toBe("below");
  });

  it("is undecided outside its domain", () => {
    for (const [successes, trials, confidence] of outside)
      expect(decides(successes, trials, 0.9999, confidence)).toBe("undecided");
    for (const level of [-0.1, 1.1, Number.NaN]) expect(decides(0, 1000, level, 0.9)).toBe("undecided");
  });
});
