/** Figures as small pictures. */

import { type Figure, figure } from "../figures/index.ts";
import type { FigureSpec } from "../figures/spec.ts";

/** A figure without its source line, which nobody could read in a small picture. */
export function thumbnailOf(spec: FigureSpec): Figure {
  return figure({ ...spec, source: "" });
}
