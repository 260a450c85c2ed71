/** Part of a likelihood: blocks that share profiled nuisances, and what a method makes of them. */

import type { Block, Nuisance } from "./model.ts";
import type { Shape } from "./shape.ts";

/** Blocks that share profiled nuisances, at the point at hand: what a method reads and brings to its best nuisances. */
export interface Part {
  readonly blocks: readonly Block[];
  /** First cell of each block. */
  readonly offsets: readonly number[];
  readonly cells: number;
  readonly observed: Float64Array;
  readonly shapes: readonly Shape[];
  /** Deviations of all nuisances of the model; the profiled ones are the method's to set. */
  readonly deviations: Float64Array;
  /** Indices of the nuisances that are profiled here. */
  readonly profiled: readonly number[];
  readonly nuisances: readonly Nuisance[];
  /** Lowest and highest deviation of each nuisance of the model. */
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

/** How chi^2 is made of cells, and how the profiled nuisances find their best values. */
export interface Method {
  /** Set the profiled deviations to their best, leave the shapes there, return chi^2 with the profiled constraints. */
  readonly solve: () => number;
  /** d chi^2/d mu and d^2 chi^2/d mu^2 of each cell at the last solution. */
  readonly slope: Float64Array;
  readonly bend: Float64Array;
  /** chi^2 of one cell at the last solution. */
  readonly ofCell: (cell: number) => number;
  /** Predictions that were cut from below at the last solution. */
  readonly cut: () => number;
}
