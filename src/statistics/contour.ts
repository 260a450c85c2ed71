/** From a sampled plane to polygons whose vertices lie on the level. */

import { type ContourMultiPolygon, contours } from "d3-contour";
import { brent } from "../numerics/roots.ts";
import { coordinate, type Grid, type PlaneFunction } from "./plane-grid.ts";
import { areaOf, oriented, type Point, type Polygon } from "./polygon.ts";

/** How near a vertex comes to the level, in cells: 1e-9 of a window of 300. */
const CLOSE = 3e-7;

/**
 * Polygons of the area where a function stays at or below a threshold, their vertices on the level.
 * @returns by falling area
 */
export function polygonsBelow(
  grid: Grid,
  at: PlaneFunction,
  threshold: number,
  onProgress?: (share: number) => void,
): readonly Polygon[] {
  const { samples, values } = grid;
  // contours() fills where the value is at least the threshold, so the grid is negated.
  const below = Array.from(values, (value) => threshold - value);
  const found = contours().size([samples, samples]).thresholds([0])(below)[0]!;
  return toPolygons(
    found,
    grid,
    (a, b) => at(a, b) - threshold,
    (column, row) => values[row * samples + column]! - threshold,
    onProgress,
  );
}

/** Excess over the threshold at a sample of the grid. */
type KnownExcess = (column: number, row: number) => number;

function toPolygons(
  found: ContourMultiPolygon,
  grid: Grid,
  excess: PlaneFunction,
  known: KnownExcess,
  onProgress?: (share: number) => void,
): readonly Polygon[] {
  const all = found.coordinates.flat().reduce((sum, ring) => sum + ring.length, 0);
  let done = 0;
  const polygons = found.coordinates.map((rings): Polygon => {
    const polished = rings.map((ring) => {
      const points = polish(ring as [number, number][], grid, excess, known);
      done += ring.length;
      onProgress?.(done / all);
      return points;
    });
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
  excess: PlaneFunction,
  known: KnownExcess,
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
    const exact = (c: number, r: number): number =>
      Number.isInteger(c) && Number.isInteger(r) ? known(c, r) : excess(...place(c, r));
    const [low, high] = alongColumn
      ? [known(fc, Math.round(row)), known(fc + 1, Math.round(row))]
      : [known(Math.round(column), fr), known(Math.round(column), fr + 1)];
    const root = alongColumn
      ? rootBetween((u) => exact(u, Math.round(row)), fc, low, high)
      : rootBetween((u) => exact(Math.round(column), u), fr, low, high);
    if (Number.isNaN(root)) points.push(place(column, row));
    else points.push(alongColumn ? place(root, Math.round(row)) : place(Math.round(column), root));
  }
  return { points: withoutRepeats(points), open };
}

/** Root between a sample and its neighbour, whose values are known. */
function rootBetween(f: (u: number) => number, from: number, low: number, high: number): number {
  // Between two samples the function is nearly straight: a value this small is as near as the step that would show it.
  return brent(f, from, from + 1, CLOSE, CLOSE * Math.abs(high - low));
}

/** Clamping to the window folds points onto each other; the ring is closed without repeating its first point. */
function withoutRepeats(points: readonly Point[]): Point[] {
  return points.filter((point, k) => {
    const before = points[(k + points.length - 1) % points.length]!;
    return points.length === 1 || point[0] !== before[0] || point[1] !== before[1];
  });
}
