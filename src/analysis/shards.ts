/** Long calculations in shards: parts that can be stored, and whose tasks are worked on side by side. */

import type { Progress } from "./ready.ts";

/** Values of one shard by column name. */
export type ShardColumns = Readonly<Record<string, Float64Array | Int32Array>>;

/** What a shard may look at. */
export interface ShardContext {
  /** Shards that are finished. */
  readonly done: ReadonlySet<number>;
  readonly read: (shard: number) => Promise<ShardColumns>;
}

/** A calculation in shards that are computed in their order, those apart that are there already. */
export interface ShardPlan<Result> {
  /** What to know before the work begins; the result's notes say it too. */
  readonly warnings?: readonly string[];
  readonly shards: number;
  readonly columns: readonly { readonly name: string; readonly type: "float64" | "int32" }[];
  readonly rows: (shard: number) => number;
  /** Yields the share of the shard that is done; may be left at any step. */
  readonly compute: (shard: number, context: ShardContext) => AsyncGenerator<number, ShardColumns>;
  /** The result of all shards, in their order. */
  readonly result: (shards: readonly ShardColumns[]) => Result;
}

/** Compute all shards, in memory. */
export async function completeShards<Result>(plan: ShardPlan<Result>, onProgress?: Progress): Promise<Result> {
  const shards: ShardColumns[] = [];
  const done = new Set<number>();
  for (let shard = 0; shard < plan.shards; shard++) {
    const steps = plan.compute(shard, { done, read: async (k) => shards[k]! });
    let step = await steps.next();
    for (; step.done !== true; step = await steps.next()) onProgress?.((shard + step.value) / plan.shards);
    shards.push(step.value);
    done.add(shard);
    onProgress?.((shard + 1) / plan.shards);
  }
  return plan.result(shards);
}

/** How often someone who waits for an answer looks up, ms: a signal to stop is seen then. */
const LOOK_UP = 100;

interface Running<Answer> {
  readonly answers: ReadonlyMap<number, Answer[]>;
  readonly left: Map<number, number>;
  /** Comes back at the next answer, or after a while. */
  readonly changed: () => Promise<void>;
  readonly failure: () => unknown;
  readonly stop: () => void;
}

/**
 * Answers of shards whose tasks all go to the same workers, the next shard's before the last one's are answered: none
 * of them waits for the end of a shard.
 * @param shards how many there are
 * @param run hands out tasks, see `RunJob`
 * @returns the steps of a shard: they yield the share answered and return the answers, in the order of the tasks
 */
export function sideBySide<Task, Answer>(
  shards: number,
  tasksOf: (shard: number) => readonly Task[],
  run: (
    tasks: readonly Task[],
    hooks: { readonly onAnswer: (answer: Answer, index: number) => void; readonly signal: AbortSignal },
  ) => Promise<unknown>,
): (shard: number, done: ReadonlySet<number>) => AsyncGenerator<number, readonly Answer[]> {
  let running: Running<Answer> | undefined;

  function start(done: ReadonlySet<number>): Running<Answer> {
    const places = Array.from({ length: shards }, (_, shard) => shard)
      .filter((shard) => !done.has(shard))
      .flatMap((shard) => tasksOf(shard).map((task, k) => ({ shard, k, task })));
    const answers = new Map<number, Answer[]>();
    const left = new Map<number, number>();
    for (const { shard } of places) {
      answers.set(shard, []);
      left.set(shard, (left.get(shard) ?? 0) + 1);
    }
    const cancelling = new AbortController();
    let failure: unknown;
    let wake = (): void => {};
    const onAnswer = (answer: Answer, index: number): void => {
      const { shard, k } = places[index]!;
      answers.get(shard)![k] = answer;
      left.set(shard, left.get(shard)! - 1);
      wake();
    };
    const tasks = places.map(({ task }) => task);
    run(tasks, { onAnswer, signal: cancelling.signal }).catch((error: unknown) => {
      failure = error;
      wake();
    });
    return {
      answers,
      left,
      changed: () =>
        new Promise((resolve) => {
          const timer = setTimeout(resolve, LOOK_UP);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        }),
      failure: () => failure,
      stop: () => cancelling.abort(),
    };
  }

  return async function* answersOf(shard, done) {
    if (running?.left.has(shard) !== true) running = start(done);
    const { answers, left, changed, failure, stop } = running;
    const all = left.get(shard) ?? 0;
    let finished = false;
    try {
      while ((left.get(shard) ?? 0) > 0) {
        if (failure() !== undefined) throw failure();
        await changed();
        yield 1 - left.get(shard)! / all;
      }
      finished = true;
      return answers.get(shard) ?? [];
    } finally {
      if (!finished) stop();
    }
  };
}
