// The package's pool over the benches' kinds of jobs.
import { setEnvironmentData } from "node:worker_threads";
import { kindsOf } from "./jobs.mjs";
import { built, dist } from "./measure.mjs";

const { poolOf } = await built("engine/pool.js");
const { nodeWorkers } = await built("engine/node-workers.js");

// The entry file of a worker takes no arguments.
setEnvironmentData("dist", dist.href);

/** A kind opened in this thread. */
export async function openHere(kind, setup) {
  const { open } = await kindsOf(dist)[kind]();
  return open(setup);
}

/** A pool of workers; one works in this thread. */
export function benchPool(workers) {
  return poolOf(workers, kindsOf(dist), () => nodeWorkers(new URL("worker.mjs", import.meta.url)));
}
