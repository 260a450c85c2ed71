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
export const CORNER_MARGIN = 8;

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

/** Annotation at a point in data coordinates, or in a corner below `stacked` earlier ones. */
export function drawText(mark: TextMark, frame: MarkFrame, stacked: number): Drawn {
  const label = typeset(mark.text, SIZE.note);
  const { box } = frame;
  let at: Point;
  if (typeof mark.at === "string") at = cornerPlace(mark.at, label.width, frame, stacked);
  else {
    const [x, y] = place(frame, mark.at[0], mark.at[1]);
    const share = mark.anchor === "middle" ? 0.5 : mark.anchor === "end" ? 1 : 0;
    at = [x - share * label.width, y];
  }
  if (!contains(grown(box, 0.01), at)) return NOTHING;
  return { ...NOTHING, labels: [{ label, places: [at] }] };
}

function cornerPlace(corner: Corner, width: number, { box }: MarkFrame, stacked: number): Point {
  const x = corner.endsWith("left") ? box.x + CORNER_MARGIN : box.x + box.width - CORNER_MARGIN - width;
  const line = 1.35 * SIZE.note * stacked;
  const y = corner.startsWith("top")
    ? box.y + CORNER_MARGIN + 0.68 * SIZE.note + line
    : box.y + box.height - CORNER_MARGIN - line;
  return [x, y];
}
