/** Two-parameter regions: closed contours of chi^2 with their islands and holes. */

import { type ContourMultiPolygon, contours } from "d3-contour";
import { brent } from "../numerics/roots.ts";
import { type Minimum, startingPoints } from "./minima.ts";
import type { Objective } from "./objective.ts";
import { profileAt, profileStarts } from "./profile.ts";

export type Point = readonly [number, number];
export type Range = readonly [low: number, high: number];

export interface Polygon {
  /** Counter-clockwise, first point not repeated. */
  readonly outer: readonly Point[];
  /** Clockwise. */
  readonly holes: readonly (readonly Point[])[];
  /** Whether it meets the window: its border then runs along the window. */
  readonly open: boolean;
}

export interface Region {
  readonly deltaChi2: number;
  readonly area: number;
  readonly polygons: readonly Polygon[];
}

export interface RegionSet {
  readonly window: readonly [Range, Range];
  readonly regions: readonly Region[];
  readonly failed: number;
}

/** Samples per axis of the final grid: crossings are then polished, so this sets the smallest island, not the accuracy. */
const FINE = 301;
const COARSE = 61;
const FINEST = 1201;
/** Every so many points of a plane the parameters off it are searched from all starting points. */
const THOROUGH = 8;

/**
 * Regions chi^2 - chi^2_min <= level in the plane of two parameters, others profiled.
 * @param plane indices of the two parameters
 * @param minima of the whole objective, best first
 * @param levels Delta chi^2, any order
 * @param window where to look; without one it is found: it grows from [-1, 1] by factors of 1.5, re-centred, until the
 *   largest region is closed or the parameters' ranges are reached, and is then drawn in to the region with a margin
 * @param onProgress share of the grid done
 * @returns polygons by falling area; points lie on the level within 1e-9 of the window between samples of the grid;
 *   islands smaller than a cell of the grid (1/300 of the window) away from every minimum can be missed
 */
export function regionsOf(
  objective: Objective,
  plane: readonly [number, number],
  minima: readonly Minimum[],
  levels: readonly number[],
  window?: readonly [Range, Range],
  onProgress?: (share: number) => void,
): RegionSet {
  const best = minima[0]?.value ?? Number.NaN;
  const chi2 = planeFunction(objective, plane, minima);
  const inPlane = minima
    .filter((one) => one.value - best <= Math.max(...levels))
    .map((one): Point => [one.x[plane[0]]!, one.x[plane[1]]!]);
  const box = window ?? findWindow(objective, plane, chi2.at, best + Math.max(...levels), inPlane);
  let samples = FINE;
  for (;;) {
    const grid = sample(chi2.at, box, samples, onProgress);
    const regions = levels.map((level) => regionAt(grid, chi2.at, best + level, level));
    const missed = levels.some((level, k) =>
      minima.some((one) => {
        const point: Point = [one.x[plane[0]]!, one.x[plane[1]]!];
        return (
          one.value - best < 0.9 * level &&
          isWithin(point, box) &&
          !regions[k]!.polygons.some((p) => contains(p, point))
        );
      }),
    );
    if (!missed || samples >= FINEST) return { window: box, regions, failed: chi2.failures() };
    samples = 2 * samples - 1;
  }
}

interface PlaneFunction {
  readonly at: (a: number, b: number) => number;
  readonly failures: () => number;
}

function planeFunction(
  objective: Objective,
  plane: readonly [number, number],
  minima: readonly Minimum[],
): PlaneFunction {
  const [i, j] = plane;
  let failed = 0;
  if (objective.names.length === 2) {
    const x = new Float64Array(2);
    const at = (a: number, b: number): number => {
      x[i] = a;
      x[j] = b;
      return objective.evaluate(x);
    };
    return { at, failures: () => failed };
  }
  const starts = [...profileStarts(objective, minima), ...startingPoints(objective).slice(0, 4)];
  let last: Float64Array | undefined;
  let calls = 0;
  const at = (a: number, b: number): number => {
    // Neighbours follow each other: a thorough search now and then is enough to catch another branch.
    const thorough = last === undefined || calls++ % THOROUGH === 0;
    const held = new Map([
      [i, a],
      [j, b],
    ]);
    const found = profileAt(objective, held, thorough ? [...(last === undefined ? [] : [last]), ...starts] : [last!]);
    if (!found.converged) failed++;
    last = found.x;
    return found.chi2;
  };
  return { at, failures: () => failed };
}

