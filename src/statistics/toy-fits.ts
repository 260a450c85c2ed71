/** Fits of toys thrown at one truth: what goodness of fit and coverage are counted from. */

import { stream } from "../numerics/random.ts";
import type { Refit } from "./refit.ts";
import type { ScreenTables } from "./screen-tables.ts";
import { searchOf } from "./search.ts";
import { blankToy, drawToy } from "./toys.ts";

/** What all toys share: plain data. */
export interface ToySetup {
  /** All unknowns at the truth. */
  readonly truth: Float64Array;
  /** For the global minimum of each toy. */
  readonly tables: ScreenTables;
  /** For the minimum with one parameter held at its truth, parameter by parameter. */
  readonly conditional: readonly ScreenTables[];
  readonly seed: number;
}

export interface ToyFits {
  /** Lowest chi^2 of each toy; NaN where no fit converged. */
  readonly chi2: Float64Array;
  /** chi^2 with a parameter at its truth less the lowest, not below 0: parameter by parameter, toy by toy. */
  readonly t: readonly Float64Array[];
}

/**
 * A function that throws and fits toys `from` up to, not including, `to`. The stream of a toy goes by its index alone.
 */
export function toyFitter(refit: Refit, setup: ToySetup): (from: number, to: number) => ToyFits {
  const { truth, tables, conditional, seed } = setup;
  const random = stream(seed, 0, 0);
  const everywhere = searchOf(refit, tables);
  const along = conditional.map((one) => searchOf(refit, one));
  const toy = blankToy(refit);
  const mean = new Float64Array(refit.cells);
  refit.expected(truth, mean);
  return (from, to) => {
    const chi2 = new Float64Array(to - from);
    const t = along.map(() => new Float64Array(to - from));
    for (let k = from; k < to; k++) {
      random.restart(0, k);
      drawToy(refit, mean, truth, random, toy);
      refit.setData(toy.observed, toy.centres);
      let lowest = everywhere.lowest(toy, undefined, truth);
      for (let i = 0; i < along.length; i++) {
        const held = along[i]!.lowest(toy, undefined, truth);
        t[i]![k - from] = held;
        // A minimum with a parameter held is one more limit on the lowest.
        if (held < lowest) lowest = held;
      }
      chi2[k - from] = lowest;
      for (const one of t) one[k - from] = Math.max(one[k - from]! - lowest, 0);
    }
    return { chi2, t };
  };
}
