/** Scan: chi^2 on a grid of one or two parameters. */

import { usageError } from "../errors.ts";
import { type GridPoint, gridRow, gridRowLengths } from "../statistics/grid.ts";
import { findMinima } from "../statistics/minima.ts";
import { complete, type Steps } from "../statistics/steps.ts";
import { checkOverflow } from "./minima.ts";
import { costing, envelope, type Prepared, type Progress, ready, smStart } from "./ready.ts";
import type { ScanResult } from "./results.ts";

/** Values of one shard of a scan by column name. */
export type ScanColumns = Readonly<Record<string, Float64Array | Int32Array>>;

/** A scan in shards: parts of the grid whose numbers do not depend on which of the others are computed, and when. */
export interface ScanPlan {
  readonly shards: number;
  /** Grid parameters, `chi2`, profiled parameters, `converged` (0 or 1; where it is 0 the numbers found are NaN). */
  readonly columns: readonly { readonly name: string; readonly type: "float64" | "int32" }[];
  /** Points of a shard: a row each. */
  readonly rows: (shard: number) => number;
  readonly compute: (shard: number) => Steps<ScanColumns>;
  /** The result of all shards, in their order. */
  readonly result: (shards: readonly ScanColumns[]) => ScanResult;
}

/** A shard is at least this many points: what a killed run loses. */
const SHARD_POINTS = 256;
/** Large grids are cut into about this many shards, so that a folder stays listable. */
const SHARDS = 500;

/**
 * chi^2 on a grid: parameters in `profile` are minimised, all others stay at the spec's values.
 * @throws NurecoilError (usage) without a grid, or with more than two axes
 */
export function scan(prepared: Prepared, onProgress?: Progress): ScanResult {
  const plan = scanPlan(prepared);
  const shards = Array.from({ length: plan.shards }, (_, shard) => {
    const columns = complete(plan.compute(shard), (share) => onProgress?.((shard + share) / plan.shards));
    onProgress?.((shard + 1) / plan.shards);
    return columns;
  });
  return plan.result(shards);
}

/**
 * The same scan shard by shard.
 * @throws NurecoilError (usage) without a grid, or with more than two axes
 */
export function scanPlan(prepared: Prepared): ScanPlan {
  const analysis = ready(prepared);
  const { grid, profile } = analysis.spec;
  if (grid.length < 1 || grid.length > 2)
    throw usageError("scan takes one or two grid axes", "--grid name=low:high:points");
  const free = [...grid.map((axis) => axis.name), ...profile];
  const whole = analysis.objective(free);
  const { names } = whole;
  const axes = grid.map(({ name, low, high, n }) => ({
    name,
    index: names.indexOf(name),
    values: Array.from({ length: n }, (_, k) =>
      // Fourteen digits: -1.1 stays -1.1.
      k === n - 1 ? high : Number((low + (k / (n - 1)) * (high - low)).toPrecision(14)),
    ),
  }));

  const lengths = gridRowLengths(grid.map((axis) => axis.n));
  const rowsOfShard = Math.max(Math.ceil(SHARD_POINTS / lengths[0]!), Math.ceil(lengths.length / SHARDS));
  const gridRowsOf = (shard: number): readonly number[] =>
    [...lengths.keys()].slice(shard * rowsOfShard, (shard + 1) * rowsOfShard);
  let minima: ReturnType<typeof findMinima> | undefined;
  const startsOf = () => {
    // Without a parameter to profile there is nothing to start.
    if (profile.length === 0) return [];
    minima ??= findMinima(whole, [smStart(analysis, whole)]).filter((one) => one.status !== "failed");
    return minima;
  };

  function* compute(shard: number): Steps<ScanColumns> {
    const starts = startsOf();
    // A likelihood remembers its last answer: a new one for each shard knows of no other.
    const objective = analysis.objective(free);
    const rows = gridRowsOf(shard);
    const found: (readonly GridPoint[])[] = [];
    for (const [k, row] of rows.entries()) {
      const steps = gridRow(objective, axes, starts, row);
      let step = steps.next();
      for (; step.done !== true; step = steps.next()) yield (k + step.value) / rows.length;
      found.push(step.value);
    }
    const points = found.flat();
    const columnOf = (i: number): Float64Array =>
      Float64Array.from(points, (one) => (one.converged ? one.x[i]! : Number.NaN));
    return {
      ...Object.fromEntries(axes.map(({ name, index }) => [name, Float64Array.from(points, (one) => one.x[index]!)])),
      chi2: Float64Array.from(points, (one) => (one.converged ? one.chi2 : Number.NaN)),
      ...Object.fromEntries(profile.map((name) => [name, columnOf(names.indexOf(name))])),
      converged: Int32Array.from(points, (one) => (one.converged ? 1 : 0)),
    };
  }

  return {
    shards: Math.ceil(lengths.length / rowsOfShard),
    columns: [
      ...[...grid.map((axis) => axis.name), "chi2", ...profile].map((name) => ({ name, type: "float64" }) as const),
      { name: "converged", type: "int32" },
    ],
    rows: (shard) => gridRowsOf(shard).reduce((sum, row) => sum + lengths[row]!, 0),
    compute,
    result: (shards) => {
      const column = (name: string): readonly number[] => shards.flatMap((one) => [...one[name]!]);
      const converged = column("converged");
      const known = (name: string) => column(name).map((value, k) => (converged[k] === 1 ? value : null));
      const chi2 = known("chi2");
      const values = Object.fromEntries(names.map((name) => [name, known(name)]));
      const lowest = chi2.reduce<number | undefined>(
        (best, value, k) => (value !== null && (best === undefined || value < chi2[best]!) ? k : best),
        undefined,
      );
      if (lowest === undefined) checkOverflow(analysis, whole);
      return {
        format: "nurecoil/scan/1",
        ...envelope(analysis),
        dof: whole.likelihood.cells - costing(analysis, free),
        grid: axes.map(({ name, values }) => ({ name, values })),
        chi2,
        profiled: Object.fromEntries(profile.map((name) => [name, values[name]!])),
        minimum:
          lowest === undefined
            ? null
            : {
                chi2: chi2[lowest]!,
                parameters: Object.fromEntries(names.map((name) => [name, values[name]![lowest]!])),
              },
        failed: converged.flatMap((one, k) => (one === 1 ? [] : [k])),
      };
    },
  };
}
