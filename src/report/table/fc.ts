import type { FcResult } from "../../analysis/toy-results.ts";
import { clopperPearson } from "../../statistics/proportion.ts";
import { blocks, columns, notes } from "../columns.ts";
import { heading } from "../heading.ts";
import { commonDecimals, fixed, interval, percent, significant, union, withError } from "../numbers.ts";
import { levelIslands } from "./region.ts";
import { failedToys, recipeList, share } from "./toys.ts";

/** Windows, interval or islands of every level, what stayed undecided, and the recipe. */
export function fcTable(result: FcResult): string {
  const { spec, plane, parameter, window, points, units, undecided, failed } = result;
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
        ...names.map((name) => [`tested ${name}`, range(window[name]!), units[name] ?? ""]),
        ...Object.entries(result.searched).map(([name, box]) => [
          `minima searched ${name}`,
          range(box),
          units[name] ?? "",
        ]),
      ],
      "<<<",
    ),
    `${points.length} points; ${thrown} toys at ${at} of them, seed ${spec.seed}`,
    intervals.length === 0
      ? ""
      : columns(
          [
            ["interval of", "level", "segments"],
            ...intervals.map((one) => [
              one.parameter,
              percent(one.cl),
              withUnit(union(one.segments), units[one.parameter]),
            ]),
          ],
          "<><",
        ),
    endTable(result),
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

function withUnit(text: string, unit: string | undefined): string {
  return unit === undefined ? text : `${text} ${unit}`;
}

/** Error of every end, and how far apart points were tested. */
function endTable({ intervals, points, units }: FcResult): string {
  const all = (intervals ?? []).flatMap(({ parameter, cl, segments, errors }) =>
    segments.flatMap((segment, k) =>
      segment.flatMap((end, side) => (end === null ? [] : [{ parameter, cl, end, error: errors[k]![side]! }])),
    ),
  );
  if (all.length === 0) return "";
  const step = Math.abs(points[1]!.at[0]! - points[0]!.at[0]!);
  const rows = all.map(({ parameter, cl, end, error }) => [
    parameter,
    percent(cl),
    withUnit(withError(end, error), units[parameter]),
    withUnit(significant(step, 2), units[parameter]),
  ]);
  return columns([["end of", "level", "at, error from the number of toys", "points every"], ...rows], "<><<");
}

/** Half of a Clopper-Pearson interval at this confidence is one standard deviation. */
const ONE_SIGMA = 0.6827;

function lineOfPoints({ parameter, points, units }: FcResult): string {
  const decimals = commonDecimals(points.map(({ at }) => at[0]!));
  const rows = points.map(({ at, t, p, toys, decided }) => [
    fixed(at[0]!, decimals),
    t === null ? "failed" : fixed(t, 3),
    p === null ? "failed" : pText(p, toys),
    String(toys),
    decided ? "" : "  undecided",
  ]);
  const unit = units[parameter!];
  return columns([[unit === undefined ? parameter! : `${parameter}, ${unit}`, "t", "p", "toys", ""], ...rows], ">>>><");
}

/** p with its binomial error; without toys, the probability of chi^2 or 1 at t = 0. */
function pText(p: number, toys: number): string {
  if (toys === 0) return p === 1 ? "1" : significant(p, 2);
  const [low, high] = clopperPearson(Math.round(p * toys), toys, ONE_SIGMA);
  const error = (high - low) / 2;
  return `${share(p, error)} ± ${share(error, error)}`;
}
