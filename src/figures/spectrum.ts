/** Expected and observed counts along one axis, component by component, with the residuals below. */

import type { PointPrediction } from "../analysis/point.ts";
import { stackedSteps } from "./marks/steps.ts";
import { type FigureOptions, framing } from "./options.ts";
import type { Color } from "./palette.ts";
import { type Projection, projected } from "./projection.ts";
import { axisName, componentName, experimentName, unitName } from "./quantities.ts";
import type { FigureSpec, Mark, PanelSpec } from "./spec.ts";

export interface SpectrumOptions extends FigureOptions {
  /** Index of the axis drawn; the others are summed. Default 0. */
  readonly axis?: number;
  /** Name of the experiment; default from its id. */
  readonly name?: string;
  /** What the legend calls the points, e.g. "Asimov data". Default "data". */
  readonly data?: string;
  /** Highest value of the counts axis in its own unit, to keep it still while a point moves; default what is drawn. */
  readonly top?: number;
}

/** Neutrinos in the palette's strong colours, backgrounds in quiet greys, in turn. */
const FLAVOURS: Readonly<Record<string, Color>> = {
  nu_e: "#e8b45a",
  nu_mu: "#4a97c9",
  anti_nu_mu: "#9ad1ee",
  anti_nu_e: "#5fbf9f",
};
const BACKGROUNDS: readonly Color[] = ["#e2e2e2", "#bdbdbd", "#9c9c9c", "#d0d0d0", "#adadad"];
/** Relative height of the strip of residuals. */
const STRIP = 0.3;
const CURRENT = "this point";
const STANDARD = "standard model";

/**
 * Stack of components with the data, the sum at the current point and of the standard model, and the residuals
 * (observed - expected)/sigma of the projected bins: sigma is the error given, sqrt(expected) for counts.
 * Bins of unequal width are drawn per unit of the axis.
 * @param prediction of one experiment, from `openPoint`
 */
export function spectrumFigure(prediction: PointPrediction, options: SpectrumOptions = {}): FigureSpec {
  const axis = options.axis ?? 0;
  const projection = projected(prediction, axis);
  const title = `${options.name ?? experimentName(prediction.experiment)}: counts`;
  const one = projection.total.length === 1;
  const scale = perWidth(projection.edges);
  const { plain, ...x } = axisName(prediction.axes[axis]!);
  const data = options.data ?? "data";
  const counts = countsPanel(projection, scale.of, { top: options.top, data, one });
  const domain = one ? ONE_BIN : ([projection.edges[0]!, projection.edges.at(-1)!] as const);
  const below = { ...x, domain, ...(one ? { ticks: [] } : {}) };
  const y = { ...counts.y, label: one ? "Counts" : `Counts / ${scale.per(prediction.axes[axis]!.unit)}` };
  const strip = projection.residuals === null ? null : stripPanel(projection);
  return {
    ...framing(options, "spectrum"),
    title,
    description: `Expected counts by component${projection.observed === null ? "" : `, ${data} and their residuals`} along ${inSentence(plain)}.`,
    aspect: strip === null && !one ? 0.75 : 0.62,
    legend: "above",
    ...(strip === null ? {} : { heights: [1, STRIP], rowGap: 2 }),
    panels:
      strip === null
        ? [{ ...counts, x: below, y }]
        : [
            { ...counts, x: { ...below, bare: true }, y },
            { ...strip, x: below },
          ],
  };
}

/** A label inside a sentence: words begin small, symbols stay. */
function inSentence(label: string): string {
  return label.replace(/^[A-Z](?=[a-z])/, (first) => first.toLowerCase());
}

/** Around the only bin from 0 to 1. */
const ONE_BIN = [-0.6, 1.6] as const;

/** Counts over the width of a bin in a unit that suits all of them. */
function perWidth(edges: readonly number[]): {
  readonly of: (counts: readonly number[]) => number[];
  readonly per: (unit: string) => string;
} {
  const widths = edges.slice(1).map((edge, i) => Number((edge - edges[i]!).toPrecision(9)));
  const least = Math.min(...widths);
  const equal = widths.every((width) => width === least);
  // Bins of several units are drawn per unit, finer ones per finest bin.
  const width = equal || least < 1 ? least : 1;
  return {
    of: (counts) => counts.map((count, i) => (equal ? count : (count * width) / widths[i]!)),
    per: (unit) => {
      const printed = unit === "1" ? "" : unitName(unit);
      const number = width === 1 && printed !== "" ? "" : String(width);
      return [number, printed].filter((part) => part !== "").join(" ");
    },
  };
}

