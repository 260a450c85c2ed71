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

interface Piece {
  readonly html: string;
  /** A sub- or superscript. */
  readonly script?: "sub" | "sup";
}

/**
 * TeX of a name in HTML.
 * @param tex as `symbolOf` gives it; other TeX comes out as it stands
 * @param stacked whether a superscript stands above the subscript beside it, in a span of class `scripts`; else after it
 * @example htmlOfTex("\\xi_V") === "<i>ξ</i><sub><i>V</i></sub>"
 */
export function htmlOfTex(tex: string, stacked = false): string {
  const pieces = piecesOf(tex, stacked);
  return pieces
    .map(({ html, script }, k) => {
      const before = pieces[k - 1]?.script;
      const after = pieces[k + 1]?.script;
      if (!stacked || script === undefined) return html;
      if (after !== undefined && before === undefined) {
        const both = [html, pieces[k + 1]!.html];
        return `<span class="scripts">${(script === "sup" ? both : both.reverse()).join("")}</span>`;
      }
      return before === undefined ? html : "";
    })
    .join("");
}

function piecesOf(tex: string, stacked: boolean): readonly Piece[] {
  const pieces: Piece[] = [];
  let rest = tex;
  const take = (length: number): string => {
    const taken = rest.slice(0, length);
    rest = rest.slice(length);
    return taken;
  };
  /** What stands in braces next, or the next command or character. */
  const argument = (): string => {
    if (!rest.startsWith("{")) return take(/^\\[a-z]+/.exec(rest)?.[0].length ?? 1);
    const length = closing(rest);
    return take(length).slice(1, -1);
  };
  while (rest !== "") {
    const command = /^\\([a-z]+)\s*/.exec(rest);
    if (rest.startsWith("_") || rest.startsWith("^")) {
      const script = take(1) === "_" ? "sub" : "sup";
      pieces.push({ script, html: `<${script}>${htmlOfTex(argument(), stacked)}</${script}>` });
    } else if (rest.startsWith("{")) pieces.push({ html: htmlOfTex(argument(), stacked) });
    else if (command !== null) {
      take(command[0].length);
      pieces.push({ html: commandHtml(command[1]!, argument, stacked) });
    } else {
      const character = take(1);
      pieces.push({ html: /[A-Za-z]/.test(character) ? `<i>${character}</i>` : escapedHtml(character) });
    }
  }
  return pieces;
}

/** The few commands that names have: bars, upright words, sin, Greek. */
function commandHtml(command: string, argument: () => string, stacked: boolean): string {
  if (command === "bar") return `<span class="bar">${htmlOfTex(argument(), stacked)}</span>`;
  if (command === "mathrm" || command === "text") return escapedHtml(argument());
  if (command === "sin") return "sin";
  return `<i>${letters[command] ?? command}</i>`;
}

/** Length of the group in braces that a text begins with; all of it where it is not closed. */
function closing(text: string): number {
  let depth = 0;
  for (let k = 0; k < text.length; k++) {
    if (text[k] === "{") depth++;
    if (text[k] === "}" && --depth === 0) return k + 1;
  }
  return text.length;
}

/** Text as it may stand in HTML. */
export function escapedHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
