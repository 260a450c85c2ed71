/** What the minimiser, intervals and regions work on: a chi^2 of a few parameters inside a box. */

/**
 * Local minimum from a place, by a way of the objective's own: faster than `minimizeFrom`, less accurate in x.
 * @param isHeld whether a parameter keeps its value
 * @returns undefined where the search did not converge
 */
export type Descent = (
  start: ArrayLike<number>,
  isHeld: (index: number) => boolean,
) => { readonly x: Float64Array; readonly value: number } | undefined;

export interface Objective {
  readonly names: readonly string[];
  /** Search range of each parameter. */
  readonly lower: ArrayLike<number>;
  readonly upper: ArrayLike<number>;
  /** chi^2 at x; when `gradient` is given it is overwritten with the derivatives. */
  readonly evaluate: (x: ArrayLike<number>, gradient?: Float64Array) => number;
  /** Overwrites a matrix with the second derivatives (row-major); without it they come from differences. */
  readonly curvature?: (x: ArrayLike<number>, hessian: Float64Array) => void;
  readonly descent?: Descent;
}

/**
 * The same objective with some parameters held at given values.
 * @param held index -> value
 */
export function holding(
  objective: Objective,
  held: ReadonlyMap<number, number>,
): Objective & {
  /** Put held values back: full vector from the reduced one. */
  readonly expand: (x: ArrayLike<number>) => Float64Array;
} {
  const open = objective.names.map((_, i) => i).filter((i) => !held.has(i));
  const full = new Float64Array(objective.names.length);
  const fullGradient = new Float64Array(objective.names.length);
  const { curvature, descent } = objective;
  const all = objective.names.length;
  const fullHessian = new Float64Array(curvature === undefined ? 0 : all * all);
  const fill = (x: ArrayLike<number>): void => {
    for (const [i, value] of held) full[i] = value;
    for (let k = 0; k < open.length; k++) full[open[k]!] = x[k]!;
  };
  return {
    names: open.map((i) => objective.names[i]!),
    lower: open.map((i) => objective.lower[i]!),
    upper: open.map((i) => objective.upper[i]!),
    expand: (x) => {
      fill(x);
      return full.slice();
    },
    evaluate: (x, gradient) => {
      fill(x);
      if (gradient === undefined) return objective.evaluate(full);
      const value = objective.evaluate(full, fullGradient);
      for (let k = 0; k < open.length; k++) gradient[k] = fullGradient[open[k]!]!;
      return value;
    },
    ...(descent !== undefined && {
      descent: (start: ArrayLike<number>, isHeld: (index: number) => boolean) => {
        fill(start);
        const found = descent(full, (i) => held.has(i) || isHeld(open.indexOf(i)));
        return found && { x: Float64Array.from(open, (i) => found.x[i]!), value: found.value };
      },
    }),
    ...(curvature !== undefined && {
      curvature: (x: ArrayLike<number>, hessian: Float64Array) => {
        fill(x);
        curvature(full, fullHessian);
        open.forEach((i, k) => {
          open.forEach((j, l) => {
            hessian[k * open.length + l] = fullHessian[i * all + j]!;
          });
        });
      },
    }),
  };
}

/** Length scale of each parameter for steps and finite differences: a tenth of its range. */
export function scales(objective: Objective): Float64Array {
  return Float64Array.from(objective.names, (_, i) => (objective.upper[i]! - objective.lower[i]!) / 10);
}

/**
 * Matrix of second derivatives in units of `scales` (row-major): the objective's own, or central differences of the
 * gradient, symmetrised, their steps taken inward where a bound is near.
 */
export function scaledHessian(objective: Objective, x: ArrayLike<number>): Float64Array {
  const n = objective.names.length;
  const scale = scales(objective);
  const H = new Float64Array(n * n);
  if (objective.curvature !== undefined) {
    objective.curvature(x, H);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) H[i * n + j]! *= scale[i]! * scale[j]!;
    return H;
  }
  const point = Float64Array.from(x);
  const high = new Float64Array(n);
  const low = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    // 1e-4 of the scale balances truncation (h^2) against the 1e-13 noise of a gradient.
    const h = 1e-4 * scale[i]!;
    const up = Math.min(x[i]! + h, objective.upper[i]!);
    const down = Math.max(x[i]! - h, objective.lower[i]!);
    point[i] = up;
    objective.evaluate(point, high);
    point[i] = down;
    objective.evaluate(point, low);
    point[i] = x[i]!;
    for (let j = 0; j < n; j++) H[i * n + j] = ((high[j]! - low[j]!) / (up - down)) * scale[i]! * scale[j]!;
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const mean = (H[i * n + j]! + H[j * n + i]!) / 2;
      H[i * n + j] = mean;
      H[j * n + i] = mean;
    }
  }
  return H;
}
