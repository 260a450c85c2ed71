import { describe, expect, it } from "vitest";
import { chi2, fit, scan, scanSchema } from "../../src/analysis/index.ts";
import reference from "../reference/csi-2017-fit.json" with { type: "json" };
import { expectRelative } from "../relative.ts";
import { broken, numbersOf, paperA } from "./shipped.ts";

const grid = [
  { name: "xi_S", low: -0.5, high: 1, n: 4 },
  { name: "xi_V", low: -2, high: 1, n: 3 },
];
/** A profile is converged to 1e-11 of chi^2. */
const CHI2 = 1e-10;

describe("a scan of two parameters", () => {
  const result = scan(paperA({ grid, parameters: { xi_T: 0.1 } }));

  it("has the last axis fastest: every point is the chi^2 of its place", () => {
    expect(result.grid).toEqual([
      { name: "xi_S", values: [-0.5, 0, 0.5, 1] },
      { name: "xi_V", values: [-2, -0.5, 1] },
    ]);
    expect(result.chi2).toHaveLength(12);
    result.chi2.forEach((value, k) => {
      const parameters = {
        xi_S: result.grid[0]?.values[Math.floor(k / 3)] as number,
        xi_V: result.grid[1]?.values[k % 3] as number,
        xi_T: 0.1,
      };
      expectRelative(value as number, chi2(paperA({ parameters })).chi2, 1e-13);
    });
  });

  it("is a whole result of its format, with finite numbers", () => {
    expect(scanSchema.safeParse(result).error).toBeUndefined();
    expect(numbersOf(result).every(Number.isFinite)).toBe(true);
    expect(result).toMatchObject({ format: "nurecoil/scan/1", dof: 11, failed: [], profiled: {} });
  });

  it("names its lowest point", () => {
    const lowest = Math.min(...(result.chi2 as number[]));
    const k = result.chi2.indexOf(lowest);
    expect(result.minimum).toEqual({
      chi2: lowest,
      parameters: { xi_S: result.grid[0]?.values[Math.floor(k / 3)], xi_V: result.grid[1]?.values[k % 3] },
    });
  });
});

describe("a scan with a parameter profiled", () => {
  const result = scan(paperA({ grid: [{ name: "xi_V", low: -2.5, high: 0.5, n: 25 }], profile: ["xi_S"] }));

  it("has its best value at every point, where chi^2 is what it says", () => {
    expect(Object.keys(result.profiled)).toEqual(["xi_S"]);
    result.chi2.forEach((value, k) => {
      const parameters = { xi_V: result.grid[0]?.values[k] as number, xi_S: result.profiled["xi_S"]?.[k] as number };
      expectRelative(value as number, chi2(paperA({ parameters })).chi2, 1e-13);
    });
  });

  it("is at every point as good as a fit of that parameter", () => {
    result.chi2.forEach((value, k) => {
      if (k % 4 !== 0) return;
      const best = fit(paperA({ free: ["xi_S"], parameters: { xi_V: result.grid[0]?.values[k] as number } })).minima[0];
      expectRelative(value as number, best?.chi2 as number, CHI2);
    });
  });

  it("comes down to the minimum of both, and not below", () => {
    const best = Math.min(...reference.table2["S-V"].minima.map((one) => one.chi2));
    expect(result.minimum?.chi2).toBeGreaterThanOrEqual(best * (1 - CHI2));
    // Steps of 1/8: a sixteenth away from a parabola of sigma 0.35 at most.
    expect(result.minimum?.chi2).toBeLessThan(best + 0.05);
    expect(result.dof).toBe(11);
  });
});

it("without a grid, or with three axes, is refused", () => {
  expect(() => scan(paperA())).toThrow(/one or two grid axes/);
  const three = [...grid, { name: "xi_T", low: 0, high: 1, n: 2 }];
  expect(() => scan(paperA({ grid: three }))).toThrow(/one or two grid axes/);
});

it("reports how far it is, up to 1", () => {
  const shares: number[] = [];
  scan(paperA({ grid }), (share) => shares.push(share));
  expect(shares.at(-1)).toBe(1);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
});

describe("points without a converged answer", () => {
  it("are null, listed, and leave the others alone", () => {
    const axis = { name: "xi_V", low: -2, high: 1, n: 7 };
    for (const input of [{ grid: [axis] }, { grid: [axis], profile: ["xi_S"] }]) {
      const whole = scan(paperA(input));
      const found = scan(broken(paperA(input), 0.25));
      expect(found.failed).toEqual([5, 6]);
      found.chi2.forEach((value, k) => {
        if (k >= 5) expect(value).toBeNull();
        else expectRelative(value as number, whole.chi2[k] as number, CHI2);
      });
      for (const values of Object.values(found.profiled)) {
        expect(values.map((value) => value === null)).toEqual([false, false, false, false, false, true, true]);
      }
      expect(scanSchema.safeParse(found).error).toBeUndefined();
      expect(found.minimum?.parameters["xi_V"]).toBeLessThanOrEqual(0.25);
    }
  });

  it("all of them: no minimum, still a whole result", () => {
    const found = scan(broken(paperA({ grid: [{ name: "xi_V", low: 0, high: 1, n: 3 }] }), -100));
    expect(found).toMatchObject({ chi2: [null, null, null], failed: [0, 1, 2], minimum: null });
    expect(scanSchema.safeParse(found).error).toBeUndefined();
  });
});
