/**
 * Loops over runs of numbers, the only ones that have a vector form. Here in plain TypeScript; `assembly/lanes.ts` holds
 * the same in WebAssembly SIMD, and sums in the same order.
 *
 * `m` is one memory of numbers, `at` places in it, `n` lengths.
 */

export type Reals = Float64Array;
export type Ints = Int32Array;
export type i32 = number;
export type f64 = number;

/** A whole number as a real one; in WebAssembly they are two types. */
export const f64 = (value: i32): f64 => value;

/** Predictions of Poisson cells are cut here from below. */
export const LOWEST = 1e-9;

export function fill(m: Reals, to: i32, n: i32, value: f64): void {
  m.fill(value, to, to + n);
}

export function copy(m: Reals, to: i32, from: i32, n: i32): void {
  m.copyWithin(to, from, from + n);
}

/** to += w x from */
export function addScaled(m: Reals, to: i32, from: i32, n: i32, w: f64): void {
  for (let i = 0; i < n; i++) m[to + i]! += w * m[from + i]!;
}

/** to = a x b */
export function multiply(m: Reals, to: i32, a: i32, b: i32, n: i32): void {
  for (let i = 0; i < n; i++) m[to + i] = m[a + i]! * m[b + i]!;
}

/** Sum of a x b, even and odd places apart. */
export function dot(m: Reals, a: i32, b: i32, n: i32): f64 {
  let even = 0;
  let odd = 0;
  const pairs = n - (n % 2);
  for (let i = 0; i < pairs; i += 2) {
    even += m[a + i]! * m[b + i]!;
    odd += m[a + i + 1]! * m[b + i + 1]!;
  }
  if (n > pairs) even += m[a + pairs]! * m[b + pairs]!;
  return even + odd;
}

/** Sums of a x b for four b, written to `to` and the three places after it. */
export function dotFour(m: Reals, to: i32, a: i32, b0: i32, b1: i32, b2: i32, b3: i32, n: i32): void {
  let [e0, e1, e2, e3] = [0, 0, 0, 0];
  let [o0, o1, o2, o3] = [0, 0, 0, 0];
  const pairs = n - (n % 2);
  for (let i = 0; i < pairs; i += 2) {
    const even = m[a + i]!;
    const odd = m[a + i + 1]!;
    e0 += even * m[b0 + i]!;
    e1 += even * m[b1 + i]!;
    e2 += even * m[b2 + i]!;
    e3 += even * m[b3 + i]!;
    o0 += odd * m[b0 + i + 1]!;
    o1 += odd * m[b1 + i + 1]!;
    o2 += odd * m[b2 + i + 1]!;
    o3 += odd * m[b3 + i + 1]!;
  }
  if (n > pairs) {
    const even = m[a + pairs]!;
    e0 += even * m[b0 + pairs]!;
    e1 += even * m[b1 + pairs]!;
    e2 += even * m[b2 + pairs]!;
    e3 += even * m[b3 + pairs]!;
  }
  m[to] = e0 + o0;
  m[to + 1] = e1 + o1;
  m[to + 2] = e2 + o2;
  m[to + 3] = e3 + o3;
}

/** to[row, bin] += w x rows[row] x bins[bin] */
export function addOuter(m: Reals, to: i32, rows: i32, R: i32, bins: i32, B: i32, w: f64): void {
  if (B === 1) {
    addScaled(m, to, rows, R, w * m[bins]!);
    return;
  }
  for (let r = 0; r < R; r++) addScaled(m, to + r * B, bins, B, w * m[rows + r]!);
}

/** to[row] = sum over bins of weights[row, bin] x bins[bin] */
export function overBins(m: Reals, to: i32, weights: i32, R: i32, bins: i32, B: i32): void {
  if (B === 1) {
    const only = m[bins]!;
    for (let r = 0; r < R; r++) m[to + r] = only * m[weights + r]!;
    return;
  }
  for (let r = 0; r < R; r++) m[to + r] = dot(m, weights + r * B, bins, B);
}

/**
 * Poisson cells: sum of 2 [mu - n + n ln(n/mu)], and its first and second derivative by each mu.
 * @source S. Baker and R. D. Cousins, Nucl. Instrum. Meth. 221 (1984) 437
 */
export function poissonCells(m: Reals, mu: i32, observed: i32, n: i32, slope: i32, bend: i32): f64 {
  let even = 0;
  let odd = 0;
  for (let i = 0; i < n; i++) {
    const count = m[observed + i]!;
    const expected = Math.max(m[mu + i]!, LOWEST);
    const inverse = 1 / expected;
    const ratio = count * inverse;
    // Of an empty cell that is cut nothing changes; one with counts is pushed back.
    m[slope + i] = count === 0 && m[mu + i]! < LOWEST ? 0 : 2 - 2 * ratio;
    m[bend + i] = 2 * ratio * inverse;
    const part = expected - count + (count > 0 ? count * Math.log(ratio) : 0);
    if (i % 2 === 0) even += part;
    else odd += part;
  }
  return 2 * (even + odd);
}

/** Gaussian cells: sum of w (n - mu)^2 with w = 1/sigma^2, and its derivatives. */
export function gaussianCells(m: Reals, mu: i32, observed: i32, w: i32, n: i32, slope: i32, bend: i32): f64 {
  let even = 0;
  let odd = 0;
  for (let i = 0; i < n; i++) {
    const weight = m[w + i]!;
    const residual = m[mu + i]! - m[observed + i]!;
    m[slope + i] = 2 * weight * residual;
    m[bend + i] = 2 * weight;
    const part = weight * residual * residual;
    if (i % 2 === 0) even += part;
    else odd += part;
  }
  return even + odd;
}
