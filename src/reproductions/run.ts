/** Runs the cases of a paper and judges them. */

import type { ExperimentLibrary } from "../analysis/prepare.ts";
import type { ReproduceResult } from "../analysis/results.ts";
import { version } from "../version.ts";
import { costModel, drawingCost } from "./costs.ts";
import type { Reproduction, ReproductionCase } from "./format.ts";
import type { Measure } from "./measure-schema.ts";
import { take } from "./measures.ts";
import { prefixed, workMeter } from "./progress.ts";
import { type AskedQuestion, questionKey, questionsOf } from "./questions.ts";
import { type Answers, openSession, type Session, type SessionInputs } from "./session.ts";

export type CaseStatus = ReproduceResult["cases"][number]["status"];

export interface CaseOutcome {
  readonly case: ReproductionCase;
  readonly ours: number | string | null;
  /** With the inputs of the offset moved; null where the offset does not speak for the case. */
  readonly shifted: number | string | null;
  readonly status: CaseStatus;
  readonly note: string;
}

export interface ReproductionOutcome {
  readonly paper: Reproduction;
  readonly outcomes: readonly CaseOutcome[];
  /** The analyses behind the cases, for figures. */
  readonly session: Session;
}

/**
 * Run every case.
 *
 * A case is `met` inside its tolerance of what it is held against (a printed value, or an independent script where
 * nothing is printed); `offset` outside it when moving the stated inputs together brings it within the offset's
 * tolerance; `missed` otherwise; `not-comparable` when it is shown without judgement.
 * @param onProgress share of the work done: computations by what they cost, each one's evaluations of chi^2 counted
 * @param inputs choices that replace the paper's in every analysis
 * @param answers to planned questions that were worked out elsewhere
 */
export function runReproduction(
  paper: Reproduction,
  library: ExperimentLibrary,
  onProgress?: (share: number) => void,
  inputs: SessionInputs = {},
  answers: RunAnswers = { own: new Map(), moved: new Map() },
): ReproductionOutcome {
  const planned = plannedQuestions(paper, library);
  const left = [...planned].filter(([, one]) => !(one.isMoved ? answers.moved : answers.own).has(one.key));
  const watch = workMeter(new Map(left.map(([key, { cost }]) => [key, cost])), onProgress ?? (() => {}));
  const session = openSession(paper, library, inputs, watch, answers.own);
  // Checks against independent scripts hold for the paper's own inputs only.
  const changed = Object.keys(inputs).length > 0;
  const moved =
    paper.offset === null
      ? null
      : openSession(paper, library, movedInputs(paper, inputs), prefixed(watch, MOVED), answers.moved);
  const outcomes: CaseOutcome[] = [];
  for (const one of paper.cases) {
    outcomes.push(
      one.measure.kind === "endpoints"
        ? judgeEndpoints(one, one.measure, outcomes)
        : judge(changed ? withoutCheck(one) : one, session, spokenFor(paper, one) ? moved : null, paper),
    );
  }
  return { paper, outcomes, session };
}

/** Keys of what is asked with the inputs of the offset moved. */
const MOVED = "moved ";

/** Inputs with those of the offset moved. */
export function movedInputs(paper: Reproduction, inputs: SessionInputs): SessionInputs {
  return { ...inputs, parameters: { ...inputs.parameters, ...paper.offset?.parameters } };
}

export interface PlannedQuestion extends AskedQuestion {
  readonly key: string;
  /** Asked with the inputs of the offset moved. */
  readonly isMoved: boolean;
  /** us, about */
  readonly cost: number;
}

/** Answers to planned questions, by key. */
export interface RunAnswers {
  readonly own: Answers;
  readonly moved: Answers;
}

/**
 * The computations of a run, each once, with what they cost. A case without a printed number is asked with moved inputs
 * only when it is not met: that is not known before and not counted.
 */
export function plannedQuestions(
  paper: Reproduction,
  library: ExperimentLibrary,
): ReadonlyMap<string, PlannedQuestion> {
  const costs = costModel(paper, library);
  const work = new Map<string, PlannedQuestion>();
  for (const one of paper.cases) {
    for (const { analysis, question } of questionsOf(one.measure, paper)) {
      const key = questionKey(analysis, question);
      const plan = (isMoved: boolean): void => {
        const name = isMoved ? MOVED + key : key;
        if (!work.has(name)) work.set(name, { analysis, question, key, isMoved, cost: costs(analysis, question) });
      };
      plan(false);
      if (spokenFor(paper, one) && typeof one.published === "number") plan(true);
    }
  }
  return work;
}

/** Share of a report's time that its cases take; the rest is drawing. */
export function shareOfCases(paper: Reproduction, library: ExperimentLibrary): number {
  const work = [...plannedQuestions(paper, library).values()].reduce((sum, { cost }) => sum + cost, 0);
  return work / (work + drawingCost(paper));
}

function withoutCheck(one: ReproductionCase): ReproductionCase {
  return one.published === null ? { ...one, expected: null } : one;
}

