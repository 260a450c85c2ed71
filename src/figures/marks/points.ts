/** Data points with error bars. */
import { clipLine, contains, grown } from "../clip.ts";
import type { Ink } from "../occupancy.ts";
import { hex } from "../palette.ts";
import { isOpenShape, polyline, type Shape, segment, symbolPath } from "../path.ts";
import { bounds } from "../scale.ts";
import type { Paint, Point, Rect, SceneNode } from "../scene.ts";
import type { PointsMark } from "../spec.ts";
import { LINE, POINT_RADIUS } from "../style.ts";
import { type Drawn, type MarkFrame, place } from "./drawn.ts";

export function drawPoints(mark: PointsMark, frame: MarkFrame): Drawn {
  const color = hex(mark.color ?? "black");
  const shape = mark.shape ?? "circle";
  const bars: Point[][] = [];
  const centres: Point[] = [];
  mark.x.forEach((x, i) => {
    const y = mark.y[i]!;
    const centre = place(frame, x, y);
    if (contains(grown(frame.box, 0.01), centre)) centres.push(centre);
    if (mark.yErr !== undefined) {
      const [below, above] = bounds(mark.yErr[i]);
      bars.push([place(frame, x, y - below), place(frame, x, y + above)]);
    }
    if (mark.xErr !== undefined) {
      const [below, above] = bounds(mark.xErr[i]);
      bars.push([place(frame, x - below, y), place(frame, x + above, y)]);
    }
  });
  const visible = bars.flatMap((bar) => clipLine(bar, grown(frame.box, 2)));
  const error: Paint = { stroke: color, strokeWidth: LINE.error };
  const symbol = symbolPaint(shape, color, mark.filled ?? true);
  return {
    clipped: [{ type: "path", d: visible.map((bar) => polyline(bar)).join(""), paint: error }],
    symbols: [
      { type: "path", d: centres.map((centre) => symbolPath(shape, centre, POINT_RADIUS)).join(""), paint: symbol },
    ],
    ink: [
      ...visible.map((points): Ink => ({ type: "stroke", points })),
      ...centres.map((centre): Ink => ({ type: "box", rect: around(centre, POINT_RADIUS) })),
    ],
    labels: [],
    swatch: (width, height) => {
      const centre: Point = [width / 2, height / 2];
      const bar: SceneNode[] =
        mark.yErr === undefined
          ? []
          : [{ type: "path", d: segment([width / 2, height / 2 - 4], [width / 2, height / 2 + 4]), paint: error }];
      return [...bar, { type: "path", d: symbolPath(shape, centre, POINT_RADIUS), paint: symbol }];
    },
  };
}

/** Fill and border of a symbol; an open one is white inside so that its own error bar does not show through. */
export function symbolPaint(shape: Shape, color: string, filled: boolean): Paint {
  if (isOpenShape(shape)) return { stroke: color, strokeWidth: LINE.data };
  return filled ? { fill: color } : { fill: "#ffffff", stroke: color, strokeWidth: LINE.error };
}

export function around([x, y]: Point, radius: number): Rect {
  return { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius };
}
