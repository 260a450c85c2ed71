/** Fewer points, same picture. */
import type { Point } from "./scene.ts";

/** pt: a fifth of the finest line, invisible at any print size. */
const TOLERANCE = 0.04;

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
    for (let i = first + 1; i < last; i++) {
      const distance = distanceToSegment(line[i]!, line[first]!, line[last]!);
      if (distance > largest) {
        largest = distance;
        farthest = i;
      }
    }
    if (farthest < 0) continue;
    keep[farthest] = 1;
    pieces.push([first, farthest], [farthest, last]);
  }
  return line.filter((_, i) => keep[i] === 1);
}

function distanceToSegment([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const squared = dx * dx + dy * dy;
  const t = squared === 0 ? 0 : Math.min(Math.max(((x - ax) * dx + (y - ay) * dy) / squared, 0), 1);
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}
