import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contract, type NamedTerm, type QuadraticTerm } from "../../src/statistics/index.ts";
import { expectWithin } from "../relative.ts";

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

/** Sum of the terms, each at the values of its parameters; T_order(u) = cos(order arccos u). */
function sumOf(terms: readonly QuadraticTerm[], values: readonly number[]): number[] {
  const value = (index: number): number => (index === 0 ? 1 : values[index - 1]!);
  const weights = terms.map(({ left, right, polynomial }) => {
    const product = value(left) * value(right);
    if (polynomial === undefined) return product;
    const { parameter, order, range } = polynomial;
    const middle = (range[0] + range[1]) / 2;
    return product * Math.cos(order * Math.acos((value(parameter) - middle) / (range[1] - middle)));
  });
  return [0, 1].map((cell) => terms.reduce((sum, { counts: own }, k) => sum + weights[k]! * own[cell]!, 0));
}

/** Counts at named values: free ones as parameters, the others put in. */
function at(values: Readonly<Record<string, number>>, free: readonly string[], of = terms): readonly number[] {
  const fixed = Object.fromEntries(Object.entries(values).filter(([name]) => !free.includes(name)));
  return sumOf(
    contract(of, free, fixed),
    free.map((name) => values[name]!),
  );
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

  it("a polynomial of a further parameter counts the same whether that is free or put in", () => {
    const moving: readonly NamedTerm[] = [
      ...terms,
      { monomial: ["1", "1"], polynomial: { parameter: "r", order: 0, range: [3, 7] }, counts: counts(1, -3) },
      { monomial: ["a", "b"], polynomial: { parameter: "r", order: 1, range: [3, 7] }, counts: counts(0.5, 2) },
      { monomial: ["1", "b"], polynomial: { parameter: "r", order: 4, range: [3, 7] }, counts: counts(-4, 9) },
    ];
    const value = fc.integer({ min: -9, max: 9 });
    const values = fc.record({ a: value, b: value, c: value, r: fc.double({ min: 3, max: 7, noNaN: true }) });
    fc.assert(
      fc.property(values, fc.shuffledSubarray(["a", "b", "c", "r"]), (at4, free) => {
        const { a, b, r } = at4;
        const [x, plain] = [(r - 5) / 2, at(at4, [])];
        const T4 = 8 * x ** 4 - 8 * x ** 2 + 1;
        [1 + 0.5 * a * b * x - 4 * b * T4, -3 + 2 * a * b * x + 9 * b * T4].forEach((sum, cell) => {
          // Counts of up to 20000, and T_4 by an arccos near its ends.
          expectWithin(at(at4, free, moving)[cell]!, plain[cell]! + sum, 1e-10, `cell ${cell}`);
        });
      }),
    );
  });

  it("polynomials of different orders stay apart, those of one parameter that is put in are added up", () => {
    const both: readonly NamedTerm[] = [1, 2].map((order) => ({
      monomial: ["1", "a"],
      polynomial: { parameter: "r", order, range: [-1, 1] },
      counts: counts(order, 10),
    }));
    expect(contract(both, ["a", "r"], {})).toHaveLength(2);
    // T_1(1/2) = 1/2, T_2(1/2) = -1/2.
    expect(contract(both, ["a"], { r: 0.5 })).toEqual([{ left: 0, right: 1, counts: counts(-0.5, 0) }]);
  });
});
