/** Allowed regions of a plane of parameters: combined and of each experiment, with what was published. */

import type { RegionResult } from "../analysis/results.ts";
import { box as rectangle } from "./box.ts";
import { bestFits, levelName, levelNames, type RegionLayer, regionsOf } from "./layers.ts";
import { type FigureOptions, framing } from "./options.ts";
import { type Color, type Dash, levelTints, SERIES } from "./palette.ts";
import type { Shape } from "./path.ts";
import type { Point } from "./scene.ts";
import type { FigureSpec, LineStyle, Mark, Polygon, Windows } from "./spec.ts";
import { symbolOf } from "./symbols.ts";

export interface DrawnRegion {
  readonly result: RegionResult;
  /** Name in the legend. */
  readonly label: string;
  readonly style?: {
    /** Hue of filled areas, palest at the largest level; `none`: outlines alone. Default: the last layer is filled. */
    readonly fill?: Color | "none";
    readonly color?: Color;
    readonly dash?: Dash;
    readonly width?: number;
    /** Symbol of the best fits; `none` for outlines by default. */
    readonly best?: Shape | "none";
  };
  /** Levels drawn, among those of the result; default all. */
  readonly cls?: readonly number[];
  /** Not sharp yet: thinner and dashed. */
  readonly draft?: boolean;
}

/** A claim of somebody else in the same plane: any of points, areas, and a box whose null sides are open. */
export interface PublishedRegion {
  readonly label: string;
  readonly points?: readonly Point[];
  readonly polygons?: readonly Polygon[];
  readonly box?: { readonly x: readonly [number, number] | null; readonly y: readonly [number, number] | null };
  readonly color?: Color;
}

export interface RegionOptions extends FigureOptions {
  /** What is shown; default the window of the computation. */
  readonly window?: { readonly x: readonly [number, number]; readonly y: readonly [number, number] };
  /** Windows that may come after one another: margins keep room for the numbers of each, and the frame stays where it is. */
  readonly steady?: { readonly x: Windows; readonly y: Windows };
  readonly published?: readonly PublishedRegion[];
  /** Where the standard model is; default the origin for two couplings, else none. */
  readonly standardModel?: Point | null;
}

/**
 * @param layers of the same two parameters, at least one, in the order they are painted: areas first, outlines above
 */
export function regionFigure(layers: readonly DrawnRegion[], options: RegionOptions = {}): FigureSpec {
  const [a, b] = layers[0]!.result.plane;
  const whole = layers[0]!.result.window;
  const window = options.window ?? { x: whole[a]!, y: whole[b]! };
  const { steady } = options;
  const styled = layers.map((layer, k) => ({ layer, style: styleOf(layer, k, layers.length) }));
  // Areas would hide outlines.
  const order = [
    ...styled.filter(({ style }) => style.fill !== "none"),
    ...styled.filter(({ style }) => style.fill === "none"),
  ];
  const origin: Point | null = [a, b].every(isCoupling) ? [0, 0] : null;
  const standard = options.standardModel === undefined ? origin : options.standardModel;
  const marks: Mark[] = [
    ...order.flatMap(({ layer, style }) => areas(layer, style)),
    ...(options.published ?? []).flatMap((one, k) => claim(one, PUBLISHED[k % PUBLISHED.length]!, window)),
    ...order.flatMap(({ layer, style }) => (style.best === "none" ? [] : best(layer, style.best))),
    ...(standard === null
      ? []
      : [
          {
            type: "marker",
            x: standard[0],
            y: standard[1],
            shape: "star",
            color: "black",
            label: "standard model",
          } as const,
        ]),
    ...(layers.some(({ draft }) => draft === true) ? [{ type: "text", text: "draft", at: "auto" } as const] : []),
  ];
  return {
    ...framing(options, "region"),
    title: `Allowed regions of $${symbolOf(a)}$ and $${symbolOf(b)}$`,
    description: `Regions of ${layers.map(({ label }) => label).join(", ")}; other free parameters at their best values.`,
    aspect: 0.8,
    legend: "above",
    panels: [
      {
        x: { label: `$${symbolOf(a)}$`, domain: window.x, ...(steady !== undefined && { steady: steady.x }) },
        y: { label: `$${symbolOf(b)}$`, domain: window.y, ...(steady !== undefined && { steady: steady.y }) },
        marks,
      },
    ],
  };
}

