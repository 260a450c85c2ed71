/** A pool of workers: started when first needed, used by one run after the other. */

import { usageError } from "../errors.ts";
import type { AnswerOf, JobKinds, Run } from "./job.ts";
import { localWorkers } from "./local-worker.ts";
import { type Member, type PlainRun, spread } from "./spread.ts";
import type { StartWorker } from "./worker-end.ts";

/** Enough that a worker goes on while this thread writes a file; see `spread` for the last tasks. */
const MOST_IN_HAND = 4;

export interface Pool<Kinds extends JobKinds> {
  /**
   * Run tasks; answers come back in the order of the tasks, the same to the bit for any number of workers. One run at a
   * time.
   * @throws Error (as a rejection) that names the task when one throws or its worker dies; a NurecoilError when a task
   * threw one; what `onAnswer` threw; an error named AbortError when cancelled. The workers are gone then; the next run
   * starts new ones.
   */
  readonly run: <Name extends keyof Kinds & string>(run: Run<Kinds, Name>) => Promise<AnswerOf<Kinds, Name>[]>;
  /** End all workers; a run under way is cancelled, and the call of `onAnswer` it is in awaited: not to be awaited there. */
  readonly close: () => Promise<void>;
}

/**
 * A pool over given kinds and a given way to start workers.
 * @param workers how many work side by side; with 0 or 1 the work is done in this thread and no worker is started
 * @param kinds kinds of jobs by name: those of the workers' entry file
 * @param host the way to start workers; asked only if there is more than one
 * @throws NurecoilError if `workers` is not a whole number from 0
 */
export function poolOf<Kinds extends JobKinds>(
  workers: number,
  kinds: Kinds,
  host: () => Promise<StartWorker>,
): Pool<Kinds> {
  if (!Number.isInteger(workers) || workers < 0)
    throw usageError(`the number of workers is ${workers}`, "a whole number from 0");
  const team: Member[] = [];
  const closing = new AbortController();
  let current: Promise<unknown> | undefined;

  const enlist = (start: StartWorker): void => {
    const worker = start({
      message: (message) => member.listener?.(message),
      ended: (why) => {
        if (member.listener !== undefined) return member.listener({ ended: why });
        // One that dies between two runs is replaced at the next; a web worker is still there after an error.
        if (team.includes(member)) team.splice(team.indexOf(member), 1);
        void worker.terminate();
      },
    });
    const member: Member = { worker, inHand: [], listener: undefined };
    team.push(member);
  };
  const dismiss = async (): Promise<void> => {
    await Promise.all(team.splice(0).map(({ worker }) => worker.terminate()));
  };
  const work = async (run: PlainRun): Promise<unknown[]> => {
    const side = Math.max(1, Math.min(workers, run.tasks.length));
    try {
      const start = workers > 1 ? await host() : localWorkers(kinds);
      while (team.length < side && !run.signal.aborted) enlist(start);
      const members = team.slice(0, side);
      for (const { worker } of members) worker.keepAlive(true);
      const answers = await spread(members, run, workers > 1 ? MOST_IN_HAND : 1);
      for (const { worker } of members) worker.keepAlive(false);
      return answers;
    } catch (error) {
      await dismiss();
      throw error;
    }
  };

  return {
    run: async <Name extends keyof Kinds & string>({ signal, onAnswer, ...run }: Run<Kinds, Name>) => {
      if (closing.signal.aborted) throw new Error("the pool is closed");
      if (current !== undefined) throw new Error("the pool is at work: wait for its run to end");
      if (run.tasks.length === 0) return [];
      const either = signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal]);
      // Answers have the type their kind gives: nothing else is posted by its jobs.
      const plain = { ...run, onAnswer: onAnswer as PlainRun["onAnswer"], signal: either };
      const started = work(plain);
      current = started;
      try {
        return (await started) as AnswerOf<Kinds, Name>[];
      } finally {
        current = undefined;
      }
    },
    close: async () => {
      closing.abort(new Error("the pool was closed"));
      await current?.catch(() => {});
      await dismiss();
    },
  };
}
