/** The loops of src/kernel/lanes.ts with two numbers at a time. */

const LOWEST: f64 = 1e-9;

@unmanaged
class Reals {
  @inline @operator("[]") get(i: i32): f64 {
    return load<f64>(changetype<usize>(this) + ((<usize>i) << 3));
  }
  @inline @operator("[]=") set(i: i32, value: f64): void {
    store<f64>(changetype<usize>(this) + ((<usize>i) << 3), value);
  }
}

@unmanaged
class Ints {
  @inline @operator("[]") get(i: i32): i32 {
    return load<i32>(changetype<usize>(this) + ((<usize>i) << 2));
  }
  @inline @operator("[]=") set(i: i32, value: i32): void {
    store<i32>(changetype<usize>(this) + ((<usize>i) << 2), value);
  }
}

@inline function place(m: Reals, at: i32): usize {
  return changetype<usize>(m) + ((<usize>at) << 3);
}

@inline function sum(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
}

function fill(m: Reals, to: i32, n: i32, value: f64): void {
  const a = place(m, to);
  const two = f64x2.splat(value);
  const pairs = n & ~1;
  for (let i: i32 = 0; i < pairs; i += 2) v128.store(a + ((<usize>i) << 3), two);
  if (n > pairs) store<f64>(a + ((<usize>pairs) << 3), value);
}

function copy(m: Reals, to: i32, from: i32, n: i32): void {
  memory.copy(place(m, to), place(m, from), (<usize>n) << 3);
}

function addScaled(m: Reals, to: i32, from: i32, n: i32, w: f64): void {
  const a = place(m, to);
  const b = place(m, from);
  const two = f64x2.splat(w);
  const pairs = n & ~1;
  for (let i: i32 = 0; i < pairs; i += 2) {
    const k = (<usize>i) << 3;
    v128.store(a + k, f64x2.add(v128.load(a + k), f64x2.mul(two, v128.load(b + k))));
  }
  if (n > pairs) m[to + pairs] += w * m[from + pairs];
}

function multiply(m: Reals, to: i32, a: i32, b: i32, n: i32): void {
  const pt = place(m, to);
  const pa = place(m, a);
  const pb = place(m, b);
  const pairs = n & ~1;
  for (let i: i32 = 0; i < pairs; i += 2) {
    const k = (<usize>i) << 3;
    v128.store(pt + k, f64x2.mul(v128.load(pa + k), v128.load(pb + k)));
  }
  if (n > pairs) m[to + pairs] = m[a + pairs] * m[b + pairs];
}

function dot(m: Reals, a: i32, b: i32, n: i32): f64 {
  const pa = place(m, a);
  const pb = place(m, b);
  let two = f64x2.splat(0);
  const pairs = n & ~1;
  for (let i: i32 = 0; i < pairs; i += 2) {
    const k = (<usize>i) << 3;
    two = f64x2.add(two, f64x2.mul(v128.load(pa + k), v128.load(pb + k)));
  }
  let even = f64x2.extract_lane(two, 0);
  if (n > pairs) even += m[a + pairs] * m[b + pairs];
  return even + f64x2.extract_lane(two, 1);
}

function dotFour(m: Reals, to: i32, a: i32, b0: i32, b1: i32, b2: i32, b3: i32, n: i32): void {
  const pa = place(m, a);
  const p0 = place(m, b0);
  const p1 = place(m, b1);
  const p2 = place(m, b2);
  const p3 = place(m, b3);
  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  let s2 = f64x2.splat(0);
  let s3 = f64x2.splat(0);
  const pairs = n & ~1;
  for (let i: i32 = 0; i < pairs; i += 2) {
    const k = (<usize>i) << 3;
    const two = v128.load(pa + k);
    s0 = f64x2.add(s0, f64x2.mul(two, v128.load(p0 + k)));
    s1 = f64x2.add(s1, f64x2.mul(two, v128.load(p1 + k)));
    s2 = f64x2.add(s2, f64x2.mul(two, v128.load(p2 + k)));
    s3 = f64x2.add(s3, f64x2.mul(two, v128.load(p3 + k)));
  }
  if (n > pairs) {
    const even = m[a + pairs];
    s0 = f64x2.replace_lane(s0, 0, f64x2.extract_lane(s0, 0) + even * m[b0 + pairs]);
    s1 = f64x2.replace_lane(s1, 0, f64x2.extract_lane(s1, 0) + even * m[b1 + pairs]);
    s2 = f64x2.replace_lane(s2, 0, f64x2.extract_lane(s2, 0) + even * m[b2 + pairs]);
    s3 = f64x2.replace_lane(s3, 0, f64x2.extract_lane(s3, 0) + even * m[b3 + pairs]);
  }
  m[to] = sum(s0);
  m[to + 1] = sum(s1);
  m[to + 2] = sum(s2);
  m[to + 3] = sum(s3);
}

