/** Lays out the panels of a figure, with room for numbers, labels, titles, legends and the source line. */
import { usageError } from "../errors.ts";
import { axesOf, belowOf, leftOf, type Sides, sidesOf } from "./axes.ts";
import { checkFigure } from "./check.ts";
import { drawLegend, type LegendEntry, widestBlock } from "./legend.ts";
import { drawPanel, type LegendRoom, legendRoom, panelEntries } from "./panel.ts";
import { plainText } from "./plain-text.ts";
import { domainOf } from "./scale.ts";
import { labelAt, type Rect, type Scene, type SceneNode } from "./scene.ts";
import type { FigureSpec, PanelSpec } from "./spec.ts";
import { INK, POINTS_PER_INCH, SIZE, SOURCE_INK, WIDTH_IN } from "./style.ts";
import { type Label, typeset } from "./typeset.ts";

/** One axis of a drawn panel: the domain runs along the frame from left to right, or from bottom to top. */
export interface FrameAxis {
  readonly domain: readonly [number, number];
  readonly scale: "linear" | "log";
}

/** Where a panel is in its figure, and which data are there: from the one the place of a value follows, and back. */
export interface Frame {
  /** pt */
  readonly box: Rect;
  readonly x: FrameAxis;
  readonly y: FrameAxis;
}

/** A drawn figure: what toSvg(), toPdf() and toPng() take. */
export interface Figure extends Scene {
  /** Of the panels, in their order. */
  readonly frames: readonly Frame[];
}

const EDGE = 1.5;
const COLUMN_GAP = 9;
const ROW_GAP = 7;
const LEGEND_GAP = 4;
const TITLE_GAP = 4;
const SOURCE_LEADING = 1.2 * SIZE.source;
const SOURCE_GAP = 5;
const DEFAULT_ASPECT = 0.75;
/** Of the layout: the room for numbers only grows from the third on, so that fewer than these are needed. */
const MOST_ROUNDS = 8;

interface Layout {
  readonly boxes: readonly Rect[];
  readonly sides: readonly Sides[];
  readonly height: number;
}

/**
 * Draw a figure.
 * @param spec what it shows; see FigureSpec
 * @returns the drawing, sized in pt
 * @throws NurecoilError (usage) listing everything wrong with the spec, or saying that the panels have no room
 */
export function figure(spec: FigureSpec): Figure {
  checkFigure(spec);
  const width = typeof spec.width === "number" ? spec.width : WIDTH_IN[spec.width] * POINTS_PER_INCH;
  const shared = (spec.legend ?? "panels") !== "panels";
  const panels = shared ? spec.panels.map((panel): PanelSpec => ({ ...panel, legend: "none" })) : spec.panels;
  const entries = shared ? sharedEntries(panels) : [];
  const legend = entries.length === 0 ? undefined : widestBlock(entries, width - 2 * EDGE);
  const legendHeight = legend === undefined ? 0 : legend.height + LEGEND_GAP;
  const source = wrapped(spec.source, width - 2 * EDGE);
  const foot = source.length === 0 ? EDGE : source.length * SOURCE_LEADING + SOURCE_GAP;
  const around = {
    top: EDGE + (spec.legend === "above" ? legendHeight : 0),
    bottom: foot + (spec.legend === "below" ? legendHeight : 0),
  };

  let rooms: readonly LegendRoom[] = panels.map(() => ({ headroom: 0, above: false }));
  let layout = layoutOf(spec, panels, rooms, width, around);
  // Room for a legend changes the layout and the layout the room; rooms only grow, so this settles.
  for (let round = 0; round < 8; round++) {
    const next = panels.map((panel, i) => legendRoom(panel, layout.boxes[i]!, rooms[i]!));
    const settled = next.every((room, i) => room.above === rooms[i]!.above && room.headroom === rooms[i]!.headroom);
    if (settled) break;
    rooms = next;
    layout = layoutOf(spec, panels, rooms, width, around);
  }

  const children: SceneNode[] = panels.map((panel, i) =>
    drawPanel(panel, layout.boxes[i]!, rooms[i]!, layout.sides[i]!, i + 1),
  );
  panels.forEach((panel, i) => {
    children.push(...heading(panel, layout.boxes[i]!, rooms[i]!, layout.sides[i]!));
  });
  if (legend !== undefined) {
    const y = spec.legend === "above" ? EDGE : layout.height - foot - legend.height;
    children.push(drawLegend(legend, [(width - legend.width) / 2, y], false));
  }
  source.forEach((line, i) => {
    const y = layout.height - EDGE - 0.25 * SIZE.source - (source.length - 1 - i) * SOURCE_LEADING;
    children.push(labelAt(line, EDGE, y, "start", SOURCE_INK));
  });
  return {
    id: spec.id,
    title: plainText(spec.title),
    description: plainText(spec.description),
    width,
    height: layout.height,
    children,
    frames: panels.map((panel, i) => frameOf(panel, layout.boxes[i]!, rooms[i]!)),
  };
}

