/** Local minima of a Gram form: Newton's method on its polynomials, in a box. */

import { diagonalise } from "../kernel/eigen.ts";
import type { Gram } from "../kernel/gram-form.ts";
import type { Descent } from "./objective.ts";

const MAX_STEPS = 100;
const MAX_HALVINGS = 40;
/** A step that promises less is the last. */
const LAST = 1e-9;
/** A saddle is left by this, in units of the scale over which chi^2 changes by 1/2. */
const NUDGE = 0.1;

/**
 * The descent of a Gram form: where the curvature is not positive, |eigenvalues| take its place, and steps are halved until
 * chi^2 falls.
 * @param ranges search range of each parameter
 */
export function gramDescent(gram: Gram, ranges: readonly (readonly [number, number])[]): Descent {
  const n = ranges.length;
  const gradient = new Float64Array(n);
  const hessian = new Float64Array(n * n);
  const scale = new Float64Array(n);
  const move = new Float64Array(n);
  const trial = new Float64Array(n);
  /** The scaled Hessian, then its eigenvalues; eigenvectors as rows after it. */
  const matrix = new Float64Array(2 * n * n);
  const V = n * n;

  /** Fill the step of the parameters that may move; returns the fall of chi^2 that it promises. */
  function step(x: Float64Array, isHeld: (index: number) => boolean): number {
    gram.gradient(x, gradient);
    gram.hessian(x, hessian);
    let largest = 0;
    for (const entry of hessian) largest = Math.max(largest, Math.abs(entry));
    for (let i = 0; i < n; i++) {
      const [low, high] = ranges[i]!;
      const stuck = (x[i]! <= low && gradient[i]! >= 0) || (x[i]! >= high && gradient[i]! <= 0);
      const own = Math.max(Math.abs(hessian[i * n + i]!), 1e-4 * largest + 1e-100);
      scale[i] = stuck || isHeld(i) ? 0 : 1 / Math.sqrt(own);
    }
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) matrix[i * n + j] = hessian[i * n + j]! * scale[i]! * scale[j]!;
    }
    diagonalise(matrix, 0, V, n);
    move.fill(0);
    let gain = 0;
    let lowest = 0;
    for (let e = 0; e < n; e++) {
      let along = 0;
      for (let i = 0; i < n; i++) along -= matrix[V + e * n + i]! * scale[i]! * gradient[i]!;
      const curvature = Math.max(Math.abs(matrix[e * n + e]!), 1e-12);
      gain += (0.5 * along * along) / curvature;
      for (let i = 0; i < n; i++) move[i]! += scale[i]! * matrix[V + e * n + i]! * (along / curvature);
      if (matrix[e * n + e]! < matrix[lowest * n + lowest]!) lowest = e;
    }
    if (gain > LAST || !(matrix[lowest * n + lowest]! < -1e-7)) return gain;
    for (let i = 0; i < n; i++) move[i] = NUDGE * scale[i]! * matrix[V + lowest * n + i]!;
    return 2 * LAST;
  }

  return (start, isHeld) => {
    const x = Float64Array.from(start, (value, i) => Math.min(Math.max(value, ranges[i]![0]), ranges[i]![1]));
    let value = gram.value(x);
    for (let k = 0; k < MAX_STEPS; k++) {
      const gain = step(x, isHeld);
      if (!(Number.isFinite(value) && Number.isFinite(gain))) return undefined;
      let length = 1;
      let next = Number.NaN;
      for (let halving = 0; halving < MAX_HALVINGS && !(next <= value); halving++, length /= 2) {
        for (let i = 0; i < n; i++) {
          trial[i] = Math.min(Math.max(x[i]! + length * move[i]!, ranges[i]![0]), ranges[i]![1]);
        }
        next = gram.value(trial);
      }
      if (next <= value) {
        x.set(trial);
        value = next;
      } else if (gain > LAST) return undefined;
      if (gain <= LAST) return { x, value };
    }
    return undefined;
  };
}
