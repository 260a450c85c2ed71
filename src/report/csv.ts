/** Results as CSV: one header line, then numbers with all their digits. */

import type { PredictResult, ScanResult, SpectrumResult } from "../analysis/results.ts";
import { scanPoints } from "./scan-points.ts";

/** One row per point: grid names, `chi2`, `delta_chi2`, profiled names, `status`. */
export function scanCsv(result: ScanResult): string {
  const header = [
    ...result.grid.map((axis) => axis.name),
    "chi2",
    "delta_chi2",
    ...Object.keys(result.profiled),
    "status",
  ];
  const rows = scanPoints(result).map(({ at, chi2, deltaChi2, profiled }) => [
    ...at,
    chi2,
    deltaChi2,
    ...profiled,
    chi2 === null ? "failed" : "converged",
  ]);
  return csv(header, rows);
}

/** One row per cell: bin limits, components, `total`, `observed`, `error`. */
export function predictCsv(result: PredictResult): string {
  const header = [
    ...result.axes.flatMap(({ name, unit }) => [`${name}_low [${unit}]`, `${name}_high [${unit}]`]),
    ...result.components.map(({ name, flavour }) => (flavour === null ? name : `${name}_${flavour}`)),
    "total",
    "observed",
    "error",
  ];
  const cells = result.axes.reduce<number[][]>(
    (before, { edges }) => before.flatMap((cell) => edges.slice(1).map((edge, i) => [...cell, edges[i]!, edge])),
    [[]],
  );
  const rows = cells.map((cell, i) => [
    ...cell,
    ...result.components.map(({ counts }) => counts[i]!),
    result.total[i]!,
    result.observed?.[i] ?? null,
    result.errors?.[i] ?? null,
  ]);
  return csv(header, rows);
}

/** One row per recoil energy: `recoil [keVnr]`, then the rate of each flavour. */
export function spectrumCsv(result: SpectrumResult): string {
  const header = ["recoil [keVnr]", ...result.flavours.map(({ flavour }) => `${flavour} [${result.rateUnit}]`)];
  return csv(
    header,
    result.recoilKeV.map((energy, k) => [energy, ...result.flavours.map(({ rate }) => rate[k]!)]),
  );
}

/** A missing number is an empty cell. */
function csv(header: readonly string[], rows: readonly (readonly (number | string | null)[])[]): string {
  return `${[header, ...rows].map((row) => row.map((cell) => cell ?? "").join(",")).join("\n")}\n`;
}
