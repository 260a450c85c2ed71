/** The worker's side: open a job, answer its tasks one after the other. */

import { suggestion, usageError } from "../errors.ts";
import type { AnyJobKind, Awaitable, JobKinds } from "./job.ts";
import { type FromWorker, failureOf, type ToWorker } from "./message.ts";

/** The way to the pool, as a worker sees it. */
export interface Port {
  readonly post: (message: FromWorker) => void;
  readonly onMessage: (listener: (message: ToWorker) => void) => void;
}

/**
 * Serve a pool until the worker is ended. Messages are worked off strictly in order, also when opening a job or
 * answering a task takes asynchronous steps.
 * @param port the way to the pool
 * @param kinds kinds of jobs by name
 */
export function serve(port: Port, kinds: JobKinds): void {
  let answerTo: ((task: never) => Awaitable<unknown>) | undefined;
  let last = Promise.resolve();
  const work = async (message: ToWorker): Promise<void> => {
    const index = "open" in message ? undefined : message.index;
    try {
      if ("open" in message) {
        answerTo = undefined;
        const kind = await kindNamed(message.open, kinds);
        answerTo = await kind.open(message.setup as never);
      } else {
        if (answerTo === undefined) throw new Error("no job is open");
        port.post({ index: message.index, answer: await answerTo(message.task as never) });
      }
    } catch (thrown) {
      port.post({ index, failure: failureOf(thrown) });
    }
  };
  port.onMessage((message) => {
    last = last.then(() => work(message));
  });
}

function kindNamed(name: string, kinds: JobKinds): Promise<AnyJobKind> {
  const load = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (load === undefined) throw usageError(`there is no kind of job "${name}"`, suggestion(name, Object.keys(kinds)));
  return load();
}
