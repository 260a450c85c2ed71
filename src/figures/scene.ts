/** A drawing as plain data: what SVG, PDF and PNG are made from. Lengths in pt, y downwards, origin in the upper left corner. */
import type { Label } from "./typeset.ts";

export type Point = readonly [x: number, y: number];

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How a path is painted; without fill and stroke it is not seen. Colours are #rrggbb. */
export interface Paint {
  readonly fill?: string;
  readonly fillOpacity?: number;
  readonly fillRule?: "evenodd" | "nonzero";
  readonly stroke?: string;
  readonly strokeWidth?: number;
  /** Lengths on, off, ...; empty or absent is solid. */
  readonly dash?: readonly number[];
  readonly cap?: "butt" | "round";
  readonly join?: "miter" | "round";
}

export type SceneNode =
  | { readonly type: "path"; readonly d: string; readonly paint: Paint }
  | {
      readonly type: "group";
      readonly children: readonly SceneNode[];
      /** Moves the origin of the children. */
      readonly translate?: Point;
      /** Turns the children about their origin, degrees clockwise. */
      readonly rotate?: number;
      readonly clip?: Rect;
      /** What the group is, e.g. `panel-1`: data-part in SVG. */
      readonly name?: string;
    }
  /** A set label with the left end of its baseline at (x, y). */
  | { readonly type: "label"; readonly x: number; readonly y: number; readonly label: Label; readonly color: string };

export interface Scene {
  /** Starts every id in the SVG; letters, digits, - and _. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly children: readonly SceneNode[];
}

/** A label at a point of its baseline. @param anchor which end of the label the point is */
export function labelAt(
  label: Label,
  x: number,
  y: number,
  anchor: "start" | "middle" | "end",
  color: string,
): SceneNode {
  const shift = anchor === "start" ? 0 : anchor === "middle" ? label.width / 2 : label.width;
  return { type: "label", x: x - shift, y, label, color };
}
