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
  const ratio = (Math.sqrt(5) - 1) / 2;
  const sample = (at: number): Sample<Found> => ({ at, found: look(at) });
  let [a, b] = [low, high];
  let left = sample(b - ratio * (b - a));
  let right = sample(a + ratio * (b - a));
  while (b - a > tolerance * (high - low)) {
    if (heightOf(left.found) < heightOf(right.found)) {
      b = right.at;
      right = left;
      left = sample(b - ratio * (b - a));
    } else {
      a = left.at;
      left = right;
      right = sample(a + ratio * (b - a));
    }
  }
  return heightOf(left.found) < heightOf(right.found) ? left.found : right.found;
}
