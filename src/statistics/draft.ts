/** Drafts of regions: coarse at once, until the sharp ones are there. */

import { symmetricEigen } from "../numerics/linear-algebra.ts";
import { interpolatedPolygons } from "./contour.ts";
import { findMinimaSteps, type Minimum } from "./minima.ts";
import { minimizeFrom } from "./minimize.ts";
import { type Objective, scaledHessian, scales } from "./objective.ts";
import { coordinate, type Grid, type Plane, type Range, sampleSteps, samplesOf, type Window } from "./plane-grid.ts";
import { areaOf, type Point } from "./polygon.ts";
import { descendAtSteps } from "./profile.ts";
import { quickMinima } from "./quick-minima.ts";
import { isThin, isWithin, planeEvaluator, type Region, type RegionSet, withSmallIslands } from "./region.ts";
import { asPart, type Steps } from "./steps.ts";
import { findWindow } from "./window.ts";

/** Cells per axis of a draft and of its first pass, of a look for its window, and of a search for dips. */
const CELLS = 48;
const COARSEST = 4;
const LOOK = samplesOf(20, COARSEST);
const DIPS = 10;
/** Samples per axis around a minimum whose island is smaller than a cell. */
const LOCAL = samplesOf(16);
/** Mean width of an island, in cells, below which a draft is sampled once more. */
const THIN = 1.5;
/** At most so many dips are followed down. */
const FOLLOWED = 8;
/** A place found in the plane that is lower than the best minimum by more than this, in chi^2, leads to a better one. */
const LOWER = 1e-3;
/** Every so many points of a plane the parameters off it are searched from all starting points. */
const THOROUGH = 8;
/** Where a look for the window begins, in distances at which parabolas reach the highest level: chi^2 is flatter than they are. */
const WIDE = 3;
/** A best point found late by which the levels move more than this has the plane sampled again. */
const LATE = 0.05;

export interface DraftChoices {
  /** Minima that are known, best first; without them dips of a coarse grid are followed down. */
  readonly minima?: readonly Minimum[] | undefined;
  readonly window?: Window | undefined;
}

export interface DraftSet extends RegionSet {
  /** Best first. */
  readonly minima: readonly Minimum[];
}

/**
 * Regions as `regionsOf` draws them, from few values of chi^2: 49 samples per axis where a level runs, 97 where something
 * is thin, vertices interpolated between them. Islands and holes wider than two cells are there; a narrower one can be
 * missed, two that come as near as that can be joined.
 * @param starts places to search from: the standard model
 */
export function* draftSteps(
  objective: Objective,
  plane: readonly [number, number],
  levels: readonly number[],
  starts: readonly ArrayLike<number>[],
  { minima: given, window }: DraftChoices = {},
): Steps<DraftSet> {
  const limits = plane.map((i): Range => [objective.lower[i]!, objective.upper[i]!]) as [Range, Range];
  const seen = lowestSeen();
  const { at: asked, failures } = yield* draftPlane(
    objective,
    plane,
    [...(given ?? []).map((one) => one.x), ...starts],
    seen.see,
  );
  const at = remembering(asked);
  const largest = Math.max(...levels);
  let minima = given ?? (yield* asPart(followedDips(objective, plane, at, limits, starts), (share) => 0.25 * share));
  const placesOf = (level: number): Point[] =>
    minima
      .filter((one) => one.value - minima[0]!.value <= level)
      .map((one): Point => [one.x[plane[0]]!, one.x[plane[1]]!]);
  // A valley so flat that no quick descent settles in it takes the thorough search.
  if (minima.length === 0) {
    const search = findMinimaSteps(objective, starts);
    minima = (yield* asPart(search, () => 0.25)).filter((one) => one.status !== "failed");
  }
  if (minima.length === 0) return { window: limits, regions: [], failed: failures(), minima };
  for (;;) {
    const best = minima[0]!.value;
    const thresholds = levels.map((level) => best + level);
    const start = startWindow(objective, plane, minima, largest);
    const search = findWindow(objective, plane, at, best + largest, placesOf(largest), start, LOOK);
    const box = window ?? (yield* asPart(search, (share) => 0.25 + 0.4 * share));
    const sampled = (samples: number, some: readonly number[]): Steps<Grid> =>
      asPart(sampleSteps(at, box, samples, some, COARSEST), (share) => 0.65 + 0.3 * share);
    const coarse = yield* sampled(samplesOf(CELLS, COARSEST), thresholds);
    const thin = thresholds.filter((one) =>
      interpolatedPolygons(coarse, one).some((part) => isThin(part, coarse, THIN)),
    );
    const fine = thin.length === 0 ? coarse : yield* sampled(2 * coarse.samples - 1, thin);
    const lower = seen.below(best - LOWER);
    if (lower !== undefined) minima = [descended(objective, lower), ...minima];
    if (best - minima[0]!.value > LATE) continue;
    const regions: Region[] = [];
    for (const deltaChi2 of levels) {
      const threshold = minima[0]!.value + deltaChi2;
      const grid = thin.includes(best + deltaChi2) ? fine : coarse;
      const inside = placesOf(deltaChi2).filter((point) => isWithin(point, box));
      const islands = withSmallIslands(interpolatedPolygons(grid, threshold), inside, at, threshold, grid, LOCAL);
      const polygons = yield* asPart(islands, () => 0.95);
      regions.push({ deltaChi2, area: polygons.reduce((sum, polygon) => sum + areaOf(polygon), 0), polygons });
    }
    return { window: box, regions, failed: failures(), minima };
  }
}

interface Seen {
  readonly x: Float64Array;
  readonly value: number;
}

