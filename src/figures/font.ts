/** The type figures are set in: STIX Two Text as outlines, so a figure needs no installed font and looks the same everywhere. */
import { COMPOSITES, GLYPHS, KERNING } from "./glyphs.generated.ts";
import { THIN_SPACE } from "./tex-commands.ts";

export type Face = "regular" | "italic" | "bold";

/** One character of one face; lengths in em/1000, path with y downwards and its origin on the baseline. */
export interface Glyph {
  readonly face: Face;
  readonly character: string;
  readonly path: string;
  readonly advance: number;
  readonly height: number;
  readonly depth: number;
  /** How far the ink passes the advance width on the right: TeX's italic correction. */
  readonly overhang: number;
}

/**
 * Outline of a character. A face without the character falls back to the regular one, as italic has no digits.
 * @param face face asked for
 * @param character one Unicode character
 * @returns the glyph, or undefined where no face has it
 */
export function glyphOf(face: Face, character: string): Glyph | undefined {
  if (character === THIN_SPACE) return { face, character, path: "", advance: 167, height: 0, depth: 0, overhang: 0 };
  // A no-break space looks like a space.
  const key = character === "\u00a0" ? " " : character;
  const own = GLYPHS[face][key];
  const data = own ?? GLYPHS.regular[key];
  if (data !== undefined && [...key].length === 1) {
    const [path, advance, height, depth, overhang] = data;
    return { face: own === undefined ? "regular" : face, character: key, path, advance, height, depth, overhang };
  }
  return accentedGlyph(key);
}

/**
 * Space between two characters beyond their advances, em/1000 (negative: closer).
 * @param face italic has no table: 0
 */
export function kern(face: Face, left: string, right: string): number {
  if (face === "italic") return 0;
  const table = KERNING[face][left];
  for (const units in table) if (table[units]!.includes(right)) return Number(units);
  return 0;
}

function accentedGlyph(character: string): Glyph | undefined {
  const composite = COMPOSITES[character];
  if (composite === undefined) return undefined;
  const [advance, ...parts] = composite;
  let path = "";
  let height = -Infinity;
  let depth = -Infinity;
  for (let i = 0; i < parts.length; i += 3) {
    const part = GLYPHS.regular[parts[i] as string];
    if (part === undefined) continue;
    const dx = parts[i + 1] as number;
    const dy = parts[i + 2] as number;
    path += dx === 0 && dy === 0 ? part[0] : `M${dx} ${dy}${part[0]}`;
    height = Math.max(height, part[2] - dy);
    depth = Math.max(depth, part[3] + dy);
  }
  return { face: "regular", character, path, advance, height, depth, overhang: 0 };
}
