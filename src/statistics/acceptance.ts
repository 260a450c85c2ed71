/** From p at places to what a confidence level holds: p > 1 - CL. Functions give -ln p: smooth where p is nearly 0. */

import { goldenSection } from "../numerics/golden-section.ts";
import { brent } from "../numerics/roots.ts";
import { polygonsBelow } from "./contour.ts";
import type { Segment } from "./interval.ts";
import { coordinate, type PlaneFunction, sampleLevels, samplesOf, type Window } from "./plane-grid.ts";
import { areaOf, contains, type Point, type Polygon } from "./polygon.ts";

/** So that p equal to 1 - CL lies outside. */
const STRICT = 1e-12;
/** A line is looked at in so many places, and so many per step of tested points, at least. */
const LINE = 240;
const PER_STEP = 4;
/** A plane is looked at in cells this many times finer than tested points, or so that there are this many in a row. */
const FINER = 4;
const FINE = 128;
/** Fewest cells in a row of the first pass over a plane. */
const FIRST = 48;
/** Most of them in a row: memory goes by the square. */
const MOST = 1600;
/** Samples per axis around a minimum whose island is smaller than a cell, and the fewest of them it must span. */
const LOCAL = samplesOf(60);
const SPANNED = 8;

/** Width to which the bottom of a dip is bracketed, relative to the distance of the samples around it. */
const DIP = 1e-6;

interface Sample {
  readonly at: number;
  readonly value: number;
}

/** A line sampled so that no level is stepped over. */
export interface SampledLine {
  readonly samples: readonly Sample[];
  readonly minusLogP: (at: number) => number;
}

/**
 * A line with samples between tested points, at given places and at the bottom of every dip between samples.
 * @param tested places, increasing
 * @param places inside or outside the line: those inside are samples
 */
export function sampledLine(
  tested: readonly number[],
  minusLogP: (at: number) => number,
  places: readonly number[],
): SampledLine {
  const per = Math.max(PER_STEP, Math.ceil(LINE / (tested.length - 1)));
  const between = tested.flatMap((low, k) => {
    const high = tested[k + 1];
    if (high === undefined) return [low];
    return Array.from({ length: per }, (_, j) => (j === 0 ? low : low + (j / per) * (high - low)));
  });
  const inside = places.filter((place) => place > tested[0]! && place < tested.at(-1)!);
  const samples = [...new Set([...between, ...inside])]
    .sort((a, b) => a - b)
    .map((at): Sample => ({ at, value: minusLogP(at) }));
  const dips = samples.slice(1, -1).flatMap((here, k) => {
    const [before, after] = [samples[k]!, samples[k + 2]!];
    if (!(here.value < before.value && here.value <= after.value)) return [];
    const look = (at: number): Sample => ({ at, value: minusLogP(at) });
    return [goldenSection(look, ({ value }) => value, before.at, after.at, DIP)];
  });
  return { samples: [...samples, ...dips].sort((a, b) => a.at - b.at), minusLogP };
}

/**
 * Segments of a line where p > 1 - CL.
 * @returns ends are null where the first or last place is still inside
 */
export function acceptedSegments({ samples, minusLogP }: SampledLine, cl: number): readonly Segment[] {
  const level = levelOf(cl);
  const range = samples.at(-1)!.at - samples[0]!.at;
  const crossing = (a: Sample, b: Sample): number =>
    brent((at) => (at === a.at ? a.value : at === b.at ? b.value : minusLogP(at)) - level, a.at, b.at, 1e-10 * range);
  const segments: Segment[] = [];
  let start: number | null | undefined;
  samples.forEach((here, k) => {
    const before = samples[k - 1];
    const isInside = here.value <= level;
    if (isInside && start === undefined) start = before === undefined ? null : crossing(before, here);
    if (!isInside && start !== undefined) {
      segments.push([start, crossing(before!, here)]);
      start = undefined;
    }
  });
  if (start !== undefined) segments.push([start, null]);
  return segments;
}

export interface AcceptedRegion {
  readonly area: number;
  readonly polygons: readonly Polygon[];
}

/**
 * Polygons of a plane where p > 1 - CL, level by level, on a grid that holds the tested points and is refined where a
 * border may run.
 * @param perAxis tested points along each axis, ends of the window included
 * @param places around which islands smaller than a cell are looked for
 * @returns polygons by falling area
 */
export function acceptedRegions(
  window: Window,
  perAxis: number,
  minusLogP: PlaneFunction,
  places: readonly Point[],
  cls: readonly number[],
): readonly AcceptedRegion[] {
  let finer = FINER;
  while (finer * (perAxis - 1) < FINE) finer *= 2;
  while (finer > 1 && finer * (perAxis - 1) > MOST) finer /= 2;
  let coarsest = finer;
  while (coarsest > 1 && (finer / coarsest) * (perAxis - 1) < FIRST) coarsest /= 2;
  const levels = cls.map(levelOf);
  const grid = sampleLevels(minusLogP, window, finer * (perAxis - 1) + 1, levels, coarsest);
  const inside = places.filter((place) =>
    place.every((value, axis) => value >= window[axis]![0] && value <= window[axis]![1]),
  );
  return levels.map((level) => {
    const polygons = [...polygonsBelow(grid, minusLogP, level)];
    for (const place of inside) {
      if (minusLogP(...place) > level || polygons.some((one) => contains(one, place))) continue;
      const island = islandAround(place, window, grid.samples, minusLogP, level);
      if (island !== undefined) polygons.push(island);
    }
    polygons.sort((a, b) => areaOf(b) - areaOf(a));
    return { area: polygons.reduce((sum, polygon) => sum + areaOf(polygon), 0), polygons };
  });
}

/** The island around a place that the grid stepped over, on a grid of its own that shrinks until it shows. */
function islandAround(
  place: Point,
  window: Window,
  samples: number,
  minusLogP: PlaneFunction,
  level: number,
): Polygon | undefined {
  let half = window.map(([low, high]) => (2 * (high - low)) / (samples - 1));
  for (let step = 0; step < 20; step++) {
    const around = place.map((x, i) => [x - half[i]!, x + half[i]!]) as [[number, number], [number, number]];
    const local = sampleLevels(minusLogP, around, LOCAL, [level]);
    const island = polygonsBelow(local, minusLogP, level).find((polygon) => contains(polygon, place));
    const spanned = half.map((side, axis) => {
      const values = island?.outer.map((point) => point[axis as 0 | 1]) ?? [0];
      return ((Math.max(...values) - Math.min(...values)) / (2 * side)) * (LOCAL - 1);
    });
    if (island !== undefined && Math.min(...spanned) >= SPANNED) return island;
    half = half.map((side) => side / 4);
  }
  return undefined;
}

function levelOf(cl: number): number {
  return -Math.log(1 - cl) - STRICT;
}

/** Places of n points over a range, ends included; fourteen digits, so that -1.1 stays -1.1. */
export function evenly([low, high]: readonly [number, number], n: number): readonly number[] {
  return Array.from({ length: n }, (_, k) =>
    k === n - 1 ? high : Number(coordinate([low, high], k / (n - 1)).toPrecision(14)),
  );
}
