/** Every coupling that the menu offers can be fitted, and of every other it says why not. */

import { describe, expect, test } from "vitest";
import { keep, parseSpec, prepare, type SpecInput } from "../../src/analysis/index.ts";
import { NurecoilError } from "../../src/errors.ts";
import { couplingNames } from "../../src/interactions/index.ts";
import { shippedLibrary } from "../../src/node/library.ts";
import { type Facts, factsOf } from "../../web/desk/facts.ts";
import { idleBecause } from "../../web/state/coupling-rules.ts";

const library = shippedLibrary();
const kept = keep();

function factsIn(spec: SpecInput): readonly Facts[] {
  return prepare(parseSpec(spec), library, kept).experiments.map((one) => factsOf(one));
}

/** What the library says against fitting a coupling; undefined where it does it. */
function refusal(spec: SpecInput): string | undefined {
  try {
    prepare(parseSpec(spec), library, kept);
    return undefined;
  } catch (error) {
    if (!(error instanceof NurecoilError)) throw error;
    return error.issues.map(({ message, hint }) => `${message}: ${hint}`).join();
  }
}

/** The page's reason beside the library's, where they differ in whether there is one. */
function differing(spec: SpecInput): readonly string[] {
  const facts = factsIn(spec);
  return couplingNames.flatMap((name) => {
    const menu = idleBecause(name, facts, spec);
    const told = refusal({ ...spec, free: [name] });
    return (menu === undefined) === (told === undefined) ? [] : [`${name}: ${menu} / ${told}`];
  });
}

describe("couplings of the menu", () => {
  test.each(library.ids)("on %s are offered exactly where the library can fit them", (id) => {
    expect(differing({ experiments: [id] })).toEqual([]);
  });

  test.each(["leading", "exact"] as const)("are the same with recoil terms %s", (recoil) => {
    expect(differing({ experiments: ["coherent-csi-2017"], recoil })).toEqual([]);
  });

  test("of several experiments are those that one of them depends on", () => {
    expect(differing({ experiments: ["coherent-csi-2017", "sbc-lar10-inin"] })).toEqual([]);
  });

  test("that need a spin response are left to the library where a spec gives one", () => {
    const spec: SpecInput = {
      experiments: ["coherent-csi-2017"],
      // A pseudoscalar current alone has no other terms.
      recoil: "exact",
      spinResponse: { "133Cs": { pseudoscalar: { u: 0.1, d: 0.2 } } },
    };
    const facts = factsIn(spec);
    expect(idleBecause("C_P_u", facts, spec)).toBeUndefined();
    expect(refusal({ ...spec, free: ["C_P_u"] })).toBeUndefined();
    expect(idleBecause("C_P_u", facts, { ...spec, recoil: "full" })).toMatch(/choose exact/);
    expect(refusal({ ...spec, recoil: "full", free: ["C_P_u"] })).toMatch(/recoil exact/);
    expect(idleBecause("C_P_u", facts)).toMatch(/spinResponse/);
  });

  test("come with the reason that the library has", () => {
    const csi = factsIn({ experiments: ["coherent-csi-2017"] });
    const reactor = factsIn({ experiments: ["sbc-lar10-inin"] });
    expect(idleBecause("xi_V_tau", csi)).toBe("no source here makes tau neutrinos");
    expect(refusal({ experiments: ["coherent-csi-2017"], free: ["xi_V_tau"] })).toMatch(/no source here makes tau/);
    expect(idleBecause("D_V_d_e", csi)).toMatch(/spin of nuclei/);
    expect(refusal({ experiments: ["coherent-csi-2017"], free: ["D_V_d_e"] })).toMatch(/spinResponse/);
    expect(idleBecause("xi_A", csi)).toBeUndefined();
    expect(idleBecause("xi_A", reactor)).toMatch(/has spin/);
    expect(refusal({ experiments: ["sbc-lar10-inin"], free: ["xi_A"] })).toMatch(/no isotope with spin/);
    expect(idleBecause("eps_uV_mutau", reactor)).toBe("no source here makes muon or tau neutrinos");
    expect(idleBecause("eps_uV_emu", reactor)).toBeUndefined();
  });

  test("are all offered while nothing is known of the experiments", () => {
    expect(couplingNames.filter((name) => idleBecause(name, []) !== undefined)).toEqual([]);
  });
});
