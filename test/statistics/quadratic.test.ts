import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contract, type NamedTerm } from "../../src/statistics/index.ts";
import { addCounts, addWeightedGradient } from "../../src/statistics/quadratic.ts";

const counts = (...values: number[]): Float64Array => Float64Array.from(values);
const terms: readonly NamedTerm[] = [
  { monomial: ["1", "1"], counts: counts(1, 10) },
  { monomial: ["1", "a"], counts: counts(2, 20) },
  { monomial: ["a", "1"], counts: counts(3, 30) },
  { monomial: ["a", "a"], counts: counts(4, 40) },
  { monomial: ["a", "b"], counts: counts(5, 50) },
  { monomial: ["b", "b"], counts: counts(6, 60) },
  { monomial: ["c", "c"], counts: counts(7, 70) },
];

/** Counts at named values: free ones as parameters, the others put in. */
function at(values: Readonly<Record<string, number>>, free: readonly string[]): readonly number[] {
  const fixed = Object.fromEntries(Object.entries(values).filter(([name]) => !free.includes(name)));
  const out = new Float64Array(2);
  addCounts(
    contract(terms, free, fixed),
    free.map((name) => values[name] as number),
    out,
  );
  return [...out];
}

describe("counts as a quadratic form", () => {
  it("adds equal monomials in either order and drops names without a value", () => {
    // a = 2, b = 3, no c: 1 + (2 + 3) 2 + 4 2^2 + 5 2 3 + 6 3^2.
    expect(at({ a: 2, b: 3 }, [])).toEqual([111, 1110]);
    expect(at({ a: 2, b: 3, c: 1 }, [])).toEqual([118, 1180]);
    expect(contract(terms, ["a"], {})).toHaveLength(3);
    expect(contract(terms, [], {})).toEqual([{ left: 0, right: 0, counts: counts(1, 10) }]);
  });

  it("does not depend on which parameters are free or in which order", () => {
    const value = fc.integer({ min: -9, max: 9 });
    fc.assert(
      fc.property(fc.record({ a: value, b: value, c: value }), fc.shuffledSubarray(["a", "b", "c"]), (values, free) => {
        expect(at(values, free)).toEqual(at(values, []));
      }),
    );
  });

  it("leaves the terms it was given unchanged", () => {
    const before = terms.map((one) => [...one.counts]);
    contract(terms, ["b"], { a: 3, c: 5 });
    expect(terms.map((one) => [...one.counts])).toEqual(before);
  });

  it("has the gradient of the weighted sum of its counts", () => {
    const value = fc.integer({ min: -9, max: 9 });
    fc.assert(
      fc.property(value, value, value, value, (a, b, first, second) => {
        const quadratic = contract(terms, ["a", "b"], {});
        const weights = counts(first, second);
        const sum = (x: readonly number[]): number => {
          const out = new Float64Array(2);
          addCounts(quadratic, x, out);
          return first * (out[0] as number) + second * (out[1] as number);
        };
        const gradient = counts(1000, 1000);
        addWeightedGradient(quadratic, [a, b], weights, 2, gradient);
        // A quadratic form has no third derivative: the central difference with a step of 1 is exact.
        expect(gradient[0]).toBe(1000 + (sum([a + 1, b]) - sum([a - 1, b])));
        expect(gradient[1]).toBe(1000 + (sum([a, b + 1]) - sum([a, b - 1])));
      }),
    );
  });
});
