/** Outcomes as rows for people: the ends of one interval on one line, everything else a line each. */

import type { Reproduction } from "./format.ts";
import type { Measure } from "./measure-schema.ts";
import { type CaseOutcome, type CaseStatus, format, toleranceText } from "./run.ts";

/** A judgement and what it is held against. */
export interface Verdict {
  readonly status: CaseStatus;
  /** How the value it is held against was read, and the tolerance. */
  readonly standard: string;
}

export interface Row {
  readonly id: string;
  readonly claim: string;
  readonly published: string;
  /** From an independent script, where ours is held against one; else empty. */
  readonly independent: string;
  readonly ours: string;
  /** With the inputs of the offset moved; empty where it does not apply. */
  readonly shifted: string;
  /** One per case that the row stands for. */
  readonly verdicts: readonly Verdict[];
  readonly note: string;
}

const severity: readonly CaseStatus[] = ["missed", "offset", "not-comparable", "met"];

/** The worst status of a row. */
export function statusOf({ verdicts }: Pick<Row, "verdicts">): CaseStatus {
  return severity.find((status) => verdicts.some((one) => one.status === status)) ?? "met";
}

/**
 * Rows of one group of cases (a table or a figure), in the order of the cases: the ends of an interval share one, and so
 * do cases that hold the same measure against the paper and against a script.
 */
export function rowsOf(outcomes: readonly CaseOutcome[], group: string): readonly Row[] {
  const shared = new Map<string, CaseOutcome[]>();
  for (const one of outcomes.filter((outcome) => outcome.case.group === group)) {
    const key = rowKey(one);
    shared.set(key, [...(shared.get(key) ?? []), one]);
  }
  return [...shared.values()].map((cases) => (isEnd(cases[0]!.case.measure) ? intervalRow(cases) : rowOf(cases)));
}

type End = Extract<Measure, { readonly end: unknown }>;

function isEnd(measure: Measure): measure is End {
  return measure.kind === "interval-end" || measure.kind === "feldman-cousins-end";
}

function rowKey({ case: { measure, published } }: CaseOutcome): string {
  if (!isEnd(measure)) return JSON.stringify(measure);
  const { segment: _, end: __, ...interval } = measure;
  return JSON.stringify([interval, published === null]);
}

function rowOf(cases: readonly CaseOutcome[]): Row {
  const first = cases[0]!;
  const { case: one, ours, shifted } = first;
  const printed = cases.find((other) => other.case.published !== null) ?? first;
  return {
    id: one.id,
    claim: one.claim,
    published: format(printed.case.published),
    independent: cases.map(independentOf).find((value) => value !== "") ?? "",
    ours: format(ours),
    shifted: shifted === null ? "" : format(shifted),
    verdicts: cases.map(verdictOf),
    note: [...new Set(cases.map(({ note }) => note))].filter((note) => note !== "").join("; "),
  };
}

function verdictOf({ case: one, status }: CaseOutcome): Verdict {
  const tolerance = toleranceText(one);
  return { status, standard: tolerance === null ? one.read : `${one.read}; ${tolerance}` };
}

/** The value of a script that a case without a printed number is held against. */
function independentOf({ case: { published, expected } }: CaseOutcome): string {
  if (published !== null || expected === null) return "";
  if ("value" in expected) return format(expected.value);
  return "text" in expected ? expected.text : "";
}

function intervalRow(ends: readonly CaseOutcome[]): Row {
  const first = ends[0]!;
  const row = rowOf([first]);
  return {
    ...row,
    id: first.case.id.replace(/\.\d+\.(low|high)$/, ""),
    claim: first.case.claim.replace(/, segment \d+, (low|high) end$/, ""),
    published: ends.every((one) => one.case.published === null) ? "-" : union(ends.map((one) => one.case.published)),
    independent: row.independent === "" ? "" : union(ends.map(independentOf)),
    ours: union(ends.map((one) => one.ours)),
    shifted: ends.some((one) => one.shifted === null) ? "" : union(ends.map((one) => one.shifted)),
    verdicts: [{ ...row.verdicts[0]!, status: statusOf({ verdicts: ends.map(verdictOf) }) }],
  };
}

