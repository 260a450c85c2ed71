/** Histograms: a step per bin, outlined, filled or stacked. */
import { clipLine, clipRing, grown } from "../clip.ts";
import type { Color } from "../palette.ts";
import { hex } from "../palette.ts";
import { polyline, rectangle, segment } from "../path.ts";
import type { Paint, Point } from "../scene.ts";
import type { LineStyle, StepsMark } from "../spec.ts";
import { LINE } from "../style.ts";
import { type Drawn, type MarkFrame, place, strokeOf } from "./drawn.ts";

export function drawSteps(mark: StepsMark, frame: MarkFrame): Drawn {
  const top: Point[] = [];
  const bottom: Point[] = [];
  mark.values.forEach((value, i) => {
    const [left, right] = [mark.edges[i]!, mark.edges[i + 1]!];
    const base = mark.base?.[i] ?? 0;
    top.push(place(frame, left, value), place(frame, right, value));
    bottom.push(place(frame, left, base), place(frame, right, base));
  });
  const around = grown(frame.box, 8);
  const outline = [bottom[0]!, ...top, bottom.at(-1)!];
  const ring = [...top, ...bottom.toReversed()];
  const stroke = mark.line === "none" ? undefined : strokeOf(lineOf(mark), frame.series, LINE.data);
  const fill: Paint | undefined = mark.fill === undefined ? undefined : { fill: hex(mark.fill) };
  const lines = clipLine(outline, around).map((piece) => polyline(piece));
  return {
    clipped: [
      ...(fill === undefined
        ? []
        : [{ type: "path" as const, d: polyline(clipRing(ring, around), true), paint: fill }]),
      ...(stroke === undefined
        ? []
        : [{ type: "path" as const, d: lines.join(""), paint: { ...stroke, join: "miter" as const } }]),
    ],
    symbols: [],
    ink: [
      { type: "stroke", points: outline },
      ...(fill === undefined ? [] : [{ type: "area" as const, rings: [ring] }]),
    ],
    labels: [],
    swatch: (width, height) =>
      fill === undefined
        ? [{ type: "path", d: segment([0, height / 2], [width, height / 2]), paint: stroke ?? {} }]
        : [
            {
              type: "path",
              d: rectangle({ x: 0, y: 0, width, height }),
              paint: { ...fill, ...stroke, strokeWidth: LINE.outline },
            },
          ],
  };
}

/** A filled histogram without a line of its own is bordered in its colour's own solid line. */
function lineOf(mark: StepsMark): LineStyle | undefined {
  if (mark.line !== undefined && mark.line !== "none") return mark.line;
  return mark.fill === undefined ? undefined : { color: mark.fill, width: LINE.outline };
}

/** One histogram of a stack, as counts of its own. */
export interface StackLayer {
  readonly values: readonly number[];
  readonly label?: string;
  readonly fill?: Color;
  readonly line?: LineStyle | "none";
}

/**
 * Histograms one upon the other, the first at the bottom.
 * @param edges common bin edges
 * @param layers counts per bin of each
 * @returns one mark per layer, the topmost first so that the legend reads as the stack does
 */
export function stackedSteps(edges: readonly number[], layers: readonly StackLayer[]): StepsMark[] {
  let base = new Array<number>(edges.length - 1).fill(0);
  const marks = layers.map((layer): StepsMark => {
    const below = base;
    base = below.map((value, i) => value + layer.values[i]!);
    return { type: "steps", edges, ...layer, values: base, base: below };
  });
  return marks.toReversed();
}
