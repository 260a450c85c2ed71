import { describe, expect, it } from "vitest";
import { couplingNames } from "../../src/interactions/index.ts";
import { hintOnPage, sentence, textParts } from "../../web/parts/issue-text.ts";
import { inWords, worded } from "../../web/parts/symbol.tsx";

describe("messages of the library on the page", () => {
  it("are sentences, but names stay as they are written", () => {
    expect(sentence("nothing to fit")).toBe("Nothing to fit.");
    expect(sentence('did you mean "xi_V"?')).toBe('Did you mean "xi_V"?');
    expect(sentence("xi_V is outside its range")).toBe("xi_V is outside its range.");
  });

  it("name what the page has in place of a flag", () => {
    expect(hintOnPage("e.g. --cl 0.90,0.99")).toMatch(/options/);
    expect(hintOnPage("name the free parameters, e.g. --free xi_V")).toMatch(/“fitted”/);
    expect(hintOnPage("choose one of them, or --allow-overlap to count those events twice")).toBe(
      "Choose one of them.",
    );
    expect(hintOnPage("--plane a,b")).toMatch(/x and y/);
  });

  it("leave out what only the command can do", () => {
    expect(hintOnPage("--range widens it")).toBeUndefined();
    expect(hintOnPage("3072 valid names; see nurecoil list")).toBeUndefined();
    expect(hintOnPage("use fewer --toys")).toBeUndefined();
  });

  it("keep every other hint", () => {
    expect(hintOnPage("the target has no isotope with spin")).toBe("The target has no isotope with spin.");
  });
});

describe("couplings in a text", () => {
  const names = (text: string): readonly string[] =>
    textParts(text).flatMap((part) => (typeof part === "string" ? [] : [part.coupling]));

  it("are symbols, in quotes or not, and every other word stays", () => {
    expect(textParts('nothing in this analysis depends on "xi_V_mu"')).toEqual([
      "nothing in this analysis depends on ",
      { coupling: "xi_V_mu" },
    ]);
    expect(textParts('"C_P_u" and eps_uV_emu.')).toEqual([
      { coupling: "C_P_u" },
      " and ",
      { coupling: "eps_uV_emu" },
      ".",
    ]);
    expect(textParts("")).toEqual([]);
  });

  it("are those of every name of the registry, and radii", () => {
    for (const name of [...couplingNames, "R_n_CsI"])
      expect(names(`range of "${name}" must go upwards`)).toEqual([name]);
  });

  it("are no letters, no parts of other names and nothing unknown", () => {
    expect(names('R is a letter, "xi_Q" is unknown')).toEqual([]);
    expect(names("coherent-csi-2017.xi_V and xi_V.csv and my_xi_V are not xi_V")).toEqual(["xi_V"]);
  });

  it("come with the signs of what the library writes in ASCII", () => {
    expect(textParts("Delta chi^2 of neutrino <-> antineutrino")).toEqual(["Delta χ² of neutrino ↔ antineutrino"]);
  });

  it("have words of their own in menus, which know no sub- and superscripts", () => {
    expect(worded("xi_V_mu")).toBe("vector ξ, μ");
    expect(worded("C_P_u")).toBe("pseudoscalar C, u quark");
    expect(worded("eps_uV_emu")).toBe("vector ε, u quark, eμ");
    const all = couplingNames.map(worded);
    expect(new Set(all).size).toBe(all.length);
    for (const one of all) expect(one).not.toMatch(/[_^]|undefined/);
    expect(inWords('"xi_V_tau": no source here makes tau neutrinos')).toBe(
      "vector ξ, τ: no source here makes tau neutrinos",
    );
  });
});
