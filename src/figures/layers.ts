/** Regions of several analyses over one another in one plane. */

import type { RegionResult } from "../analysis/results.ts";
import { type Color, levelTints } from "./palette.ts";
import type { Shape } from "./path.ts";
import type { Point } from "./scene.ts";
import type { LineStyle, Mark, PanelSpec } from "./spec.ts";
import { symbolOf } from "./symbols.ts";

/** One analysis among those of a panel. */
export interface RegionLayer {
  readonly result: RegionResult;
  /** Name in the legend, before the level. */
  readonly label: string;
  /** Levels drawn, among those of the result; default all. */
  readonly cls?: readonly number[];
  /** Hue of the areas, palest at the largest level; `none`: outlines alone. */
  readonly fill: Color | "none";
  readonly line: LineStyle;
  /** Symbol of the best fit, black; none by default. */
  readonly best?: Shape;
}

/**
 * Panel of a plane with the regions of several analyses, the first layer at the back; the standard model is marked.
 * @param layers of the same two parameters, at least one
 * @param options.zoom whether to show only the islands around the standard model
 * @returns a panel whose window holds the regions drawn, or those islands, and the standard model
 */
export function layersPanel(
  layers: readonly RegionLayer[],
  options: { readonly title?: string; readonly zoom?: boolean } = {},
): PanelSpec {
  const [a, b] = layers[0]!.result.plane;
  const drawn = layers.map((layer) => ({ layer, regions: regionsOf(layer) }));
  const rings = drawn.flatMap(({ regions }) => regions.flatMap((one) => one.polygons.map((each) => each.outer)));
  const points = (options.zoom === true ? rings.filter(aroundOrigin) : rings).flat();
  const marks: Mark[] = drawn.flatMap(({ layer, regions }) => areas(layer, regions));
  for (const { layer } of drawn) if (layer.best !== undefined) marks.push(...bestFits(layer, layer.best));
  marks.push({ type: "marker", x: 0, y: 0, shape: "star", color: "black", label: "standard model" });
  return {
    ...(options.title === undefined ? {} : { title: options.title }),
    x: { label: `$${symbolOf(a)}$`, domain: around(points.map(([x]) => x)) },
    y: { label: `$${symbolOf(b)}$`, domain: around(points.map(([, y]) => y)) },
    marks,
  };
}

type Region = RegionResult["regions"][number];

/** The regions drawn, largest level first. */
export function regionsOf({ result, cls }: Pick<RegionLayer, "result" | "cls">): Region[] {
  const wanted = (one: Region): boolean => cls === undefined || cls.some((cl) => Math.abs(cl - one.cl) < 1e-9);
  return result.regions.filter(wanted).sort((p, q) => q.deltaChi2 - p.deltaChi2);
}

function areas(layer: RegionLayer, regions: readonly Region[]): Mark[] {
  const [a, b] = layer.result.plane;
  const window = { x: layer.result.window[a]!, y: layer.result.window[b]! };
  const tints = layer.fill === "none" ? [] : levelTints(layer.fill, regions.length);
  return regions.map((one, k) => ({
    type: "region",
    polygons: one.polygons,
    fill: layer.fill === "none" ? "none" : tints[regions.length - 1 - k]!,
    line: layer.line,
    window,
    label: `${layer.label}, ${levelName(one.cl)}`,
  }));
}

/** Minima within this of the lowest chi^2 are one best fit that a symmetry repeats, e.g. the sign of a scalar coupling. */
const SAME_DEPTH = 1e-3;

/** Marks of the best fits of a layer, but not where the standard model is one. */
export function bestFits({ result, label }: Pick<RegionLayer, "result" | "label">, shape: Shape): Mark[] {
  const [a, b] = result.plane;
  const lowest = result.minima[0]?.chi2 ?? Number.NaN;
  const [x, y] = [result.window[a]!, result.window[b]!];
  // Where the best fit is the standard model, one mark says it.
  const apart = (value: number, [low, high]: readonly [number, number]): boolean =>
    Math.abs(value) > 0.005 * (high - low);
  return result.minima
    .filter(({ chi2, status, parameters }) => {
      const best = status === "converged" && chi2 - lowest < SAME_DEPTH;
      return best && (apart(parameters[a]!, x) || apart(parameters[b]!, y));
    })
    .map(({ parameters }) => ({
      type: "marker",
      x: parameters[a]!,
      y: parameters[b]!,
      shape,
      color: "black",
      label: `best fit, ${label}`,
    }));
}

function aroundOrigin(ring: readonly Point[]): boolean {
  return ([0, 1] as const).every((axis) => {
    const coordinates = ring.map((point) => point[axis]);
    return Math.min(...coordinates) < 0 && Math.max(...coordinates) > 0;
  });
}

/** Space left on both sides, as a share of what is drawn. */
const MARGIN = 0.08;

function around(values: readonly number[]): [number, number] {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  return [low - MARGIN * (high - low), high + MARGIN * (high - low)];
}

/** Levels of 1, 2 and 3 standard deviations, to the digits that tell them apart. */
const SIGMAS = [0.68269, 0.9545, 0.9973];

/** Names of several levels, with what they share said once. */
export function levelNames(cls: readonly number[]): string {
  const names = cls.map(levelName);
  const isShared = names.length > 0 && names.every((name) => name.endsWith(PERCENT));
  return isShared ? `${names.map((name) => name.slice(0, -PERCENT.length)).join(", ")}${PERCENT}` : names.join(", ");
}

const PERCENT = " % CL";

/** Name of a confidence level: standard deviations where it is of one, two or three, else per cent. */
export function levelName(cl: number): string {
  const sigma = SIGMAS.findIndex((one) => Math.abs(one - cl) < 1e-5);
  return sigma >= 0 ? `$${sigma + 1}\\sigma$` : `${Number((100 * cl).toPrecision(4))}${PERCENT}`;
}
