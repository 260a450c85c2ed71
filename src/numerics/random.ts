/**
 * Random numbers that belong to a toy, not to a moment: counter-based streams, the same whatever was drawn before, in
 * which order and by which worker.
 */

import { usageError } from "../errors.ts";
import { logGamma } from "./gamma.ts";

/** Random numbers of one toy; every method takes the next ones of the stream. */
export interface RandomStream {
  /**
   * Go to the first number of a toy, with the same seed.
   * @param point index of the tested point, 0 .. 2^32 - 1
   * @param toy index of the toy, 0 .. 2^32 - 1
   * @throws NurecoilError (usage) for other indices
   */
  restart(point: number, toy: number): void;
  /** Uniform in (0, 1), ends excluded, see `openUniform`. */
  uniform(): number;
  /** Standard normal, mean 0 and variance 1: `normalQuantile` of one uniform, hence within -8.3 and 8.3. */
  normal(): number;
  /**
   * Poisson count: below a mean of 10 by sequential search from one uniform, from 10 on by transformed rejection with
   * squeeze (algorithm PTRS). Exact up to rounding, which moves probabilities by less than 1e-8 for means up to 1e12.
   * @param mean >= 0
   * @returns 0, 1, 2, ...; NaN for a negative, infinite or NaN mean
   * @source W. Hörmann, Insurance: Mathematics and Economics 12 (1993) 39
   */
  poisson(mean: number): number;
}

/**
 * Stream of random numbers that depend on nothing but seed, point, toy and their place in the stream: Philox4x32-10.
 * The 64-bit key is the seed: its low 32 bits are the first word, its high 21 bits the second. The 128-bit counter is,
 * word by word: number of the block, toy, point, 0. A block makes two uniforms, so a stream repeats after 2^33 of them.
 * @param seed integer, 0 .. 2^53 - 1
 * @param point index of the tested point, 0 .. 2^32 - 1
 * @param toy index of the toy, 0 .. 2^32 - 1
 * @throws NurecoilError (usage) for another seed or index
 * @example stream(1, 0, 7).poisson(5) is the same count every time
 */
export function stream(seed: number, point: number, toy: number): RandomStream {
  const started = new PhiloxStream(seed);
  started.restart(point, toy);
  return started;
}

class PhiloxStream implements RandomStream {
  /** Counter and key as `philoxBlocks` takes them. */
  private readonly state = new Int32Array(6);
  private readonly words = new Int32Array(8);
  /** How many of `words` are used up. */
  private used = 8;

  constructor(seed: number) {
    if (!(Number.isSafeInteger(seed) && seed >= 0))
      throw usageError(`the seed must be an integer from 0 to 2^53 - 1; got ${seed}`);
    this.state[4] = seed % 2 ** 32;
    this.state[5] = Math.floor(seed / 2 ** 32);
  }

  restart(point: number, toy: number): void {
    if (point >>> 0 !== point || toy >>> 0 !== toy)
      throw usageError(`point and toy must be integers from 0 to 2^32 - 1; got ${point} and ${toy}`);
    this.state[0] = 0;
    this.state[1] = toy;
    this.state[2] = point;
    this.used = 8;
  }

  uniform(): number {
    if (this.used === 8) {
      philoxBlocks(this.state, this.words);
      this.state[0]! += 2;
      this.used = 0;
    }
    const at = this.used;
    this.used = at + 2;
    return openUniform(this.words[at]!, this.words[at + 1]!);
  }

  normal(): number {
    return normalQuantile(this.uniform());
  }

  poisson(mean: number): number {
    return mean < 10 ? this.poissonBySearch(mean) : this.poissonByRejection(mean);
  }

  private poissonBySearch(mean: number): number {
    if (!(mean >= 0)) return Number.NaN;
    let rest = this.uniform();
    let probability = Math.exp(-mean);
    let count = 0;
    while (rest > probability) {
      rest -= probability;
      count++;
      probability *= mean / count;
      // The terms may sum to 1 - 1e-16: what is left then is rounding.
      if (probability < 1e-18 && count > mean) break;
    }
    return count;
  }

