import { describe, expect, it } from "vitest";
import { type Response, type ResponseElement, sharpResponse } from "../../src/detector/index.ts";
import { integrate } from "../../src/numerics/gauss-legendre.ts";
import { expectRelative } from "../relative.ts";

const lightYield: ResponseElement = { type: "linear-light-yield", photoelectronsPerMeV: 1170 };
const step = (threshold: number): ResponseElement => ({
  type: "logistic-acceptance",
  amplitude: 1,
  slope: 1e-12,
  midpoint: 0,
  threshold,
});

/** Integral of the weight of each cell over all recoil energies, in MeV. */
function widths(response: Response): number[] {
  const out = new Float64Array(response.cells);
  const total = new Array<number>(response.cells).fill(0);
  for (let panel = 0; panel + 1 < response.breakpoints.length; panel++) {
    const [low, high] = [response.breakpoints[panel] as number, response.breakpoints[panel + 1] as number];
    for (let cell = 0; cell < response.cells; cell++) {
      const weight = (recoil: number) => {
        const [first, last] = response.weigh(recoil, panel, out);
        return cell >= first && cell < last ? (out[cell] as number) : 0;
      };
      total[cell] = (total[cell] as number) + integrate(weight, low, high, { nodes: 4 });
    }
  }
  return total;
}

describe("sharpResponse", () => {
  it("puts a recoil of n/1.17 keV into the bin that holds n photoelectrons", () => {
    const response = sharpResponse([lightYield], [6, 8, 10, 14]);
    expect(response.cells).toBe(3);
    [6, 8, 10, 14].forEach((pe, i) => {
      expectRelative(response.breakpoints[i] as number, (pe / 1.17) * 1e-3, 1e-15);
    });
    // 2, 2 and 4 photoelectrons wide.
    const expected = [2, 2, 4].map((pe) => (pe / 1.17) * 1e-3);
    widths(response).forEach((width, i) => {
      expectRelative(width, expected[i] as number, 1e-13);
    });
  });

  it("cuts at a threshold inside a bin, at the edge of a bin, below and above all", () => {
    const pe = (threshold: number) =>
      widths(sharpResponse([lightYield, step(threshold)], [4, 6, 8])).map((width) => width * 1170 * 2);
    // The logistic of slope 0 is 1/2 everywhere, hence the 2.
    const rounded = (values: readonly number[]) => values.map((value) => Number(value.toFixed(9)));
    expect(rounded(pe(5))).toEqual([1, 2]);
    expect(rounded(pe(6))).toEqual([0, 2]);
    expect(rounded(pe(3))).toEqual([2, 2]);
    expect(rounded(pe(7.5))).toEqual([0, 0.5]);
    expect(rounded(pe(9))).toEqual([0, 0]);
  });

  it("multiplies acceptances and evaluates them in photoelectrons", () => {
    const published: ResponseElement = {
      type: "logistic-acceptance",
      amplitude: 0.6655,
      slope: 0.4942,
      midpoint: 10.8507,
      threshold: 5,
    };
    const once = sharpResponse([lightYield, published], [6, 32]);
    const twice = sharpResponse([lightYield, published, published], [6, 32]);
    expectRelative(once.acceptance(10.8507), 0.33275, 1e-15);
    expectRelative(twice.acceptance(10.8507), 0.33275 ** 2, 1e-15);
    expect(once.acceptance(4.9)).toBe(0);
    const out = new Float64Array(1);
    expect(once.weigh(10.8507e-3 / 1.17, 0, out)).toEqual([0, 1]);
    expectRelative(out[0] as number, 0.33275, 1e-14);
  });

  it("overwrites what it is given", () => {
    const response = sharpResponse([lightYield], [6, 8, 10]);
    const out = Float64Array.of(7, 7);
    expect(response.weigh(9e-3 / 1.17, 1, out)).toEqual([1, 2]);
    expect([...out]).toEqual([7, 1]);
  });

  it("merged bins are the sum of what they merge", () => {
    const elements = [lightYield, step(7)];
    const fine = widths(sharpResponse(elements, [6, 8, 10, 12, 14]));
    const merged = widths(sharpResponse(elements, [6, 10, 14]));
    const at = (values: readonly number[], i: number) => values[i] as number;
    expectRelative(at(merged, 0), at(fine, 0) + at(fine, 1), 1e-13);
    expectRelative(at(merged, 1), at(fine, 2) + at(fine, 3), 1e-13);
  });
});
