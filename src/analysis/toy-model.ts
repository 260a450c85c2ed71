/** An analysis made ready for toys: its likelihood with data that can be replaced, where minima are searched. */

import { NurecoilError } from "../errors.ts";
import { openRefit, type RefitModel } from "../statistics/compiled-refit.ts";
import { latticeOf } from "../statistics/lattice.ts";
import { findMinima, type Minimum } from "../statistics/minima.ts";
import { deviationOf, valueOfDeviation } from "../statistics/model.ts";
import { reachOf } from "../statistics/reach.ts";
import type { Refit } from "../statistics/refit.ts";
import { type ScreenTables, screenTables } from "../statistics/screen-tables.ts";
import { searchOf } from "../statistics/search.ts";
import type { Toy } from "../statistics/toys.ts";
import type { PreparedAnalysis, PreparedObjective } from "./prepare.ts";
import { smStart } from "./ready.ts";
import type { AnalysisSpec } from "./spec.ts";

type Range = readonly [number, number];

export interface ToyModel {
  readonly model: RefitModel;
  readonly refit: Refit;
  readonly data: Toy;
  /** Names of the unknowns: parameters, then nuisances that are fitted. */
  readonly parameters: readonly string[];
  readonly nuisances: readonly string[];
  /** Where minima are searched, by parameter. */
  readonly window: Readonly<Record<string, Range>>;
  /** For the global minimum of any data. */
  readonly tables: ScreenTables;
  /** Lowest chi^2 of the data inside the window, and the unknowns there. */
  readonly lowest: number;
  readonly best: Float64Array;
  /** Unknown of a parameter or nuisance at a value, and the other way round. */
  readonly toUnknown: (name: string, value: number) => number;
  readonly toValue: (name: string, unknown: number) => number;
}

export interface ToyModelInputs {
  readonly free: readonly string[];
  /** Minima of the data, in terms of the objective of these parameters. */
  readonly minima: readonly Minimum[];
  readonly pulls: NonNullable<AnalysisSpec["toys"]>["pulls"];
  /** The window holds every place where chi^2 lies at most this far above its lowest value. */
  readonly level: number;
  /** Counts that stand for the data when the window is looked for; the data themselves by default. */
  readonly like?: (model: ToyModel) => Toy;
  /** What the window holds in any case. */
  readonly within?: Readonly<Record<string, Range>>;
}

/** Seed of the random streams when nobody says. */
export const DEFAULT_SEED = 1;

/** The objective of some parameters, and its minima, best first. */
export interface DataMinima {
  readonly objective: PreparedObjective;
  readonly found: readonly Minimum[];
}

export function minimaOf(analysis: PreparedAnalysis, free: readonly string[]): DataMinima {
  const objective = analysis.objective(free);
  const all = free.length === 0 ? [] : findMinima(objective, [smStart(analysis, objective)]);
  return { objective, found: all.filter((one) => one.status !== "failed") };
}

/** Where chi^2 of the data is lowest, as a note. */
export function bestNote({ lowest, parameters, best, toValue }: ToyModel): string {
  const values = parameters.map((name, k) => `${name} = ${Number(toValue(name, best[k]!).toPrecision(6))}`);
  return `lowest chi2 of the data: ${Number(lowest.toFixed(6))}${values.length === 0 ? "" : ` at ${values.join(", ")}`}`;
}

/**
 * Parameters with a range in the spec are searched in it; others in a window inside their default range, which holds
 * what `level` says.
 * @throws NurecoilError (usage) when the data have no minimum
 */
export function toyModel(analysis: PreparedAnalysis, inputs: ToyModelInputs): ToyModel {
  const { free, minima, pulls, level, like, within = {} } = inputs;
  const { ranges } = analysis.spec;
  const fixed = pulls === "fixed";
  if (free.every((name) => ranges[name] !== undefined)) return modelIn(analysis, free, minima, analysis.range, fixed);
  const wide = modelIn(analysis, free, minima, analysis.range, fixed);
  const { refit, data, parameters, toUnknown, toValue } = wide;
  const places = minima.map(({ x }) => parameters.map((name, i) => toUnknown(name, x[i]!)));
  const reach = reachOf(refit, like?.(wide) ?? data, level, places);
  const window = Object.fromEntries(
    parameters.map((name, i): [string, Range] => {
      const given = ranges[name];
      if (given !== undefined) return [name, given];
      const [low, high] = [toValue(name, reach[i]![0]), toValue(name, reach[i]![1])];
      const [least, most] = within[name] ?? [low, high];
      return [name, [Math.min(low, least), Math.max(high, most)]];
    }),
  );
  return modelIn(analysis, free, minima, (name) => window[name]!, fixed);
}

function modelIn(
  analysis: PreparedAnalysis,
  free: readonly string[],
  minima: readonly Minimum[],
  range: (name: string) => Range,
  fixed: boolean,
): ToyModel {
  const { model, parameters, nuisances, observed } = analysis.refit(free, range, fixed);
  const refit = openRefit(model);
  const definition = (name: string) => analysis.nuisances.find((one) => one.name === name);
  const toUnknown = (name: string, value: number): number => {
    const nuisance = definition(name);
    return nuisance === undefined ? value : deviationOf(nuisance, value);
  };
  const toValue = (name: string, unknown: number): number => {
    const nuisance = definition(name);
    return nuisance === undefined ? unknown : valueOfDeviation(nuisance, unknown);
  };
  const data: Toy = { observed, centres: new Float64Array(refit.unknowns) };
  const axes = Array.from({ length: refit.couplings }, (_, k) => k);
  const places = minima.map(({ x }) => parameters.map((name, i) => toUnknown(name, x[i]!)));
  const tables = screenTables(refit, {
    lattice: latticeOf(
      axes.map((k) => refit.lower[k]!),
      axes.map((k) => refit.upper[k]!),
      places.filter((place) => place.every((x, k) => x >= refit.lower[k]! && x <= refit.upper[k]!)),
    ),
    axes,
    held: new Uint8Array(refit.unknowns),
    base: new Float64Array(refit.unknowns),
    data,
  });
  // Of the data every node is tried, once.
  const search = searchOf(refit, tables, true);
  refit.setData(data.observed, data.centres);
  const lowest = search.lowest(data);
  if (Number.isNaN(lowest)) throw new NurecoilError("usage", [{ message: "no fit of the data converged" }]);
  const window = Object.fromEntries(parameters.map((name) => [name, range(name)]));
  return { model, refit, data, parameters, nuisances, window, tables, lowest, best: search.best, toUnknown, toValue };
}
