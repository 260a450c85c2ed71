import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { domainOf, scaleOf } from "../../src/figures/scale.ts";
import type { AxisSpec, Mark } from "../../src/figures/spec.ts";
import { ticksOf } from "../../src/figures/ticks.ts";

const linear: AxisSpec = { label: "x" };
const log: AxisSpec = { label: "x", scale: "log" };
const texts = (spec: AxisSpec, domain: readonly [number, number], length: number, axis: "x" | "y" = "x") =>
  ticksOf(spec, domain, length, axis).major.flatMap((tick) => tick.label?.text ?? []);

describe("labels", () => {
  it("have one number of decimals and a true minus", () => {
    expect(texts(linear, [-1, 1], 180)).toEqual(["−1.0", "−0.5", "0.0", "0.5", "1.0"]);
    expect(texts(linear, [6, 32], 210)).toEqual(["10", "15", "20", "25", "30"]);
  });

  it("share a power of ten where numbers are long", () => {
    const ticks = ticksOf(linear, [0, 3e-40], 200, "x");
    expect(ticks.factor?.text).toBe("×10^{−40}");
    expect(ticks.major.map((tick) => tick.label?.text)).toContain("2.5");
    expect(ticksOf(linear, [0, 4e6], 200, "y").factor?.text).toBe("×10^6");
    expect(ticksOf(linear, [0, 4000], 200, "y").factor).toBeUndefined();
  });

  it("are powers of ten on a log axis, thinned over many decades, with digits within one", () => {
    expect(texts(log, [0.05, 200], 200)).toEqual(["10^{−1}", "1", "10", "10^2"]);
    expect(texts(log, [1e-20, 1], 120).length).toBeLessThan(8);
    expect(texts(log, [2, 9], 200)).toEqual(["2", "5"]);
  });

  it("show ticks chosen by hand with the digits they have", () => {
    const spec: AxisSpec = { label: "x", ticks: [1, 2.71, 6.63, 20] };
    expect(texts(spec, [0, 10], 200)).toEqual(["1.00", "2.71", "6.63"]);
  });

  it("never touch along x and lie in the domain", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e4, max: 1e4, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e4, noNaN: true }),
        fc.double({ min: 90, max: 420, noNaN: true }),
        (low, span, length) => {
          const domain: [number, number] = [low, low + span];
          const { major } = ticksOf(linear, domain, length, "x");
          const scale = scaleOf("linear", domain, [0, length]);
          expect(major.length).toBeGreaterThanOrEqual(1);
          major.forEach((tick, i) => {
            expect(tick.value).toBeGreaterThanOrEqual(domain[0]);
            expect(tick.value).toBeLessThanOrEqual(domain[1]);
            const next = major[i + 1];
            if (next === undefined || major.length === 2) return;
            const gap = scale.at(next.value) - scale.at(tick.value);
            expect(gap).toBeGreaterThan(((tick.label?.width ?? 0) + (next.label?.width ?? 0)) / 2);
          });
        },
      ),
      { seed: 1806, numRuns: 200 },
    );
  });
});

describe("minor ticks", () => {
  it("divide a step into round parts", () => {
    expect(ticksOf(linear, [0, 1], 200, "x").minor.slice(0, 3)).toEqual([
      expect.closeTo(0.05, 12),
      expect.closeTo(0.1, 12),
      expect.closeTo(0.15, 12),
    ]);
    expect(ticksOf(linear, [6, 32], 210, "x").minor).toContain(7);
    expect(ticksOf(linear, [6, 32], 210, "x").minor).not.toContain(10);
    expect(ticksOf(log, [1, 100], 200, "x").minor).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 20, 30, 40, 50, 60, 70, 80, 90]);
  });
});

describe("domain", () => {
  const counts: Mark = { type: "steps", edges: [0, 1, 2], values: [3, 8] };

  it("starts counts at zero, ends at the edges and leaves room on top", () => {
    expect(domainOf("x", linear, [counts])).toEqual([0, 2]);
    const [low, high] = domainOf("y", linear, [counts]);
    expect(low).toBe(0);
    expect(high).toBeGreaterThan(8);
    expect(high).toBeLessThan(10);
  });

  it("holds error bars and every other mark", () => {
    const points: Mark = { type: "points", x: [1], y: [8], yErr: [[12, 4]] };
    const [low, high] = domainOf("y", linear, [counts, points]);
    expect(low).toBeLessThan(-4);
    expect(high).toBeGreaterThan(12);
    const ring: Mark = {
      type: "region",
      polygons: [
        {
          outer: [
            [-7, 0],
            [5, 0],
            [5, 1],
          ],
          holes: [],
          open: false,
        },
      ],
    };
    expect(domainOf("x", linear, [ring])[0]).toBeLessThan(-7);
    expect(domainOf("x", linear, [ring])[1]).toBeGreaterThan(5);
  });

  it("is the one given, and is positive on a log axis", () => {
    expect(domainOf("y", { label: "y", domain: [-3, 4] }, [counts])).toEqual([-3, 4]);
    const zeros: Mark = { type: "steps", edges: [1, 2, 3], values: [0, 8] };
    const [low, high] = domainOf("y", log, [zeros]);
    expect(low).toBeGreaterThan(0);
    expect(high).toBeGreaterThan(8);
    expect(scaleOf("log", [low, high], [0, 100]).at(0)).toBeLessThan(0);
    expect(Number.isFinite(scaleOf("log", [low, high], [0, 100]).at(-1))).toBe(true);
  });
});
