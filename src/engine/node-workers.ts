/** Workers in Node. The only file of the engine that names a module of Node. */

import type { Port } from "./serve.ts";
import type { StartWorker } from "./worker-end.ts";

// A bundler for browsers follows dynamic imports as well, but only names taken from a module of Node, or a literal URL
// of a worker, make it fail or bundle the worker twice.
const load = () => import("node:worker_threads");
const ENTRY = "./worker.js";

/**
 * The way to start worker threads.
 * @param entry compiled file they run
 */
export async function nodeWorkers(entry: URL = new URL(ENTRY, import.meta.url)): Promise<StartWorker> {
  const { Worker } = await load();
  return (events) => {
    // Flags of this process such as --input-type make a worker fail; heap limits hold for the whole process anyway.
    const worker = new Worker(entry, { execArgv: [] });
    let over = false;
    const end = (why: string) => {
      if (!over) events.ended(why);
      over = true;
    };
    worker.on("message", events.message);
    worker.on("messageerror", (error) => end(`its answer cannot be read: ${error.message}`));
    worker.on("error", (error) => end(error instanceof Error ? error.message : String(error)));
    worker.on("exit", (code) => end(`exit code ${code}`));
    return {
      post: (message) => worker.postMessage(message),
      keepAlive: (on) => (on ? worker.ref() : worker.unref()),
      terminate: async () => {
        over = true;
        await worker.terminate();
      },
    };
  };
}

/**
 * The way from a worker thread to its pool.
 * @throws Error in the main thread
 */
export async function nodePort(): Promise<Port> {
  const { parentPort } = await load();
  if (parentPort === null) throw new Error("this file is the entry of a worker thread, not a program");
  return {
    post: (message) => parentPort.postMessage(message),
    onMessage: (listener) => parentPort.on("message", listener),
  };
}
