/** Feldman-Cousins: how often data at a tested point would fit worse there than the real ones do. */

import { stream } from "../numerics/random.ts";
import { latticeOf } from "./lattice.ts";
import { chi2Survival } from "./levels.ts";
import { decides } from "./proportion.ts";
import type { Refit } from "./refit.ts";
import { type ScreenTables, screenTables } from "./screen-tables.ts";
import { searchOf } from "./search.ts";
import { blankToy, drawToy, type Toy } from "./toys.ts";

/** What all tested points share: plain data. */
export interface TestSetup {
  readonly data: Toy;
  /** Lowest chi^2 of the data inside the window, and the unknowns there. */
  readonly lowest: number;
  readonly best: Float64Array;
  /** Unknowns that a point holds. */
  readonly tested: readonly number[];
  /** For the global minimum of each toy. */
  readonly tables: ScreenTables;
  readonly cls: readonly number[];
  /** Most toys per point. */
  readonly toys: number;
  readonly seed: number;
  /** Whether toys are thrown at nominal nuisances, not at those profiled on the data. */
  readonly nominal: boolean;
}

export interface TestedPoint {
  /** Values of the tested unknowns. */
  readonly at: readonly number[];
  /** Index of the point: its toys' streams go by it. */
  readonly index: number;
  /** Whether toys are thrown even where chi^2 alone is certain. */
  readonly always: boolean;
}

export interface PointTest {
  /**
   * chi^2 of the data at the point less the lowest one; NaN where the fit failed. Below 0 only where the lowest one was
   * not found.
   */
  readonly t: number;
  /** Share of toys with t at least that of the data; NaN where there is none. */
  readonly p: number;
  readonly toys: number;
  /** Whether the toys used tell on which side of every level the point lies. */
  readonly decided: boolean;
  /** Toys without a converged fit: each counts as one that fits worse than the data. */
  readonly failed: number;
}

/** Two t that differ by less are equal: minima are found within 1e-8, and counts make t discrete. */
export const EQUAL = 1e-6;
/** A point is certain when chi^2 alone gives it less than this share of what the highest level leaves out. */
export const CERTAIN = 1e-4;
/** The toys of a point are counted every so many, */
export const LOOK = 10;
/** and the point is decided when this Clopper-Pearson interval of p excludes every 1 - CL. */
export const CONFIDENCE = 0.997;

/** A function that tests points; it draws and fits in memory of its own. */
export function pointTester(refit: Refit, setup: TestSetup): (point: TestedPoint) => PointTest {
  const { data, lowest, best, tested, tables, cls, toys: most, seed, nominal } = setup;
  const random = stream(seed, 0, 0);
  const everywhere = searchOf(refit, tables);
  const toy = blankToy(refit);
  const mean = new Float64Array(refit.cells);
  const outside = 1 - Math.max(...cls);

  return ({ at, index, always }) => {
    const base = Float64Array.from(best);
    tested.forEach((k, i) => {
      base[k] = at[i]!;
    });
    const here = conditionalTables(refit, data, base, tested);
    refit.setData(data.observed, data.centres);
    const found = searchOf(refit, here, true);
    const t = found.lowest(data, undefined, base) - lowest;
    if (Number.isNaN(t)) return { t, p: Number.NaN, toys: 0, decided: false, failed: 0 };
    if (t <= EQUAL) return { t, p: 1, toys: 0, decided: true, failed: 0 };
    const expected = chi2Survival(t, tested.length);
    if (expected < CERTAIN * outside && !always) return { t, p: expected, toys: 0, decided: true, failed: 0 };

    const truth = nominal ? atNominal(refit, data, found.best, tested) : found.best.slice();
    refit.expected(truth, mean);
    const conditional = searchOf(refit, here);
    let [thrown, worse, failed] = [0, 0, 0];
    let decided = false;
    while (thrown < most && !decided) {
      const until = Math.min(thrown + LOOK, most);
      for (; thrown < until; thrown++) {
        random.restart(index, thrown);
        drawToy(refit, mean, truth, random, toy);
        refit.setData(toy.observed, toy.centres);
        const above = conditional.lowest(toy);
        // As soon as any minimum lies far enough below, a lower one would change nothing.
        const below = everywhere.lowest(toy, above - t + EQUAL, conditional.best);
        if (Number.isNaN(above) || Number.isNaN(below)) failed++;
        else if (above - below >= t - EQUAL) worse++;
      }
      decided = cls.every((cl) => decides(worse + failed, thrown, 1 - cl, CONFIDENCE) !== "undecided");
    }
    return { t, p: (worse + failed) / thrown, toys: thrown, decided, failed };
  };
}

/** What a search needs with some unknowns held: other couplings are searched over their ranges. */
export function conditionalTables(
  refit: Refit,
  data: Toy,
  base: Float64Array,
  heldUnknowns: readonly number[],
): ScreenTables {
  const held = Uint8Array.from(base, (_, k) => (heldUnknowns.includes(k) ? 1 : 0));
  const axes = Array.from({ length: refit.couplings }, (_, k) => k).filter((k) => held[k] === 0);
  const lattice = latticeOf(
    axes.map((k) => refit.lower[k]!),
    axes.map((k) => refit.upper[k]!),
    axes.length === 0 ? [] : [axes.map((k) => base[k]!)],
  );
  return screenTables(refit, { lattice, axes, held, base, data });
}

/** The unknowns with nuisances at nominal, other couplings at their best there; those tested stay. */
function atNominal(refit: Refit, data: Toy, found: Float64Array, tested: readonly number[]): Float64Array {
  const nuisances = Array.from(found.keys()).filter((k) => k >= refit.couplings && !tested.includes(k));
  const start = found.map((value, k) => (nuisances.includes(k) ? 0 : value));
  const held = [...tested, ...nuisances];
  if (held.length === refit.unknowns) return start;
  const search = searchOf(refit, conditionalTables(refit, data, start, held), true);
  refit.setData(data.observed, data.centres);
  return Number.isNaN(search.lowest(data, undefined, start)) ? start : search.best;
}
