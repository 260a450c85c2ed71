/** Region: allowed contours in a plane of two parameters. */

import { type NurecoilError, usageError } from "../errors.ts";
import { type BandPlane, bandsOfSteps } from "../statistics/band.ts";
import { barrierSteps } from "../statistics/barrier.ts";
import { deltaChi2 } from "../statistics/levels.ts";
import { findMinimaSteps, type Minimum } from "../statistics/minima.ts";
import { type RegionSet, regionsOfSteps } from "../statistics/region.ts";
import { asPart, complete, type Steps } from "../statistics/steps.ts";
import { type NamedMinimum, namedMinimum, noMinimum } from "./minima.ts";
import { type PreparedAnalysis, type PreparedObjective, refuseUnseen } from "./prepare.ts";
import {
  envelope,
  levelsOf,
  type Prepared,
  type Progress,
  ready,
  smStart,
  standardModel,
  standardValue,
} from "./ready.ts";
import type { RegionResult } from "./results.ts";

/** Share of the work that the search for minima takes, about, and what is left for a look at the passes between them. */
const MINIMA_SHARE = 0.08;
const SADDLE_SHARE = 0.02;

/**
 * Regions of a plane of two parameters; `profile` and `free` parameters besides are minimised.
 * @param onProgress share of the work done
 * @throws NurecoilError (usage) without a plane, or when no minimum is found
 */
export function region(prepared: Prepared, onProgress?: Progress): RegionResult {
  return complete(regionSteps(prepared), onProgress);
}

/** What part of a plane is looked at. */
export interface RegionOptions {
  /** Window by the names of the plane, which leaves the search for minima alone; without one it is found. */
  readonly window?: Readonly<Record<string, readonly [number, number]>> | undefined;
  /**
   * Parameters on which nothing depends: refused (default), or `band`: one of the plane makes the regions bands along it,
   * at the same Delta chi^2; one off the plane is left out. Takes an analysis whose `prepare` left them.
   */
  readonly unseen?: "refuse" | "band" | undefined;
}

/** `region` in steps of a few milliseconds. */
export function* regionSteps(prepared: Prepared, options: RegionOptions = {}): Steps<RegionResult> {
  const question = planeQuestion(readyFor(prepared, options), options);
  const { analysis, objective, indices, band, levels, window } = question;
  yield 0;
  const search = findMinimaSteps(objective, [smStart(analysis, objective)]);
  const all = yield* asPart(search, (share) => MINIMA_SHARE * share);
  const minima = all.filter((one) => one.status !== "failed");
  if (minima.length === 0) throw emptyPlane(question);
  const found = yield* asPart(
    band === null
      ? regionsOfSteps(objective, indices, minima, levels, window)
      : bandsOfSteps(objective, band, minima, levels, window),
    (share) => MINIMA_SHARE + (1 - MINIMA_SHARE - SADDLE_SHARE) * share,
  );
  const saddles = yield* asPart(saddleNotes(objective, minima, levels), () => 1 - SADDLE_SHARE);
  return regionResult(question, minima, found, saddles);
}

/** What is asked of a plane. */
export interface PlaneQuestion {
  readonly analysis: PreparedAnalysis;
  /** Of the plane and of what is profiled, as far as something depends on it. */
  readonly objective: PreparedObjective;
  /** Names of the plane and their indices among the parameters; -1: nothing depends on it. */
  readonly names: readonly [string, string];
  readonly indices: readonly [number, number];
  /** Where nothing depends on one of the two. */
  readonly band: BandPlane | null;
  readonly dof: number;
  readonly cls: readonly number[];
  /** Delta chi^2 of the confidence levels. */
  readonly levels: readonly number[];
  /** Ranges of both names, where the spec has them. */
  readonly window: readonly [readonly [number, number], readonly [number, number]] | undefined;
}

/** The analysis made ready as the options need it. */
export function readyFor(prepared: Prepared, { unseen }: RegionOptions): PreparedAnalysis {
  return ready(prepared, { unseen: unseen === "band" ? "leave" : "refuse" });
}

