/** Nodes of a lattice over some unknowns, the others at their best there. */

import type { Lattice } from "./lattice.ts";
import type { Refit } from "./refit.ts";
import type { Toy } from "./toys.ts";

export interface NodeInputs {
  readonly lattice: Lattice;
  /** Unknown along each axis of the lattice. */
  readonly axes: readonly number[];
  /** 1 for an unknown that keeps its value of `base`. */
  readonly held: Uint8Array;
  readonly base: Float64Array;
  /** The real data: at each node the soft unknowns are profiled on them before mu is taken. */
  readonly data: Toy;
}

/**
 * Soft unknowns at their best values for the real data at every node, and the counts expected there.
 * @returns also chi^2 there (NaN where no search converged), the lowest one and its node
 */
export function profiledNodes(refit: Refit, { lattice, axes, held, base, data }: NodeInputs) {
  const { cells } = refit;
  const soft = softUnknowns(held, axes);
  const width = soft.length;
  const fixed = Uint8Array.from(held, (one, k) => (one === 1 || axes.includes(k) ? 1 : 0));
  const places = new Float64Array(lattice.nodes * width);
  const counts = new Float64Array(lattice.nodes * cells);
  const x = new Float64Array(base.length);
  const values = new Float64Array(lattice.nodes);
  let lowest = Number.POSITIVE_INFINITY;
  let best = 0;
  refit.setData(data.observed, data.centres);
  for (let node = 0; node < lattice.nodes; node++) {
    const start = (): void => {
      x.set(base);
      axes.forEach((k, axis) => {
        x[k] = lattice.at[node * axes.length + axis]!;
      });
    };
    start();
    const value = refit.minimize(x, fixed);
    values[node] = value;
    // Where nothing converges the place to start from does as well as any.
    if (Number.isNaN(value)) start();
    if (value < lowest) {
      lowest = value;
      best = node;
    }
    soft.forEach((k, i) => {
      places[node * width + i] = x[k]!;
    });
    const mu = counts.subarray(node * cells, (node + 1) * cells);
    refit.expected(x, mu);
  }
  return { places, counts, reference: counts.slice(best * cells, (best + 1) * cells), values, lowest, best };
}

/** Unknowns that are neither held nor on the lattice. */
export function softUnknowns(held: Uint8Array, axes: readonly number[]): readonly number[] {
  return Array.from(held.keys()).filter((k) => held[k] === 0 && !axes.includes(k));
}
