/** Toys: how well data fit, and whether nominal intervals cover. */

import { NurecoilError } from "../errors.ts";
import { conditionalTables, EQUAL } from "../statistics/feldman-cousins.ts";
import { deltaChi2 } from "../statistics/levels.ts";
import { clopperPearson } from "../statistics/proportion.ts";
import { searchOf } from "../statistics/search.ts";
import type { ToyFits } from "../statistics/toy-fits.ts";
import type { Toy } from "../statistics/toys.ts";
import type { ToyRange } from "../statistics/toys-job.ts";
import { envelope, levelsOf, type Prepared, type Progress, ready } from "./ready.ts";
import { toysRecipe } from "./recipe.ts";
import { completeShards, type ShardPlan, sideBySide } from "./shards.ts";
import type { ResultSpec } from "./spec.ts";
import { checkToyCount } from "./toy-count.ts";
import { bestNote, DEFAULT_SEED, minimaOf, type ToyModel, toyModel, unitsOfNames, valuesAt } from "./toy-model.ts";
import type { ToysResult } from "./toy-results.ts";
import { inThisThread, type ToyWorkers } from "./workers.ts";

const TOYS = 1000;
/** Minima of toys are searched where chi^2 of what the truth expects is below this: five standard deviations. */
const REACH = 25;
/** Toys of a task, and of a shard at least. There are at most so many shards. */
const TASK_TOYS = 20;
const SHARD_TOYS = 200;
const SHARDS = 200;
/** One standard deviation of a normal distribution, both sides. */
const ONE_SIGMA = 0.6826894921370859;

/**
 * Goodness of fit of the spec's free parameters, and coverage of their nominal intervals at its truth.
 * @param workers who throws the toys; the result does not depend on it
 * @throws NurecoilError (usage) for a truth of something that is not fitted, or when the data have no minimum
 */
export function toys(
  prepared: Prepared,
  onProgress?: Progress,
  workers: ToyWorkers = inThisThread,
): Promise<ToysResult> {
  return completeShards(toysPlan(prepared, workers), onProgress);
}

/** The same shard by shard. */
export function toysPlan(prepared: Prepared, workers: ToyWorkers = inThisThread): ShardPlan<ToysResult> {
  const analysis = ready(prepared);
  const { spec } = analysis;
  const { free } = spec;
  const cls = levelsOf(spec, [0.9, 0.99]);
  const { count = TOYS, pulls = "profiled" } = spec.toys ?? {};
  checkToyCount(count);
  const seed = spec.seed ?? DEFAULT_SEED;
  const truthIn = (model: ToyModel): Float64Array => truthOf(model, spec.truth, pulls === "nominal");
  const model = toyModel(analysis, {
    free,
    minima: minimaOf(analysis, free).found,
    pulls,
    level: REACH,
    // Toys look like what the truth expects, not like the data.
    like: (wide) => expectedAt(wide, truthIn(wide)),
  });
  checkTruthNames(spec, model);
  const { refit, data, parameters, lowest } = model;
  const truth = truthIn(model);
  const job = {
    model: model.model,
    setup: {
      truth,
      tables: model.tables,
      conditional: parameters.map((_, k) => conditionalTables(refit, data, truth, [k])),
      seed,
    },
  };
  const perShard = Math.max(SHARD_TOYS, Math.ceil(count / SHARDS / TASK_TOYS) * TASK_TOYS);
  const last = Math.ceil(count / perShard);
  const rows = (shard: number): number => Math.min(perShard, count - shard * perShard);
  const tasksOf = (shard: number): readonly ToyRange[] =>
    Array.from({ length: Math.ceil(rows(shard) / TASK_TOYS) }, (_, k) => {
      const from = shard * perShard + k * TASK_TOYS;
      return { from, to: Math.min(from + TASK_TOYS, shard * perShard + rows(shard)) };
    });
  const answersOf = sideBySide<ToyRange, ToyFits>(last, tasksOf, (tasks, hooks) => workers.toys(job, tasks, hooks));

  return {
    shards: last,
    columns: [
      { name: "toy", type: "int32" },
      ...["chi2", ...parameters.map(columnOf)].map((name) => ({ name, type: "float64" }) as const),
    ],
    rows,
    async *compute(shard, { done }) {
      const answers = yield* answersOf(shard, done);
      const joined = (of: (fits: ToyFits) => Float64Array): Float64Array =>
        Float64Array.from(answers.flatMap((fits) => [...of(fits)]));
      return {
        toy: Int32Array.from({ length: rows(shard) }, (_, k) => shard * perShard + k),
        chi2: joined(({ chi2 }) => chi2),
        ...Object.fromEntries(parameters.map((name, k) => [columnOf(name), joined(({ t }) => t[k]!)])),
      };
    },
    result: (shards) => {
      const chi2 = shards.flatMap((one) => [...one["chi2"]!]);
      // A fit with a parameter held at its truth can fail on its own.
      const deltas = parameters.map((name) => shards.flatMap((one) => [...one[columnOf(name)]!]));
      const failed = chi2.filter((value, k) => Number.isNaN(value + deltas.reduce((sum, t) => sum + t[k]!, 0))).length;
      const noBetter = chi2.filter((value) => !(value < lowest - EQUAL)).length;
      return {
        format: "nurecoil/toys/1",
        ...envelope(analysis),
        spec: { ...spec, seed, toys: { count, pulls } },
        notes: [...analysis.notes, bestNote(model), ...truthNote(model, spec.truth)],
        units: unitsOfNames(analysis, [...parameters, ...model.nuisances]),
        recipe: [...toysRecipe({ toys: model, pulls })],
        toys: count,
        seed,
        truth: Object.fromEntries(
          [...parameters, ...model.nuisances].map((name, k) => [name, model.toValue(name, truth[k]!)]),
        ),
        goodnessOfFit: { chi2: Math.max(lowest, 0), pValue: noBetter / count, error: errorOf(noBetter, count) },
        coverage: parameters.flatMap((parameter, i) => {
          const t = deltas[i]!;
          return cls.map((cl) => {
            const level = deltaChi2(cl, 1);
            const covered = t.filter((value) => value <= level).length;
            return { parameter, cl, nominal: cl, actual: covered / count, error: errorOf(covered, count) };
          });
        }),
        failed,
      };
    },
  };
}

