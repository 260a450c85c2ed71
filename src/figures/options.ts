/** What every figure of a result may be told. */

import type { FigureSpec } from "./spec.ts";
import { POINTS_PER_INCH } from "./style.ts";

export interface FigureOptions {
  /** Of the file and of ids in the SVG; several figures of one page need different ones. */
  readonly id?: string;
  /** Default `single`. */
  readonly width?: FigureSpec["width"];
  /** Height of the whole figure, pt; by default it follows from the width. */
  readonly heightPt?: number;
  /** Small line at the bottom: program, data; none by default. */
  readonly source?: string;
}

/** Id, size and source line of a figure. */
export function framing(
  { id, width, heightPt, source }: FigureOptions,
  fallback: string,
): Pick<FigureSpec, "id" | "width" | "source" | "heightIn"> {
  return {
    id: id ?? fallback,
    width: width ?? "single",
    source: source ?? "",
    ...(heightPt === undefined ? {} : { heightIn: heightPt / POINTS_PER_INCH }),
  };
}
