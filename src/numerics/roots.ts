/**
 * Root of f in [a, b], where f(a) and f(b) have opposite signs (or one is zero): Brent's method.
 * @param f continuous function
 * @param tolerance absolute tolerance on the abscissa
 * @param enough |f| that counts as a root; saves the steps that would only narrow the bracket
 * @returns the root; NaN when the ends do not bracket one
 * @example brent((x) => x * x - 2, 0, 2) is 1.41421356237...
 * @source R. P. Brent, Algorithms for Minimization without Derivatives (1973), chapter 4
 */
export function brent(f: (x: number) => number, a: number, b: number, tolerance = 1e-12, enough = 0): number {
  const asking = brentAsking(a, b, tolerance, enough);
  let asked = asking.next();
  while (asked.done !== true) asked = asking.next(f(asked.value));
  return asked.value;
}

/** `brent` for a function whose values somebody else finds: yields where it is wanted, takes what it is there. */
export function* brentAsking(a: number, b: number, tolerance = 1e-12, enough = 0): Generator<number, number, number> {
  let fa = yield a;
  let fb = yield b;
  if (fa === 0) return a;
  if (fb === 0) return b;
  if (!(fa * fb < 0)) return Number.NaN;
  let c = a;
  let fc = fa;
  let step = b - a;
  let previous = step;
  for (let iteration = 0; iteration < 200; iteration++) {
    if (Math.abs(fc) < Math.abs(fb)) {
      a = b;
      b = c;
      c = a;
      fa = fb;
      fb = fc;
      fc = fa;
    }
    const limit = 2 * Number.EPSILON * Math.abs(b) + tolerance / 2;
    const half = (c - b) / 2;
    if (Math.abs(half) <= limit || Math.abs(fb) <= enough) return b;
    if (Math.abs(previous) >= limit && Math.abs(fa) > Math.abs(fb)) {
      const s = fb / fa;
      let p: number;
      let q: number;
      if (a === c) {
        p = 2 * half * s;
        q = 1 - s;
      } else {
        const r = fb / fc;
        const t = fa / fc;
        p = s * (2 * half * t * (t - r) - (b - a) * (r - 1));
        q = (t - 1) * (r - 1) * (s - 1);
      }
      if (p > 0) q = -q;
      else p = -p;
      if (2 * p < Math.min(3 * half * q - Math.abs(limit * q), Math.abs(previous * q))) {
        previous = step;
        step = p / q;
      } else {
        step = half;
        previous = half;
      }
    } else {
      step = half;
      previous = half;
    }
    a = b;
    fa = fb;
    b += Math.abs(step) > limit ? step : Math.sign(half) * limit;
    fb = yield b;
    if (fb > 0 === fc > 0) {
      c = a;
      fc = fa;
      step = b - a;
      previous = step;
    }
  }
  return b;
}
