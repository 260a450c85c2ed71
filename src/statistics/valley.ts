/** Following a flat valley: which places a minimum that is not isolated is joined to. */

import { slide } from "./barrier.ts";
import type { Objective } from "./objective.ts";
import type { Steps } from "./steps.ts";

/** Steps along the way in scales: as long as the bends allow. */
const LONGEST = 0.1;
const SHORTEST = 1e-4;
const MAX_STEPS = 3000;
/** Cosine of the bend below which a step was too long (20 degrees), and above which the next may be longer (5 degrees). */
const SHARP = 0.94;
const GENTLE = 0.996;

/**
 * Places along a valley, to both sides of a point on its bottom, until it closes, leaves the box or rises.
 * @param start a point of the bottom
 * @param direction along the valley, in units of the scales
 * @param tolerance how far chi^2 may rise above the start
 * @returns neighbours are closer than LONGEST scales
 */
export function* valleySteps(
  objective: Objective,
  start: Float64Array,
  direction: Float64Array,
  scale: Float64Array,
  tolerance: number,
): Steps<readonly Float64Array[]> {
  const floor = objective.evaluate(start);
  const places: Float64Array[] = [start];
  for (const side of [1, -1]) {
    let place = start;
    let way = unit(direction.map((d) => d * side));
    let step = LONGEST / 8;
    for (let k = 0; k < MAX_STEPS && step > SHORTEST; k++) {
      const target = place.map((x, i) => x + step * way[i]! * scale[i]!);
      if (target.some((t, i) => t < objective.lower[i]! || t > objective.upper[i]!)) break;
      const next = slide(objective, place, target, 1);
      yield 0;
      const moved = next.map((x, i) => (x - place[i]!) / scale[i]!);
      const heading = unit(moved);
      const bend = heading.reduce((sum, h, i) => sum + h * way[i]!, 0);
      if (bend < SHARP || Math.abs(objective.evaluate(next) - floor) > tolerance) {
        step /= 2;
        continue;
      }
      places.push(next);
      place = next;
      way = heading;
      if (bend > GENTLE) step = Math.min(1.5 * step, LONGEST);
      // Round once: the start comes into reach again.
      if (k > 10 && distance(place, start, scale) < step) return places;
    }
  }
  return places;
}

/** Distance of two places in scales. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>, scale: Float64Array): number {
  return Math.hypot(...scale.map((s, i) => (a[i]! - b[i]!) / s));
}

function unit(v: Float64Array): Float64Array {
  const length = Math.hypot(...v);
  return v.map((x) => x / length);
}
