/** Incomplete beta function: the tails of the binomial distribution. */

/**
 * Both regularised incomplete beta functions: lower I_x(a, b) = B(x; a, b)/B(a, b) and upper 1 - I_x(a, b). Continued
 * fraction (modified Lentz) for the side of the mean that x is on, the other one is its complement: both within 1e-13
 * of themselves for a and b from 0.5 to 1e6. At the mean it takes a quarter of sqrt(max(a, b)) steps, elsewhere less.
 * I_x is the distribution function of the beta distribution; k or more successes in n trials of probability x have the
 * probability I_x(k, n - k + 1).
 * @param a > 0, a + b up to 2^53
 * @param b > 0
 * @param x in [0, 1]
 * @returns [I_x, 1 - I_x], each in [0, 1]; NaN outside the domain
 * @example betaTails(1, 2, 0.25) is [0.4375, 0.5625]
 * @source A. R. DiDonato, A. H. Morris, ACM TOMS 18 (1992) 360; NIST DLMF 8.17.22
 */
export function betaTails(a: number, b: number, x: number): readonly [lower: number, upper: number] {
  if (!(a > 0 && b > 0 && a + b <= 2 ** 53 && x >= 0 && x <= 1)) return [Number.NaN, Number.NaN];
  if (x === 0) return [0, 1];
  if (x === 1) return [1, 0];
  const excess = excessOverMean(a, b, x);
  const front = density(a, b, x, excess);
  if (excess < 0) {
    const lower = front === 0 ? 0 : front / fraction(a, b, x, -excess);
    return [lower, 1 - lower];
  }
  const upper = front === 0 ? 0 : front / fraction(b, a, 1 - x, excess);
  return [1 - upper, upper];
}

/**
 * x^a (1-x)^b/B(a, b), written about the mean a/(a+b): the logarithms of x^a and of B(a, b) are of order a and would
 * leave their rounding, 1e-9 for a = 1e6.
 */
function density(a: number, b: number, x: number, excess: number): number {
  const sum = a + b;
  const exponent =
    a * logMinusLinear(excess / a, (x * sum) / a) +
    b * logMinusLinear(-excess / b, ((1 - x) * sum) / b) +
    stirlingError(sum) -
    stirlingError(a) -
    stirlingError(b);
  return Math.exp(exponent) * Math.sqrt((a / sum) * b * (0.5 / Math.PI));
}

/** x (a + b) - a, rounded once: sum and product carry their rounding errors along (Knuth, Dekker). */
function excessOverMean(a: number, b: number, x: number): number {
  const sum = a + b;
  const rest = sum - a;
  const sumError = a - (sum - rest) + (b - rest);
  const product = x * sum;
  const xHigh = upperHalf(x);
  const xLow = x - xHigh;
  const sumHigh = upperHalf(sum);
  const sumLow = sum - sumHigh;
  const productError = xHigh * sumHigh - product + xHigh * sumLow + xLow * sumHigh + xLow * sumLow;
  return product - a + (productError + x * sumError);
}

/** A number to 26 bits: what is left has 26 bits too, and products of halves are exact. */
function upperHalf(x: number): number {
  const shifted = 134217729 * x;
  return shifted - (shifted - x);
}

/**
 * ln(1 + z) - z, accurate relative to itself, also about z = 0.
 * @param ratio 1 + z, computed without cancellation
 */
function logMinusLinear(z: number, ratio: number): number {
  if (Math.abs(z) > 0.5) return Math.log(ratio) - z;
  // ln(1 + z) = 2 artanh r, and 2 r - z = -r z.
  const r = z / (2 + z);
  const square = r * r;
  let sum = 0;
  let power = square;
  for (let k = 3; power > 1e-18 * square; k += 2) {
    sum += power / k;
    power *= square;
  }
  return r * (2 * sum - z);
}

/** ln Gamma(z) - [(z - 1/2) ln z - z + ln(2 pi)/2] for z > 0: Stirling's series (DLMF 5.11.1) from 16 on. */
function stirlingError(z: number): number {
  let shift = 0;
  for (; z < 16; z++) shift += (z + 0.5) * Math.log1p(1 / z) - 1;
  const w = 1 / (z * z);
  return shift + (1 / 12 - w * (1 / 360 - w * (1 / 1260 - w * (1 / 1680 - w / 1188)))) / z;
}

/**
 * x^a (1-x)^b/B(a, b) over I_x(a, b): even part of DLMF 8.17.22, whose terms are positive up to m = b.
 * @param below a - (a + b) x, which cancels for x near the mean and is therefore given
 */
function fraction(a: number, b: number, x: number, below: number): number {
  const last = 100 + 5 * Math.sqrt(Math.max(a, b));
  let result = (a * (below + 1)) / (a + 1);
  let c = result;
  let d = 0;
  for (let m = 1; m < last; m++) {
    const odd = a + 2 * m - 1;
    const cross = (m * (b - m) * x) / odd;
    const numerator = (((a + m - 1) * (a + b + m - 1)) / odd) * x * cross;
    const denominator = m + cross + ((a + m) * (below + 1 + m * (2 - x))) / (odd + 2);
    d = 1 / nonZero(denominator + numerator * d);
    c = nonZero(denominator + numerator / c);
    const factor = c * d;
    result *= factor;
    if (Math.abs(factor - 1) < 1e-16) break;
  }
  return result;
}

function nonZero(x: number): number {
  return Math.abs(x) < 1e-300 ? 1e-300 : x;
}
