/** A scan as a list of points, the form that tables and CSV need. */

import type { ScanResult } from "../analysis/results.ts";

export interface ScanPoint {
  /** Grid parameters, in the order of the grid. */
  readonly at: readonly number[];
  /** null: no converged answer. */
  readonly chi2: number | null;
  /** Above the lowest point of the scan. */
  readonly deltaChi2: number | null;
  /** Profiled parameters, in the order of `result.profiled`. */
  readonly profiled: readonly (number | null)[];
}

/** Points in the order of the result: last axis fastest. */
export function scanPoints({ grid, chi2, minimum, profiled }: ScanResult): readonly ScanPoint[] {
  const columns = Object.values(profiled);
  return chi2.map((value, k) => {
    const at: number[] = [];
    let rest = k;
    for (const { values } of [...grid].reverse()) {
      at.unshift(values[rest % values.length]!);
      rest = Math.floor(rest / values.length);
    }
    return {
      at,
      chi2: value,
      deltaChi2: value === null || minimum === null ? null : value - minimum.chi2,
      profiled: columns.map((column) => column[k] ?? null),
    };
  });
}
