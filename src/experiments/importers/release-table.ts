/**
 * Tables of data releases: comment lines from `#` on, then numbers separated by commas or by blanks. Numbers stay text,
 * so that the digits of the release are kept.
 */
import type { Issue } from "../../errors.ts";
import { numberOf } from "../csv.ts";

/** More missing rows than this are one problem, not many. */
const MANY = 20;

/** Separator of tables whose numbers are separated by blanks. */
export const BLANKS = /\s+/;

/** One line of a release table. */
export interface ReleaseRow {
  /** Line in the file, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * Read the rows of a table.
 * @param text the file's text
 * @param file its name, for messages
 * @param width cells per row
 * @param issues receives an issue for each row of another length and each cell that is no finite number
 * @param separator what stands between cells, a comma unless told
 * @returns every row, broken ones included
 */
export function readReleaseTable(
  text: string,
  file: string,
  width: number,
  issues: Issue[],
  separator: string | RegExp = ",",
): ReleaseRow[] {
  const rows: ReleaseRow[] = [];
  text.split(/\r?\n/).forEach((content, i) => {
    if (content.trim() === "" || content.startsWith("#")) return;
    const cells = content
      .trim()
      .split(separator)
      .map((cell) => cell.trim());
    const path = `line ${i + 1}`;
    if (cells.length !== width) issues.push({ file, path, message: `${cells.length} numbers, expected ${width}` });
    else
      for (const cell of cells)
        if (Number.isNaN(numberOf(cell))) issues.push({ file, path, message: `"${cell}" is not a finite number` });
    rows.push({ line: i + 1, cells });
  });
  return rows;
}

/**
 * Put the rows of a binned table into the order of its bins.
 * @param rows as read, in any order
 * @param bins bin centres of each bin, in the order wanted
 * @param issues receives an issue for each bin without a row, with two, and each row that belongs to none
 * @returns one row per bin, undefined where it is missing
 */
export function arrangeByBin(
  rows: readonly ReleaseRow[],
  bins: readonly (readonly number[])[],
  file: string,
  issues: Issue[],
): (ReleaseRow | undefined)[] {
  const wanted = new Map(bins.map((centres) => [centres.join(", "), undefined as ReleaseRow | undefined]));
  for (const row of rows) {
    const key = row.cells
      .slice(0, bins[0]?.length ?? 0)
      .map(numberOf)
      .join(", ");
    const path = `line ${row.line}`;
    const earlier = wanted.get(key);
    if (!wanted.has(key)) issues.push({ file, path, message: `no bin has its centre at (${key})` });
    else if (earlier !== undefined)
      issues.push({ file, path, message: `second row for the bin at (${key}), the first is on line ${earlier.line}` });
    else wanted.set(key, row);
  }
  // A missing row is reported at the line where it should follow the bin before it.
  let line = (rows[0]?.line ?? 1) - 1;
  const missing = [...wanted].filter(([, row]) => row === undefined).map(([key]) => key);
  if (missing.length > MANY) {
    const message = `${missing.length} of ${wanted.size} rows are missing: the first for the bin at (${missing[0]}), the last at (${missing.at(-1)})`;
    issues.push({ file, path: `line ${(rows.at(-1)?.line ?? 0) + 1}`, message, hint: "is the file truncated?" });
    return [...wanted.values()];
  }
  return [...wanted].map(([key, row]) => {
    if (row === undefined) issues.push({ file, path: `line ${line + 1}`, message: `no row for the bin at (${key})` });
    else line = row.line;
    return row;
  });
}
