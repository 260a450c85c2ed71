/** Counts that are quadratic in the parameters: what templates become once an analysis has fixed its names. */

/** Index 0 is the constant 1; index k > 0 is parameter k - 1. */
export interface QuadraticTerm {
  readonly left: number;
  readonly right: number;
  /** Counts per cell at unit product. */
  readonly counts: Float64Array;
}

/** A term by names; `1` is the constant. */
export interface NamedTerm {
  readonly monomial: readonly [string, string];
  readonly counts: Float64Array;
}

/**
 * Put fixed values in and index what stays free: terms of equal monomials are added up.
 * @param terms in names
 * @param free names that stay parameters, in the order of the parameter vector
 * @param fixed values of all other names; names absent from both count as 0
 */
export function contract(
  terms: readonly NamedTerm[],
  free: readonly string[],
  fixed: Readonly<Record<string, number>>,
): readonly QuadraticTerm[] {
  const index = new Map(free.map((name, i) => [name, i + 1]));
  const sums = new Map<string, { left: number; right: number; counts: Float64Array }>();
  for (const { monomial, counts } of terms) {
    let scale = 1;
    const open: number[] = [];
    for (const name of monomial) {
      const i = index.get(name);
      if (i !== undefined) open.push(i);
      else if (name !== "1") scale *= Object.hasOwn(fixed, name) ? fixed[name]! : 0;
    }
    if (scale === 0) continue;
    const [left = 0, right = 0] = open.sort((a, b) => a - b).length === 1 ? [0, open[0]!] : open;
    const key = `${left} ${right}`;
    const sum = sums.get(key) ?? { left, right, counts: new Float64Array(counts.length) };
    for (let i = 0; i < counts.length; i++) sum.counts[i]! += scale * counts[i]!;
    sums.set(key, sum);
  }
  return [...sums.values()];
}

/** Counts at x, added onto `out`. */
export function addCounts(terms: readonly QuadraticTerm[], x: ArrayLike<number>, out: Float64Array): void {
  for (const { left, right, counts } of terms) {
    const weight = (left === 0 ? 1 : x[left - 1]!) * (right === 0 ? 1 : x[right - 1]!);
    for (let i = 0; i < counts.length; i++) out[i]! += weight * counts[i]!;
  }
}

/**
 * Gradient of sum_i weight_i counts_i(x) with respect to x, added onto `gradient`.
 * @param weights one per cell
 */
export function addWeightedGradient(
  terms: readonly QuadraticTerm[],
  x: ArrayLike<number>,
  weights: Float64Array,
  scale: number,
  gradient: Float64Array,
): void {
  for (const { left, right, counts } of terms) {
    if (left === 0 && right === 0) continue;
    let sum = 0;
    for (let i = 0; i < counts.length; i++) sum += weights[i]! * counts[i]!;
    sum *= scale;
    if (left !== 0) gradient[left - 1]! += sum * (right === 0 ? 1 : x[right - 1]!);
    if (right !== 0) gradient[right - 1]! += sum * (left === 0 ? 1 : x[left - 1]!);
  }
}

/** Derivative of the counts by one parameter (index from 1), times a factor, added onto `out`. */
export function addDerivative(
  terms: readonly QuadraticTerm[],
  x: ArrayLike<number>,
  index: number,
  factor: number,
  out: Float64Array,
): void {
  for (const { left, right, counts } of terms) {
    const factorOf = (other: number): number => (other === 0 ? 1 : x[other - 1]!);
    const weight = factor * ((left === index ? factorOf(right) : 0) + (right === index ? factorOf(left) : 0));
    if (weight !== 0) for (let i = 0; i < counts.length; i++) out[i]! += weight * counts[i]!;
  }
}