  private poissonByRejection(mean: number): number {
    if (!(mean < Number.POSITIVE_INFINITY)) return Number.NaN;
    const b = 0.931 + 2.53 * Math.sqrt(mean);
    const a = -0.059 + 0.02483 * b;
    // As published, hat and squeeze fail by up to 0.58 % and 0.55 % at single counts; with the factors 1.007 and 0.985
    // both hold everywhere (scripts/reference/random_streams.py).
    const surelyBelow = 0.985 * (0.9277 - 3.6224 / (b - 2));
    for (;;) {
      const u = this.uniform() - 0.5;
      const v = this.uniform();
      const edge = 0.5 - Math.abs(u);
      const count = Math.floor(((2 * a) / edge + b) * u + mean + 0.43);
      if (edge >= 0.07 && v <= surelyBelow) return count;
      if (count < 0 || (edge < 0.013 && v > edge)) continue;
      const scale = 1.007 * (1.1239 + 1.1328 / (b - 3.4));
      if (Math.log((v * scale) / (a / (edge * edge) + b)) <= logPoisson(count, mean)) return count;
    }
  }
}

/** ln k! for the counts where Stirling's series is too short. */
const logFactorials = Float64Array.from({ length: 256 }, (_, k) => logGamma(k + 1));

/** ln of the Poisson probability mean^count e^-mean/count!. */
function logPoisson(count: number, mean: number): number {
  if (count < logFactorials.length) return count * Math.log(mean) - mean - logFactorials[count]!;
  // As a deviation from the mean: count ln(mean) and ln(count!) alone would leave their rounding.
  const deviation = count - mean - count * Math.log1p((count - mean) / mean);
  const stirling = (1 / 12 - 1 / (360 * count * count)) / count;
  return deviation - 0.5 * Math.log(2 * Math.PI * count) - stirling;
}

/**
 * Uniform in (0, 1) from two words of 32 random bits: k 2^-53 with k of 53 bits, 2^-54 in place of 0.
 * @param high all its bits are used
 * @param low its upper 21 bits are used
 * @example openUniform(-2147483648, 0) is 0.5
 */
export function openUniform(high: number, low: number): number {
  return ((high >>> 0) * 2 ** 21 + (low >>> 11) || 0.5) * 2 ** -53;
}

/** Numerator and denominator in rising powers: |p - 1/2| <= 0.425, then sqrt(-ln p) up to 5, then beyond. */
const quantileCoefficients = new Float64Array([
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
  33430.57558358813, 2509.0809287301227, 1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597,
  39307.89580009271, 28729.085735721943, 5226.495278852854, 1.4234371107496835, 4.630337846156546, 5.769497221460691,
  3.6478483247632045, 1.2704582524523684, 0.2417807251774506, 0.022723844989269184, 0.0007745450142783414, 1,
  2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
  0.0005475938084995345, 1.0507500716444169e-9, 6.657904643501103, 5.463784911164114, 1.7848265399172913,
  0.29656057182850487, 0.026532189526576124, 0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7, 1,
  0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 1.8463183175100548e-5,
  1.421511758316446e-7, 2.0442631033899397e-15,
]);

