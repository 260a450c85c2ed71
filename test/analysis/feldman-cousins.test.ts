import { beforeAll, describe, expect, it } from "vitest";
import { fcPlan, feldmanCousins } from "../../src/analysis/feldman-cousins.ts";
import { fit } from "../../src/analysis/fit.ts";
import { type PreparedAnalysis, parseSpec, prepare, type SpecInput } from "../../src/analysis/index.ts";
import type { ShardColumns } from "../../src/analysis/shards.ts";
import { completeShards } from "../../src/analysis/shards.ts";
import { type FcResult, fcSchema } from "../../src/analysis/toy-results.ts";
import { inThisThread, type ToyWorkers } from "../../src/analysis/workers.ts";
import type { PointTest, TestedPoint } from "../../src/statistics/feldman-cousins.ts";
import { contains } from "../../src/statistics/polygon.ts";
import { BACKGROUND, library, SIGNAL } from "./shipped.ts";

function analysisOf(likelihood: string, input: Omit<SpecInput, "experiments">): PreparedAnalysis {
  return prepare(parseSpec({ experiments: [`coherent-csi-2017@${likelihood}`], ...input }), library);
}

/** Minima are searched far enough out to leave p at the ends what chi^2 says: four standard deviations on each side. */
const WIDE: [number, number] = [0, 2.2];
const BRN = { toys: { parameter: BACKGROUND, points: 17, count: 2000 } } as const;

describe("an interval of a parameter that the counts are linear in, Gaussian cells", () => {
  // Background and signal scale: chi^2 is a parabola in both, t has one degree of freedom.
  const analysis = analysisOf("paper", { ...BRN, ranges: { [BACKGROUND]: WIDE }, cl: [0.68, 0.9] });
  let result: FcResult;
  beforeAll(async () => {
    result = await feldmanCousins(analysis);
  });

  it("fits its schema and says what was done", () => {
    expect(fcSchema.parse(result)).toEqual(result);
    expect(result).toMatchObject({ parameter: BACKGROUND, plane: null, regions: null, cl: [0.68, 0.9], failed: 0 });
    expect(result.window).toEqual({ [BACKGROUND]: WIDE });
    expect(result.units).toEqual({ [BACKGROUND]: "factor" });
    expect(result.spec).toMatchObject({ seed: 1, toys: { ...BRN.toys, pulls: "profiled" } });
    expect(result.recipe.length).toBeGreaterThan(6);
    expect(result.recipe.join("\n")).toContain(`${BACKGROUND} in [0, 2.2]`);
    expect(result.points.map(({ at }) => at[0])).toEqual(
      Array.from({ length: 17 }, (_, k) => expect.closeTo((2.2 * k) / 16, 12)),
    );
  });

  it("has t of the profile", () => {
    const lowest = fit(analysisOf("paper", { free: [BACKGROUND] })).minima[0]!.chi2;
    for (const { at, t } of [result.points[2]!, result.points[9]!]) {
      const set = analysisOf("paper", { parameters: { [BACKGROUND]: at[0]! } });
      expect(t).toBeCloseTo(set.likelihood([]).evaluate([]) - lowest, 6);
    }
  });

  it("has p of chi^2 with one degree of freedom, within what so many toys can say", () => {
    // Normal tails at sqrt(t), by the series of erfc that Abramowitz and Stegun give (7.1.26), good to 1.5e-7.
    const tail = (t: number): number => {
      const x = Math.sqrt(t / 2);
      const k = 1 / (1 + 0.3275911 * x);
      const series = k * (0.254829592 + k * (-0.284496736 + k * (1.421413741 + k * (-1.453152027 + k * 1.061405429))));
      return series * Math.exp(-x * x);
    };
    for (const { t, p, toys } of result.points) {
      const expected = tail(t!);
      // Early stopping moves p by about an error; five of them.
      expect(Math.abs(p! - expected)).toBeLessThan(5 * Math.sqrt((expected * (1 - expected)) / toys) + 1 / toys);
    }
  });

  it.each([7, 17])(
    "is the interval of Delta chi^2 = 1 and 2.706, from %i points within the toys' errors",
    async (points) => {
      const { intervals } =
        points === 17
          ? result
          : await feldmanCousins(
              analysisOf("paper", { toys: { ...BRN.toys, points }, ranges: { [BACKGROUND]: WIDE }, cl: [0.68, 0.9] }),
            );
      const nominal = fit(analysisOf("paper", { free: [BACKGROUND], cl: [0.68, 0.9] })).intervals;
      for (const [k, { cl, segments, errors }] of intervals!.entries()) {
        expect(cl).toBe(nominal[k]!.cl);
        expect(segments).toHaveLength(1);
        const [low, high] = nominal[k]!.segments[0] as [number, number];
        // Points are up to 0.37 apart, one and a half standard deviations.
        for (const [side, end] of [low, high].entries()) {
          const error = errors[0]![side]!;
          expect(Math.abs(segments[0]![side]! - end)).toBeLessThan(3.5 * error);
          // p of 100 to 2000 toys at the neighbours, where it changes by about 1 and 2 per unit.
          expect(error).toBeGreaterThan(0.002);
          expect(error).toBeLessThan(points === 7 ? 0.1 : 0.03);
        }
      }
    },
  );
});

