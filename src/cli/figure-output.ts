/** Figures as files: the form by the ending of the name. */

import { extname } from "node:path";
import type { FigureSpec } from "../figures/index.ts";

/** Endings of a figure's file. */
export const figureEndings: readonly string[] = [".svg", ".pdf", ".png"];

/** Whether a name asks for a figure. */
export function isFigureName(path: string | undefined): boolean {
  return path !== undefined && figureEndings.includes(extname(path).toLowerCase());
}

/**
 * The figure in the form that a name asks for, by its ending; nothing for a name that asks for none. What draws is
 * loaded here: most runs draw nothing.
 */
export async function figureForms(
  path: string,
  spec: FigureSpec,
): Promise<Readonly<Record<string, () => string | Uint8Array>>> {
  const ending = extname(path).toLowerCase();
  const { figure, toPdf, toSvg } = await import("../figures/index.ts");
  const drawn = figure(spec);
  switch (ending) {
    case ".svg":
      return { [ending]: () => toSvg(drawn) };
    case ".pdf":
      return { [ending]: () => toPdf(drawn) };
    case ".png": {
      const { toPng } = await import("../node/png.ts");
      return { [ending]: () => toPng(drawn) };
    }
    default:
      return {};
  }
}