interface Grid {
  readonly window: readonly [Range, Range];
  readonly samples: number;
  /** Second parameter outer, first inner: row-major as contours reads it. */
  readonly values: Float64Array;
}

function sample(
  at: (a: number, b: number) => number,
  window: readonly [Range, Range],
  samples: number,
  onProgress?: (share: number) => void,
): Grid {
  const values = new Float64Array(samples * samples);
  for (let row = 0; row < samples; row++) {
    const b = coordinate(window[1], row / (samples - 1));
    for (let column = 0; column < samples; column++) {
      values[row * samples + column] = at(coordinate(window[0], column / (samples - 1)), b);
    }
    onProgress?.((row + 1) / samples);
  }
  return { window, samples, values };
}

function coordinate([low, high]: Range, fraction: number): number {
  return low + fraction * (high - low);
}

/** The window of a plane without one given. */
function findWindow(
  objective: Objective,
  plane: readonly [number, number],
  at: (a: number, b: number) => number,
  threshold: number,
  minima: readonly Point[],
): readonly [Range, Range] {
  const limits = plane.map((i): Range => [objective.lower[i]!, objective.upper[i]!]) as [Range, Range];
  let window = limits.map((limit): Range => [Math.max(-1, limit[0]), Math.min(1, limit[1])]) as [Range, Range];
  for (let step = 0; step < 60; step++) {
    const box = boundingBox(sample(at, window, COARSE), threshold, minima);
    const next = window.map((side, axis): Range => grown(side, box[axis]!, limits[axis]!)) as [Range, Range];
    const settled = next.every((side, axis) => side[0] === window[axis]![0] && side[1] === window[axis]![1]);
    window = next;
    if (settled) break;
  }
  // Draw in to what is allowed, with a margin; twice, because the first box is coarse.
  for (let step = 0; step < 2; step++) {
    const box = boundingBox(sample(at, window, COARSE), threshold, minima);
    window = window.map((side, axis) => drawnIn(side, box[axis]!)) as [Range, Range];
  }
  return window;
}

/** Smallest box of cells that hold an allowed sample or a minimum, one cell wider on each side. */
function boundingBox(grid: Grid, threshold: number, minima: readonly Point[]): [Range, Range] {
  const { window, samples, values } = grid;
  const cell = window.map((side) => (side[1] - side[0]) / (samples - 1));
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  const include = (a: number, b: number): void => {
    left = Math.min(left, a);
    right = Math.max(right, a);
    bottom = Math.min(bottom, b);
    top = Math.max(top, b);
  };
  values.forEach((value, k) => {
    if (value > threshold) return;
    include(
      coordinate(window[0], (k % samples) / (samples - 1)),
      coordinate(window[1], Math.floor(k / samples) / (samples - 1)),
    );
  });
  for (const [a, b] of minima) include(a, b);
  return [
    [left - cell[0]!, right + cell[0]!],
    [bottom - cell[1]!, top + cell[1]!],
  ];
}

/** Grow a side by 1.5 around the allowed box while the box reaches beyond it. */
function grown(side: Range, box: Range, limit: Range): Range {
  const opensLow = box[0] < side[0] && side[0] > limit[0];
  const opensHigh = box[1] > side[1] && side[1] < limit[1];
  if (!(opensLow || opensHigh)) return side;
  const half = (1.5 * (side[1] - side[0])) / 2;
  const centre = (Math.max(box[0], limit[0]) + Math.min(box[1], limit[1])) / 2;
  // Re-centred, but never giving up what is already inside: the limits stop it otherwise.
  return [Math.max(Math.min(centre - half, side[0]), limit[0]), Math.min(Math.max(centre + half, side[1]), limit[1])];
}

function drawnIn(side: Range, box: Range): Range {
  const margin = 0.12 * (box[1] - box[0]);
  return [Math.max(box[0] - margin, side[0]), Math.min(box[1] + margin, side[1])];
}

