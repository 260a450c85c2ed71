/** Toys: data as they could have been, drawn from a likelihood at a truth. */

import { LOWEST } from "../kernel/lanes.ts";
import type { RandomStream } from "../numerics/random.ts";
import type { Refit } from "./refit.ts";

/** Data of a likelihood, real ones or those of a toy. */
export interface Toy {
  /** Counts of all cells. */
  readonly observed: Float64Array;
  /** Measured centres of the constraints, one per unknown; 0 where there is no constraint. */
  readonly centres: Float64Array;
}

/** An empty toy, to be drawn into. */
export function blankToy({ cells, unknowns }: Pick<Refit, "cells" | "unknowns">): Toy {
  return { observed: new Float64Array(cells), centres: new Float64Array(unknowns) };
}

/**
 * Draw a toy: cells in their order, then centres in theirs. A Poisson cell is drawn from its expected count, a Gaussian
 * one from N(expected count, its sigma), the centre of a constrained unknown from N(its true value, 1); a flat unknown
 * has no centre, nothing is drawn for it.
 * @param refit which cells are Poisson, errors of the others, which unknowns are constrained
 * @param expected counts of all cells at the truth
 * @param truth the unknowns there
 * @param random at the first number of the toy
 * @param toy is overwritten
 */
export function drawToy(
  { cells, unknowns, poisson, sigma, constrained }: Refit,
  expected: Float64Array,
  truth: Float64Array,
  random: RandomStream,
  { observed, centres }: Toy,
): void {
  for (let c = 0; c < cells; c++) {
    // As chi^2 has it: an expectation below 1e-9 counts as that.
    const mean = poisson[c] === 1 ? Math.max(expected[c]!, LOWEST) : expected[c]!;
    observed[c] = poisson[c] === 1 ? random.poisson(mean) : mean + sigma[c]! * random.normal();
  }
  for (let k = 0; k < unknowns; k++) centres[k] = constrained[k] === 1 ? truth[k]! + random.normal() : 0;
}
