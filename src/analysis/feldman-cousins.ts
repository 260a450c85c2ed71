/** Feldman-Cousins: regions and intervals whose coverage is exact, from toys at every tested point. */

import { NurecoilError, usageError } from "../errors.ts";
import { EQUAL, type PointTest, type TestedPoint } from "../statistics/feldman-cousins.ts";
import { intervalsOf } from "../statistics/interval.ts";
import { chi2Survival, deltaChi2 } from "../statistics/levels.ts";
import { fcResult } from "./fc-result.ts";
import { levelsOf, type Prepared, type Progress, ready } from "./ready.ts";
import { COARSE } from "./recipe.ts";
import { completeShards, type ShardColumns, type ShardContext, type ShardPlan, sideBySide } from "./shards.ts";
import type { AnalysisSpec } from "./spec.ts";
import { columnsOf, pointColumns, type TestedPoints, testedPoints, testsOf } from "./tested-points.ts";
import { checkToyCount, fewToys } from "./toy-count.ts";
import { type DataMinima, DEFAULT_SEED, minimaOf, toyModel } from "./toy-model.ts";
import type { FcResult } from "./toy-results.ts";
import { inThisThread, type ToyWorkers } from "./workers.ts";

/** Tested points per axis when nobody says: on a line, in a plane. */
const POINTS = [41, 50];
const MOST_POINTS = 1e6;
const TOYS = 2000;
/** The window of tested points holds what lies below so many times the largest Delta chi^2, */
const WINDOW_LEVEL = 1.5;
/** and this share of it more on each side. */
const MARGIN = 0.12;
/** Toys thrown at the border of the largest region find their minima mostly within so many standard deviations. */
const REACH = 3;
/** A shard is at least so many points: what a killed run loses. There are about so many shards. */
const SHARD_POINTS = 4;
const SHARDS = 50;

/**
 * Feldman-Cousins interval of the spec's `toys.parameter`, or region in its plane; `profile` and `free` parameters
 * besides are minimised.
 * @param workers who throws the toys; the result does not depend on it
 * @throws NurecoilError (usage) without a parameter or plane or with both, or when the data have no minimum
 */
export function feldmanCousins(
  prepared: Prepared,
  onProgress?: Progress,
  workers: ToyWorkers = inThisThread,
): Promise<FcResult> {
  return completeShards(fcPlan(prepared, workers), onProgress);
}

