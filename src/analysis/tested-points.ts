/** The points that are tested: a line or a square of them, and what toys said about each, as columns. */

import { evenly } from "../statistics/acceptance.ts";
import type { PointTest } from "../statistics/feldman-cousins.ts";
import type { ShardColumns, ShardPlan } from "./shards.ts";

export interface TestedPoints {
  /** Tested parameters: one, or two. */
  readonly names: readonly string[];
  /** Values along each axis. */
  readonly axes: readonly (readonly number[])[];
  /** 0, 1, ... number of points - 1; the last axis is fastest. */
  readonly indices: readonly number[];
  /** Steps of a point along each axis. */
  readonly steps: (index: number) => readonly number[];
  /** Values of the parameters at a point. */
  readonly at: (index: number) => readonly number[];
}

/** @param perAxis points along each axis, ends of the window included */
export function testedPoints(
  names: readonly string[],
  window: Readonly<Record<string, readonly [number, number]>>,
  perAxis: number,
): TestedPoints {
  const axes = names.map((name) => evenly(window[name]!, perAxis));
  const steps = (index: number): readonly number[] =>
    names.map((_, axis) => Math.floor(index / perAxis ** (names.length - 1 - axis)) % perAxis);
  return {
    names,
    axes,
    indices: Array.from({ length: perAxis ** names.length }, (_, index) => index),
    steps,
    at: (index) => steps(index).map((step, axis) => axes[axis]![step]!),
  };
}

/** Columns of a shard of points: parameters, `t`, `p`, `toys`, `decided` (0 or 1), `failed`. */
export function pointColumns({ names }: TestedPoints): ShardPlan<never>["columns"] {
  return [
    ...[...names, "t", "p"].map((name) => ({ name, type: "float64" }) as const),
    ...["toys", "decided", "failed"].map((name) => ({ name, type: "int32" }) as const),
  ];
}

export function columnsOf(
  { names, at }: TestedPoints,
  which: readonly number[],
  tests: readonly PointTest[],
): ShardColumns {
  const places = which.map(at);
  return {
    ...Object.fromEntries(names.map((name, axis) => [name, Float64Array.from(places, (place) => place[axis]!)])),
    t: Float64Array.from(tests, ({ t }) => t),
    p: Float64Array.from(tests, ({ p }) => p),
    toys: Int32Array.from(tests, ({ toys }) => toys),
    decided: Int32Array.from(tests, ({ decided }) => (decided ? 1 : 0)),
    failed: Int32Array.from(tests, ({ failed }) => failed),
  };
}

/** Inverse of `columnsOf`. */
export function testsOf(columns: ShardColumns): readonly PointTest[] {
  const { t, p, toys, decided, failed } = columns as Readonly<Record<keyof PointTest, Float64Array | Int32Array>>;
  return Array.from(t, (value, k) => ({
    t: value,
    p: p[k]!,
    toys: toys[k]!,
    decided: decided[k] === 1,
    failed: failed[k]!,
  }));
}