/** t of a parameter in a shard. */
function columnOf(parameter: string): string {
  return `t ${parameter}`;
}

/** Half the interval that holds a share at one standard deviation. */
function errorOf(successes: number, trials: number): number {
  const [low, high] = clopperPearson(successes, trials, ONE_SIGMA);
  return (high - low) / 2;
}

/**
 * The unknowns that toys are thrown at: what the truth gives, nominal nuisances where that is asked for, all others at
 * their best for the data.
 */
function truthOf(model: ToyModel, truth: Readonly<Record<string, number>>, isNominal: boolean): Float64Array {
  const { refit, data, best, parameters, nuisances, toUnknown } = model;
  const names = [...parameters, ...nuisances];
  const start = best.slice();
  const held = names.flatMap((name, k) => {
    const given = truth[name];
    if (given !== undefined) start[k] = toUnknown(name, given);
    else if (isNominal && k >= parameters.length) start[k] = 0;
    else return [];
    return [k];
  });
  if (held.length === 0) return start;
  const search = searchOf(refit, conditionalTables(refit, data, start, held), true);
  refit.setData(data.observed, data.centres);
  return Number.isNaN(search.lowest(data, undefined, start)) ? start : search.best;
}

/** Which of several minima toys are thrown at, and how to choose another. */
function truthNote(model: ToyModel, truth: Readonly<Record<string, number>>): readonly string[] {
  const { minima, parameters } = model;
  if (minima.length < 2 || parameters.some((name) => Object.hasOwn(truth, name))) return [];
  const [here, ...others] = minima.map(({ unknowns }) => valuesAt(model, unknowns));
  const place = here!.map(([name, value]) => `${name} = ${value}`).join(", ");
  const choices = others.map((one) => one.map(([name, value]) => `--truth ${name}=${value}`).join(" "));
  return [
    `the data have ${minima.length} minima as good: toys are thrown at ${place}; ${choices.join(", or ")} throws them at ${others.length === 1 ? "the other" : "another"}`,
  ];
}

/** What is expected at a truth, as data. */
function expectedAt({ refit }: ToyModel, truth: Float64Array): Toy {
  const observed = new Float64Array(refit.cells);
  refit.expected(truth, observed);
  return { observed, centres: truth };
}

/** A truth of something that is not fitted would do nothing, silently, unless data are made of it. */
function checkTruthNames({ truth, experiments }: ResultSpec, { parameters, nuisances }: ToyModel): void {
  if (experiments.some(({ data }) => data === "asimov")) return;
  const idle = Object.keys(truth).filter((name) => ![...parameters, ...nuisances].includes(name));
  if (idle.length === 0) return;
  throw new NurecoilError(
    "usage",
    idle.map((name) => ({
      message: `truth of "${name}", which is not fitted`,
      hint: `--free ${name}, or --set ${name}=value for data and toys`,
    })),
  );
}
