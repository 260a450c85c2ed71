/** Reads a label: text with $...$ in a small subset of TeX. Unknown commands are errors, never printed as they stand. */
import { suggestion, usageError } from "../errors.ts";
import type { Face } from "./font.ts";
import { type AtomClass, FACES, FUNCTIONS, mathCharacter, SPACES, SYMBOLS, THIN_SPACE } from "./tex-commands.ts";

/** What stands on the baseline of an atom. */
export type Nucleus =
  | { readonly type: "characters"; readonly characters: string; readonly face: Face }
  | { readonly type: "list"; readonly nodes: readonly MathNode[] }
  | { readonly type: "bar"; readonly nodes: readonly MathNode[] }
  | { readonly type: "prime" };

export interface Atom {
  readonly type: "atom";
  readonly kind: AtomClass;
  readonly nucleus: Nucleus;
  readonly sup?: readonly MathNode[];
  readonly sub?: readonly MathNode[];
}

export type MathNode = Atom | { readonly type: "space"; readonly mu: number };

/** A label: running text in a face, or math. */
export type LabelPart =
  | { readonly type: "text"; readonly text: string; readonly face: Face }
  | { readonly type: "math"; readonly nodes: readonly MathNode[] };

const TEXT_FACES: ReadonlyMap<string, Face> = new Map([
  ["textrm", "regular"],
  ["textit", "italic"],
  ["emph", "italic"],
  ["textbf", "bold"],
]);

interface Cursor {
  readonly source: string;
  at: number;
}

/**
 * Parts of a label. In text: `--` is an en dash, `~` a no-break space, `\,` a thin one, \% \$ \_ \& \# the characters themselves,
 * \textit{} and \textbf{} change the face. In math: see tex-commands.ts.
 * @param label e.g. `Events / 2 PE`, `$\bar{\nu}_\mu$`
 * @param face face of the running text
 * @throws NurecoilError (usage) naming an unknown command or an unbalanced brace or dollar
 */
export function parseLabel(label: string, face: Face = "regular"): LabelPart[] {
  const cursor: Cursor = { source: label, at: 0 };
  const parts = textParts(cursor, face, false);
  if (cursor.at < label.length) throw problem(cursor, "unexpected }");
  return parts;
}

function problem(cursor: Cursor, message: string, hint?: string): Error {
  return usageError(`label "${cursor.source}": ${message}`, hint);
}

function textParts(cursor: Cursor, face: Face, inBraces: boolean): LabelPart[] {
  const parts: LabelPart[] = [];
  let text = "";
  const flush = (): void => {
    if (text !== "") parts.push({ type: "text", text: text.replaceAll("---", "—").replaceAll("--", "–"), face });
    text = "";
  };
  while (cursor.at < cursor.source.length) {
    const character = nextCharacter(cursor);
    if (character === "$") {
      flush();
      const nodes = mathList(cursor, "$", undefined);
      parts.push({ type: "math", nodes });
    } else if (character === "}" && inBraces) {
      flush();
      return parts;
    } else if (character === "\\") {
      const name = commandName(cursor);
      const textFace = TEXT_FACES.get(name);
      if (textFace !== undefined) {
        flush();
        if (nextCharacter(cursor) !== "{") throw problem(cursor, `\\${name} needs {...}`);
        parts.push(...textParts(cursor, textFace, true));
      } else if ("%$_&#{}".includes(name) && name.length === 1) text += name;
      else if (name === ",") text += THIN_SPACE;
      else throw unknown(cursor, name, SYMBOLS.has(name) ? `\\${name} is math: write $\\${name}$` : undefined);
    } else text += character === "~" ? "\u00a0" : character;
  }
  flush();
  if (inBraces) throw problem(cursor, "missing }");
  return parts;
}

function nextCharacter(cursor: Cursor): string {
  const code = cursor.source.codePointAt(cursor.at);
  if (code === undefined) return "";
  const character = String.fromCodePoint(code);
  cursor.at += character.length;
  return character;
}

function commandName(cursor: Cursor): string {
  const letters = /^[A-Za-z]+/.exec(cursor.source.slice(cursor.at))?.[0];
  if (letters === undefined) return nextCharacter(cursor);
  cursor.at += letters.length;
  return letters;
}

function unknown(cursor: Cursor, name: string, hint?: string): Error {
  const names = [...SYMBOLS.keys(), ...FUNCTIONS, ...FACES.keys(), ...TEXT_FACES.keys(), "bar", "overline", "text"];
  return problem(cursor, `unknown command \\${name}`, hint ?? suggestion(name, names));
}

