import { describe, expect, it } from "vitest";
import { chebyshevCoefficients, chebyshevNodes } from "../../src/statistics/basis.ts";
import { type Basis, chebyshevBasis, morphBasis } from "../../src/statistics/index.ts";
import { expectWithin } from "../relative.ts";

function filled(basis: Basis, at: number): Readonly<Record<"values" | "slopes" | "bends", readonly number[]>> {
  const [values, slopes, bends] = [0, 1, 2].map(() => new Float64Array(basis.size));
  basis.fill(at, values!, slopes!, bends!);
  return { values: [...values!], slopes: [...slopes!], bends: [...bends!] };
}

function expectDerivatives(basis: Basis, at: number, tolerance: number): void {
  const h = 1e-5;
  const [low, here, high] = [at - h, at, at + h].map((x) => filled(basis, x));
  here!.values.forEach((_, k) => {
    const slope = (high!.values[k]! - low!.values[k]!) / (2 * h);
    const bend = (high!.slopes[k]! - low!.slopes[k]!) / (2 * h);
    // Central differences: third derivative times h^2, rounding over h.
    expectWithin(here!.slopes[k]!, slope, tolerance * (1 + Math.abs(slope)), `slope ${k} at ${at}`);
    expectWithin(here!.bends[k]!, bend, tolerance * (1 + Math.abs(bend)), `bend ${k} at ${at}`);
  });
}

describe("morph", () => {
  // T(s) = T0 + u A + v B: with A = (T+ - T-)/2, B = (T+ + T-)/2 - T0, u = -1, 0, 1 and v = 1, 0, 1 give T-, T0, T+.
  it.each([
    [-1, [-1, 1]],
    [0, [0, 0]],
    [1, [1, 1]],
    [0.5, [0.5, 0.25]],
    [-0.2, [-0.2, 0.04]],
    [2, [2, 3]],
    [-3.5, [-3.5, 6]],
  ])("at %s", (at, expected) => {
    filled(morphBasis, at).values.forEach((value, k) => {
      expectWithin(value, expected[k]!, 1e-15);
    });
  });

  it("has the derivatives of differences, and no second one beyond one sigma", () => {
    for (const at of [-4, -1.2, -0.9, -0.3, 0, 0.4, 0.999, 1.001, 3]) expectDerivatives(morphBasis, at, 1e-8);
    expect(filled(morphBasis, 1.5).bends).toEqual([0, 0]);
    expect(filled(morphBasis, 0.5).bends).toEqual([0, 2]);
  });

  it("is continuous with its slope at one sigma", () => {
    for (const edge of [-1, 1]) {
      const [inside, outside] = [edge * (1 - 1e-12), edge * (1 + 1e-12)].map((at) => filled(morphBasis, at));
      inside!.values.forEach((value, k) => {
        expectWithin(outside!.values[k]!, value, 1e-11);
        expectWithin(outside!.slopes[k]!, inside!.slopes[k]!, 1e-11);
      });
    }
  });
});

describe("Chebyshev polynomials", () => {
  const basis = chebyshevBasis(-0.5, 1.5, 7);

  it("are cos(k arccos x) for k = 1 to 7", () => {
    for (const at of [-0.5, -0.2, 0, 0.3, 0.5, 1.1, 1.5]) {
      const angle = Math.acos(at - 0.5);
      filled(basis, at).values.forEach((value, k) => {
        expectWithin(value, Math.cos((k + 1) * angle), 1e-14, `T_${k + 1} at ${at}`);
      });
    }
  });

  it("have the derivatives of differences, inside, at the ends and beyond", () => {
    for (const at of [-0.7, -0.5, -0.31, 0.1, 0.5, 0.77, 1.5, 1.6]) expectDerivatives(basis, at, 2e-6);
  });

  it("nodes lie inside, symmetric about the middle, closer together at the ends", () => {
    const nodes = chebyshevNodes(2, 6, 9);
    expect(nodes).toHaveLength(9);
    nodes.forEach((node, k) => {
      expectWithin(node - 4, 4 - nodes[8 - k]!, 1e-14);
      expect(Math.abs(node - 4)).toBeLessThan(2);
    });
    // 4 + 2 cos(pi/18)
    expectWithin(nodes[0]!, 4 + 2 * Math.cos(Math.PI / 18), 1e-14);
  });

  it("reproduce a polynomial of their degree exactly, and a smooth function ever better", () => {
    const [low, high] = [-0.5, 1.5];
    const interpolated = (of: (x: number) => number, count: number) => {
      const samples = chebyshevNodes(low, high, count).map((x) => Float64Array.of(of(x), -2 * of(x)));
      const [mean, ...rest] = chebyshevCoefficients(samples);
      const polynomials = chebyshevBasis(low, high, count - 1);
      return (x: number): readonly number[] =>
        [0, 1].map((i) => filled(polynomials, x).values.reduce((sum, t, k) => sum + t * rest[k]![i]!, mean![i]!));
    };
    const cubic = (x: number): number => 2 - x + 3 * x ** 2 - 0.5 * x ** 3;
    const wave = (x: number): number => Math.exp(x) * Math.sin(3 * x);
    let before = Number.POSITIVE_INFINITY;
    for (const count of [6, 10, 16, 24]) {
      const [exact, near] = [interpolated(cubic, count), interpolated(wave, count)];
      let worst = 0;
      for (let x = low; x <= high; x += 0.037) {
        expectWithin(exact(x)[0]!, cubic(x), 1e-13);
        expectWithin(exact(x)[1]!, -2 * cubic(x), 1e-13);
        worst = Math.max(worst, Math.abs(near(x)[0]! - wave(x)));
      }
      expect(worst).toBeLessThan(0.2 * before);
      before = Math.max(worst, 1e-13);
    }
    expect(before).toBeLessThan(1e-12);
  });
});
