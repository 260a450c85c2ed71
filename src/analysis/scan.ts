/** Scan: chi^2 on a grid of one or two parameters. */

import { usageError } from "../errors.ts";
import { chi2Grid } from "../statistics/grid.ts";
import { findMinima } from "../statistics/minima.ts";
import { costing, envelope, type Prepared, type Progress, ready, smStart, vectorOf } from "./ready.ts";
import type { ScanResult } from "./results.ts";

/**
 * chi^2 on a grid: parameters in `profile` are minimised, all others stay at the spec's values.
 * @throws NurecoilError (usage) without a grid, or with more than two axes
 */
export function scan(prepared: Prepared, onProgress?: Progress): ScanResult {
  const analysis = ready(prepared);
  const { grid, profile } = analysis.spec;
  if (grid.length < 1 || grid.length > 2)
    throw usageError("scan takes one or two grid axes", "--grid name=low:high:points");
  const free = [...grid.map((axis) => axis.name), ...profile];
  const objective = analysis.objective(free);
  const minima = findMinima(objective, [smStart(analysis, objective)]).filter((one) => one.status !== "failed");
  const axes = grid.map(({ name, low, high, n }) => ({
    name,
    index: objective.names.indexOf(name),
    values: Array.from({ length: n }, (_, k) =>
      // Fourteen digits: -1.1 stays -1.1.
      k === n - 1 ? high : Number((low + (k / (n - 1)) * (high - low)).toPrecision(14)),
    ),
  }));
  const points = chi2Grid(objective, axes, minima, onProgress);
  const lowest = points.reduce<{ chi2: number; x: Float64Array } | undefined>(
    (best, one) => (one.converged && (best === undefined || one.chi2 < best.chi2) ? one : best),
    undefined,
  );
  return {
    format: "nurecoil/scan/1",
    ...envelope(analysis),
    dof: objective.likelihood.cells - costing(analysis, free),
    grid: axes.map(({ name, values }) => ({ name, values })),
    chi2: points.map((one) => (one.converged ? one.chi2 : null)),
    profiled: Object.fromEntries(
      profile.map((name) => {
        const i = objective.names.indexOf(name);
        return [name, points.map((one) => (one.converged ? one.x[i]! : null))];
      }),
    ),
    minimum: lowest === undefined ? null : { chi2: lowest.chi2, parameters: vectorOf(objective, lowest.x) },
    failed: points.flatMap((one, k) => (one.converged ? [] : [k])),
  };
}