/** The same shard by shard: the last one throws what the others left to chi^2 alone around points that a level holds. */
export function fcPlan(prepared: Prepared, workers: ToyWorkers = inThisThread): ShardPlan<FcResult> {
  const analysis = ready(prepared);
  const { spec } = analysis;
  const tested = testedOf(spec);
  const cls = levelsOf(spec, [0.9]);
  const { count = TOYS, pulls = "profiled", points = POINTS[tested.length - 1]! } = spec.toys ?? {};
  checkToyCount(count);
  if (points ** tested.length > MOST_POINTS)
    throw usageError(`${points ** tested.length} points are more than ${MOST_POINTS}`, "use fewer --points");
  const seed = spec.seed ?? DEFAULT_SEED;
  const free = [...new Set([...tested, ...spec.profile, ...spec.free])];
  const minima = minimaOf(analysis, free);
  if (minima.found.length === 0) throw new NurecoilError("usage", [{ message: "no fit of the data converged" }]);
  const level = deltaChi2(Math.max(...cls), tested.length);
  const window = Object.fromEntries(
    tested.map((name) => [name, spec.ranges[name] ?? windowOf(minima, name, WINDOW_LEVEL * level)]),
  );
  const model = toyModel(analysis, {
    free,
    minima: minima.found,
    pulls,
    level: (Math.sqrt(level) + REACH) ** 2,
    within: window,
  });
  const grid = testedPoints(tested, window, points);
  const { indices, steps } = grid;
  const perShard = Math.max(SHARD_POINTS, Math.ceil(indices.length / SHARDS));
  const last = Math.ceil(indices.length / perShard);
  const indicesOf = (shard: number): readonly number[] => indices.slice(shard * perShard, (shard + 1) * perShard);
  const pointAt = (index: number, always: boolean): TestedPoint => ({
    at: grid.at(index).map((value, axis) => model.toUnknown(tested[axis]!, value)),
    index,
    always,
  });
  const job = {
    model: model.model,
    setup: {
      data: model.data,
      lowest: model.lowest,
      best: model.best,
      tested: tested.map((name) => model.parameters.indexOf(name)),
      tables: model.tables,
      cls,
      toys: count,
      seed,
      nominal: pulls === "nominal",
    },
  };
  const run: Parameters<typeof sideBySide<TestedPoint, PointTest>>[2] = (tasks, hooks) =>
    workers.fcPoints(job, tasks, hooks);
  const isCoarse = (index: number): boolean => steps(index).every((step) => step % COARSE === 0);
  const answersOf = sideBySide(last, (shard) => indicesOf(shard).map((index) => pointAt(index, isCoarse(index))), run);

  async function* aroundHeld({ read }: ShardContext): AsyncGenerator<number, ShardColumns> {
    const tests: PointTest[] = [];
    for (let shard = 0; shard < last; shard++) tests.push(...testsOf(await read(shard)));
    const asked = new Set<number>();
    for (;;) {
      const missing = unthrownNearHeld(grid, tests, 1 - Math.max(...cls)).filter((index) => !asked.has(index));
      if (missing.length === 0) return columnsOf(grid, indices, tests);
      const tasks = missing.map((index) => pointAt(index, true));
      const answers = yield* sideBySide(1, () => tasks, run)(0, new Set());
      missing.forEach((index, k) => {
        tests[index] = answers[k]!;
        asked.add(index);
      });
    }
  }

  const few = fewToys(count, cls);
  const warnings = few === undefined ? [] : [few];
  const noted = { ...analysis, notes: [...analysis.notes, ...warnings] };

  return {
    warnings,
    shards: last + 1,
    columns: pointColumns(grid),
    rows: (shard) => (shard === last ? indices.length : indicesOf(shard).length),
    async *compute(shard, context) {
      if (shard === last) return yield* aroundHeld(context);
      return columnsOf(grid, indicesOf(shard), yield* answersOf(shard, context.done));
    },
    result: (shards) =>
      fcResult(noted, {
        model,
        grid,
        window,
        cls,
        seed,
        asked: { count, pulls, points, ...(tested.length === 1 && { parameter: tested[0]! }) },
        tests: testsOf(shards[last]!),
      }),
  };
}

/** What is tested: one parameter, or two. */
function testedOf({ plane, toys }: Pick<AnalysisSpec, "plane" | "toys">): readonly string[] {
  const parameter = toys?.parameter;
  if (parameter !== undefined && plane !== null)
    throw usageError("a parameter and a plane are two questions, not both at once", "--parameter a or --plane a,b");
  if (plane !== null) return plane;
  if (parameter === undefined) throw usageError("fc needs something to test", "--parameter a or --plane a,b");
  return [parameter];
}

/** Where a parameter's profile lies below a level, with a margin, inside its range. */
function windowOf({ objective, found }: DataMinima, name: string, level: number): readonly [number, number] {
  const index = objective.names.indexOf(name);
  const [least, most] = [objective.lower[index]!, objective.upper[index]!];
  const [interval] = intervalsOf(objective, index, found, [1 - chi2Survival(level, 1)]);
  const { segments } = interval!;
  const [low, high] = [segments[0]?.[0] ?? least, segments.at(-1)?.[1] ?? most];
  const margin = MARGIN * (high - low);
  return [Math.max(low - margin, least), Math.min(high + margin, most)];
}

/** Points that no toy was thrown at, near one that a level holds. */
function unthrownNearHeld({ indices, steps }: TestedPoints, tests: readonly PointTest[], outside: number): number[] {
  const held = indices.filter((index) => tests[index]!.p > outside).map(steps);
  return indices.filter((index) => {
    const { t, toys } = tests[index]!;
    if (toys > 0 || !(t > EQUAL)) return false;
    const here = steps(index);
    return held.some((one) => one.every((step, axis) => Math.abs(step - here[axis]!) < COARSE));
  });
}
