/** Every kind of mark. */
import type { Mark, TextMark } from "../spec.ts";
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
  const stacked = new Map<string, number>();
  return marks.map((mark): Drawn => {
    const turn = { ...frame, series: takesTurn(mark) ? series++ : series };
    if (mark.type !== "text") return drawMark(mark, turn);
    const corner = typeof mark.at === "string" ? mark.at : "";
    const before = stacked.get(corner) ?? 0;
    stacked.set(corner, before + 1);
    return drawText(mark, turn, before);
  });
}

function drawMark(mark: Exclude<Mark, TextMark>, turn: MarkFrame): Drawn {
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
