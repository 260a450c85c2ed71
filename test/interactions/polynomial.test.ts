import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  CONSTANT,
  evaluateForm,
  factors,
  type Linear,
  linear,
  monomial,
  plus,
  promoted,
  times,
} from "../../src/interactions/polynomial.ts";

const names = [CONSTANT, "xi_S", "xi_V", "C_S_u", "D_P_d_mu"];
const integer = fc.integer({ min: -9, max: 9 });
const form = fc.array(fc.tuple(fc.constantFrom(...names), integer), { maxLength: 6 });
const point = fc.record({ xi_S: integer, xi_V: integer, C_S_u: integer, D_P_d_mu: integer });

function linearAt(terms: readonly (readonly [string, number])[], at: Readonly<Record<string, number>>): number {
  return terms.reduce(
    (sum, [name, coefficient]) => sum + coefficient * (name === CONSTANT ? 1 : (at[name] as number)),
    0,
  );
}

describe("polynomials in named couplings", () => {
  it("multiply and add as their values do", () => {
    fc.assert(
      fc.property(form, form, form, integer, point, (a, b, c, scale, at) => {
        const product = times(linear(...a), linear(...b));
        // Small integers: exact in floating point.
        expect(evaluateForm(product, at)).toBe(linearAt(a, at) * linearAt(b, at) + 0);
        const sum = plus(product, promoted(linear(...c)), scale);
        expect(evaluateForm(sum, at)).toBe(linearAt(a, at) * linearAt(b, at) + scale * linearAt(c, at) + 0);
      }),
      { seed: 31 },
    );
  });

  it("do not change their arguments", () => {
    const a: Linear = linear(["xi_S", 2]);
    plus(a, linear(["xi_S", 3]));
    times(a, a);
    expect([...a]).toEqual([["xi_S", 2]]);
  });

  it("have one key for both orders of a product", () => {
    for (const a of names) {
      for (const b of names) {
        expect(monomial(a, b)).toBe(monomial(b, a));
        expect([...factors(monomial(a, b))].sort()).toEqual([a, b].sort());
      }
    }
    const mixed = times(linear(["xi_S", 1], ["xi_V", 1]), linear(["xi_V", 1], ["xi_S", 1]));
    expect(mixed.size).toBe(3);
    expect(mixed.get(monomial("xi_S", "xi_V"))).toBe(2);
  });

  it("count couplings that are not given as 0, and leave out zero coefficients", () => {
    const square = times(linear([CONSTANT, 3], ["xi_V", 1]), linear([CONSTANT, 3], ["xi_V", 1]));
    expect(evaluateForm(square, {})).toBe(9);
    expect(evaluateForm(square, { xi_V: -3 })).toBe(0);
    expect(linear(["xi_V", 0]).size).toBe(0);
    expect(evaluateForm(square, { xi_V: Number.NaN })).toBeNaN();
  });
});
