/** Places of the plane: expected numbers are worked out by hand, with round windows. */

import { describe, expect, it } from "vitest";
import {
  arrowTo,
  covers,
  dataAt,
  endsOf,
  homeOf,
  limited,
  panned,
  percentOf,
  pinched,
  reachable,
  shareOf,
  tidied,
  tidy,
  type Window,
  wheelFactor,
  written,
  zoomed,
} from "../../web/parts/plane-geometry.ts";

/** Ten wide, four high: a hundredth of a share is 0.1 and 0.04. */
const window: Window = { x: [-2, 8], y: [1, 5] };

/** Sums of few decimal fractions: ten digits are far more than a pixel, and less than rounding leaves. */
const DIGITS = 10;

function close(a: Window, b: Window): void {
  for (const axis of ["x", "y"] as const) {
    expect(a[axis][0]).toBeCloseTo(b[axis][0], DIGITS);
    expect(a[axis][1]).toBeCloseTo(b[axis][1], DIGITS);
  }
}

describe("frame and data", () => {
  it("has the largest y on top", () => {
    expect(dataAt(window, [0, 0])).toEqual([-2, 5]);
    expect(dataAt(window, [1, 1])).toEqual([8, 1]);
    expect(dataAt(window, [0.25, 0.75])).toEqual([0.5, 2]);
  });
  it("goes back", () => {
    expect(shareOf(window, [0.5, 2])).toEqual([0.25, 0.75]);
    expect(shareOf(window, [18, -3])).toEqual([2, 2]);
  });
  it("is placed in percent of the drawing", () => {
    const place = percentOf({ x: 30, y: 20, width: 150, height: 100 }, { width: 300, height: 200 });
    expect(place).toEqual({ left: 10, top: 10, width: 50, height: 50 });
  });
});

describe("zoom", () => {
  it("keeps the middle", () => {
    close(zoomed(window, 0.5), { x: [0.5, 5.5], y: [2, 4] });
  });
  it("keeps what is under the pointer", () => {
    // The upper left corner stays; the spans double to 20 and 8.
    close(zoomed(window, 2, [0, 0]), { x: [-2, 18], y: [-3, 5] });
    // A quarter from the left is 0.5, three quarters down is 2: spans halve to 5 and 2.
    close(zoomed(window, 0.5, [0.25, 0.75]), { x: [-0.75, 4.25], y: [1.5, 3.5] });
  });
  it("comes back", () => {
    close(zoomed(zoomed(window, 1.7, [0.2, 0.9]), 1 / 1.7, [0.2, 0.9]), window);
  });
  it("by a wheel is the same per pixel, line and page, and bounded", () => {
    expect(wheelFactor(0, 0)).toBe(1);
    expect(wheelFactor(-100, 0)).toBeLessThan(1);
    expect(wheelFactor(100, 0)).toBeCloseTo(1.197217, 6);
    expect(wheelFactor(2, 1)).toBeCloseTo(wheelFactor(32, 0), DIGITS);
    expect(wheelFactor(1e9, 2)).toBe(wheelFactor(240, 0));
    expect(wheelFactor(60, 0) * wheelFactor(-60, 0)).toBeCloseTo(1, DIGITS);
  });
});

describe("pan", () => {
  it("moves the window against the hand", () => {
    // A tenth of the frame to the right and a quarter down.
    close(panned(window, [0.1, 0.25]), { x: [-3, 7], y: [2, 6] });
  });
});