function spokenFor(paper: Reproduction, one: ReproductionCase): boolean {
  return paper.offset?.groups.includes(one.group) ?? false;
}

function judge(one: ReproductionCase, session: Session, moved: Session | null, paper: Reproduction): CaseOutcome {
  const ours = take(one.measure, session, paper);
  // Moving the inputs is asked only where it can matter: it costs as much as the case itself.
  const met = one.expected !== null && isWithin(ours, one.expected);
  const needed = typeof one.published === "number" || !met;
  const shifted = moved === null || !needed ? null : take(one.measure, moved, paper);
  const base = { case: one, ours, shifted };
  if (one.expected === null) return { ...base, status: "not-comparable", note: one.note };
  if (met) return { ...base, status: "met", note: one.note };
  if (shifted !== null && paper.offset !== null) {
    // A case's own tolerance holds as well where it is the wider one.
    const left =
      "value" in one.expected ? { value: one.expected.value, tolerance: paper.offset.tolerance } : one.expected;
    if (isWithin(shifted, one.expected) || isWithin(shifted, left))
      return { ...base, status: "offset", note: one.note };
  }
  return { ...base, status: "missed", note: one.note };
}

function isWithin(ours: number | string | null, expected: NonNullable<ReproductionCase["expected"]>): boolean {
  if ("text" in expected) return ours === expected.text;
  if (typeof ours !== "number" || !Number.isFinite(ours)) return false;
  if ("atLeast" in expected) return ours >= expected.atLeast;
  if ("atMost" in expected) return ours <= expected.atMost;
  return Math.abs(ours - expected.value) <= allowed(expected.value, expected.tolerance);
}

/** Half-width of a tolerance: the larger of its relative and absolute parts. */
export function allowed(value: number, tolerance: { readonly relative: number; readonly absolute: number }): number {
  return Math.max(tolerance.absolute, tolerance.relative * Math.abs(value));
}

/** Largest excess over a common tolerance among the interval ends of a group, which come earlier. */
function judgeEndpoints(
  one: ReproductionCase,
  measure: Extract<Measure, { kind: "endpoints" }>,
  outcomes: readonly CaseOutcome[],
): CaseOutcome {
  let excess = 0;
  let worst = "";
  for (const { case: other, ours, shifted } of outcomes) {
    const value = measure.shifted ? shifted : ours;
    if (!other.group.startsWith(measure.group) || other.measure.kind !== "interval-end") continue;
    if (typeof other.published !== "number") continue;
    const over =
      typeof value === "number"
        ? Math.abs(value - other.published) - allowed(other.published, measure)
        : Number.POSITIVE_INFINITY;
    if (over > excess) {
      excess = over;
      worst = other.id;
    }
  }
  const ours = Number.isFinite(excess) ? excess : null;
  const met = one.expected !== null && isWithin(ours, one.expected);
  return {
    case: one,
    ours,
    shifted: null,
    status: met ? "met" : "missed",
    note: worst === "" ? one.note : `worst: ${worst}`,
  };
}

/** The outcome as the result that programs read. */
export function reproduceResult(outcome: ReproductionOutcome, files: readonly string[]): ReproduceResult {
  return {
    format: "nurecoil/reproduce/1",
    version,
    spec: outcome.session.spec(),
    dof: null,
    paper: outcome.paper.paper,
    cases: outcome.outcomes.map(({ case: one, ours, shifted, status, note }) => ({
      id: one.id,
      claim: one.claim,
      published: one.published,
      ours,
      tolerance: toleranceText(one),
      status,
      note:
        [note, ...(status === "offset" ? [`with the inputs of the offset moved: ${format(shifted)}`] : [])]
          .filter((text) => text !== "")
          .join("; ") || null,
    })),
    files: [...files],
  };
}

/** A tolerance in words, with its reason. */
export function toleranceText({ expected }: ReproductionCase): string | null {
  if (expected === null) return null;
  if ("text" in expected) return "the same";
  if ("atLeast" in expected) return `at least ${expected.atLeast}: ${expected.why}`;
  if ("atMost" in expected) return `at most ${expected.atMost}: ${expected.why}`;
  const { relative, absolute, why } = expected.tolerance;
  const parts = [
    ...(relative > 0
      ? [relative < 1e-4 ? `${relative} relative` : `${Number((100 * relative).toPrecision(6))} %`]
      : []),
    ...(absolute > 0 ? [`${absolute}`] : []),
  ];
  return `${parts.length === 0 ? "exact" : parts.join(" or ")}: ${why}`;
}

/** A number as tables show it. */
export function format(value: number | string | null): string {
  if (value === null) return "-";
  if (typeof value === "string") return value;
  if (value === 0) return "0";
  if (Number.isInteger(value)) return String(value);
  const size = Math.abs(value);
  if (size < 1e-12) return "0";
  return size >= 100 ? value.toFixed(1) : size >= 0.1 ? value.toFixed(3) : Number(value.toPrecision(3)).toString();
}
