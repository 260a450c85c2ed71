/**
 * The batch loops of src/kernel/gram-dense.ts and gram-sparse.ts, two points at a time. Every operation comes in the
 * same order, so the answers are the same to the bit. Addresses are bytes; lists of points lie one variable after the
 * other.
 */

@inline function real(at: usize, i: i32): f64 {
  return load<f64>(at + ((<usize>i) << 3));
}

@inline function both(at: usize, i: i32): v128 {
  return v128.load64_splat(at + ((<usize>i) << 3));
}

@inline function int(at: usize, i: i32): i32 {
  return load<i32>(at + ((<usize>i) << 2));
}

@inline function times(a: v128, b: v128): v128 {
  return f64x2.mul(a, b);
}

@inline function plus(a: v128, b: v128): v128 {
  return f64x2.add(a, b);
}

/** a x + b */
@inline function step(a: v128, x: v128, b: v128): v128 {
  return plus(times(a, x), b);
}

@inline function less(base: v128, v: v128, m: v128): v128 {
  return f64x2.sub(base, f64x2.div(times(v, v), m));
}

@inline function quartic(
  c0: v128, c1: v128, c2: v128, c3: v128, c4: v128, c5: v128, c6: v128, c7: v128,
  c8: v128, c9: v128, c10: v128, c11: v128, c12: v128, c13: v128, c14: v128, x: v128, y: v128,
): v128 {
  const q0 = step(step(step(step(c4, x, c3), x, c2), x, c1), x, c0);
  const q1 = step(step(step(c8, x, c7), x, c6), x, c5);
  const q2 = step(step(c11, x, c10), x, c9);
  const q3 = step(c13, x, c12);
  return step(step(step(step(c14, y, q3), y, q2), y, q1), y, q0);
}

/** out = the polynomial of 15 coefficients at n points (x, y). */
export function quartics(c: usize, n: i32, xs: usize, ys: usize, out: usize): void {
  const c0 = both(c, 0), c1 = both(c, 1), c2 = both(c, 2), c3 = both(c, 3), c4 = both(c, 4);
  const c5 = both(c, 5), c6 = both(c, 6), c7 = both(c, 7), c8 = both(c, 8), c9 = both(c, 9);
  const c10 = both(c, 10), c11 = both(c, 11), c12 = both(c, 12), c13 = both(c, 13), c14 = both(c, 14);
  const end = (<usize>(n & ~1)) << 3;
  let i: usize = 0;
  for (; i < end; i += 16) {
    const x = v128.load(xs + i), y = v128.load(ys + i);
    v128.store(out + i, quartic(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, x, y));
  }
  if (n & 1) {
    const x = v128.load64_zero(xs + i), y = v128.load64_zero(ys + i);
    const last = quartic(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, x, y);
    v128.store64_lane(out + i, last, 0);
  }
}

/**
 * out = base - v^2/M at n points (x, y).
 * @param c 6 coefficients of v, 15 of M
 * @param base one number per point, or one pair for all where `mask` is 0
 * @param mask -1 or 0
 */
export function ratios(c: usize, n: i32, xs: usize, ys: usize, base: usize, mask: i32, out: usize): void {
  const v0 = both(c, 0), v1 = both(c, 1), v2 = both(c, 2), v3 = both(c, 3), v4 = both(c, 4), v5 = both(c, 5);
  const c0 = both(c, 6), c1 = both(c, 7), c2 = both(c, 8), c3 = both(c, 9), c4 = both(c, 10);
  const c5 = both(c, 11), c6 = both(c, 12), c7 = both(c, 13), c8 = both(c, 14), c9 = both(c, 15);
  const c10 = both(c, 16), c11 = both(c, 17), c12 = both(c, 18), c13 = both(c, 19), c14 = both(c, 20);
  const end = (<usize>(n & ~1)) << 3;
  let i: usize = 0;
  for (; i < end; i += 16) {
    const x = v128.load(xs + i), y = v128.load(ys + i);
    const v = step(step(v5, y, step(v4, x, v3)), y, step(step(v2, x, v1), x, v0));
    const m = quartic(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, x, y);
    v128.store(out + i, less(v128.load(base + (i & mask)), v, m));
  }
  if (n & 1) {
    const x = v128.load64_zero(xs + i), y = v128.load64_zero(ys + i);
    const v = step(step(v5, y, step(v4, x, v3)), y, step(step(v2, x, v1), x, v0));
    const m = quartic(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, x, y);
    v128.store64_lane(out + i, less(v128.load64_zero(base + (i & mask)), v, m), 0);
  }
}

