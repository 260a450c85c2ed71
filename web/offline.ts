/** The page is kept for later visits without a network: not before the first analysis is drawn, which comes first. */

import type { Store } from "./state/store.ts";

/** How often is looked whether the page is at rest, and how often in a row it must be. */
const LOOK_MS = 1000;
const LOOKS = 2;

/** Let the service worker fetch and keep all files once nothing is worked on. */
export function keepForLater(store: Store): void {
  if (!("serviceWorker" in navigator)) return;
  let quiet = 0;
  const timer = setInterval(() => {
    const all = [store.opened, store.point, ...store.profiles.peek().values(), ...store.layers.peek().values()];
    quiet = all.some(({ busy }) => busy.peek()) ? 0 : quiet + 1;
    if (quiet < LOOKS) return;
    clearInterval(timer);
    // Where a browser or host forbids it the page works with a network only.
    navigator.serviceWorker.register("./service-worker.js").catch(() => {});
  }, LOOK_MS);
}
