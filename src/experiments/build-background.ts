/** Backgrounds in cells, with the templates that their shape nuisances move them to. */

import type { Response } from "../detector/elements.ts";
import { backgroundShares } from "./build-arrival.ts";
import type { InputReader } from "./build-input.ts";
import { type Axis, cellCount, cellOfRows, productOfProjections, scaledTo, spread, total } from "./cells.ts";
import type { ParsedExperiment } from "./parse.ts";
import type { CountsDeclaration } from "./schema.ts";
import { type MovedTemplates, movedTemplates, readTemplates, type TemplatesVariation } from "./template-variation.ts";

export interface Background {
  readonly component: string;
  readonly counts: Float64Array;
  readonly shapes: readonly BackgroundShape[];
  /** Full name of a nuisance that scales it alone, besides those of its component. */
  readonly rowNuisance: string | null;
}

/** Templates of a background at +1 and -1 sigma of a shape nuisance. */
export interface BackgroundShape extends MovedTemplates {
  readonly nuisance: string;
}

type Declaration = CountsDeclaration["backgrounds"][number];

/** @param exposure relative to the released one */
export function backgroundCounts(
  background: Declaration,
  parsed: ParsedExperiment,
  axes: readonly Axis[],
  response: Response,
  input: InputReader,
  exposure: number,
): Float64Array {
  const last = axes.at(-1)!;
  const rows = rowCounts(background, parsed, axes, response, input);
  let counts = rows;
  if (background.projected === true) counts = productOfProjections(rows, last.edges.length - 1);
  else if (background.timing !== undefined)
    counts = spread(rows, backgroundShares(background.timing, last, parsed, input));
  if (background.total !== undefined) counts = scaledTo(counts, input(background.total));
  return counts.map((count) => count * exposure);
}

/** Counts over the axes that the table has. */
function rowCounts(
  background: Declaration,
  parsed: ParsedExperiment,
  axes: readonly Axis[],
  response: Response,
  input: InputReader,
): Float64Array {
  const own = background.timing === undefined ? axes : axes.slice(0, -1);
  const table = parsed.tables[background.table]!;
  const scale = background.scale.reduce((product, name) => product * input(name), 1);
  const column = table.columns[background.column]!;
  const measured = table.columns[background.axes[axes[0]!.name]!]!;
  const counts = new Float64Array(cellCount(own));
  cellOfRows(table, own, background.axes, background.window).forEach((cell, row) => {
    if (cell < 0) return;
    counts[cell]! += scale * column[row]! * (background.acceptance ? response.acceptance(measured[row]!) : 1);
  });
  return counts;
}

/** Templates at +-1 sigma with the background's own sum. */
export function backgroundShape(
  nuisance: string,
  variation: TemplatesVariation,
  counts: Float64Array,
  parsed: ParsedExperiment,
  axes: readonly Axis[],
): BackgroundShape {
  const { plus, minus } = readTemplates(variation, parsed, axes);
  return { nuisance, ...movedTemplates(counts, plus, minus) };
}

/** One background as a component for each bin of the first axis, each with a free factor of its own. */
export function freeRows(background: Background, axes: readonly Axis[], nameOf: (row: number) => string): Background[] {
  const rows = axes[0]!.edges.length - 1;
  const width = background.counts.length / rows;
  return Array.from({ length: rows }, (_, row) => ({
    ...background,
    counts: background.counts.map((count, cell) => (Math.floor(cell / width) === row ? count : 0)),
    rowNuisance: nameOf(row),
  })).filter(({ counts }) => total(counts) > 0);
}