interface Style {
  readonly fill: Color | "none";
  readonly line: LineStyle;
  readonly best: Shape | "none";
}

const OUTLINES = SERIES.filter(({ color }) => color !== "vermillion" && color !== "black");

function styleOf({ style = {}, draft }: DrawnRegion, k: number, count: number): Style {
  const fill = style.fill ?? (k === count - 1 ? "vermillion" : "none");
  const turn = OUTLINES[k % OUTLINES.length]!;
  const color = style.color ?? (fill === "none" ? turn.color : fill);
  const dash =
    draft === true ? "dotted" : (style.dash ?? (fill === "none" && style.color === undefined ? turn.dash : "solid"));
  const width = style.width ?? (fill === "none" ? 1 : 0.7);
  return {
    fill,
    line: { color, dash, width: draft === true ? 0.6 * width : width },
    best: style.best ?? (fill === "none" ? "none" : "cross"),
  };
}

function areas({ result, label, cls }: DrawnRegion, { fill, line }: Style): Mark[] {
  const [a, b] = result.plane;
  const regions = regionsOf({ result, ...(cls === undefined ? {} : { cls }) });
  const tints = fill === "none" ? [] : levelTints(fill, regions.length);
  return regions.map((one, k) => ({
    type: "region",
    polygons: one.polygons,
    fill: fill === "none" ? "none" : tints[regions.length - 1 - k]!,
    line,
    window: { x: result.window[a]!, y: result.window[b]! },
    // Outlines of several levels look alike: one entry names them all.
    label:
      fill === "none"
        ? `${label}, ${levelNames(regions.map(({ cl }) => cl).reverse())}`
        : `${label}, ${levelName(one.cl)}`,
  }));
}

function best({ result, label }: DrawnRegion, shape: Shape): Mark[] {
  const layer: Pick<RegionLayer, "result" | "label"> = { result, label };
  return bestFits(layer, shape);
}

/** Ink: no hue stands out from the areas, which have hues themselves (blue on the darkest has a contrast of 1.9). */
const PUBLISHED: readonly { readonly dash: Dash; readonly shape: Shape }[] = [
  { dash: "longdash", shape: "diamond" },
  { dash: "dotted", shape: "triangle" },
  { dash: "dashdot", shape: "square" },
  { dash: "dashed", shape: "circle" },
];

function claim(
  { label, points, polygons, box, color = "black" }: PublishedRegion,
  { dash, shape }: (typeof PUBLISHED)[number],
  window: NonNullable<RegionOptions["window"]>,
): Mark[] {
  const line = { color, dash, width: 1 } as const;
  const areas = [...(polygons ?? []), ...(box === undefined ? [] : [boxPolygon(box, window)])];
  return [
    ...(areas.length === 0 ? [] : [{ type: "region", polygons: areas, fill: "none", line, label } as const]),
    ...(points ?? []).map(([x, y]): Mark => ({ type: "marker", x, y, shape, color, label })),
  ];
}

/** Open sides lie outside what is shown, where no border is seen. */
function boxPolygon(
  { x, y }: NonNullable<PublishedRegion["box"]>,
  window: NonNullable<RegionOptions["window"]>,
): Polygon {
  const beyond = ([low, high]: readonly [number, number]): readonly [number, number] => [
    2 * low - high,
    2 * high - low,
  ];
  return rectangle(x ?? beyond(window.x), y ?? beyond(window.y));
}

function isCoupling(name: string): boolean {
  return name !== "sin2_theta_w" && !/^R_[np]_/.test(name) && !name.includes(".");
}
