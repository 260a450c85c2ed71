/** Single points with a name, and annotations. */
import { contains, grown } from "../clip.ts";
import { hex } from "../palette.ts";
import { symbolPath } from "../path.ts";
import type { Point } from "../scene.ts";
import type { Corner, MarkerMark, TextMark } from "../spec.ts";
import { POINT_RADIUS, SIZE } from "../style.ts";
import { typeset } from "../typeset.ts";
import { type Drawn, type MarkFrame, NOTHING, place } from "./drawn.ts";
import { around, symbolPaint } from "./points.ts";

const RADIUS = 1.4 * POINT_RADIUS;
const GAP = 3;
/** Distance of text in a corner from the frame: clear of the ticks. */
const CORNER_MARGIN = 8;

export function drawMarker(mark: MarkerMark, frame: MarkFrame): Drawn {
  const centre = place(frame, mark.x, mark.y);
  if (!contains(grown(frame.box, 0.01), centre)) return NOTHING;
  const shape = mark.shape ?? "star";
  const paint = symbolPaint(shape, hex(mark.color ?? "black"), true);
  const [x, y] = centre;
  const radius = 1.6 * RADIUS;
  const label = mark.text === undefined ? undefined : typeset(mark.text, SIZE.note);
  const places = (width: number, ascent: number, descent: number): Point[] => {
    const middle = y + (ascent - descent) / 2;
    const columns = [x + radius + GAP, x - radius - GAP - width];
    const [above, below] = [y - radius - GAP - descent, y + radius + GAP + ascent];
    return [
      ...columns.map((left): Point => [left, middle]),
      [x - width / 2, above],
      [x - width / 2, below],
      ...columns.flatMap((left): Point[] => [
        [left, above],
        [left, below],
      ]),
    ];
  };
  return {
    clipped: [],
    symbols: [{ type: "path", d: symbolPath(shape, centre, RADIUS), paint }],
    ink: [{ type: "box", rect: around(centre, radius) }],
    labels: label === undefined ? [] : [{ label, places: places(label.width, label.ascent, label.descent) }],
    swatch: (width, height) => [{ type: "path", d: symbolPath(shape, [width / 2, height / 2], RADIUS), paint }],
  };
}

/** Annotation at a point in data coordinates, or in a corner on the first line that is free. */
export function drawText(mark: TextMark, frame: MarkFrame): Drawn {
  const label = typeset(mark.text, SIZE.note);
  if (typeof mark.at === "string") {
    const corners = mark.at === "auto" ? CORNERS : [mark.at];
    return {
      ...NOTHING,
      labels: [{ label, places: corners.flatMap((corner) => cornerPlaces(corner, label.width, frame)), keep: true }],
    };
  }
  const [x, y] = place(frame, mark.at[0], mark.at[1]);
  const share = mark.anchor === "middle" ? 0.5 : mark.anchor === "end" ? 1 : 0;
  const at: Point = [x - share * label.width, y];
  return contains(grown(frame.box, 0.01), at) ? { ...NOTHING, labels: [{ label, places: [at] }] } : NOTHING;
}

const CORNERS: readonly Corner[] = ["top-left", "top-right", "bottom-left", "bottom-right"];

/** Baselines of the lines in a corner, the outermost first. */
function cornerPlaces(corner: Corner, width: number, { box }: MarkFrame): Point[] {
  const x = corner.endsWith("left") ? box.x + CORNER_MARGIN : box.x + box.width - CORNER_MARGIN - width;
  const top = corner.startsWith("top");
  const first = top ? box.y + CORNER_MARGIN + 0.68 * SIZE.note : box.y + box.height - CORNER_MARGIN;
  return Array.from({ length: MOST_LINES }, (_, i): Point => [x, first + (top ? i : -i) * LEADING]);
}

/** Lines of annotation in one corner. */
const MOST_LINES = 6;
const LEADING = 1.5 * SIZE.note;