describe("pinch", () => {
  const size = { width: 200, height: 100 };
  it("without a change of distance is a pan", () => {
    const next = pinched(
      window,
      size,
      [
        [50, 50],
        [150, 50],
      ],
      [
        [70, 75],
        [170, 75],
      ],
    );
    close(next, panned(window, [0.1, 0.25]));
  });
  it("keeps what lies between the fingers", () => {
    // 50 to 100 pixels apart about the middle of the frame: half of each span.
    const next = pinched(
      window,
      size,
      [
        [75, 50],
        [125, 50],
      ],
      [
        [50, 50],
        [150, 50],
      ],
    );
    close(next, { x: [0.5, 5.5], y: [2, 4] });
  });
  it("moves and zooms at once", () => {
    // The middle was at share (0.25, 0.5), data (0.5, 3); it goes to (0.5, 0.5) and the distance doubles.
    const next = pinched(
      window,
      size,
      [
        [40, 50],
        [60, 50],
      ],
      [
        [80, 50],
        [120, 50],
      ],
    );
    close(next, { x: [-2, 3], y: [2, 4] });
  });
  it("survives two fingers in one place", () => {
    const next = pinched(
      window,
      size,
      [
        [100, 50],
        [100, 50],
      ],
      [
        [100, 50],
        [100, 50],
      ],
    );
    close(next, window);
  });
});

describe("limits", () => {
  const home: Window = { x: [-1, 1], y: [0, 10] };
  it("leave what is within reason", () => {
    close(limited({ x: [0.2, 0.4], y: [-3, 4] }, home), { x: [0.2, 0.4], y: [-3, 4] });
  });
  it("bound the nearest by 1e-3 of home", () => {
    const near = limited({ x: [0.5, 0.5 + 1e-12], y: [2, 3] }, home);
    expect(near.x[1] - near.x[0]).toBeCloseTo(2e-3, 12);
    expect((near.x[0] + near.x[1]) / 2).toBeCloseTo(0.5, DIGITS);
    expect(near.y).toEqual([2, 3]);
  });
  it("bound the farthest by 30 homes, and the way by 15", () => {
    close(limited({ x: [-1e9, 1e9], y: [0, 10] }, home), { x: [-30, 30], y: [0, 10] });
    close(limited({ x: [999, 1001], y: [0, 10] }, home), { x: [29, 31], y: [0, 10] });
  });
});

describe("digits", () => {
  it("are few", () => {
    expect(tidy(0.123456, 0.01)).toBe(0.12);
    expect(tidy(0.123456, 0.002)).toBe(0.123);
    expect(tidy(-1234567, 250)).toBe(-1234600);
    expect(Object.is(tidy(-1e-9, 0.01), 0)).toBe(true);
    expect(tidy(1.5, 0)).toBe(1.5);
  });
  it("of a window change it by less than a ten-thousandth", () => {
    const next = tidied({ x: [-0.333333333, 0.666666666], y: [1e-7 / 3, 2e-7 / 3] });
    expect(next.x).toEqual([-0.33333, 0.66667]);
    expect(next.y[0]).toBeCloseTo(1e-7 / 3, 11);
    expect(JSON.stringify(next).length).toBeLessThan(60);
  });
  it("are written for what is shown", () => {
    expect(written(0.123456, 1)).toBe("0.123");
    expect(written(-0.123456, 4)).toBe("−0.123");
    expect(written(-0.00001, 4)).toBe("0.000");
    expect(written(123.4, 4000)).toBe("123");
    expect(written(-2.5e300, 4)).toBe("−2.500e300");
    expect(written(-1.5e-9, 1e-8)).toBe("−1.500e−9");
    expect(written(0, 1e-8)).toBe("0");
  });
});

