import type { FcResult } from "../../analysis/toy-results.ts";
import { blocks, columns, notes } from "../columns.ts";
import { heading } from "../heading.ts";
import { commonDecimals, fixed, interval, percent, significant, union } from "../numbers.ts";
import { levelIslands } from "./region.ts";
import { failedToys, recipeList } from "./toys.ts";

/** Windows, interval or islands of every level, what stayed undecided, and the recipe. */
export function fcTable(result: FcResult): string {
  const { spec, plane, parameter, window, points, undecided, failed } = result;
  const [regions, intervals] = [result.regions ?? [], result.intervals ?? []];
  const names = plane ?? [parameter!];
  const thrown = points.reduce((sum, { toys }) => sum + toys, 0);
  const at = points.filter(({ toys }) => toys > 0).length;
  const isOpen =
    regions.some(({ polygons }) => polygons.some(({ open }) => open)) ||
    intervals.some(({ segments }) => segments.some((segment) => segment.includes(null)));
  return blocks(
    heading(`Feldman-Cousins ${plane === null ? "interval" : "region"} of ${names.join(", ")}`, spec),
    columns(
      [
        ...names.map((name) => [`tested ${name}`, range(window[name]!)]),
        ...Object.entries(result.searched).map(([name, box]) => [`minima searched ${name}`, range(box)]),
      ],
      "<<",
    ),
    `${points.length} points; ${thrown} toys at ${at} of them, seed ${spec.seed}`,
    intervals.length === 0
      ? ""
      : columns(
          [
            ["interval of", "level", "segments"],
            ...intervals.map((one) => [one.parameter, percent(one.cl), union(one.segments)]),
          ],
          "<><",
        ),
    ...regions.map((one) => {
      const decimals = names.map((name) => commonDecimals(window[name]!));
      return levelIslands(`${percent(one.cl)}: area ${significant(one.area)}`, one.polygons, names, decimals);
    }),
    intervals.length === 0 ? "" : lineOfPoints(result),
    isOpen ? "open: the window ends before the level does; --range name=lo:hi sets a wider one" : "",
    undecided.length === 0
      ? ""
      : `undecided: ${undecided.length} of ${points.length} points; more --toys decide more of them`,
    failedToys(failed, thrown),
    recipeList(result.recipe),
    notes(result.notes),
  );
}

function range(box: readonly [number, number]): string {
  return interval(box, commonDecimals(box));
}

function lineOfPoints({ parameter, points }: FcResult): string {
  const decimals = commonDecimals(points.map(({ at }) => at[0]!));
  const rows = points.map(({ at, t, p, toys, decided }) => [
    fixed(at[0]!, decimals),
    t === null ? "failed" : fixed(t, 3),
    p === null ? "failed" : fixed(p, 4),
    String(toys),
    decided ? "" : "  undecided",
  ]);
  return columns([[parameter!, "t", "p", "toys", ""], ...rows], ">>>><");
}
