/** Text in aligned columns. */

/** `<` left, `>` right. */
type Alignment = "<" | ">";

/**
 * Align cells: two spaces between columns, no trailing blanks.
 * @param rows cells; the first row is a header like any other; shorter rows are filled up
 * @param alignment one sign per column, the last one repeated: `<>` is names left and all numbers right
 */
export function columns(rows: readonly (readonly string[])[], alignment = "<>", indent = ""): string {
  const width: number[] = [];
  for (const row of rows)
    row.forEach((cell, i) => {
      width[i] = Math.max(width[i] ?? 0, cell.length);
    });
  const signOf = (i: number): Alignment => (alignment[Math.min(i, alignment.length - 1)] ?? "<") as Alignment;
  const line = (row: readonly string[]): string =>
    row.map((cell, i) => (signOf(i) === "<" ? cell.padEnd(width[i]!) : cell.padStart(width[i]!))).join("  ");
  return rows.map((row) => `${indent}${line(row)}`.trimEnd()).join("\n");
}

/** Blocks of text with an empty line between them; empty blocks are left out. */
export function blocks(...texts: readonly string[]): string {
  return texts.filter((text) => text !== "").join("\n\n");
}

/** A titled list, one bullet per line; nothing for an empty list. */
export function notes(lines: readonly string[]): string {
  return lines.length === 0 ? "" : ["notes", ...lines.map((line) => `  - ${line}`)].join("\n");
}
