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
import { isRadiusName } from "./radii.ts";
import { smStart, unitsOf } from "./ready.ts";
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
  /** Minima of the data within `AS_GOOD` of the lowest: `best`, then the others, best first. */
  readonly minima: readonly { readonly chi2: number; readonly unknowns: Float64Array }[];
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

/** Minima this near to the lowest are named beside it: the data do not tell them apart. */
const AS_GOOD = 0.01;
/** Two minima nearer than this, relative to where they are searched, are one. */
const SAME = 1e-4;

/** Where chi^2 of the data is lowest, and as low, as a note. */
export function bestNote(model: ToyModel): string {
  const [best, ...others] = model.minima.map(({ chi2, unknowns }) => {
    const place = valuesAt(model, unknowns).map(([name, value]) => `${name} = ${value}`);
    return `${Number(chi2.toFixed(6))}${place.length === 0 ? "" : ` at ${place.join(", ")}`}`;
  });
  const equal = others.length === 0 ? "" : `; within ${AS_GOOD} of it: ${others.join("; ")}`;
  return `lowest chi2 of the data: ${best}${equal}`;
}

/** Values of the parameters at a minimum, with six digits. */
export function valuesAt(
  { parameters, toValue }: ToyModel,
  unknowns: Float64Array,
): readonly (readonly [name: string, value: number])[] {
  return parameters.map((name, k) => [name, Number(toValue(name, unknowns[k]!).toPrecision(6))]);
}

/** Units of parameters and nuisances that have one: sigma of a pull, factor of a normalisation, fm of a radius. */
export function unitsOfNames(analysis: PreparedAnalysis, names: readonly string[]): Record<string, string> {
  const own = unitsOf(analysis);
  const unitOf = (name: string): string | undefined => {
    if (isRadiusName(name)) return "fm";
    const kind = analysis.nuisances.find((one) => one.name === name)?.kind;
    if (kind === undefined) return undefined;
    return own[name] ?? { pull: "sigma", normalisation: "factor", flat: "" }[kind];
  };
  return Object.fromEntries(names.flatMap((name) => (unitOf(name) ? [[name, unitOf(name)!]] : [])));
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
  const best = search.best.slice();
  const found = { model, refit, data, parameters, nuisances, window, tables, lowest, best, toUnknown, toValue };
  return { ...found, minima: asGood(found, places) };
}

/** The best minimum and those that are as good, from the places of all minima. */
function asGood(
  { refit, lowest, best }: Omit<ToyModel, "minima">,
  places: readonly (readonly number[])[],
): ToyModel["minima"] {
  const found = [{ chi2: lowest, unknowns: best }];
  const width = (k: number): number => refit.upper[k]! - refit.lower[k]!;
  const nothing = new Uint8Array(refit.unknowns);
  for (const place of places) {
    const unknowns = best.slice();
    unknowns.set(place.map((x, k) => Math.min(Math.max(x, refit.lower[k]!), refit.upper[k]!)));
    const chi2 = refit.minimize(unknowns, nothing);
    if (!(chi2 < lowest + AS_GOOD)) continue;
    const isKnown = found.some((one) =>
      place.every((_, k) => Math.abs(one.unknowns[k]! - unknowns[k]!) < SAME * width(k)),
    );
    if (!isKnown) found.push({ chi2, unknowns });
  }
  return [found[0]!, ...found.slice(1).sort((a, b) => a.chi2 - b.chi2)];
}
