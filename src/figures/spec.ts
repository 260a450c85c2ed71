/** What a figure shows, as plain data: panels, axes and marks. Labels are text with TeX between dollars (typeset.ts). */
import type { Color, Dash } from "./palette.ts";
import type { Shape } from "./path.ts";
import type { Point } from "./scene.ts";

export type Corner = "top-right" | "top-left" | "bottom-right" | "bottom-left";

export interface FigureSpec {
  /** File name and prefix of ids: a letter, then letters, digits, - and _. */
  readonly id: string;
  /** For readers that do not see and for the PDF's metadata; not drawn (papers have captions). */
  readonly title: string;
  readonly description: string;
  /** One journal column (3.4 in), the page (7 in), or a width in pt (of a screen: 0.75 of its CSS pixels). */
  readonly width: "single" | "double" | number;
  /** Height of the whole figure; by default it follows from `aspect`. */
  readonly heightIn?: number;
  /** Height over width of each panel's frame where heightIn is absent; default 0.75. */
  readonly aspect?: number;
  /** Heights of the rows' frames relative to one another, and to `aspect`; default 1 each. */
  readonly heights?: readonly number[];
  /** Between rows of panels, pt. */
  readonly rowGap?: number;
  /** Panels row by row. */
  readonly panels: readonly PanelSpec[];
  /** Panels in a row; default 1. */
  readonly columns?: number;
  /** `panels` (default): a legend in each panel. `above`, `below`: one for all panels. */
  readonly legend?: "panels" | "above" | "below";
  /** Small line at the bottom: program, data, paper, parted by " · " where it may break. */
  readonly source: string;
}

export interface PanelSpec {
  /** Above the frame. */
  readonly title?: string;
  readonly x: AxisSpec;
  readonly y: AxisSpec;
  /** Painted in this order. */
  readonly marks: readonly Mark[];
  /** `auto` (default): where it covers no data; with `y.domain: "auto"` the axis makes room, otherwise it goes above. */
  readonly legend?: "auto" | "none" | "above" | Corner;
}

export interface AxisSpec {
  readonly label: string;
  /** Printed in parentheses after the label; absent for a pure number. */
  readonly unit?: string;
  readonly scale?: "linear" | "log";
  /** `auto` (default): what the marks need. */
  readonly domain?: "auto" | readonly [low: number, high: number];
  /** Where labelled ticks stand; by default chosen. */
  readonly ticks?: readonly number[];
  /** Names at 1, 2, 3, ... in place of numbers, without tick marks; "" leaves a place bare. For linear axes. */
  readonly categories?: readonly string[];
  /**
   * The margins keep room for the numbers of every window that may come, so that the frame stays where it is; along x a
   * number that would stand out on the right is left away.
   */
  readonly steady?: Windows;
  /** Ticks without numbers and label, for an axis that the panel below or beside has too. */
  readonly bare?: boolean;
}

/** Windows of a linear axis that may come one after the other. */
export interface Windows {
  /** Where their middles lie. */
  readonly middles: readonly [low: number, high: number];
  /** Their least and largest width. */
  readonly nearest: number;
  readonly farthest: number;
}

/** What is absent is taken from the palette in turn. */
export interface LineStyle {
  readonly color?: Color;
  readonly dash?: Dash;
  /** pt */
  readonly width?: number;
}

/** In the unit of the axis: symmetric, or below and above. Not negative. */
export type ErrorBar = number | readonly [below: number, above: number];

interface Labelled {
  /** Entry in the legend. */
  readonly label?: string;
}

/** Histogram: values.length + 1 rising edges. `base` is the lower border per bin (default 0): see stackedSteps(). */
export interface StepsMark extends Labelled {
  readonly type: "steps";
  readonly edges: readonly number[];
  readonly values: readonly number[];
  readonly base?: readonly number[];
  readonly line?: LineStyle | "none";
  readonly fill?: Color;
}

/** Data with error bars. */
export interface PointsMark extends Labelled {
  readonly type: "points";
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly xErr?: readonly ErrorBar[];
  readonly yErr?: readonly ErrorBar[];
  readonly shape?: Shape;
  readonly color?: Color;
  /** Default true. */
  readonly filled?: boolean;
}

/** Curve through points; null breaks it. */
export interface LineMark extends Labelled {
  readonly type: "line";
  readonly x: readonly number[];
  readonly y: readonly (number | null)[];
  readonly line?: LineStyle;
}

/** Area between two curves. */
export interface BandMark extends Labelled {
  readonly type: "band";
  readonly x: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  readonly fill?: Color;
  readonly opacity?: number;
}

/** Straight line across the panel at one x or one y, with a text of its own beside it. */
export interface RuleMark extends Labelled {
  readonly type: "rule";
  readonly axis: "x" | "y";
  readonly value: number;
  readonly line?: LineStyle;
  readonly text?: string;
}

/** Ring and holes in data coordinates, first point not repeated. `open`: cut off by the window it was computed in. */
export interface Polygon {
  readonly outer: readonly Point[];
  readonly holes: readonly (readonly Point[])[];
  readonly open: boolean;
}

/** Filled area of a plane. Give the largest region first, the smaller ones cover it. */
export interface RegionMark extends Labelled {
  readonly type: "region";
  readonly polygons: readonly Polygon[];
  readonly fill?: Color | "none";
  /** Default 1; solid tints print better. */
  readonly opacity?: number;
  readonly line?: LineStyle | "none";
  /** Window of the computation (default: the panel): where an open polygon runs along it no border is drawn. */
  readonly window?: { readonly x: readonly [number, number]; readonly y: readonly [number, number] };
}

/** One marked point, e.g. the best fit, with a text beside it. */
export interface MarkerMark extends Labelled {
  readonly type: "marker";
  readonly x: number;
  readonly y: number;
  readonly shape?: Shape;
  readonly color?: Color;
  readonly text?: string;
}

/** Annotation in a corner of the panel (`auto`: a free one), or at a point in data coordinates. Those of a corner stack. */
export interface TextMark {
  readonly type: "text";
  readonly text: string;
  readonly at: "auto" | Corner | Point;
  readonly anchor?: "start" | "middle" | "end";
}

export type Mark = StepsMark | PointsMark | LineMark | BandMark | RuleMark | RegionMark | MarkerMark | TextMark;
