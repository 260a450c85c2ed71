/** Names of parameters and flavours as figures print them. */

const FLAVOUR: Readonly<Record<string, string>> = { e: "e", mu: "\\mu", tau: "\\tau" };
const LEPTON_PAIRS: ReadonlyMap<string, string> = new Map(
  Object.entries(FLAVOUR).flatMap(([a, first]) =>
    Object.entries(FLAVOUR).map(([b, second]): [string, string] => [a + b, `${first}${tight(second)}`]),
  ),
);

/**
 * TeX of a parameter or a flavour, without dollars.
 * @param name `xi_V`, `xi_V_mu`, `C_S_u`, `D_P_d_e`, `R`, `eps_uV_emu`, `eps_V_ee`, `sin2_theta_w`, `R_n_CsI`, `nu_e`, `anti_nu_mu`
 * @returns TeX as typeset() reads it between dollars; a name of another kind (a nuisance) as upright text
 * @example symbolOf("C_S_u_mu") === "C_S^{u,\\mu}"
 */
export function symbolOf(name: string): string {
  if (name === "sin2_theta_w") return "\\sin^2\\theta_W";
  if (name === "R") return "R";
  const nucleus = /^xi_([SPVAT])(?:_(e|mu|tau))?$/.exec(name);
  if (nucleus !== null) return `\\xi_${nucleus[1]}${superscript(flavour(nucleus[2]))}`;
  const interference = /^R_(e|mu|tau)$/.exec(name);
  if (interference !== null) return `R${superscript(flavour(interference[1]))}`;
  const quark = /^([CD])_([SPVAT])_([uds])(?:_(e|mu|tau))?$/.exec(name);
  if (quark !== null) return `${quark[1]}_${quark[2]}${superscript(quark[3], flavour(quark[4]))}`;
  const nsi = /^eps_([ud]?)([VA])_(\w+)$/.exec(name);
  const pair = LEPTON_PAIRS.get(nsi?.[3] ?? "");
  if (nsi !== null && pair !== undefined) return `\\varepsilon^{${nsi[1]}${nsi[2]}}_{${pair}}`;
  const radius = /^R_([np])_([A-Za-z0-9]+)$/.exec(name);
  if (radius !== null) return `R_${radius[1]}^{\\mathrm{${radius[2]}}}`;
  const neutrino = /^(anti_)?nu_(e|mu|tau)$/.exec(name);
  if (neutrino !== null) return `${neutrino[1] === undefined ? "\\nu" : "\\bar{\\nu}"}_${flavour(neutrino[2])}`;
  return `\\text{${name.replaceAll(/[{}]/g, "")}}`;
}

function flavour(name: string | undefined): string | undefined {
  return name === undefined ? undefined : FLAVOUR[name];
}

function superscript(...parts: readonly (string | undefined)[]): string {
  const present = parts.filter((part) => part !== undefined);
  return present.length === 0 ? "" : `^{${present.join(",")}}`;
}

/** A command after a command needs nothing between, but a letter after one would run into its name. */
function tight(tex: string): string {
  return tex.startsWith("\\") ? tex : `{${tex}}`;
}
