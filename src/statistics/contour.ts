/** From a sampled plane to polygons whose vertices lie on the level. */

import { contours } from "d3-contour";
import { interpolatedRoot, levelRoot, type Row } from "./level-root.ts";
import { CEILING, coordinate, type Grid, type Plane, type PlaneFunction } from "./plane-grid.ts";
import { areaOf, oriented, type Point, type Polygon } from "./polygon.ts";
import { asPart, complete, type Steps } from "./steps.ts";

/** How near a vertex comes to the level, in cells: 1e-9 of a window of 300. */
const CLOSE = 3e-7;
/** Vertices between two steps where the function is quick. */
const VERTICES = 4;

/** Polygons at or below a threshold as cubic interpolation between samples has them. */
export function interpolatedPolygons(grid: Grid, threshold: number): readonly Polygon[] {
  return complete(polygonSteps(grid, undefined, threshold));
}

/** `polygonSteps` of a quick function in one piece. */
export function polygonsBelow(grid: Grid, at: PlaneFunction, threshold: number): readonly Polygon[] {
  return complete(polygonSteps(grid, { at }, threshold));
}

/**
 * Polygons of the area where a function stays at or below a threshold, their vertices on the level.
 * @param plane the function itself; without it vertices are interpolated between samples
 * @returns by falling area, in steps of a vertex or some
 */
export function* polygonSteps(grid: Grid, plane: Plane | undefined, threshold: number): Steps<readonly Polygon[]> {
  const found = ringsBelow(grid, threshold);
  const all = found.flat().reduce((sum, ring) => sum + ring.length, 0);
  let done = 0;
  const polygons: Polygon[] = [];
  for (const rings of found) {
    const polished: { readonly points: readonly Point[]; readonly open: boolean }[] = [];
    for (const ring of rings) {
      const before = done;
      polished.push(yield* asPart(polish(ring, grid, plane, threshold), (k) => (before + k) / all));
      done += ring.length;
    }
    polygons.push(polygonOf(polished));
  }
  return sorted(polygons);
}

type Ring = readonly (readonly [number, number])[];

/** Rings of every polygon below a threshold, in coordinates of contours, the outer one first. */
function ringsBelow({ samples, values }: Grid, threshold: number): readonly (readonly Ring[])[] {
  // contours() fills where the value is at least the threshold, so the grid is negated.
  const below = Array.from(values, (value) => threshold - value);
  return contours().size([samples, samples]).thresholds([0])(below)[0]!.coordinates as [number, number][][][];
}

function polygonOf(rings: readonly { readonly points: readonly Point[]; readonly open: boolean }[]): Polygon {
  return {
    outer: oriented(rings[0]!.points, 1),
    holes: rings.slice(1).map((ring) => oriented(ring.points, -1)),
    open: rings.some((ring) => ring.open),
  };
}

function sorted(polygons: readonly Polygon[]): readonly Polygon[] {
  return polygons.filter((polygon) => polygon.outer.length > 2).sort((a, b) => areaOf(b) - areaOf(a));
}

/**
 * Move each vertex of a ring onto the level, along the grid line it lies on; clamp what runs beyond the window. Yields
 * the number of vertices done.
 */
function* polish(
  ring: Ring,
  grid: Grid,
  plane: Plane | undefined,
  threshold: number,
): Steps<{ readonly points: readonly Point[]; readonly open: boolean }> {
  const { samples, values, exact } = grid;
  const known = (column: number, row: number): number => {
    const inside = column >= 0 && row >= 0 && column < samples && row < samples;
    const k = row * samples + column;
    return inside && exact[k] === 1 && values[k]! < CEILING ? values[k]! - threshold : Number.NaN;
  };
  const end = (column: number, row: number): number => values[row * samples + column]! - threshold;
  let open = false;
  const points: Point[] = [];
  for (const [vertex, [gx, gy]] of ring.slice(0, -1).entries()) {
    // Samples sit at half-integers of contour coordinates.
    const [column, row] = [gx - 0.5, gy - 0.5];
    if (column < 0 || row < 0 || column > samples - 1 || row > samples - 1) {
      open = true;
      points.push(placeOf(grid, Math.min(Math.max(column, 0), samples - 1), Math.min(Math.max(row, 0), samples - 1)));
      continue;
    }
    const alongColumn = Math.abs(row - Math.round(row)) < 1e-9;
    const from = Math.floor(alongColumn ? column : row);
    const line = (u: number): [number, number] => (alongColumn ? [u, Math.round(row)] : [Math.round(column), u]);
    const samplesOnLine: Row = [
      known(...line(from - 1)),
      end(...line(from)),
      end(...line(from + 1)),
      known(...line(from + 2)),
    ];
    let root: number;
    if (plane === undefined) root = interpolatedRoot(samplesOnLine);
    else {
      const asking = levelRoot(samplesOnLine, CLOSE);
      let asked = asking.next();
      while (asked.done !== true) {
        const place = placeOf(grid, ...line(from + asked.value));
        const value =
          plane.steps === undefined ? plane.at(...place) : yield* asPart(plane.steps(...place), () => vertex);
        asked = asking.next(value - threshold);
      }
      root = asked.value;
    }
    points.push(Number.isNaN(root) ? placeOf(grid, column, row) : placeOf(grid, ...line(from + root)));
    if (plane?.steps !== undefined || vertex % VERTICES === 0) yield vertex;
  }
  return { points: withoutRepeats(points), open };
}

/** Place of the plane at coordinates of the grid. */
function placeOf({ window, samples }: Grid, column: number, row: number): Point {
  return [coordinate(window[0], column / (samples - 1)), coordinate(window[1], row / (samples - 1))];
}

/** Clamping to the window folds points onto each other; the ring is closed without repeating its first point. */
function withoutRepeats(points: readonly Point[]): Point[] {
  return points.filter((point, k) => {
    const before = points[(k + points.length - 1) % points.length]!;
    return points.length === 1 || point[0] !== before[0] || point[1] !== before[1];
  });
}
