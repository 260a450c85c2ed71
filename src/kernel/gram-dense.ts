/**
 * Gram forms of one or two parameters whose pulls stand alone, with v quadratic and M and rr quartic: Horner's scheme
 * written out. `assembly/gram.ts` holds the same in WebAssembly, operation by operation.
 */

import type { GramForm } from "./gram-form.ts";

export interface DenseForm {
  /** Whether rr does not depend on the parameters. */
  readonly constant: boolean;
  readonly systems: number;
  /**
   * 15 coefficients of rr, then of each system 6 of v and 15 of M. Those of y^0 come first, by growing powers of x,
   * then those of y^1, and so on. A single parameter is y.
   */
  readonly coefficients: Float64Array;
}

const QUARTIC = 15;
const QUADRATIC = 6;
/** Numbers of one system. */
const SYSTEM = QUADRATIC + QUARTIC;

/** The dense form, or undefined where there is none. */
export function denseOf(form: GramForm): DenseForm | undefined {
  const { variables, parent, factor, sizes, start, monomial, coefficient } = form;
  if (variables < 1 || variables > 2 || sizes.some((size) => size !== 1)) return undefined;
  const powers = Array.from(parent, () => [0, 0] as [number, number]);
  for (let k = 1; k < parent.length; k++) {
    const [x, y] = powers[parent[k]!]!;
    powers[k] = variables === 2 && factor[k] === 0 ? [x + 1, y] : [x, y + 1];
  }
  const coefficients = new Float64Array(QUARTIC + sizes.length * SYSTEM);
  const place = (polynomial: number, degree: number, at: number): boolean => {
    for (let e = start[polynomial]!; e < start[polynomial + 1]!; e++) {
      const [x, y] = powers[monomial[e]!]!;
      if (x + y > degree) return false;
      // Before y^k come k columns of degree + 1, degree, ... coefficients.
      coefficients[at + y * (degree + 1) - (y * (y - 1)) / 2 + x]! += coefficient[e]!;
    }
    return true;
  };
  if (!place(0, 4, 0)) return undefined;
  for (let s = 0; s < sizes.length; s++) {
    const at = QUARTIC + s * SYSTEM;
    if (!place(1 + 2 * s, 2, at) || !place(2 + 2 * s, 4, at + QUADRATIC)) return undefined;
  }
  return {
    constant: coefficients.subarray(1, QUARTIC).every((c) => c === 0),
    systems: sizes.length,
    coefficients,
  };
}

function quadraticAt(c: Float64Array, at: number, x: number, y: number): number {
  return (c[at + 5]! * y + (c[at + 4]! * x + c[at + 3]!)) * y + ((c[at + 2]! * x + c[at + 1]!) * x + c[at]!);
}

function quarticAt(c: Float64Array, at: number, x: number, y: number): number {
  const q0 = (((c[at + 4]! * x + c[at + 3]!) * x + c[at + 2]!) * x + c[at + 1]!) * x + c[at]!;
  const q1 = ((c[at + 8]! * x + c[at + 7]!) * x + c[at + 6]!) * x + c[at + 5]!;
  const q2 = (c[at + 11]! * x + c[at + 10]!) * x + c[at + 9]!;
  const q3 = c[at + 13]! * x + c[at + 12]!;
  return (((c[at + 14]! * y + q3) * y + q2) * y + q1) * y + q0;
}

/** chi^2 at a point. */
export function denseAt({ constant, systems, coefficients: c }: DenseForm, x: number, y: number): number {
  // A constant that is not multiplied by 0 keeps chi^2 the same where x is infinite; what follows is NaN there.
  let chi2 = constant && systems > 0 ? c[0]! : quarticAt(c, 0, x, y);
  for (let s = 0; s < systems; s++) {
    const at = QUARTIC + s * SYSTEM;
    const v = quadraticAt(c, at, x, y);
    chi2 -= (v * v) / quarticAt(c, at + QUADRATIC, x, y);
  }
  return chi2;
}

