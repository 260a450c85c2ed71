/** Share of the work done, counted in computations by what each costs, not in cases. */

import type { Watch } from "./session.ts";

/**
 * Counts work that is known in advance.
 * @param weights what each computation costs, by key, in any unit
 * @param onProgress called with the share of the whole that is done; it never falls
 */
export function workMeter(weights: ReadonlyMap<string, number>, onProgress: (share: number) => void): Watch {
  const whole = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const open = new Map(weights);
  let done = 0;
  let shown = 0;
  const show = (work: number): void => {
    shown = Math.max(shown, Math.min(work / whole, 1));
    onProgress(shown);
  };
  return {
    begin: (key) => {
      const weight = open.get(key) ?? 0;
      return (share) => show(done + weight * share);
    },
    end: (key) => {
      done += open.get(key) ?? 0;
      open.delete(key);
      show(done);
    },
  };
}

/** Watches of one session as part of another's: their keys with a prefix. */
export function prefixed(watch: Watch, prefix: string): Watch {
  return { begin: (key) => watch.begin(prefix + key), end: (key) => watch.end(prefix + key) };
}
