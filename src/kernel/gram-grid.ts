/** Grids of points. */

import type { Gram } from "./gram-form.ts";

/** A grid as batches, one per row. */
export function gridOf(batch: Gram["batch"]): Gram["grid"] {
  return (axes, out) => {
    const inner = axes.at(-1);
    if (inner === undefined) return batch([], out);
    const outer = axes.slice(0, -1);
    const rows = outer.reduce((product, axis) => product * axis.length, 1);
    const held = outer.map(() => new Float64Array(inner.length));
    for (let row = 0; row < rows; row++) {
      let rest = row;
      for (let i = outer.length - 1; i >= 0; i--) {
        const axis = outer[i]!;
        held[i]!.fill(axis[rest % axis.length]!);
        rest = Math.floor(rest / axis.length);
      }
      batch([...held, inner], out.subarray(row * inner.length, (row + 1) * inner.length));
    }
  };
}
