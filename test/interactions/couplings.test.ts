import { describe, expect, it } from "vitest";
import { couplingNames, couplings, readCouplingName } from "../../src/interactions/couplings.ts";
import { structureForms } from "../../src/interactions/generalized.ts";
import { evaluateForm } from "../../src/interactions/polynomial.ts";
import { findIsotope } from "../../src/nuclei/isotopes.ts";

const spinResponse = { "133Cs": { axial: { u: 3, d: -2 }, pseudoscalar: { u: 4, d: 5 } } };

/** All coefficients on 133Cs at unit values of the named couplings. */
function coefficients(names: readonly string[], lepton: "e" | "mu" | "tau"): readonly number[] {
  const forms = structureForms({
    isotope: findIsotope("133Cs"),
    lepton,
    convention: "B",
    nameOf: (coupling, flavour) => names.find((name) => name === coupling || name === `${coupling}_${flavour}`),
    sin2ThetaW: 0.2387,
    spinResponse,
  });
  const at = Object.fromEntries(names.map((name) => [name, name.startsWith("sin2") ? 0.5 : 1]));
  return Object.values(forms).map((pieces) =>
    Object.values(pieces).reduce((sum, form) => sum + evaluateForm(form, at), 0),
  );
}

describe("couplings", () => {
  it("are those of the interface: five of the nucleus, twenty of the quarks, the mixing angle", () => {
    const bare = couplings.map((one) => one.name);
    expect(bare.slice(0, 5)).toEqual(["xi_S", "xi_V", "xi_A", "xi_T", "R"]);
    for (const X of ["S", "P", "V", "A", "T"])
      for (const q of ["u", "d"]) expect(bare).toEqual(expect.arrayContaining([`C_${X}_${q}`, `D_${X}_${q}`]));
    expect(bare).toContain("sin2_theta_w");
    expect(new Set(couplingNames).size).toBe(couplingNames.length);
    for (const { name, description } of couplings) expect(description, name).not.toBe("");
  });

  it("are read with and without flavour", () => {
    for (const name of couplingNames) expect(readCouplingName(name), name).toBeDefined();
    expect(readCouplingName("D_P_d_mu")).toMatchObject({ lepton: "mu", coupling: { name: "D_P_d", level: "quark" } });
    expect(readCouplingName("xi_V")).toMatchObject({ lepton: null, coupling: { level: "nucleus" } });
    expect(readCouplingName("R_tau")).toMatchObject({ lepton: "tau" });
    for (const name of ["xi_P", "xi_v", "C_S", "C_S_s", "sin2_theta_w_e", "xi_V_e_mu", "", "toString"]) {
      expect(readCouplingName(name), name).toBeUndefined();
    }
  });

  it.each(couplings)(
    "law: $name acts, under its bare name on all flavours (NSI: those it names), under a flavoured one on its own",
    (coupling) => {
      const standard = { e: coefficients([], "e"), mu: coefficients([], "mu"), tau: coefficients([], "tau") };
      for (const lepton of ["e", "mu", "tau"] as const) {
        const found = coefficients([coupling.name], lepton);
        // eps_uV_emu and its like name their flavours in the last part: e, mu, tau.
        const entry = coupling.name.split("_").at(-1) as string;
        if (coupling.level === "nsi" && !entry.startsWith(lepton) && !entry.endsWith(lepton)) {
          expect(found, lepton).toEqual(standard[lepton]);
          continue;
        }
        expect(found, lepton).not.toEqual(standard[lepton]);
        if (!coupling.flavoured) continue;
        for (const named of ["e", "mu", "tau"] as const) {
          const found = coefficients([`${coupling.name}_${named}`], lepton);
          if (named === lepton) expect(found).toEqual(coefficients([coupling.name], lepton));
          else expect(found).toEqual(standard[lepton]);
        }
      }
    },
  );
});