function frameOf(panel: PanelSpec, box: Rect, { headroom }: LegendRoom): Frame {
  const axis = (name: "x" | "y"): FrameAxis => ({
    domain: domainOf(name, panel[name], panel.marks, name === "y" ? headroom : 0),
    scale: panel[name].scale ?? "linear",
  });
  return { box, x: axis("x"), y: axis("y") };
}

/** Frames of all panels: equal in width, and in height but for `heights`; rows and columns aligned. */
function layoutOf(
  spec: FigureSpec,
  panels: readonly PanelSpec[],
  rooms: readonly LegendRoom[],
  width: number,
  around: { readonly top: number; readonly bottom: number },
): Layout {
  const columns = Math.min(spec.columns ?? 1, panels.length);
  const rows = Math.ceil(panels.length / columns);
  const heights = range(rows).map((r) => spec.heights?.[r] ?? 1);
  const rowGap = spec.rowGap ?? ROW_GAP;
  const rowOf = (i: number): number => Math.floor(i / columns);
  /** Of a row whose relative height is 1. */
  let size = { width: (0.8 * width) / columns, height: (0.6 * width) / columns };
  let layout: Layout = { boxes: [], sides: [], height: 0 };
  const sidesAt = ({ width, height }: typeof size): Sides[] =>
    panels.map((panel, i) => sidesOf(axesOf(panel, width, heights[rowOf(i)]! * height, rooms[i]!.headroom), width));
  let own = sidesAt(size);
  // Ticks depend on the frame's size and the frame on the width of the numbers: three rounds leave no change to see,
  // but where two choices of numbers lead to one another. Those get the room of the larger one.
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const tops = panels.map((panel, i) => topOf(panel, rooms[i]!, own[i]!, size));
    const column = range(columns).map((c) => own.filter((_, i) => i % columns === c));
    const row = range(rows).map((r) => own.filter((_, i) => rowOf(i) === r));
    const left = column.map((members) => leftOf(largest(members)));
    const right = column.map((members) => largest(members).right);
    const below = row.map((members) => belowOf(largest(members)));
    const above = range(rows).map((r) => Math.max(...tops.filter((_, i) => rowOf(i) === r)));
    const fixed = around.top + around.bottom + sum(above) + sum(below) + (rows - 1) * rowGap;
    const frame = (width - 2 * EDGE - sum(left) - sum(right) - (columns - 1) * COLUMN_GAP) / columns;
    const height =
      spec.heightIn === undefined
        ? sum(heights) * frame * (spec.aspect ?? DEFAULT_ASPECT) + fixed
        : spec.heightIn * POINTS_PER_INCH;
    const before = size;
    size = { width: frame, height: (height - fixed) / sum(heights) };
    if (size.width < 30 || size.height < 30)
      throw usageError(
        `figure "${spec.id}": the panels have no room`,
        "fewer columns, shorter labels or a larger heightIn",
      );
    const boxes = panels.map((_, i): Rect => {
      const [c, r] = [i % columns, rowOf(i)];
      return {
        x: EDGE + sum(left.slice(0, c + 1)) + sum(right.slice(0, c)) + c * (size.width + COLUMN_GAP),
        y:
          around.top +
          sum(above.slice(0, r + 1)) +
          sum(below.slice(0, r)) +
          sum(heights.slice(0, r)) * size.height +
          r * rowGap,
        width: size.width,
        height: heights[r]! * size.height,
      };
    });
    const sides = panels.map((_, i): Sides => {
      const [inColumn, inRow] = [largest(column[i % columns]!), largest(row[rowOf(i)]!)];
      return {
        ...own[i]!,
        numbersY: inColumn.numbersY,
        labelY: inColumn.labelY,
        numbersX: inRow.numbersX,
        labelX: inRow.labelX,
      };
    });
    layout = { boxes, sides, height };
    if (size.width === before.width && size.height === before.height) break;
    const next = sidesAt(size);
    if (round < 2) own = next;
    else if (next.every((one, i) => fits(one, own[i]!))) break;
    else own = next.map((one, i) => largest([one, own[i]!]));
  }
  return layout;
}

