/** A worker as its pool sees it, whatever it runs in. */

import type { FromWorker, ToWorker } from "./message.ts";

/** What a worker tells its pool. */
export interface WorkerEvents {
  readonly message: (message: FromWorker) => void;
  /** It is gone, or an error that nobody caught makes it useless; not called after `terminate`. */
  readonly ended: (why: string) => void;
}

/** A running worker, as its pool sees it. */
export interface WorkerEnd {
  /** Throws if the message cannot be cloned. */
  readonly post: (message: ToWorker) => void;
  /** Whether the process waits for this worker; only an idle one may be left alone. */
  readonly keepAlive: (on: boolean) => void;
  /** End it at once, in the middle of a task too. */
  readonly terminate: () => Promise<void>;
}

/** Start a worker. */
export type StartWorker = (events: WorkerEvents) => WorkerEnd;
