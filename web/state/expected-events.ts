/** Events that a projected detector would count, in words. */

import type { PointResult } from "nurecoil/analysis";
import type { FactInput } from "../desk/facts.ts";
import { settingIn } from "./change-experiments.ts";

type Prediction = PointResult["predictions"][number];

const SIGNAL = "cevns";

/**
 * @param released the live time of the experiment's file
 * @param set what is set in its place, `VALUE UNIT`
 */
export function eventsText(
  { components }: Pick<Prediction, "components">,
  { value, unit }: Pick<FactInput, "value" | "unit">,
  set: string | undefined,
): string {
  const events = components
    .filter(({ name }) => name === SIGNAL)
    .flatMap(({ counts }) => counts)
    .reduce((sum, count) => sum + count, 0);
  const time = set === undefined ? value : settingIn(set, unit);
  // A link may set it in another unit, which only the library turns into this one.
  if (time === undefined) return `CEvNS events at this point: ${written(events)} in ${set}`;
  const rate = time > 0 ? `, ${written(events / time)} ${unit === "d" ? "a day" : `per ${unit}`}` : "";
  return `CEvNS events at this point: ${written(events)} in ${written(time)} ${unit}${rate}`;
}

/** Three digits, no powers of ten where they can be avoided. */
function written(value: number): string {
  return value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}
