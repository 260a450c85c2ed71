/** Nuisances at their best values, in units of their constraints. */

import { box } from "./box.ts";
import { type FigureOptions, framing } from "./options.ts";
import { pullName, unitName } from "./quantities.ts";
import type { FigureSpec, Mark, Polygon } from "./spec.ts";

export interface PullsOptions extends FigureOptions {
  /** Units of the pulls that are no numbers of standard deviations. */
  readonly units?: Readonly<Record<string, string>>;
  /** How a pull is called; default `pullName`. */
  readonly nameOf?: (name: string) => string;
}

/** Bars end here; a longer one says its value. */
const END = 3;
const ROW_PT = 13;
const AROUND_PT = 34;
const LEAST_ROWS = 3;
const BAR = 0.3;
/** Share of a row from its middle to the baseline of a text. */
const BASELINE = 0.22;

/**
 * Bars from 0 to the best value of each nuisance, -3 to 3 standard deviations.
 * @param pulls by name, in units of sigma, e.g. of `openPoint` or `chi2`; at least one
 */
export function pullsFigure(pulls: Readonly<Record<string, number>>, options: PullsOptions = {}): FigureSpec {
  const { units = {}, nameOf = pullName } = options;
  const entries = Object.entries(pulls);
  const rowOf = (i: number): number => entries.length - i;
  const names = entries.map(([name]) => nameOf(name)).reverse();
  const bars = entries.flatMap(([name, value], i): Polygon[] =>
    units[name] !== undefined || value === 0 ? [] : [bar(Math.max(-END, Math.min(END, value)), rowOf(i))],
  );
  const texts = entries.flatMap(([name, value], i): Mark[] => {
    const unit = units[name];
    const printed = math(value.toFixed(2));
    if (unit !== undefined) return [text(`${printed} ${unitName(unit)}`, 0.1, rowOf(i), "start")];
    if (Math.abs(value) <= END) return [];
    return [text(printed, value > 0 ? 2.9 : -2.9, rowOf(i), value > 0 ? "end" : "start")];
  });
  return {
    ...framing({ heightPt: ROW_PT * Math.max(LEAST_ROWS, entries.length) + AROUND_PT, ...options }, "pulls"),
    title: "Pulls at their best values",
    description: "Best value of each nuisance, in standard deviations of its constraint.",
    panels: [
      {
        x: { label: "Pull", unit: "$\\sigma$", domain: [-END, END], ticks: [-3, -2, -1, 0, 1, 2, 3] },
        y: { label: "", categories: names.length === 0 ? [""] : names },
        legend: "none",
        marks: [
          { type: "region", polygons: [box([-1, 1], [0.5, entries.length + 0.5])], fill: "#ececec", line: "none" },
          { type: "region", polygons: bars, fill: "#4a97c9", line: "none" },
          { type: "rule", axis: "x", value: 0, line: { color: "black", width: 0.6 } },
          ...texts,
        ],
      },
    ],
  };
}

function bar(value: number, row: number): Polygon {
  return box([Math.min(0, value), Math.max(0, value)], [row - BAR, row + BAR]);
}

function text(label: string, x: number, row: number, anchor: "start" | "end"): Mark {
  return { type: "text", text: label, at: [x, row - BASELINE], anchor };
}

function math(number: string): string {
  return `$${number}$`;
}
