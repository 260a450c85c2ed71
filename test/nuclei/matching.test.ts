import { describe, expect, it } from "vitest";
import { findIsotope } from "../../src/nuclei/isotopes.ts";
import { type NuclearCurrent, nuclearCoupling, quarks } from "../../src/nuclei/matching.ts";
import { expectRelative } from "../relative.ts";

const cs = findIsotope("133Cs");

/** Coupling of the whole nucleus per neutron. */
function perNeutron(current: NuclearCurrent, quark: "u" | "d", isotope = cs): number {
  const { proton, neutron } = nuclearCoupling(isotope, current, quark);
  return (proton + neutron) / isotope.n;
}

describe("nuclearCoupling", () => {
  // The end-to-end check is the cross section from quark couplings in test/interactions/generalized.test.ts.
  it.each([
    ["scalar", "u", 1, "15.5"],
    ["scalar", "d", 1, "12.6"],
    ["vector", "u", 1, "2.41"],
    ["vector", "d", 1, "2.71"],
    ["tensor", "u", Math.sqrt(8), "0.43"],
    ["tensor", "d", Math.sqrt(8), "1.07"],
  ] as const)("has the published scale of xi for Cs: %s, %s quark", (current, quark, factor, expected) => {
    const digits = expected.split(".")[1]?.length as number;
    expect((factor * perNeutron(current, quark)).toFixed(digits)).toBe(expected);
  });

  it("counts valence quarks: each baryon carries three", () => {
    for (const isotope of [cs, findIsotope("40Ar"), findIsotope("1H")]) {
      const all = quarks.map((quark) => nuclearCoupling(isotope, "vector", quark));
      expect(all.reduce((sum, { proton }) => sum + proton, 0)).toBe(3 * isotope.z);
      expect(all.reduce((sum, { neutron }) => sum + neutron, 0)).toBe(3 * isotope.n);
      // Electric charge: 2/3 u - 1/3 d is Z in protons and 0 in neutrons.
      const [u, d] = all as [(typeof all)[0], (typeof all)[0]];
      expectRelative((2 * u.proton - d.proton) / 3, isotope.z, 1e-15);
      expect(2 * u.neutron - d.neutron).toBe(0);
    }
  });

  it("is isospin symmetric in the tensor charges: u in protons as d in neutrons", () => {
    const mirror = { ...cs, z: cs.n, n: cs.z };
    expectRelative(nuclearCoupling(cs, "tensor", "u").proton, nuclearCoupling(mirror, "tensor", "d").neutron, 1e-15);
    expectRelative(nuclearCoupling(cs, "tensor", "u").neutron, nuclearCoupling(mirror, "tensor", "d").proton, 1e-15);
  });

  it("is proportional to the number of nucleons of each kind", () => {
    const doubled = { ...cs, z: 2 * cs.z };
    for (const current of ["scalar", "vector", "tensor"] as const) {
      for (const quark of quarks) {
        const [one, two] = [nuclearCoupling(cs, current, quark), nuclearCoupling(doubled, current, quark)];
        expectRelative(two.proton, 2 * one.proton, 1e-15, `${current} ${quark}`);
        expect(two.neutron).toBe(one.neutron);
      }
    }
  });

  it("gives spin-dependent currents the response that is stated, and nothing without one", () => {
    const response = { "133Cs": { axial: { u: -1.5, d: 0.25 }, pseudoscalar: { u: 7, d: -3 } } };
    expect(nuclearCoupling(cs, "axial", "u", response)).toEqual({ proton: 0, neutron: -1.5 });
    expect(nuclearCoupling(cs, "axial", "d", response)).toEqual({ proton: 0, neutron: 0.25 });
    expect(nuclearCoupling(cs, "pseudoscalar", "d", response)).toEqual({ proton: 0, neutron: -3 });
    expect(nuclearCoupling(findIsotope("127I"), "axial", "u", response)).toEqual({ proton: 0, neutron: 0 });
    expect(nuclearCoupling(cs, "pseudoscalar", "u", { "133Cs": { axial: { u: 1, d: 1 } } }).neutron).toBe(0);
    expect(nuclearCoupling(cs, "axial", "u")).toEqual({ proton: 0, neutron: 0 });
  });
});
