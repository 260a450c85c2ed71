/**
 * Writes src/figures/glyphs.generated.ts: the outlines of STIX Two Text that figures draw their text with.
 * Run `node scripts/build-glyphs.mjs` after a change of the font package or of the character lists below; the same
 * font gives the same bytes; `--check` only compares. Characters the text font lacks (relations, arrows) are composed from glyphs it has.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import opentype from "opentype.js";

const require = createRequire(import.meta.url);
const FONT_PACKAGE = "@expo-google-fonts/stix-two-text";
const FILES = {
  regular: `${FONT_PACKAGE}/400Regular/STIXTwoText_400Regular.ttf`,
  italic: `${FONT_PACKAGE}/400Regular_Italic/STIXTwoText_400Regular_Italic.ttf`,
  bold: `${FONT_PACKAGE}/700Bold/STIXTwoText_700Bold.ttf`,
};

const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i));
const ASCII = range(0x20, 0x7e);
const LETTERS = ASCII.filter((c) => /[A-Za-z]/.test(c));
const ACCENTED = [
  ...range(0xc0, 0xff).filter((c) => c !== "×" && c !== "÷"),
  ..."ĀāĂăĄąĆćČčĎďĐđĒēĖėĘęĚěĞğĪīĮįİıĶķĹĺĻļĽľŁłŃńŅņŇňŌōŐőŒœŔŕŘřŚśŞşŠšŢţŤťŪūŮůŰűŲųŴŵŶŷŸŹźŻżŽž",
];
// Greek capitals that look Latin have no TeX command and are left out.
const GREEK_CAPITALS = [..."ΓΔΘΛΞΠΣΥΦΨΩ"];
const GREEK = range(0x3b1, 0x3c9);
const SYMBOLS = [..."−±×÷·°′″–—‘’“”…†§©«»µħℓ"];

const CHARACTERS = {
  regular: [...ASCII, ...ACCENTED, ...GREEK_CAPITALS, ...GREEK, ...SYMBOLS],
  italic: [...LETTERS, ...GREEK, ..."ϵϑϕħℓ"],
  bold: [...ASCII, ..."−±×·–—°’"],
};
/** Pairs are kept for these; figures set little else in running text. */
const KERNED = [...LETTERS, ..." 0123456789.,:;-()/’"];

/**
 * Relations and arrows that STIX Two Text lacks, built from its own glyphs so that weight and width match.
 * Each part is a character with the affine map [a b c d e f] of SVG, in em units with y upwards.
 */
const COMPOSED = {
  "∼": [["~", [1.12, 0, 0, 1.12, 0, -31]]],
  "≈": [
    ["~", [1.12, 0, 0, 1.12, 0, 64]],
    ["~", [1.12, 0, 0, 1.12, 0, -126]],
  ],
  "≤": [
    ["<", [0.96, 0, 0, 0.96, 14, 90]],
    ["−", [0.97, 0, 0, 1, 2, -256]],
  ],
  "≥": [
    [">", [0.96, 0, 0, 0.96, 14, 90]],
    ["−", [0.97, 0, 0, 1, 2, -256]],
  ],
  "≪": [
    ["<", [0.9, 0, 0, 0.9, 10, 26]],
    ["<", [0.9, 0, 0, 0.9, 260, 26]],
  ],
  "≫": [
    [">", [0.9, 0, 0, 0.9, 10, 26]],
    [">", [0.9, 0, 0, 0.9, 260, 26]],
  ],
  "≠": [
    ["=", [1, 0, 0, 1, 0, 0]],
    ["/", [1, 0, 0, 0.8, 226, 6]],
  ],
  "≡": [
    ["=", [1, 0, 0, 1, 0, 83]],
    ["−", [1, 0, 0, 1, 0, -162]],
  ],
  "∓": [["±", [1, 0, 0, -1, 0, 516]]],
  "→": [
    ["−", [1.3, 0, 0, 1, 0, 0]],
    ["›", [1.35, 0, 0, 1, 515, 0], "arrowhead"],
  ],
  "←": [
    ["−", [1.3, 0, 0, 1, 0, 0]],
    ["›", [-1.35, 0, 0, 1, 421, 0], "arrowhead"],
  ],
  "∞": [["8", [0, 1.1, -1.1, 0, 760, -15]]],
  "∑": [["Σ", [1.15, 0, 0, 1.35, 0, -115]]],
  "∏": [["Π", [1.15, 0, 0, 1.35, 0, -115]]],
  "∇": [["Δ", [1, 0, 0, -1, 0, 657]]],
  "∗": [["*", [1, 0, 0, 1, 0, -190]]],
};

