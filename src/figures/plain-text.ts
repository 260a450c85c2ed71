/** What a label says in plain Unicode: for screen readers, PDF titles and search. */
import { type LabelPart, type MathNode, type Nucleus, parseLabel } from "./tex.ts";

/**
 * Label parts as one line of text; scripts are written with _ and ^, in braces where longer than one character.
 * @param label a label, or its parts
 * @example plainText("$\\xi_V^{e}$") === "ξ_V^e"
 */
export function plainText(label: string | readonly LabelPart[]): string {
  const parts = typeof label === "string" ? parseLabel(label) : label;
  return parts
    .map((part) => (part.type === "text" ? part.text.replaceAll(/[\u00a0\u2009]/g, " ") : math(part.nodes)))
    .join("");
}

function math(nodes: readonly MathNode[]): string {
  let text = "";
  for (const node of nodes) {
    if (node.type === "space") {
      if (node.mu > 0) text += " ";
      continue;
    }
    const { nucleus } = node;
    const body = nucleusText(nucleus);
    const spaced = node.kind === "rel" ? ` ${body} ` : node.kind === "op" ? `${body} ` : body;
    text += node.sup === undefined && node.sub === undefined ? spaced : body;
    if (node.sub !== undefined) text += `_${scripted(node.sub)}`;
    if (node.sup !== undefined) text += isPrime(node.sup) ? math(node.sup) : `^${scripted(node.sup)}`;
  }
  return text;
}

function nucleusText(nucleus: Nucleus): string {
  switch (nucleus.type) {
    case "characters":
      return nucleus.characters;
    case "list":
      return math(nucleus.nodes);
    case "prime":
      return "′";
    case "bar":
      // The combining macron goes on every character below the bar.
      return [...math(nucleus.nodes)].map((character) => `${character}\u0304`).join("");
  }
}

function isPrime(nodes: readonly MathNode[]): boolean {
  return /^′+$/u.test(math(nodes));
}

/** Words need no braces: n_PE. */
function scripted(nodes: readonly MathNode[]): string {
  const text = math(nodes);
  return [...text].length <= 1 || /^\p{L}+$/u.test(text) ? text : `{${text}}`;
}
