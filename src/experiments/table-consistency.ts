/**
 * What a table must hold, whoever reads it: the sums it declares, no negative numbers where a likelihood takes counts,
 * shares or rates, and no two rows at the same place.
 */
import type { Issue } from "../errors.ts";
import { type ConsistencyContext, own } from "./consistency-context.ts";
import { isObject } from "./schema-walk.ts";

/** Rounding of sums of many released numbers is far below this, a lost or changed number far above. */
const SUM_TOLERANCE = 1e-6;

/** Columns of a table as the likelihoods take them: where a row is, and what it holds. */
interface TableUse {
  readonly places: Set<string>;
  readonly values: Set<string>;
}

/**
 * Check every table that is readable.
 * @param likelihoods contents of the file's `likelihoods`, of whatever shape
 * @returns an issue for each sum that is not the declared one, each negative value and each row at an earlier one's place
 */
export function checkTables(likelihoods: unknown, context: Omit<ConsistencyContext, "inputs">): Issue[] {
  const issues: Issue[] = [];
  for (const name of context.tables.keys()) checkSums(name, context, issues);
  const uses = new Map<string, TableUse>();
  collectUses(likelihoods, uses);
  for (const [name, use] of uses) {
    for (const column of use.values) checkNotNegative(name, column, context, issues);
    checkDistinctRows(name, use, context, issues);
  }
  return issues;
}

type Context = Omit<ConsistencyContext, "inputs">;

function checkSums(name: string, context: Context, issues: Issue[]): void {
  const declaration = own(context.declarations, name);
  const columns = context.tables.get(name)?.columns;
  if (declaration === undefined || columns === undefined) return;
  for (const column of declaration.columns) {
    const values = own(columns, column.name);
    if (column.sum === undefined || values === undefined) continue;
    const sum = values.reduce((total, value) => total + value, 0);
    if (!(Math.abs(sum - column.sum) <= SUM_TOLERANCE * Math.abs(column.sum)))
      issues.push({
        file: context.nameOf(declaration.file),
        path: `column "${column.name}"`,
        message: `sums to ${Number(sum.toPrecision(10))}, but ${column.sum} is declared`,
        hint: "was a row or a number changed?",
      });
  }
}

/** Everything in the likelihoods that names a table, with the columns it names. */
function collectUses(value: unknown, uses: Map<string, TableUse>): void {
  if (Array.isArray(value)) for (const item of value) collectUses(item, uses);
  if (!isObject(value)) return;
  for (const item of Object.values(value)) collectUses(item, uses);
  const { table } = value;
  if (typeof table !== "string") return;
  const use = uses.get(table) ?? { places: new Set(), values: new Set() };
  uses.set(table, use);
  const window = isObject(value["window"]) ? Object.keys(value["window"]) : [];
  for (const name of [...namesIn(value["centre"]), ...namesIn(value["axes"]), ...window]) use.places.add(name);
  for (const field of ["column", "columns", "add", "subtract", "nominal", "plus", "minus"])
    for (const name of namesIn(value[field])) use.values.add(name);
}

function namesIn(value: unknown): string[] {
  const list =
    typeof value === "string" ? [value] : Object.values(isObject(value) || Array.isArray(value) ? value : {});
  return list.filter((item) => typeof item === "string");
}

function checkNotNegative(tableName: string, column: string, context: Context, issues: Issue[]): void {
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

/** No two rows at the same place: one of them would be counted where another is missing. Events may coincide. */
function checkDistinctRows(tableName: string, use: TableUse, context: Context, issues: Issue[]): void {
  const table = context.tables.get(tableName);
  const declaration = own(context.declarations, tableName);
  if (table === undefined || declaration === undefined || declaration.events === true) return;
  // A column with a unit that nobody takes for a value (a second coordinate, say) tells rows apart too.
  const places = declaration.columns.filter(
    ({ name, unit }) => use.places.has(name) || (unit !== "1" && !use.values.has(name)),
  );
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