function addOuter(m: Reals, to: i32, rows: i32, R: i32, bins: i32, B: i32, w: f64): void {
  if (B == 1) {
    addScaled(m, to, rows, R, w * m[bins]);
    return;
  }
  const ps = place(m, bins);
  const pairs = (<usize>(B & ~1)) << 3;
  const odd = (B & 1) != 0;
  let pt = place(m, to);
  for (let r: i32 = 0; r < R; r++) {
    const value = w * m[rows + r];
    const two = f64x2.splat(value);
    for (let k: usize = 0; k < pairs; k += 16) {
      v128.store(pt + k, f64x2.add(v128.load(pt + k), f64x2.mul(two, v128.load(ps + k))));
    }
    if (odd) store<f64>(pt + pairs, load<f64>(pt + pairs) + value * load<f64>(ps + pairs));
    pt += (<usize>B) << 3;
  }
}

function overBins(m: Reals, to: i32, weights: i32, R: i32, bins: i32, B: i32): void {
  if (B == 1) {
    const only = m[bins];
    for (let r: i32 = 0; r < R; r++) m[to + r] = only * m[weights + r];
    return;
  }
  const ps = place(m, bins);
  const pairs = (<usize>(B & ~1)) << 3;
  const odd = (B & 1) != 0;
  let pw = place(m, weights);
  for (let r: i32 = 0; r < R; r++) {
    let two = f64x2.splat(0);
    for (let k: usize = 0; k < pairs; k += 16) two = f64x2.add(two, f64x2.mul(v128.load(pw + k), v128.load(ps + k)));
    let even = f64x2.extract_lane(two, 0);
    if (odd) even += load<f64>(pw + pairs) * load<f64>(ps + pairs);
    m[to + r] = even + f64x2.extract_lane(two, 1);
    pw += (<usize>B) << 3;
  }
}

const LN2_HIGH: f64 = 6.93147180369123816490e-1; // the leading 32 bits of ln 2, so that a whole multiple of it is exact
const LN2_LOW: f64 = 1.90821492927058770002e-10; // the rest

/**
 * Natural logarithm of two positive normal numbers: x = 2^e f with f between sqrt(1/2) and sqrt(2), and
 * ln f = 2 atanh(s), s = (f - 1)/(f + 1), summed to s^23. What it answers for 0 is finite and meant to be multiplied by 0.
 */