it("gives from few points the interval of many, and names both minima", async () => {
  const run = (points: number, count: number) =>
    feldmanCousins(
      analysisOf("release", {
        toys: { parameter: "xi_V", points, count },
        ranges: { xi_V: [-2.5, 0.6] },
        seed: points,
      }),
    );
  const [few, many] = await Promise.all([run(11, 1000), run(94, 400)]);
  const [a, b] = [few.intervals![0]!, many.intervals![0]!];
  expect(a.segments).toHaveLength(2);
  expect(b.segments).toHaveLength(2);
  for (const [k, segment] of a.segments.entries()) {
    for (const side of [0, 1] as const) {
      const error = Math.hypot(a.errors[k]![side]!, b.errors[k]![side]!);
      expect(Math.abs(segment[side]! - b.segments[k]![side]!)).toBeLessThan(4 * error);
      // Points of the few are 0.31 apart, the segments 0.5 wide.
      expect(error).toBeLessThan(0.06);
    }
  }
  const { minima } = fit(analysisOf("release", { free: ["xi_V"] }));
  const named = [...few.notes.join("\n").matchAll(/xi_V = (-?[\d.]+)/g)].map(([, value]) => Number(value));
  for (const one of minima) {
    const place = one.parameters["xi_V"]!;
    // Two searches of the same chi^2.
    expect(named.some((value) => Math.abs(value - place) < 1e-4)).toBe(true);
    expect(a.segments.some(([low, high]) => low! < place && place < high!)).toBe(true);
  }
});

const SMALL = { toys: { points: 9, count: 60 }, plane: ["xi_V_e", "xi_V_mu"] } as const;

/** Workers that answer in another order, and everything late. */
const backwards: ToyWorkers = {
  ...inThisThread,
  fcPoints: async (setup, tasks, { onAnswer, signal }) => {
    const answers: [PointTest, number][] = [];
    await inThisThread.fcPoints(setup, [...tasks].reverse(), {
      onAnswer: (answer, index) => {
        answers.push([answer, tasks.length - 1 - index]);
      },
      signal,
    });
    for (const [answer, index] of answers) onAnswer(answer, index);
  },
};

describe("a region", () => {
  const analysis = analysisOf("release", { ...SMALL, plane: [...SMALL.plane] });
  let result: FcResult;
  beforeAll(async () => {
    result = await feldmanCousins(analysis);
  });

  it("is the same in any order of its points", async () => {
    expect(await feldmanCousins(analysis, undefined, backwards)).toEqual(result);
  });

  it("is the same when it goes on from shards that are there", async () => {
    const plan = fcPlan(analysis);
    const kept = new Map<number, ShardColumns>();
    const compute = async (shard: number, done: readonly number[]): Promise<ShardColumns> => {
      const steps = plan.compute(shard, { done: new Set(done), read: async (k) => kept.get(k)! });
      let step = await steps.next();
      while (step.done !== true) step = await steps.next();
      return step.value;
    };
    // Shard 2 was there before, and the run then goes on from the beginning.
    kept.set(2, await compute(2, [0, 1]));
    for (let shard = 0; shard < plan.shards; shard++) {
      if (!kept.has(shard)) kept.set(shard, await compute(shard, [...kept.keys()]));
    }
    const shards = [...kept.entries()].sort(([a], [b]) => a - b).map(([, columns]) => columns);
    shards.forEach((columns, shard) => {
      for (const { name, type } of plan.columns) {
        expect(columns[name]).toBeInstanceOf(type === "int32" ? Int32Array : Float64Array);
        expect(columns[name]).toHaveLength(plan.rows(shard));
      }
    });
    expect(plan.result(shards)).toEqual(result);
  });

  it("is another one with another seed, with the same t", async () => {
    const other = await feldmanCousins(analysisOf("release", { ...SMALL, plane: [...SMALL.plane], seed: 2 }));
    expect(other.points.map(({ t }) => t)).toEqual(result.points.map(({ t }) => t));
    expect(other.points.map(({ p }) => p)).not.toEqual(result.points.map(({ p }) => p));
  });

  it("lists what the toys left undecided, and tells the points that were thrown from those that were not", () => {
    expect(fcSchema.parse(result)).toEqual(result);
    expect(result).toMatchObject({ parameter: null, plane: ["xi_V_e", "xi_V_mu"], intervals: null });
    expect(result.points).toHaveLength(81);
    expect(result.points[1]!.at[0]).toBe(result.points[0]!.at[0]);
    expect(result.undecided).toEqual(result.points.flatMap(({ decided }, k) => (decided ? [] : [k])));
    for (const k of result.undecided) expect(result.points[k]!.toys).toBe(60);
    expect(result.regions).toMatchObject([{ cl: 0.9 }]);
    expect(result.regions![0]!.area).toBeGreaterThan(0);
  });
});

