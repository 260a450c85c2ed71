/** The key to the marks: measured, placed where it covers no data, drawn. */
import { grown } from "./clip.ts";
import type { Drawn, Swatch } from "./marks/drawn.ts";
import type { Occupancy } from "./occupancy.ts";
import { rectangle } from "./path.ts";
import { labelAt, type Point, type Rect, type SceneNode } from "./scene.ts";
import type { Corner, Mark } from "./spec.ts";
import { INK, SIZE } from "./style.ts";
import { type Label, typeset } from "./typeset.ts";

export interface LegendEntry {
  /** Text and sample: entries that share it are one. */
  readonly key: string;
  readonly label: Label;
  readonly swatch: Swatch;
}

/** A legend of equal columns, filled column by column. */
export interface LegendBlock {
  readonly entries: readonly LegendEntry[];
  readonly columns: readonly { readonly x: number; readonly entries: readonly LegendEntry[] }[];
  readonly width: number;
  readonly height: number;
}

const SWATCH: { readonly width: number; readonly height: number } = { width: 16, height: 6 };
const ROW = 11;
const GAP = 4;
const COLUMN_GAP = 10;
/** From the frame: clear of the ticks. */
const MARGIN = 7;
/** Free space kept around the legend. */
const CLEARANCE = 2.5;

/** Entries of the labelled marks; one for marks that look and are called the same. */
export function entriesOf(marks: readonly Mark[], drawn: readonly Drawn[]): LegendEntry[] {
  const entries: LegendEntry[] = [];
  marks.forEach((mark, i) => {
    const swatch = drawn[i]?.swatch;
    if (mark.type === "text" || mark.label === undefined || swatch === undefined) return;
    const key = JSON.stringify([mark.label, swatch(SWATCH.width, SWATCH.height)]);
    if (entries.some((entry) => entry.key === key)) return;
    entries.push({ key, label: typeset(mark.label, SIZE.legend), swatch });
  });
  return entries;
}

/** @param count number of columns, >= 1 */
function blockOf(entries: readonly LegendEntry[], count: number): LegendBlock {
  const rows = Math.ceil(entries.length / count);
  let x = 0;
  const columns: { x: number; entries: LegendEntry[] }[] = [];
  for (let i = 0; i < entries.length; i += rows) {
    const column = entries.slice(i, i + rows);
    columns.push({ x, entries: column });
    x += SWATCH.width + GAP + Math.max(...column.map((entry) => entry.label.width)) + COLUMN_GAP;
  }
  return { entries, columns, width: Math.max(0, x - COLUMN_GAP), height: rows * ROW };
}

/** The block with the fewest rows that fits a width. */
export function widestBlock(entries: readonly LegendEntry[], width: number): LegendBlock {
  for (let count = entries.length; count > 1; count--) {
    const block = blockOf(entries, count);
    if (block.width <= width) return block;
  }
  return blockOf(entries, 1);
}

export interface LegendPlace {
  readonly block: LegendBlock;
  readonly at: Point;
  /** Weight of the data it lies on; 0 is free. */
  readonly cover: number;
}

/**
 * The first free place in a frame, or the least covered one: corners, then the middles of the sides.
 * @param corner the only corner allowed
 */
export function placeLegend(
  entries: readonly LegendEntry[],
  box: Rect,
  taken: Occupancy,
  corner?: Corner,
): LegendPlace {
  const blocks =
    entries.length >= 4 && corner === undefined ? [blockOf(entries, 1), blockOf(entries, 2)] : [blockOf(entries, 1)];
  const places = blocks.flatMap((block) =>
    placesIn(box, block, corner).map((at): LegendPlace => {
      const rect = { x: at[0], y: at[1], width: block.width, height: block.height };
      return { block, at, cover: taken.cover(grown(rect, CLEARANCE)) };
    }),
  );
  return places.reduce((best, next) => (next.cover < best.cover ? next : best));
}

function placesIn(box: Rect, { width, height }: LegendBlock, corner: Corner | undefined): Point[] {
  const left = box.x + MARGIN;
  const right = box.x + box.width - MARGIN - width;
  const top = box.y + MARGIN;
  const bottom = box.y + box.height - MARGIN - height;
  const [middle, half] = [(left + right) / 2, (top + bottom) / 2];
  const corners: Readonly<Record<Corner, Point>> = {
    "top-right": [right, top],
    "top-left": [left, top],
    "bottom-right": [right, bottom],
    "bottom-left": [left, bottom],
  };
  if (corner !== undefined) return [corners[corner]];
  return [...Object.values(corners), [middle, top], [middle, bottom], [right, half], [left, half]];
}

/** @param ground paint a white ground, for a legend that cannot avoid the data */
export function drawLegend(block: LegendBlock, [x, y]: Point, ground: boolean): SceneNode {
  const children: SceneNode[] = [];
  if (ground) {
    const rect = grown({ x, y, width: block.width, height: block.height }, CLEARANCE);
    children.push({ type: "path", d: rectangle(rect), paint: { fill: "#ffffff" } });
  }
  for (const column of block.columns)
    column.entries.forEach((entry, i) => {
      const left = x + column.x;
      const middle = y + (i + 0.5) * ROW;
      children.push({
        type: "group",
        translate: [left, middle - SWATCH.height / 2],
        children: entry.swatch(SWATCH.width, SWATCH.height),
      });
      children.push(labelAt(entry.label, left + SWATCH.width + GAP, middle + 0.32 * SIZE.legend, "start", INK));
    });
  return { type: "group", name: "legend", children };
}
