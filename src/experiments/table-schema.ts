/**
 * Declaration of a CSV table in the experiment format: the file, its columns in order, and how many rows it has.
 */
import { z } from "zod";
import { listUniqueBy, nameSchema, sourceReference, textSchema, unitSchema } from "./schema-parts.ts";

const columnSchema = z.strictObject({
  name: nameSchema.describe("Column name; the CSV header says `name [unit]`"),
  unit: unitSchema,
  description: textSchema.describe("What one cell is; for a bin centre, of which bins"),
  sum: z.exactOptional(z.number()).describe("Sum of the column, checked to one part in a million"),
});

export const tableSchema = z
  .strictObject({
    file: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*\.csv$/, "must be the name of a .csv file in the same folder")
      .describe("CSV file in the experiment's folder"),
    rows: z.int().positive().describe("Number of rows below the header"),
    events: z
      .exactOptional(z.boolean())
      .describe("Whether every row is an event: rows may then stand at the same place"),
    source: sourceReference,
    description: textSchema.describe("What the table holds"),
    columns: listUniqueBy("name", columnSchema).min(1).describe("Columns in the order of the file"),
  })
  .describe("A table of numbers kept as CSV next to this file");

/** Declaration of one column. */
export type ColumnDeclaration = z.infer<typeof columnSchema>;
/** Declaration of one table. */
export type TableDeclaration = z.infer<typeof tableSchema>;
