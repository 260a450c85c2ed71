/** From tested points to a Feldman-Cousins result. */

import { acceptedRegions, acceptedSegments, sampledLine } from "../statistics/acceptance.ts";
import { type Calibration, calibrationOf } from "../statistics/calibration.ts";
import { conditionalTables, type PointTest } from "../statistics/feldman-cousins.ts";
import { contains } from "../statistics/polygon.ts";
import { searchOf } from "../statistics/search.ts";
import type { PreparedAnalysis } from "./prepare.ts";
import { envelope } from "./ready.ts";
import { fcRecipe } from "./recipe.ts";
import type { AnalysisSpec } from "./spec.ts";
import type { TestedPoints } from "./tested-points.ts";
import { bestNote, type ToyModel, unitsOfNames } from "./toy-model.ts";
import type { FcResult } from "./toy-results.ts";

type Window = Readonly<Record<string, readonly [number, number]>>;

export interface FcOutcome {
  readonly model: ToyModel;
  readonly grid: TestedPoints;
  readonly window: Window;
  readonly cls: readonly number[];
  readonly seed: number;
  /** Choices, defaults filled in. */
  readonly asked: Required<Pick<NonNullable<AnalysisSpec["toys"]>, "count" | "pulls" | "points">>;
  readonly tests: readonly PointTest[];
}

/** A lowest chi^2 that was missed by less changes no p that toys could tell. */
const NOTICEABLE = 1e-3;
/** Way over which the slope of ln p is taken, in distances of tested points. */
const SLOPE = 1e-3;

export function fcResult(analysis: PreparedAnalysis, outcome: FcOutcome): FcResult {
  const { model, grid, window, cls, seed, asked, tests } = outcome;
  const { names, indices, at } = grid;
  const lost = tests.filter(({ t }) => Number.isNaN(t)).length;
  const levels = held(outcome);
  const deepest = tests.reduce((least, { t }) => (t < least ? t : least), 0);
  return {
    format: "nurecoil/fc/1",
    ...envelope(analysis),
    spec: { ...analysis.spec, seed, toys: asked },
    notes: [
      ...analysis.notes,
      bestNote(model),
      ...(deepest < -NOTICEABLE
        ? [
            `chi2 of a tested point lies ${(-deepest).toPrecision(3)} below the lowest chi2 found: every t is too small by that`,
          ]
        : []),
      ...missed(outcome, levels),
      ...(lost > 0 ? [`${lost} points without a converged fit of the data: taken as held by every level`] : []),
    ],
    units: unitsOfNames(analysis, Object.keys(model.window)),
    recipe: [...fcRecipe({ toys: model, pulls: asked.pulls, tested: names, cls, count: asked.count })],
    plane: names.length === 1 ? null : [names[0]!, names[1]!],
    parameter: names.length === 1 ? names[0]! : null,
    window: ranges(window),
    searched: ranges(model.window),
    cl: [...cls],
    points: tests.map(({ t, p, toys, decided }, index) => ({
      at: [...at(index)],
      t: finite(t < 0 ? 0 : t),
      p: finite(p),
      toys,
      decided,
    })),
    ...levels,
    undecided: indices.filter((index) => !tests[index]!.decided),
    failed: tests.reduce((sum, { failed }) => sum + failed, 0),
  };
}

type Levels = Pick<FcResult, "regions" | "intervals">;

/** Tested parameters at the minima of the data: every level holds these. */
function placesOf({ model, grid: { names } }: FcOutcome): readonly (readonly number[])[] {
  return model.minima.map(({ unknowns }) =>
    names.map((name) => model.toValue(name, unknowns[model.parameters.indexOf(name)]!)),
  );
}

/** Minima that no polygon shows: a reader would not know of their islands. */
function missed(outcome: FcOutcome, { regions }: Levels): readonly string[] {
  const {
    grid: { names },
    window,
  } = outcome;
  return placesOf(outcome)
    .filter((at) => at.every((value, axis) => value >= window[names[axis]!]![0] && value <= window[names[axis]!]![1]))
    .filter((at) => regions?.some(({ polygons }) => !polygons.some((one) => contains(one, [at[0]!, at[1]!]))))
    .map((at) => {
      const place = names.map((name, axis) => `${name} = ${Number(at[axis]!.toPrecision(6))}`).join(", ");
      return `what a level holds around the minimum at ${place} is too small to be drawn: a smaller range would show it`;
    });
}

/** t of the data at any values of the tested parameters; NaN where no fit converged. */
function profileOf({ model, grid: { names } }: FcOutcome): (place: readonly number[]) => number {
  const { refit, data, lowest, best, parameters, toUnknown } = model;
  const tested = names.map((name) => parameters.indexOf(name));
  refit.setData(data.observed, data.centres);
  return (place) => {
    const base = best.slice();
    tested.forEach((k, i) => {
      base[k] = toUnknown(names[i]!, place[i]!);
    });
    const search = searchOf(refit, conditionalTables(refit, data, base, tested));
    return search.lowest(data, undefined, base) - lowest;
  };
}

/** What each level holds. */
function held(outcome: FcOutcome): Levels {
  const { grid, window, cls, tests } = outcome;
  const [a, b] = grid.names;
  const calibration = calibrationOf({
    axes: grid.axes,
    tests,
    outside: 1 - Math.max(...cls),
    t: profileOf(outcome),
  });
  const places = placesOf(outcome);
  const { minusLogP } = calibration;
  if (b === undefined) {
    const axis = grid.axes[0]!;
    const line = sampledLine(
      axis,
      (at) => minusLogP([at]),
      places.map(([at]) => at!),
    );
    const step = (axis.at(-1)! - axis[0]!) / (axis.length - 1);
    const errorOf = (end: number | null): number | null => (end === null ? null : errorAt(calibration, end, step));
    return {
      regions: null,
      intervals: cls.map((cl) => {
        const segments = acceptedSegments(line, cl);
        return {
          parameter: a!,
          cl,
          segments: segments.map(([low, high]): [number | null, number | null] => [low, high]),
          errors: segments.map(([low, high]): [number | null, number | null] => [errorOf(low), errorOf(high)]),
        };
      }),
    };
  }
  const regions = acceptedRegions(
    [window[a!]!, window[b]!],
    grid.axes[0]!.length,
    (x, y) => minusLogP([x, y]),
    places.map(([x, y]) => [x!, y!]),
    cls,
  );
  const ring = (points: readonly (readonly [number, number])[]) => points.map(([x, y]): [number, number] => [x, y]);
  return {
    intervals: null,
    regions: regions.map(({ area, polygons }, k) => ({
      cl: cls[k]!,
      area,
      polygons: polygons.map(({ outer, holes, open }) => ({ outer: ring(outer), holes: holes.map(ring), open })),
    })),
  };
}

/** Error of an end: that of ln p by its slope. */
function errorAt({ minusLogP, error }: Calibration, end: number, step: number): number | null {
  const way = SLOPE * step;
  const slope = (minusLogP([end + way]) - minusLogP([end - way])) / (2 * way);
  const found = error([end]) / Math.abs(slope);
  return Number.isFinite(found) ? found : null;
}

function ranges(window: Window): Record<string, [number, number]> {
  return Object.fromEntries(Object.entries(window).map(([name, [low, high]]) => [name, [low, high]]));
}

function finite(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
