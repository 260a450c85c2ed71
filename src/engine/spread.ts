/** One run over the workers of a pool: tasks are handed out as workers become free. */

import type { Awaitable } from "./job.ts";
import { errorOf, type FromWorker, failureOf } from "./message.ts";
import type { WorkerEnd } from "./worker-end.ts";

/** A worker of the pool and what it has in hand. */
export interface Member {
  readonly worker: WorkerEnd;
  /** Indices of its tasks, in the order it works on them. */
  inHand: number[];
  /** Who listens: the run under way. */
  listener: ((event: FromWorker | { readonly ended: string }) => void) | undefined;
}

/** `Run` without its types. */
export interface PlainRun {
  readonly kind: string;
  readonly setup: unknown;
  readonly tasks: readonly unknown[];
  readonly onAnswer: ((answer: unknown, index: number) => Awaitable<void>) | undefined;
  readonly signal: AbortSignal;
}

/**
 * Run tasks. A worker holds several, so that it does not wait for this thread, and fewer and fewer towards the end, so
 * that none waits behind a long task while another worker is free.
 * @param members workers to use, at least one
 * @param run what to run, at least one task
 * @param most most tasks a worker holds
 * @returns answers in the order of the tasks; rejects at the first failure, the workers being still at work then
 */
export function spread(members: readonly Member[], run: PlainRun, most: number): Promise<unknown[]> {
  const { kind, setup, tasks, onAnswer, signal } = run;
  const place = (index: number | undefined) => `${index === undefined ? "opening" : `tasks[${index}] of`} "${kind}"`;
  return new Promise((resolve, reject) => {
    const answers = new Array<unknown>(tasks.length);
    let handed = 0;
    let delivered = 0;
    let over = false;
    let delivery = Promise.resolve();
    const finish = (settle: () => void) => {
      if (over) return;
      over = true;
      signal.removeEventListener("abort", cancel);
      for (const member of members) member.listener = undefined;
      // A call of onAnswer under way comes to its end first.
      void delivery.then(settle);
    };
    const fail = (error: unknown) => finish(() => reject(error));
    const cancel = () => fail(cancelled(`"${kind}" was cancelled after ${delivered} of ${tasks.length} tasks`, signal));
    const deliver = async (index: number, answer: unknown) => {
      if (over) return;
      try {
        await onAnswer?.(answer, index);
      } catch (error) {
        return fail(error);
      }
      answers[index] = answer;
      delivered++;
      if (delivered === tasks.length) finish(() => resolve(answers));
    };
    const post = (member: Member, message: Parameters<WorkerEnd["post"]>[0], index?: number) => {
      try {
        member.worker.post(message);
      } catch (error) {
        fail(errorOf(failureOf(error), place(index)));
      }
    };
    const mayHold = () => Math.min(most, Math.max(1, Math.ceil((tasks.length - handed) / (2 * members.length))));
    const feed = (member: Member) => {
      while (!over && handed < tasks.length && member.inHand.length < mayHold()) {
        const index = handed++;
        member.inHand.push(index);
        post(member, { index, task: tasks[index] }, index);
      }
    };
    const hear = (member: Member, event: Parameters<NonNullable<Member["listener"]>>[0]) => {
      if ("ended" in event) {
        const at = member.inHand.length > 0 ? place(member.inHand[0]) : `"${kind}", no task in hand`;
        return fail(new Error(`${at}: the worker ended (${event.ended})`));
      }
      if ("failure" in event) return fail(errorOf(event.failure, place(event.index)));
      member.inHand.shift();
      feed(member);
      delivery = delivery.then(() => deliver(event.index, event.answer));
    };

    if (signal.aborted) return cancel();
    signal.addEventListener("abort", cancel);
    for (const member of members) {
      member.inHand = [];
      member.listener = (event) => hear(member, event);
      post(member, { open: kind, setup });
      feed(member);
    }
  });
}

function cancelled(what: string, { reason }: AbortSignal): Error {
  const why = reason instanceof Error ? reason.message : String(reason);
  const error = new Error(`${what}: ${why}`, { cause: reason });
  error.name = "AbortError";
  return error;
}
