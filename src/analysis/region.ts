/** Region: allowed contours in a plane of two parameters. */

import { type NurecoilError, usageError } from "../errors.ts";
import { barrierSteps } from "../statistics/barrier.ts";
import { deltaChi2 } from "../statistics/levels.ts";
import { findMinimaSteps, type Minimum } from "../statistics/minima.ts";
import { type RegionSet, regionsOfSteps } from "../statistics/region.ts";
import { asPart, complete, type Steps } from "../statistics/steps.ts";
import { namedMinimum, noMinimum } from "./minima.ts";
import type { PreparedAnalysis, PreparedObjective } from "./prepare.ts";
import { envelope, levelsOf, type Prepared, type Progress, ready, smStart, standardModel, vectorOf } from "./ready.ts";
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
}

/** `region` in steps of a few milliseconds. */
export function* regionSteps(prepared: Prepared, options: RegionOptions = {}): Steps<RegionResult> {
  const question = planeQuestion(ready(prepared), options);
  const { analysis, objective, indices, levels, window } = question;
  yield 0;
  const search = findMinimaSteps(objective, [smStart(analysis, objective)]);
  const all = yield* asPart(search, (share) => MINIMA_SHARE * share);
  const minima = all.filter((one) => one.status !== "failed");
  if (minima.length === 0) throw emptyPlane(question);
  const found = yield* asPart(
    regionsOfSteps(objective, indices, minima, levels, window),
    (share) => MINIMA_SHARE + (1 - MINIMA_SHARE - SADDLE_SHARE) * share,
  );
  const saddles = yield* asPart(saddleNotes(objective, minima, levels), () => 1 - SADDLE_SHARE);
  return regionResult(question, minima, found, saddles);
}

/** What is asked of a plane. */
export interface PlaneQuestion {
  readonly analysis: PreparedAnalysis;
  readonly objective: PreparedObjective;
  /** Names of the plane and their indices among the parameters. */
  readonly names: readonly [string, string];
  readonly indices: readonly [number, number];
  readonly dof: number;
  readonly cls: readonly number[];
  /** Delta chi^2 of the confidence levels. */
  readonly levels: readonly number[];
  /** Ranges of both names, where the spec has them. */
  readonly window: readonly [readonly [number, number], readonly [number, number]] | undefined;
}

/** @throws NurecoilError (usage) without a plane */
export function planeQuestion(analysis: PreparedAnalysis, { window: asked }: RegionOptions = {}): PlaneQuestion {
  const { plane, profile, free, ranges } = analysis.spec;
  if (plane === null) throw usageError("region needs a plane", "--plane a,b");
  const [a, b] = plane;
  const objective = analysis.objective([...new Set([a, b, ...profile, ...free])]);
  const dof = analysis.spec.dof ?? 2;
  const cls = levelsOf(analysis.spec, [0.9, 0.99]);
  const [x, y] = [asked?.[a] ?? ranges[a], asked?.[b] ?? ranges[b]];
  return {
    analysis,
    objective,
    names: [a, b],
    indices: [objective.names.indexOf(a), objective.names.indexOf(b)],
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
  { analysis, objective, names: [a, b], dof, cls }: PlaneQuestion,
  minima: readonly Minimum[],
  found: RegionSet,
  notes: readonly string[],
): RegionResult {
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
      ...notes,
    ],
    dof,
    plane: [a, b],
    window: { [a]: [...found.window[0]], [b]: [...found.window[1]] },
    best: { chi2: minima[0]!.value, parameters: vectorOf(objective, minima[0]!.x) },
    minima: minima.map((one) => namedMinimum(objective, one)),
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
