/** Impacts of a fit as a figure: what every nuisance does to every free parameter, and how far the data pull it. */

import type { FitResult, Impact } from "../analysis/results.ts";
import type { FigureSpec, LineStyle, Mark, PanelSpec, Polygon } from "./spec.ts";
import { POINTS_PER_INCH, SIZE, WIDTH_IN } from "./style.ts";
import { symbolOf } from "./symbols.ts";
import { typeset } from "./typeset.ts";

/** Panels in a row: parameters, and the pulls at the end of the first row. */
const MOST_COLUMNS = 4;
/** Between neighbouring frames, and around the names. */
const BETWEEN_PT = 22;
const ROW_PT = 14;
/** Titles, numbers and labels of a row of panels; legend and source line of the figure. */
const AROUND_ROW_PT = 52;
const AROUND_FIGURE_PT = 36;
/** Half the thickness of a row's bars, and of the gap between them, in rows. */
const BAR = 0.36;
const GAP = 0.025;
/** Share of a row from the middle of a text to its baseline. */
const BASELINE = 0.19;
const STRIPE = "#f3f3f3";

export interface ImpactsOptions {
  /** Small line at the bottom. */
  readonly source: string;
  /** A value with its error as tables print it. */
  readonly text: (value: number, error: number | null) => string;
}

/**
 * Bars: shift of the best value of a parameter with a nuisance fixed one standard deviation above and below its best
 * value, in the parameter's own unit. Points: best value less central value of a nuisance, and its standard deviation,
 * in units of the constraint. The nuisance with the largest shift in units of a parameter's uncertainty comes first.
 * @param result a fit with at least one minimum and one impact
 * @returns a figure of page width, rows of nuisances shared by all panels
 */
export function impactsFigure(result: FitResult, { source, text }: ImpactsOptions): FigureSpec {
  const impacts = ordered(result);
  const parameters = result.spec.free.filter((name) =>
    impacts.some(({ shifts }) => shifts.some(({ parameter }) => parameter === name)),
  );
  const names = impacts.map(({ nuisance }) => nuisance).reverse();
  const shifts: PanelSpec[] = parameters.map((name) => shiftPanel(name, impacts, result, text));
  const columns = columnsFor(names, shifts);
  const panels = shifts.toSpliced(columns - 1, 0, pullPanel(impacts, text));
  const rows = Math.ceil(panels.length / columns);
  return {
    id: "impacts",
    title: `Impacts of nuisances on ${parameters.map((name) => `$${symbolOf(name)}$`).join(", ")}`,
    description:
      "Bars: shift of the best value of each parameter with a nuisance fixed one standard deviation above and below its best value. Points: nuisances in units of their constraints.",
    width: "double",
    heightIn: (rows * (ROW_PT * impacts.length + AROUND_ROW_PT) + AROUND_FIGURE_PT) / POINTS_PER_INCH,
    columns,
    legend: "above",
    panels: panels.map((panel, i) => ({
      ...panel,
      y: { label: "", categories: i % columns === 0 ? names : names.map(() => "") },
    })),
    source,
  };
}

/** Strongest first: the largest shift in units of the parameter's uncertainty, or of its largest shift. */
function ordered({ impacts: found, minima }: FitResult): readonly Impact[] {
  const impacts = found ?? [];
  const size = ({ up, down }: Impact["shifts"][number]): number => Math.max(Math.abs(up ?? 0), Math.abs(down ?? 0));
  const largest = (name: string): number =>
    Math.max(...impacts.flatMap(({ shifts }) => shifts.filter((one) => one.parameter === name).map(size)));
  const strength = ({ shifts }: Impact): number =>
    Math.max(
      0,
      ...shifts.map((one) => size(one) / (minima[0]?.uncertainties[one.parameter] ?? (largest(one.parameter) || 1))),
    );
  return [...impacts].sort((a, b) => strength(b) - strength(a));
}

/** As many panels side by side as their titles and labels leave room for, at least two. */
function columnsFor(names: readonly string[], panels: readonly PanelSpec[]): number {
  const width = (text: string, size: number): number => typeset(text, size).width;
  const left = Math.max(...names.map((name) => width(name, SIZE.tick)));
  const needed = Math.max(
    ...panels.map(({ title, x }) => Math.max(width(title ?? "", SIZE.title), width(x.label, SIZE.label))),
  );
  const room = WIDTH_IN.double * POINTS_PER_INCH - left;
  return Math.max(2, Math.min(MOST_COLUMNS, panels.length + 1, Math.floor(room / (needed + BETWEEN_PT))));
}

