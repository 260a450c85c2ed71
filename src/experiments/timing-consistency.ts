/** Arrival times of signal and backgrounds: the last axis they need, its unit, and tables that reach all its bins. */
import { dimensionOf } from "../units.ts";
import { type Axes, type ConsistencyContext, own, type Report } from "./consistency-context.ts";
import type { CountsDeclaration } from "./likelihood-schema.ts";
import type { DataPath } from "./schema-walk.ts";
import { checkCells, checkUnit } from "./table-cells.ts";
import type { ShapeDeclaration, TimingDeclaration } from "./timing-schema.ts";

/** Bin centres are printed with few digits: their steps agree to this share of a step. */
const STEP_TOLERANCE = 1e-6;

/** The signal has a shape on every axis: response on the first, `conditional` on a middle one, `timing` on the last. */
export function checkSignalShape(
  { axes, conditional, timing }: CountsDeclaration,
  context: ConsistencyContext,
  report: Report,
): void {
  const window = timing?.type === "pulse" ? timing.window : undefined;
  const shapes = 1 + (conditional === undefined ? 0 : 1) + (timing === undefined || window !== undefined ? 0 : 1);
  if (axes.length !== shapes)
    report(
      ["axes"],
      `${axes.length} axes, but the signal has a shape on ${shapes}: the response gives the first, \`conditional\` a middle one, \`timing\` without a window the last`,
    );
  if (timing !== undefined) checkTiming(timing, axes, context, report);
}

function checkTiming(timing: TimingDeclaration, axes: Axes, context: ConsistencyContext, report: Report): void {
  if (timing.type === "table") {
    checkTable(timing, axes, ["timing"], context, report);
    checkRows(timing, axes, ["timing"], context, report);
  } else if (timing.window === undefined) checkIsTime(axes, ["timing"], report);
  else if (!(timing.window.low < timing.window.high))
    report(["timing", "window"], `the window selects nothing: ${timing.window.low} is not below ${timing.window.high}`);
}

/** Shape of a background on the last axis. */
export function checkShape(
  shape: ShapeDeclaration,
  axes: Axes,
  path: DataPath,
  context: ConsistencyContext,
  report: Report,
): void {
  if (axes.length < 2) report(path, "a shape on the last axis needs an axis before it");
  switch (shape.type) {
    case "table":
      checkTable(shape, axes, path, context, report);
      checkRows(shape, axes, path, context, report);
      return;
    case "histogram":
      checkTable(shape, axes, path, context, report);
      checkEvenSteps(shape, path, context, report);
      if (shape.efficiency !== undefined) checkIsTime(axes, path, report);
      return;
    case "decay":
      checkIsTime(axes, path, report);
  }
}

interface CentredTable {
  readonly table: string;
  readonly centre: string;
}

function checkTable(
  { table, centre }: CentredTable,
  axes: Axes,
  path: DataPath,
  context: ConsistencyContext,
  report: Report,
): void {
  const last = axes.at(-1);
  if (last !== undefined) checkUnit(last, table, centre, [...path, "centre"], context, report);
}

/** Rows are added up by their centres, so that every bin needs one. */
function checkRows(
  { table, centre }: CentredTable,
  axes: Axes,
  path: DataPath,
  context: ConsistencyContext,
  report: Report,
): void {
  const last = axes.slice(-1);
  checkCells(last, { table, axes: Object.fromEntries(last.map(({ name }) => [name, centre])) }, path, context, (_, m) =>
    report([...path, "centre"], m),
  );
}

function checkEvenSteps(
  { table, centre }: CentredTable,
  path: DataPath,
  context: ConsistencyContext,
  report: Report,
): void {
  const centres = own(context.tables.get(table)?.columns ?? {}, centre);
  if (centres === undefined) return;
  if (centres.length < 2) {
    report([...path, "centre"], "one row gives no bin width");
    return;
  }
  const step = ((centres.at(-1) as number) - (centres[0] as number)) / (centres.length - 1);
  const odd = centres.findIndex(
    (value, i) => i > 0 && !(Math.abs(value - (centres[i - 1] as number) - step) <= STEP_TOLERANCE * Math.abs(step)),
  );
  if (odd > 0 || !(step > 0))
    report(
      [...path, "centre"],
      `bin centres of a histogram must rise in even steps: line ${Math.max(odd, 1) + 2} of table "${table}" does not`,
    );
}

function checkIsTime(axes: Axes, path: DataPath, report: Report): void {
  const last = axes.at(-1);
  if (last !== undefined && dimensionOf(last.unit) !== undefined && dimensionOf(last.unit) !== "time")
    report(path, `the last axis must be time; "${last.name}" is in ${last.unit}`);
}