/**
 * Quantile of the standard normal distribution, relative error below 1e-15 off its zero at 1/2.
 * @param p probability to be below, in (0, 1)
 * @returns NaN outside (0, 1)
 * @example normalQuantile(0.975) is 1.959963984540054
 * @source M. J. Wichura, algorithm AS 241 (PPND16), Applied Statistics 37 (1988) 477
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  let r = 0.180625 - q * q;
  let factor = q;
  let at = 0;
  if (r < 0) {
    r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
    factor = q < 0 ? -1 : 1;
    at = r <= 5 ? 16 : 32;
    r -= r <= 5 ? 1.6 : 5;
  }
  // Estrin's scheme: the products do not wait for each other.
  const c = quantileCoefficients;
  const r2 = r * r;
  const r4 = r2 * r2;
  const upper = c[at + 4]! + r * c[at + 5]! + r2 * (c[at + 6]! + r * c[at + 7]!);
  const lower = c[at + 12]! + r * c[at + 13]! + r2 * (c[at + 14]! + r * c[at + 15]!);
  const numerator = c[at]! + r * c[at + 1]! + r2 * (c[at + 2]! + r * c[at + 3]!) + r4 * upper;
  const denominator = c[at + 8]! + r * c[at + 9]! + r2 * (c[at + 10]! + r * c[at + 11]!) + r4 * lower;
  return (factor * numerator) / denominator;
}

/**
 * Two successive blocks of Philox4x32-10, of counter (c0, c1, c2, c3) and of (c0 + 1, c1, c2, c3).
 * @param state c0, c1, c2, c3, k0, k1: words of counter and key; left as they are
 * @param words receives the four words of the first block, then those of the second
 * @source J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, SC11 (2011), doi:10.1145/2063384.2063405
 */
export function philoxBlocks(state: Int32Array, words: Int32Array): void {
  let [a0, a1, a2, a3] = [state[0]!, state[1]!, state[2]!, state[3]!];
  let [b0, b1, b2, b3] = [(a0 + 1) | 0, a1, a2, a3];
  let [k0, k1] = [state[4]!, state[5]!];
  // Both blocks in one loop keep the processor busy; the products are written out because engines inline a function
  // called four times here or not depending on the caller, at twice the time.
  for (let round = 0; round < 10; round++) {
    // Upper words of 0xd2511f53 x0 and 0xcd9e8d57 x2 from products of 16 bits.
    let low = a0 & 0xffff;
    let high = a0 >>> 16;
    let middle = (Math.imul(high, 0x1f53) + (Math.imul(low, 0x1f53) >>> 16)) | 0;
    let rest = (Math.imul(low, 0xd251) + (middle & 0xffff)) | 0;
    a3 ^= (Math.imul(high, 0xd251) + (middle >>> 16) + (rest >>> 16)) ^ k1;
    low = a2 & 0xffff;
    high = a2 >>> 16;
    middle = (Math.imul(high, 0x8d57) + (Math.imul(low, 0x8d57) >>> 16)) | 0;
    rest = (Math.imul(low, 0xcd9e) + (middle & 0xffff)) | 0;
    a1 ^= (Math.imul(high, 0xcd9e) + (middle >>> 16) + (rest >>> 16)) ^ k0;
    low = b0 & 0xffff;
    high = b0 >>> 16;
    middle = (Math.imul(high, 0x1f53) + (Math.imul(low, 0x1f53) >>> 16)) | 0;
    rest = (Math.imul(low, 0xd251) + (middle & 0xffff)) | 0;
    b3 ^= (Math.imul(high, 0xd251) + (middle >>> 16) + (rest >>> 16)) ^ k1;
    low = b2 & 0xffff;
    high = b2 >>> 16;
    middle = (Math.imul(high, 0x8d57) + (Math.imul(low, 0x8d57) >>> 16)) | 0;
    rest = (Math.imul(low, 0xcd9e) + (middle & 0xffff)) | 0;
    b1 ^= (Math.imul(high, 0xcd9e) + (middle >>> 16) + (rest >>> 16)) ^ k0;

    low = Math.imul(a0, 0xd2511f53);
    a0 = a1;
    a1 = Math.imul(a2, 0xcd9e8d57);
    a2 = a3;
    a3 = low;
    low = Math.imul(b0, 0xd2511f53);
    b0 = b1;
    b1 = Math.imul(b2, 0xcd9e8d57);
    b2 = b3;
    b3 = low;
    k0 = (k0 + 0x9e3779b9) | 0;
    k1 = (k1 + 0xbb67ae85) | 0;
  }
  words[0] = a0;
  words[1] = a1;
  words[2] = a2;
  words[3] = a3;
  words[4] = b0;
  words[5] = b1;
  words[6] = b2;
  words[7] = b3;
}
