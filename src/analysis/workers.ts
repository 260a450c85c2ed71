/** Who throws toys: this thread, or workers that someone above hands in. */

import { type FcJob, open as openPoints } from "../statistics/fc-job.ts";
import type { PointTest, TestedPoint } from "../statistics/feldman-cousins.ts";
import type { ToyFits } from "../statistics/toy-fits.ts";
import { open as openToys, type ToyRange, type ToysJob } from "../statistics/toys-job.ts";

interface Hooks<Answer> {
  /** Called once per answer, in any order; `index` is that of the task. */
  readonly onAnswer: (answer: Answer, index: number) => void;
  readonly signal: AbortSignal;
}

/** Open a job and answer all its tasks. @throws what a task throws; an AbortError when cancelled */
type RunJob<Setup, Task, Answer> = (setup: Setup, tasks: readonly Task[], hooks: Hooks<Answer>) => Promise<unknown>;

export interface ToyWorkers {
  readonly fcPoints: RunJob<FcJob, TestedPoint, PointTest>;
  readonly toys: RunJob<ToysJob, ToyRange, ToyFits>;
}

/** One task after the other, here. */
export const inThisThread: ToyWorkers = {
  fcPoints: (setup, tasks, hooks) => oneByOne(openPoints(setup), tasks, hooks),
  toys: (setup, tasks, hooks) => oneByOne(openToys(setup), tasks, hooks),
};

async function oneByOne<Task, Answer>(
  answer: (task: Task) => Answer,
  tasks: readonly Task[],
  { onAnswer, signal }: Hooks<Answer>,
): Promise<void> {
  for (const [index, task] of tasks.entries()) {
    signal.throwIfAborted();
    onAnswer(answer(task), index);
    // Whoever waits for answers goes on in between.
    await Promise.resolve();
  }
}
