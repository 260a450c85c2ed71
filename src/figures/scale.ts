/** From data to points on the page, along one axis. */
import { scaleLinear, scaleLog } from "d3-scale";
import type { AxisSpec, ErrorBar, Mark } from "./spec.ts";

export interface Scale {
  readonly kind: "linear" | "log";
  readonly domain: readonly [number, number];
  /** Position in pt; NaN for NaN. On a log axis values at or below zero lie far outside on the low side. */
  at(value: number): number;
}

/**
 * @param domain low < high; both > 0 for log
 * @param range positions of low and high, pt
 */
export function scaleOf(
  kind: "linear" | "log",
  domain: readonly [number, number],
  range: readonly [number, number],
): Scale {
  if (kind === "linear") {
    const map = scaleLinear().domain(domain).range(range);
    return { kind, domain, at: (value) => map(value) };
  }
  const map = scaleLog().domain(domain).range(range);
  // Six decades below the axis is out of sight and still a finite place for a line to go to.
  const floor = domain[0] * 1e-6;
  return { kind, domain, at: (value) => map(Math.max(value, floor)) };
}

/** Extent of what is drawn along one axis. */
interface Extent {
  low: number;
  high: number;
  /** Lowest value above zero, for log axes. */
  lowestPositive: number;
  /** A mark ends exactly at the extent (histogram edges, curves): no margin along x. */
  tight: boolean;
  /** A histogram stands on zero. */
  fromZero: boolean;
}

/**
 * Domain of an axis: the one given, or what the marks need with a small margin; counts start at zero.
 * @param axis along which the marks are measured
 * @param headroom share of free space kept above the highest value of an automatic y axis (for the legend)
 * @returns low < high; [0, 1] ([1, 10] on a log axis) without any value
 */
export function domainOf(
  axis: "x" | "y",
  spec: AxisSpec,
  marks: readonly Mark[],
  headroom = 0,
): readonly [number, number] {
  if (spec.domain !== undefined && spec.domain !== "auto") return spec.domain;
  if (spec.categories !== undefined) return [0.5, spec.categories.length + 0.5];
  const extent: Extent = { low: Infinity, high: -Infinity, lowestPositive: Infinity, tight: false, fromZero: false };
  for (const mark of marks) measure(mark, axis, extent);
  if (spec.scale === "log") return logDomain(extent, axis, headroom);
  let { low, high } = extent;
  if (low > high) return [0, 1];
  if (low === high) [low, high] = low === 0 ? [-1, 1] : [low - 0.5 * Math.abs(low), high + 0.5 * Math.abs(high)];
  const span = high - low;
  if (axis === "x") return extent.tight ? [low, high] : [low - 0.05 * span, high + 0.05 * span];
  const start = low >= 0 && (extent.fromZero || low < 0.4 * high) ? 0 : low - 0.06 * span;
  const top = high + 0.08 * (high - start);
  return [start, start + (top - start) / (1 - headroom)];
}

function logDomain(
  { lowestPositive, high, tight }: Extent,
  axis: "x" | "y",
  headroom: number,
): readonly [number, number] {
  if (!(high > 0)) return [1, 10];
  if (axis === "x" && tight && lowestPositive < high) return [lowestPositive, high];
  const [low, top] = [lowestPositive / 1.6, high * 1.6];
  return [low, low * (top / low) ** (1 / (1 - headroom))];
}

function measure(mark: Mark, axis: "x" | "y", extent: Extent): void {
  const take = (value: number | null): void => {
    if (value === null || !Number.isFinite(value)) return;
    extent.low = Math.min(extent.low, value);
    extent.high = Math.max(extent.high, value);
    if (value > 0) extent.lowestPositive = Math.min(extent.lowestPositive, value);
  };
  const horizontal = axis === "x";
  switch (mark.type) {
    case "steps":
      (horizontal ? mark.edges : [...mark.values, ...(mark.base ?? [0])]).forEach(take);
      if (horizontal) extent.tight = true;
      else extent.fromZero = true;
      return;
    case "points": {
      const errors = horizontal ? mark.xErr : mark.yErr;
      (horizontal ? mark.x : mark.y).forEach((value, i) => {
        const [below, above] = bounds(errors?.[i]);
        take(value - below);
        take(value + above);
      });
      return;
    }
    case "line":
      (horizontal ? mark.x : mark.y).forEach(take);
      extent.tight = true;
      return;
    case "band":
      (horizontal ? mark.x : [...mark.lower, ...mark.upper]).forEach(take);
      extent.tight = true;
      return;
    case "rule":
      if (mark.axis === axis) take(mark.value);
      return;
    case "region":
      for (const { outer } of mark.polygons) for (const point of outer) take(point[horizontal ? 0 : 1]);
      return;
    case "marker":
      take(horizontal ? mark.x : mark.y);
      return;
    case "text":
      if (typeof mark.at !== "string") take(mark.at[horizontal ? 0 : 1]);
      return;
  }
}

/** Lengths of an error bar below and above the point. */
export function bounds(error: ErrorBar | undefined): readonly [below: number, above: number] {
  return error === undefined ? [0, 0] : typeof error === "number" ? [error, error] : error;
}
