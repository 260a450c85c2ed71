/** Analyses made ready, the last few kept: integrals are done once per choice of experiments and inputs. */

import { keep, type PreparedAnalysis, parseSpec, prepare, type SpecInput } from "nurecoil/analysis";
import type { WebLibrary } from "./library.ts";

/** Enough for each layer of a region and the point; each holds some megabytes. */
const RECENT = 8;

export interface Analyses {
  readonly of: (spec: SpecInput) => Promise<PreparedAnalysis>;
  /** Something made once from an analysis, kept as long as it. */
  readonly once: <T>(analysis: PreparedAnalysis, key: string, make: () => T) => T;
}

export function createAnalyses({ need, library }: WebLibrary): Analyses {
  const recent = new Map<string, PreparedAnalysis>();
  const kept = keep();
  const made = new WeakMap<PreparedAnalysis, Map<string, unknown>>();
  return {
    of: async (spec) => {
      const key = JSON.stringify(spec);
      const known = recent.get(key);
      recent.delete(key);
      const checked = parseSpec(spec);
      if (known === undefined) await need(checked.experiments.map(({ id }) => id));
      const analysis = known ?? prepare(checked, library, kept);
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
