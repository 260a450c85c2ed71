/** The sums over cells of bench/gram/loops.c in AssemblyScript: the same operations for two points at a time. */

@inline function both(at: usize, i: i32): v128 {
  return v128.load64_splat(at + ((<usize>i) << 3));
}

@inline function times(a: v128, b: v128): v128 {
  return f64x2.mul(a, b);
}

@inline function plus(a: v128, b: v128): v128 {
  return f64x2.add(a, b);
}

export function bins(n: i32, cells: i32, c: usize, errors: usize, xs: usize, ys: usize, out: usize): void {
  const sa = both(errors, 0), sb = both(errors, 1), mbb = both(errors, 2);
  const saa = times(sa, sa), sab = times(sa, sb);
  const one = f64x2.splat(1), two = f64x2.splat(2);
  const last = c + ((<usize>cells) << 6);
  for (let i: usize = 0, end = (<usize>n) << 3; i < end; i += 16) {
    const x = v128.load(xs + i), y = v128.load(ys + i);
    const xx = times(x, x), xy = times(x, y), yy = times(y, y);
    let rr = f64x2.splat(0), rt = rr, rb = rr, tt = rr, tb = rr;
    for (let k = c; k < last; k += 64) {
      let t = plus(both(k, 2), times(both(k, 3), x));
      t = plus(t, times(both(k, 4), y));
      t = plus(t, times(both(k, 5), xx));
      t = plus(t, times(both(k, 6), xy));
      t = plus(t, times(both(k, 7), yy));
      const r = f64x2.sub(both(k, 0), t), b = both(k, 1);
      rr = plus(rr, times(r, r));
      rt = plus(rt, times(r, t));
      rb = plus(rb, times(r, b));
      tt = plus(tt, times(t, t));
      tb = plus(tb, times(t, b));
    }
    const va = times(sa, rt), vb = times(sb, rb);
    const maa = plus(one, times(saa, tt)), mab = times(sab, tb);
    const top = plus(
      f64x2.sub(times(times(va, va), mbb), times(times(times(two, va), vb), mab)),
      times(times(vb, vb), maa),
    );
    v128.store(out + i, f64x2.sub(rr, f64x2.div(top, f64x2.sub(times(maa, mbb), times(mab, mab)))));
  }
}