/** chi^2 at points (x, y). */
export function denseBatch(dense: DenseForm, xs: Float64Array, ys: Float64Array, out: Float64Array): void {
  const { constant, systems, coefficients: c } = dense;
  if (constant && systems > 0) out.fill(c[0]!);
  else for (let i = 0; i < out.length; i++) out[i] = quarticAt(c, 0, xs[i]!, ys[i]!);
  for (let s = 0; s < systems; s++) subtractRatios(c, QUARTIC + s * SYSTEM, xs, ys, out);
}

/** out -= v^2/M. The hot loop: coefficients in variables of their own, nothing to decide. */
function subtractRatios(c: Float64Array, at: number, xs: Float64Array, ys: Float64Array, out: Float64Array): void {
  const [v0, v1, v2] = [c[at]!, c[at + 1]!, c[at + 2]!];
  const [v3, v4, v5] = [c[at + 3]!, c[at + 4]!, c[at + 5]!];
  const m = at + QUADRATIC;
  const [c0, c1, c2, c3, c4] = [c[m]!, c[m + 1]!, c[m + 2]!, c[m + 3]!, c[m + 4]!];
  const [c5, c6, c7, c8] = [c[m + 5]!, c[m + 6]!, c[m + 7]!, c[m + 8]!];
  const [c9, c10, c11] = [c[m + 9]!, c[m + 10]!, c[m + 11]!];
  const [c12, c13, c14] = [c[m + 12]!, c[m + 13]!, c[m + 14]!];
  const n = out.length;
  for (let i = 0; i < n; i++) {
    const x = xs[i]!;
    const y = ys[i]!;
    const v = (v5 * y + (v4 * x + v3)) * y + ((v2 * x + v1) * x + v0);
    const q0 = (((c4 * x + c3) * x + c2) * x + c1) * x + c0;
    const q1 = ((c8 * x + c7) * x + c6) * x + c5;
    const q2 = (c11 * x + c10) * x + c9;
    const q3 = c13 * x + c12;
    const M = (((c14 * y + q3) * y + q2) * y + q1) * y + q0;
    out[i]! -= (v * v) / M;
  }
}

/** chi^2 along a row: x fixed, written from place `to` on. */
export function denseRow(dense: DenseForm, x: number, ys: Float64Array, out: Float64Array, to: number): void {
  const { constant, systems, coefficients: c } = dense;
  const n = ys.length;
  if (constant && systems > 0) out.fill(c[0]!, to, to + n);
  else {
    const [q0, q1, q2, q3, q4] = slice(c, 0, x);
    for (let i = 0; i < n; i++) {
      const y = ys[i]!;
      out[to + i] = (((q4 * y + q3) * y + q2) * y + q1) * y + q0;
    }
  }
  for (let s = 0; s < systems; s++) {
    const at = QUARTIC + s * SYSTEM;
    const v0 = (c[at + 2]! * x + c[at + 1]!) * x + c[at]!;
    subtractRow(v0, c[at + 4]! * x + c[at + 3]!, c[at + 5]!, slice(c, at + QUADRATIC, x), ys, out, to);
  }
}

/** Coefficients in y of a quartic. */
type Slice = readonly [number, number, number, number, number];

/** out -= v^2/M along a row: the other hot loop. */
function subtractRow(v0: number, v1: number, v2: number, m: Slice, ys: Float64Array, out: Float64Array, to: number) {
  const [q0, q1, q2, q3, q4] = m;
  const n = ys.length;
  for (let i = 0; i < n; i++) {
    const y = ys[i]!;
    const v = (v2 * y + v1) * y + v0;
    const M = (((q4 * y + q3) * y + q2) * y + q1) * y + q0;
    out[to + i]! -= (v * v) / M;
  }
}

/** A quartic at fixed x. */
function slice(c: Float64Array, at: number, x: number): Slice {
  return [
    (((c[at + 4]! * x + c[at + 3]!) * x + c[at + 2]!) * x + c[at + 1]!) * x + c[at]!,
    ((c[at + 8]! * x + c[at + 7]!) * x + c[at + 6]!) * x + c[at + 5]!,
    (c[at + 11]! * x + c[at + 10]!) * x + c[at + 9]!,
    c[at + 13]! * x + c[at + 12]!,
    c[at + 14]!,
  ];
}