/** Coefficients, in y, of a polynomial of 15 coefficients at a fixed x. */
@inline function sliceQuartic(c: usize, x: f64, to: usize): void {
  let a = real(c, 4);
  for (let k: i32 = 3; k >= 0; k--) a = a * x + real(c, k);
  store<f64>(to, a);
  let b = real(c, 8);
  for (let k: i32 = 7; k >= 5; k--) b = b * x + real(c, k);
  store<f64>(to, b, 8);
  store<f64>(to, (real(c, 11) * x + real(c, 10)) * x + real(c, 9), 16);
  store<f64>(to, real(c, 13) * x + real(c, 12), 24);
  store<f64>(to, real(c, 14), 32);
}

@inline function rowQuartic(c0: v128, c1: v128, c2: v128, c3: v128, c4: v128, y: v128): v128 {
  return step(step(step(step(c4, y, c3), y, c2), y, c1), y, c0);
}

/**
 * chi^2 along one row: x fixed, n values of y.
 * @param c 15 coefficients of rr, then 21 of each system; a pair of the constant of rr comes before them
 * @param constant 1 where rr is constant, else 0
 * @param room for 8 numbers
 */
export function row(c: usize, systems: i32, constant: i32, x: f64, n: i32, ys: usize, out: usize, room: usize): void {
  const end = (<usize>(n & ~1)) << 3;
  let base = c - 16;
  let mask: usize = 0;
  if (!constant || systems == 0) {
    sliceQuartic(c, x, room);
    const c0 = both(room, 0), c1 = both(room, 1), c2 = both(room, 2), c3 = both(room, 3), c4 = both(room, 4);
    let i: usize = 0;
    for (; i < end; i += 16) v128.store(out + i, rowQuartic(c0, c1, c2, c3, c4, v128.load(ys + i)));
    if (n & 1) v128.store64_lane(out + i, rowQuartic(c0, c1, c2, c3, c4, v128.load64_zero(ys + i)), 0);
    base = out;
    mask = -1;
  }
  c += 15 << 3;
  for (let s: i32 = 0; s < systems; s++) {
    sliceQuartic(c + (6 << 3), x, room);
    const v0 = f64x2.splat((real(c, 2) * x + real(c, 1)) * x + real(c, 0));
    const v1 = f64x2.splat(real(c, 4) * x + real(c, 3));
    const v2 = both(c, 5);
    const c0 = both(room, 0), c1 = both(room, 1), c2 = both(room, 2), c3 = both(room, 3), c4 = both(room, 4);
    let i: usize = 0;
    for (; i < end; i += 16) {
      const y = v128.load(ys + i);
      const v = step(step(v2, y, v1), y, v0);
      v128.store(out + i, less(v128.load(base + (i & mask)), v, rowQuartic(c0, c1, c2, c3, c4, y)));
    }
    if (n & 1) {
      const y = v128.load64_zero(ys + i);
      const v = step(step(v2, y, v1), y, v0);
      const last = less(v128.load64_zero(base + (i & mask)), v, rowQuartic(c0, c1, c2, c3, c4, y));
      v128.store64_lane(out + i, last, 0);
    }
    base = out;
    mask = -1;
    c += 21 << 3;
  }
}

/** Bytes of the eight points that `sparse` works on at a time. */
const GROUP: usize = 64;

@inline function slot(room: usize, i: i32): usize {
  return room + (<usize>i) * GROUP;
}

