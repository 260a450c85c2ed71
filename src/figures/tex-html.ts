/** TeX of names, as `symbolOf` gives it, in HTML: for pages, where text should be text. */

const letters: Readonly<Record<string, string>> = {
  xi: "ξ",
  nu: "ν",
  mu: "μ",
  tau: "τ",
  theta: "θ",
  varepsilon: "ε",
  chi: "χ",
};

type Rule = readonly [RegExp, (found: RegExpExecArray) => string];

/** The few forms that names have: bars, sub- and superscripts, upright words, Greek, letters, anything else. */
const rules: readonly Rule[] = [
  [/^\\bar\{([^}]*)\}/, ([, inside]) => `<span class="bar">${htmlOfTex(inside!)}</span>`],
  [/^_(?:\{([^}]*)\}|(\\[a-z]+|.))/, ([, group, single]) => `<sub>${htmlOfTex(group ?? single!)}</sub>`],
  [/^\^(?:\{([^}]*)\}|(\\[a-z]+|.))/, ([, group, single]) => `<sup>${htmlOfTex(group ?? single!)}</sup>`],
  [/^\\(?:mathrm|text)\{([^}]*)\}/, ([, inside]) => escapedHtml(inside!)],
  [/^\\sin\s*/, () => "sin"],
  [/^\\([a-z]+)\s*/, ([, word]) => `<i>${letters[word!] ?? word}</i>`],
  [/^[A-Za-z]/, ([letter]) => `<i>${letter}</i>`],
  [/^[\s\S]/, ([other]) => escapedHtml(other)],
];

/**
 * TeX of a name in HTML.
 * @param tex as `symbolOf` gives it; other TeX comes out as it stands
 * @example htmlOfTex("\\xi_V") === "<i>ξ</i><sub><i>V</i></sub>"
 */
export function htmlOfTex(tex: string): string {
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

/** Text as it may stand in HTML. */
export function escapedHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
