/** Places spread over a box, and which lie beside which: where a search looks before it goes down. */

import { startingPoints } from "./minima.ts";

export interface Lattice {
  readonly axes: number;
  readonly nodes: number;
  /** Coordinates, node by node. */
  readonly at: Float64Array;
  /** Nodes beside each node. */
  readonly neighbours: readonly Int32Array[];
  /** Nodes before and after each node along each axis (two numbers per node and axis); -1 where there is none. */
  readonly beside: Int32Array;
}

/** Nodes per axis by the number of axes: what a screening of all of them can afford. Beyond, a spread set of points. */
const PER_AXIS = [1, 41, 15, 9];

/**
 * A lattice over a box: 41 nodes on one axis, 15 x 15 on two, 9 x 9 x 9 on three, ends included; a spread set of points
 * (ends, middles and a Halton sequence) in more dimensions.
 * @param lower low end of each axis; none at all makes a single node without coordinates
 * @param upper high end of each axis
 * @param extras further places; each becomes a node, beside the nodes around it
 */
export function latticeOf(
  lower: readonly number[],
  upper: readonly number[],
  extras: readonly (readonly number[])[] = [],
): Lattice {
  const axes = lower.length;
  const perAxis = PER_AXIS[axes];
  const scattered = perAxis === undefined ? scatteredPoints(lower, upper) : undefined;
  const places = scattered ?? gridPoints(lower, upper, perAxis!);
  const regular = places.length;
  const all = axes === 0 ? places : [...places, ...extras];
  const neighbours = all.map(() => new Set<number>());
  const join = (a: number, b: number): void => {
    neighbours[a]!.add(b);
    neighbours[b]!.add(a);
  };
  const beside = new Int32Array(2 * axes * all.length).fill(-1);
  if (scattered === undefined) joinGrid(axes, perAxis!, join, beside);
  // Without rows and columns the nearest ones stand for what lies around, about as many as have a face in common.
  for (let k = scattered === undefined ? regular : 0; k < all.length; k++) {
    const count = k < regular ? 4 * axes : 2 ** axes;
    for (const near of nearest(all, k, count, lower, upper)) join(k, near);
  }
  return {
    axes,
    nodes: all.length,
    at: Float64Array.from(all.flat()),
    neighbours: neighbours.map((set) => Int32Array.from(set).sort()),
    beside,
  };
}

function scatteredPoints(lower: readonly number[], upper: readonly number[]): number[][] {
  const objective = { names: lower.map(String), lower, upper, evaluate: () => Number.NaN };
  return startingPoints(objective).map((point) => [...point]);
}

/** First axis fastest. */
function gridPoints(lower: readonly number[], upper: readonly number[], n: number): number[][] {
  return Array.from({ length: n ** lower.length }, (_, k) =>
    lower.map((low, axis) => low + ((Math.floor(k / n ** axis) % n) / (n - 1)) * (upper[axis]! - low)),
  );
}

/** Every node beside those that differ by at most one step along each axis. */
function joinGrid(axes: number, n: number, join: (a: number, b: number) => void, beside: Int32Array): void {
  for (let k = 0; k < n ** axes; k++) {
    for (let m = 0; m < 3 ** axes; m++) {
      let other = k;
      let steps = 0;
      let inside = true;
      for (let axis = 0; axis < axes; axis++) {
        const step = (Math.floor(m / 3 ** axis) % 3) - 1;
        const place = (Math.floor(k / n ** axis) % n) + step;
        inside &&= place >= 0 && place < n;
        other += step * n ** axis;
        steps += Math.abs(step);
      }
      if (!inside || steps === 0) continue;
      join(k, other);
      if (steps > 1) continue;
      const axis = Math.round(Math.log(Math.abs(other - k)) / Math.log(n));
      beside[2 * (axes * k + axis) + (other > k ? 1 : 0)] = other;
    }
  }
}

/** The nodes nearest to one of them, distances in units of the box. */
function nearest(
  all: readonly (readonly number[])[],
  k: number,
  count: number,
  lower: readonly number[],
  upper: readonly number[],
): number[] {
  const distance = (other: readonly number[]): number =>
    other.reduce((sum, x, i) => sum + ((x - all[k]![i]!) / (upper[i]! - lower[i]!)) ** 2, 0);
  return all
    .map((other, index) => ({ index, away: distance(other) }))
    .filter(({ index }) => index !== k)
    .sort((a, b) => a.away - b.away || a.index - b.index)
    .slice(0, count)
    .map(({ index }) => index);
}