/** Math up to the closing character (consumed). `face` forced by \mathrm and its kin. */
function mathList(cursor: Cursor, close: "$" | "}", face: Face | undefined): MathNode[] {
  const nodes: MathNode[] = [];
  while (cursor.at < cursor.source.length) {
    const character = nextCharacter(cursor);
    if (character === close) return mergeRoman(nodes);
    if (character === "}" || character === "$") throw problem(cursor, `unexpected ${character}`);
    if (/\s/u.test(character)) continue;
    if (character === "^" || character === "_" || character === "'") attachScript(cursor, nodes, character, face);
    else {
      const node = mathNode(cursor, character, face);
      if (node !== undefined) nodes.push(node);
    }
  }
  throw problem(cursor, close === "$" ? "missing closing $" : "missing }");
}

function attachScript(cursor: Cursor, nodes: MathNode[], character: string, face: Face | undefined): void {
  const last = nodes.at(-1);
  const base: Atom = last?.type === "atom" ? last : { type: "atom", kind: "ord", nucleus: { type: "list", nodes: [] } };
  if (last?.type === "atom") nodes.pop();
  if (character === "'") {
    const prime: Atom = { type: "atom", kind: "ord", nucleus: { type: "prime" } };
    nodes.push({ ...base, sup: [...(base.sup ?? []), prime] });
    return;
  }
  const script = argument(cursor, face);
  if (character === "^") {
    // Only primes may stand before a superscript: f'^2.
    const earlier = base.sup ?? [];
    if (earlier.some((node) => node.type !== "atom" || node.nucleus.type !== "prime"))
      throw problem(cursor, "double superscript");
    nodes.push({ ...base, sup: [...earlier, ...script] });
  } else {
    if (base.sub !== undefined) throw problem(cursor, "double subscript");
    nodes.push({ ...base, sub: script });
  }
}

/** `{...}`, one command or one character. */
function argument(cursor: Cursor, face: Face | undefined): MathNode[] {
  let character = nextCharacter(cursor);
  while (/^\s$/u.test(character)) character = nextCharacter(cursor);
  if (character === "" || character === "}" || character === "$" || character === "^" || character === "_")
    throw problem(cursor, "missing argument");
  if (character === "{") return mathList(cursor, "}", face);
  const node = mathNode(cursor, character, face);
  return node === undefined ? [] : [node];
}

function mathNode(cursor: Cursor, character: string, face: Face | undefined): MathNode | undefined {
  if (character === "{")
    return { type: "atom", kind: "ord", nucleus: { type: "list", nodes: mathList(cursor, "}", face) } };
  if (character === "~") return { type: "space", mu: 6 };
  if (character !== "\\") {
    const symbol = mathCharacter(character);
    return characterAtom(symbol.character, symbol.kind, face ?? (symbol.italic ? "italic" : "regular"));
  }
  const name = commandName(cursor);
  const space = SPACES.get(name);
  if (space !== undefined) return { type: "space", mu: space };
  const symbol = SYMBOLS.get(name);
  if (symbol !== undefined) return characterAtom(symbol.character, symbol.kind, symbol.italic ? "italic" : "regular");
  if (FUNCTIONS.has(name)) return characterAtom(name, "op", "regular");
  const inner = FACES.get(name);
  if (inner !== undefined) {
    const nodes = argument(cursor, inner);
    const kind = name === "operatorname" ? "op" : "ord";
    return { type: "atom", kind, nucleus: { type: "list", nodes } };
  }
  if (name === "bar" || name === "overline")
    return { type: "atom", kind: "ord", nucleus: { type: "bar", nodes: argument(cursor, face) } };
  if (name === "text") return textAtom(cursor);
  throw unknown(cursor, name);
}

function textAtom(cursor: Cursor): MathNode {
  const end = cursor.source.indexOf("}", cursor.at);
  if (cursor.source[cursor.at] !== "{" || end < 0) throw problem(cursor, "\\text needs {...}");
  const characters = cursor.source.slice(cursor.at + 1, end);
  cursor.at = end + 1;
  return characterAtom(characters, "ord", "regular");
}

function characterAtom(characters: string, kind: AtomClass, face: Face): Atom {
  return { type: "atom", kind, nucleus: { type: "characters", characters, face } };
}

/** Neighbouring plain ordinary characters of one upright face become one run, so that they are kerned as a word. */
function mergeRoman(nodes: readonly MathNode[]): MathNode[] {
  const merged: MathNode[] = [];
  for (const node of nodes) {
    const last = merged.at(-1);
    if (
      last?.type === "atom" &&
      node.type === "atom" &&
      isWord(last) &&
      isWord(node) &&
      last.sup === undefined &&
      last.sub === undefined
    ) {
      const left = last.nucleus as { characters: string; face: Face };
      const right = node.nucleus as { characters: string; face: Face };
      // Scripts bind to the last character only, which therefore stays alone.
      if (left.face === right.face && node.sup === undefined && node.sub === undefined) {
        merged[merged.length - 1] = characterAtom(left.characters + right.characters, "ord", left.face);
        continue;
      }
    }
    merged.push(node);
  }
  return merged;
}

function isWord(atom: Atom): boolean {
  return atom.kind === "ord" && atom.nucleus.type === "characters" && atom.nucleus.face !== "italic";
}
