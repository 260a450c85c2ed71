/** Workers in browsers. */

import type { FromWorker, ToWorker } from "./message.ts";
import type { WorkerEnd, WorkerEvents } from "./worker-end.ts";

/** The part of a Web Worker used here. */
interface WebWorker {
  postMessage: (message: ToWorker) => void;
  terminate: () => void;
  onmessage: ((event: { readonly data: FromWorker }) => void) | null;
  onerror: ((event: { readonly message?: string; preventDefault: () => void }) => void) | null;
  onmessageerror: (() => void) | null;
}
declare const Worker: new (entry: URL, options: { readonly type: "module" }) => WebWorker;

/**
 * Start a Web Worker. Arrays on a SharedArrayBuffer need a page that is cross-origin isolated. A browser does not tell
 * when a worker closes itself: jobs must not.
 * @param events what the pool wants to hear
 */
export function startWebWorker(events: WorkerEvents): WorkerEnd {
  // Written in one piece: this is how bundlers find the entry file of a worker.
  const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }) => events.message(data);
  worker.onmessageerror = () => events.ended("its answer cannot be read");
  worker.onerror = (event) => {
    event.preventDefault();
    events.ended(event.message ?? "its entry file cannot be loaded");
  };
  return {
    post: (message) => worker.postMessage(message),
    keepAlive: () => {},
    terminate: async () => {
      worker.onmessage = worker.onmessageerror = worker.onerror = null;
      worker.terminate();
    },
  };
}
