/** Fewer points, same picture. */
import type { Point } from "./scene.ts";

/** pt: a fifth of the finest line, invisible at any print size. */
const TOLERANCE = 0.04;
/** Squares smaller by more than rounding. */
const SAFE = 1 - 1e-9;

/**
 * Drop points of a line that lie within a tolerance of the line without them (Douglas-Peucker). Ends stay; a closed line
 * repeats its first point and keeps the point farthest from it.
 * @param line in pt
 */
export function simplified(line: readonly Point[], tolerance: number = TOLERANCE): Point[] {
  if (line.length < 3) return [...line];
  const keep = new Uint8Array(line.length);
  keep[0] = 1;
  keep[line.length - 1] = 1;
  const pieces: [number, number][] = [[0, line.length - 1]];
  for (let piece = pieces.pop(); piece !== undefined; piece = pieces.pop()) {
    const [first, last] = piece;
    let farthest = -1;
    let largest = tolerance;
    // The square root is taken of what may be farther alone.
    let enough = SAFE * largest * largest;
    const [from, to] = [line[first]!, line[last]!];
    const [ax, ay] = from;
    const [dx, dy] = [to[0] - ax, to[1] - ay];
    const squared = dx * dx + dy * dy;
    for (let i = first + 1; i < last; i++) {
      const point = line[i]!;
      const [x, y] = [point[0] - ax, point[1] - ay];
      const t = squared === 0 ? 0 : Math.min(Math.max((x * dx + y * dy) / squared, 0), 1);
      const [right, down] = [x - t * dx, y - t * dy];
      if (right * right + down * down <= enough) continue;
      const distance = Math.hypot(right, down);
      if (distance > largest) {
        largest = distance;
        enough = SAFE * largest * largest;
        farthest = i;
      }
    }
    if (farthest < 0) continue;
    keep[farthest] = 1;
    pieces.push([first, farthest], [farthest, last]);
  }
  return line.filter((_, i) => keep[i] === 1);
}