function loadFont(specifier) {
  const bytes = readFileSync(require.resolve(specifier));
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  return { font: opentype.parse(buffer), view: new DataView(buffer) };
}

/** Contours as absolute commands with y upwards, on the font's em grid. */
function outline(font, character) {
  const index = font.charToGlyphIndex(character);
  if (index === 0)
    throw new Error(`the font has no glyph for "${character}" (U+${character.codePointAt(0).toString(16)})`);
  return outlineOf(font, index);
}

function outlineOf(font, index) {
  const glyph = font.glyphs.get(index);
  const commands = glyph
    .getPath(0, 0, font.unitsPerEm)
    .commands.map((command) => ({ ...command, y: -command.y, y1: -command.y1 }));
  return { advance: glyph.advanceWidth, commands };
}

function transform(commands, [a, b, c, d, e, f]) {
  const map = (x, y) => [a * x + c * y + e, b * x + d * y + f];
  return commands.map((command) => {
    if (command.type === "Z") return command;
    const [x, y] = map(command.x, command.y);
    if (command.type !== "Q") return { ...command, x, y };
    const [x1, y1] = map(command.x1, command.y1);
    return { ...command, x, y, x1, y1 };
  });
}

/** Head of an arrow on the axis of the minus sign, as one contour: barbs curve back as in Times. */
function arrowhead() {
  const axis = 258;
  return [
    { type: "M", x: 0, y: axis + 172 },
    { type: "Q", x1: 70, y1: axis + 36, x: 310, y: axis },
    { type: "Q", x1: 70, y1: axis - 36, x: 0, y: axis - 172 },
    { type: "L", x: 34, y: axis - 188 },
    { type: "Q", x1: 130, y1: axis - 50, x: 310, y: axis - 14 },
    { type: "L", x: 310, y: axis + 14 },
    { type: "Q", x1: 130, y1: axis + 50, x: 34, y: axis + 188 },
    { type: "Z" },
  ];
}

function compose(font, parts) {
  let commands = [];
  let right = 0;
  for (const [character, matrix, special] of parts) {
    const piece = transform(special === "arrowhead" ? arrowhead() : outline(font, character).commands, matrix);
    commands = [...commands, ...piece];
    for (const command of piece) if (command.type !== "Z") right = Math.max(right, command.x);
  }
  const left = Math.min(...commands.filter((command) => command.type !== "Z").map((command) => command.x));
  return { advance: right + left, commands };
}

/**
 * Parts of an accented letter, [glyph name, dx, dy] each with dy downwards, or undefined for a letter with an outline of
 * its own. Accents are stored once.
 */
function accentParts(font, index, dx = 0, dy = 0) {
  const glyph = font.glyphs.get(index);
  void glyph.path;
  if (!glyph.isComposite) return [[index, dx, dy]];
  const parts = glyph.components.map((part) => {
    const plain = part.xScale === 1 && part.yScale === 1 && part.scale01 === 0 && part.scale10 === 0;
    return plain && part.matchedPoints === undefined
      ? accentParts(font, part.glyphIndex, dx + part.dx, dy - part.dy)
      : undefined;
  });
  return parts.includes(undefined) ? undefined : parts.flat();
}

/** Compact SVG path: relative, integers, y downwards as in SVG. */
function encode(commands) {
  let path = "";
  let at = [0, 0];
  let start = [0, 0];
  let bounds = { top: -Infinity, bottom: Infinity, right: -Infinity };
  const number = (value) => (value < 0 ? `${value}` : ` ${value}`);
  const numbers = (values) => values.map(number).join("").replace(/^ /, "");
  for (const command of commands) {
    if (command.type === "Z") {
      path += "z";
      at = start;
      continue;
    }
    const to = [Math.round(command.x), -Math.round(command.y)];
    const delta = [to[0] - at[0], to[1] - at[1]];
    bounds = {
      top: Math.max(bounds.top, -to[1]),
      bottom: Math.min(bounds.bottom, -to[1]),
      right: Math.max(bounds.right, to[0]),
    };
    if (command.type === "M") {
      path += `m${numbers(delta)}`;
      start = to;
    } else if (command.type === "L") {
      if (delta[0] === 0 && delta[1] === 0) continue;
      if (delta[1] === 0) path += `h${delta[0]}`;
      else if (delta[0] === 0) path += `v${delta[1]}`;
      else path += `l${numbers(delta)}`;
    } else if (command.type === "Q") {
      const control = [Math.round(command.x1) - at[0], -Math.round(command.y1) - at[1]];
      path += `q${numbers([...control, ...delta])}`;
    } else throw new Error(`unexpected outline command ${command.type}`);
    at = to;
  }
  // Successive commands of one kind need no letter of their own, except that l after m is implied already.
  path = path.replace(
    /([lqhv])([^a-z]+)(?:\1([^a-z]+))+/g,
    (match, letter) =>
      letter +
      match
        .split(letter)
        .slice(1)
        .map((part, i) => (i === 0 || part.startsWith("-") ? part : ` ${part}`))
        .join(""),
  );
  if (path === "") bounds = { top: 0, bottom: 0, right: 0 };
  return { path, bounds };
}