describe("an arrow to a point outside", () => {
  const size = { width: 200, height: 100 };
  it("is none inside, border included", () => {
    expect(arrowTo(window, [3, 3], size)).toBeNull();
    expect(arrowTo(window, [8, 1], size)).toBeNull();
  });
  it("points straight from an edge", () => {
    expect(arrowTo(window, [20, 3], size)).toEqual({ place: [1, 0.5], angle: 0 });
    expect(arrowTo(window, [3, 9], size)).toEqual({ place: [0.5, 0], angle: -90 });
    expect(arrowTo(window, [3, -9], size)).toEqual({ place: [0.5, 1], angle: 90 });
  });
  it("points askew from a corner", () => {
    // Beyond the corner by 100 pixels to the right (5 of 10 in data) and 100 down (4 of 4).
    const arrow = arrowTo(window, [13, -3], size);
    expect(arrow?.place).toEqual([1, 1]);
    expect(arrow?.angle).toBeCloseTo(45, DIGITS);
  });
  it("stands 1e300", () => {
    expect(arrowTo(window, [1e300, 1e300], size)?.place).toEqual([1, 0]);
    expect(arrowTo(window, [-1e300, 3], size)).toEqual({ place: [0, 0.5], angle: 180 });
  });
});

describe("home", () => {
  const combined: Window = { x: [0, 2], y: [-1, 1] };
  it("is the combination's own window", () => {
    expect(homeOf(combined, [])).toEqual(combined);
  });
  it("holds what lies around it, up to its own width", () => {
    const others: Window[] = [
      { x: [-1, 1], y: [-0.5, 0.5] },
      { x: [1, 50], y: [-40, 1.5] },
    ];
    expect(homeOf(combined, others)).toEqual({ x: [-1, 4], y: [-3, 1.5] });
  });
  it("does not look along bands", () => {
    expect(homeOf(combined, [{ x: [1, 3], y: null }])).toEqual({ x: [0, 3], y: [-1, 1] });
    expect(homeOf(combined, [{ x: null, y: [-2, 0] }])).toEqual({ x: [0, 2], y: [-2, 1] });
  });
});

describe("how far regions reach", () => {
  const box = (x: readonly [number, number], y: readonly [number, number], open: boolean) => ({
    outer: [
      [x[0], y[0]],
      [x[1], y[0]],
      [x[1], y[1]],
      [x[0], y[1]],
    ] as const,
    open,
  });
  it("is their window, closed or cut on a side", () => {
    expect(endsOf(window, [box([0, 1], [2, 3], false)])).toEqual(window);
    expect(endsOf(window, [box([-2, 1], [1, 3], true)])).toEqual(window);
    expect(endsOf(window, [])).toEqual(window);
  });
  it("is without end along bands", () => {
    const vertical = [box([0, 1], window.y, true), box([3, 4], window.y, true)];
    expect(endsOf(window, vertical)).toEqual({ x: window.x, y: null });
    expect(endsOf(window, [box(window.x, [2, 3], true)])).toEqual({ x: null, y: window.y });
    // An island beside them has an end.
    expect(endsOf(window, [...vertical, box([5, 6], [2, 3], false)])).toEqual(window);
  });
});

describe("windows within reach", () => {
  const home: Window = { x: [-1, 1], y: [0, 10] };
  it("hold all that the limits let pass", () => {
    const reach = reachable(home);
    for (const middle of [-1e9, -7, 0.3, 400, 1e9]) {
      for (const half of [1e-12, 1e-3, 5, 1e9]) {
        const range = [middle - half, middle + half] as const;
        const next = tidied(limited({ x: range, y: range }, home));
        for (const axis of ["x", "y"] as const) {
          const [low, high] = next[axis];
          const { middles, nearest, farthest } = reach[axis];
          expect((low + high) / 2).toBeGreaterThanOrEqual(middles[0]);
          expect((low + high) / 2).toBeLessThanOrEqual(middles[1]);
          expect(high - low).toBeGreaterThanOrEqual(nearest);
          expect(high - low).toBeLessThanOrEqual(farthest);
        }
      }
    }
  });
});

describe("covering", () => {
  it("holds but for rounding", () => {
    expect(covers(window, window)).toBe(true);
    expect(covers(window, { x: [-2.0001, 8], y: [1, 5] })).toBe(true);
    expect(covers(window, { x: [-2.1, 8], y: [1, 5] })).toBe(false);
    expect(covers(window, { x: [0, 1], y: [4, 5.1] })).toBe(false);
  });
});
