/** Workers that throw toys: as many as the command line says, one per core by default. */

import { availableParallelism } from "node:os";
import type { ToyWorkers } from "../analysis/workers.ts";
import { createPool, shared } from "../engine/index.ts";
import type { Options } from "./command.ts";

/** @returns workers, and what ends them */
export function toyWorkers({ workers }: Options): ToyWorkers & { readonly close: () => Promise<void> } {
  const pool = createPool(workers === undefined ? availableParallelism() : Number(workers));
  return {
    fcPoints: (setup, tasks, hooks) => pool.run({ kind: "fc-points", setup: shared(setup), tasks, ...hooks }),
    toys: (setup, tasks, hooks) => pool.run({ kind: "toys", setup: shared(setup), tasks, ...hooks }),
    close: pool.close,
  };
}
