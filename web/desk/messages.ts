/** What the page and a desk say to each other: plain data, one object per message. */

import type { Issue } from "nurecoil";
import type { Answers, Asks, QuestionName } from "./questions.ts";

/** A question on its way to a desk. */
export type Asked = {
  readonly [Name in QuestionName]: { readonly id: number; readonly question: Name; readonly ask: Asks[Name] };
}[QuestionName];

export type ToDesk = { readonly do: Asked } | { readonly drop: number } | { readonly begin: DeskStart };

/** What a desk must know before its first question. */
export interface DeskStart {
  /** Where the page is: data are fetched beside it. */
  readonly base: string;
  /** Ids of the experiments beside it. */
  readonly experiments: readonly string[];
  /** Where the page writes the ids of questions given up (see dropped.ts); null without shared memory: messages do. */
  readonly dropped: Int32Array | null;
  /** For what follows the pointer; the others give way to it. */
  readonly live: boolean;
}

export interface Failure {
  readonly issues: readonly Issue[];
  /** `data`: a file could not be had or read; `usage`: the question is wrong; `fault`: a mistake of the program. */
  readonly kind: "usage" | "data" | "fault";
}

export type FromDesk =
  | { readonly id: number; readonly answer: Answers[QuestionName]; readonly milliseconds: number }
  | { readonly id: number; readonly partial: Answers[QuestionName] }
  | { readonly id: number; readonly share: number }
  | { readonly id: number; readonly failure: Failure }
  | { readonly id: number; readonly dropped: true };
