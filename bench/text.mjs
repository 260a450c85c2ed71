// Results as text: for a terminal, and as Markdown.

const UNITS = [
  { unit: "ms", from: 1000, by: 1e-3, as: "s" },
  { unit: "/s", from: 1e6, by: 1e-6, as: " million/s" },
];

function short(number) {
  const size = Math.abs(number);
  if (size >= 1000) return number.toFixed(0).replace(/\B(?=(\d{3})+$)/g, " ");
  return String(Number(number.toPrecision(3)));
}

/** A number with its unit, e.g. `1.2 s`, `230 million points/s`. */
export function quantity(value, unit = "") {
  if (value === undefined || value === null) return "";
  for (const one of UNITS) {
    if (!unit.endsWith(one.unit) || Math.abs(value) < one.from) continue;
    if (one.unit === "ms") return `${short(value * one.by)} ${one.as}`;
    return `${short(value * one.by)} million ${unit}`;
  }
  return `${short(value)}${unit === "" ? "" : ` ${unit}`}`;
}

function goalText({ goal, unit }) {
  if (goal === undefined) return "";
  const [sign, number] = goal.most === undefined ? [">=", goal.least] : ["<=", goal.most];
  return `${sign} ${goal.of === "ratio" ? short(number) : quantity(number, unit)}`;
}

const COLUMNS = ["", "value", "ratio", "goal", ""];

function cellsOf(row) {
  const ratio = row.ratio === undefined ? "" : `${short(row.ratio)}${row.to === undefined ? "" : ` x ${row.to}`}`;
  const met = row.reached === undefined ? "" : row.reached ? "reached" : "NOT reached";
  return [row.name, quantity(row.value, row.unit), ratio, goalText(row), met];
}

/** Columns that no row fills are left out. */
function filled(columns, rows) {
  const kept = columns.map((_, c) => c).filter((c) => rows.some((row) => row[c] !== ""));
  return { columns: kept.map((c) => columns[c]), rows: rows.map((row) => kept.map((c) => row[c])) };
}

/** Blocks of an item: its rows, then its tables of growth, each as columns and rows of text. */
function blocksOf({ rows, tables = [] }) {
  const growth = tables.map(({ name, columns, rows: lines, slopes }) => ({
    name,
    columns,
    rows: [
      ...lines.map((line) => line.map((cell) => (typeof cell === "number" ? short(cell) : cell))),
      ...(slopes === undefined
        ? []
        : [["log-log slope", ...slopes.map((slope) => (slope === null ? "" : slope.toFixed(2)))]]),
    ],
  }));
  return [...(rows.length === 0 ? [] : [filled(COLUMNS, rows.map(cellsOf))]), ...growth];
}

/** An item for a terminal. */
export function textOf(item) {
  const lines = [item.title, ...(item.note === undefined ? [] : [`  ${item.note}`])];
  for (const { name, columns, rows } of blocksOf(item)) {
    if (name !== undefined) lines.push("", `  ${name}`);
    const widths = columns.map((column, c) => Math.max(column.length, ...rows.map((row) => row[c].length)));
    const line = (row) =>
      `  ${row.map((cell, c) => (c === 0 ? cell.padEnd(widths[c]) : cell.padStart(widths[c]))).join("  ")}`.trimEnd();
    if (columns.some((column) => column !== "")) lines.push(line(columns));
    lines.push(...rows.map(line));
  }
  for (const skipped of item.skipped ?? []) lines.push(`  skipped: ${skipped}`);
  return `${lines.join("\n")}\n`;
}

/** An item as Markdown. */
export function markdownOf(item) {
  const lines = [`### ${item.title}`, ...(item.note === undefined ? [] : ["", item.note])];
  for (const { name, columns, rows } of blocksOf(item)) {
    lines.push("", ...(name === undefined ? [] : [`${name}:`, ""]));
    const line = (row) => `| ${row.join(" | ")} |`;
    lines.push(line(columns), line(columns.map((_, c) => (c === 0 ? "---" : "---:"))), ...rows.map(line));
  }
  for (const skipped of item.skipped ?? []) lines.push("", `Skipped: ${skipped}.`);
  return `${lines.join("\n")}\n`;
}
