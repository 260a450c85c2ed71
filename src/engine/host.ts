/** The place a pool runs in: how workers start there. */

import { inNode } from "./in-node.ts";
import type { StartWorker } from "./worker-end.ts";

/** The way to start workers here: worker_threads in Node, Web Workers elsewhere. */
export async function hostWorkers(): Promise<StartWorker> {
  if (inNode()) return (await import("./node-workers.ts")).nodeWorkers();
  return (await import("./web-workers.ts")).startWebWorker;
}
