/** Intervals of one parameter as unions of segments. */

import { goldenSection } from "../numerics/golden-section.ts";
import { brent } from "../numerics/roots.ts";
import { deltaChi2 } from "./levels.ts";
import type { Minimum } from "./minima.ts";
import type { Objective } from "./objective.ts";
import { type ProfilePoint, profileAlong, profileAt } from "./profile.ts";

/** An end is null where the interval is not closed inside the parameter's range. */
export type Segment = readonly [low: number | null, high: number | null];

export interface Interval {
  readonly parameter: string;
  readonly cl: number;
  readonly deltaChi2: number;
  readonly dof: number;
  readonly segments: readonly Segment[];
}

/** Samples over the range before refinement, and how often their spacing is halved where a level may be crossed. */
const SAMPLES = 60;
const HALVINGS = 3;
/** How many times the bend expected between two samples has to leave a level alone before they are passed over. */
const SAFETY = 2;
/** Width to which the bottom of a dip is bracketed, relative to the distance of the samples around it. */
const DIP = 5e-9;

/**
 * Confidence intervals of one parameter from its profile: where chi^2 - chi^2_min <= the quantile with one degree of
 * freedom. Segments are found between samples of the profile, with every minimum and every dip between samples added
 * and more samples where a level may be crossed; ends are polished to 1e-12 of the range.
 * @param minima of the objective, best first: they give chi^2_min and starting points
 * @returns one interval per level
 */
export function intervalsOf(
  objective: Objective,
  index: number,
  minima: readonly Minimum[],
  cls: readonly number[],
): readonly Interval[] {
  const low = objective.lower[index]!;
  const high = objective.upper[index]!;
  const values = Array.from({ length: SAMPLES + 1 }, (_, k) => low + (k / SAMPLES) * (high - low));
  const all = [...new Set([...values, ...minima.map((one) => one.x[index]!)])].sort((a, b) => a - b);
  const levels = cls.map((cl) => deltaChi2(cl, 1));
  const curve = withDips(
    objective,
    index,
    refined(objective, index, profileAlong(objective, index, all, minima), levels),
  );
  const best = Math.min(...minima.map((one) => one.value), ...curve.map((point) => point.chi2));
  return cls.map((cl) => {
    const level = deltaChi2(cl, 1);
    return {
      parameter: objective.names[index]!,
      cl,
      deltaChi2: level,
      dof: 1,
      segments: segmentsBelow(objective, index, curve, best + level),
    };
  });
}

/** Halve the spacing where a level lies between two samples, or near enough that the profile may bend across it. */
function refined(
  objective: Objective,
  index: number,
  coarse: readonly ProfilePoint[],
  levels: readonly number[],
): readonly ProfilePoint[] {
  let curve = coarse;
  for (let halving = 0; halving < HALVINGS; halving++) {
    const best = Math.min(...curve.map((point) => point.chi2));
    const bends = curve.map((_, k) => bendAt(curve, k));
    curve = curve.flatMap((point, k) => {
      const next = curve[k + 1];
      if (next === undefined) return [point];
      const reach = (SAFETY * Math.max(bends[k]!, bends[k + 1]!) * (next.value - point.value) ** 2) / 8;
      const [low, high] = [Math.min(point.chi2, next.chi2) - reach, Math.max(point.chi2, next.chi2) + reach];
      if (!levels.some((level) => low <= best + level && best + level <= high)) return [point];
      const value = (point.value + next.value) / 2;
      return [point, { value, ...profileAt(objective, new Map([[index, value]]), [point.x, next.x]) }];
    });
  }
  return curve;
}

/** Second derivative of a profile at a sample, from its neighbours. */
function bendAt(curve: readonly ProfilePoint[], k: number): number {
  const [a, b, c] = [curve[k - 1], curve[k]!, curve[k + 1]];
  if (a === undefined || c === undefined) return 0;
  const slope = (from: ProfilePoint, to: ProfilePoint): number => (to.chi2 - from.chi2) / (to.value - from.value);
  return Math.abs((2 * (slope(b, c) - slope(a, b))) / (c.value - a.value));
}

/** Add the bottom of every dip that lies between samples: a narrow allowed segment must not be stepped over. */
function withDips(objective: Objective, index: number, curve: readonly ProfilePoint[]): readonly ProfilePoint[] {
  const added: ProfilePoint[] = [];
  for (let k = 1; k + 1 < curve.length; k++) {
    const [a, b, c] = [curve[k - 1]!, curve[k]!, curve[k + 1]!];
    if (!(b.chi2 <= a.chi2 && b.chi2 <= c.chi2)) continue;
    const at = (value: number): ProfilePoint => ({
      value,
      ...profileAt(objective, new Map([[index, value]]), [b.x]),
    });
    added.push(goldenSection(at, (point) => point.chi2, a.value, c.value, DIP));
  }
  return [...curve, ...added].sort((a, b) => a.value - b.value);
}

function segmentsBelow(
  objective: Objective,
  index: number,
  curve: readonly ProfilePoint[],
  threshold: number,
): readonly Segment[] {
  const crossing = (a: ProfilePoint, b: ProfilePoint): number =>
    brent(
      // At the samples the profile is known, and may have been found lower than from these two places alone.
      (value) =>
        (value === a.value
          ? a.chi2
          : value === b.value
            ? b.chi2
            : profileAt(objective, new Map([[index, value]]), [a.x, b.x]).chi2) - threshold,
      a.value,
      b.value,
      1e-12 * (objective.upper[index]! - objective.lower[index]!),
    );
  const segments: Segment[] = [];
  let start: number | null | undefined;
  curve.forEach((point, k) => {
    const inside = point.chi2 <= threshold;
    const before = curve[k - 1];
    if (inside && start === undefined) start = before === undefined ? null : crossing(before, point);
    if (!inside && start !== undefined) {
      segments.push([start, crossing(before!, point)]);
      start = undefined;
    }
  });
  if (start !== undefined) segments.push([start, null]);
  return segments;
}
