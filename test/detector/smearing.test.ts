/** Weights of smearing responses against mpmath quadrature, and the laws every one of them obeys. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildResponse, type Response, type ResponseElement } from "../../src/detector/index.ts";
import { lowerGamma } from "../../src/numerics/gamma.ts";
import reference from "../reference/responses.json" with { type: "json" };
import { expectRelative } from "../relative.ts";

const { gamma, gaussian } = reference;
const [c1, c2, c3, c4] = gamma.quenching as [number, number, number, number];
const [amplitude, slope, midpoint, offset] = gamma.acceptance as [number, number, number, number];
const photoelectrons: readonly ResponseElement[] = [
  { type: "polynomial-quenching", coefficients: [c1, c2, c3, c4] },
  {
    type: "gamma-photoelectrons",
    energyPerPhotoelectron: gamma.energyPerPhotoelectron,
    shapePerMeV: gamma.shapePerMeV,
  },
];
const curve: ResponseElement = { type: "shifted-logistic-acceptance", amplitude, slope, midpoint, offset };
const [constant, slopePerMeV] = gaussian.quenching as [number, number];
const energies: readonly ResponseElement[] = [
  { type: "rising-quenching", constant, slopePerMeV },
  { type: "gaussian-resolution", width: gaussian.width },
];
const table: ResponseElement = { type: "tabulated-acceptance", ...gaussian.table };

function weights(response: Response, recoil: number): readonly number[] {
  const out = new Float64Array(response.cells).fill(7);
  const [first, last] = response.weigh(recoil, 0, out);
  return [...out.subarray(first, last)];
}

type Rows = readonly (readonly [number, readonly number[]])[];

function expectRows(response: Response, rows: unknown, tolerance: number, smallest: number) {
  for (const [recoil, expected] of rows as Rows) {
    const ours = weights(response, recoil);
    expect(ours).toHaveLength(expected.length);
    expected.forEach((weight, bin) => {
      const what = `${recoil} MeV bin ${bin}`;
      if (weight > smallest) expectRelative(ours[bin] as number, weight, tolerance, what);
      else expect(Math.abs((ours[bin] as number) - weight), what).toBeLessThan(smallest);
    });
  }
}

describe("gamma-photoelectrons", () => {
  const accepted = buildResponse([...photoelectrons, curve], gamma.edges);
  const plain = buildResponse(photoelectrons, gamma.edges);

  it("agrees with mpmath, acceptance inside the integral, from 1 eV to 60 keV and in tails of 1e-20", () => {
    // Exponents of a few hundred are rounded at 1e-13. Below 1e-20 the density falls over decades between two nodes.
    expectRows(accepted, gamma.accepted, 1e-12, 1e-20);
  });

  it("agrees with mpmath without acceptance", () => {
    for (const [recoil, expected] of gamma.plain as unknown as Rows) {
      const ours = weights(plain, recoil);
      expected.forEach((weight, bin) => {
        expectRelative(ours[bin] as number, weight, 1e-11, `${recoil} MeV bin ${bin}`);
      });
    }
  });

  it("keeps an acceptance that is not 0 at 0 photoelectrons exact", () => {
    // An acceptance that rises linearly over the bins, slowly: a logistic of tiny slope k is 1/2 + k n/4 to O(k^3 n^3).
    const k = 1e-6;
    const rising: ResponseElement = { type: "logistic-acceptance", amplitude: 1, slope: k, midpoint: 0, threshold: 0 };
    const response = buildResponse([...photoelectrons, rising], [0, 20]);
    for (const recoil of [1e-5, 3e-4, 2e-3, 8e-3]) {
      const light = c1 * recoil + c2 * recoil ** 2 + c3 * recoil ** 3 + c4 * recoil ** 4;
      const shape = 1 + gamma.shapePerMeV * light;
      const mean = light / gamma.energyPerPhotoelectron;
      const x = (20 * shape) / mean;
      // int n f dn = mean P(shape + 1, x).
      const excess = (weights(response, recoil)[0] as number) - lowerGamma(shape, x) / 2;
      // The weight is near 1/2, its excess 1e-6 and less: absolute rounding of a few 1e-16.
      expect(Math.abs(excess - (k / 4) * mean * lowerGamma(shape + 1, x))).toBeLessThan(2e-15 + 1e-10 * k * mean);
    }
  });

  it("cuts bins at a threshold", () => {
    const sharp: ResponseElement = {
      type: "logistic-acceptance",
      amplitude: 1,
      slope: 1e-12,
      midpoint: 0,
      threshold: 10,
    };
    const cut = weights(buildResponse([...photoelectrons, sharp], [0, 8, 12, 30]), 0.01);
    const bins = weights(buildResponse(photoelectrons, [0, 10, 12, 30]), 0.01);
    expect(cut[0]).toBe(0);
    // A logistic of slope 0 is 1/2.
    expectRelative(cut[1] as number, (bins[1] as number) / 2, 1e-11);
    expectRelative(cut[2] as number, (bins[2] as number) / 2, 1e-11);
  });

  it("puts a recoil without light at 0 photoelectrons", () => {
    expect(weights(plain, 0)).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(weights(plain, 1e-320)).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(weights(accepted, 0)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(weights(buildResponse(photoelectrons, [4, 8]), 0)).toEqual([0]);
  });
});

describe("gaussian-resolution", () => {
  it("agrees with mpmath, acceptance at the reconstructed energy, down to 1e-200", () => {
    // z is rounded at 1e-16, and a tail of 1e-200 goes like exp(-z^2/2) with z = 30: z^2 1e-16 relative.
    expectRows(buildResponse([...energies, table], gaussian.edges), gaussian.accepted, 1e-12, 1e-199);
    expectRows(buildResponse(energies, gaussian.edges), gaussian.plain, 1e-12, 1e-199);
  });

  it("keeps the last acceptance above the table and none below it", () => {
    const only: ResponseElement = { type: "tabulated-acceptance", edges: [0.004, 0.006], values: [0.25] };
    const [below, above] = weights(buildResponse([...energies, only], [0, 0.004, 0.02]), 0.02);
    const [, all] = weights(buildResponse(energies, [0, 0.004, 0.02]), 0.02);
    expect(below).toBe(0);
    expectRelative(above as number, (all as number) / 4, 1e-13);
  });

  it("sees no recoil without light", () => {
    expect(weights(buildResponse(energies, gaussian.edges), 0)).toEqual([0, 0, 0, 0, 0, 0]);
  });
});

describe.each([
  { name: "gamma-photoelectrons", elements: photoelectrons, acceptance: curve, wide: [0, 5, 20, 60, 2000], unit: 1 },
  { name: "gaussian-resolution", elements: energies, acceptance: table, wide: [-1, 0.01, 0.02, 0.05, 2], unit: 1e-3 },
] as const)("laws of $name", ({ elements, acceptance, wide, unit }) => {
  const recoils = fc.double({ min: 1e-4, max: 0.06, noNaN: true });

  it("everything falls into some bin where all are accepted", () => {
    const response = buildResponse(elements, wide);
    fc.assert(
      fc.property(recoils, (recoil) => {
        const sum = weights(response, recoil).reduce((a, b) => a + b, 0);
        // Distribution functions are rounded at a few 1e-13 where their exponent is large.
        expectRelative(sum, 1, 1e-12);
      }),
    );
  });

  it("weights are probabilities, and an acceptance up to 1 only takes away", () => {
    const edges = [1, 8, 20, 40, 60].map((x) => x * unit);
    const [free, accepted] = [buildResponse(elements, edges), buildResponse([...elements, acceptance], edges)];
    fc.assert(
      fc.property(recoils, (recoil) => {
        const [all, some] = [weights(free, recoil), weights(accepted, recoil)];
        some.forEach((weight, bin) => {
          expect(weight).toBeGreaterThanOrEqual(0);
          expect(weight).toBeLessThanOrEqual((all[bin] as number) * (1 + 1e-12));
          expect(all[bin]).toBeLessThanOrEqual(1);
        });
      }),
    );
  });

  it("merged bins are the sum of what they merge", () => {
    const fine = buildResponse(
      [...elements, acceptance],
      [2, 9, 14, 30, 47].map((x) => x * unit),
    );
    const merged = buildResponse(
      [...elements, acceptance],
      [2, 14, 47].map((x) => x * unit),
    );
    fc.assert(
      fc.property(recoils, (recoil) => {
        const [a, b, c, d] = weights(fine, recoil) as [number, number, number, number];
        const [ab, cd] = weights(merged, recoil) as [number, number];
        // As above: where the density falls over decades between two nodes only the absolute error is small.
        expect(Math.abs(ab - a - b)).toBeLessThanOrEqual(1e-12 * ab + 1e-18);
        expect(Math.abs(cd - c - d)).toBeLessThanOrEqual(1e-12 * cd + 1e-18);
      }),
    );
  });

  it("more recoil energy never makes more of what is below an edge", () => {
    const response = buildResponse(elements, [wide[0], 20 * unit]);
    fc.assert(
      fc.property(recoils, recoils, (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const [more, less] = [weights(response, low)[0] as number, weights(response, high)[0] as number];
        expect(less).toBeLessThanOrEqual(more + 1e-13);
      }),
    );
  });

  it("ends where a recoil no longer comes back into the bins, and is NaN for NaN", () => {
    const response = buildResponse(
      [...elements, acceptance],
      [0, 20, 60].map((x) => x * unit),
    );
    const top = response.breakpoints.at(-1) as number;
    expect(response.breakpoints[0]).toBe(0);
    response.breakpoints.slice(1).forEach((x, i) => {
      expect(x).toBeGreaterThan(response.breakpoints[i] as number);
    });
    for (const weight of weights(response, top)) expect(weight).toBeLessThan(1e-14);
    expect(Math.max(...weights(response, top / 3))).toBeGreaterThan(1e-14);
    for (const weight of weights(response, Number.NaN)) expect(weight).toBeNaN();
  });
});
