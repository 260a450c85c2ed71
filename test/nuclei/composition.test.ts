import { describe, expect, it } from "vitest";
import { NurecoilError } from "../../src/errors.ts";
import { composition, targetNuclei } from "../../src/nuclei/composition.ts";
import reference from "../reference/isotopes.json" with { type: "json" };
import { expectRelative } from "../relative.ts";

function counts(formula: string): Record<string, number> {
  const found: Record<string, number> = {};
  for (const { isotope, perFormula } of composition(formula).nuclides) {
    found[isotope.symbol] = (found[isotope.symbol] ?? 0) + perFormula;
  }
  return found;
}

describe("composition", () => {
  it.each([
    ["CsI", { Cs: 1, I: 1 }],
    ["Ar", { Ar: 1 }],
    ["C3F8", { C: 3, F: 8 }],
    ["CaWO4", { Ca: 1, W: 1, O: 4 }],
    ["NaI", { Na: 1, I: 1 }],
    ["Al2O3", { Al: 2, O: 3 }],
    ["C12H10", { C: 12, H: 10 }],
    ["CH3CH3", { C: 2, H: 6 }],
  ])("of %s", (formula, expected) => {
    const found = counts(formula);
    expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
    // Abundances sum to 1 only to their printed digits.
    for (const [symbol, count] of Object.entries(expected))
      expectRelative(found[symbol] as number, count, 5e-4, symbol);
  });

  it.each([
    ["CsI", { Cs: 1, I: 1 }],
    ["C3F8", { C: 3, F: 8 }],
    ["CaWO4", { Ca: 1, W: 1, O: 4 }],
    ["Ge", { Ge: 1 }],
    ["Xe", { Xe: 1 }],
  ])("of %s has the molar mass of the standard atomic weights", (formula, atoms) => {
    const weights: Readonly<Record<string, { value: number }>> = reference.standardAtomicWeight;
    const expected = Object.entries(atoms).reduce(
      (sum, [symbol, n]) => sum + n * (weights[symbol]?.value as number),
      0,
    );
    // The published weights have five digits and more.
    expectRelative(composition(formula).molarMass, expected, 1e-4);
  });

  it("has the CsI molar mass of arXiv:1806.07424, 0.2598 kg/mol", () => {
    expect(composition("CsI").molarMass).toBeCloseTo(259.8, 1);
  });

  it("weighs isotopes by their natural abundance", () => {
    const argon = composition("Ar").nuclides.map(({ isotope, perFormula }) => [isotope.a, perFormula]);
    expect(argon).toEqual([
      [36, 0.0033361],
      [38, 0.0006289],
      [40, 0.996035],
    ]);
  });

  it("takes number fractions in place of the formula's, at the same molar mass", () => {
    const { nuclides, molarMass } = composition("CsI", { Cs: 0.51, I: 0.49 });
    expect(nuclides.map(({ isotope, perFormula }) => [isotope.name, perFormula])).toEqual([
      ["133Cs", 1.02],
      ["127I", 0.98],
    ]);
    expect(molarMass).toBe(composition("CsI").molarMass);
  });

  it.each(["", "csI", "Cs I", "Cs-I", "CsI2.5", "2CsI", "(NH4)2", "CsI ", "Cs\nI", "Cs0I", "I0", "C03F8"])(
    "refuses the formula %j",
    (formula) => {
      expect(() => composition(formula)).toThrow(NurecoilError);
      expect(() => composition(formula)).toThrow(/cannot read the formula/);
    },
  );

  it.each(["Xx", "CsXx", "C3Og8"])("refuses the unknown element in %s", (formula) => {
    expect(() => composition(formula)).toThrow(/unknown element/);
  });

  it.each([
    [{ Cs: 0.6, I: 0.5 }, /sum to 1.1/],
    [{ Cs: 1.5, I: -0.5 }, /fraction of I must not be negative/],
    [{ Cs: 0.5, I: 0.25, Na: 0.25 }, /fraction of Na, which is not in CsI/],
    [{ Cs: Number.NaN, I: 0.5 }, /fraction of Cs/],
  ] as [Record<string, number>, RegExp][])("refuses the fractions %o", (fractions, message) => {
    expect(() => composition("CsI", fractions)).toThrow(message);
  });
});

describe("targetNuclei", () => {
  it("counts the nuclei of 14.6 kg of CsI", () => {
    // 2 x 14.6 kg x N_A/(0.25981 kg/mol) = half of each, by hand with the atomic masses of AME2020.
    const [cs, iodine] = targetNuclei(composition("CsI"), 14.6);
    expectRelative(cs as number, 3.38413766e25, 1e-8);
    expectRelative(iodine as number, cs as number, 1e-15);
  });

  it("is proportional to the mass and follows the formula", () => {
    const material = composition("C3F8");
    const light = targetNuclei(material, 1);
    const heavy = targetNuclei(material, 10);
    heavy.forEach((n, k) => {
      expectRelative(n, 10 * (light[k] as number), 1e-15);
    });
    const fluorine = light.at(-1) as number;
    const carbon = (light[0] as number) + (light[1] as number);
    expectRelative(fluorine / carbon, 8 / 3, 1e-6);
  });
});
