import { beforeAll, describe, expect, it } from "vitest";
import { type PreparedAnalysis, parseSpec, prepare, type SpecInput } from "../../src/analysis/index.ts";
import type { ShardColumns } from "../../src/analysis/shards.ts";
import { type ToysResult, toysSchema } from "../../src/analysis/toy-results.ts";
import { toys, toysPlan } from "../../src/analysis/toys.ts";
import { inThisThread, type ToyWorkers } from "../../src/analysis/workers.ts";
import { BACKGROUND, library, SIGNAL } from "./shipped.ts";

function analysisOf(likelihood: string, input: Omit<SpecInput, "experiments">): PreparedAnalysis {
  return prepare(parseSpec({ experiments: [`coherent-csi-2017@${likelihood}`], ...input }), library);
}

describe("toys of a model that the counts are linear in, Gaussian cells", () => {
  // Thirteen cells; background and signal scale: chi^2 of a fit has 12 degrees of freedom, t of the background one.
  const count = 3000;
  let result: ToysResult;
  beforeAll(async () => {
    result = await toys(
      analysisOf("paper", {
        free: [BACKGROUND],
        truth: { [BACKGROUND]: 1.3, [SIGNAL]: 0.4 },
        toys: { count },
        seed: 5,
      }),
    );
  });

  it("fit their schema and say what was done", () => {
    expect(toysSchema.parse(result)).toEqual(result);
    expect(result).toMatchObject({ toys: count, seed: 5, failed: 0 });
    expect(result.spec).toMatchObject({ seed: 5, toys: { count, pulls: "profiled" } });
    expect(result.truth).toEqual({ [BACKGROUND]: expect.closeTo(1.3, 12), [SIGNAL]: expect.closeTo(0.4, 12) });
    expect(result.recipe.length).toBeGreaterThan(6);
  });

  it("cover at the nominal levels", () => {
    expect(result.coverage.map(({ parameter, cl, nominal }) => [parameter, cl, nominal])).toEqual([
      [BACKGROUND, 0.9, 0.9],
      [BACKGROUND, 0.99, 0.99],
    ]);
    for (const { nominal, actual, error } of result.coverage) {
      // sqrt(0.09/3000) and sqrt(0.0099/3000): half the Clopper-Pearson interval is a little wider.
      expect(error / Math.sqrt((nominal * (1 - nominal)) / count)).toBeGreaterThan(0.9);
      expect(error / Math.sqrt((nominal * (1 - nominal)) / count)).toBeLessThan(1.3);
      expect(Math.abs(actual - nominal)).toBeLessThan(4 * error);
    }
  });

  it("have the p-value of chi^2 with the degrees of freedom", () => {
    const { chi2, pValue, error } = result.goodnessOfFit;
    // exp(-x/2) sum (x/2)^k/k!, k < 6: chi^2 with 12 degrees of freedom.
    let [term, sum] = [1, 0];
    for (let k = 0; k < 6; k++) {
      sum += term;
      term *= chi2 / 2 / (k + 1);
    }
    const expected = Math.exp(-chi2 / 2) * sum;
    expect(Math.abs(pValue - expected)).toBeLessThan(4 * Math.max(error, 1 / count));
  });
});

describe("the truth of toys", () => {
  const small = { toys: { count: 40 } };

  it("is the best fit of the data when nobody says", async () => {
    const result = await toys(analysisOf("release", { free: ["xi_V"], ...small }));
    const best = analysisOf("release", { free: ["xi_V"] })
      .objective(["xi_V"])
      .evaluate([result.truth["xi_V"]!]);
    expect(result.goodnessOfFit.chi2).toBeCloseTo(best, 6);
    expect(Object.keys(result.truth)).toHaveLength(5);
  });

  it("is one of two equal minima: both are named, and how to choose the other", async () => {
    const result = await toys(analysisOf("release", { free: ["xi_V"], ...small }));
    const notes = result.notes.join("\n");
    const [here, there] = /at xi_V = (\S+); within 0\.01 of it: \S+ at xi_V = (\S+)/.exec(notes)!.slice(1).map(Number);
    expect(here).toBeCloseTo(result.truth["xi_V"]!, 5);
    expect(Math.abs(here! - there!)).toBeGreaterThan(1);
    expect(notes).toContain(`thrown at xi_V = ${here}; --truth xi_V=${there} throws them at the other`);
    // What the note says gives the other one.
    const other = await toys(analysisOf("release", { free: ["xi_V"], truth: { xi_V: there! }, ...small }));
    expect(other.truth["xi_V"]).toBe(there);
    expect(other.notes.join("\n")).not.toContain("throws them");
    const single = await toys(analysisOf("paper", { free: [BACKGROUND], ...small }));
    expect(single.notes.join("\n")).not.toContain("within 0.01");
  });

  it("has units where there are some", async () => {
    const result = await toys(analysisOf("release", { free: ["xi_V"], ...small }));
    expect(result.units).toEqual({
      "sns.flux": "sigma",
      [SIGNAL]: "sigma",
      [BACKGROUND]: "factor",
      "coherent-csi-2017.steady-state": "factor",
    });
    const radius = await toys(analysisOf("release", { free: ["R_n_CsI"], ...small }));
    expect(radius.units).toMatchObject({ R_n_CsI: "fm" });
  });

  it("has nuisances at their best for it, or nominal, or none", async () => {
    const run = (pulls: "profiled" | "nominal" | "fixed") =>
      toys(analysisOf("release", { free: ["xi_V"], truth: { xi_V: 0.3 }, toys: { count: 40, pulls } }));
    const [profiled, nominal, fixed] = await Promise.all([run("profiled"), run("nominal"), run("fixed")]);
    expect(profiled.truth["xi_V"]).toBe(0.3);
    // More signal than was seen: the signal's pull goes down.
    expect(profiled.truth[SIGNAL]).toBeLessThan(-0.5);
    expect(nominal.truth).toEqual({
      xi_V: 0.3,
      "sns.flux": 0,
      [SIGNAL]: 0,
      [BACKGROUND]: 1,
      "coherent-csi-2017.steady-state": 1,
    });
    expect(fixed.truth).toEqual({ xi_V: 0.3 });
  });

  it("is what Asimov data are made of too", async () => {
    const experiments = [{ id: "coherent-csi-2017", likelihood: "release", data: "asimov" as const }];
    const spec = parseSpec({ experiments, free: ["xi_V"], truth: { xi_V: 0.25, xi_S: 0.1 }, ...small });
    const result = await toys(prepare(spec, library));
    expect(result.truth["xi_V"]).toBe(0.25);
    expect(result.truth).not.toHaveProperty("xi_S");
  });

  it("is refused for what is not fitted", async () => {
    const spec = { free: ["xi_V"], truth: { xi_S: 1 }, ...small };
    await expect(async () => toys(analysisOf("release", spec))).rejects.toThrow(/truth of "xi_S", which is not fitted/);
    const fixed = { free: ["xi_V"], truth: { [SIGNAL]: 1 }, toys: { count: 40, pulls: "fixed" as const } };
    await expect(async () => toys(analysisOf("release", fixed))).rejects.toThrow(/which is not fitted/);
  });
});

