/** Objectives whose answers are known in closed form, and what a brute-force search of the box says about any other. */

import type { Objective } from "../../src/statistics/index.ts";

/** Coefficient and the power of each parameter. */
export type Monomial = readonly [coefficient: number, ...powers: number[]];
export type Box = readonly [lower: readonly number[], upper: readonly number[]];

/** The cube [-half, half]^n. */
export function cube(n: number, half: number): Box {
  return [Array(n).fill(-half), Array(n).fill(half)];
}

export function objectiveOf(
  value: (x: ArrayLike<number>) => number,
  gradient: (x: ArrayLike<number>) => readonly number[],
  [lower, upper]: Box,
): Objective {
  return {
    names: lower.map((_, i) => `p${i}`),
    lower,
    upper,
    evaluate: (x, out) => {
      out?.set(gradient(x));
      return value(x);
    },
  };
}

/** Sum of monomials with its exact gradient. */
export function polynomial(terms: readonly Monomial[], box: Box): Objective {
  const power = (x: number, p: number): number => (p === 0 ? 1 : x ** p);
  const term = (x: ArrayLike<number>, coefficient: number, powers: readonly number[]): number =>
    powers.reduce((product, p, i) => product * power(x[i] as number, p), coefficient);
  return objectiveOf(
    (x) => terms.reduce((sum, [coefficient, ...powers]) => sum + term(x, coefficient, powers), 0),
    (x) =>
      box[0].map((_, i) =>
        terms.reduce((sum, [coefficient, ...powers]) => {
          const p = powers[i] as number;
          return p === 0 ? sum : sum + term(x, coefficient * p, powers.with(i, p - 1));
        }, 0),
      ),
    box,
  );
}

/** height (x^2 - 1)^2 + stiffness |y|^2: minima at x = +-1, y = 0, the pass between them `height` above. */
export function doubleWell(height: number, n: number, stiffness = 1): Objective {
  const x = (p: number): number[] => Array.from({ length: n }, (_, i) => (i === 0 ? p : 0));
  const across = Array.from({ length: n - 1 }, (_, k): Monomial => [stiffness, ...x(0).with(k + 1, 2)]);
  return polynomial([[height, ...x(4)], [-2 * height, ...x(2)], [height, ...x(0)], ...across], cube(n, 5));
}

/** stiffness (x^2 + y^2 - radius^2)^2: zero on a circle. */
export function ring(stiffness: number, radius: number): Objective {
  const [k, s] = [stiffness, radius * radius];
  const terms: readonly Monomial[] = [
    [k, 4, 0],
    [2 * k, 2, 2],
    [k, 0, 4],
    [-2 * k * s, 2, 0],
    [-2 * k * s, 0, 2],
    [k * s * s, 0, 0],
  ];
  return polynomial(terms, cube(2, 5));
}

export interface GridMinimum {
  readonly x: readonly number[];
  readonly value: number;
  /** How far one must climb from here to get to a lower minimum; infinite for the lowest. */
  readonly depth: number;
}

/**
 * Minima of a grid over the box of one or two parameters by flooding it from below: independent of any derivative.
 * @param n points per axis
 */
export function gridMinima(objective: Objective, n: number): readonly GridMinimum[] {
  const dimensions = objective.names.length;
  const place = (k: number): number[] =>
    Array.from({ length: dimensions }, (_, i) => {
      const [low, high] = [objective.lower[i] as number, objective.upper[i] as number];
      return low + ((high - low) * (Math.floor(k / n ** i) % n)) / (n - 1);
    });
  const values = Float64Array.from({ length: n ** dimensions }, (_, k) => objective.evaluate(place(k)));
  const order = Array.from(values, (_, k) => k).sort((a, b) => (values[a] as number) - (values[b] as number));
  const lake = new Int32Array(values.length).fill(-1);
  const rootOf = (k: number): number => {
    let root = k;
    while (lake[root] !== root) root = lake[root] as number;
    for (let at = k; lake[at] !== root; ) [at, lake[at]] = [lake[at] as number, root];
    return root;
  };
  const depths = new Map<number, number>();
  for (const k of order) {
    lake[k] = k;
    const roots = [
      ...new Set(neighbours(k, n, dimensions).flatMap((j) => ((lake[j] as number) < 0 ? [] : [rootOf(j)]))),
    ];
    if (roots.length === 0) {
      depths.set(k, Number.POSITIVE_INFINITY);
      continue;
    }
    const [deepest = k, ...others] = roots.sort((a, b) => (values[a] as number) - (values[b] as number));
    lake[k] = deepest;
    for (const other of others) {
      lake[other] = deepest;
      depths.set(other, (values[k] as number) - (values[other] as number));
    }
  }
  return [...depths].map(([k, depth]) => ({ x: place(k), value: values[k] as number, depth }));
}

/** Points of the grid next to one, diagonals included. */
function neighbours(k: number, n: number, dimensions: number): readonly number[] {
  const steps = dimensions === 1 ? [[-1], [1]] : [-1, 0, 1].flatMap((a) => [-1, 0, 1].map((b) => [a, b]));
  return steps.flatMap((step) => {
    const index = step.map((s, i) => (Math.floor(k / n ** i) % n) + s);
    if (step.every((s) => s === 0) || index.some((i) => i < 0 || i >= n)) return [];
    return [index.reduce((sum, i, axis) => sum + i * n ** axis, 0)];
  });
}
