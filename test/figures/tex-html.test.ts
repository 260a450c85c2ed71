import { describe, expect, it } from "vitest";
import { symbolOf } from "../../src/figures/symbols.ts";
import { htmlOfTex } from "../../src/figures/tex-html.ts";
import { couplingNames } from "../../src/interactions/couplings.ts";

describe("names in HTML", () => {
  it.each([
    ["xi_V", "<i>ξ</i><sub><i>V</i></sub>"],
    ["xi_S_mu", "<i>ξ</i><sub><i>S</i></sub><sup><i>μ</i></sup>"],
    ["C_S_u_e", "<i>C</i><sub><i>S</i></sub><sup><i>u</i>,<i>e</i></sup>"],
    ["eps_uV_ee", "<i>ε</i><sup><i>u</i><i>V</i></sup><sub><i>e</i><i>e</i></sub>"],
    ["eps_dV_mutau", "<i>ε</i><sup><i>d</i><i>V</i></sup><sub><i>μ</i><i>τ</i></sub>"],
    ["sin2_theta_w", "sin<sup>2</sup><i>θ</i><sub><i>W</i></sub>"],
    ["anti_nu_mu", '<span class="bar"><i>ν</i></span><sub><i>μ</i></sub>'],
  ])("%s", (name, html) => expect(htmlOfTex(symbolOf(name))).toBe(html));

  it("stands a superscript above the subscript where asked", () =>
    expect(htmlOfTex(symbolOf("xi_V_e"), true)).toBe(
      '<i>ξ</i><span class="scripts"><sup><i>e</i></sup><sub><i>V</i></sub></span>',
    ));

  it("leaves no brace or backslash of any coupling", () => {
    for (const name of couplingNames) expect(htmlOfTex(symbolOf(name)), name).not.toMatch(/[{}\\]/);
  });
});