/** Remembers the lowest place that a plane was asked at. */
function lowestSeen() {
  let lowest: Seen | undefined;
  return {
    see: (x: ArrayLike<number>, value: number): void => {
      if (lowest === undefined || value < lowest.value) lowest = { x: Float64Array.from(x), value };
    },
    below: (value: number): Seen | undefined => (lowest !== undefined && lowest.value < value ? lowest : undefined),
  };
}

/** chi^2 in a plane; other parameters go down from the last answer, now and then from all starts. */
function* draftPlane(
  objective: Objective,
  plane: readonly [number, number],
  starts: readonly ArrayLike<number>[],
  see: (x: ArrayLike<number>, value: number) => void,
): Steps<{ readonly at: Plane; readonly failures: () => number }> {
  if (objective.names.length === 2 || objective.descent === undefined) {
    const evaluate = (x: ArrayLike<number>, gradient?: Float64Array): number => {
      const value = objective.evaluate(x, gradient);
      if (value < Number.POSITIVE_INFINITY) see(x, value);
      return value;
    };
    return yield* planeEvaluator({ ...objective, evaluate }, plane, starts.map(minimumAt));
  }
  const [i, j] = plane;
  let failed = 0;
  let calls = 0;
  let last: Float64Array | undefined;
  function* steps(a: number, b: number): Steps<number> {
    const from = last === undefined || calls++ % THOROUGH === 0 ? [...(last ? [last] : []), ...starts] : [last];
    const held = new Map([
      [i, a],
      [j, b],
    ]);
    const found = yield* descendAtSteps(objective, held, from, 0);
    if (!found.converged) {
      failed++;
      return Number.MAX_VALUE;
    }
    last = found.x;
    see(found.x, found.chi2);
    return found.chi2;
  }
  return { at: { steps }, failures: () => failed };
}

/** The same plane; places of a finer grid that a coarser one had are not asked again. */
function remembering(plane: Plane): Plane {
  const known = new Map<string, number>();
  if (plane.steps === undefined) {
    return {
      at: (a, b) => {
        const place = `${a} ${b}`;
        const value = known.get(place) ?? plane.at(a, b);
        known.set(place, value);
        return value;
      },
    };
  }
  return {
    steps: function* (a, b) {
      const place = `${a} ${b}`;
      const value = known.get(place) ?? (yield* plane.steps(a, b));
      known.set(place, value);
      return value;
    },
  };
}

function minimumAt(x: ArrayLike<number>): Minimum {
  return { x: Float64Array.from(x), value: Number.NaN, status: "converged" };
}

function descended(objective: Objective, { x, value }: Seen): Minimum {
  const found = objective.descent?.(x, () => false);
  if (found !== undefined && found.value <= value) return { ...found, status: "converged" };
  const other = minimizeFrom(objective, x);
  return other.value <= value ? other : { x, value, status: "failed" };
}

/** Minima below the dips of a coarse grid over the whole plane, distinct ones, one of each flat valley. */
function* followedDips(
  objective: Objective,
  plane: readonly [number, number],
  at: Plane,
  limits: readonly [Range, Range],
  starts: readonly ArrayLike<number>[],
): Steps<readonly Minimum[]> {
  const side = DIPS + 1;
  // Every sample is one of the first pass.
  const { values } = yield* asPart(sampleSteps(at, limits, side, [], 1), (share) => 0.7 * share);
  const dips = [...values.keys()]
    .filter((k) =>
      around(k, side).every((other) => values[k]! < values[other]! || (values[k] === values[other] && k < other)),
    )
    .sort((a, b) => values[a]! - values[b]!)
    .slice(0, FOLLOWED);
  const places = dips.map((k) => {
    const place = Float64Array.from(starts[0] ?? new Float64Array(objective.names.length));
    place[plane[0]] = coordinate(limits[0], (k % side) / DIPS);
    place[plane[1]] = coordinate(limits[1], Math.floor(k / side) / DIPS);
    return place;
  });
  return yield* asPart(quickMinima(objective, [...starts, ...places], 1), (share) => 0.7 + 0.3 * share);
}

/** Neighbours of a sample of a square grid. */
function around(k: number, side: number): readonly number[] {
  const [column, row] = [k % side, Math.floor(k / side)];
  const out: number[] = [];
  for (let j = Math.max(row - 1, 0); j <= Math.min(row + 1, side - 1); j++) {
    for (let i = Math.max(column - 1, 0); i <= Math.min(column + 1, side - 1); i++) {
      if (i !== column || j !== row) out.push(j * side + i);
    }
  }
  return out;
}

/** Around the minima that are allowed, as far as their curvature says: where to look first. */
function startWindow(
  objective: Objective,
  plane: readonly [number, number],
  minima: readonly Minimum[],
  level: number,
): Window {
  const scale = scales(objective);
  const allowed = minima.filter((one) => one.value - minima[0]!.value <= level);
  const widths = allowed.map((one) => {
    const { values, vectors } = symmetricEigen(scaledHessian(objective, one.x), one.x.length);
    return plane.map((i) => {
      const variance = vectors.reduce((sum, v, k) => sum + v[i]! ** 2 / Math.max(values[k]!, 1e-6), 0);
      // A scale is a tenth of the range.
      return Math.min(Math.max(WIDE * Math.sqrt(2 * level * variance), 1e-3), 2) * scale[i]!;
    });
  });
  return plane.map((i, axis): Range => {
    const lows = allowed.map((one, k) => one.x[i]! - widths[k]![axis]!);
    const highs = allowed.map((one, k) => one.x[i]! + widths[k]![axis]!);
    return [Math.min(...lows), Math.max(...highs)];
  }) as [Range, Range];
}
