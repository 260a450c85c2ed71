/** Which rows of a table a part of a likelihood selects, and whether every bin and cell gets some. */
import { cellCount, cellOfRows } from "./cells.ts";
import {
  type Axes,
  type ConsistencyContext,
  columnOf,
  own,
  type Report,
  type TableUser,
} from "./consistency-context.ts";
import type { Table } from "./csv.ts";
import type { DataPath } from "./schema-walk.ts";

/** Every axis has a column of bin centres, in the axis's own unit. */
export function checkAxes(
  axes: Axes,
  user: TableUser,
  path: DataPath,
  context: ConsistencyContext,
  report: Report,
): void {
  for (const axis of axes) {
    const name = own(user.axes, axis.name);
    if (name === undefined) report([...path, "axes"], `axis "${axis.name}" has no column here`);
    else checkUnit(axis, user.table, name, [...path, "axes", axis.name], context, report);
  }
}

/** A column of bin centres is in the unit of the axis it stands for. */
export function checkUnit(
  axis: Axes[number],
  table: string,
  name: string,
  path: DataPath,
  context: ConsistencyContext,
  report: Report,
): void {
  const unit = columnOf(context.declarations, table, name)?.unit;
  if (unit !== undefined && unit !== axis.unit)
    report(path, `column "${name}" is in ${unit}, the axis in ${axis.unit}`);
}

/** The window leaves rows, and every bin of every axis gets some: an empty bin would be data without an error. */
export function checkSelection(axes: Axes, observed: TableUser, context: ConsistencyContext, report: Report): void {
  const table = context.tables.get(observed.table);
  const rows = table === undefined ? undefined : selectedRows(table, observed);
  if (table === undefined || rows === undefined) return;
  if (rows.length === 0) {
    report(["observed", "window"], "the window selects no row of the table");
    return;
  }
  let complete = true;
  axes.forEach((axis, i) => {
    const centres = own(table.columns, own(observed.axes, axis.name) ?? "");
    if (centres === undefined) return;
    axis.edges.slice(1).forEach((high, bin) => {
      const low = axis.edges[bin] as number;
      if (!(low < high) || rows.some((row) => inside(centres[row], low, high))) return;
      complete = false;
      report(["axes", i, "edges", bin], `no row of table "${observed.table}" lies in the bin [${low}, ${high})`);
    });
  });
  if (complete) checkCells(axes, observed, ["observed"], context, report);
}

/** Every cell of the axes has a row: a template or histogram with a hole is not the one that was declared. */
export function checkCells(
  axes: Axes,
  user: TableUser,
  path: DataPath,
  context: ConsistencyContext,
  report: Report,
): void {
  const table = context.tables.get(user.table);
  // No event in a cell is data; only binned tables say it by a row.
  if (table === undefined || own(context.declarations, user.table)?.events === true) return;
  const columns = axes.map((axis) => own(table.columns, own(user.axes, axis.name) ?? ""));
  if (windowsOf(table, user) === undefined || axes.length === 0 || columns.includes(undefined)) return;
  if (!axes.every(increases)) return;
  const cells = cellCount(axes);
  const filled = new Set(cellOfRows(table, axes, user.axes, user.window));
  filled.delete(-1);
  if (filled.size === cells) return;
  let first = 0;
  while (filled.has(first)) first++;
  const missing = cells - filled.size;
  report(
    [...path, "axes"],
    `${missing} of ${cells} cells ${missing === 1 ? "has" : "have"} no row in table "${user.table}": the first is ${describeCell(axes, first)}`,
  );
}

/** Rows inside the window; undefined where the window itself is broken. */
export function selectedRows(table: Table, user: TableUser): number[] | undefined {
  const windows = windowsOf(table, user);
  if (windows === undefined) return undefined;
  const rows: number[] = [];
  for (let row = 0; row < table.rows; row++)
    if (windows.every(({ values, low, high }) => inside(values[row], low, high))) rows.push(row);
  return rows;
}

/** Columns with the limits of the window; undefined where a column is missing or limits do not rise. */
function windowsOf(table: Table, { window = {} }: TableUser) {
  const windows = Object.entries(window).map(([name, [low, high]]) => ({
    values: own(table.columns, name),
    low,
    high,
  }));
  const whole = (one: (typeof windows)[number]): one is (typeof windows)[number] & { readonly values: Float64Array } =>
    one.values !== undefined && one.low < one.high;
  return windows.every(whole) ? windows : undefined;
}

function describeCell(axes: Axes, cell: number): string {
  let rest = cell;
  const words: string[] = [];
  for (const { name, edges } of [...axes].reverse()) {
    const bin = rest % (edges.length - 1);
    rest = Math.floor(rest / (edges.length - 1));
    words.unshift(`${name} [${edges[bin]}, ${edges[bin + 1]})`);
  }
  return words.join(", ");
}

function increases({ edges }: Axes[number]): boolean {
  return edges.every((edge, i) => i === 0 || edge > (edges[i - 1] as number));
}

function inside(value: number | undefined, low: number, high: number): boolean {
  return value !== undefined && value >= low && value < high;
}
