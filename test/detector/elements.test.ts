import { describe, expect, it } from "vitest";
import { chain } from "../../src/detector/chain.ts";
import { zeroOf } from "../../src/detector/efficiency.ts";
import {
  buildResponse,
  polynomialQuenching,
  type ResponseElement,
  responseIssues,
  risingQuenching,
  shiftedLogisticAcceptance,
  tabulatedAcceptance,
} from "../../src/detector/index.ts";
import { expectRelative } from "../relative.ts";

describe("quenching", () => {
  it("is the released polynomial and the released line", () => {
    // By hand, at 10 keV: 0.554628e-3 + 0.430681e-3 - 0.111707e-3 + 0.00840384e-3.
    expectRelative(polynomialQuenching([0.0554628, 4.30681, -111.707, 840.384], 0.01), 0.88200584e-3, 1e-14);
    // 0.246 + 0.00078 x 100 = 0.324 at 100 keV.
    expectRelative(risingQuenching({ constant: 0.246, slopePerMeV: 0.78 }, 0.1), 0.0324, 1e-14);
    expect(polynomialQuenching([1, 2, 3, 4], Number.NaN)).toBeNaN();
    expect(risingQuenching({ constant: 1, slopePerMeV: 1 }, Number.NaN)).toBeNaN();
  });

  it("composes with what stands before and after it, and inverts", () => {
    const { measure, recoilAt } = chain([
      { type: "linear-quenching", factor: 0.5 },
      { type: "polynomial-quenching", coefficients: [0, 2, 0, 0] },
      { type: "electron-light-yield", photoelectronsPerMeV: 10 },
    ]);
    // 10 x 2 x (0.5 x 3)^2.
    expectRelative(measure(3), 45, 1e-15);
    expectRelative(recoilAt(45), 3, 1e-14);
    expect(recoilAt(0)).toBe(0);
    expect(recoilAt(-1)).toBe(0);
  });

  it("ends where the curve turns over", () => {
    // x - x^2 is largest, 0.25, at 0.5.
    const { recoilAt } = chain([{ type: "polynomial-quenching", coefficients: [1, -1, 0, 0] }]);
    expectRelative(recoilAt(0.16), 0.2, 1e-12);
    expectRelative(recoilAt(3), 0.5, 0.02);
  });
});

describe("acceptance", () => {
  const curve = { amplitude: 1.32045, slope: 0.285979, midpoint: 10.8646, offset: -0.333322 };

  it("is a shifted logistic, not below 0", () => {
    expectRelative(shiftedLogisticAcceptance(curve, 10.8646), 1.32045 / 2 - 0.333322, 1e-14);
    expectRelative(shiftedLogisticAcceptance(curve, 500), 1.32045 - 0.333322, 1e-14);
    expect(shiftedLogisticAcceptance(curve, 7)).toBe(0);
    expect(shiftedLogisticAcceptance(curve, 0)).toBe(0);
    expect(shiftedLogisticAcceptance(curve, 7.2)).toBeGreaterThan(0.005);
    expect(shiftedLogisticAcceptance(curve, Number.NaN)).toBeNaN();
  });

  it("tells where it reaches 0, if it does", () => {
    const zero = zeroOf(curve) as number;
    // About 7.07 photoelectrons: the curve's own sign changes there.
    expectRelative(zero, 7.07, 1e-3);
    expect(shiftedLogisticAcceptance(curve, zero - 1e-9)).toBe(0);
    expect(shiftedLogisticAcceptance(curve, zero + 1e-9)).toBeGreaterThan(0);
    expect(zeroOf({ ...curve, offset: 0 })).toBeUndefined();
    expect(zeroOf({ ...curve, offset: 0.1 })).toBeUndefined();
    expect(zeroOf({ ...curve, offset: -2 })).toBeUndefined();
  });

  it("is a table: 0 below, constant inside, the last value above", () => {
    const table = { edges: [1, 2, 4], values: [0.25, 0.75] };
    const at = (x: number) => tabulatedAcceptance(table, x);
    expect([0.99, 1, 1.99, 2, 3.99, 4, 1e9].map(at)).toEqual([0, 0.25, 0.25, 0.75, 0.75, 0.75, 0.75]);
    expect(at(Number.NaN)).toBeNaN();
  });
});

describe("recoil-threshold", () => {
  const response = buildResponse([{ type: "recoil-threshold", energy: 1e-4 }], []);

  it("counts every recoil above it in one cell", () => {
    const out = Float64Array.of(7);
    const weigh = (recoil: number) => {
      response.weigh(recoil, 0, out);
      return out[0];
    };
    expect(response.cells).toBe(1);
    expect([0, 0.99e-4, 1e-4, 1, 1000].map(weigh)).toEqual([0, 0, 1, 1, 1]);
    expect(weigh(Number.NaN)).toBeNaN();
    expect(response.acceptance(0)).toBe(1);
  });

  it("has panels from the threshold to beyond any recoil", () => {
    expect(response.breakpoints[0]).toBe(1e-4);
    expect(response.breakpoints.at(-1)).toBeGreaterThan(1e3);
    const none = buildResponse([{ type: "recoil-threshold", energy: 0 }], []);
    expect(none.breakpoints[0]).toBe(0);
    expect(none.breakpoints.at(-1)).toBeGreaterThan(1e3);
  });
});

describe("responseIssues", () => {
  const gamma: ResponseElement = { type: "gamma-photoelectrons", energyPerPhotoelectron: 7e-5, shapePerMeV: 9560 };
  const gaussian: ResponseElement = { type: "gaussian-resolution", width: 0.02 };
  const quenching: ResponseElement = { type: "linear-quenching", factor: 0.1 };
  const light: ResponseElement = { type: "electron-light-yield", photoelectronsPerMeV: 13_000 };
  const poisson: ResponseElement = { type: "poisson-photoelectrons" };
  const logistic: ResponseElement = { type: "logistic-acceptance", amplitude: 1, slope: 1, midpoint: 1, threshold: 0 };
  const table: ResponseElement = { type: "tabulated-acceptance", edges: [0, 1], values: [1] };
  const threshold: ResponseElement = { type: "recoil-threshold", energy: 1e-4 };

  it.each([
    [[quenching, light, poisson, logistic]],
    [[quenching, light, logistic]],
    [[quenching, gamma, logistic]],
    [[quenching, gaussian, table]],
    [[quenching, table]],
    [[threshold]],
  ])("accepts %j", (elements) => {
    expect(responseIssues(elements)).toEqual([]);
  });

  it.each([
    ["beside other elements", "0", [threshold, quenching]],
    ["comes too late", "1", [gaussian, quenching]],
    ["second fluctuation", "2", [quenching, gamma, gaussian]],
    ["no light yield", "1", [quenching, poisson]],
    ["acts on electron-equivalent energy", "2", [quenching, light, gamma]],
    ["needs photoelectrons", "2", [quenching, gaussian, logistic]],
    ["needs electron-equivalent energy", "2", [quenching, gamma, table]],
  ] as const)("refuses what %s", (message, path, elements) => {
    expect(responseIssues(elements)).toContainEqual(
      expect.objectContaining({ path, message: expect.stringContaining(message) }),
    );
    expect(() => buildResponse(elements, [0, 1])).toThrow(message);
  });
});
