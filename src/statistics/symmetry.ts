/** Mirror symmetries of a plane: chi^2 that does not know the sign of a parameter is asked once for both. */

import type { PlaneFunction, Range } from "./plane-grid.ts";
import type { Steps } from "./steps.ts";

/** Places, as fractions of the half range, where a symmetry has to hold. */
const PROBES = [
  [0.11, 0.37],
  [0.29, 0.83],
  [0.47, 0.19],
  [0.71, 0.61],
] as const;
/** Two solutions of one likelihood agree to about 1e-12; an asymmetry that matters is far larger. */
const EQUAL = 1e-10;
/** Places closer than this, relative to the range, are one: mirrored grids differ by rounding. */
const ROUNDING = 1e-12;

/**
 * The same function, remembering its answers up to the signs that it does not depend on.
 * @param ranges search ranges of the two parameters
 * @returns the function itself where it has no mirror symmetry
 */
export function* withSymmetry(at: PlaneFunction, ranges: readonly [Range, Range]): Steps<PlaneFunction> {
  const even = [yield* isEven(at, ranges, 0), yield* isEven(at, ranges, 1)];
  if (!even.includes(true)) return at;
  const known = new Map<string, number>();
  const key = (x: number, axis: 0 | 1): number => {
    const [low, high] = ranges[axis];
    return Math.round((even[axis] === true ? Math.abs(x) : x) / (ROUNDING * (high - low)));
  };
  return (a, b) => {
    const place = `${key(a, 0)} ${key(b, 1)}`;
    const earlier = known.get(place);
    if (earlier !== undefined) return earlier;
    const value = at(a, b);
    known.set(place, value);
    return value;
  };
}

function* isEven(at: PlaneFunction, ranges: readonly [Range, Range], axis: 0 | 1): Steps<boolean> {
  const [low, high] = ranges[axis];
  if (!(low < 0 && high > 0)) return false;
  for (const [u, v] of PROBES) {
    const place = ranges.map(([from, to], i) => (i === axis ? u * Math.min(-low, high) : from + v * (to - from))) as [
      number,
      number,
    ];
    const mirrored: [number, number] = [...place];
    mirrored[axis] = -mirrored[axis];
    const value = at(...place);
    if (!(Math.abs(value - at(...mirrored)) <= EQUAL * (1 + Math.abs(value)))) return false;
    yield 0;
  }
  return true;
}