/** `[a, b] U [c, d]` from low, high, low, high, ... */
function union(ends: readonly (number | string | null)[]): string {
  const segments: string[] = [];
  for (let k = 0; k + 1 < ends.length; k += 2) segments.push(`[${format(ends[k]!)}, ${format(ends[k + 1]!)}]`);
  return segments.join(" ∪ ");
}

/** Groups in the order in which they first appear, with a title: the paper's, or made of the id. */
export function groupsOf(
  outcomes: readonly CaseOutcome[],
  titles: Readonly<Record<string, string>> = {},
): readonly { readonly id: string; readonly title: string }[] {
  return [...new Set(outcomes.map((one) => one.case.group))].map((id) => ({
    id,
    title: groupTitle(id, titles),
  }));
}

/** Title of a group of cases: the paper's, or made of the id. */
export function groupTitle(id: string, titles: Readonly<Record<string, string>>): string {
  return titles[id] ?? id.replace(/^([a-z])/, (letter) => letter.toUpperCase()).replace("-", " ");
}

/** Columns between claim and status that a group of rows needs. */
export function columnsOf(
  rows: readonly Row[],
): readonly { readonly title: string; readonly of: (row: Row) => string }[] {
  const columns = [
    { title: "published", of: (row: Row): string => row.published },
    { title: "independent script", of: (row: Row): string => row.independent },
    { title: "ours", of: (row: Row): string => row.ours },
    { title: "ours, inputs moved", of: (row: Row): string => row.shifted },
  ];
  // A column in which nothing stands is not shown; ours always is.
  return columns.filter(({ title, of }) => title === "ours" || rows.some((row) => !["", "-"].includes(of(row))));
}

/** What the rows of a group are held against and how closely, each said once, and the number of a verdict among them. */
export function standards(rows: readonly Row[]): {
  readonly texts: readonly string[];
  readonly mark: (verdict: Verdict) => number;
} {
  const texts = [...new Set(rows.flatMap((row) => row.verdicts.map(({ standard }) => standard)))];
  return { texts, mark: ({ standard }) => texts.indexOf(standard) + 1 };
}

/** How many cases have each status: what the paper prints, what only an independent script says, what nobody says. */
export function summary(outcomes: readonly CaseOutcome[]): string {
  const printed = outcomes.filter((one) => one.case.published !== null);
  const others = outcomes.filter((one) => one.case.published === null);
  const checks = others.filter((one) => one.case.expected !== null);
  const shown = others.length - checks.length;
  const statuses = (list: readonly CaseOutcome[], which: readonly CaseStatus[]): string =>
    which
      .map((status) => `${list.filter((one) => one.status === status).length} ${status.replace("-", " ")}`)
      .join(", ");
  return [
    `${printed.length} claims of the paper: ${statuses(printed, ["met", "offset", "missed", "not-comparable"])}`,
    `${checks.length} checks of our own against independent scripts: ${statuses(checks, ["met", "missed"])}`,
    ...(shown > 0 ? [`${shown} result${shown === 1 ? "" : "s"} of our own without an expected value`] : []),
  ].join("; ");
}

/** Analyses besides the paper's own: what each is, and its spec as a file for `--spec` would have it. */
export function analysesOf({ experiments, convention, analyses }: Reproduction): readonly {
  readonly title: string;
  readonly spec: string;
}[] {
  return Object.values(analyses).map(({ title, spec, edges }) => ({
    title: edges === undefined ? title : `${title}; edges ${JSON.stringify(edges)}`,
    spec: JSON.stringify({ experiments, convention, ...spec }),
  }));
}
