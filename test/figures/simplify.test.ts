import { expect, it } from "vitest";
import { simplified } from "../../src/figures/simplify.ts";

it("drops the inner points of a straight line and keeps its ends", () => {
  const line = Array.from({ length: 50 }, (_, i): [number, number] => [i, 2 * i]);
  expect(simplified(line)).toEqual([line[0], line[49]]);
});

it("keeps every point of a circle within the tolerance", () => {
  const circle = Array.from({ length: 2000 }, (_, i): [number, number] => [
    100 * Math.cos((2 * Math.PI * i) / 1999),
    100 * Math.sin((2 * Math.PI * i) / 1999),
  ]);
  const few = simplified(circle, 0.04);
  expect(few.length).toBeLessThan(150);
  // The sagitta of a chord of length c on a circle of radius 100 is c^2/800; it may reach the tolerance, not pass it.
  for (let i = 1; i < few.length; i++) {
    const chord = Math.hypot(few[i]![0] - few[i - 1]![0], few[i]![1] - few[i - 1]![1]);
    expect((chord * chord) / 800).toBeLessThan(0.0401);
  }
});

it("keeps a corner", () => {
  expect(
    simplified([
      [0, 0],
      [5, 0],
      [10, 0],
      [10, 5],
      [10, 10],
    ]),
  ).toEqual([
    [0, 0],
    [10, 0],
    [10, 10],
  ]);
});
