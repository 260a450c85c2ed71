/** Sliders: keys meet zero and the ends, the pointer gives round numbers, typed numbers are read or refused. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readNumber, type Scale, shareOf, shortNumber, stepped, valueAt, valueOfKey } from "../../web/parts/scale.ts";

const linear: Scale = { kind: "linear", low: -5, high: 5, home: 0 };
const log: Scale = { kind: "log", low: 10, high: 1000, home: 100 };

describe("keys", () => {
  test("from an end through zero to the other", () => {
    let value = -5;
    const met: number[] = [];
    for (let i = 0; i < 400 && value < 5; i++) {
      value = stepped(linear, value, 1);
      met.push(value);
    }
    expect(met).toContain(0);
    expect(met).toContain(0.05);
    expect(value).toBe(5);
  });

  test("odd ranges meet zero too", () => {
    const odd: Scale = { kind: "linear", low: -0.83716, high: 0.83716, home: 0 };
    let value = odd.low;
    for (let i = 0; i < 400 && value < 0; i++) value = stepped(odd, value, 1);
    expect(value).toBe(0);
  });

  test("pages are ten steps, shift a tenth of one, ends are ends", () => {
    expect(valueOfKey(linear, 0, "PageUp", false)).toBe(0.5);
    expect(valueOfKey(linear, 0, "ArrowLeft", true)).toBe(-0.005);
    expect(valueOfKey(linear, 1e300, "Home", false)).toBe(-5);
    expect(valueOfKey(linear, 1e300, "ArrowDown", false)).toBe(4.95);
    expect(valueOfKey(linear, 0, "a", false)).toBeUndefined();
  });

  test("logarithmic scales go by factors and stay inside", () => {
    expect(stepped(log, 1000, 1)).toBe(1000);
    // 100 to the power 10/200 is 1.2589: the step of ten arrow keys over two decades.
    expect(stepped(log, 100, 10)).toBeCloseTo(125.9, 6);
    expect(stepped(log, 5, -1)).toBe(10);
  });
});

describe("pointer", () => {
  test("gives round numbers inside the range, and home near home", () => {
    expect(valueAt(linear, 1.23456)).toBe(1.23);
    expect(valueAt(linear, 0.03)).toBe(0);
    expect(valueAt(log, 2.001)).toBe(100);
    expect(valueAt(log, 1.5)).toBe(31.6);
    fc.assert(
      fc.property(fc.double({ min: -5, max: 5, noNaN: true }), (position) => {
        const value = valueAt(linear, position);
        expect(Math.abs(value - position)).toBeLessThanOrEqual(0.06);
        expect(String(value).length).toBeLessThanOrEqual(5);
        expect(Object.is(value, -0)).toBe(false);
      }),
    );
  });

  test("values beyond the range are at its ends", () => {
    expect(shareOf(linear, 1e300)).toBe(1);
    expect(shareOf(log, 0)).toBe(0);
    expect(shareOf(log, 100)).toBe(0.5);
  });
});

test("typed numbers", () => {
  expect(readNumber(" −0.5 ")).toBe(-0.5);
  expect(readNumber("1e300")).toBe(1e300);
  expect(readNumber(".5")).toBe(0.5);
  for (const text of ["", "abc", "1,5", "0x10", "Infinity", "1e999", "1 2", "--1"])
    expect(readNumber(text)).toBeUndefined();
  expect(shortNumber(1e300)).toBe("1e300");
  expect(shortNumber(0.2387)).toBe("0.2387");
  expect(shortNumber(-0.123456789)).toBe("-0.12346");
});