/** Workers that say what they are told to, and remember what was asked. */
function scripted(answer: (point: TestedPoint) => PointTest): ToyWorkers & { readonly asked: TestedPoint[] } {
  const asked: TestedPoint[] = [];
  return {
    ...inThisThread,
    asked,
    fcPoints: async (_, tasks, { onAnswer }) => {
      asked.push(...tasks);
      for (const [index, task] of tasks.entries()) onAnswer(answer(task), index);
    },
  };
}

it("without ranges, looks for points around the level and for minima further out", async () => {
  const tested = { toys: { parameter: BACKGROUND, points: 5 } };
  const certain: PointTest = { t: 50, p: 1e-11, toys: 0, decided: true, failed: 0 };
  const { window, searched } = await feldmanCousins(
    analysisOf("paper", tested),
    undefined,
    scripted(() => certain),
  );
  const { parameters, uncertainties } = fit(analysisOf("paper", { free: [BACKGROUND] })).minima[0]!;
  const [best, sigma] = [parameters[BACKGROUND]!, uncertainties[BACKGROUND]!];
  const halves = (range: readonly [number, number]) => range.map((end) => Math.abs(end - best) / sigma);
  // Half again the level of 90 %, 2.7055, and 12 % of both sides more on each; on a parabola.
  const half = Math.sqrt(1.5 * 2.705543) * 1.24;
  expect(halves(window[BACKGROUND]!)).toEqual([expect.closeTo(half, 3), expect.closeTo(half, 3)]);
  // sqrt(2.7055) + 3 standard deviations, one step of a lattice further at most; no background at all is nearer.
  expect(searched[BACKGROUND]![0]).toBeCloseTo(0, 5);
  const [, high] = halves(searched[BACKGROUND]!);
  expect(high).toBeGreaterThan(4.64);
  expect(high).toBeLessThan(6.5);
});

describe("points that chi^2 alone excludes", () => {
  const plane = { plane: ["xi_V_e", "xi_V_mu"] as [string, string], toys: { points: 12 } };
  const analysis = analysisOf("release", {
    ...plane,
    ranges: { xi_V_e: [-1, 1], xi_V_mu: [-1, 1] },
  });
  const certain: PointTest = { t: 50, p: 1e-11, toys: 0, decided: true, failed: 0 };

  it("are thrown on a coarse lattice, and around what only toys see", async () => {
    // Toys see an island of one point on the coarse lattice, 4 and 8 steps along the axes.
    const island = 4 * 12 + 8;
    const workers = scripted(({ index, always }) =>
      always ? { ...certain, p: index === island ? 0.4 : 0, toys: 100, failed: 1 } : certain,
    );
    const result = await feldmanCousins(analysis, undefined, workers);
    const first = workers.asked.slice(0, 144);
    expect(first.map(({ index }) => index)).toEqual(Array.from({ length: 144 }, (_, k) => k));
    const always = first.filter((point) => point.always).map(({ index }) => index);
    expect(always).toEqual([0, 4, 8].flatMap((a) => [0, 4, 8].map((b) => 12 * a + b)));
    const around = workers.asked.slice(144).map(({ index }) => index);
    const expected = [1, 2, 3, 4, 5, 6, 7].flatMap((a) => [5, 6, 7, 8, 9, 10, 11].map((b) => 12 * a + b));
    // The corners of the coarse lattice are three steps and one away: they were thrown before.
    expect(around).toEqual(expected.filter((index) => index !== island));
    expect(workers.asked.slice(144).every((point) => point.always)).toBe(true);
    expect(result.points[island]).toMatchObject({ p: 0.4, toys: 100 });
    expect(result.regions![0]!.polygons).toHaveLength(1);
    expect(result.failed).toBe(9 + 48);
  });

  it("are left alone where toys agree", async () => {
    const workers = scripted(({ always }) => (always ? { ...certain, p: 0, toys: 70 } : certain));
    await feldmanCousins(analysis, undefined, workers);
    expect(workers.asked).toHaveLength(144);
  });

  it("count as held where the data have no converged fit", async () => {
    const lost: PointTest = { t: Number.NaN, p: Number.NaN, toys: 0, decided: false, failed: 0 };
    const workers = scripted(({ index, always }) =>
      index === 5 * 12 + 5 ? lost : always ? { ...certain, p: 0, toys: 70 } : certain,
    );
    const result = await feldmanCousins(analysis, undefined, workers);
    expect(result.points[65]).toEqual({ at: result.points[65]!.at, t: null, p: null, toys: 0, decided: false });
    expect(result.undecided).toEqual([65]);
    const place = result.points[65]!.at as [number, number];
    expect(result.regions![0]!.polygons.filter((polygon) => contains(polygon, place))).toHaveLength(1);
    expect(result.notes).toContainEqual(expect.stringContaining("1 points without a converged fit"));
  });

  it("say so when a tested point fits better than the lowest chi^2 that was found", async () => {
    const workers = scripted(({ index }) => ({ ...certain, t: index === 7 ? -0.02 : 50, p: index === 7 ? 1 : 0 }));
    const result = await feldmanCousins(analysis, undefined, workers);
    expect(result.points[7]!.t).toBe(0);
    expect(result.notes).toContainEqual(expect.stringContaining("0.0200 below the lowest chi2 found"));
  });
});