/** One entry: path, advance, height above and depth below the baseline, and how far ink passes the advance. */
function entry({ advance, commands }) {
  const { path, bounds } = encode(commands);
  const width = Math.round(advance);
  return [path, width, bounds.top, -bounds.bottom || 0, Math.max(0, bounds.right - width)];
}

/**
 * Horizontal kerning of the `kern` feature (OpenType GPOS lookups of type 2, also behind extensions of type 9; the
 * parser library reads neither). Returns (left glyph, right glyph) => units.
 */
function kerning(view) {
  const u16 = (at) => view.getUint16(at);
  const i16 = (at) => view.getInt16(at);
  const tables = u16(4);
  let gpos = 0;
  for (let i = 0; i < tables; i++)
    if (view.getUint32(12 + 16 * i) === 0x47504f53) gpos = view.getUint32(12 + 16 * i + 8);
  const features = gpos + u16(gpos + 6);
  const lookups = gpos + u16(gpos + 8);
  const wanted = new Set();
  for (let i = 0; i < u16(features); i++) {
    if (view.getUint32(features + 2 + 6 * i) !== 0x6b65726e) continue;
    const feature = features + u16(features + 2 + 6 * i + 4);
    for (let j = 0; j < u16(feature + 2); j++) wanted.add(u16(feature + 4 + 2 * j));
  }
  const subtables = [];
  for (const index of [...wanted].sort((a, b) => a - b)) {
    const lookup = lookups + u16(lookups + 2 + 2 * index);
    for (let j = 0; j < u16(lookup + 4); j++) {
      let subtable = lookup + u16(lookup + 6 + 2 * j);
      let type = u16(lookup);
      if (type === 9) {
        type = u16(subtable + 2);
        subtable += view.getUint32(subtable + 4);
      }
      if (type === 2) subtables.push(subtable);
    }
  }
  const coverage = (at, glyph) => {
    const count = u16(at + 2);
    for (let i = 0; i < count; i++) {
      if (u16(at) === 1) {
        if (u16(at + 4 + 2 * i) === glyph) return i;
      } else if (glyph >= u16(at + 4 + 6 * i) && glyph <= u16(at + 6 + 6 * i)) {
        return u16(at + 8 + 6 * i) + glyph - u16(at + 4 + 6 * i);
      }
    }
    return -1;
  };
  const classOf = (at, glyph) => {
    if (u16(at) === 1) {
      const offset = glyph - u16(at + 2);
      return offset >= 0 && offset < u16(at + 4) ? u16(at + 6 + 2 * offset) : 0;
    }
    for (let i = 0; i < u16(at + 2); i++)
      if (glyph >= u16(at + 4 + 6 * i) && glyph <= u16(at + 6 + 6 * i)) return u16(at + 8 + 6 * i);
    return 0;
  };
  const words = (format) => [...format.toString(2)].filter((bit) => bit === "1").length;
  /** Offset of XAdvance (bit 4) inside a value record, or -1. */
  const advanceAt = (format) => (format & 4 ? 2 * words(format & 3) : -1);
  return (left, right) => {
    for (const at of subtables) {
      const index = coverage(at + u16(at + 2), left);
      if (index < 0) continue;
      const [first, second] = [u16(at + 4), u16(at + 6)];
      const offset = advanceAt(first);
      if (u16(at) === 1) {
        const set = at + u16(at + 10 + 2 * index);
        const size = 2 + 2 * (words(first) + words(second));
        for (let i = 0; i < u16(set); i++) {
          const record = set + 2 + size * i;
          if (u16(record) === right) return offset < 0 ? 0 : i16(record + 2 + offset);
        }
      } else {
        const size = 2 * (words(first) + words(second));
        const record =
          at + 16 + size * (classOf(at + u16(at + 8), left) * u16(at + 14) + classOf(at + u16(at + 10), right));
        return offset < 0 ? 0 : i16(record + offset);
      }
    }
    return 0;
  };
}