describe("toys", () => {
  const analysis = analysisOf("release", { free: ["xi_V"], toys: { count: 450 } });

  it("are the same in any portions, order, and from shards that are there", async () => {
    const whole = await toys(analysis);
    const backwards: ToyWorkers = {
      ...inThisThread,
      toys: (setup, tasks, { onAnswer, signal }) =>
        inThisThread.toys(setup, [...tasks].reverse(), {
          onAnswer: (answer, index) => onAnswer(answer, tasks.length - 1 - index),
          signal,
        }),
    };
    expect(await toys(analysis, undefined, backwards)).toEqual(whole);
    const plan = toysPlan(analysis);
    expect(Array.from({ length: plan.shards }, (_, k) => plan.rows(k))).toEqual([200, 200, 50]);
    const kept: ShardColumns[] = [];
    for (const shard of [2, 0, 1]) {
      const steps = plan.compute(shard, { done: new Set(Object.keys(kept).map(Number)), read: async (k) => kept[k]! });
      let step = await steps.next();
      while (step.done !== true) step = await steps.next();
      kept[shard] = step.value;
    }
    expect(plan.result(kept)).toEqual(whole);
    expect([...kept[2]!["toy"]!.slice(0, 2)]).toEqual([400, 401]);
  });

  it("count against fit and coverage when theirs fail", async () => {
    const half: ToyWorkers = {
      ...inThisThread,
      toys: async (_, tasks, { onAnswer }) => {
        tasks.forEach(({ from, to }, index) => {
          const fits = Array.from({ length: to - from }, (_, k) => ((from + k) % 10 === 0 ? Number.NaN : 1));
          onAnswer({ chi2: Float64Array.from(fits), t: [Float64Array.from(fits)] }, index);
        });
      },
    };
    const result = await toys(analysis, undefined, half);
    expect(result.failed).toBe(45);
    // All other toys fit better than the data, and cover.
    expect(result.goodnessOfFit.pValue).toBe(0.1);
    for (const { actual } of result.coverage) expect(actual).toBe(0.9);
  });

  it("are compared with the data and with the levels themselves", async () => {
    const lowest = (await toys(analysis)).goodnessOfFit.chi2;
    const scripted: ToyWorkers = {
      ...inThisThread,
      toys: async (_, tasks, { onAnswer }) => {
        for (const [index, { from, to }] of tasks.entries()) {
          const indices = Array.from({ length: to - from }, (_, k) => from + k);
          // A tenth fits worse than the data by a per mille, the others better; a fifth has t between the 90 % level and
          // a per mille more.
          const chi2 = Float64Array.from(indices, (k) => lowest * (k % 10 === 0 ? 1.001 : 0.999));
          const t = Float64Array.from(indices, (k) => 2.705543 * (k % 5 === 0 ? 1.0001 : 0.9999));
          onAnswer({ chi2, t: [t] }, index);
        }
      },
    };
    const result = await toys(analysis, undefined, scripted);
    expect(result.goodnessOfFit.pValue).toBe(0.1);
    expect(result.coverage.map(({ actual }) => actual)).toEqual([0.8, 1]);
  });

  it("need no free parameter", async () => {
    const result = await toys(analysisOf("release", { toys: { count: 100 } }));
    expect(result.coverage).toEqual([]);
    expect(result.goodnessOfFit.pValue).toBeGreaterThan(0);
  });

  it("are refused in too large a number", async () => {
    await expect(async () => toys(analysisOf("release", { toys: { count: 1e8 } }))).rejects.toThrow(
      /more than 10000000/,
    );
  });

  it("stop when their steps are left", async () => {
    let cancelled = false;
    const waiting: ToyWorkers = {
      ...inThisThread,
      toys: (_, __, { signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener("abort", () => {
            cancelled = true;
            reject(signal.reason);
          });
        }),
    };
    const steps = toysPlan(analysis, waiting).compute(0, { done: new Set(), read: async () => ({}) });
    expect((await steps.next()).value).toBe(0);
    await steps.return({});
    expect(cancelled).toBe(true);
  });
});
