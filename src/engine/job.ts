/** What can be run in a worker: kinds of jobs, opened once per worker and run, then asked task by task. */

/** A value or the promise of one. */
export type Awaitable<T> = T | Promise<T>;

/**
 * A kind of job: a module that exports `open`.
 *
 * `open(setup)` is called once in each worker of a run, before its first task; what it returns answers one task at a
 * time, in that worker. Setup, task and answer are plain data (what structured cloning takes: objects, arrays, typed
 * arrays, no functions). An answer depends on setup and task alone, never on the tasks answered before, nor on a clock:
 * this is what makes a result the same to the bit for any number of workers. Arrays on a SharedArrayBuffer are the same
 * memory in all workers: a job reads them, or writes only where no other task reads or writes.
 */
export interface JobKind<Setup, Task, Answer> {
  readonly open: (setup: Setup) => Awaitable<(task: Task) => Awaitable<Answer>>;
}

/** A kind whose setup, task and answer are not known here. */
export type AnyJobKind = JobKind<never, never, unknown>;

/** Kinds by name, each loaded when it is first needed. */
export type JobKinds = Readonly<Record<string, () => Promise<AnyJobKind>>>;

type Open<Kinds extends JobKinds, Name extends keyof Kinds> = Awaited<ReturnType<Kinds[Name]>>["open"];
type AnswerTo<Kinds extends JobKinds, Name extends keyof Kinds> = Awaited<ReturnType<Open<Kinds, Name>>>;

/** What to run. */
export interface Run<Kinds extends JobKinds, Name extends keyof Kinds> {
  /** Name of the kind. */
  readonly kind: Name;
  /** What the job is opened with, in every worker. */
  readonly setup: Parameters<Open<Kinds, Name>>[0];
  readonly tasks: readonly Parameters<AnswerTo<Kinds, Name>>[0][];
  /**
   * Called once per answer, as answers come, which is in no fixed order; `index` is that of the task. One call at a
   * time: the next waits for the promise of the last. What it throws ends the run. No call comes after the run settled.
   */
  readonly onAnswer?: ((answer: AnswerOf<Kinds, Name>, index: number) => Awaitable<void>) | undefined;
  /** Cancels the run; tasks in workers are cut off, tasks in this thread are finished first. */
  readonly signal?: AbortSignal | undefined;
}

/** The answers a kind gives. */
export type AnswerOf<Kinds extends JobKinds, Name extends keyof Kinds> = Awaited<ReturnType<AnswerTo<Kinds, Name>>>;