describe("variants of the nuisances", () => {
  const run = (pulls: "profiled" | "nominal" | "fixed", input: Partial<SpecInput> = {}) =>
    feldmanCousins(
      analysisOf("release", {
        toys: { parameter: "xi_V", points: 5, count: 30, pulls },
        ranges: { xi_V: [-0.6, 0.4] },
        ...input,
      }),
    );

  it("do not fit them, throw them at nominal, or at their best", async () => {
    const [profiled, nominal, fixed] = await Promise.all([run("profiled"), run("nominal"), run("fixed")]);
    // Where toys are thrown does not change t of the data; that nuisances are not fitted does.
    expect(nominal.points.map(({ t }) => t)).toEqual(profiled.points.map(({ t }) => t));
    for (const [k, { t }] of fixed.points.entries()) expect(t).toBeGreaterThan(profiled.points[k]!.t! - 0.5);
    expect(fixed.points[0]!.t).toBeGreaterThan(1.5 * profiled.points[0]!.t!);
    expect(nominal.points.map(({ p }) => p)).not.toEqual(profiled.points.map(({ p }) => p));
    expect(fixed.recipe.join("\n")).toContain("nuisances not fitted");
  });

  it("leave nuisances that are set where they are", async () => {
    const set = await run("fixed", { parameters: { [SIGNAL]: -1 } });
    const nominal = await run("fixed");
    expect(set.points.map(({ t }) => t)).not.toEqual(nominal.points.map(({ t }) => t));
  });
});

describe("what is refused", () => {
  const refused = async (input: Omit<SpecInput, "experiments">, message: RegExp) =>
    await expect(async () => feldmanCousins(analysisOf("release", input))).rejects.toThrow(message);

  it("is nothing to test, and two things to test", async () => {
    await refused({}, /fc needs something to test/);
    await refused({ plane: ["xi_S", "xi_V"], toys: { parameter: "xi_T" } }, /not both/);
  });
  it("is a parameter that is set, profiled or unknown", async () => {
    await refused({ parameters: { xi_V: 1 }, toys: { parameter: "xi_V" } }, /both set to a value and tested/);
    await refused({ profile: ["xi_V"], toys: { parameter: "xi_V" } }, /both tested and profiled/);
    await refused({ toys: { parameter: "xi_v" } }, /did you mean "xi_V"/);
  });
  it("is too many points, no toys, a negative seed, an unknown treatment", async () => {
    await refused({ plane: ["xi_S", "xi_V"], toys: { points: 1001 } }, /1002001 points are more than/);
    await refused({ toys: { parameter: "xi_V", count: 0 } }, /toys\.count/);
    await refused({ toys: { parameter: "xi_V" }, seed: -1 }, /seed/);
    await refused({ toys: { parameter: "xi_V", pulls: "free" as never } }, /toys\.pulls/);
  });
});

it("ends with the error of a worker", async () => {
  const broken: ToyWorkers = {
    ...inThisThread,
    fcPoints: async () => {
      throw new Error("the worker ended");
    },
  };
  const plan = fcPlan(analysisOf("release", { toys: { parameter: "xi_V", points: 3 } }), broken);
  await expect(completeShards(plan)).rejects.toThrow("the worker ended");
});