/** left character -> units -> right characters; pairs below 6/1000 em are invisible in print and left out. */
function kerningTable({ font, view }) {
  const pair = kerning(view);
  const table = {};
  for (const left of KERNED) {
    const row = {};
    for (const right of KERNED) {
      const units = pair(font.charToGlyphIndex(left), font.charToGlyphIndex(right));
      if (Math.abs(units) >= 6) row[units] = (row[units] ?? "") + right;
    }
    if (Object.keys(row).length > 0) table[left] = row;
  }
  return table;
}

const fonts = Object.fromEntries(Object.entries(FILES).map(([face, file]) => [face, loadFont(file)]));
const { font } = fonts.regular;
if (font.unitsPerEm !== 1000) throw new Error(`expected an em of 1000 units, found ${font.unitsPerEm}`);
const version = font.names.windows.version.en.replace(/^Version\s*/, "");

const faces = {};
const composites = {};
for (const [face, characters] of Object.entries(CHARACTERS)) {
  const { font } = fonts[face];
  const entries = {};
  for (const c of characters) {
    const index = font.charToGlyphIndex(c);
    const parts = face === "regular" && ACCENTED.includes(c) ? accentParts(font, index) : undefined;
    if (parts === undefined || parts.length === 1) {
      entries[c] = entry(outline(font, c));
      continue;
    }
    composites[c] = [Math.round(font.glyphs.get(index).advanceWidth)];
    for (const [part, dx, dy] of parts) {
      const { name, unicode } = font.glyphs.get(part);
      const key = unicode !== undefined && unicode < 0x250 ? String.fromCodePoint(unicode) : name;
      entries[key] ??= entry(outlineOf(font, part));
      composites[c].push(key, Math.round(dx), Math.round(dy));
    }
  }
  for (const [c, parts] of Object.entries(COMPOSED))
    if (face === "regular" || (face === "bold" && /[∼≈≤≥→]/.test(c))) entries[c] = entry(compose(font, parts));
  faces[face] = entries;
}
const table = (entries, indent) =>
  Object.entries(entries)
    .sort(([a], [b]) => a.codePointAt(0) - b.codePointAt(0) || (a < b ? -1 : 1))
    .map(([c, value]) => `${indent}${JSON.stringify(c)}: ${JSON.stringify(value)},`)
    .join("\n");
const count = Object.values(faces).reduce((sum, entries) => sum + Object.keys(entries).length, 0);

const source = `// Written by scripts/build-glyphs.mjs; do not edit.
// Outlines of ${font.names.windows.fontFamily.en} ${version} (Regular, Italic, Bold).
// ${font.names.windows.copyright.en}
// Licensed under the SIL Open Font License, Version 1.1 (https://openfontlicense.org). Relations and arrows the font
// lacks are composed from its glyphs.

/** [SVG path, advance, height, depth, overhang] in em/1000; the path has y downwards and its origin on the baseline. */
export type GlyphData = readonly [path: string, advance: number, height: number, depth: number, overhang: number];

export const FONT_METRICS = {
  name: ${JSON.stringify(font.names.windows.fontFamily.en)},
  version: ${JSON.stringify(version)},
  unitsPerEm: ${font.unitsPerEm},
  ascender: ${font.ascender},
  descender: ${-font.descender},
  xHeight: ${font.tables.os2.sxHeight},
  capHeight: ${font.tables.os2.sCapHeight},
} as const;

export const GLYPHS: Readonly<Record<"regular" | "italic" | "bold", Readonly<Record<string, GlyphData>>>> = {
${Object.entries(faces)
  .map(([face, entries]) => `  ${face}: {\n${table(entries, "    ")}\n  },`)
  .join("\n")}
};

/** Accented letters of the regular face: advance, then key of a glyph, dx and dy (downwards) for each part. */
export const COMPOSITES: Readonly<Record<string, readonly [advance: number, ...parts: (string | number)[]]>> = {
${table(composites, "  ")}
};

/** left character -> units -> right characters. */
export const KERNING: Readonly<Record<"regular" | "bold", Readonly<Record<string, Readonly<Record<string, string>>>>>> = {
  regular: ${JSON.stringify(kerningTable(fonts.regular))},
  bold: ${JSON.stringify(kerningTable(fonts.bold))},
};
`;
const target = new URL("../src/figures/glyphs.generated.ts", import.meta.url);
if (process.argv.includes("--check")) {
  if (readFileSync(target, "utf8") !== source) {
    process.stderr.write("src/figures/glyphs.generated.ts is not what scripts/build-glyphs.mjs writes: run it\n");
    process.exitCode = 1;
  }
} else {
  writeFileSync(target, source);
  process.stdout.write(`glyphs.generated.ts: ${count} glyphs, ${source.length} characters\n`);
}
