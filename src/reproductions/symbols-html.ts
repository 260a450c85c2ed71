/** Names in running text as physicists write them, in HTML. */

import { symbolOf } from "../figures/symbols.ts";
import { couplingNames } from "../interactions/couplings.ts";

const flavours = ["anti_nu_mu", "anti_nu_e", "nu_mu", "nu_e"];
const names = [...couplingNames, ...flavours].sort((a, b) => b.length - a.length);
const pattern = new RegExp(`(?<![A-Za-z0-9_.])(${names.join("|")})(?![A-Za-z0-9_])`, "g");

const letters: Readonly<Record<string, string>> = {
  xi: "ξ",
  nu: "ν",
  mu: "μ",
  tau: "τ",
  theta: "θ",
  varepsilon: "ε",
  chi: "χ",
};

/**
 * Escape a text and typeset the names of couplings and flavours in it.
 * @example withSymbols("best fit of xi_S") holds `<i>ξ</i><sub>S</sub>`
 */
export function withSymbols(text: string): string {
  return escaped(text)
    .replace(pattern, (name) => fromTex(symbolOf(name)))
    .replaceAll("Delta chi^2", "Δ<i>χ</i><sup>2</sup>")
    .replaceAll("chi^2", "<i>χ</i><sup>2</sup>");
}

/** Text as it may stand in HTML. */
export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

type Rule = readonly [RegExp, (found: RegExpExecArray) => string];

/** The few forms that names have: bars, sub- and superscripts, upright words, Greek, letters, anything else. */
const rules: readonly Rule[] = [
  [/^\\bar\{([^}]*)\}/, ([, inside]) => `<span class="bar">${fromTex(inside!)}</span>`],
  [/^_(?:\{([^}]*)\}|(\\[a-z]+|.))/, ([, group, single]) => `<sub>${fromTex(group ?? single!)}</sub>`],
  [/^\^(?:\{([^}]*)\}|(\\[a-z]+|.))/, ([, group, single]) => `<sup>${fromTex(group ?? single!)}</sup>`],
  [/^\\mathrm\{([^}]*)\}/, ([, inside]) => escaped(inside!)],
  [/^\\sin\s*/, () => "sin"],
  [/^\\([a-z]+)\s*/, ([, word]) => `<i>${letters[word!] ?? word}</i>`],
  [/^[A-Za-z]/, ([letter]) => `<i>${letter}</i>`],
  [/^[\s\S]/, ([other]) => escaped(other)],
];

function fromTex(tex: string): string {
  let rest = tex;
  let html = "";
  while (rest !== "") {
    for (const [form, write] of rules) {
      const found = form.exec(rest);
      if (found === null) continue;
      html += write(found);
      rest = rest.slice(found[0].length);
      break;
    }
  }
  return html;
}
