import type { FitResult, Impact } from "../../analysis/results.ts";
import { blocks, columns, notes } from "../columns.ts";
import { heading, pullTable } from "../heading.ts";
import { commonDecimals, fixed, percent, significant, union, withError } from "../numbers.ts";

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
    best === undefined ? "" : pullTable(best.pulls, result.units, "pulls at the best minimum"),
    intervalTable(result.intervals),
    significanceTable(result.significances),
    impactTable(result),
    clippedText(result.clipped),
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

function significanceTable(significances: FitResult["significances"]): string {
  if (significances.length === 0) return "";
  const rows = significances.map((one) => [
    one.parameter,
    fixed(one.chi2AtZero, 3),
    `${fixed(one.significance, 2)} sigma`,
  ]);
  return columns([["significance of", "chi2 at 0", "sqrt(Delta chi2)"], ...rows], "<>");
}

/** Shifts with as many digits as the largest of a column needs. */
function impactTable({ impacts, spec }: FitResult): string {
  if (impacts === null) return "";
  if (impacts.length === 0) return "impacts: no nuisance acts in this fit";
  const shiftOf = (impact: Impact, parameter: string): Impact["shifts"][number] | undefined =>
    impact.shifts.find((one) => one.parameter === parameter);
  const shown = spec.free.filter((name) => impacts.some((one) => shiftOf(one, name) !== undefined));
  const decimals = shown.map((name) =>
    commonDecimals(
      impacts.flatMap((one) => [shiftOf(one, name)?.up ?? 0, shiftOf(one, name)?.down ?? 0]),
      3,
    ),
  );
  const rows = impacts.map((one) => [
    one.nuisance,
    withError(one.fitted.value, one.fitted.sigma),
    one.constraint === null ? "none" : withError(one.constraint.value, one.constraint.sigma),
    ...shown.flatMap((name, i) => {
      const shift = shiftOf(one, name);
      return [signed(shift?.up ?? null, decimals[i]!), signed(shift?.down ?? null, decimals[i]!)];
    }),
  ]);
  const header = ["nuisance", "fitted", "constraint", ...shown.flatMap((name) => [`${name} +sigma`, "-sigma"])];
  return `impacts: shift of the free parameters with a nuisance fixed one standard deviation off its best value\n${columns(
    [header, ...rows],
    "<>",
    "  ",
  )}`;
}

function signed(value: number | null, decimals: number): string {
  if (value === null) return "failed";
  const text = fixed(value, decimals);
  return Number(text) > 0 ? `+${text}` : text;
}

function clippedText(cells: number): string {
  if (cells === 0) return "";
  return `${cells} ${cells === 1 ? "row" : "rows"} of a component moved below zero by shape pulls, and ${cells === 1 ? "counts" : "count"} as 0`;
}

function vector(direction: Readonly<Record<string, number>>): string {
  return `(${Object.entries(direction)
    .map(([name, value]) => `${name}: ${fixed(value, 4)}`)
    .join(", ")})`;
}
