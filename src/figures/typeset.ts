/**
 * Sets a label as TeX does: italic letters, roman digits and operators, stacked scripts, spaced operators and relations.
 * Rules and font parameters: D. E. Knuth, The TeXbook (Addison-Wesley 1986), chapter 18 and appendices F and G.
 */
import { usageError } from "../errors.ts";
import { type Face, glyphOf, kern } from "./font.ts";
import { FONT_METRICS } from "./glyphs.generated.ts";
import { plainText } from "./plain-text.ts";
import { type Atom, type LabelPart, type MathNode, type Nucleus, parseLabel } from "./tex.ts";
import type { AtomClass } from "./tex-commands.ts";

/** A character at (x, y) from the label's origin: left end of the baseline, y downwards; `size` is its em. */
export interface PlacedGlyph {
  readonly face: Face;
  readonly character: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** A filled bar, (x, y) its upper left corner. */
interface PlacedRule {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A set label; lengths in the unit of the size asked for (points in figures). */
export interface Label {
  /** What it says in plain Unicode, for readers that do not see. */
  readonly text: string;
  readonly width: number;
  /** Extent above and below the baseline. */
  readonly ascent: number;
  readonly descent: number;
  readonly glyphs: readonly PlacedGlyph[];
  readonly rules: readonly PlacedRule[];
}

interface Box {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  /** Overhang of the last character: a superscript moves right by it. */
  readonly italic: number;
  readonly glyphs: readonly PlacedGlyph[];
  readonly rules: readonly PlacedRule[];
}

/** Level 0 is text style, 1 script, 2 scriptscript. Cramped: superscripts stay lower, as under a bar. */
interface Style {
  readonly em: number;
  readonly level: 0 | 1 | 2;
  readonly cramped: boolean;
}

/** Script sizes of TeX at 10 pt: 7 pt and 5 pt. */
const LEVEL_SCALE = [1, 0.7, 0.5] as const;
/** Parameters of cmsy10 in em (TeXbook appendix F, numbered as in appendix G); the x-height is that of our own font. */
const SUP = 0.362892;
const SUP_CRAMPED = 0.288889;
const SUB = 0.15;
const SUB_WITH_SUP = 0.247217;
const SUP_DROP = 0.386108;
const SUB_DROP = 0.05;
const RULE = 0.04;
const X_HEIGHT = FONT_METRICS.xHeight / FONT_METRICS.unitsPerEm;
/** \scriptspace, 0.5 pt at 10 pt. */
const SCRIPT_SPACE = 0.05;
/** Slant of the italic face: tan 15 degrees, used only to centre a bar above a letter. */
const SLANT = 0.27;

/** Space between neighbours in mu (TeXbook p. 170); negative entries vanish in scripts. Rows: left atom. */
const GAPS: Readonly<Record<AtomClass, Readonly<Record<AtomClass, number>>>> = {
  ord: { ord: 0, op: 3, bin: -4, rel: -5, open: 0, close: 0, punct: 0 },
  op: { ord: 3, op: 3, bin: 0, rel: -5, open: 0, close: 0, punct: 0 },
  bin: { ord: -4, op: -4, bin: 0, rel: 0, open: -4, close: 0, punct: 0 },
  rel: { ord: -5, op: -5, bin: 0, rel: 0, open: -5, close: 0, punct: 0 },
  open: { ord: 0, op: 0, bin: 0, rel: 0, open: 0, close: 0, punct: 0 },
  close: { ord: 0, op: 3, bin: -4, rel: -5, open: 0, close: 0, punct: 0 },
  punct: { ord: -3, op: -3, bin: 0, rel: -3, open: -3, close: -3, punct: -3 },
};

/**
 * Set a label of text and TeX math on one line.
 * @param label e.g. `Events / 2 PE`, `$\xi_V^{e}$`; commands as in tex-commands.ts
 * @param size em of the text, any unit (points in figures), > 0
 * @param face face of the running text
 * @returns extents and placements in the unit of `size`
 * @throws NurecoilError (usage) naming an unknown command or a character without outline
 * @example typeset("$n_\\mathrm{PE}$", 9).text === "n_PE"
 */
export function typeset(label: string, size: number, face: "regular" | "bold" = "regular"): Label {
  const parts = parseLabel(label, face);
  const style: Style = { em: size, level: 0, cramped: false };
  const box = row(parts.map((part) => setPart(part, style, label)));
  return {
    text: plainText(parts),
    width: box.width,
    ascent: box.height,
    descent: box.depth,
    glyphs: box.glyphs,
    rules: box.rules,
  };
}

function setPart(part: LabelPart, style: Style, label: string): Box {
  return part.type === "text" ? setCharacters(part.text, part.face, style, label) : setList(part.nodes, style, label);
}

function setCharacters(characters: string, face: Face, style: Style, label: string): Box {
  const unit = (style.em * LEVEL_SCALE[style.level]) / FONT_METRICS.unitsPerEm;
  const glyphs: PlacedGlyph[] = [];
  let [x, height, depth, italic] = [0, 0, 0, 0];
  let previous = "";
  for (const character of characters) {
    const glyph = glyphOf(face, character);
    if (glyph === undefined) {
      const code = character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0");
      throw usageError(
        `label "${label}": no outline for the character "${character}" (U+${code})`,
        "write it otherwise",
      );
    }
    x += kern(face, previous, character) * unit;
    if (glyph.path !== "") {
      glyphs.push({ face: glyph.face, character: glyph.character, x, y: 0, size: unit * FONT_METRICS.unitsPerEm });
      height = Math.max(height, glyph.height * unit);
      depth = Math.max(depth, glyph.depth * unit);
    }
    x += glyph.advance * unit;
    italic = glyph.overhang * unit;
    previous = character;
  }
  return { width: x, height, depth, italic, glyphs, rules: [] };
}

function setList(nodes: readonly MathNode[], style: Style, label: string): Box {
  const mu = (style.em * LEVEL_SCALE[style.level]) / 18;
  const kinds = effectiveKinds(nodes);
  const boxes: Box[] = [];
  let previous: AtomClass | undefined;
  nodes.forEach((node, i) => {
    if (node.type === "space") {
      boxes.push(space(node.mu * mu));
      return;
    }
    const kind = kinds[i] as AtomClass;
    const gap = previous === undefined ? 0 : GAPS[previous][kind];
    if (gap > 0 || (gap < 0 && style.level === 0)) boxes.push(space(Math.abs(gap) * mu));
    const box = setAtom(node, style, label);
    // The italic correction belongs to the width wherever another atom follows.
    const closed = i < nodes.length - 1 && node.sup === undefined && node.sub === undefined;
    boxes.push(closed ? { ...box, width: box.width + box.italic, italic: 0 } : box);
    previous = kind;
  });
  return row(boxes);
}

/** A sign without a left operand, or before a relation, is ordinary: the minus of -3 takes no space (TeXbook p. 170). */
function effectiveKinds(nodes: readonly MathNode[]): (AtomClass | undefined)[] {
  const kinds: (AtomClass | undefined)[] = nodes.map((node) => (node.type === "atom" ? node.kind : undefined));
  let last = -1;
  for (let i = 0; i < kinds.length; i++) {
    const kind = kinds[i];
    if (kind === undefined) continue;
    const before = last < 0 ? undefined : kinds[last];
    if (kind === "bin" && (before === undefined || "bin op rel open punct".includes(before))) kinds[i] = "ord";
    if ((kind === "rel" || kind === "close" || kind === "punct") && before === "bin") kinds[last] = "ord";
    last = i;
  }
  if (last >= 0 && kinds[last] === "bin") kinds[last] = "ord";
  return kinds;
}

function setNucleus(nucleus: Nucleus, style: Style, label: string): Box {
  if (nucleus.type === "characters") return setCharacters(nucleus.characters, nucleus.face, style, label);
  if (nucleus.type === "list") return setList(nucleus.nodes, style, label);
  if (nucleus.type === "prime") return setPrime(style, label);
  const em = style.em * LEVEL_SCALE[style.level];
  const body = setList(nucleus.nodes, { ...style, cramped: true }, label);
  const thickness = RULE * em;
  // A bar reads as an accent when it is a little narrower than the letter and follows its slant.
  const first = nucleus.nodes[0];
  const slanted =
    nucleus.nodes.length === 1 &&
    first?.type === "atom" &&
    first.nucleus.type === "characters" &&
    first.nucleus.face === "italic";
  const clearance = 0.11 * em;
  const shift = slanted ? SLANT * (body.height / 2 + clearance) : 0;
  const inset = slanted ? 0.06 * em : 0;
  const height = body.height + clearance + thickness;
  const rule: PlacedRule = {
    x: inset + shift,
    y: -height,
    width: Math.max(body.width - 2 * inset, 0.2 * em),
    height: thickness,
  };
  return {
    ...body,
    height: height + thickness,
    italic: Math.max(body.italic, rule.x + rule.width - body.width),
    rules: [...body.rules, rule],
  };
}

/** The font's prime is drawn at its height already: as a script it takes the size of the line and goes down again. */
function setPrime(style: Style, label: string): Box {
  const level = style.level === 2 ? 1 : 0;
  const drop = SUP * style.em * LEVEL_SCALE[level];
  const box = setCharacters("′", "regular", { ...style, level }, label);
  return { ...move(box, 0, drop), height: box.height - drop };
}

/** Nucleus with its scripts: rule 18 of the TeXbook's appendix G. */
function setAtom(atom: Atom, style: Style, label: string): Box {
  const body = setNucleus(atom.nucleus, style, label);
  if (atom.sup === undefined && atom.sub === undefined) return body;
  const em = style.em * LEVEL_SCALE[style.level];
  const scriptLevel = style.level === 0 ? 1 : 2;
  const sup = atom.sup && setList(atom.sup, { ...style, level: scriptLevel }, label);
  const sub = atom.sub && setList(atom.sub, { em: style.em, level: scriptLevel, cramped: true }, label);
  const script = style.em * LEVEL_SCALE[scriptLevel];
  const single = atom.nucleus.type === "characters" && atom.kind === "ord";
  let up = single ? 0 : body.height - SUP_DROP * script;
  let down = single ? 0 : body.depth + SUB_DROP * script;
  const xHeight = X_HEIGHT * em;
  if (sup !== undefined) up = Math.max(up, (style.cramped ? SUP_CRAMPED : SUP) * em, sup.depth + xHeight / 4);
  if (sub !== undefined && sup === undefined) down = Math.max(down, SUB * em, sub.height - (4 / 5) * xHeight);
  if (sub !== undefined && sup !== undefined) {
    down = Math.max(down, SUB_WITH_SUP * em);
    const gap = up - sup.depth - (sub.height - down);
    if (gap < 4 * RULE * em) {
      down += 4 * RULE * em - gap;
      const lift = (4 / 5) * xHeight - (up - sup.depth);
      if (lift > 0) {
        up += lift;
        down -= lift;
      }
    }
  }
  const pieces = [body];
  if (sup !== undefined) pieces.push(move(sup, body.width + body.italic, -up));
  if (sub !== undefined) pieces.push(move(sub, body.width, down));
  const width = Math.max(
    sup === undefined ? 0 : body.width + body.italic + sup.width + sup.italic,
    sub === undefined ? 0 : body.width + sub.width + sub.italic,
  );
  return {
    width: width + SCRIPT_SPACE * em,
    height: Math.max(body.height, sup === undefined ? 0 : sup.height + up, sub === undefined ? 0 : sub.height - down),
    depth: Math.max(body.depth, sub === undefined ? 0 : sub.depth + down, sup === undefined ? 0 : sup.depth - up),
    italic: 0,
    glyphs: pieces.flatMap((piece) => piece.glyphs),
    rules: pieces.flatMap((piece) => piece.rules),
  };
}

function space(width: number): Box {
  return { width, height: 0, depth: 0, italic: 0, glyphs: [], rules: [] };
}

function move(box: Box, x: number, y: number): Box {
  return {
    ...box,
    glyphs: box.glyphs.map((glyph) => ({ ...glyph, x: glyph.x + x, y: glyph.y + y })),
    rules: box.rules.map((rule) => ({ ...rule, x: rule.x + x, y: rule.y + y })),
  };
}

/** Boxes side by side on one baseline. */
function row(boxes: readonly Box[]): Box {
  const glyphs: PlacedGlyph[] = [];
  const rules: PlacedRule[] = [];
  let [x, height, depth] = [0, 0, 0];
  for (const box of boxes) {
    const moved = x === 0 ? box : move(box, x, 0);
    glyphs.push(...moved.glyphs);
    rules.push(...moved.rules);
    x += box.width;
    height = Math.max(height, box.height);
    depth = Math.max(depth, box.depth);
  }
  return { width: x, height, depth, italic: boxes.at(-1)?.italic ?? 0, glyphs, rules };
}
