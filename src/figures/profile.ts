/** Delta chi^2 along one parameter: curves, levels, the intervals they cut out, and what was published. */

import type { ScanResult } from "../analysis/results.ts";
import { type FigureOptions, framing } from "./options.ts";
import { type Color, type Dash, SERIES } from "./palette.ts";
import { pullName } from "./quantities.ts";
import type { FigureSpec, Mark, PanelSpec } from "./spec.ts";
import { symbolOf } from "./symbols.ts";

/** Pieces of an interval; null: not closed inside the range. */
export type Segments = readonly (readonly [number | null, number | null])[];

export interface DeltaCurve {
  /** In the legend; "" for none, as for the only curve. */
  readonly label: string;
  /** Values of the parameter, rising. */
  readonly values: readonly number[];
  /** chi^2 less its minimum; null where no converged answer was found. */
  readonly deltaChi2: readonly (number | null)[];
  /** What the curve cuts out, by level. */
  readonly intervals?: readonly { readonly deltaChi2: number; readonly segments: Segments }[];
  /** Taken from the palette in turn. */
  readonly color?: Color;
  readonly dash?: Dash;
  /** Default 1.2 pt for the first curve, 0.9 for the others. */
  readonly width?: number;
}

/** An interval of somebody else. */
export interface PublishedInterval {
  readonly label: string;
  readonly segments: Segments;
  readonly color?: Color;
}

export interface ProfileOptions extends FigureOptions {
  /** Name of the parameter, e.g. `xi_V`. */
  readonly parameter: string;
  /** Lines across, e.g. `{value: 3.84, text: "95 %"}`. */
  readonly levels: readonly { readonly value: number; readonly text: string }[];
  /** Levels whose intervals are drawn as bars, by their values; default none. */
  readonly marked?: readonly number[];
  /** Current value of the parameter. */
  readonly at?: number;
  readonly published?: readonly PublishedInterval[];
  /** Default all values of the first curve. */
  readonly domain?: readonly [number, number];
  /** Highest Delta chi^2; default a quarter above the highest level. */
  readonly top?: number;
  /** Not sharp yet: thinner lines. */
  readonly draft?: boolean;
}

/** A curve from a scan along one parameter. @param minimum lowest chi^2 of the fit */
export function deltaCurve(label: string, scan: ScanResult, minimum: number): DeltaCurve {
  return {
    label,
    values: scan.grid[0]!.values,
    deltaChi2: scan.chi2.map((chi2) => (chi2 === null ? null : Math.max(0, chi2 - minimum))),
  };
}

/** Height of the strip of published intervals relative to the panel above: for one, and for each further one. */
const STRIP = 0.1;
const STRIP_ROW = 0.055;

/**
 * Curves of Delta chi^2 with level lines, the intervals of one level as bars on it, the current value as an upright
 * line, and published intervals in a strip below.
 * @param curves at least one, of the same parameter; the first is the one that counts
 */
export function profileFigure(curves: readonly DeltaCurve[], options: ProfileOptions): FigureSpec {
  const { parameter, levels, published = [], marked = [], at } = options;
  const named = curves.some(({ label }) => label !== "") || published.length > 0;
  const values = curves[0]?.values ?? [];
  const domain = options.domain ?? ([values[0] ?? -1, values.at(-1) ?? 1] as const);
  const top = options.top ?? 1.25 * Math.max(1, ...levels.map(({ value }) => value));
  const styles = curves.map((curve, k) => styleOf(curve, k, options.draft === true));
  const current: Mark[] =
    at === undefined
      ? []
      : [
          {
            type: "rule",
            axis: "x",
            value: at,
            line: { color: "vermillion", width: 1 },
            ...(named && { label: "this point" }),
          },
        ];
  const symbol = symbolOf(parameter);
  // A nuisance has a name, no symbol.
  const x = { label: symbol.startsWith("\\text") ? pullName(parameter) : `$${symbol}$`, domain };
  const panel: PanelSpec = {
    x,
    y: { label: "$\\Delta\\chi^2$", domain: [0, top] },
    marks: [
      ...levels.map(
        ({ value, text }): Mark => ({ type: "rule", axis: "y", value, text, line: { color: "#bbbbbb", width: 0.6 } }),
      ),
      ...current,
      ...curves.flatMap(({ intervals = [] }, k) => {
        // Bars of several curves lie side by side on their level.
        const shift = (k - (curves.length - 1) / 2) * 0.022 * top;
        return intervals
          .filter(({ deltaChi2 }) => marked.some((level) => Math.abs(deltaChi2 - level) < 1e-6))
          .map(({ segments, deltaChi2 }) => bars(segments, deltaChi2 + shift, domain, styles[k]!.color));
      }),
      ...curves.map(
        ({ label, values: own, deltaChi2 }, k): Mark => ({
          type: "line",
          x: own,
          y: deltaChi2,
          ...(label !== "" && { label }),
          line: styles[k]!,
        }),
      ),
    ],
  };
  const strip = stripPanel(published, domain, at);
  return {
    ...framing(options, "profile"),
    title: `Profile of $${symbolOf(parameter)}$`,
    description: `Delta chi^2 with all other free parameters at their best values${namesOf(curves)}.`,
    aspect: 0.66,
    legend: "above",
    ...(strip === null ? {} : { heights: [1, STRIP + STRIP_ROW * (published.length - 1)], rowGap: 2 }),
    panels:
      strip === null
        ? [panel]
        : [
            { ...panel, x: { ...x, bare: true } },
            { ...strip, x },
          ],
  };
}

/** The current value is vermillion. */
const CURVES = SERIES.filter(({ color }) => color !== "vermillion");

function styleOf({ color, dash, width }: DeltaCurve, k: number, draft: boolean) {
  const turn = CURVES[k % CURVES.length]!;
  const full = width ?? (k === 0 ? 1.2 : 0.9);
  return {
    color: color ?? turn.color,
    dash: dash ?? (color === undefined ? turn.dash : "solid"),
    width: draft ? 0.6 * full : full,
  };
}

/** Thick lines at one height; a side that is not closed runs to the end of the axis. */
function bars(
  segments: Segments,
  y: number,
  [low, high]: readonly [number, number],
  color: Color,
  label?: string,
): Mark {
  const x = segments.flatMap(([from, to]) => [from ?? low, to ?? high, to ?? high]);
  return {
    type: "line",
    x,
    y: x.map((_, i) => (i % 3 === 2 ? null : y)),
    line: { color, width: 2.6 },
    ...(label === undefined ? {} : { label }),
  };
}

/** ": one, other"; nothing where no curve has a name. */
function namesOf(curves: readonly { readonly label: string }[]): string {
  const names = curves.flatMap(({ label }) => (label === "" ? [] : [label]));
  return names.length === 0 ? "" : `: ${names.join(", ")}`;
}

const PUBLISHED: readonly Color[] = ["purple", "orange", "sky", "grey"];

function stripPanel(
  published: readonly PublishedInterval[],
  domain: readonly [number, number],
  at: number | undefined,
): PanelSpec | null {
  if (published.length === 0) return null;
  const n = published.length;
  return {
    x: { label: "" },
    y: { label: "", domain: [0.4, n + 0.6], ticks: [] },
    marks: [
      ...(at === undefined
        ? []
        : [{ type: "rule", axis: "x", value: at, line: { color: "vermillion", width: 1 } } as const]),
      ...published.map(({ segments, color, label }, i) =>
        bars(segments, n - i, domain, color ?? PUBLISHED[i % PUBLISHED.length]!, label),
      ),
    ],
  };
}
