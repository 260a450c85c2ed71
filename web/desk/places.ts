/** Where desks are: workers, or the page's own thread where a browser or host does not let workers start. */

import type { OpenPlace } from "./client.ts";
import type { FromDesk, ToDesk } from "./messages.ts";

/** A worker each. */
export const openWorker: OpenPlace = (hear, ended) => {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }: MessageEvent<FromDesk>) => hear(data);
  worker.onmessageerror = () => ended("its answer cannot be read");
  worker.onerror = (event) => {
    event.preventDefault();
    ended(event.message ?? "its program cannot be loaded");
  };
  return {
    post: (message) => worker.postMessage(message),
    close: () => worker.terminate(),
  };
};

/** This thread: the same program, loaded only now. It works in slices, so the page still answers. */
export const openHere: OpenPlace = (hear, ended) => {
  let closed = false;
  const desk = import("./desk.ts").then(({ createDeskEnd }) =>
    createDeskEnd((message) => {
      if (!closed) queueMicrotask(() => hear(message));
    }),
  );
  desk.catch((error: unknown) => ended(error instanceof Error ? error.message : String(error)));
  return {
    post: (message: ToDesk) => void desk.then((handle) => handle(message)),
    close: () => {
      closed = true;
    },
  };
};

/** How long a worker may take to show a sign of life, in milliseconds. */
const PATIENCE = 8000;

/** Whether workers start here: some browsers and hosts forbid them. */
export function workersStart(): Promise<boolean> {
  if (typeof Worker === "undefined") return Promise.resolve(false);
  return new Promise((resolve) => {
    try {
      const probe = new Worker(new URL("./probe.ts", import.meta.url), { type: "module" });
      const settle = (works: boolean): void => {
        clearTimeout(timer);
        probe.terminate();
        resolve(works);
      };
      const timer = setTimeout(() => settle(false), PATIENCE);
      probe.onmessage = () => settle(true);
      probe.onerror = (event) => {
        event.preventDefault();
        settle(false);
      };
    } catch {
      resolve(false);
    }
  });
}
