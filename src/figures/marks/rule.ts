/** Straight lines across a panel at one value. */
import { contains, grown } from "../clip.ts";
import { segment } from "../path.ts";
import type { Point } from "../scene.ts";
import type { RuleMark } from "../spec.ts";
import { LINE, SIZE } from "../style.ts";
import { typeset } from "../typeset.ts";
import { type Drawn, type FloatingLabel, type MarkFrame, NOTHING, strokeOf } from "./drawn.ts";

/** Distance of the text from its line and from the frame, pt. */
const NEAR = 2.6;
const EDGE = 7;

export function drawRule(mark: RuleMark, frame: MarkFrame): Drawn {
  const { box } = frame;
  const at = frame[mark.axis].at(mark.value);
  const [from, to]: [Point, Point] =
    mark.axis === "y"
      ? [
          [box.x, at],
          [box.x + box.width, at],
        ]
      : [
          [at, box.y],
          [at, box.y + box.height],
        ];
  if (!contains(grown(box, 0.01), from)) return NOTHING;
  const paint = strokeOf(mark.line ?? { color: "grey", dash: "dashed" }, frame.series, LINE.rule);
  return {
    clipped: [{ type: "path", d: segment(from, to), paint }],
    symbols: [],
    ink: [{ type: "stroke", points: [from, to] }],
    labels: mark.text === undefined ? [] : [textBeside(mark.text, mark.axis, at, frame)],
    swatch: (width, height) => [{ type: "path", d: segment([0, height / 2], [width, height / 2]), paint }],
  };
}

function textBeside(text: string, axis: "x" | "y", at: number, { box }: MarkFrame): FloatingLabel {
  const label = typeset(text, SIZE.note);
  const { width, ascent, descent } = label;
  if (axis === "y") {
    const above = at - NEAR - descent;
    const below = at + NEAR + ascent;
    const right = box.x + box.width - EDGE - width;
    const left = box.x + EDGE;
    const middle = box.x + (box.width - width) / 2;
    const columns = [right, left, middle, (right + middle) / 2, (left + middle) / 2];
    return { label, places: [...columns.map((x): Point => [x, above]), ...columns.map((x): Point => [x, below])] };
  }
  const rows = [box.y + EDGE + ascent, box.y + box.height - EDGE - descent, box.y + box.height / 2];
  const columns = [at + NEAR, at - NEAR - width];
  return { label, places: rows.flatMap((y) => columns.map((x): Point => [x, y])) };
}
