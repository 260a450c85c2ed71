import type { RegionResult } from "../../analysis/results.ts";
import { blocks, columns, notes } from "../columns.ts";
import { heading } from "../heading.ts";
import { commonDecimals, fixed, interval, percent, significant, withError } from "../numbers.ts";

type Level = RegionResult["regions"][number];
type Points = readonly (readonly [number, number])[];

/** Best point, window, and for each level its islands with extent and holes. */
export function regionTable(result: RegionResult): string {
  const { plane, window, minima, spec, sm } = result;
  const decimals = plane.map((name) => commonDecimals(window[name]!));
  const lowest = result.best.chi2;
  const names = Object.keys(result.best.parameters);
  const best = minima.map((one, i) => [
    String(i + 1),
    ...names.map((name) => withError(one.parameters[name]!, null)),
    fixed(one.chi2, 3),
    fixed(one.chi2 - lowest, 3),
    `  ${one.status}`,
  ]);
  const standardModel = ["SM", ...names.map(() => ""), fixed(sm.chi2, 3), fixed(sm.chi2 - lowest, 3), ""];
  const open = result.regions.some((one) => one.polygons.some((polygon) => polygon.open));
  return blocks(
    heading(`regions of ${plane.join(", ")}`, spec),
    columns(
      [["minimum", ...names, "chi2", "Delta chi2", "  status"], ...best, standardModel],
      `<${">".repeat(names.length + 2)}<`,
    ),
    columns(
      plane.map((name, i) => [`window ${name}`, interval(window[name]!, decimals[i]!)]),
      "<<",
    ),
    ...result.regions.map((one) => levelText(one, plane, decimals)),
    open ? "open: the region reaches the window; --range a=lo:hi --range b=lo:hi sets a wider one" : "",
    result.failed === 0 ? "" : `${result.failed} points of the plane without a converged answer`,
    notes(result.notes),
  );
}

function levelText(level: Level, plane: readonly [string, string], decimals: readonly number[]): string {
  const degrees = `${level.dof} ${level.dof === 1 ? "degree" : "degrees"} of freedom`;
  const title = `${percent(level.cl)}: Delta chi2 ${significant(level.deltaChi2, 3)}, ${degrees}, area ${significant(level.area)}`;
  return levelIslands(title, level.polygons, plane, decimals);
}

/** The islands of a level with extent and holes. */
export function levelIslands(
  title: string,
  polygons: Level["polygons"],
  plane: readonly string[],
  decimals: readonly number[],
): string {
  if (polygons.length === 0) return `${title}\n  nothing of it is inside the window`;
  const rows = polygons.map(({ outer, holes, open }, i) => [
    String(i + 1),
    ...plane.map((_, axis) => interval(extent(outer, axis as 0 | 1), decimals[axis]!)),
    String(holes.length),
    open ? "open" : "closed",
  ]);
  return `${title}\n${columns([["island", ...plane, "holes", "border"], ...rows], "<<<><", "  ")}`;
}

function extent(points: Points, axis: 0 | 1): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const point of points) {
    low = Math.min(low, point[axis]);
    high = Math.max(high, point[axis]);
  }
  return [low, high];
}
