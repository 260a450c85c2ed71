/** Analyses made ready, the last few kept: integrals are done once per choice of experiments and inputs. */

import {
  keep,
  type PreparedAnalysis,
  type PrepareOptions,
  parseSpec,
  prepare,
  type SpecInput,
} from "nurecoil/analysis";
import type { WebLibrary } from "./library.ts";

/** Enough for each layer of a region and the point; each holds some megabytes. */
const RECENT = 8;

export interface Analyses {
  /** @param options what becomes of parameters on which nothing depends */
  readonly of: (spec: SpecInput, options?: PrepareOptions) => Promise<PreparedAnalysis>;
  /** Something made once from an analysis, kept as long as it. */
  readonly once: <T>(analysis: PreparedAnalysis, key: string, make: () => T) => T;
}

export function createAnalyses({ need, library }: WebLibrary): Analyses {
  const recent = new Map<string, PreparedAnalysis>();
  const kept = keep();
  const made = new WeakMap<PreparedAnalysis, Map<string, unknown>>();
  return {
    of: async (spec, options = {}) => {
      const key = JSON.stringify([spec, options]);
      const known = recent.get(key);
      recent.delete(key);
      const checked = parseSpec(spec);
      if (known === undefined) await need(checked.experiments.map(({ id }) => id));
      const analysis = known ?? prepare(checked, library, kept, options);
      recent.set(key, analysis);
      for (const oldest of recent.keys()) {
        if (recent.size <= RECENT) break;
        recent.delete(oldest);
      }
      return analysis;
    },
    once: <T>(analysis: PreparedAnalysis, key: string, make: () => T): T => {
      const own = made.get(analysis) ?? new Map<string, unknown>();
      made.set(analysis, own);
      if (!own.has(key)) own.set(key, make());
      return own.get(key) as T;
    },
  };
}
