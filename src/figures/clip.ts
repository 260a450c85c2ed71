/** Cuts lines and polygons to a rectangle, so that points far outside a panel cost no bytes and overflow no renderer. */
import type { Point, Rect } from "./scene.ts";

/** The rectangle grown by a margin on every side. */
export function grown({ x, y, width, height }: Rect, margin: number): Rect {
  return { x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin };
}

export function contains({ x, y, width, height }: Rect, [px, py]: Point): boolean {
  return px >= x && px <= x + width && py >= y && py <= y + height;
}

/**
 * Pieces of a line inside a rectangle (Liang-Barsky, segment by segment). A point that is not finite breaks the line.
 * @returns polylines of two or more points
 */
export function clipLine(points: readonly Point[], rect: Rect): Point[][] {
  const pieces: Point[][] = [];
  let piece: Point[] = [];
  for (let i = 1; i < points.length; i++) {
    const visible = clipSegment(points[i - 1]!, points[i]!, rect);
    const last = piece.at(-1);
    if (visible === undefined) {
      if (piece.length > 1) pieces.push(piece);
      piece = [];
      continue;
    }
    const [from, to] = visible;
    if (last === undefined || last[0] !== from[0] || last[1] !== from[1]) {
      if (piece.length > 1) pieces.push(piece);
      piece = [from];
    }
    piece.push(to);
  }
  if (piece.length > 1) pieces.push(piece);
  return pieces;
}

function clipSegment(from: Point, to: Point, rect: Rect): [Point, Point] | undefined {
  const [x0, y0] = from;
  const [dx, dy] = [to[0] - x0, to[1] - y0];
  if (!Number.isFinite(x0 + y0 + dx + dy)) return undefined;
  let enter = 0;
  let leave = 1;
  const sides = [
    [-dx, x0 - rect.x],
    [dx, rect.x + rect.width - x0],
    [-dy, y0 - rect.y],
    [dy, rect.y + rect.height - y0],
  ] as const;
  for (const [step, room] of sides) {
    if (step === 0) {
      if (room < 0) return undefined;
    } else if (step < 0) enter = Math.max(enter, room / step);
    else leave = Math.min(leave, room / step);
  }
  if (enter > leave) return undefined;
  return [
    enter === 0 ? from : [x0 + enter * dx, y0 + enter * dy],
    leave === 1 ? to : [x0 + leave * dx, y0 + leave * dy],
  ];
}

/**
 * A closed ring cut to a rectangle (Sutherland-Hodgman). Where the ring leaves the rectangle the result runs along its
 * border, so cut to a rectangle larger than what is seen.
 */
export function clipRing(ring: readonly Point[], rect: Rect): Point[] {
  const [right, bottom] = [rect.x + rect.width, rect.y + rect.height];
  let points = ring.filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
  points = cut(points, ([x]) => x - rect.x);
  points = cut(points, ([x]) => right - x);
  points = cut(points, ([, y]) => y - rect.y);
  return cut(points, ([, y]) => bottom - y);
}

/** Keeps the side of a straight cut where `inside` is not negative. */
function cut(points: readonly Point[], inside: (point: Point) => number): Point[] {
  const kept: Point[] = [];
  points.forEach((point, i) => {
    const before = points.at(i - 1) as Point;
    const [a, b] = [inside(before), inside(point)];
    if (a < 0 !== b < 0) {
      const t = a / (a - b);
      kept.push([before[0] + t * (point[0] - before[0]), before[1] + t * (point[1] - before[1])]);
    }
    if (b >= 0) kept.push(point);
  });
  return kept;
}
