/** A scene as SVG: the same bytes for the same scene, no fonts, no clock, no random ids. */
import { glyphOf } from "./font.ts";
import { decimal, rectangle } from "./path.ts";
import type { Paint, Scene, SceneNode } from "./scene.ts";
import { POINTS_PER_INCH } from "./style.ts";
import { type Theme, themed } from "./theme.ts";
import type { Label, PlacedGlyph } from "./typeset.ts";

/** Paths met while writing, of glyphs and of clip rectangles, with their ids: numbered in order of appearance. */
interface Definitions {
  readonly prefix: string;
  readonly glyphs: Map<string, string>;
  readonly clips: Map<string, string>;
  /** Colours of the theme. */
  readonly area: (color: string) => string;
  readonly thin: (color: string) => string;
  /** In a page the drawing is one picture with a title; a label inside it is nothing of its own. */
  readonly spoken: boolean;
}

export interface SvgOptions {
  /** `dark`: the same drawing for a dark page. Default `light`, as printed. */
  readonly theme?: Theme;
  /** Whether the ground is painted; default true. */
  readonly background?: boolean;
  /** Without width and height, to fill its container by the viewBox; default false. */
  readonly responsive?: boolean;
  /** Class of the svg element. */
  readonly class?: string;
}

/**
 * SVG text of a figure, sized in inches for print, with a white ground.
 * @param figure what figure() returned
 * @param options for a page: theme, transparent ground, size of the container
 * @returns an XML document without declaration, fit to be put into HTML as it is
 */
export function toSvg(figure: Scene, options: SvgOptions = {}): string {
  const { id, width, height } = figure;
  const { theme = "light", background = true, responsive = false } = options;
  const definitions: Definitions = {
    prefix: id,
    glyphs: new Map(),
    clips: new Map(),
    area: remembered((color) => themed(color, theme, false)),
    thin: remembered((color) => themed(color, theme, true)),
    spoken: !responsive,
  };
  const body = figure.children.map((node) => nodeSvg(node, definitions)).join("\n");
  const inches = (points: number): string => decimal(points / POINTS_PER_INCH, 4);
  const size = responsive ? "" : `width="${inches(width)}in" height="${inches(height)}in" `;
  const named = options.class === undefined ? "" : ` class="${escapeXml(options.class)}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" id="${id}"${named} role="img" aria-labelledby="${id}-title ${id}-desc" ` +
      `${size}viewBox="0 0 ${decimal(width)} ${decimal(height)}">`,
    `<title id="${id}-title">${escapeXml(figure.title)}</title>`,
    `<desc id="${id}-desc">${escapeXml(figure.description)}</desc>`,
    "<defs>",
    ...[...definitions.glyphs].map(([path, glyph]) => `<path id="${glyph}" d="${path}"/>`),
    ...[...definitions.clips].map(([path, clip]) => `<clipPath id="${clip}"><path d="${path}"/></clipPath>`),
    "</defs>",
    ...(background
      ? [`<path fill="${definitions.area("#ffffff")}" d="${rectangle({ x: 0, y: 0, width, height })}"/>`]
      : []),
    body,
    "</svg>\n",
  ].join("\n");
}

function remembered(of: (color: string) => string): (color: string) => string {
  const known = new Map<string, string>();
  return (color) => {
    const found = known.get(color) ?? of(color);
    known.set(color, found);
    return found;
  };
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

function nodeSvg(node: SceneNode, definitions: Definitions): string {
  if (node.type === "path") return node.d === "" ? "" : `<path${paint(node.paint, definitions)} d="${node.d}"/>`;
  if (node.type === "label") return labelSvg(node.label, node.x, node.y, node.color, definitions);
  const { translate, rotate, clip, name } = node;
  const moves = [
    translate === undefined ? "" : `translate(${decimal(translate[0])} ${decimal(translate[1])})`,
    rotate === undefined ? "" : `rotate(${decimal(rotate)})`,
  ].filter((move) => move !== "");
  const attributes = [
    name === undefined ? "" : ` data-part="${escapeXml(name)}"`,
    moves.length === 0 ? "" : ` transform="${moves.join(" ")}"`,
    clip === undefined
      ? ""
      : ` clip-path="url(#${numbered(definitions.clips, rectangle(clip), `${definitions.prefix}-c`)})"`,
  ];
  const children = node.children.map((child) => nodeSvg(child, definitions)).filter((child) => child !== "");
  return children.length === 0 ? "" : `<g${attributes.join("")}>\n${children.join("\n")}\n</g>`;
}

function paint(
  { fill, fillOpacity, fillRule, stroke, strokeWidth, dash, cap, join }: Paint,
  { area, thin }: Definitions,
): string {
  let text = ` fill="${fill === undefined ? "none" : area(fill)}"`;
  if (fillOpacity !== undefined && fillOpacity !== 1) text += ` fill-opacity="${decimal(fillOpacity, 3)}"`;
  if (fillRule === "evenodd") text += ' fill-rule="evenodd"';
  if (stroke === undefined) return text;
  text += ` stroke="${thin(stroke)}" stroke-width="${decimal(strokeWidth ?? 1)}"`;
  if (dash !== undefined && dash.length > 0)
    text += ` stroke-dasharray="${dash.map((length) => decimal(length)).join(" ")}"`;
  if (cap === "round") text += ' stroke-linecap="round"';
  if (join === "round") text += ' stroke-linejoin="round"';
  return text;
}

/** Glyphs are defined once on the em grid and used; one group per size and baseline. */
function labelSvg(label: Label, x: number, y: number, color: string, definitions: Definitions): string {
  const runs: PlacedGlyph[][] = [];
  for (const glyph of label.glyphs) {
    const run = runs.at(-1);
    const first = run?.[0];
    if (run !== undefined && first !== undefined && first.size === glyph.size && first.y === glyph.y) run.push(glyph);
    else runs.push([glyph]);
  }
  const parts = runs.map((run) => {
    const { size, y: dy } = run[0]!;
    const uses = run.map((glyph) => {
      const units = Math.round((glyph.x / size) * 1000);
      return `<use href="#${glyphId(glyph, definitions)}"${units === 0 ? "" : ` x="${units}"`}/>`;
    });
    const shift = dy === 0 ? "" : `translate(0 ${decimal(dy, 3)}) `;
    return `<g transform="${shift}scale(${decimal(size / 1000, 6)})">${uses.join("")}</g>`;
  });
  const rules = label.rules.map((rule) => `<path d="${rectangle(rule)}"/>`);
  const inner = [...parts, ...rules].join("");
  // Nothing to read, nothing to name.
  if (label.text === "") return "";
  return `<g ${definitions.spoken ? "aria-label" : "data-text"}="${escapeXml(label.text)}" fill="${definitions.thin(color)}" transform="translate(${decimal(x)} ${decimal(y)})">${inner}</g>`;
}

function glyphId({ face, character }: PlacedGlyph, { prefix, glyphs }: Definitions): string {
  const path = glyphOf(face, character)?.path ?? "";
  return numbered(glyphs, path, `${prefix}-g`);
}

function numbered(ids: Map<string, string>, key: string, prefix: string): string {
  const id = ids.get(key) ?? `${prefix}${ids.size + 1}`;
  ids.set(key, id);
  return id;
}
