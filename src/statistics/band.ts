/** Bands: regions of a plane where chi^2 depends on one of its two parameters alone. */

import { intervalSamples, type Segment, type SegmentSet, segmentsFrom } from "./interval.ts";
import { findMinimaSteps, type Minimum } from "./minima.ts";
import type { Objective } from "./objective.ts";
import type { Range, Window } from "./plane-grid.ts";
import { areaOf, type Point, type Polygon } from "./polygon.ts";
import { descendAtSteps, type ProfilePoint, type ProfileSearch, profileAtSteps, profileSteps } from "./profile.ts";
import { quickMinima } from "./quick-minima.ts";
import type { RegionSet } from "./region.ts";
import { asPart, type Steps } from "./steps.ts";

/** A plane of which chi^2 depends on one parameter. */
export interface BandPlane {
  /** Index of that parameter in the objective, and the axis of the plane it runs along. */
  readonly index: number;
  readonly axis: 0 | 1;
  /** Range of the other parameter: how far bands go without a window. */
  readonly across: Range;
}

/** Empty part of a window to both sides, relative to what is allowed: that of the window of a region. */
const MARGIN = 0.12;
/** Samples over each part of a window beyond the parameter's range. */
const BEYOND = 60;

/**
 * Regions chi^2 - chi^2_min <= level where chi^2 depends on one parameter of the plane: bands across the window, whose
 * ends are those of the segments of that parameter, polished to 1e-12 of its range whatever the window.
 * @param minima of the objective, best first
 * @param levels Delta chi^2, any order
 * @param window what is looked at; without one all of the largest region with a margin, along the whole range of the
 *   other parameter
 * @param search how the lowest chi^2 at a value of the parameter is found
 * @returns polygons by falling area, all open
 */
export function* bandsOfSteps(
  objective: Objective,
  plane: BandPlane,
  minima: readonly Minimum[],
  levels: readonly number[],
  window?: Window,
  search: ProfileSearch = profileAtSteps,
): Steps<RegionSet> {
  const { index, axis, across } = plane;
  const best = minima[0]!.value;
  const range: Range = [objective.lower[index]!, objective.upper[index]!];
  const values = [...intervalSamples(objective, index, minima), ...beyond(range, window?.[axis] ?? range)];
  values.sort((a, b) => a - b);
  const sampling = profileSteps(objective, index, values, minima, 0, values.length, search);
  const coarse = yield* asPart(sampling, (share) => 0.4 * share);
  const ranging = segmentsFrom(objective, index, coarse, levels, () => best, search);
  const found = yield* asPart(ranging, (share) => 0.4 + 0.6 * share);
  const bands = levels.map((level, k) => closedSegments(found.curve, found.segments[k]!, best + level));
  const along = window?.[axis] ?? withMargin(bands.flat(), range);
  const box: Window = axis === 0 ? [along, window?.[1] ?? across] : [window?.[0] ?? across, along];
  return {
    window: box,
    regions: levels.map((deltaChi2, k) => {
      const polygons = bands[k]!.flatMap((band) => bandIn(band, axis, box)).sort((a, b) => areaOf(b) - areaOf(a));
      return { deltaChi2, area: polygons.reduce((sum, polygon) => sum + areaOf(polygon), 0), polygons };
    }),
    failed: found.curve.filter((one) => !one.converged).length,
  };
}

/**
 * Minima along one parameter at the cost of a profile: where descents from the dips of a coarse one end.
 * @param starts places to search from: the standard model
 * @returns best first; none where no search converged
 */
export function* minimaAlongSteps(
  objective: Objective,
  index: number,
  starts: readonly ArrayLike<number>[],
): Steps<readonly Minimum[]> {
  const places = starts.map((x): Minimum => ({ x: Float64Array.from(x), value: Number.NaN, status: "converged" }));
  const values = intervalSamples(objective, index, []);
  const sampling = profileSteps(objective, index, values, places, 0, values.length, descendAtSteps);
  const curve = yield* asPart(sampling, (share) => 0.6 * share);
  const dips = curve.filter((one, k) => isLow(one, curve[k - 1]) && isLow(one, curve[k + 1])).map((one) => one.x);
  const minima = yield* asPart(quickMinima(objective, [...starts, ...dips]), (share) => 0.6 + 0.4 * share);
  // A valley so flat that no quick descent settles in it takes the thorough search.
  if (minima.length > 0) return minima;
  return (yield* asPart(findMinimaSteps(objective, starts), () => 1)).filter((one) => one.status !== "failed");
}

function isLow(one: ProfilePoint, other: ProfilePoint | undefined): boolean {
  return other === undefined || !(other.chi2 < one.chi2);
}

/** Samples of the parts of a window that lie outside of a range: what is allowed there is drawn too. */
function beyond([low, high]: Range, [from, to]: Range): readonly number[] {
  const part = (a: number, b: number): number[] =>
    b > a ? Array.from({ length: BEYOND }, (_, k) => a + (k / (BEYOND - 1)) * (b - a)) : [];
  return [...part(from, Math.min(low, to)), ...part(Math.max(high, from), to)].filter(
    (value) => value < low || value > high,
  );
}

/** Segments with all their ends: one that is not closed ends at the last sample inside. */
function closedSegments(curve: SegmentSet["curve"], segments: readonly Segment[], threshold: number): readonly Range[] {
  const inside = curve.map(({ chi2 }) => chi2 <= threshold);
  // Each run of samples inside is a segment, in the same order.
  const starts = curve.filter((_, k) => inside[k]! && inside[k - 1] !== true);
  const ends = curve.filter((_, k) => inside[k]! && inside[k + 1] !== true);
  return segments.map(([low, high], k): Range => [low ?? starts[k]!.value, high ?? ends[k]!.value]);
}

function withMargin(bands: readonly Range[], [least, most]: Range): Range {
  const low = Math.min(...bands.map((band) => band[0]));
  const high = Math.max(...bands.map((band) => band[1]));
  const margin = MARGIN * (high - low);
  return [Math.max(low - margin, least), Math.min(high + margin, most)];
}

/** The part of a band that lies in a window; none where it lies outside. */
function bandIn(band: Range, axis: 0 | 1, window: Window): readonly Polygon[] {
  const sides = window.map(
    ([low, high], k): Range => (k === axis ? [Math.max(low, band[0]), Math.min(high, band[1])] : [low, high]),
  );
  const [[left, right], [bottom, top]] = sides as [Range, Range];
  if (!(right > left && top > bottom)) return [];
  const outer: readonly Point[] = [
    [left, bottom],
    [right, bottom],
    [right, top],
    [left, top],
  ];
  return [{ outer, holes: [], open: true }];
}