/** to = a polynomial of eight points. */
function polynomial(from: i32, end: i32, monomial: usize, coefficient: usize, values: usize, to: usize): void {
  let a = f64x2.splat(0), b = a, c = a, d = a;
  for (let e: i32 = from; e < end; e++) {
    const at = slot(values, int(monomial, e));
    const weight = both(coefficient, e);
    a = plus(a, times(weight, v128.load(at)));
    b = plus(b, times(weight, v128.load(at, 16)));
    c = plus(c, times(weight, v128.load(at, 32)));
    d = plus(d, times(weight, v128.load(at, 48)));
  }
  v128.store(to, a);
  v128.store(to, b, 16);
  v128.store(to, c, 32);
  v128.store(to, d, 48);
}

/** to = a x b */
@inline function product(to: usize, a: usize, b: usize): void {
  for (let k: usize = 0; k < GROUP; k += 16) v128.store(to + k, times(v128.load(a + k), v128.load(b + k)));
}

/** to -= a x b */
@inline function subtractProduct(to: usize, a: usize, b: usize): void {
  for (let k: usize = 0; k < GROUP; k += 16) {
    v128.store(to + k, f64x2.sub(v128.load(to + k), times(v128.load(a + k), v128.load(b + k))));
  }
}

@inline function triangle(row: i32): i32 {
  return (row * (row + 1)) >> 1;
}

/**
 * chi^2 of any form, eight points at a time.
 * @param groups number of eights
 * @param xs addresses of the parameters' lists
 * @param largest size of the largest system
 * @param room 64 bytes for each monomial, then for 3 + largest rows of `largest`
 */
export function sparse(
  groups: i32, monomials: i32, systems: i32, largest: i32, xs: usize, parent: usize, factor: usize,
  sizes: usize, start: usize, monomial: usize, coefficient: usize, room: usize, out: usize,
): void {
  const v = slot(room, monomials);
  const rows = slot(v, largest);
  const lower = slot(rows, triangle(largest));
  const inverse = slot(lower, triangle(largest));
  const total = slot(inverse, largest);
  const one = f64x2.splat(1);
  for (let k: usize = 0; k < GROUP; k += 16) v128.store(room + k, one);
  for (let g: i32 = 0; g < groups; g++) {
    const i = <usize>g * GROUP;
    const chi2 = out + i;
    for (let k: i32 = 1; k < monomials; k++) {
      product(slot(room, k), slot(room, int(parent, k)), <usize>int(xs, int(factor, k)) + i);
    }
    polynomial(int(start, 0), int(start, 1), monomial, coefficient, room, chi2);
    let j: i32 = 1;
    for (let s: i32 = 0; s < systems; s++) {
      const size = int(sizes, s);
      for (let p: i32 = 0; p < size; p++, j++) {
        polynomial(int(start, j), int(start, j + 1), monomial, coefficient, room, slot(v, p));
      }
      for (let t: i32 = 0; t < triangle(size); t++, j++) {
        polynomial(int(start, j), int(start, j + 1), monomial, coefficient, room, slot(rows, t));
      }
      for (let k: usize = 0; k < GROUP; k += 16) v128.store(total + k, f64x2.splat(0));
      for (let p: i32 = 0; p < size; p++) {
        const rowP = triangle(p);
        for (let q: i32 = 0; q < p; q++) {
          const entry = slot(rows, rowP + q);
          for (let r: i32 = 0; r < q; r++) subtractProduct(entry, slot(lower, rowP + r), slot(rows, triangle(q) + r));
          product(slot(lower, rowP + q), entry, slot(inverse, q));
        }
        const diagonal = slot(rows, rowP + p);
        const z = slot(v, p);
        for (let r: i32 = 0; r < p; r++) {
          subtractProduct(diagonal, slot(lower, rowP + r), slot(rows, rowP + r));
          subtractProduct(z, slot(lower, rowP + r), slot(v, r));
        }
        for (let k: usize = 0; k < GROUP; k += 16) {
          const scaled = f64x2.div(one, v128.load(diagonal + k));
          v128.store(slot(inverse, p) + k, scaled);
          const along = v128.load(z + k);
          v128.store(total + k, plus(v128.load(total + k), times(along, times(along, scaled))));
        }
      }
      for (let k: usize = 0; k < GROUP; k += 16) {
        v128.store(chi2 + k, f64x2.sub(v128.load(chi2 + k), v128.load(total + k)));
      }
    }
  }
}
