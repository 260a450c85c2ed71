/** From results to panels: counts in bins, planes with regions, profiles. */

import type { PredictResult, RegionResult, ScanResult } from "../analysis/results.ts";
import { type Color, levelTints, SERIES } from "./palette.ts";
import type { LineStyle, Mark, PanelSpec } from "./spec.ts";
import { symbolOf } from "./symbols.ts";

export interface CountsSeries {
  readonly label: string;
  readonly values: readonly number[];
  readonly line?: LineStyle;
  readonly fill?: Color;
}

/**
 * Histogram panel over the first axis of a prediction, with the observed counts and their errors.
 * @param label of the horizontal axis, TeX between dollars
 */
export function countsPanel(
  result: PredictResult,
  series: readonly CountsSeries[],
  options: { readonly label: string; readonly unit?: string; readonly data?: string; readonly title?: string },
): PanelSpec {
  const edges = result.axes[0]!.edges;
  const marks: Mark[] = series.map(({ label, values, line, fill }) => ({
    type: "steps",
    edges,
    values,
    label,
    ...(line === undefined ? {} : { line }),
    ...(fill === undefined ? {} : { fill }),
  }));
  if (options.data !== undefined && result.observed !== null) {
    marks.push({
      type: "points",
      x: result.observed.map((_, i) => (edges[i]! + edges[i + 1]!) / 2),
      y: result.observed,
      ...(result.errors === null ? {} : { yErr: result.errors }),
      label: options.data,
      color: "black",
    });
  }
  const width = edges[1]! - edges[0]!;
  return {
    ...(options.title === undefined ? {} : { title: options.title }),
    x: {
      label: options.label,
      ...(options.unit === undefined ? {} : { unit: options.unit }),
      domain: [edges[0]!, edges.at(-1)!],
    },
    y: { label: `Events / ${width} ${result.axes[0]!.unit}` },
    marks,
  };
}

/** Panel of a plane: regions from the largest level down, best fits and the standard model marked. */
export function planePanel(
  result: RegionResult,
  options: { readonly title?: string; readonly color?: Color; readonly extra?: readonly Mark[] } = {},
): PanelSpec {
  const [a, b] = result.plane;
  const window = { x: result.window[a]!, y: result.window[b]! };
  const order = result.regions
    .map((_, k) => k)
    .sort((i, j) => result.regions[j]!.deltaChi2 - result.regions[i]!.deltaChi2);
  const tints = levelTints(options.color ?? "vermillion", result.regions.length);
  const marks: Mark[] = order.map((k, drawn) => ({
    type: "region",
    polygons: result.regions[k]!.polygons,
    fill: tints[order.length - 1 - drawn]!,
    line: { color: options.color ?? "vermillion", width: 0.6 },
    window,
    label: levelLabel(result.regions[k]!),
  }));
  marks.push(...(options.extra ?? []));
  // A flat valley has no point to mark, and a minimum on the border of the search range is none of the physics.
  for (const { parameters, status } of result.minima) {
    if (status !== "converged") continue;
    // Where the best fit is the standard model, one mark says it.
    const near = (name: string, [low, high]: readonly [number, number]): boolean =>
      Math.abs(parameters[name]!) < 0.005 * (high - low);
    if (near(a, window.x) && near(b, window.y)) continue;
    marks.push({
      type: "marker",
      x: parameters[a]!,
      y: parameters[b]!,
      shape: "cross",
      color: "black",
      label: "best fit",
    });
  }
  marks.push({ type: "marker", x: 0, y: 0, shape: "star", color: "black", label: "standard model" });
  return {
    ...(options.title === undefined ? {} : { title: options.title }),
    x: { label: `$${symbolOf(a)}$`, domain: window.x },
    y: { label: `$${symbolOf(b)}$`, domain: window.y },
    marks,
  };
}

function levelLabel({ cl, deltaChi2, dof }: RegionResult["regions"][number]): string {
  return `${Number((100 * cl).toPrecision(4))} % CL ($\\Delta\\chi^2 < ${deltaChi2.toFixed(2)}$, ${dof} dof)`;
}

export interface ProfileCurve {
  readonly label: string;
  readonly scan: ScanResult;
  readonly minimum: number;
}

/** Delta chi^2 of one parameter, each curve from its own minimum, with level lines. */
export function profilePanel(
  curves: readonly ProfileCurve[],
  options: { readonly levels: readonly { readonly value: number; readonly text: string }[]; readonly top: number },
): PanelSpec {
  const { name, values } = curves[0]!.scan.grid[0]!;
  return {
    x: { label: `$${symbolOf(name)}$`, domain: [values[0]!, values.at(-1)!] },
    y: { label: "$\\Delta\\chi^2$", domain: [0, options.top] },
    marks: [
      ...options.levels.map(
        ({ value, text }): Mark => ({ type: "rule", axis: "y", value, text, line: { color: "grey", width: 0.5 } }),
      ),
      ...curves.map(
        ({ label, scan, minimum }, k): Mark => ({
          type: "line",
          x: scan.grid[0]!.values,
          y: scan.chi2.map((chi2) => (chi2 === null ? null : chi2 - minimum)),
          label,
          line: SERIES[k % SERIES.length]!,
        }),
      ),
    ],
  };
}
