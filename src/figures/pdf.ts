/**
 * Figures as vector PDF (ISO 32000-1, version 1.4): one page of filled and stroked paths, text as outlines. No fonts and
 * no pictures, so that a file needs four objects besides the page; the same code serves Node and a page.
 */
import { zlibSync } from "fflate";
import type { Figure } from "./figure.ts";
import { glyphOf } from "./font.ts";
import { decimal, rectangle } from "./path.ts";
import { pathOperators } from "./pdf-path.ts";
import type { Paint, SceneNode } from "./scene.ts";

/** No clock: two runs give the same bytes. */
const CREATED = "D:19700101000000Z";

/**
 * One-page PDF of a figure's own size, all vector, text as outlines.
 * @returns bytes of the file; the same figure gives the same bytes, in Node and in a page
 */
export function toPdf(figure: Figure): Uint8Array {
  const opacities = new Set<number>();
  // PDF counts upwards from the lower left corner.
  const content = `1 0 0 -1 0 ${decimal(figure.height, 4)} cm\n${figure.children.map((node) => draw(node, opacities)).join("")}`;
  const size = `${decimal(figure.width, 4)} ${decimal(figure.height, 4)}`;
  const states = [...opacities].map((value) => `/${stateName(value)} << /ca ${decimal(value, 4)} >>`);
  return file([
    dictionary("/Type /Catalog /Pages 2 0 R /Lang (en) /ViewerPreferences << /DisplayDocTitle true >>"),
    dictionary("/Type /Pages /Kids [3 0 R] /Count 1"),
    dictionary(
      `/Type /Page /Parent 2 0 R /MediaBox [0 0 ${size}] /Contents 4 0 R`,
      `/Resources << /ExtGState << ${states.join(" ")} >> >>`,
      // The colour space in which what is half transparent is mixed.
      "/Group << /Type /Group /S /Transparency /CS /DeviceRGB >>",
    ),
    stream(content),
    dictionary(
      `/Title ${text(figure.title)} /Subject ${text(figure.description)}`,
      `/Creator (nurecoil) /Producer (nurecoil) /CreationDate (${CREATED})`,
    ),
  ]);
}

/** Operators of a node; the graphics state is as it was after them. */
function draw(node: SceneNode, opacities: Set<number>): string {
  if (node.type === "path") {
    const path = pathOperators(node.d);
    return path === "" ? "" : saved(paintState(node.paint, opacities) + path + paintOperator(node.paint));
  }
  if (node.type === "group") {
    const clip = node.clip === undefined ? "" : `${pathOperators(rectangle(node.clip))}W n\n`;
    const children = node.children.map((child) => draw(child, opacities)).join("");
    return saved(moved(node.translate) + turned(node.rotate) + clip + children);
  }
  const glyphs = node.label.glyphs.flatMap(({ face, character, size, x, y }) => {
    const path = glyphOf(face, character)?.path;
    if (path === undefined || path === "") return [];
    // Outlines are in thousandths of the em: whole ones are finer than any printer.
    const scale = decimal(size / 1000, 6);
    return [saved(`${scale} 0 0 ${scale} ${decimal(x, 4)} ${decimal(y, 4)} cm\n${pathOperators(path, 0)}f\n`)];
  });
  const rules = node.label.rules.map((rule) => `${pathOperators(rectangle(rule))}f\n`);
  return saved(`${moved([node.x, node.y])}${color(node.color, "rg")}${glyphs.join("")}${rules.join("")}`);
}

function saved(operators: string): string {
  return `q\n${operators}Q\n`;
}

function moved(translate: readonly [number, number] | undefined): string {
  return translate === undefined ? "" : `1 0 0 1 ${decimal(translate[0], 4)} ${decimal(translate[1], 4)} cm\n`;
}

/** @param degrees clockwise as seen, which is the positive sense where y points down */
function turned(degrees: number | undefined): string {
  if (degrees === undefined) return "";
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [decimal(Math.cos(angle), 6), decimal(Math.sin(angle), 6)];
  return `${cos} ${sin} ${decimal(-Math.sin(angle), 6)} ${cos} 0 0 cm\n`;
}

function paintState(
  { fill, fillOpacity, stroke, strokeWidth, dash, cap, join }: Paint,
  opacities: Set<number>,
): string {
  let state = "";
  if (stroke !== undefined) {
    state += `${color(stroke, "RG")}${decimal(strokeWidth ?? 1, 4)} w\n`;
    if (cap === "round") state += "1 J\n";
    if (join === "round") state += "1 j\n";
    if (dash !== undefined && dash.length > 0) state += `[${dash.map((one) => decimal(one, 4)).join(" ")}] 0 d\n`;
  }
  if (fill !== undefined) {
    state += color(fill, "rg");
    if (fillOpacity !== undefined && fillOpacity !== 1) {
      opacities.add(fillOpacity);
      state += `/${stateName(fillOpacity)} gs\n`;
    }
  }
  return state;
}

function paintOperator({ fill, fillRule, stroke }: Paint): string {
  const rule = fillRule === "evenodd" ? "*" : "";
  if (fill !== undefined) return stroke === undefined ? `f${rule}\n` : `B${rule}\n`;
  return stroke === undefined ? "n\n" : "S\n";
}

/** @param color #rrggbb @param operator rg fills, RG strokes */
function color(color: string, operator: "rg" | "RG"): string {
  const parts = [1, 3, 5].map((at) => decimal(Number.parseInt(color.slice(at, at + 2), 16) / 255, 4));
  return `${parts.join(" ")} ${operator}\n`;
}

function stateName(opacity: number): string {
  return `O${Math.round(1e4 * opacity)}`;
}

function dictionary(...entries: readonly string[]): Uint8Array {
  return ascii(`<< ${entries.join(" ")} >>`);
}

function stream(content: string): Uint8Array {
  const data = zlibSync(ascii(content), { level: 9 });
  return joined([ascii(`<< /Length ${data.length} /Filter /FlateDecode >>\nstream\n`), data, ascii("\nendstream")]);
}

/** A text string: ASCII as it is, anything else in UTF-16 (7.9.2.2). */
function text(value: string): string {
  if (/^[\x20-\x7e]*$/.test(value)) return `(${value.replace(/[\\()]/g, "\\$&")})`;
  const units = Array.from({ length: value.length }, (_, i) => value.charCodeAt(i).toString(16).padStart(4, "0"));
  return `<feff${units.join("")}>`;
}

/** Objects 1, 2, ... with the table of where they begin; the first is the catalog, the last the information. */
function file(objects: readonly Uint8Array[]): Uint8Array {
  // Bytes beyond 127 after the header tell programs that the file is binary (7.5.2).
  const parts: Uint8Array[] = [ascii("%PDF-1.4\n%"), Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x0a)];
  let offset = parts.reduce((sum, part) => sum + part.length, 0);
  const entries = objects.map((object, i) => {
    const part = joined([ascii(`${i + 1} 0 obj\n`), object, ascii("\nendobj\n")]);
    const start = offset;
    parts.push(part);
    offset += part.length;
    return `${String(start).padStart(10, "0")} 00000 n \n`;
  });
  const count = objects.length + 1;
  return joined([
    ...parts,
    ascii(`xref\n0 ${count}\n0000000000 65535 f \n${entries.join("")}`),
    ascii(`trailer\n<< /Size ${count} /Root 1 0 R /Info ${objects.length} 0 R >>\nstartxref\n${offset}\n%%EOF\n`),
  ]);
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
