/** Global minimum of chi^2 for one data set after the other: all minima tried, cheaply. */

import type { Refit } from "./refit.ts";
import { screenOf } from "./screen.ts";
import type { ScreenTables } from "./screen-tables.ts";
import type { Toy } from "./toys.ts";

export interface Search {
  /** Unknowns at the minimum found last. */
  readonly best: Float64Array;
  /**
   * Lowest chi^2 of the data that `refit` has now.
   * @param toy the same data
   * @param enough a value at or below this ends the search: it is then only an upper limit
   * @param from one more place to start from
   * @returns NaN where no start converged
   */
  readonly lowest: (toy: Toy, enough?: number, from?: Float64Array) => number;
}

/**
 * A dip of the lattice is passed over when it lies further above the lowest chi^2 found than this and twice the sag
 * that parabolas through its neighbours let expect between nodes.
 */
const MARGIN = 2;
const SAG = 2;

/**
 * A search that starts from every node lower than all nodes beside it, best first.
 * @param thorough start from every node: for the real data, once
 */
export function searchOf(refit: Refit, tables: ScreenTables, thorough = false): Search {
  const { lattice, held, base } = tables;
  const { nodes, neighbours } = lattice;
  const { values, look, sagAt, startAt } = screenOf(refit, tables);
  const dips = new Int32Array(nodes);
  const x = new Float64Array(base.length);
  const best = new Float64Array(base.length);
  let found = Number.NaN;

  /** Whether no node beside is lower; of equal ones the first counts as lowest. */
  function isDip(node: number): boolean {
    const around = neighbours[node]!;
    const value = values[node]!;
    for (let i = 0; i < around.length; i++) {
      const other = values[around[i]!]!;
      if (other < value || (other === value && around[i]! < node)) return false;
    }
    return true;
  }

  /** Fill `dips` by rising value. @returns how many there are */
  function findDips(): number {
    let count = 0;
    for (let node = 0; node < nodes; node++) {
      if (!thorough && !isDip(node)) continue;
      let place = count++;
      for (; place > 0 && values[dips[place - 1]!]! > values[node]!; place--) dips[place] = dips[place - 1]!;
      dips[place] = node;
    }
    return count;
  }

  function descend(): void {
    const value = refit.minimize(x, held);
    if (!(value < found || (Number.isNaN(found) && !Number.isNaN(value)))) return;
    found = value;
    best.set(x);
  }

  return {
    best,
    lowest: (toy, enough = Number.NEGATIVE_INFINITY, from) => {
      found = Number.NaN;
      look(toy);
      const count = findDips();
      for (let i = 0; i < count; i++) {
        const node = dips[i]!;
        if (!thorough && values[node]! - SAG * sagAt(node) - MARGIN > found) continue;
        startAt(node, x);
        descend();
        if (found <= enough) return found;
        if (i > 0 || from === undefined) continue;
        x.set(from);
        descend();
        if (found <= enough) return found;
      }
      return found;
    },
  };
}
