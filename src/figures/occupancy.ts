/** Which parts of a panel are covered by data: a coarse bitmap that labels and legends ask for free places. */
import { grown } from "./clip.ts";
import type { Point, Rect } from "./scene.ts";

/** What a mark covers, in pt on the page: strokes, areas (rings together, even-odd) and boxes. */
export type Ink =
  | { readonly type: "stroke"; readonly points: readonly Point[] }
  | { readonly type: "area"; readonly rings: readonly (readonly Point[])[] }
  | { readonly type: "box"; readonly rect: Rect };

/** Cells of 1.5 pt: finer than any gap a reader would accept. */
const CELL = 1.5;
/** Hiding a line or point is worse than lying on a coloured area. */
const STROKE_WEIGHT = 3;
const AREA_WEIGHT = 1;

export interface Occupancy {
  add(ink: Ink): void;
  /** Weight of what a rectangle would cover; outside the panel nothing is free. */
  cover(rect: Rect): number;
}

/** @param box the panel's frame */
export function occupancyOf(box: Rect): Occupancy {
  const columns = Math.max(1, Math.ceil(box.width / CELL));
  const rows = Math.max(1, Math.ceil(box.height / CELL));
  const weights = new Uint8Array(columns * rows);
  const mark = (column: number, row: number, weight: number): void => {
    if (column < 0 || row < 0 || column >= columns || row >= rows) return;
    const index = row * columns + column;
    weights[index] = Math.max(weights[index] as number, weight);
  };
  const column = (x: number): number => Math.floor((x - box.x) / CELL);
  const row = (y: number): number => Math.floor((y - box.y) / CELL);

  function stroke(points: readonly Point[]): void {
    for (let i = 1; i < points.length; i++) {
      const [from, to] = [points[i - 1]!, points[i]!];
      const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
      const steps = Math.max(1, Math.ceil(length / (CELL / 2)));
      for (let k = 0; k <= steps; k++) {
        const t = k / steps;
        mark(column(from[0] + t * (to[0] - from[0])), row(from[1] + t * (to[1] - from[1])), STROKE_WEIGHT);
      }
    }
  }

  function area(rings: readonly (readonly Point[])[]): void {
    for (let r = 0; r < rows; r++) {
      const y = box.y + (r + 0.5) * CELL;
      const crossings: number[] = [];
      for (const ring of rings)
        ring.forEach((to, i) => {
          const from = ring.at(i - 1) as Point;
          if (from[1] <= y !== to[1] <= y)
            crossings.push(from[0] + ((y - from[1]) / (to[1] - from[1])) * (to[0] - from[0]));
        });
      crossings.sort((a, b) => a - b);
      for (let i = 0; i + 1 < crossings.length; i += 2) {
        const end = Math.min(columns - 1, column(crossings[i + 1]!));
        for (let c = Math.max(0, column(crossings[i]!)); c <= end; c++) mark(c, r, AREA_WEIGHT);
      }
    }
  }

  return {
    add(ink) {
      if (ink.type === "stroke") stroke(ink.points);
      else if (ink.type === "area") area(ink.rings);
      else {
        const { x, y, width, height } = ink.rect;
        for (let r = row(y); r <= row(y + height); r++)
          for (let c = column(x); c <= column(x + width); c++) mark(c, r, STROKE_WEIGHT);
      }
    },
    cover(rect) {
      const inside = grown(box, 0.01);
      if (
        rect.x < inside.x ||
        rect.y < inside.y ||
        rect.x + rect.width > inside.x + inside.width ||
        rect.y + rect.height > inside.y + inside.height
      )
        return Infinity;
      let sum = 0;
      for (let r = row(rect.y); r <= row(rect.y + rect.height); r++)
        for (let c = column(rect.x); c <= column(rect.x + rect.width); c++) sum += weights[r * columns + c] ?? 0;
      return sum;
    },
  };
}
