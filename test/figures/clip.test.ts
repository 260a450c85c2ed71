import { describe, expect, it } from "vitest";
import { clipLine, clipRing } from "../../src/figures/clip.ts";
import type { Point } from "../../src/figures/scene.ts";

const box = { x: 0, y: 0, width: 10, height: 10 };

/** Twice the signed area. */
function area(ring: readonly Point[]): number {
  return ring.reduce((sum, [x, y], i) => {
    const [px, py] = ring.at(i - 1) as Point;
    return sum + px * y - x * py;
  }, 0);
}

describe("clipLine", () => {
  it("cuts at the border and keeps what is inside", () => {
    expect(
      clipLine(
        [
          [-5, 5],
          [15, 5],
        ],
        box,
      ),
    ).toEqual([
      [
        [0, 5],
        [10, 5],
      ],
    ]);
    expect(
      clipLine(
        [
          [2, 2],
          [8, 8],
        ],
        box,
      ),
    ).toEqual([
      [
        [2, 2],
        [8, 8],
      ],
    ]);
    expect(
      clipLine(
        [
          [11, 0],
          [11, 10],
        ],
        box,
      ),
    ).toEqual([]);
  });

  it("gives one piece per stay inside, and breaks at a point that is not a number", () => {
    expect(
      clipLine(
        [
          [1, 1],
          [1, 20],
          [9, 20],
          [9, 1],
        ],
        box,
      ),
    ).toEqual([
      [
        [1, 1],
        [1, 10],
      ],
      [
        [9, 10],
        [9, 1],
      ],
    ]);
    expect(
      clipLine(
        [
          [1, 1],
          [2, 2],
          [Number.NaN, 3],
          [4, 4],
          [5, 5],
        ],
        box,
      ),
    ).toEqual([
      [
        [1, 1],
        [2, 2],
      ],
      [
        [4, 4],
        [5, 5],
      ],
    ]);
  });
});

describe("clipRing", () => {
  it("keeps the common area, whatever lies far outside", () => {
    const half = clipRing(
      [
        [-1e9, -1e9],
        [5, -1e9],
        [5, 1e9],
        [-1e9, 1e9],
      ],
      box,
    );
    expect(Math.abs(area(half)) / 2).toBeCloseTo(50, 6);
    for (const [x, y] of half) {
      expect(x).toBeGreaterThanOrEqual(-1e-6);
      expect(x).toBeLessThanOrEqual(10 + 1e-6);
      expect(y).toBeGreaterThanOrEqual(-1e-6);
      expect(y).toBeLessThanOrEqual(10 + 1e-6);
    }
    expect(
      clipRing(
        [
          [20, 20],
          [30, 20],
          [30, 30],
        ],
        box,
      ),
    ).toEqual([]);
  });
});
