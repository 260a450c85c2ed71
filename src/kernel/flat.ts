/** A model as two flat arrays: what a kernel runs, what workers share. */

import type { Ints, Reals } from "./lanes.ts";
import { EDGE_ROWS, HEAD_SIZE, M_EDGE, UNKNOWNS } from "./layout.ts";

/** Whole numbers (the program, see layout.ts) and real ones. Plain data: it can be posted to a worker. */
export interface FlatModel {
  readonly p: Ints;
  readonly m: Reals;
}

/** Lays arrays one after the other; what comes back are places, or lists of them. */
export interface Layout {
  /** Set a number of the head. */
  readonly head: (entry: number, value: number) => void;
  /** Room for real numbers, zero where none are given. */
  readonly reals: (values: number | ArrayLike<number>) => number;
  /** Room for whole numbers. */
  readonly ints: (values: ArrayLike<number>) => number;
  readonly finish: () => FlatModel;
}

export function layout(): Layout {
  const whole: number[] = new Array<number>(HEAD_SIZE).fill(0);
  const runs: { readonly at: number; readonly values: ArrayLike<number> }[] = [];
  let size = 0;
  return {
    head: (entry, value) => {
      whole[entry] = value;
    },
    reals: (values) => {
      const at = size;
      if (typeof values !== "number") runs.push({ at, values });
      const length = typeof values === "number" ? values : values.length;
      // Pairs begin at even places: vectors are loaded faster there.
      size += length + (length % 2);
      return at;
    },
    ints: (values) => {
      const at = whole.length;
      for (let i = 0; i < values.length; i++) whole.push(values[i]!);
      return at;
    },
    finish: () => {
      // What only the kernel itself uses.
      const unknowns = whole[UNKNOWNS]!;
      whole[M_EDGE] = size;
      const m = new Float64Array(size + EDGE_ROWS + 3 * (unknowns + (unknowns % 2)));
      for (const { at, values } of runs) m.set(values, at);
      return { p: Int32Array.from(whole), m };
    },
  };
}
