/** Measures of regions: islands and holes, areas, extents, positions. */

import type { RegionResult } from "../analysis/results.ts";
import { clOfSigma } from "../statistics/levels.ts";
import { contains, signedArea } from "../statistics/polygon.ts";
import type { Measure } from "./measure-schema.ts";

type Polygons = RegionResult["regions"][number]["polygons"];

interface Level {
  readonly cl?: number;
  readonly sigma?: number;
}

function regionAt(result: RegionResult, { cl, sigma }: Level): RegionResult["regions"][number] | undefined {
  const level = cl ?? clOfSigma(sigma!);
  return result.regions.find((one) => Math.abs(one.cl - level) < 1e-12);
}

/** A measure of the shape of a region; null for an empty one. */
export function ofRegion(
  result: RegionResult,
  { what, ...level }: Extract<Measure, { kind: "region" }>,
): number | string | null {
  const found = regionAt(result, level);
  if (found === undefined || found.polygons.length === 0) return null;
  const { polygons } = found;
  const axis = what.endsWith("x") ? 0 : 1;
  const coordinates = polygons.flatMap((polygon) => polygon.outer.map((point) => point[axis]));
  const [low, high] = [Math.min(...coordinates), Math.max(...coordinates)];
  switch (what) {
    case "topology":
      return describeTopology(polygons);
    case "islands":
      return polygons.length;
    case "holes":
      return polygons.reduce((sum, polygon) => sum + polygon.holes.length, 0);
    case "slope":
      return slopeOf(polygons[0]!.outer);
    case "low-x":
    case "low-y":
      return low;
    case "high-x":
    case "high-y":
      return high;
    case "area":
    case "width-x":
    case "width-y":
    case "covered-x":
    case "covered-y":
      return sizeIn(found, what);
  }
}

/** A size of a region; null for an empty one. */
export function sizeOf(
  result: RegionResult,
  { what, ...level }: Extract<Measure, { kind: "region-ratio" }>,
): number | null {
  const found = regionAt(result, level);
  return found === undefined || found.polygons.length === 0 ? null : sizeIn(found, what);
}

type Size = Extract<Measure, { kind: "region-ratio" }>["what"];

function sizeIn({ polygons, area }: RegionResult["regions"][number], what: Size): number {
  if (what === "area") return area;
  const axis = what.endsWith("x") ? 0 : 1;
  const shadows = polygons.map(({ outer }): [number, number] => {
    const coordinates = outer.map((point) => point[axis]);
    return [Math.min(...coordinates), Math.max(...coordinates)];
  });
  if (what.startsWith("width")) {
    return Math.max(...shadows.map(([, high]) => high)) - Math.min(...shadows.map(([low]) => low));
  }
  return covered(shadows);
}

/** Length of a union of intervals. */
function covered(intervals: readonly (readonly [number, number])[]): number {
  let length = 0;
  let end = Number.NEGATIVE_INFINITY;
  for (const [low, high] of [...intervals].sort((a, b) => a[0] - b[0])) {
    length += Math.max(0, high - Math.max(low, end));
    end = Math.max(end, high);
  }
  return length;
}

/** The island whose centre of area (holes filled) is nearest to a point: its distance, or where its centre is. */
export function islandIn(
  result: RegionResult,
  { near, what, ...level }: Extract<Measure, { kind: "island" }>,
): number | null {
  const centres = (regionAt(result, level)?.polygons ?? []).map(({ outer }) => centreOf(outer));
  const distance = ([x, y]: readonly [number, number]): number => Math.hypot(x - near[0], y - near[1]);
  const nearest = [...centres].sort((a, b) => distance(a) - distance(b))[0];
  if (nearest === undefined) return null;
  return what === "distance" ? distance(nearest) : nearest[what === "x" ? 0 : 1];
}

/** Centre of the area inside a ring. */
function centreOf(ring: readonly (readonly [number, number])[]): readonly [number, number] {
  const [sx, sy] = ring.reduce(
    ([a, b], [x, y], k) => {
      const [nx, ny] = ring[(k + 1) % ring.length]!;
      const cross = x * ny - nx * y;
      return [a + (x + nx) * cross, b + (y + ny) * cross] as const;
    },
    [0, 0] as const,
  );
  const area = 6 * signedArea(ring);
  return [sx / area, sy / area];
}

/** `inside` when a region holds the point, `outside` when it does not. */
export function insideRegion(result: RegionResult, measure: Extract<Measure, { kind: "inside" }>): string | null {
  const found = regionAt(result, measure);
  if (found === undefined) return null;
  return found.polygons.some((polygon) => contains(polygon, measure.point)) ? "inside" : "outside";
}

/** e.g. `1 open`, `2 open`, `1 closed, 1 hole`. */
function describeTopology(polygons: Polygons): string {
  const open = polygons.filter((polygon) => polygon.open).length;
  const closed = polygons.length - open;
  const holes = polygons.reduce((sum, polygon) => sum + polygon.holes.length, 0);
  const parts = [
    ...(open > 0 ? [`${open} open`] : []),
    ...(closed > 0 ? [`${closed} closed`] : []),
    ...(holes > 0 ? [`${holes} hole${holes > 1 ? "s" : ""}`] : []),
  ];
  return parts.join(", ");
}

/** Border points on either side that the slope of a band is fitted through. */
const NEIGHBOURS = 10;

/** Slope of a band's border where it crosses the first axis, on the side of larger values: least squares. */
function slopeOf(outer: readonly (readonly [number, number])[]): number {
  const at = (k: number): readonly [number, number] => outer[(k + outer.length) % outer.length]!;
  let crossing = -1;
  for (let k = 0; k < outer.length; k++) {
    if (at(k)[1] > 0 !== at(k + 1)[1] > 0 && (crossing < 0 || at(k)[0] > at(crossing)[0])) crossing = k;
  }
  const near = Array.from({ length: 2 * NEIGHBOURS }, (_, k) => at(crossing - NEIGHBOURS + 1 + k));
  const mean = (axis: 0 | 1): number => near.reduce((sum, point) => sum + point[axis], 0) / near.length;
  const [x, y] = [mean(0), mean(1)];
  const sxx = near.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
  return near.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0) / sxx;
}
