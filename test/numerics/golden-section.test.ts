import { expect, it } from "vitest";
import { goldenSection } from "../../src/numerics/golden-section.ts";

const lowest = (f: (x: number) => number, low: number, high: number, tolerance = 1e-9): number =>
  goldenSection(
    (at) => ({ at, value: f(at) }),
    ({ value }) => value,
    low,
    high,
    tolerance,
  ).at;

it("finds the bottom of a dip, smooth or sharp", () => {
  // Of a parabola no closer than the root of rounding.
  expect(lowest((x) => 3 + (x - 0.7) ** 2, -1, 4)).toBeCloseTo(0.7, 7);
  expect(lowest((x) => Math.abs(x + 1.3), -2, 5)).toBeCloseTo(-1.3, 8);
});

it("ends at an end of the range where the function falls all the way", () => {
  expect(lowest((x) => -x, 0, 2)).toBeCloseTo(2, 8);
  expect(lowest((x) => x, 0, 2)).toBeCloseTo(0, 8);
});

it("stops at the width asked for, one look per step", () => {
  let looks = 0;
  const f = (x: number): number => {
    looks++;
    return (x - 0.2) ** 2;
  };
  lowest(f, 0, 1, 1e-3);
  // 0.618^15 is below 1e-3, 0.618^14 is not.
  expect(looks).toBe(2 + 15);
});
