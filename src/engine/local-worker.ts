/** A worker that is none: the same messages, served in this thread. */

import type { JobKinds } from "./job.ts";
import type { ToWorker } from "./message.ts";
import { serve } from "./serve.ts";
import type { StartWorker } from "./worker-end.ts";

// Lets timers, signals and input of the process come through between two tasks, which a resolved promise does not.
const later: (call: () => void) => void =
  typeof setImmediate === "function" ? setImmediate : (call) => setTimeout(call);

/**
 * The way to work in this thread. Each task runs in its own turn of the event loop; setup, tasks and answers are cloned
 * as on the way to a worker, so that a job that reuses its arrays or changes its setup does here what it does there.
 * @param kinds kinds of jobs by name
 */
export function localWorkers(kinds: JobKinds): StartWorker {
  return (events) => {
    let listener: ((message: ToWorker) => void) | undefined;
    let over = false;
    serve(
      {
        post: (message) => {
          const cloned = structuredClone(message);
          if (!over) events.message(cloned);
        },
        onMessage: (wanted) => {
          listener = wanted;
        },
      },
      kinds,
    );
    return {
      post: (message) => {
        const cloned = structuredClone(message);
        later(() => {
          if (!over) listener?.(cloned);
        });
      },
      keepAlive: () => {},
      terminate: async () => {
        over = true;
      },
    };
  };
}
