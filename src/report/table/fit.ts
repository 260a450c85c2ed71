import type { FitResult } from "../../analysis/results.ts";
import { blocks, columns, notes } from "../columns.ts";
import { heading, pullTable } from "../heading.ts";
import { fixed, percent, significant, union, withError } from "../numbers.ts";

/** Every minimum beside the standard model, then intervals as unions of segments. */
export function fitTable(result: FitResult): string {
  const { spec, minima } = result;
  const best = minima[0];
  return blocks(
    heading(`fit of ${spec.free.join(", ")}`, spec),
    minimaTable(result),
    ...minima.flatMap((one, i) =>
      one.direction === null ? [] : [`minimum ${i + 1} is flat: chi2 does not change along ${vector(one.direction)}`],
    ),
    best === undefined ? "" : componentTable(best.components),
    best === undefined ? "" : pullTable(best.pulls, "pulls at the best minimum"),
    intervalTable(result.intervals),
    notes(result.notes),
  );
}

function minimaTable({ minima, sm, spec, dof }: FitResult): string {
  const lowest = minima[0]?.chi2 ?? Number.NaN;
  const rows = minima.map((one, i) => [
    String(i + 1),
    ...spec.free.map((name) => withError(one.parameters[name]!, one.uncertainties[name] ?? null)),
    fixed(one.chi2, 3),
    fixed(one.chi2 - lowest, 3),
    one.status,
  ]);
  const standardModel = ["SM", ...spec.free.map(() => ""), fixed(sm.chi2, 3), fixed(sm.chi2 - lowest, 3), ""];
  const header = ["minimum", ...spec.free, "chi2", "Delta chi2", "  status"];
  const table = columns(
    [header, ...rows.map((row) => [...row.slice(0, -1), `  ${row.at(-1)}`]), standardModel],
    `<${">".repeat(spec.free.length + 2)}<`,
  );
  return `${table}\ndegrees of freedom of the fit: ${dof}`;
}

function componentTable(components: Readonly<Record<string, number>>): string {
  const rows = Object.entries(components).map(([name, count]) => [name, fixed(count, 2)]);
  return `events at the best minimum\n${columns(rows, "<>", "  ")}`;
}

function intervalTable(intervals: FitResult["intervals"]): string {
  if (intervals.length === 0) return "";
  const rows = intervals.map((one) => [
    one.parameter,
    percent(one.cl),
    significant(one.deltaChi2, 3),
    String(one.dof),
    union(one.segments),
  ]);
  const text = columns([["interval of", "level", "Delta chi2", "dof", "segments"], ...rows], "<>>><");
  const open = intervals.some((one) => one.segments.some((segment) => segment.includes(null)));
  return open ? `${text}\nopen: not closed inside the search range (--range name=lo:hi widens it)` : text;
}

function vector(direction: Readonly<Record<string, number>>): string {
  return `(${Object.entries(direction)
    .map(([name, value]) => `${name}: ${fixed(value, 4)}`)
    .join(", ")})`;
}
