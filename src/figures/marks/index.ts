/** Every kind of mark. */
import type { Mark } from "../spec.ts";
import type { Drawn, MarkFrame } from "./drawn.ts";
import { drawBand, drawLine } from "./line.ts";
import { drawMarker, drawText } from "./marker.ts";
import { drawPoints } from "./points.ts";
import { drawRegion } from "./region.ts";
import { drawRule } from "./rule.ts";
import { drawSteps } from "./steps.ts";

/**
 * Draw all marks of a panel. Marks whose colour is not given take turns in the palette.
 * @returns in the order of the marks
 */
export function drawMarks(marks: readonly Mark[], frame: Omit<MarkFrame, "series">): Drawn[] {
  let series = 0;
  return marks.map((mark): Drawn => {
    const turn = { ...frame, series: takesTurn(mark) ? series++ : series };
    return drawMark(mark, turn);
  });
}

function drawMark(mark: Mark, turn: MarkFrame): Drawn {
  switch (mark.type) {
    case "steps":
      return drawSteps(mark, turn);
    case "points":
      return drawPoints(mark, turn);
    case "line":
      return drawLine(mark, turn);
    case "band":
      return drawBand(mark, turn);
    case "rule":
      return drawRule(mark, turn);
    case "region":
      return drawRegion(mark, turn);
    case "marker":
      return drawMarker(mark, turn);
    case "text":
      return drawText(mark, turn);
  }
}

function takesTurn(mark: Mark): boolean {
  switch (mark.type) {
    case "steps":
      return mark.fill === undefined && mark.line !== "none" && mark.line?.color === undefined;
    case "line":
      return mark.line?.color === undefined;
    case "band":
    case "region":
      return mark.fill === undefined;
    default:
      return false;
  }
}
