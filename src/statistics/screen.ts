/** A look at all nodes of a lattice with one data set: about what chi^2 is there, and where to start a search. */

import type { Refit } from "./refit.ts";
import { commonTerms, type ScreenTables } from "./screen-tables.ts";
import type { Toy } from "./toys.ts";

export interface Screen {
  /** chi^2 at each node with all other unknowns at their best, about; of the last data looked at. */
  readonly values: Float64Array;
  readonly look: (toy: Toy) => void;
  /** How far chi^2 may fall between a node and its neighbours: the sag of parabolas through them, axes added up. */
  readonly sagAt: (node: number) => number;
  /** Write the unknowns to start from at a node: the bottom of those parabolas, other unknowns at their best. */
  readonly startAt: (node: number, x: Float64Array) => void;
}

/** A screen works in memory of its own: nothing is allocated in a look. */
export function screenOf(refit: Refit, tables: ScreenTables): Screen {
  const { lattice, base, offset, reference, combinations, rows, places, roots } = tables;
  const { nodes, at, beside } = lattice;
  const { cells, lower, upper } = refit;
  const axes = Int32Array.from(tables.axes);
  const soft = Int32Array.from(tables.soft);
  const centred = Int32Array.from(tables.centred);
  const rank = combinations.length / cells;
  const width = soft.length;
  const size = 1 + rank + centred.length;
  const features = new Float64Array(size);
  const off = new Float64Array(cells);
  const values = new Float64Array(nodes);
  const count = nodes * (1 + width);
  /** Rows times features: of each node chi^2 without what all share, then R g. */
  const products = new Float64Array(count);

  /** Four rows side by side: alone, each sum would wait for its last addition. */
  function multiply(): void {
    let row = 0;
    for (; row + 4 <= count; row += 4) {
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      for (let i = 0, k = row * size; i < size; i++, k++) {
        const feature = features[i]!;
        a += rows[k]! * feature;
        b += rows[k + size]! * feature;
        c += rows[k + 2 * size]! * feature;
        d += rows[k + 3 * size]! * feature;
      }
      products[row] = a;
      products[row + 1] = b;
      products[row + 2] = c;
      products[row + 3] = d;
    }
    for (; row < count; row++) {
      let sum = 0;
      for (let i = 0, k = row * size; i < size; i++, k++) sum += rows[k]! * features[i]!;
      products[row] = sum;
    }
  }

  function look(toy: Toy): void {
    const { observed, centres } = toy;
    for (let c = 0; c < cells; c++) off[c] = observed[c]! - reference[c]!;
    features[0] = 1;
    for (let j = 0, k = 0; j < rank; j++) {
      let sum = 0;
      for (let c = 0; c < cells; c++, k++) sum += combinations[k]! * off[c]!;
      features[1 + j] = sum;
    }
    for (let m = 0; m < centred.length; m++) features[1 + rank + m] = centres[centred[m]!]!;
    const common = offset + commonTerms(refit, tables, toy);
    multiply();
    for (let node = 0, row = 0; node < nodes; node++) {
      let value = common + products[row++]!;
      for (let i = 0; i < width; i++, row++) value -= (products[row]! * products[row]!) / 2;
      values[node] = value;
    }
  }

  /** Second difference of the values along an axis; 0 at its ends. */
  function bendAt(node: number, axis: number): number {
    const k = 2 * (axes.length * node + axis);
    if (beside[k]! < 0 || beside[k + 1]! < 0) return 0;
    return values[beside[k]!]! + values[beside[k + 1]!]! - 2 * values[node]!;
  }

  /** Bottom of the parabola through a node and its neighbours along an axis, at most half a step away. */
  function bottomAt(node: number, axis: number): number {
    const here = at[node * axes.length + axis]!;
    const bend = bendAt(node, axis);
    if (!(bend > 0)) return here;
    const k = 2 * (axes.length * node + axis);
    const before = beside[k]!;
    const after = beside[k + 1]!;
    const step = (at[after * axes.length + axis]! - at[before * axes.length + axis]!) / 2;
    const steps = (values[before]! - values[after]!) / (2 * bend);
    return here + step * Math.min(Math.max(steps, -0.5), 0.5);
  }

  return {
    values,
    look,
    sagAt: (node) => {
      let sum = 0;
      for (let axis = 0; axis < axes.length; axis++) sum += Math.max(bendAt(node, axis), 0) / 8;
      return sum;
    },
    startAt: (node, x) => {
      x.set(base);
      for (let axis = 0; axis < axes.length; axis++) x[axes[axis]!] = bottomAt(node, axis);
      const row = node * (1 + width) + 1;
      for (let k = 0; k < width; k++) {
        let value = places[node * width + k]!;
        for (let i = 0; i < width; i++) value -= roots[(node * width + i) * width + k]! * products[row + i]!;
        x[soft[k]!] = Math.min(Math.max(value, lower[soft[k]!]!), upper[soft[k]!]!);
      }
    },
  };
}
