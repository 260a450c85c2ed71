/** Allowed regions of a plane: polygons with holes, even-odd. */
import { clipLine, clipRing, grown } from "../clip.ts";
import { hex, SERIES, tint } from "../palette.ts";
import { polyline, rectangle } from "../path.ts";
import type { Paint, Point, SceneNode } from "../scene.ts";
import { simplified } from "../simplify.ts";
import type { Polygon, RegionMark } from "../spec.ts";
import { LINE } from "../style.ts";
import { type Drawn, type MarkFrame, place, strokeOf } from "./drawn.ts";

type Range = readonly [number, number];

export function drawRegion(mark: RegionMark, frame: MarkFrame): Drawn {
  const around = grown(frame.box, 8);
  const turn = SERIES[frame.series % SERIES.length]!;
  const fill: Paint | undefined =
    mark.fill === "none"
      ? undefined
      : {
          fill: mark.fill === undefined ? tint(turn.color, 0.4) : hex(mark.fill),
          fillRule: "evenodd",
          fillOpacity: mark.opacity ?? 1,
        };
  const stroke =
    mark.line === "none" ? undefined : strokeOf(mark.line ?? { color: turn.color }, frame.series, LINE.outline);
  const window = mark.window ?? { x: frame.x.domain, y: frame.y.domain };
  const rings = mark.polygons.flatMap((polygon) =>
    [polygon.outer, ...polygon.holes]
      .map((ring) => simplified(clipRing(placed(ring, frame), around)))
      .filter((ring) => ring.length > 2),
  );
  const border = mark.polygons.flatMap((polygon) =>
    borders(polygon, window).flatMap((line) => clipLine(placed(line, frame), around).map((piece) => simplified(piece))),
  );
  const clipped: SceneNode[] = [];
  if (fill !== undefined)
    clipped.push({ type: "path", d: rings.map((ring) => polyline(ring, true)).join(""), paint: fill });
  if (stroke !== undefined)
    clipped.push({ type: "path", d: border.map((line) => polyline(line)).join(""), paint: stroke });
  return {
    clipped,
    symbols: [],
    ink: [
      ...(fill === undefined ? [] : [{ type: "area" as const, rings }]),
      ...border.map((points) => ({ type: "stroke" as const, points })),
    ],
    labels: [],
    swatch: (width, height) => [
      { type: "path", d: rectangle({ x: 0, y: 0, width, height }), paint: { ...fill, ...stroke } },
    ],
  };
}

function placed(ring: readonly Point[], frame: MarkFrame): Point[] {
  return ring.map(([x, y]) => place(frame, x, y));
}

/** Border lines of a polygon, closed by repeating the first point; without the stretches along the window if it is open. */
function borders(polygon: Polygon, window: { x: Range; y: Range }): Point[][] {
  const lines: Point[][] = [];
  for (const ring of [polygon.outer, ...polygon.holes]) {
    if (ring.length === 0) continue;
    const closed = [...ring, ring[0]!];
    if (!polygon.open) {
      lines.push(closed);
      continue;
    }
    let line: Point[] = [closed[0]!];
    for (let i = 1; i < closed.length; i++) {
      const to = closed[i]!;
      if (alongWindow(closed[i - 1]!, to, window)) {
        lines.push(line);
        line = [to];
      } else line.push(to);
    }
    lines.push(line);
  }
  return lines.filter((line) => line.length > 1);
}

function alongWindow(from: Point, to: Point, { x, y }: { x: Range; y: Range }): boolean {
  return [
    [from[0], to[0], x],
    [from[1], to[1], y],
  ].some(([a, b, range]) => {
    const [low, high] = range as Range;
    // Points on the window are put there by interpolation.
    const near = 1e-6 * (high - low);
    return [low, high].some((side) => Math.abs((a as number) - side) < near && Math.abs((b as number) - side) < near);
  });
}
