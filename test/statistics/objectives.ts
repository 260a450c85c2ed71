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
  value: (x: readonly number[]) => number,
  gradient: (x: readonly number[]) => readonly number[],
  [lower, upper]: Box,
): Objective {
  return {
    names: lower.map((_, i) => `p${i}`),
    lower,
    upper,
    evaluate: (at, out) => {
      const x = Array.from(at);
      out?.set(gradient(x));
      return value(x);
    },
  };
}

/** Sum of monomials with its exact gradient. */
export function polynomial(terms: readonly Monomial[], box: Box): Objective {
  const n = box[0].length;
  const coefficients = terms.map(([coefficient]) => coefficient);
  const powers = terms.map(([, ...one]) => one);
  /** One monomial, or its derivative by one of the parameters. */
  const term = (x: ArrayLike<number>, k: number, by: number): number => {
    let product = coefficients[k]!;
    for (let i = 0; i < n; i++) {
      const p = powers[k]![i]!;
      if (i === by) product *= p;
      for (let factor = i === by ? 1 : 0; factor < p; factor++) product *= x[i]!;
    }
    return product;
  };
  const sum = (x: ArrayLike<number>, by: number): number => {
    let total = 0;
    for (let k = 0; k < terms.length; k++) total += term(x, k, by);
    return total;
  };
  return {
    names: box[0].map((_, i) => `p${i}`),
    lower: box[0],
    upper: box[1],
    evaluate: (x, out) => {
      if (out !== undefined) for (let i = 0; i < n; i++) out[i] = sum(x, i);
      return sum(x, -1);
    },
  };
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
    const roots = new Set<number>();
    for (const j of neighbours(k, n, dimensions)) if ((lake[j] as number) >= 0) roots.add(rootOf(j));
    if (roots.size === 0) {
      depths.set(k, Number.POSITIVE_INFINITY);
      continue;
    }
    const [deepest = k, ...others] = [...roots].sort((a, b) => (values[a] as number) - (values[b] as number));
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
  const out: number[] = [];
  const [column, row] = [k % n, Math.floor(k / n)];
  for (let r = Math.max(0, row - 1); r <= Math.min(dimensions === 1 ? 0 : n - 1, row + 1); r++) {
    for (let c = Math.max(0, column - 1); c <= Math.min(n - 1, column + 1); c++) {
      if (r !== row || c !== column) out.push(r * n + c);
    }
  }
  return out;
}
