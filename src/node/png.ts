/** Figures as PNG. */
import { Resvg } from "@resvg/resvg-js";
import type { Figure } from "../figures/index.ts";
import { toSvg } from "../figures/index.ts";
import { POINTS_PER_INCH } from "../figures/style.ts";

/** What journals ask for in combined line and tone art at final size, and enough for the screen. */
const PRINT_DPI = 300;
const METRES_PER_INCH = 0.0254;

/**
 * Raster of a figure at its print size, on white, with the resolution written into the file.
 * @param options.dpi pixels per inch, > 0; default 300
 * @returns bytes of the PNG file; the same figure gives the same bytes
 */
export function toPng(figure: Figure, options: { readonly dpi?: number } = {}): Uint8Array {
  const dpi = options.dpi ?? PRINT_DPI;
  const image = new Resvg(toSvg(figure), {
    fitTo: { mode: "width", value: Math.round((figure.width / POINTS_PER_INCH) * dpi) },
    background: "#ffffff",
    font: { loadSystemFonts: false },
  }).render();
  return withResolution(image.asPng(), dpi);
}

/** Adds the chunk pHYs, from which LaTeX and word processors take the size on the page (PNG specification, 11.3.4.3). */
function withResolution(png: Uint8Array, dpi: number): Uint8Array {
  const chunk = new Uint8Array(21);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, 9);
  chunk.set(new TextEncoder().encode("pHYs"), 4);
  const perMetre = Math.round(dpi / METRES_PER_INCH);
  view.setUint32(8, perMetre);
  view.setUint32(12, perMetre);
  chunk[16] = 1;
  view.setUint32(17, crc32(chunk.subarray(4, 17)));
  // After the signature (8 bytes) and IHDR (25 bytes), which comes first in every file.
  const head = 33;
  const bytes = new Uint8Array(png.length + chunk.length);
  bytes.set(png.subarray(0, head), 0);
  bytes.set(chunk, head);
  bytes.set(png.subarray(head), head + chunk.length);
  return bytes;
}

/** CRC-32 of ISO 3309, as PNG chunks end with. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
