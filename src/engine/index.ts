/**
 * Where a run runs: in this thread or over workers, the same answers to the bit.
 *
 * What to use when: `runTasks` for one run; `createPool` for several in a row, as starting a worker costs some 40 ms;
 * `shared` for a large setup that all workers read.
 */

import { hostWorkers } from "./host.ts";
import type { AnswerOf, Run } from "./job.ts";
import { jobKinds } from "./jobs.ts";
import { type Pool, poolOf } from "./pool.ts";

export type { JobKind } from "./job.ts";
export { shared } from "./shared.ts";

type Kinds = typeof jobKinds;

/**
 * A pool over the kinds of jobs of this package. Close it at the end; idle workers do not hold up the process.
 * @param workers how many work side by side, e.g. the number of cores; with 0 or 1 the work is done in this thread
 * @throws NurecoilError if `workers` is not a whole number from 0
 */
export function createPool(workers: number): Pool<Kinds> {
  return poolOf(workers, jobKinds, hostWorkers);
}

/**
 * Run tasks in a pool of their own; see `Pool` for the answers and errors. No worker is left at the end.
 * @param workers how many work side by side; with 0 or 1 the work is done in this thread
 * @param run what to run
 */
export async function runTasks<Name extends keyof Kinds & string>({
  workers,
  ...run
}: Run<Kinds, Name> & { readonly workers: number }): Promise<AnswerOf<Kinds, Name>[]> {
  const pool = createPool(workers);
  try {
    return await pool.run(run);
  } finally {
    await pool.close();
  }
}
