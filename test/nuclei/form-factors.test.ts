import { describe, expect, it } from "vitest";
import {
  buildFormFactors,
  type FormFactor,
  findFormFactor,
  findIsotope,
  formFactors,
  type Isotope,
} from "../../src/nuclei/index.ts";
import { integrate } from "../../src/numerics/gauss-legendre.ts";
import reference from "../reference/form-factors.json" with { type: "json" };
import { expectRelative } from "../relative.ts";

const { q } = reference;

function expectValues(F: FormFactor, values: readonly number[], what: string): void {
  // Rounding of sine and cosine near the first zero; an error of a radius would be far larger.
  values.forEach((value, k) => {
    expectRelative(F(q[k] as number), value, 1e-12, `${what} at q = ${q[k]}/fm`);
  });
}

function own(model: string, isotope: Isotope): FormFactor {
  const chosen = findFormFactor(model);
  return chosen.withRadius(isotope, chosen.defaultRadiusFm(isotope));
}

describe("form factors against mpmath", () => {
  it.each(reference.byMassNumber)("Helm and Klein-Nystrand of $nucleus", ({ nucleus, helm, kleinNystrand }) => {
    const isotope = findIsotope(nucleus);
    expectValues(own("helm", isotope), helm.values, "Helm");
    expectValues(own("klein-nystrand", isotope), kleinNystrand.values, "Klein-Nystrand");
    // From integrals over the densities, not from the form factors.
    expectRelative(findFormFactor("helm").defaultRadiusFm(isotope), helm.rmsRadius, 1e-14, "Helm radius");
    const radius = findFormFactor("klein-nystrand").defaultRadiusFm(isotope);
    expectRelative(radius, kleinNystrand.rmsRadius, 1e-14, "Klein-Nystrand radius");
  });

  it.each(reference.helmFromRadius)("Helm with rms radius $rmsRadius fm", ({ rmsRadius, values }) => {
    expectValues(findFormFactor("helm").withRadius(findIsotope("133Cs"), rmsRadius), values, "Helm");
  });

  it.each(reference.symmetrisedFermi)("Fermi of $nucleus", ({ nucleus, rmsRadius, values }) => {
    expectValues(findFormFactor("fermi").withRadius(findIsotope(nucleus), rmsRadius), values, "Fermi");
  });

  it.each(["12C", "40Ar", "133Cs"])("the rms radius of the Fermi density of %s", (name) => {
    const c = 1.23 * Math.cbrt(findIsotope(name).a) - 0.6;
    const a = 0.52;
    const density = (r: number) => Math.sinh(c / a) / (Math.cosh(r / a) + Math.cosh(c / a));
    const moment = (k: number) =>
      integrate((r) => density(r) * r ** k, 0, 60, { nodes: 64, breakpoints: [c, 2 * c, 20] });
    expectRelative(findFormFactor("fermi").defaultRadiusFm(findIsotope(name)), Math.sqrt(moment(4) / moment(2)), 1e-10);
  });

  it("Helm radii of the experiments: 4.80, 4.74 and 3.40 fm", () => {
    const radius = (name: string) => findFormFactor("helm").defaultRadiusFm(findIsotope(name)).toFixed(2);
    expect([radius("133Cs"), radius("127I"), radius("40Ar")]).toEqual(["4.80", "4.74", "3.40"]);
  });
});

describe("buildFormFactors", () => {
  const cs = findIsotope("133Cs");

  it("shares one function where protons and neutrons have one radius", () => {
    const same = buildFormFactors({ model: "helm" }, cs);
    expect(same.same).toBe(true);
    expect(same.proton).toBe(same.neutron);
    expect(buildFormFactors({ model: "helm", protonRadiiFm: { Cs: 4.9 }, neutronRadiiFm: { Cs: 4.9 } }, cs).same).toBe(
      true,
    );
  });

  it("takes radii by isotope before element, each for its own nucleons", () => {
    const choice = { model: "helm", protonRadiiFm: { Cs: 4.8 }, neutronRadiiFm: { Cs: 5.03, "133Cs": 5.09, I: 4 } };
    const split = buildFormFactors(choice, cs);
    expect(split.same).toBe(false);
    expect([split.protonRadiusFm, split.neutronRadiusFm]).toEqual([4.8, 5.09]);
    const byRadius = (radius: number) => reference.helmFromRadius.find((one) => one.rmsRadius === radius)?.values ?? [];
    expectValues(split.proton, byRadius(4.8), "proton");
    expectValues(split.neutron, byRadius(5.09), "neutron");
  });

  it("gives an element without a stated radius the model's own", () => {
    const iodine = buildFormFactors({ model: "helm", neutronRadiiFm: { Cs: 5.09 } }, findIsotope("127I"));
    expect(iodine.same).toBe(true);
    expect(iodine.neutronRadiusFm).toBe(findFormFactor("helm").defaultRadiusFm(findIsotope("127I")));
  });

  it.each(Object.keys(formFactors).filter((id) => id !== "point"))("refuses a radius below the surface of %s", (id) => {
    expect(() => buildFormFactors({ model: id, neutronRadiiFm: { Cs: 0.5 } }, cs)).toThrow(
      /neutron rms radius 0.5 fm of 133Cs/,
    );
    expect(() => buildFormFactors({ model: id, protonRadiiFm: { Cs: -4.8 } }, cs)).toThrow(/proton rms radius -4.8 fm/);
    expect(() => buildFormFactors({ model: id, protonRadiiFm: { Cs: Number.NaN } }, cs)).toThrow(
      /proton rms radius NaN/,
    );
  });

  it("refuses an unknown model with the nearest", () => {
    expect(() => buildFormFactors({ model: "hlem" }, cs)).toThrow(
      /unknown form factor "hlem" \(did you mean "helm"\?\)/,
    );
    expect(() => findFormFactor("toString")).toThrow(/unknown form factor/);
  });
});
