/** Results as CSV: one header line, then numbers with all their digits. */

import type {
  FitResult,
  PredictResult,
  ProfileResult,
  RegionResult,
  ScanResult,
  SpectrumResult,
} from "../analysis/results.ts";
import { cellsOf } from "./cells.ts";
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
  const rows = cellsOf(result.axes).map((cell, i) => [
    ...cell.flat(),
    ...result.components.map(({ counts }) => counts[i]!),
    result.total[i]!,
    result.observed?.[i] ?? null,
    result.errors?.[i] ?? null,
  ]);
  return csv(header, rows);
}

/** One row per point of a contour: `cl`, island and ring counted from 1 and 0 (0: outer line, others: holes), the plane. */
export function regionCsv(result: RegionResult): string {
  const rows = result.regions.flatMap(({ cl, polygons }) =>
    polygons.flatMap(({ outer, holes }, island) =>
      [outer, ...holes].flatMap((ring, k) => ring.map(([x, y]) => [cl, island + 1, k, x, y])),
    ),
  );
  return csv(["cl", "island", "ring", ...result.plane], rows);
}

/**
 * Minima and intervals: `row` is `minimum` (a row per minimum and parameter: `value`, `error`, `chi2`, `status`) or
 * `interval` (a row per segment: `cl`, `low`, `high`; an end that is not closed is empty); `number` counts either from 1.
 */
export function fitCsv(result: FitResult): string {
  const minima = result.minima.flatMap(({ parameters, uncertainties, chi2, status }, i) =>
    Object.entries(parameters).map(([name, value]) => [
      "minimum",
      name,
      i + 1,
      null,
      null,
      value,
      null,
      uncertainties[name] ?? null,
      chi2,
      status,
    ]),
  );
  const intervals = result.intervals.flatMap(({ parameter, cl, segments }) =>
    segments.map(([low, high], i) => ["interval", parameter, i + 1, cl, low, null, high, null, null, null]),
  );
  const header = ["row", "parameter", "number", "cl", "low", "value", "high", "error", "chi2", "status"];
  return csv(header, [...minima, ...intervals]);
}

/** One row per point of a profile: the parameter, `chi2`, `delta_chi2`, the other free parameters. */
export function profileCsv({ parameter, values, chi2, minimum, profiled }: ProfileResult): string {
  const rows = values.map((value, k) => {
    const at = chi2[k] ?? null;
    const others = Object.values(profiled).map((column) => column[k] ?? null);
    return [value, at, at === null ? null : at - minimum.chi2, ...others];
  });
  return csv([parameter, "chi2", "delta_chi2", ...Object.keys(profiled)], rows);
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
