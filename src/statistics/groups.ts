/** Components that share a block and their nuisances always move together: what likelihoods add up over. */

import type { Model } from "./model.ts";
import type { QuadraticTerm } from "./quadratic.ts";

export interface Group {
  readonly block: number;
  readonly terms: readonly QuadraticTerm[];
  /** Indices of the nuisances whose factors multiply it. */
  readonly nuisances: readonly number[];
}

/** Groups of a model, block by block. */
export function groupComponents({ blocks, nuisances }: Model): readonly Group[] {
  return blocks.flatMap((block, b) => {
    const groups = new Map<string, Group>();
    for (const component of block.components) {
      const indices = component.nuisances.map((name) => nuisances.findIndex((one) => one.name === name));
      const key = indices.join(" ");
      const terms = mergeTerms([...(groups.get(key)?.terms ?? []), ...component.terms]);
      groups.set(key, { block: b, terms, nuisances: indices });
    }
    return [...groups.values()];
  });
}

function mergeTerms(terms: readonly QuadraticTerm[]): QuadraticTerm[] {
  const merged = new Map<string, QuadraticTerm>();
  for (const term of terms) {
    const key = `${term.left} ${term.right}`;
    const known = merged.get(key);
    merged.set(key, known === undefined ? term : { ...term, counts: known.counts.map((n, i) => n + term.counts[i]!) });
  }
  return [...merged.values()];
}
