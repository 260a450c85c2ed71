/** Components that share a block and their nuisances always move together: what likelihoods add up over. */

import type { Change, Model, ModelComponent, Spread } from "./model.ts";
import { mergedTerms, type QuadraticTerm } from "./quadratic.ts";

export interface Group {
  readonly block: number;
  readonly terms: readonly QuadraticTerm[];
  /** Indices of the nuisances whose factors multiply it. */
  readonly nuisances: readonly number[];
  readonly changes: readonly (Omit<Change, "nuisance"> & { readonly nuisance: number })[];
  readonly spread: SpreadOf | null;
}

interface SpreadOf {
  readonly shares: Float64Array;
  readonly changes: readonly (Omit<Spread["changes"][number], "nuisance"> & { readonly nuisance: number })[];
}

/** Groups of a model, block by block. */
export function groupComponents(model: Model): readonly Group[] {
  const index = new Map(model.nuisances.map((one, k) => [one.name, k]));
  return model.blocks.flatMap((block, b) => {
    const spreads: Spread[] = [];
    const spreadKey = (spread: Spread | undefined): number => {
      if (spread === undefined) return -1;
      if (!spreads.includes(spread)) spreads.push(spread);
      return spreads.indexOf(spread);
    };
    const groups = new Map<string, Group>();
    for (const component of block.components) {
      const one = groupOf(component, b, index);
      const moved = one.changes.map(({ nuisance }) => nuisance);
      const key = `${one.nuisances.join(" ")}|${moved.join(" ")}|${spreadKey(component.spread)}`;
      const known = groups.get(key);
      groups.set(key, known === undefined ? one : merge(known, one));
    }
    return [...groups.values()];
  });
}

/** A component on its own. */
export function groupOf(component: ModelComponent, block: number, index: ReadonlyMap<string, number>): Group {
  const { spread } = component;
  return {
    block,
    terms: merged(component.terms),
    nuisances: component.nuisances.map((name) => index.get(name)!),
    changes: (component.changes ?? []).map((change) => ({ ...change, nuisance: index.get(change.nuisance)! })),
    spread:
      spread === undefined
        ? null
        : {
            shares: spread.shares,
            changes: spread.changes.map((change) => ({ ...change, nuisance: index.get(change.nuisance)! })),
          },
  };
}

function merge(a: Group, b: Group): Group {
  return {
    ...a,
    terms: merged([...a.terms, ...b.terms]),
    changes: a.changes.map((change, c) => ({
      ...change,
      terms: change.terms.map((terms, j) => merged([...terms, ...b.changes[c]!.terms[j]!])),
    })),
  };
}

function merged(terms: readonly QuadraticTerm[]): readonly QuadraticTerm[] {
  return mergedTerms(terms.map((term) => ({ term, scale: 1 })));
}
