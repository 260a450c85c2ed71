/** Two-parameter regions: closed contours of chi^2 with their islands and holes. */

import { polygonSteps } from "./contour.ts";
import { type Minimum, startingPoints } from "./minima.ts";
import type { Objective } from "./objective.ts";
import { type Grid, type Plane, type Range, sampleSteps, samplesOf, type Window } from "./plane-grid.ts";
import { areaOf, contains, type Point, type Polygon, signedArea } from "./polygon.ts";
import { profileAtSteps, profileStarts } from "./profile.ts";
import { asPart, complete, type Steps } from "./steps.ts";
import { withSymmetry } from "./symmetry.ts";
import { findWindow } from "./window.ts";

export interface Region {
  readonly deltaChi2: number;
  readonly area: number;
  readonly polygons: readonly Polygon[];
}

export interface RegionSet {
  readonly window: Window;
  readonly regions: readonly Region[];
  /** Points of the plane without a converged answer. */
  readonly failed: number;
}

/** Samples per axis of the final grid, and the finest it is refined to when something in it is thin. */
const FINE = samplesOf(300);
const FINEST = 4 * (FINE - 1) + 1;
/** Samples per axis around a minimum whose island is smaller than a cell. */
const LOCAL = samplesOf(60);
/** Mean width of an island, in cells, below which its shape cannot be trusted. */
const THIN = 3;
/** Every so many points of a plane the parameters off it are searched from all starting points. */
const THOROUGH = 8;

/**
 * Regions chi^2 - chi^2_min <= level in the plane of two parameters, others profiled.
 * @param plane indices of the two parameters
 * @param minima of the whole objective, best first
 * @param levels Delta chi^2, any order
 * @param window where to look; without one it is found: it grows from [-1, 1] by factors of 1.5, re-centred, until the
 *   largest region is closed or the parameters' ranges are reached, and is then drawn in to the region with a margin
 * @param onProgress share of the work done
 * @returns polygons by falling area; points lie on the level within 1e-9 of the window. The grid is refined where islands
 *   are thin, and around minima; an island smaller than 1/300 of the window away from every minimum can be missed
 */
export function regionsOf(
  objective: Objective,
  plane: readonly [number, number],
  minima: readonly Minimum[],
  levels: readonly number[],
  window?: Window,
  onProgress?: (share: number) => void,
): RegionSet {
  return complete(regionsOfSteps(objective, plane, minima, levels, window), onProgress);
}

/** `regionsOf` in steps of some values of a quick chi^2, or of one search where other parameters are profiled. */
export function* regionsOfSteps(
  objective: Objective,
  plane: readonly [number, number],
  minima: readonly Minimum[],
  levels: readonly number[],
  window?: Window,
): Steps<RegionSet> {
  const best = minima[0]?.value ?? Number.NaN;
  const { at, failures } = yield* planeEvaluator(objective, plane, minima);
  const largest = Math.max(...levels);
  const places = minima.map((one) => ({
    above: one.value - best,
    point: [one.x[plane[0]]!, one.x[plane[1]]!] as Point,
  }));
  const allowed = places.filter(({ above }) => above <= largest).map(({ point }) => point);
  const reached = stages();
  let box = window ?? (yield* asPart(findWindow(objective, plane, at, best + largest, allowed), reached(0)));
  const thresholds = levels.map((level) => best + level);
  const sampled = (samples: number): Steps<Grid> => asPart(sampleSteps(at, box, samples, thresholds), reached(1));
  let grid = yield* sampled(FINE);
  function* polygonsOf(): Steps<readonly (readonly Polygon[])[]> {
    const all: (readonly Polygon[])[] = [];
    for (const threshold of thresholds) {
      all.push(yield* asPart(polygonSteps(grid, at, threshold), (share) => (all.length + share) / levels.length));
    }
    return all;
  }
  let found = yield* asPart(polygonsOf(), reached(2));
  // The coarse search for a window can step over thin ends: the fine grid sees them at its border.
  for (let step = 0; window === undefined && step < 20; step++) {
    const wider = widened(box, found.flat(), objective, plane);
    if (wider === undefined) break;
    box = wider;
    grid = yield* sampled(FINE);
    found = yield* asPart(polygonsOf(), reached(2));
  }
  while (found.flat().some((polygon) => isThin(polygon, grid)) && grid.samples < FINEST) {
    grid = yield* sampled(2 * grid.samples - 1);
    found = yield* asPart(polygonsOf(), reached(2));
  }
  const regions: Region[] = [];
  for (const [k, level] of levels.entries()) {
    const inside = places.filter(({ above, point }) => above < level && isWithin(point, box)).map(({ point }) => point);
    const islands = withSmallIslands(found[k]!, inside, at, best + level, grid);
    const polygons = yield* asPart(islands, () => reached(2)(1));
    regions.push({ deltaChi2: level, area: polygons.reduce((sum, polygon) => sum + areaOf(polygon), 0), polygons });
  }
  return { window: box, regions, failed: failures() };
}

/** Shares of the work, about: looking for the window, sampling it, bringing vertices onto the level. */
const STAGES = [0.22, 0.45, 0.33];

