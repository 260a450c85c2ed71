/** Looks into drawn figures: pixels by an independent renderer, frames and labels by the scene. */
import { Resvg } from "@resvg/resvg-js";
import type { Figure, FigureSpec, Label, Mark, PanelSpec, Rect, SceneNode } from "../../src/figures/index.ts";

/** A figure of one panel around marks. */
export function panelFigure(marks: readonly Mark[], panel: Partial<PanelSpec> = {}): FigureSpec {
  return {
    id: "probe",
    title: "A probe",
    description: "Made up to be looked into",
    width: "single",
    panels: [{ x: { label: "$x$" }, y: { label: "$y$" }, marks, ...panel }],
    source: "nurecoil test",
  };
}

/** Frames of the panels, read off the clip rectangles in order. */
export function framesOf(svg: string): Rect[] {
  return [...svg.matchAll(/<clipPath[^>]*><path d="M([\d.]+) ([\d.]+)H([\d.]+)V([\d.]+)H/g)].map((match) => {
    const [x, y, right, bottom] = match.slice(1).map(Number) as [number, number, number, number];
    return { x, y, width: right - x, height: bottom - y };
  });
}

export type Probe = (xPt: number, yPt: number) => string;

/** Colour of the rendered picture at a place given in pt, as #rrggbb. Throws where the SVG is not well-formed. */
export function renderSvg(svg: string): Probe {
  const scale = 4;
  const image = new Resvg(svg, {
    fitTo: { mode: "zoom", value: (scale * 72) / 96 },
    font: { loadSystemFonts: false },
  }).render();
  const { pixels, width } = image;
  return (x, y) => {
    const at = 4 * (Math.floor(y * scale) * width + Math.floor(x * scale));
    return `#${[0, 1, 2].map((channel) => (pixels[at + channel] as number).toString(16).padStart(2, "0")).join("")}`;
  };
}

/** Every label of a scene with its place on the page (turned groups left out). */
export function labelsOf(figure: Figure, part?: string): { label: Label; x: number; y: number }[] {
  const found: { label: Label; x: number; y: number }[] = [];
  const walk = (nodes: readonly SceneNode[], dx: number, dy: number, inside: boolean): void => {
    for (const node of nodes) {
      if (node.type === "label" && inside) found.push({ label: node.label, x: node.x + dx, y: node.y + dy });
      if (node.type !== "group" || node.rotate !== undefined) continue;
      const [tx, ty] = node.translate ?? [0, 0];
      walk(node.children, dx + tx, dy + ty, inside || node.name === part);
    }
  };
  walk(figure.children, 0, 0, part === undefined);
  return found;
}

/** Box around labels. */
export function boxOf(labels: readonly { label: Label; x: number; y: number }[]): Rect {
  const left = Math.min(...labels.map(({ x }) => x));
  const right = Math.max(...labels.map(({ x, label }) => x + label.width));
  const top = Math.min(...labels.map(({ y, label }) => y - label.ascent));
  const bottom = Math.max(...labels.map(({ y, label }) => y + label.descent));
  return { x: left, y: top, width: right - left, height: bottom - top };
}

export function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
