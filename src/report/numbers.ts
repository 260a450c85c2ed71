/** Numbers for people: as many digits as make sense, no more. */

/** A fitted value below this is zero up to rounding: couplings of interest are many orders larger. */
const ROUNDING = 1e-6;

/** Fixed decimals, without a negative zero. */
export function fixed(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text;
}

/**
 * A number with significant digits; with an exponent outside 1e-4 ... 1e7.
 * @example significant(0.0123456) === "0.01235"
 */
export function significant(value: number, digits = 4): string {
  if (value === 0 || !Number.isFinite(value)) return String(value === 0 ? 0 : value);
  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e7) return value.toExponential(digits - 1);
  return fixed(value, decimalsOf(size, digits));
}

/** As many decimals as give the largest of the values its significant digits: for numbers that stand together. */
export function commonDecimals(values: readonly number[], digits = 4): number {
  return decimalsOf(Math.max(...values.map(Math.abs), 0), digits);
}

/**
 * Value and error, both cut at the second significant digit of the error.
 * @param error null: there is none
 * @example withError(-1.8241, 0.1523) === "-1.82 ± 0.15"
 */
export function withError(value: number, error: number | null): string {
  if (error === null || !(error > 0)) return significant(Math.abs(value) < ROUNDING ? 0 : value);
  if (error < 1e-4 || error >= 1e7) return `${significant(value)} ± ${significant(error, 2)}`;
  const decimals = decimalsOf(error, 2);
  return `${fixed(value, decimals)} ± ${fixed(error, decimals)}`;
}

/** A range, both ends with the same decimals; null is an end that was not reached. */
export function interval([low, high]: readonly [number | null, number | null], decimals: number): string {
  const end = (value: number | null): string => (value === null ? "open" : fixed(value, decimals));
  return `[${end(low)}, ${end(high)}]`;
}

/** Segments as a union, e.g. `[-2.173, -1.607] U [-0.329, 0.237]`. */
export function union(segments: readonly (readonly [number | null, number | null])[]): string {
  const decimals = commonDecimals(segments.flat().filter((end) => end !== null));
  return segments.length === 0 ? "none" : segments.map((one) => interval(one, decimals)).join(" U ");
}

/** A confidence level: 0.9 is `90 %`, 0.682689 is `68.27 %`. */
export function percent(cl: number): string {
  return `${Number((100 * cl).toPrecision(cl > 0.999 ? 6 : 4))} %`;
}

function decimalsOf(size: number, digits: number): number {
  if (!(size > 0)) return 0;
  return Math.min(Math.max(digits - 1 - Math.floor(Math.log10(size)), 0), 20);
}