/** @throws NurecoilError (usage) without a plane, or where nothing depends on it */
export function planeQuestion(
  analysis: PreparedAnalysis,
  { window: asked, unseen }: RegionOptions = {},
): PlaneQuestion {
  const { plane, profile, free, ranges } = analysis.spec;
  if (plane === null) throw usageError("region needs a plane", "--plane a,b");
  const [a, b] = plane;
  const searched = [...new Set([a, b, ...profile, ...free])];
  const seen = (name: string): boolean => !analysis.unseen.includes(name);
  if (unseen !== "band" || !(seen(a) || seen(b))) refuseUnseen(searched.filter((name) => !seen(name)));
  const objective = analysis.objective(searched.filter(seen));
  const dof = analysis.spec.dof ?? 2;
  const cls = levelsOf(analysis.spec, [0.9, 0.99]);
  const [x, y] = [asked?.[a] ?? ranges[a], asked?.[b] ?? ranges[b]];
  const indices = [objective.names.indexOf(a), objective.names.indexOf(b)] as const;
  const axis = seen(a) ? 0 : 1;
  return {
    analysis,
    objective,
    names: [a, b],
    indices,
    band: seen(a) && seen(b) ? null : { axis, index: indices[axis], across: analysis.range(axis === 0 ? b : a) },
    dof,
    cls,
    levels: cls.map((cl) => deltaChi2(cl, dof)),
    window: x !== undefined && y !== undefined ? [x, y] : undefined,
  };
}

/** The error of a plane where no search converged. */
export function emptyPlane({ analysis, objective, names }: PlaneQuestion): NurecoilError {
  return noMinimum(analysis, objective, `in the plane (${names.join(", ")})`);
}

/** @param minima best first */
export function regionResult(
  question: PlaneQuestion,
  minima: readonly Minimum[],
  found: RegionSet,
  notes: readonly string[],
): RegionResult {
  const { analysis, dof, cls } = question;
  const [a, b] = question.names;
  const named = minima.map((one) => inPlane(question, one));
  return {
    format: "nurecoil/region/1",
    ...envelope(analysis),
    notes: [
      ...analysis.notes,
      ...(Object.keys(analysis.spec.ranges).length === 0
        ? []
        : ["Delta chi^2 counts from the best point inside the ranges given"]),
      ...(minima[0]!.status === "at-bound"
        ? ["the best point lies on the border of the search range: Delta chi^2 counts from there"]
        : []),
      ...analysis.unseen.map(
        (name) =>
          `nothing here depends on ${name}: ${name === a || name === b ? "regions are bands along it" : "it is left out"}`,
      ),
      ...notes,
    ],
    dof,
    plane: [a, b],
    window: { [a]: [...found.window[0]], [b]: [...found.window[1]] },
    best: { chi2: named[0]!.chi2, parameters: named[0]!.parameters },
    minima: named,
    sm: { chi2: standardModel(analysis).chi2 },
    regions: found.regions.map((one, k) => ({
      cl: cls[k]!,
      deltaChi2: one.deltaChi2,
      dof,
      area: one.area,
      polygons: one.polygons.map((polygon) => ({
        outer: polygon.outer.map(([x, y]): [number, number] => [x, y]),
        holes: polygon.holes.map((hole) => hole.map(([x, y]): [number, number] => [x, y])),
        open: polygon.open,
      })),
    })),
    failed: found.failed,
  };
}

/** A minimum of the plane: where nothing depends on one of its names, it is flat along it, and is told at the standard model's value. */
function inPlane({ analysis, objective, names, band }: PlaneQuestion, one: Minimum): NamedMinimum {
  const found = namedMinimum(objective, one);
  if (band === null) return found;
  const flat = names[1 - band.axis]!;
  return { ...found, parameters: { ...found.parameters, [flat]: standardValue(analysis, flat) }, status: "flat" };
}

/** A pass between minima this near to a level (relative) decides whether islands join: the reader should know. */
const SADDLE_NEAR = 0.02;

function* saddleNotes(
  objective: PreparedObjective,
  minima: readonly Minimum[],
  levels: readonly number[],
): Steps<string[]> {
  const best = minima[0]!.value;
  const highest = best + (1 + SADDLE_NEAR) * Math.max(...levels);
  const notes = new Set<string>();
  for (const [i, a] of minima.slice(0, 6).entries()) {
    for (const b of minima.slice(i + 1, 6)) {
      const higher = Math.max(a.value, b.value);
      const pass = higher + (yield* barrierSteps(objective, a.x, b.x, highest - higher)) - best;
      const near = levels.find((level) => Math.abs(pass - level) < SADDLE_NEAR * level);
      if (near !== undefined) {
        notes.add(
          `a saddle at Delta chi^2 = ${pass.toFixed(4)} lies close to the level ${near.toFixed(4)}: islands there touch or nearly touch`,
        );
      }
    }
  }
  return [...notes];
}