/** Whether the numbers of a frame have the room that was kept for them; a tenth of a point is not seen. */
function fits(numbers: Sides, room: Sides): boolean {
  return numbers.numbersY <= room.numbersY + 0.1 && numbers.numbersX <= room.numbersX + 0.1;
}

/** Height above a frame: numbers or factor, then title, then a legend that found no place inside. */
function topOf(panel: PanelSpec, room: LegendRoom, sides: Sides, size: { width: number; height: number }): number {
  const block = room.above ? widestBlock(panelEntries(panel, { x: 0, y: 0, ...size }), size.width) : undefined;
  return titleHeight(panel, sides) + (block === undefined ? 0 : block.height + LEGEND_GAP);
}

function titleHeight(panel: PanelSpec, sides: Sides): number {
  if (panel.title === undefined) return sides.over;
  const { ascent, descent } = typeset(panel.title, SIZE.title);
  return overTitle(sides) + TITLE_GAP + descent + ascent;
}

/** A power of ten above the axis pushes the title up; a number beside the frame's corner does not. */
function overTitle(sides: Sides): number {
  return sides.over > SIZE.tick ? sides.over : 0;
}

/** Title and legend above a frame. */
function heading(panel: PanelSpec, box: Rect, room: LegendRoom, sides: Sides): SceneNode[] {
  const nodes: SceneNode[] = [];
  if (panel.title !== undefined) {
    const title = typeset(panel.title, SIZE.title);
    const baseline = box.y - overTitle(sides) - TITLE_GAP - title.descent;
    nodes.push(labelAt(title, box.x + box.width / 2, baseline, "middle", INK));
  }
  if (room.above) {
    const block = widestBlock(panelEntries(panel, box), box.width);
    const y = box.y - titleHeight(panel, sides) - LEGEND_GAP - block.height;
    nodes.push(drawLegend(block, [box.x + Math.max(0, (box.width - block.width) / 2), y], false));
  }
  return nodes;
}

function sharedEntries(panels: readonly PanelSpec[]): LegendEntry[] {
  const box = { x: 0, y: 0, width: 100, height: 100 };
  const all = panels.flatMap((panel) => panelEntries(panel, box));
  return all.filter((entry, i) => all.findIndex((other) => other.key === entry.key) === i);
}

/** Lines of the source text that fit the width: broken between its parts (at " · "), or at spaces where a part is too long. */
function wrapped(text: string, width: number): Label[] {
  const fits = (line: string): boolean => typeset(line, SIZE.source).width <= width;
  const lines: string[] = [];
  for (const part of text.split(" · ").filter((piece) => piece.trim() !== "")) {
    const longer = lines.length === 0 ? part : `${lines.at(-1)} · ${part}`;
    if (lines.length > 0 && fits(longer)) lines[lines.length - 1] = longer;
    else lines.push(...(fits(part) ? [part] : brokenAtSpaces(part, fits)));
  }
  return lines.map((line) => typeset(line, SIZE.source));
}

function brokenAtSpaces(text: string, fits: (line: string) => boolean): string[] {
  const lines: string[] = [];
  // Math is one word.
  for (const word of text.match(/(?:\$[^$]*\$|[^\s$])+/g) ?? []) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && fits(longer)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** The largest of each measure. */
function largest(sides: readonly Sides[]): Sides {
  const most = (of: (side: Sides) => number): number => Math.max(0, ...sides.map(of));
  return {
    numbersX: most((side) => side.numbersX),
    numbersY: most((side) => side.numbersY),
    labelX: { ascent: most((side) => side.labelX.ascent), descent: most((side) => side.labelX.descent) },
    labelY: { ascent: most((side) => side.labelY.ascent), descent: most((side) => side.labelY.descent) },
    bareX: sides.every((side) => side.bareX),
    over: most((side) => side.over),
    right: most((side) => side.right),
  };
}

function range(length: number): number[] {
  return Array.from({ length }, (_, i) => i);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
