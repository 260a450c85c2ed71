/** Curves, and areas between two of them. */
import { clipLine, clipRing, grown } from "../clip.ts";
import { hex, SERIES, tint } from "../palette.ts";
import { polyline, rectangle, segment } from "../path.ts";
import type { Paint, Point } from "../scene.ts";
import type { BandMark, LineMark } from "../spec.ts";
import { LINE } from "../style.ts";
import { type Drawn, type MarkFrame, place, strokeOf } from "./drawn.ts";

export function drawLine(mark: LineMark, frame: MarkFrame): Drawn {
  const paint = strokeOf(mark.line, frame.series, LINE.data);
  const points = mark.x.map((x, i) => place(frame, x, mark.y[i] ?? Number.NaN));
  const pieces = clipLine(points, grown(frame.box, 8));
  return {
    clipped: [{ type: "path", d: pieces.map((piece) => polyline(piece)).join(""), paint }],
    symbols: [],
    ink: pieces.map((piece) => ({ type: "stroke", points: piece })),
    labels: [],
    swatch: (width, height) => [{ type: "path", d: segment([0, height / 2], [width, height / 2]), paint }],
  };
}

export function drawBand(mark: BandMark, frame: MarkFrame): Drawn {
  const fill = mark.fill === undefined ? tint(SERIES[frame.series % SERIES.length]!.color, 0.3) : hex(mark.fill);
  const paint: Paint = { fill, fillOpacity: mark.opacity ?? 1 };
  const lower = mark.x.map((x, i): Point => place(frame, x, mark.lower[i]!));
  const upper = mark.x.map((x, i): Point => place(frame, x, mark.upper[i]!));
  const ring = clipRing([...lower, ...upper.toReversed()], grown(frame.box, 8));
  return {
    clipped: [{ type: "path", d: polyline(ring, true), paint }],
    symbols: [],
    ink: [{ type: "area", rings: [ring] }],
    labels: [],
    swatch: (width, height) => [{ type: "path", d: rectangle({ x: 0, y: 0, width, height }), paint }],
  };
}
