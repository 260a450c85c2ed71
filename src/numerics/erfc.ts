/** Complementary error function: tails of the normal distribution. */

// Rational approximations of W. J. Cody, Math. Comp. 23 (1969) 631: erf up to 0.46875, scaled erfc up to 4 and above.
const small = {
  numerator: [0.18577770618460315, 3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.3775891384694],
  denominator: [1, 23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171],
} as const;
const middle = {
  numerator: [
    2.1531153547440383e-8, 0.5641884969886701, 8.883149794388377, 66.11919063714163, 298.6351381974001,
    881.952221241769, 1712.0476126340707, 2051.0783778260716, 1230.3393547979972,
  ],
  denominator: [
    1, 15.744926110709835, 117.6939508913125, 537.1811018620099, 1621.3895745666903, 3290.7992357334597,
    4362.619090143247, 3439.3676741437216, 1230.3393548037495,
  ],
} as const;
const large = {
  numerator: [
    0.016315387137302097, 0.30532663496123236, 0.36034489994980445, 0.12578172611122926, 0.016083785148742275,
    0.0006587491615298378,
  ],
  denominator: [
    1, 2.568520192289822, 1.8729528499234673, 0.5279051029514285, 0.06051834131244132, 0.0023352049762686918,
  ],
} as const;

interface Rational {
  readonly numerator: readonly number[];
  readonly denominator: readonly number[];
}

/** Coefficients of the highest power come first. */
function ratio({ numerator, denominator }: Rational, x: number): number {
  let top = 0;
  let bottom = 0;
  for (let k = 0; k < numerator.length; k++) top = top * x + numerator[k]!;
  for (let k = 0; k < denominator.length; k++) bottom = bottom * x + denominator[k]!;
  return top / bottom;
}

const SMALL = 0.46875;
const inverseRootPi = 1 / Math.sqrt(Math.PI);

/** exp(x^2) erfc(x) for x > SMALL. */
function scaledTail(x: number): number {
  if (x <= 4) return ratio(middle, x);
  const z = 1 / (x * x);
  return (inverseRootPi - z * ratio(large, z)) / x;
}

/** exp(-x^2); x is cut after four binary places, as the rounding of x^2 would cost x^2 units in the last place. */
function gaussian(x: number): number {
  const cut = Math.trunc(x * 16) / 16;
  return Math.exp(-cut * cut) * Math.exp(-(x - cut) * (x + cut));
}

/**
 * Complementary error function erfc(x) = 2/sqrt(pi) int_x^inf exp(-t^2) dt; relative error below 1e-15 until it
 * underflows at x = 26.5.
 * @returns in [0, 2]; NaN for NaN
 * @example erfc(0) === 1
 * @source W. J. Cody, Math. Comp. 23 (1969) 631
 */
export function erfc(x: number): number {
  const size = Math.abs(x);
  if (size <= SMALL) return 1 - x * ratio(small, x * x);
  if (size > 28) return x > 0 ? 0 : 2;
  const tail = gaussian(size) * scaledTail(size);
  return x > 0 ? tail : 2 - tail;
}

/**
 * Scaled complementary error function exp(x^2) erfc(x): what is left of a tail when its exponential is carried
 * elsewhere.
 * @returns positive; Infinity below x = -26.6, where exp(x^2) overflows; NaN for NaN
 * @example scaledErfc(0) === 1
 * @source W. J. Cody, Math. Comp. 23 (1969) 631
 */
export function scaledErfc(x: number): number {
  if (x > SMALL) return scaledTail(x);
  return erfc(x) / gaussian(x);
}

/**
 * Probability that a standard normal variable is above z: Q(z) = erfc(z/sqrt 2)/2.
 * @returns in [0, 1]; NaN for NaN
 * @example normalTail(0) === 0.5
 */
export function normalTail(z: number): number {
  return 0.5 * erfc(z * Math.SQRT1_2);
}
