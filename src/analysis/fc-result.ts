/** From tested points to a Feldman-Cousins result. */

import { acceptedPolygons, acceptedSegments } from "../statistics/acceptance.ts";
import type { PointTest } from "../statistics/feldman-cousins.ts";
import { contains } from "../statistics/polygon.ts";
import type { PreparedAnalysis } from "./prepare.ts";
import { envelope } from "./ready.ts";
import { fcRecipe } from "./recipe.ts";
import type { AnalysisSpec } from "./spec.ts";
import type { TestedPoints } from "./tested-points.ts";
import { bestNote, type ToyModel } from "./toy-model.ts";
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
  /** Tested parameters where the data fit best: every level holds these. */
  readonly minima: readonly (readonly number[])[];
}

/** A lowest chi^2 that was missed by less changes no p that toys could tell. */
const NOTICEABLE = 1e-3;

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

/** Islands around a minimum that lie between points: a reader would not know of them. */
function missed({ grid: { names }, window, minima }: FcOutcome, { regions, intervals }: Levels): readonly string[] {
  const isHeld = (at: readonly number[]): boolean =>
    (intervals?.every(({ segments }) =>
      segments.some(([low, high]) => (low === null || low <= at[0]!) && (high === null || at[0]! <= high)),
    ) ??
      true) &&
    (regions?.every(({ polygons }) => polygons.some((one) => contains(one, [at[0]!, at[1]!]))) ?? true);
  return minima
    .filter((at) => at.every((value, axis) => value >= window[names[axis]!]![0] && value <= window[names[axis]!]![1]))
    .filter((at) => !isHeld(at))
    .map((at) => {
      const place = names.map((name, axis) => `${name} = ${Number(at[axis]!.toPrecision(6))}`).join(", ");
      return `what a level holds around the minimum at ${place} lies between the points: more of them, or a smaller range, would show it`;
    });
}

/** What each level holds. */
function held({ grid, window, cls, tests }: FcOutcome): Levels {
  const [a, b] = grid.names;
  const p = tests.map((one) => one.p);
  if (b === undefined) {
    return {
      regions: null,
      intervals: cls.map((cl) => ({
        parameter: a!,
        cl,
        segments: acceptedSegments(grid.axes[0]!, p, cl).map(([low, high]): [number | null, number | null] => [
          low,
          high,
        ]),
      })),
    };
  }
  return {
    intervals: null,
    regions: cls.map((cl) => {
      const { area, polygons } = acceptedPolygons([window[a!]!, window[b]!], p, cl);
      const ring = (points: readonly (readonly [number, number])[]) => points.map(([x, y]): [number, number] => [x, y]);
      return {
        cl,
        area,
        polygons: polygons.map(({ outer, holes, open }) => ({ outer: ring(outer), holes: holes.map(ring), open })),
      };
    }),
  };
}

function ranges(window: Window): Record<string, [number, number]> {
  return Object.fromEntries(Object.entries(window).map(([name, [low, high]]) => [name, [low, high]]));
}

function finite(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
