/** A desk: hears questions, answers them in slices. It runs in a worker or, where there are none, in the page. */

import { NurecoilError } from "nurecoil";
import { type Answering, createAnswering } from "./answers.ts";
import { giveWay, isDropped } from "./dropped.ts";
import type { Failure, FromDesk, ToDesk } from "./messages.ts";
import { AFTER_FIRST_WORD, type Answers, type QuestionName, urgencyOf } from "./questions.ts";
import { createSchedule, type Job, type Schedule } from "./schedule.ts";

/** Shorter than a frame, so that what follows the pointer is heard in time. */
const SLICE_MS = 6;

/** @param post how answers go back @returns called with every message of the page */
export function createDeskEnd(post: (message: FromDesk) => void): (message: ToDesk) => void {
  let open: { readonly answering: Answering; readonly schedule: Schedule } | undefined;
  return (message) => {
    if ("begin" in message) {
      const { base, experiments, dropped, live } = message.begin;
      open = {
        answering: createAnswering(base, experiments),
        schedule: createSchedule(SLICE_MS, (id) => {
          if (!live) giveWay(dropped);
          return isDropped(dropped, id);
        }),
      };
      return;
    }
    if (open === undefined) throw new Error("a desk was asked before it was told where the page is");
    if ("drop" in message) return open.schedule.drop(message.drop);
    const { id, question, ask } = message.do;
    const { answering, schedule } = open;
    const job: Job<Answers[QuestionName]> = {
      id,
      urgency: urgencyOf(question, ask),
      begin: () =>
        answering(question, ask as never, (partial) => {
          job.urgency = Math.max(job.urgency, AFTER_FIRST_WORD);
          post({ id, partial });
        }),
      onShare: (share) => post({ id, share }),
      onAnswer: (answer, milliseconds) => post({ id, answer, milliseconds }),
      onFailure: (error) => post({ id, failure: failureOf(error) }),
      onDropped: () => post({ id, dropped: true }),
    };
    schedule.add(job);
  };
}

function failureOf(error: unknown): Failure {
  if (error instanceof NurecoilError) return { kind: error.kind === "file" ? "data" : "usage", issues: error.issues };
  const message = error instanceof Error ? error.message : String(error);
  return {
    kind: "fault",
    issues: [
      { message: `a fault of the program: ${message}`, hint: "reload the page; the address keeps the analysis" },
    ],
  };
}