/** Progress over the stages, which may begin again but never goes back. */
function stages(): (stage: number) => (share: number) => number {
  let reached = 0;
  return (stage) => {
    const before = STAGES.slice(0, stage).reduce((sum, part) => sum + part, 0);
    return (share) => {
      reached = Math.max(reached, before + STAGES[stage]! * share);
      return reached;
    };
  };
}

/** The window with each side moved out by a quarter that a polygon reaches and the range does not; undefined for none. */
function widened(
  window: Window,
  polygons: readonly Polygon[],
  objective: Objective,
  plane: readonly [number, number],
): Window | undefined {
  let moved = false;
  const points = polygons.filter((polygon) => polygon.open).flatMap((polygon) => polygon.outer);
  const next = window.map(([low, high], axis): Range => {
    const limit = [objective.lower[plane[axis]!]!, objective.upper[plane[axis]!]!] as const;
    const reached = (side: number): boolean =>
      points.some((point) => Math.abs(point[axis]! - side) < 1e-9 * (high - low));
    const down = low > limit[0] && reached(low);
    const up = high < limit[1] && reached(high);
    moved ||= down || up;
    const quarter = (high - low) / 4;
    return [down ? Math.max(low - quarter, limit[0]) : low, up ? Math.min(high + quarter, limit[1]) : high];
  });
  return moved ? (next as [Range, Range]) : undefined;
}

/** Mean width (twice the area over the perimeter, both in cells) below a few cells: ends and necks may be broken. */
export function isThin(polygon: Polygon, { window, samples }: Grid, cells: number = THIN): boolean {
  const cell = window.map(([low, high]) => (high - low) / (samples - 1));
  const ring = polygon.outer.map(([x, y]): Point => [x / cell[0]!, y / cell[1]!]);
  const perimeter = ring.reduce((sum, [x, y], k) => {
    const [nx, ny] = ring[(k + 1) % ring.length]!;
    return sum + Math.hypot(nx - x, ny - y);
  }, 0);
  return (2 * signedArea(ring)) / perimeter < cells;
}

/** Add the island around each minimum that the grid stepped over, found on a grid of its own. */
export function* withSmallIslands(
  polygons: readonly Polygon[],
  minima: readonly Point[],
  at: Plane,
  threshold: number,
  { window, samples }: Grid,
  cells: number = LOCAL,
): Steps<readonly Polygon[]> {
  const all = [...polygons];
  for (const point of minima) {
    if (all.some((polygon) => contains(polygon, point))) continue;
    let half = window.map(([low, high]) => (2 * (high - low)) / (samples - 1));
    for (let step = 0; step < 30; step++) {
      const around = point.map((x, i) => [x - half[i]!, x + half[i]!]) as [[number, number], [number, number]];
      const local = yield* sampleSteps(at, around, cells, [threshold]);
      const island = (yield* polygonSteps(local, at, threshold)).find((polygon) => contains(polygon, point));
      if (island !== undefined && !isThin(island, local)) {
        if (!island.open) all.push(island);
        break;
      }
      half = half.map((side) => side / 4);
    }
  }
  return all.sort((a, b) => areaOf(b) - areaOf(a));
}

interface Evaluator {
  readonly at: Plane;
  readonly failures: () => number;
}

/** chi^2 in a plane, other parameters profiled; where it has no answer it is larger than any level. */
export function* planeEvaluator(
  objective: Objective,
  plane: readonly [number, number],
  minima: readonly Minimum[],
): Steps<Evaluator> {
  const [i, j] = plane;
  let failed = 0;
  if (objective.names.length === 2) {
    const x = new Float64Array(2);
    const at = (a: number, b: number): number => {
      x[i] = a;
      x[j] = b;
      const value = objective.evaluate(x);
      if (Number.isFinite(value)) return value;
      failed++;
      return Number.MAX_VALUE;
    };
    const ranges = plane.map((k): Range => [objective.lower[k]!, objective.upper[k]!]) as [Range, Range];
    return { at: { at: yield* withSymmetry(at, ranges) }, failures: () => failed };
  }
  const starts = [...profileStarts(objective, minima), ...startingPoints(objective).slice(0, 4)];
  let last: Float64Array | undefined;
  let calls = 0;
  function* steps(a: number, b: number): Steps<number> {
    // Neighbours follow each other: a thorough search now and then is enough to catch another branch.
    const thorough = last === undefined || calls++ % THOROUGH === 0;
    const held = new Map([
      [i, a],
      [j, b],
    ]);
    const from = thorough ? [...(last === undefined ? [] : [last]), ...starts] : [last!];
    const found = yield* profileAtSteps(objective, held, from);
    last = found.x;
    if (found.converged) return found.chi2;
    failed++;
    return Number.MAX_VALUE;
  }
  return { at: { steps }, failures: () => failed };
}

/** Whether a point lies in a window. */
export function isWithin([a, b]: Point, window: Window): boolean {
  return a >= window[0][0] && a <= window[0][1] && b >= window[1][0] && b <= window[1][1];
}
