/** What the checks of a likelihood against its tables share: the context, reports, and look-ups that may lead nowhere. */
import type { Table } from "./csv.ts";
import type { CountsDeclaration } from "./likelihood-schema.ts";
import type { ExperimentFile } from "./schema.ts";
import type { DataPath } from "./schema-walk.ts";
import type { ColumnDeclaration } from "./table-schema.ts";

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

/** Adds an issue at a path inside the likelihood. */
export type Report = (path: DataPath, message: string) => void;

export type Axes = CountsDeclaration["axes"];

/** A part of a likelihood that reads rows of a table. */
export interface TableUser {
  readonly table: string;
  /** Axis of the likelihood to column of bin centres. */
  readonly axes: Readonly<Record<string, string>>;
  readonly window?: Readonly<Record<string, readonly [number, number]>>;
}

/** Declaration of a column, undefined where the table or the column does not exist. */
export function columnOf(
  declarations: ExperimentFile["tables"],
  table: string,
  column: string,
): ColumnDeclaration | undefined {
  return own(declarations, table)?.columns.find(({ name }) => name === column);
}

/** Entry of a record under a key of its own; never a property that all objects have. */
export function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