function countsPanel(
  { edges, components, total, smTotal, observed, errors }: Projection,
  of: (counts: readonly number[]) => number[],
  { top, data: name, one }: { readonly top: number | undefined; readonly data: string; readonly one: boolean },
): PanelSpec {
  // Files name what is always there last: it is the ground that the others stand on.
  const backgrounds = components.filter(({ flavour }) => flavour === null).reverse();
  const signal = components.filter(({ flavour }) => flavour !== null);
  const layers = [...backgrounds, ...signal].map(({ name, flavour, counts }, i) => ({
    values: of(counts),
    label: componentName(name, flavour),
    fill: flavour === null ? BACKGROUNDS[i % BACKGROUNDS.length]! : (FLAVOURS[flavour] ?? "sky"),
    line: "none" as const,
  }));
  const [sum, standard] = [of(total), of(smTotal)];
  const data = observed === null ? null : of(observed);
  const bars = data === null ? [] : of(errors!);
  const lines: Mark[] = one
    ? [level(sum[0]!, CURRENT), level(standard[0]!, STANDARD)]
    : [
        { type: "steps", edges, values: sum, label: CURRENT, line: { color: "vermillion", width: 1.2 } },
        {
          type: "steps",
          edges,
          values: standard,
          label: STANDARD,
          line: { color: "black", dash: "dashed", width: 0.9 },
        },
      ];
  const points: Mark[] =
    data === null ? [] : [{ type: "points", x: centres(edges), y: data, yErr: bars, label: name, color: "black" }];
  const highest = Math.max(...sum, ...standard, ...(data ?? []).map((value, i) => value + bars[i]!));
  const lowest = Math.min(0, ...sum, ...(data ?? []).map((value, i) => value - bars[i]!));
  return {
    x: { label: "" },
    y: { label: "", domain: [lowest < 0 ? -rounded(-lowest) : 0, top ?? rounded(1.04 * highest)] },
    marks: [...stackedSteps(edges, layers), ...lines, ...points],
  };
}

/** Line across the only bin and beyond it. */
function level(value: number, label: string): Mark {
  const line =
    label === CURRENT
      ? ({ color: "vermillion", width: 1.2 } as const)
      : ({ color: "black", dash: "dashed", width: 0.9 } as const);
  return { type: "line", x: [-0.25, 1.25], y: [value, value], label, line };
}

/** The least of 1, 1.2, 1.5, 2, ... times a power of ten that is not below a number: an axis that moves in steps is still. */
function rounded(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return power * STEPS.find((step) => step * power >= value * (1 - 1e-12))!;
}
const STEPS = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10] as const;

/** Residuals with unit errors over bands of one and two standard deviations. */
function stripPanel({ edges, residuals }: Projection): PanelSpec {
  const most = Math.max(...residuals!.map(Math.abs));
  const end = RANGES.find((range) => range > most + 0.4) ?? rounded(1.1 * most);
  const tick = Math.max(2, Math.floor((2 * end) / 3));
  const ends = [edges[0]!, edges.at(-1)!];
  const band = (half: number, fill: Color): Mark => ({
    type: "band",
    x: ends,
    lower: [-half, -half],
    upper: [half, half],
    fill,
  });
  return {
    x: { label: "" },
    y: { label: "Residual", unit: "$\\sigma$", domain: [-end, end], ticks: [-tick, 0, tick] },
    legend: "none",
    marks: [
      band(2, "#f3f3f3"),
      band(1, "#e6e6e6"),
      { type: "rule", axis: "y", value: 0, line: { color: "vermillion", width: 0.9 } },
      { type: "points", x: centres(edges), y: residuals!, yErr: residuals!.map(() => 1), color: "black" },
    ],
  };
}
const RANGES = [3, 4.5, 6, 9, 12] as const;

function centres(edges: readonly number[]): number[] {
  return edges.slice(1).map((edge, i) => (edge + edges[i]!) / 2);
}