function shiftPanel(
  name: string,
  impacts: readonly Impact[],
  { minima }: FitResult,
  text: ImpactsOptions["text"],
): PanelSpec {
  const best = minima[0];
  const symbol = symbolOf(name);
  const error = best?.uncertainties[name] ?? null;
  const shifts = impacts.map(({ shifts: all }) => all.find(({ parameter }) => parameter === name));
  const largest = Math.max(...shifts.flatMap((one) => [Math.abs(one?.up ?? 0), Math.abs(one?.down ?? 0)]));
  // Beside bars far shorter than the error, its lines would leave the bars no room.
  const shown = error !== null && largest > error / 5 ? error : null;
  const end = 1.12 * Math.max(largest, shown ?? 0) || 1;
  const tick = roundBelow(0.95 * end);
  const bars = (side: "up" | "down"): Polygon[] =>
    shifts.flatMap((one, i) => {
      const shift = one?.[side];
      const y = rowOf(i, impacts.length);
      const [low, high] = side === "up" ? [y + GAP, y + BAR] : [y - BAR, y - GAP];
      return shift === null || shift === undefined ? [] : [rectangle(0, shift, low, high)];
    });
  return {
    ...(best === undefined ? {} : { title: `$${symbol} = ${math(text(best.parameters[name]!, error))}$` }),
    x: {
      label: `$\\Delta${symbol.startsWith("\\text") ? "\\," : " "}${symbol}$`,
      domain: [-end, end],
      ticks: [-tick, 0, tick],
    },
    y: { label: "" },
    marks: [
      stripes(impacts.length, -end, end),
      ...(shown === null ? [] : [-shown, shown].map((value): Mark => errorRule(value))),
      { type: "rule", axis: "x", value: 0, line: { color: "black", width: 0.5 } },
      { type: "region", polygons: bars("up"), fill: "blue", line: "none", label: "nuisance at $+1\\sigma$" },
      { type: "region", polygons: bars("down"), fill: "orange", line: "none", label: "nuisance at $-1\\sigma$" },
      ...shifts.flatMap((one, i) => missing(one?.up ?? null, one?.down ?? null, end, rowOf(i, impacts.length))),
    ],
  };
}

/** What has no converged answer, on the side that its partner's bar leaves free. */
function missing(up: number | null, down: number | null, end: number, row: number): readonly Mark[] {
  const partner = up ?? down;
  if (up !== null && down !== null) return [];
  if (partner === null) return [note("no converged answer", row)];
  const left = partner > 0;
  return [
    {
      type: "text",
      text: `$${up === null ? "+" : "-"}1\\sigma$ failed`,
      at: [(left ? -0.04 : 0.04) * end, row - BASELINE],
      anchor: left ? "end" : "start",
    },
  ];
}

/** The largest of 1, 2, 5 times a power of ten that is not above a number. */
function roundBelow(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const digit = [5, 2, 1].find((one) => one * power <= value * (1 + 1e-9)) ?? 1;
  return Number((digit * power).toPrecision(1));
}

/** A number for math, where a minus sign is no hyphen and a power of ten is one. */
function math(text: string): string {
  return text.replaceAll(" ± ", " \\pm ").replaceAll(/e([-+]?\d+)/g, (_, power) => `\\times 10^{${Number(power)}}`);
}

function errorRule(value: number): Mark {
  return {
    type: "rule",
    axis: "x",
    value,
    line: { color: "grey", dash: "dashed", width: 0.7 },
    label: "uncertainty of the parameter",
  };
}

function pullPanel(impacts: readonly Impact[], text: ImpactsOptions["text"]): PanelSpec {
  const pulls = impacts.flatMap(({ fitted, constraint }, i) =>
    constraint === null
      ? []
      : [
          {
            y: rowOf(i, impacts.length),
            value: (fitted.value - constraint.value) / constraint.sigma,
            error: fitted.sigma / constraint.sigma,
          },
        ],
  );
  const end = 1.1 * Math.max(1.2, ...pulls.map(({ value, error }) => Math.abs(value) + error));
  const tick = roundBelow(end);
  const free = impacts.flatMap(({ fitted, constraint }, i): Mark[] =>
    constraint === null ? [note(`$${math(text(fitted.value, fitted.sigma))}$ (free)`, rowOf(i, impacts.length))] : [],
  );
  return {
    title: "pulls",
    x: { label: "(fitted $-$ central) / $\\sigma$", domain: [-end, end], ticks: [-tick, 0, tick] },
    y: { label: "" },
    marks: [
      stripes(impacts.length, -end, end),
      ...[-1, 1].map((value) => pullLine(value, impacts, { color: "grey", dash: "dotted", width: 0.7 })),
      pullLine(0, impacts, { color: "black", width: 0.5 }),
      {
        type: "points",
        x: pulls.map(({ value }) => value),
        y: pulls.map(({ y }) => y),
        xErr: pulls.map(({ error }) => error),
        label: "fitted nuisance",
      },
      ...free,
    ],
  };
}

/** Upright line, broken where a row holds a text. */
function pullLine(value: number, impacts: readonly Impact[], line: LineStyle): Mark {
  const y = impacts.flatMap(({ constraint }, i): (number | null)[] => {
    const row = rowOf(i, impacts.length);
    return constraint === null ? [null] : [row + 0.5, row - 0.5];
  });
  return { type: "line", x: y.map(() => value), y, line };
}

/** The first stands at the top. */
function rowOf(index: number, count: number): number {
  return count - index;
}

function note(text: string, row: number): Mark {
  return { type: "text", text, at: [0, row - BASELINE], anchor: "middle" };
}

/** Every second row on a light ground: the eye finds it again in the next panel. */
function stripes(count: number, low: number, high: number): Mark {
  const rows = Array.from({ length: Math.ceil(count / 2) }, (_, i) => rowOf(2 * i, count));
  return {
    type: "region",
    polygons: rows.map((row) => rectangle(low, high, row - 0.5, row + 0.5)),
    fill: STRIPE,
    line: "none",
  };
}

function rectangle(x0: number, x1: number, y0: number, y1: number): Polygon {
  const outer = [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
  ] as const;
  return { outer, holes: [], open: false };
}
