import { describe, expect, it } from "vitest";
import { NurecoilError } from "../../src/errors.ts";
import { isotopeRows, isotopeSources } from "../../src/nuclei/isotope-data.ts";
import { findIsotope, isotopes, isotopesOf } from "../../src/nuclei/isotopes.ts";
import paper from "../reference/csi-2017-paper.json" with { type: "json" };
import reference from "../reference/isotopes.json" with { type: "json" };
import { expectRelative } from "../relative.ts";

describe("isotopes", () => {
  it("are those of every target element that the project promises", () => {
    for (const symbol of ["Cs", "I", "Na", "Ar", "Ge", "Xe", "Si", "C", "F", "O", "Ca", "W"]) {
      expect(isotopesOf(symbol).length, symbol).toBeGreaterThan(0);
    }
    expect(isotopesOf("Cs").map((one) => one.name)).toEqual(["133Cs"]);
    expect(isotopesOf("I").map((one) => one.name)).toEqual(["127I"]);
    expect(isotopesOf("Ar").map((one) => one.name)).toEqual(["36Ar", "38Ar", "40Ar"]);
    expect(isotopesOf("Ge").map((one) => one.a)).toEqual([70, 72, 73, 74, 76]);
    expect(isotopesOf("Xe")).toHaveLength(9);
  });

  it("have the atomic masses that their mass excesses give", () => {
    const excess: Readonly<Record<string, number>> = reference.massExcessKeV;
    expect(Object.keys(excess).sort()).toEqual(isotopes.map((one) => one.name).sort());
    for (const { name, a, atomicMassU } of isotopes) {
      const expected = a + (excess[name] as number) / reference.atomicMassUnitKeV;
      // The evaluation cuts masses at 1e-9 u and rounds excesses to 1 eV (0.54e-9 u); u itself moves 0.03e-9 u.
      expect(Math.abs(atomicMassU - expected), name).toBeLessThan(1.6e-9);
    }
  });

  it("have the masses of bare nuclei", () => {
    // Decimal arithmetic of the reference script; rounding of a product and a difference.
    for (const [name, mass] of Object.entries(paper.nuclearMass)) expectRelative(findIsotope(name).mass, mass, 3e-16);
    // An alpha particle weighs 3727.3794118(11) MeV (CODATA 2022); the 79 eV that bind its electrons are left out.
    expectRelative(findIsotope("4He").mass, 3727.3794118 - 79e-6, 2e-9);
  });

  it("average to the standard atomic weights", () => {
    for (const [symbol, { low, high }] of Object.entries(reference.standardAtomicWeight)) {
      const mean = isotopesOf(symbol).reduce((sum, one) => sum + one.abundance * one.atomicMassU, 0);
      expect(mean, symbol).toBeGreaterThanOrEqual(low);
      expect(mean, symbol).toBeLessThanOrEqual(high);
    }
    expect(Object.keys(reference.standardAtomicWeight).sort()).toEqual(
      [...new Set(isotopes.map((one) => one.symbol))].sort(),
    );
  });

  it("have abundances that sum to 1", () => {
    for (const symbol of new Set(isotopes.map((one) => one.symbol))) {
      const sum = isotopesOf(symbol).reduce((total, one) => total + one.abundance, 0);
      // Ten isotopes at most, printed to 1e-4 at worst.
      expect(Math.abs(sum - 1), symbol).toBeLessThan(5e-4);
    }
  });

  it("consist of protons and neutrons with the spin that their numbers allow", () => {
    expect(new Set(isotopes.map((one) => one.name)).size).toBe(isotopes.length);
    for (const { name, z, n, a, spin, mass, atomicMassU } of isotopes) {
      expect(z + n, name).toBe(a);
      if (z % 2 === 0 && n % 2 === 0) expect(spin, name).toBe(0);
      else expect((2 * spin) % 2, name).toBe(a % 2);
      // Within the largest mass excesses, 0.1 % of A u (hydrogen 0.8 %), and lighter than the atom.
      expect(Math.abs(atomicMassU / a - 1), name).toBeLessThan(0.0085);
      expect(mass, name).toBeLessThan(atomicMassU * 931.4942);
    }
  });

  it("have the ground-state spins that decide what acts on them", () => {
    const spins = ["133Cs", "127I", "40Ar", "23Na", "73Ge", "129Xe", "131Xe", "19F", "29Si", "183W"];
    expect(spins.map((name) => findIsotope(name).spin)).toEqual([3.5, 2.5, 0, 1.5, 4.5, 0.5, 1.5, 0.5, 0.5, 0.5]);
  });

  it("come with their uncertainties and sources", () => {
    for (const row of isotopeRows) {
      expect(row.atomicMassSigmaMicroU, row.symbol).toBeGreaterThanOrEqual(0);
      expect(row.atomicMassSigmaMicroU, row.symbol).toBeLessThan(10);
    }
    for (const { key, title } of Object.values(isotopeSources)) expect(key && title).toBeTruthy();
  });
});

describe("findIsotope", () => {
  it.each(["133Cs", "Cs133", "Cs-133"])("reads %s", (name) => {
    expect(findIsotope(name)).toMatchObject({ name: "133Cs", z: 55, n: 78 });
  });

  it.each([
    ["132Cs", /unknown isotope "132Cs" \(did you mean "13\dCs|unknown isotope "132Cs"/],
    ["Cs", /unknown isotope "Cs"/],
    ["133cs", /did you mean "133Cs"/],
    ["", /unknown isotope ""/],
  ])("refuses %j", (name, message) => {
    expect(() => findIsotope(name)).toThrow(NurecoilError);
    expect(() => findIsotope(name)).toThrow(message);
  });

  it("refuses an element that is not in the table", () => {
    expect(() => isotopesOf("Xx")).toThrow(/unknown element "Xx"/);
    expect(() => isotopesOf("cs")).toThrow(/did you mean "Cs"/);
  });
});
