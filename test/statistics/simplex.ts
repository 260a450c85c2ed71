/** A minimiser that knows no derivative: what methods with derivatives are held against. */

export interface PlainMinimum {
  readonly x: readonly number[];
  readonly value: number;
}

/**
 * Downhill simplex, started again around its answer with ever smaller steps until that no longer helps.
 * @param box lowest and highest value of each variable; values outside count as infinite
 * @param step of the first simplex
 * @source J. A. Nelder and R. Mead, Computer Journal 7 (1965) 308
 */
export function searchMinimum(
  of: (x: readonly number[]) => number,
  start: readonly number[],
  box: readonly (readonly [number, number])[] = start.map(() => [-Infinity, Infinity]),
  step = 0.3,
): PlainMinimum {
  const bounded = (x: readonly number[]): number =>
    x.every((value, i) => value >= box[i]![0] && value <= box[i]![1]) ? of(x) : Number.POSITIVE_INFINITY;
  let best: PlainMinimum = { x: start, value: bounded(start) };
  for (let size = step, round = 0; round < 40; round++) {
    const next = simplexFrom(bounded, best, size);
    const gained = best.value - next.value;
    best = next;
    if (gained < 1e-13 * (1 + Math.abs(best.value))) size /= 10;
    if (size < 1e-7) break;
  }
  return best;
}

function simplexFrom(of: (x: readonly number[]) => number, start: PlainMinimum, size: number): PlainMinimum {
  const at = (x: readonly number[]): PlainMinimum => ({ x, value: of(x) });
  const n = start.x.length;
  // A start at the upper end of a box goes down.
  const corner = (i: number): PlainMinimum => {
    const up = at(start.x.map((value, j) => value + (i === j ? size : 0)));
    return Number.isFinite(up.value) ? up : at(start.x.map((value, j) => value - (i === j ? size : 0)));
  };
  let corners = [start, ...start.x.map((_, i) => corner(i))];
  for (let step = 0; step < 400 * n; step++) {
    corners = corners.sort((a, b) => a.value - b.value);
    const [best, worst] = [corners[0]!, corners[n]!];
    const wide = Math.max(...best.x.map((value, i) => Math.abs(worst.x[i]! - value)));
    if (wide < 1e-9) break;
    const centre = best.x.map((_, i) => corners.slice(0, n).reduce((sum, { x }) => sum + x[i]! / n, 0));
    const along = (t: number): PlainMinimum => at(centre.map((c, i) => c + t * (worst.x[i]! - c)));
    const mirrored = along(-1);
    if (mirrored.value < best.value) {
      const far = along(-2);
      corners[n] = far.value < mirrored.value ? far : mirrored;
    } else if (mirrored.value < corners[n - 1]!.value) corners[n] = mirrored;
    else {
      const near = mirrored.value < worst.value ? along(-0.5) : along(0.5);
      if (near.value < Math.min(worst.value, mirrored.value)) corners[n] = near;
      else corners = corners.map((one, k) => (k === 0 ? one : at(one.x.map((v, i) => (v + best.x[i]!) / 2))));
    }
  }
  return corners.reduce((low, one) => (one.value < low.value ? one : low));
}
