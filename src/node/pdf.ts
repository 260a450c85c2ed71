/** Figures as vector PDF. */
import PDFDocument from "pdfkit";
import { glyphOf } from "../figures/font.ts";
import type { Figure, Paint, SceneNode } from "../figures/index.ts";
import { rectangle } from "../figures/path.ts";

/** No clock: two runs give the same bytes. */
const CREATED = new Date(0);

/**
 * One-page PDF of a figure's own size, all vector, text as outlines.
 * @returns bytes of the file; the same figure gives the same bytes
 */
export async function toPdf(figure: Figure): Promise<Uint8Array> {
  const document = new PDFDocument({
    size: [figure.width, figure.height],
    margin: 0,
    // Opacity needs 1.4.
    pdfVersion: "1.4",
    info: {
      Title: figure.title,
      Subject: figure.description,
      Producer: "nurecoil",
      Creator: "nurecoil",
      CreationDate: CREATED,
    },
    displayTitle: true,
    lang: "en",
  });
  const chunks: Uint8Array[] = [];
  const done = new Promise<void>((resolve, reject) => {
    document.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    document.on("end", () => resolve());
    document.on("error", reject);
  });
  for (const node of figure.children) draw(document, node);
  document.end();
  await done;
  return new Uint8Array(Buffer.concat(chunks));
}

type Pdf = InstanceType<typeof PDFDocument>;

function draw(document: Pdf, node: SceneNode): void {
  if (node.type === "path") {
    if (node.d === "") return;
    document.save();
    document.path(node.d);
    paint(document, node.paint);
    document.restore();
    return;
  }
  document.save();
  if (node.type === "group") {
    if (node.translate !== undefined) document.translate(node.translate[0], node.translate[1]);
    if (node.rotate !== undefined) document.rotate(node.rotate);
    if (node.clip !== undefined) document.path(rectangle(node.clip)).clip();
    for (const child of node.children) draw(document, child);
  } else {
    document.translate(node.x, node.y);
    for (const glyph of node.label.glyphs) {
      const path = glyphOf(glyph.face, glyph.character)?.path;
      if (path === undefined || path === "") continue;
      const scale = glyph.size / 1000;
      document.save();
      document.transform(scale, 0, 0, scale, glyph.x, glyph.y);
      document.path(path).fill(node.color);
      document.restore();
    }
    for (const rule of node.label.rules) document.path(rectangle(rule)).fill(node.color);
  }
  document.restore();
}

function paint(document: Pdf, { fill, fillOpacity, fillRule, stroke, strokeWidth, dash, cap, join }: Paint): void {
  if (stroke !== undefined) {
    document.lineWidth(strokeWidth ?? 1);
    document.lineCap(cap ?? "butt");
    document.lineJoin(join ?? "miter");
    if (dash !== undefined && dash.length > 0) document.addContent(`[${dash.join(" ")}] 0 d`);
  }
  if (fill !== undefined && fillOpacity !== undefined && fillOpacity !== 1) document.fillOpacity(fillOpacity);
  const rule = fillRule === "evenodd" ? "even-odd" : "non-zero";
  if (fill !== undefined && stroke !== undefined) document.fillAndStroke(fill, stroke, rule);
  else if (fill !== undefined) document.fill(fill, rule);
  else if (stroke !== undefined) document.stroke(stroke);
}
