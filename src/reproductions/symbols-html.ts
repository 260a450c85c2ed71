/** Names in running text as physicists write them, in HTML. */

import { symbolOf } from "../figures/symbols.ts";
import { escapedHtml, htmlOfTex } from "../figures/tex-html.ts";
import { couplingNames } from "../interactions/couplings.ts";

const flavours = ["anti_nu_mu", "anti_nu_e", "nu_mu", "nu_e"];
const names = [...couplingNames, ...flavours].sort((a, b) => b.length - a.length);
const pattern = new RegExp(`(?<![A-Za-z0-9_.])(${names.join("|")})(?![A-Za-z0-9_])`, "g");

/**
 * Escape a text and typeset the names of couplings and flavours in it.
 * @example withSymbols("best fit of xi_S") holds `<i>ξ</i><sub>S</sub>`
 */
export function withSymbols(text: string): string {
  return escapedHtml(text)
    .replace(pattern, (name) => htmlOfTex(symbolOf(name)))
    .replaceAll("Delta chi^2", "Δ<i>χ</i><sup>2</sup>")
    .replaceAll("chi^2", "<i>χ</i><sup>2</sup>");
}
