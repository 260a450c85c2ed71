/**
 * What a likelihood and its tables must agree on beyond names: units of axes, rows in every bin, counts that are not
 * negative, and a background that comes out as a number of events.
 */
import type { Issue } from "../errors.ts";
import { dimensionOf } from "../units.ts";
import type { Table } from "./csv.ts";
import type { ExperimentFile, LikelihoodDeclaration, TableDeclaration } from "./schema.ts";
import { type DataPath, formatPath } from "./schema-walk.ts";

/** What one likelihood is checked against; a table is absent when its CSV is not readable. */
export interface ConsistencyContext {
  readonly inputs: ExperimentFile["inputs"];
  readonly declarations: ExperimentFile["tables"];
  readonly tables: ReadonlyMap<string, Table>;
  /** Name of `experiment.json` for messages. */
  readonly file: string;
  /** Name of a CSV file for messages. */
  readonly nameOf: (csv: string) => string;
}

/**
 * Check one likelihood. Parts whose names lead nowhere are passed over: `checkReferences` reports those.
 * @param likelihood of the right shape; values may be out of range
 * @param at its path in the file
 */
export function checkConsistency(
  likelihood: LikelihoodDeclaration,
  at: DataPath,
  context: ConsistencyContext,
): Issue[] {
  const { observed, backgrounds, axes } = likelihood;
  const issues = checkFractions(likelihood, at, context.file);
  const report = (path: DataPath, message: string): void => {
    issues.push({ file: context.file, path: formatPath([...at, ...path]), message });
  };

  checkAxes(axes, observed, ["observed"], context, report);
  checkSelection(likelihood, context, report);
  for (const column of [...observed.add, ...observed.subtract])
    checkNotNegative(observed.table, column, context, issues);
  checkDistinctRows(observed.table, [...observed.add, ...observed.subtract], context, issues);

  backgrounds.forEach((background, i) => {
    const path = ["backgrounds", i];
    checkAxes(background.timing === undefined ? axes : axes.slice(0, -1), background, path, context, report);
    checkNotNegative(background.table, background.column, context, issues);
    if (background.table !== observed.table) checkDistinctRows(background.table, [background.column], context, issues);
    const unit = columnOf(context.declarations, background.table, background.column)?.unit;
    if (unit === undefined) return;
    const units = [unit, ...background.scale.map((name) => own(context.inputs, name)?.unit ?? "")];
    if (units.every((each) => dimensionOf(each) !== undefined) && !isNumberOfEvents(units))
      report([...path, "scale"], `column times scale must be a number of events; the units are ${units.join(" x ")}`);
  });
  return issues;
}

type Report = (path: DataPath, message: string) => void;
type Axes = LikelihoodDeclaration["axes"];

/** Every axis has a column of bin centres, in the axis's own unit. */
function checkAxes(
  axes: Axes,
  user: { readonly table: string; readonly axes: Readonly<Record<string, string>> },
  path: DataPath,
  context: ConsistencyContext,
  report: Report,
): void {
  for (const axis of axes) {
    const name = own(user.axes, axis.name);
    if (name === undefined) {
      report([...path, "axes"], `axis "${axis.name}" has no column here`);
      continue;
    }
    const column = columnOf(context.declarations, user.table, name);
    if (column !== undefined && column.unit !== axis.unit)
      report([...path, "axes", axis.name], `column "${name}" is in ${column.unit}, the axis in ${axis.unit}`);
  }
}

/** The window leaves rows, and every bin of every axis gets some: an empty bin would be data without an error. */
function checkSelection({ axes, observed }: LikelihoodDeclaration, context: ConsistencyContext, report: Report): void {
  const table = context.tables.get(observed.table);
  if (table === undefined) return;
  const rows: number[] = [];
  const windows = Object.entries(observed.window ?? {});
  if (windows.some(([name, [low, high]]) => !(low < high) || own(table.columns, name) === undefined)) return;
  for (let row = 0; row < table.rows; row++)
    if (windows.every(([name, [low, high]]) => inside(own(table.columns, name)?.[row], low, high))) rows.push(row);
  if (rows.length === 0) {
    report(["observed", "window"], "the window selects no row of the table");
    return;
  }
  axes.forEach((axis, i) => {
    const centres = own(table.columns, own(observed.axes, axis.name) ?? "");
    if (centres === undefined) return;
    axis.edges.slice(1).forEach((high, bin) => {
      const low = axis.edges[bin] as number;
      if (low < high && !rows.some((row) => inside(centres[row], low, high)))
        report(["axes", i, "edges", bin], `no row of table "${observed.table}" lies in the bin [${low}, ${high})`);
    });
  });
}

function checkNotNegative(tableName: string, column: string, context: ConsistencyContext, issues: Issue[]): void {
  const values = own(context.tables.get(tableName)?.columns ?? {}, column);
  const csv = own(context.declarations, tableName)?.file;
  if (values === undefined || csv === undefined) return;
  values.forEach((value, row) => {
    if (value < 0)
      issues.push({
        file: context.nameOf(csv),
        path: `line ${row + 2}`,
        message: `column "${column}" must not be negative: ${value}`,
      });
  });
}

/** No two rows at the same place: one of them would be counted where another is missing. Places have a unit. */
function checkDistinctRows(
  tableName: string,
  values: readonly string[],
  context: ConsistencyContext,
  issues: Issue[],
): void {
  const table = context.tables.get(tableName);
  const declaration = own(context.declarations, tableName);
  if (table === undefined || declaration === undefined) return;
  const places = declaration.columns.filter(({ name, unit }) => unit !== "1" && !values.includes(name));
  if (places.length === 0) return;
  const first = new Map<string, number>();
  for (let row = 0; row < table.rows; row++) {
    const key = places.map(({ name }) => own(table.columns, name)?.[row]).join(" ");
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, row);
    else {
      const message = `the same ${places.map(({ name }) => name).join(" and ")} as line ${earlier + 2}`;
      issues.push({ file: context.nameOf(declaration.file), path: `line ${row + 2}`, message });
    }
  }
}

function checkFractions({ target }: LikelihoodDeclaration, at: DataPath, file: string): Issue[] {
  if (target.fractions === undefined) return [];
  const elements = [...new Set(target.composition.match(/[A-Z][a-z]?/g) ?? [])];
  const given = Object.keys(target.fractions);
  const path = [...at, "target", "fractions"];
  const missing = elements.filter((element) => !given.includes(element));
  const strange = given.filter((element) => !elements.includes(element));
  return [
    ...missing.map((element) => ({ file, path: formatPath(path), message: `no fraction for ${element}` })),
    ...strange.map((element) => ({
      file,
      path: formatPath([...path, element]),
      message: `${target.composition} has no element ${element}`,
    })),
  ];
}

/** Whether the product of units has no dimension: each inverse dimension meets its own. */
function isNumberOfEvents(units: readonly string[]): boolean {
  const powers = new Map<string, number>();
  for (const unit of units) {
    const dimension = dimensionOf(unit) ?? "";
    if (dimension === "number") continue;
    const base = dimension.replace(/^inverse /, "");
    powers.set(base, (powers.get(base) ?? 0) + (base === dimension ? 1 : -1));
  }
  return [...powers.values()].every((power) => power === 0);
}

function columnOf(declarations: ConsistencyContext["declarations"], table: string, column: string) {
  const declaration: TableDeclaration | undefined = own(declarations, table);
  return declaration?.columns.find(({ name }) => name === column);
}

function inside(value: number | undefined, low: number, high: number): boolean {
  return value !== undefined && value >= low && value < high;
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