@inline function logarithm(x: v128): v128 {
  const one = f64x2.splat(1);
  const exponent = i64x2.shr_u(x, 52);
  let e = f64x2.sub(v128.or(exponent, i64x2.splat(0x4330000000000000)), f64x2.splat(4503599627370496.0 + 1023.0));
  let f = v128.or(v128.and(x, i64x2.splat(0x000fffffffffffff)), i64x2.splat(0x3ff0000000000000));
  const large = f64x2.gt(f, f64x2.splat(1.4142135623730951));
  f = v128.bitselect(f64x2.mul(f, f64x2.splat(0.5)), f, large);
  e = f64x2.add(e, v128.and(large, one));
  const g = f64x2.sub(f, one);
  const s = f64x2.div(g, f64x2.add(f, one));
  const z = f64x2.mul(s, s);
  let series = f64x2.splat(1.0 / 23.0);
  series = f64x2.add(f64x2.mul(series, z), f64x2.splat(1.0 / 21.0));
  series = f64x2.add(f64x2.mul(series, z), f64x2.splat(1.0 / 19.0));
  series = f64x2.add(f64x2.mul(series, z), f64x2.splat(1.0 / 17.0));
  series = f64x2.add(f64x2.mul(series, z), f64x2.splat(1.0 / 15.0));
  series = f64x2.add(f64x2.mul(series, z), f64x2.splat(1.0 / 13.0));
  series = f64x2.add(f64x2.mul(series, z), f64x2.splat(1.0 / 11.0));
  series = f64x2.add(f64x2.mul(series, z), f64x2.splat(1.0 / 9.0));
  series = f64x2.add(f64x2.mul(series, z), f64x2.splat(1.0 / 7.0));
  series = f64x2.add(f64x2.mul(series, z), f64x2.splat(1.0 / 5.0));
  series = f64x2.add(f64x2.mul(series, z), f64x2.splat(1.0 / 3.0));
  // g - s (g - 2 z series) is 2 s + 2 s z series without the rounding of s in the leading term.
  const twice = f64x2.mul(f64x2.splat(2), f64x2.mul(z, series));
  const rest = f64x2.sub(f64x2.mul(s, f64x2.sub(g, twice)), f64x2.mul(e, f64x2.splat(LN2_LOW)));
  return f64x2.add(f64x2.mul(e, f64x2.splat(LN2_HIGH)), f64x2.sub(g, rest));
}

function poissonCells(m: Reals, mu: i32, observed: i32, n: i32, slope: i32, bend: i32): f64 {
  const pm = place(m, mu);
  const pn = place(m, observed);
  const ps = place(m, slope);
  const pb = place(m, bend);
  const two = f64x2.splat(2);
  const lowest = f64x2.splat(LOWEST);
  let total = f64x2.splat(0);
  const pairs = n & ~1;
  for (let i: i32 = 0; i < pairs; i += 2) {
    const k = (<usize>i) << 3;
    const count = v128.load(pn + k);
    const expected = f64x2.max(v128.load(pm + k), lowest);
    const inverse = f64x2.div(f64x2.splat(1), expected);
    const ratio = f64x2.mul(count, inverse);
    // Of an empty cell that is cut nothing changes; one with counts is pushed back.
    const cut = v128.and(f64x2.lt(v128.load(pm + k), lowest), f64x2.eq(count, f64x2.splat(0)));
    v128.store(ps + k, v128.andnot(f64x2.sub(two, f64x2.mul(two, ratio)), cut));
    v128.store(pb + k, f64x2.mul(f64x2.mul(two, ratio), inverse));
    const part = f64x2.add(f64x2.sub(expected, count), f64x2.mul(count, logarithm(ratio)));
    total = f64x2.add(total, part);
  }
  let even = f64x2.extract_lane(total, 0);
  if (n > pairs) {
    const count = m[observed + pairs];
    const expected = max<f64>(m[mu + pairs], LOWEST);
    const inverse = 1.0 / expected;
    const ratio = count * inverse;
    m[slope + pairs] = m[mu + pairs] < LOWEST && count == 0 ? 0.0 : 2.0 - 2.0 * ratio;
    m[bend + pairs] = 2.0 * ratio * inverse;
    even += expected - count + count * f64x2.extract_lane(logarithm(f64x2.splat(ratio)), 0);
  }
  return 2.0 * (even + f64x2.extract_lane(total, 1));
}

function gaussianCells(m: Reals, mu: i32, observed: i32, w: i32, n: i32, slope: i32, bend: i32): f64 {
  let even: f64 = 0;
  let odd: f64 = 0;
  for (let i: i32 = 0; i < n; i++) {
    const weight = m[w + i];
    const residual = m[mu + i] - m[observed + i];
    m[slope + i] = 2.0 * weight * residual;
    m[bend + i] = 2.0 * weight;
    const part = weight * residual * residual;
    if ((i & 1) == 0) even += part;
    else odd += part;
  }
  return even + odd;
}
