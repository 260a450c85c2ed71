/** A scan in shards: the same numbers whatever was computed before. */
import { describe, expect, it } from "vitest";
import { chi2, fit, parseSpec, prepare, scan } from "../../src/analysis/index.ts";
import { type ScanColumns, scanPlan } from "../../src/analysis/scan.ts";
import { complete } from "../../src/statistics/steps.ts";
import { expectRelative } from "../relative.ts";
import { library, paperA } from "./shipped.ts";

/** A likelihood whose search for the pulls starts from its last answer. */
const poisson = (input: object) =>
  prepare(parseSpec({ experiments: ["coherent-csi-2021@poisson"], ...input }), library);

describe("shards of a plane", () => {
  const analysis = poisson({
    grid: [
      { name: "xi_V", low: -1, high: 1, n: 5 },
      { name: "xi_S", low: -1, high: 1, n: 130 },
    ],
  });

  it("are rows of the grid, and their numbers do not depend on the order", () => {
    const plan = scanPlan(analysis);
    expect([plan.shards, [0, 1, 2].map(plan.rows)]).toEqual([3, [260, 260, 130]]);
    const forward = [0, 1, 2].map((shard) => complete(plan.compute(shard)));
    const other = scanPlan(analysis);
    const backward: ScanColumns[] = [];
    for (const shard of [2, 0, 1]) backward[shard] = complete(other.compute(shard));
    // Bit by bit: they are written to files that must be the same.
    expect(backward).toEqual(forward);
    expect(forward.map((one) => one["chi2"]?.length)).toEqual([260, 260, 130]);
    expect(plan.result(forward)).toEqual(scan(analysis));
  });

  it("have the chi^2 of their places", () => {
    const columns = complete(scanPlan(analysis).compute(1));
    for (const k of [0, 131, 259]) {
      const parameters = { xi_V: columns["xi_V"]![k]!, xi_S: columns["xi_S"]![k]! };
      expect(parameters.xi_V).toBe(k < 130 ? 0 : 0.5);
      // The search for the pulls stops where about 1e-14 of chi^2 is left, whatever its start.
      expectRelative(columns["chi2"]![k]!, chi2(poisson({ parameters })).chi2, 1e-12);
    }
  });

  it("can be left at any step", () => {
    const steps = scanPlan(analysis).compute(0);
    const first = steps.next();
    expect(first.done).toBe(false);
    expect(first.value).toBeGreaterThan(0);
    expect(first.value).toBeLessThan(1);
    expect(steps.return({})).toEqual({ done: true, value: {} });
  });
});

describe("a long line, cut into stretches", () => {
  const grid = [{ name: "xi_V", low: -2.5, high: 0.5, n: 300 }];
  const result = scan(paperA({ grid, profile: ["xi_S"] }));

  it("has three stretches of 96 points in a shard, so that one holds at least 256", () => {
    const plan = scanPlan(paperA({ grid }));
    expect([plan.shards, plan.rows(0), plan.rows(1)]).toEqual([2, 288, 12]);
  });

  it("is as good on both sides of each cut as a fit of the profiled parameter", () => {
    expect(result.chi2).toHaveLength(300);
    for (const k of [95, 96, 191, 192, 287, 288]) {
      const xi_V = result.grid[0]!.values[k]!;
      const best = fit(paperA({ free: ["xi_S"], parameters: { xi_V } })).minima[0];
      // A profile is converged to 1e-11 of chi^2.
      expectRelative(result.chi2[k]!, best!.chi2, 1e-10);
    }
  });
});
