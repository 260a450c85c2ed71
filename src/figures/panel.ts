/** One panel: marks in a frame, with texts and legend where they cover no data. */
import { type Axes, axesOf, drawAxes, type Sides, scalesOn } from "./axes.ts";
import { grown } from "./clip.ts";
import { drawLegend, entriesOf, type LegendEntry, type LegendPlace, placeLegend } from "./legend.ts";
import type { Drawn, FloatingLabel } from "./marks/drawn.ts";
import { drawMarks } from "./marks/index.ts";
import { type Occupancy, occupancyOf } from "./occupancy.ts";
import type { Rect, SceneNode } from "./scene.ts";
import type { Mark, PanelSpec } from "./spec.ts";
import { INK } from "./style.ts";

/** How a panel makes room for its legend. */
export interface LegendRoom {
  /** Share of an automatic y axis kept free above the data. */
  readonly headroom: number;
  /** The legend stands above the frame. */
  readonly above: boolean;
}

/** Axes do not stretch further than this to make room. */
const MOST_HEADROOM = 0.45;
const HEADROOM_STEP = 0.05;
const TEXT_CLEARANCE = 2;

interface Composed {
  readonly axes: Axes;
  readonly drawn: readonly Drawn[];
  readonly texts: readonly SceneNode[];
  /** Weight of the data that corner texts lie on. */
  readonly textCover: number;
  readonly entries: readonly LegendEntry[];
  readonly legend?: LegendPlace;
}

function compose(panel: PanelSpec, box: Rect, { headroom, above }: LegendRoom): Composed {
  const axes = axesOf(panel, box.width, box.height, headroom);
  const drawn = drawMarks(panel.marks, { box, ...scalesOn(axes, box) });
  const entries = entriesOf(panel.marks, drawn);
  const mode = panel.legend ?? "auto";
  const outside = entries.length === 0 || mode === "none" || mode === "above" || above;
  // Where nothing has to find a place, nobody asks what is taken.
  if (outside && drawn.every(({ labels }) => labels.length === 0))
    return { axes, drawn, texts: [], textCover: 0, entries };
  const taken = occupancyOf(box);
  for (const { ink } of drawn) for (const piece of ink) taken.add(piece);
  const placed = drawn.flatMap(({ labels }) => labels.map((label) => placeLabel(label, taken)));
  const texts = placed.map(({ node }) => node);
  const textCover = placed.reduce((sum, { cover }) => sum + cover, 0);
  if (outside) return { axes, drawn, texts, textCover, entries };
  return {
    axes,
    drawn,
    texts,
    textCover,
    entries,
    legend: placeLegend(entries, box, taken, mode === "auto" ? undefined : mode),
  };
}

/** Puts a text at the first of its places that is free, else the least covered, and takes the place. */
function placeLabel({ label, places, keep }: FloatingLabel, taken: Occupancy): { node: SceneNode; cover: number } {
  let best = places[0]!;
  let least = Infinity;
  // A text that may go anywhere keeps its distance; one beside its own line or symbol is as near as it should be.
  const clearance = keep === true ? TEXT_CLEARANCE : 0;
  for (const place of places) {
    const cover = taken.cover(grown(extent(label, place), clearance));
    if (cover < least) [best, least] = [place, cover];
  }
  taken.add({ type: "box", rect: extent(label, best) });
  return { node: { type: "label", x: best[0], y: best[1], label, color: INK }, cover: keep === true ? least : 0 };
}

function extent(label: FloatingLabel["label"], [x, y]: readonly [number, number]): Rect {
  return { x, y: y - label.ascent, width: label.width, height: label.ascent + label.descent };
}

/** Entries that the panel's legend would have. */
export function panelEntries(panel: PanelSpec, box: Rect): readonly LegendEntry[] {
  const axes = axesOf(panel, box.width, box.height, 0);
  // Where windows change, a point that they leave is still told.
  const marks = panel.x.steady === undefined ? panel.marks : panel.marks.map((mark) => shown(mark, axes));
  return entriesOf(panel.marks, drawMarks(marks.map(outlineless), { box, ...scalesOn(axes, box) }));
}

/** A point in the middle of the panel, wherever it is. */
function shown(mark: Mark, { x, y }: Axes): Mark {
  const middle = ({ domain: [low, high] }: Axes["x"]): number => (low + high) / 2;
  return mark.type === "marker" ? { ...mark, x: middle(x), y: middle(y) } : mark;
}

/** The sample of a region or a curve does not depend on where it runs. */
function outlineless(mark: Mark): Mark {
  if (mark.type === "region") return { ...mark, polygons: [] };
  return mark.type === "line" ? { ...mark, x: [], y: [] } : mark;
}

/**
 * The room a panel needs for its legend and the texts in its corners: none where places are free, else more of an
 * automatic y axis, else the legend goes above.
 * @param room what the panel has been given so far; it never shrinks, so that repeated layouts come to an end
 */
export function legendRoom(panel: PanelSpec, box: Rect, room: LegendRoom): LegendRoom {
  const mode = panel.legend ?? "auto";
  const above = room.above || mode === "above";
  // Only a legend and texts in corners ask for room.
  const asks =
    (mode !== "none" && !above) || panel.marks.some((mark) => mark.type === "text" && typeof mark.at === "string");
  if (!asks) return { headroom: room.headroom, above };
  const stretched = stretch(panel, box, { headroom: room.headroom, above });
  if (stretched !== undefined) return stretched;
  // A corner that was asked for is kept, on a white ground; so are texts that nothing makes room for.
  if (mode !== "auto" || above) return { headroom: room.headroom, above };
  return stretch(panel, box, { headroom: 0, above: true }) ?? { headroom: 0, above: true };
}

/** The least headroom from the given one on with which nothing lies on the data. */
function stretch(panel: PanelSpec, box: Rect, { headroom, above }: LegendRoom): LegendRoom | undefined {
  const stretches = (panel.y.domain ?? "auto") === "auto";
  for (let share = headroom; share <= MOST_HEADROOM; share += HEADROOM_STEP) {
    const { legend, textCover } = compose(panel, box, { headroom: share, above });
    if ((legend?.cover ?? 0) + textCover === 0) return { headroom: share, above };
    if (!stretches) return undefined;
  }
  return undefined;
}

/** Draw a panel. @param sides room of its row and column outside the frame @param index number in the figure, from 1 */
export function drawPanel(panel: PanelSpec, box: Rect, room: LegendRoom, sides: Sides, index: number): SceneNode {
  const { axes, drawn, texts, legend } = compose(panel, box, room);
  return {
    type: "group",
    name: `panel-${index}`,
    children: [
      { type: "group", clip: grown(box, 0), children: drawn.flatMap((mark) => mark.clipped) },
      ...drawAxes(axes, box, sides),
      ...drawn.flatMap((mark) => mark.symbols),
      ...texts,
      ...(legend === undefined ? [] : [drawLegend(legend.block, legend.at, legend.cover > 0)]),
    ],
  };
}
