import { describe, expect, it } from "vitest";
import { nameResolver } from "../../src/analysis/parameters.ts";
import type { Convention } from "../../src/interactions/index.ts";
import { type FoldedFlavour, type Template, templatesOf } from "../../src/prediction/index.ts";
import reference from "../reference/csi-2017-paper.json" with { type: "json" };
import { expectRelative } from "../relative.ts";
import { folded } from "./csi.ts";

function templates(names: readonly string[], convention: Convention = "B"): readonly (readonly Template[])[] {
  return folded.map((flavour) =>
    templatesOf(flavour, { nameOf: nameResolver(new Set(names)), convention, recoil: "full", sin2ThetaW: 0.2387 }),
  );
}

/** Events per bin at values of the named couplings. */
function eventsAt(list: readonly Template[], values: Readonly<Record<string, number>>): Float64Array {
  const out = new Float64Array(13);
  for (const { monomial, counts } of list) {
    const weight = monomial.reduce((product, name) => product * (name === "1" ? 1 : (values[name] ?? 0)), 1);
    counts.forEach((count, i) => {
      out[i] = (out[i] as number) + weight * count;
    });
  }
  return out;
}

const index = (flavour: string): number => folded.findIndex((one) => one.flavour === flavour);

describe("templatesOf", () => {
  it("has the monomials of a quadratic form, xi_S and xi_T as squares, R by itself", () => {
    const [list] = templates(["xi_S", "xi_V", "xi_T", "R"]) as [readonly Template[]];
    const keys = list.map(({ monomial }) => monomial.join(" ")).sort();
    expect(keys).toEqual(["1 1", "1 R", "1 xi_V", "xi_S xi_S", "xi_T xi_T", "xi_V xi_V"]);
  });

  it("has the counts of the structures: xi_S^2, xi_V^2, xi_T^2, xi_A xi_V and R against mpmath", () => {
    const all = templates(["xi_S", "xi_V", "xi_A", "xi_T", "R"]);
    for (const [structure, key] of [
      ["SS", "xi_S xi_S"],
      ["VV", "xi_V xi_V"],
      ["AA", "xi_A xi_A"],
      ["TT", "xi_T xi_T"],
      ["VA", "xi_A xi_V"],
      ["RR", "1 R"],
    ] as const) {
      all.forEach((list, f) => {
        const counts = list.find(({ monomial }) => monomial.join(" ") === key)?.counts;
        const tables = reference.templates[folded[f]?.flavour as "nu_e"];
        for (let bin = 0; bin < 13; bin++) {
          const expected =
            (tables["133Cs"].full[structure][bin] as number) + (tables["127I"].full[structure][bin] as number);
          expectRelative(counts?.[bin] as number, expected, 1e-12, `${folded[f]?.flavour} ${key} bin ${bin}`);
        }
      });
    }
  });

  it("leaves out monomials that nothing makes: tau couplings, flavours of other sources, unnamed ones", () => {
    const constant = [["1", "1"]];
    for (const list of templates(["xi_V_tau", "C_S_u_tau"]))
      expect(list.map(({ monomial }) => monomial)).toEqual(constant);
    const muon = templates(["xi_S_mu"]);
    expect(muon[index("nu_e")]?.map(({ monomial }) => monomial)).toEqual(constant);
    expect(muon[index("nu_mu")]).toHaveLength(2);
    expect(muon[index("anti_nu_mu")]).toHaveLength(2);
    for (const list of templates(["C_A_u", "D_S_d"])) expect(list.map(({ monomial }) => monomial)).toEqual(constant);
  });

  it("is flavour universal when all flavours are equal", () => {
    const values = { xi_S: 0.4, xi_V: -0.3, xi_T: 0.7, R: 0.2 };
    const names = Object.keys(values);
    const universal = templates(names);
    const flavoured = templates(names.flatMap((name) => [`${name}_e`, `${name}_mu`]));
    const same = Object.fromEntries(
      Object.entries(values).flatMap(([name, x]) => [
        [`${name}_e`, x],
        [`${name}_mu`, x],
      ]),
    );
    universal.forEach((list, f) => {
      const expected = eventsAt(list, values);
      eventsAt(flavoured[f] as readonly Template[], same).forEach((count, bin) => {
        expectRelative(count, expected[bin] as number, 1e-15, `bin ${bin}`);
      });
    });
    // A coupling of the electron flavour alone leaves the muon flavours at the standard model.
    const electron = { ...same, xi_V_mu: 0, xi_S_mu: 0, xi_T_mu: 0, R_mu: 0 };
    const at = (flavour: string, x: Readonly<Record<string, number>>) =>
      eventsAt(flavoured[index(flavour)] as readonly Template[], x)[3] as number;
    expect(at("nu_mu", electron)).toBe(at("nu_mu", {}));
    expect(at("nu_e", electron)).toBe(at("nu_e", same));
    expect(at("nu_e", electron)).not.toBe(at("nu_e", {}));
  });

  it("sums over the isotopes", () => {
    for (const flavour of folded) {
      const inputs = {
        nameOf: nameResolver(new Set(["xi_V", "C_S_u"])),
        convention: "B",
        recoil: "full",
        sin2ThetaW: 0.2387,
      } as const;
      const all = eventsAt(templatesOf(flavour, inputs), { xi_V: 0.3, C_S_u: 0.02 });
      const parts = flavour.isotopes.map((isotope): FoldedFlavour => ({ ...flavour, isotopes: [isotope] }));
      const [a, b] = parts.map((part) => eventsAt(templatesOf(part, inputs), { xi_V: 0.3, C_S_u: 0.02 })) as [
        Float64Array,
        Float64Array,
      ];
      all.forEach((count, bin) => {
        expectRelative(count, (a[bin] as number) + (b[bin] as number), 1e-14, `bin ${bin}`);
      });
    }
  });

  it("does not depend on the signs of xi_S and xi_T", () => {
    for (const list of templates(["xi_S", "xi_V", "xi_T"])) {
      const at = (S: number, T: number) => [...eventsAt(list, { xi_S: S, xi_V: 0.1, xi_T: T })];
      expect(at(-0.4, 0.6)).toEqual(at(0.4, 0.6));
      expect(at(0.4, -0.6)).toEqual(at(0.4, 0.6));
      expect(at(0.4, 0.6)).not.toEqual(at(0.4, 0));
      expect(at(0.4, 0.6)).not.toEqual(at(0, 0.6));
    }
  });

  it("is symmetric about xi_V = -Q on one nucleus", () => {
    for (const flavour of folded) {
      const cs: FoldedFlavour = {
        ...flavour,
        isotopes: flavour.isotopes.filter(({ isotope }) => isotope.name === "133Cs"),
      };
      const list = templatesOf(cs, {
        nameOf: nameResolver(new Set(["xi_V"])),
        convention: "A",
        recoil: "full",
        sin2ThetaW: 0.2387,
      });
      const { "133Cs": Q } = reference.weakCharge;
      const right = eventsAt(list, { xi_V: -Q + 0.35 });
      eventsAt(list, { xi_V: -Q - 0.35 }).forEach((count, bin) => {
        expectRelative(count, right[bin] as number, 1e-13, `bin ${bin}`);
      });
      // Nothing is left where the coupling cancels the standard model.
      const gone = eventsAt(list, { xi_V: -Q });
      const standard = eventsAt(list, {});
      gone.forEach((count, bin) => {
        expect(Math.abs(count), `bin ${bin}`).toBeLessThanOrEqual(1e-14 * (standard[bin] as number));
      });
    }
  });
});
