/** What is costly and does not depend on couplings, kept from one `prepare` to the next. */

import type { Experiment } from "../experiments/build.ts";
import type { FoldedSignal } from "../prediction/signal.ts";

/** Folds of one experiment with one form factor, by the radii they are at: data and expectation often share them. */
export type Folds = Map<string, readonly FoldedSignal[]>;

/** Experiments as built, and their integrals, by what they were made from. */
export interface Kept {
  readonly experiments: Recent<Experiment>;
  readonly folds: Recent<Folds>;
}

interface Recent<T> {
  /** What is there under a key, else what `make` gives, which is then there. */
  readonly get: (key: string, make: () => T) => T;
}

/** Entries that stay: an experiment whose threshold is dragged leaves one at each step. */
const MOST = 12;

/**
 * A place for experiments and integrals: given to `prepare` again and again, it saves building and integrating what is the
 * same. For one library only, whose experiments do not change.
 */
export function keep(): Kept {
  return { experiments: recent(), folds: recent() };
}

function recent<T>(): Recent<T> {
  const entries = new Map<string, T>();
  return {
    get: (key, make) => {
      const value = entries.has(key) ? entries.get(key)! : make();
      // Last used last: a Map keeps the order in which keys came.
      entries.delete(key);
      entries.set(key, value);
      for (const oldest of entries.keys()) {
        if (entries.size <= MOST) break;
        entries.delete(oldest);
      }
      return value;
    },
  };
}
