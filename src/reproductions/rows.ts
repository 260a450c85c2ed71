/** Outcomes as rows for people: the ends of one interval on one line, everything else a line each. */

import { type CaseOutcome, type CaseStatus, format, toleranceText } from "./run.ts";

export interface Row {
  readonly id: string;
  readonly claim: string;
  readonly published: string;
  readonly ours: string;
  /** With the inputs of the offset moved; empty where it does not apply. */
  readonly shifted: string;
  readonly status: CaseStatus;
  readonly tolerance: string;
  readonly note: string;
  /** How the published value was read, or what ours is held against. */
  readonly read: string;
}

const severity: readonly CaseStatus[] = ["missed", "offset", "not-comparable", "met"];

/** Rows of one group of cases (a table or a figure), in the order of the cases. */
export function rowsOf(outcomes: readonly CaseOutcome[], group: string): readonly Row[] {
  const rows: Row[] = [];
  const intervals = new Map<string, CaseOutcome[]>();
  for (const one of outcomes.filter((outcome) => outcome.case.group === group)) {
    const { measure } = one.case;
    if (measure.kind !== "interval-end") {
      rows.push(rowOf(one));
      continue;
    }
    const key = JSON.stringify([measure.free, measure.parameter, measure.cl]);
    const known = intervals.get(key);
    if (known === undefined) {
      intervals.set(key, [one]);
      rows.push({ ...rowOf(one), id: key });
    } else known.push(one);
  }
  return rows.map((row) => {
    const ends = intervals.get(row.id);
    return ends === undefined ? row : intervalRow(ends);
  });
}

function rowOf({ case: one, ours, shifted, status, note }: CaseOutcome): Row {
  return {
    id: one.id,
    claim: one.claim,
    published: format(one.published),
    ours: format(ours),
    shifted: shifted === null ? "" : format(shifted),
    status,
    tolerance: toleranceText(one) ?? "",
    note,
    read: one.read,
  };
}

function intervalRow(ends: readonly CaseOutcome[]): Row {
  const first = ends[0]!;
  const statuses = ends.map((one) => one.status);
  return {
    ...rowOf(first),
    id: first.case.id.replace(/\.\d+\.(low|high)$/, ""),
    claim: first.case.claim.replace(/, segment \d+, (low|high) end$/, ""),
    published: union(ends.map((one) => one.case.published)),
    ours: union(ends.map((one) => one.ours)),
    shifted: ends.some((one) => one.shifted === null) ? "" : union(ends.map((one) => one.shifted)),
    status: severity.find((status) => statuses.includes(status)) ?? "met",
    note: first.case.note,
  };
}

/** `[a, b] U [c, d]` from low, high, low, high, ... */
function union(ends: readonly (number | string | null)[]): string {
  const segments: string[] = [];
  for (let k = 0; k + 1 < ends.length; k += 2) segments.push(`[${format(ends[k]!)}, ${format(ends[k + 1]!)}]`);
  return segments.join(" ∪ ");
}

/** Groups in the order in which they first appear, with a title. */
export function groupsOf(outcomes: readonly CaseOutcome[]): readonly { readonly id: string; readonly title: string }[] {
  return [...new Set(outcomes.map((one) => one.case.group))].map((id) => ({
    id,
    title: id.replace(/^([a-z])/, (letter) => letter.toUpperCase()).replace("-", " "),
  }));
}

/** What the rows of a group are held against and how closely, each said once, with the number that rows refer to. */
export function standards(rows: readonly Row[]): {
  readonly texts: readonly string[];
  readonly marks: ReadonlyMap<Row, number>;
} {
  const textOf = (row: Row): string => (row.tolerance === "" ? row.read : `${row.read}; ${row.tolerance}`);
  const texts = [...new Set(rows.map(textOf))];
  return { texts, marks: new Map(rows.map((row) => [row, texts.indexOf(textOf(row)) + 1])) };
}

/** How many cases have each status, what the paper prints and what only an independent script says counted apart. */
export function summary(outcomes: readonly CaseOutcome[]): string {
  const count = (list: readonly CaseOutcome[], status: CaseStatus): number =>
    list.filter((one) => one.status === status).length;
  const printed = outcomes.filter((one) => one.case.published !== null);
  const checks = outcomes.filter((one) => one.case.published === null);
  const statuses = (list: readonly CaseOutcome[], which: readonly CaseStatus[]): string =>
    which.map((status) => `${count(list, status)} ${status.replace("-", " ")}`).join(", ");
  return (
    `${printed.length} claims of the paper: ${statuses(printed, ["met", "offset", "missed", "not-comparable"])}; ` +
    `${checks.length} checks of our own against independent scripts: ${statuses(checks, ["met", "missed"])}`
  );
}
