/** Lowest value of a function of one variable between two places. */

interface Sample<Found> {
  readonly at: number;
  readonly found: Found;
}

/**
 * Golden section search: the bottom of a dip, or of one of several.
 * @param look what is found at a place
 * @param heightOf its height
 * @param tolerance width of the bracket at which to stop, relative to `high - low`
 * @returns the lowest that was found last
 * @example goldenSection((x) => (x - 1) ** 2, (y) => y, 0, 3, 1e-6) is below 1e-11
 * @source J. Kiefer, Proc. Amer. Math. Soc. 4 (1953) 502
 */
export function goldenSection<Found>(
  look: (at: number) => Found,
  heightOf: (found: Found) => number,
  low: number,
  high: number,
  tolerance: number,
): Found {
  const asking = goldenSectionAsking(heightOf, low, high, tolerance);
  let asked = asking.next();
  while (asked.done !== true) asked = asking.next(look(asked.value));
  return asked.value;
}

/** `goldenSection` where somebody else looks: yields places, takes what is found there. */
export function* goldenSectionAsking<Found>(
  heightOf: (found: Found) => number,
  low: number,
  high: number,
  tolerance: number,
): Generator<number, Found, Found> {
  const ratio = (Math.sqrt(5) - 1) / 2;
  function* sample(at: number): Generator<number, Sample<Found>, Found> {
    return { at, found: yield at };
  }
  let [a, b] = [low, high];
  let left = yield* sample(b - ratio * (b - a));
  let right = yield* sample(a + ratio * (b - a));
  while (b - a > tolerance * (high - low)) {
    if (heightOf(left.found) < heightOf(right.found)) {
      b = right.at;
      right = left;
      left = yield* sample(b - ratio * (b - a));
    } else {
      a = left.at;
      left = right;
      right = yield* sample(a + ratio * (b - a));
    }
  }
  return heightOf(left.found) < heightOf(right.found) ? left.found : right.found;
}
