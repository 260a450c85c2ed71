import { describe, expect, it } from "vitest";
import { plainText, symbolOf, typeset } from "../../src/figures/index.ts";

describe("symbolOf", () => {
  it.each([
    ["xi_S", "\\xi_S"],
    ["xi_V_e", "\\xi_V^{e}"],
    ["xi_V_mu", "\\xi_V^{\\mu}"],
    ["xi_T_tau", "\\xi_T^{\\tau}"],
    ["R", "R"],
    ["R_mu", "R^{\\mu}"],
    ["C_S_u", "C_S^{u}"],
    ["C_S_u_e", "C_S^{u,e}"],
    ["D_P_d", "D_P^{d}"],
    ["D_T_d_mu", "D_T^{d,\\mu}"],
    ["sin2_theta_w", "\\sin^2\\theta_W"],
    ["nu_e", "\\nu_e"],
    ["nu_mu", "\\nu_\\mu"],
    ["anti_nu_mu", "\\bar{\\nu}_\\mu"],
    ["anti_nu_e", "\\bar{\\nu}_e"],
  ])("%s is %s", (name, tex) => {
    expect(symbolOf(name)).toBe(tex);
  });

  it.each([
    ["eps_uV_ee", "ε_ee^uV"],
    ["eps_uV_emu", "ε_eμ^uV"],
    ["eps_dV_mutau", "ε_μτ^dV"],
    ["eps_dV_taue", "ε_τe^dV"],
    ["eps_V_ee", "ε_ee^V"],
    ["R_n_CsI", "R_n^CsI"],
    ["coherent-csi-2017.brn", "coherent-csi-2017.brn"],
    ["sns.flux_e", "sns.flux_e"],
  ])("%s reads %s", (name, text) => {
    expect(plainText(`$${symbolOf(name)}$`)).toBe(text);
    expect(typeset(`$${symbolOf(name)}$`, 9).width).toBeGreaterThan(0);
  });
});
