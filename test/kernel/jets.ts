/**
 * Numbers with two first derivatives and the mixed second one, and beside each the sum of the magnitudes that it was added
 * up from: what rounding is relative to. Derivatives are exact, so that tests need no steps of differences.
 */

export interface Jet {
  readonly value: number;
  /** Derivatives by a first and a second variable, and by both. */
  readonly a: number;
  readonly b: number;
  readonly ab: number;
  /** Magnitudes of value, a, b, ab. */
  readonly size: number;
  readonly sizeA: number;
  readonly sizeB: number;
  readonly sizeAb: number;
}

export function variable(value: number, a: number, b: number): Jet {
  return { value, a, b, ab: 0, size: Math.abs(value), sizeA: a, sizeB: b, sizeAb: 0 };
}

export function constant(value: number): Jet {
  return variable(value, 0, 0);
}

export function add(x: Jet, y: Jet): Jet {
  return {
    value: x.value + y.value,
    a: x.a + y.a,
    b: x.b + y.b,
    ab: x.ab + y.ab,
    size: x.size + y.size,
    sizeA: x.sizeA + y.sizeA,
    sizeB: x.sizeB + y.sizeB,
    sizeAb: x.sizeAb + y.sizeAb,
  };
}

export function multiply(x: Jet, y: Jet): Jet {
  return {
    value: x.value * y.value,
    a: x.a * y.value + x.value * y.a,
    b: x.b * y.value + x.value * y.b,
    ab: x.ab * y.value + x.a * y.b + x.b * y.a + x.value * y.ab,
    size: x.size * y.size,
    sizeA: x.sizeA * y.size + x.size * y.sizeA,
    sizeB: x.sizeB * y.size + x.size * y.sizeB,
    sizeAb: x.sizeAb * y.size + x.sizeA * y.sizeB + x.sizeB * y.sizeA + x.size * y.sizeAb,
  };
}

/**
 * A function of one jet by its derivatives there.
 * @param f value, first and second derivative
 * @param size magnitude of each, what follows from the rounding of x included
 */
export function apply(
  x: Jet,
  f: readonly [number, number, number],
  size: readonly [number, number, number] = [Math.abs(f[0]), Math.abs(f[1]), Math.abs(f[2])],
): Jet {
  return {
    value: f[0],
    a: f[1] * x.a,
    b: f[1] * x.b,
    ab: f[2] * x.a * x.b + f[1] * x.ab,
    size: size[0],
    sizeA: size[1] * x.sizeA,
    sizeB: size[1] * x.sizeB,
    sizeAb: size[2] * x.sizeA * x.sizeB + size[1] * x.sizeAb,
  };
}
