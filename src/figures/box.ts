/** A rectangle in data coordinates. */

import type { Polygon } from "./spec.ts";

export function box([x0, x1]: readonly [number, number], [y0, y1]: readonly [number, number]): Polygon {
  return {
    outer: [
      [x0, y0],
      [x1, y0],
      [x1, y1],
      [x0, y1],
    ],
    holes: [],
    open: false,
  };
}
