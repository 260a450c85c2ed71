import { expect } from "vitest";

/**
 * Fails unless |actual - expected| <= tolerance |expected|. NaN fails; an expected 0 must be met exactly.
 * @param what says which number it is when it fails
 */
export function expectRelative(actual: number, expected: number, tolerance: number, what = "value"): void {
  const error = actual === expected ? 0 : Math.abs(actual - expected) / Math.abs(expected);
  // Matchers cost more than what they compare, and there are a million of these.
  if (error <= tolerance) return;
  expect(error, `${what}: ${actual} instead of ${expected}`).toBeLessThanOrEqual(tolerance);
}

/** Fails unless |actual - expected| <= tolerance; NaN fails. */
export function expectWithin(actual: number, expected: number, tolerance: number, what = "value"): void {
  const error = Math.abs(actual - expected);
  if (error <= tolerance) return;
  expect(error, `${what}: ${actual} instead of ${expected}`).toBeLessThanOrEqual(tolerance);
}
