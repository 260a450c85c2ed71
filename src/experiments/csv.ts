/**
 * CSV tables of an experiment: RFC 4180 without quoting, one header row `name [unit]`, then numbers.
 */
import type { Issue } from "../errors.ts";
import type { TableDeclaration } from "./table-schema.ts";

/** Columns of numbers in the units of the file. */
export interface Table {
  readonly columns: Readonly<Record<string, Float64Array>>;
  readonly rows: number;
}

/** A plain decimal number: no hexadecimal, no NaN, no blanks inside. */
const numberPattern = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/**
 * A number as files write it; NaN where the text is no finite decimal number.
 * @example numberOf("1.5e-3") === 0.0015
 */
export function numberOf(text: string): number {
  const value = numberPattern.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : Number.NaN;
}

/**
 * Parse a CSV table against its declaration. Both line ends and a missing last one are accepted.
 * @param text the file's text
 * @param declaration columns in order, and the number of rows
 * @param file name for messages
 * @returns the table, absent when there are issues; an issue for every wrong header cell, row length and number
 */
export function parseCsv(
  text: string,
  declaration: Pick<TableDeclaration, "columns" | "rows">,
  file: string,
): { readonly table?: Table; readonly issues: readonly Issue[] } {
  const issues: Issue[] = [];
  const report = (line: number, message: string, hint?: string): void => {
    issues.push({ file, path: `line ${line}`, message, ...(hint !== undefined && { hint }) });
  };
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  if (lines.length === 0) return { issues: [{ file, message: "the file is empty" }] };

  const header = splitRow(lines[0] as string);
  const expected = declaration.columns.map(headerCell);
  if (header.length !== expected.length)
    report(
      1,
      `${count(header.length, "column")}, but ${expected.length} are declared`,
      `expected: ${expected.join(",")}`,
    );
  else
    expected.forEach((cell, i) => {
      if (header[i] !== cell) report(1, `column ${i + 1} is "${header[i]}", declared is "${cell}"`);
    });

  const rows = lines.length - 1;
  const values = declaration.columns.map(() => new Float64Array(rows));
  for (let row = 0; row < rows; row++) {
    const cells = (lines[row + 1] as string).split(",");
    // Counted against the file's own header: a header that is wrong is one mistake, not one per line.
    if (cells.length !== header.length) {
      report(
        row + 2,
        lines[row + 1] === "" ? "empty line" : `${count(cells.length, "cell")}, expected ${header.length}`,
      );
      continue;
    }
    for (let i = 0; i < cells.length; i++) {
      const cell = (cells[i] as string).trim();
      const value = numberOf(cell);
      if (cell === "") report(row + 2, `no number in column "${header[i]}"`);
      else if (Number.isNaN(value)) report(row + 2, `"${cell}" in column "${header[i]}" is not a finite number`);
      else if (i < values.length) (values[i] as Float64Array)[row] = value;
    }
  }
  if (rows !== declaration.rows)
    issues.push({
      file,
      message: `${count(rows, "row")}, but ${declaration.rows} are declared`,
      hint: "is it truncated?",
    });
  if (issues.length > 0) return { issues };
  const columns = Object.fromEntries(declaration.columns.map(({ name }, i) => [name, values[i] as Float64Array]));
  return { table: { columns, rows }, issues };
}

/**
 * Write a CSV table: header `name [unit]`, rows, LF.
 * @param columns in order
 * @param rows cells as text (kept digit by digit) or finite numbers (shortest text that reads back the same)
 * @example formatCsv([{ name: "pe", unit: "PE" }], [["0.50"]]) === "pe [PE]\n0.50\n"
 */
export function formatCsv(
  columns: readonly { readonly name: string; readonly unit: string }[],
  rows: readonly (readonly (string | number)[])[],
): string {
  return `${[columns.map(headerCell).join(","), ...rows.map((cells) => cells.join(","))].join("\n")}\n`;
}

function headerCell(column: { readonly name: string; readonly unit: string }): string {
  return `${column.name} [${column.unit}]`;
}

function splitRow(line: string): string[] {
  return line.split(",").map((cell) => cell.trim());
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
