/** What every mark gives back, and what it draws into. */

import type { Ink } from "../occupancy.ts";
import { DASHES, hex, SERIES } from "../palette.ts";
import type { Scale } from "../scale.ts";
import type { Paint, Point, Rect, SceneNode } from "../scene.ts";
import type { LineStyle } from "../spec.ts";
import type { Label } from "../typeset.ts";

/** A panel's frame and scales; `series` is the mark's turn in the palette. */
export interface MarkFrame {
  readonly box: Rect;
  readonly x: Scale;
  readonly y: Scale;
  readonly series: number;
}

/** A text that goes to the first of its places that covers no data. */
export interface FloatingLabel {
  readonly label: Label;
  /** Left ends of the baseline. */
  readonly places: readonly Point[];
  /** An automatic y axis stretches for it, as for a legend. */
  readonly keep?: boolean;
}

/** Sample of a mark in the legend, drawn into a box of the given size with the origin in its upper left corner. */
export type Swatch = (width: number, height: number) => SceneNode[];

export interface Drawn {
  /** Cut off at the frame. */
  readonly clipped: readonly SceneNode[];
  /** Drawn whole and above the frame: symbols. */
  readonly symbols: readonly SceneNode[];
  readonly ink: readonly Ink[];
  readonly labels: readonly FloatingLabel[];
  readonly swatch?: Swatch;
}

export const NOTHING: Drawn = { clipped: [], symbols: [], ink: [], labels: [] };

/** Place of a data point on the page. */
export function place(frame: MarkFrame, x: number, y: number): Point {
  return [frame.x.at(x), frame.y.at(y)];
}

/** Stroke of a line style; colour and dashes from the palette where the style names neither. */
export function strokeOf(style: LineStyle | undefined, series: number, width: number): Paint {
  const turn = SERIES[series % SERIES.length]!;
  return {
    stroke: hex(style?.color ?? turn.color),
    strokeWidth: style?.width ?? width,
    dash: DASHES[style?.dash ?? (style?.color === undefined ? turn.dash : "solid")],
    join: "round",
  };
}