function regionAt(grid: Grid, at: (a: number, b: number) => number, threshold: number, level: number): Region {
  const { samples, values } = grid;
  // contours() fills where the value is at least the threshold, so the grid is negated.
  const below = Array.from(values, (value) => threshold - value);
  const found = contours().size([samples, samples]).thresholds([0])(below)[0]!;
  const polygons = toPolygons(found, grid, (a, b) => at(a, b) - threshold);
  return { deltaChi2: level, area: polygons.reduce((sum, polygon) => sum + areaOf(polygon), 0), polygons };
}

function toPolygons(
  found: ContourMultiPolygon,
  grid: Grid,
  excess: (a: number, b: number) => number,
): readonly Polygon[] {
  const polygons = found.coordinates.map((rings): Polygon => {
    const polished = rings.map((ring) => polish(ring as [number, number][], grid, excess));
    return {
      outer: oriented(polished[0]!.points, 1),
      holes: polished.slice(1).map((ring) => oriented(ring.points, -1)),
      open: polished.some((ring) => ring.open),
    };
  });
  return polygons.filter((polygon) => polygon.outer.length > 2).sort((a, b) => areaOf(b) - areaOf(a));
}

/** Move each vertex of a ring onto the level, along the grid line it lies on; clamp what runs beyond the window. */
function polish(
  ring: readonly [number, number][],
  grid: Grid,
  excess: (a: number, b: number) => number,
): { points: Point[]; open: boolean } {
  const { window, samples } = grid;
  const place = (column: number, row: number): Point => [
    coordinate(window[0], column / (samples - 1)),
    coordinate(window[1], row / (samples - 1)),
  ];
  let open = false;
  const points: Point[] = [];
  for (const [gx, gy] of ring.slice(0, -1)) {
    // Samples sit at half-integers of contour coordinates.
    const [column, row] = [gx - 0.5, gy - 0.5];
    if (column < 0 || row < 0 || column > samples - 1 || row > samples - 1) {
      open = true;
      points.push(place(Math.min(Math.max(column, 0), samples - 1), Math.min(Math.max(row, 0), samples - 1)));
      continue;
    }
    const [fc, fr] = [Math.floor(column), Math.floor(row)];
    const alongColumn = Math.abs(row - Math.round(row)) < 1e-9;
    const root = alongColumn
      ? brent((u) => excess(...place(u, Math.round(row))), fc, fc + 1, 1e-9)
      : brent((u) => excess(...place(Math.round(column), u)), fr, fr + 1, 1e-9);
    if (Number.isNaN(root)) points.push(place(column, row));
    else points.push(alongColumn ? place(root, Math.round(row)) : place(Math.round(column), root));
  }
  return { points: points.filter((p, k) => k === 0 || p[0] !== points[k - 1]![0] || p[1] !== points[k - 1]![1]), open };
}

function oriented(ring: readonly Point[], sign: 1 | -1): readonly Point[] {
  return Math.sign(signedArea(ring)) === sign ? ring : [...ring].reverse();
}

/** Shoelace formula: positive for counter-clockwise. */
export function signedArea(ring: readonly Point[]): number {
  let sum = 0;
  ring.forEach(([x, y], k) => {
    const [nx, ny] = ring[(k + 1) % ring.length]!;
    sum += x * ny - nx * y;
  });
  return sum / 2;
}

function areaOf(polygon: Polygon): number {
  return signedArea(polygon.outer) + polygon.holes.reduce((sum, hole) => sum + signedArea(hole), 0);
}

function isWithin([a, b]: Point, window: readonly [Range, Range]): boolean {
  return a >= window[0][0] && a <= window[0][1] && b >= window[1][0] && b <= window[1][1];
}

/** Even-odd rule over outer ring and holes. */
export function contains(polygon: Polygon, [x, y]: Point): boolean {
  let inside = false;
  for (const ring of [polygon.outer, ...polygon.holes]) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi, yi] = ring[i]!;
      const [xj, yj] = ring[j]!;
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
    }
  }
  return inside;
}
