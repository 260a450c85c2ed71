/** How a worker finds the pool that started it. */

import { inNode } from "./in-node.ts";
import type { JobKinds } from "./job.ts";
import type { FromWorker, ToWorker } from "./message.ts";
import { type Port, serve } from "./serve.ts";

/** What a Web Worker has in its global scope. */
interface WebWorkerScope {
  postMessage: (message: FromWorker) => void;
  onmessage: ((event: { readonly data: ToWorker }) => void) | null;
}

/**
 * Serve the pool that started this worker, in Node (worker_threads) and in browsers (Web Workers).
 * @param kinds kinds of jobs by name
 */
export function listen(kinds: JobKinds): void {
  // A browser drops the messages that come before `onmessage` is set: it is set in this very turn.
  if (!inNode()) serve(webPort(globalThis as unknown as WebWorkerScope), kinds);
  else void import("./node-workers.ts").then(async ({ nodePort }) => serve(await nodePort(), kinds));
}

function webPort(scope: WebWorkerScope): Port {
  return {
    post: (message) => scope.postMessage(message),
    onMessage: (listener) => {
      scope.onmessage = ({ data }) => listener(data);
    },
  };
}
