import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gaussLegendre, integrate, panels } from "../../src/numerics/gauss-legendre.ts";
import reference from "../reference/special-functions.json" with { type: "json" };
import { expectRelative } from "../relative.ts";

const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0);

describe("gaussLegendre", () => {
  it.each(reference.gaussLegendre)("has the $n nodes and weights of mpmath", ({ n, nodes, weights }) => {
    const rule = gaussLegendre(n);
    expect(rule.nodes).toHaveLength(n);
    nodes.forEach((node, k) => {
      // Newton's last step leaves rounding.
      expect(Math.abs((rule.nodes[k] as number) - node)).toBeLessThan(5e-16);
      // Weights near the ends divide by 1 - x^2, which loses two digits.
      expectRelative(rule.weights[k] as number, weights[k] as number, 3e-13, `weight ${k} of ${n}`);
    });
  });

  it("integrates polynomials up to degree 2n - 1, and no further", () => {
    for (const n of [1, 2, 3, 5, 8, 13, 24]) {
      const { nodes, weights } = gaussLegendre(n);
      const power = (k: number) => sum(nodes.map((x, i) => (weights[i] as number) * x ** k));
      for (let k = 0; k < 2 * n; k++) {
        const exact = k % 2 === 0 ? 2 / (k + 1) : 0;
        expect(Math.abs(power(k) - exact), `x^${k} with ${n} nodes`).toBeLessThan(1e-14);
      }
      // The error at degree 2n is 2^(2n+1) (n!)^4/((2n+1) (2n)!^2): a shrinking but definite amount.
      if (n <= 8) expect(2 / (2 * n + 1) - power(2 * n), `x^${2 * n} with ${n} nodes`).toBeGreaterThan(1e-6);
    }
  });
});

describe("integrate", () => {
  it.each([
    ["x^2 on [0, 3]", (x: number) => x * x, 0, 3, 9],
    ["exp on [0, 1]", Math.exp, 0, 1, 1.718281828459045],
    ["sine on [0, pi]", Math.sin, 0, Math.PI, 2],
    ["1/x on [1, 10]", (x: number) => 1 / x, 1, 10, Math.LN10],
  ])("of %s", (_, f, a, b, expected) => {
    // 32 nodes on an analytic integrand reach rounding.
    expectRelative(integrate(f, a, b), expected, 2e-15);
  });

  it("is exact across a jump and a kink that are breakpoints, and not without them", () => {
    const step = (x: number) => (x < 0.3 ? 0 : Math.abs(x - 0.7));
    // Two triangles: 0.4^2/2 + 0.3^2/2.
    const expected = 0.125;
    expectRelative(integrate(step, 0, 1, { breakpoints: [0.7, 0.3] }), expected, 1e-15);
    expectRelative(integrate(step, 0, 1, { breakpoints: [0.7, 0.3, -1, 2, 0, 1, 0.3] }), expected, 1e-15);
    expect(Math.abs(integrate(step, 0, 1) / expected - 1)).toBeGreaterThan(1e-4);
  });

  it("is 0 over nothing", () => {
    expect(integrate(Math.exp, 1, 1)).toBe(0);
    expect(integrate(Math.exp, 2, 1)).toBe(0);
  });

  it("uses the number of nodes asked for", () => {
    let calls = 0;
    const f = () => {
      calls++;
      return 1;
    };
    expectRelative(integrate(f, 0, 2, { nodes: 7, breakpoints: [1] }), 2, 1e-15);
    expect(calls).toBe(14);
  });
});

describe("panels", () => {
  it("cover the interval once, whatever the breakpoints", () => {
    const breakpoints = fc.array(fc.double({ min: -2, max: 3, noNaN: true }), { maxLength: 8 });
    fc.assert(
      fc.property(breakpoints, (inside) => {
        const found = panels(0, 1, inside);
        expect(found[0]?.[0]).toBe(0);
        expect(found.at(-1)?.[1]).toBe(1);
        found.forEach(([low, high], i) => {
          expect(high).toBeGreaterThan(low);
          if (i > 0) expect(low).toBe(found[i - 1]?.[1]);
        });
        const distinct = new Set(inside.filter((x) => x > 0 && x < 1));
        expect(found).toHaveLength(distinct.size + 1);
      }),
      { seed: 1 },
    );
  });

  it("are none for an empty interval", () => {
    expect(panels(1, 1, [])).toEqual([]);
    expect(panels(1, 0, [0.5])).toEqual([]);
  });
});
