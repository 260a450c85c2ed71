/** Files into the reader's hands, in the page's thread. */

import type { TakenAway } from "../desk/take-away.ts";

/** How long a browser may take to begin a download, in milliseconds. */
const PATIENCE = 60_000;

/** Save a file under its name. */
export function saveFile({ name, type, content }: TakenAway): void {
  saveBlob(name, new Blob([typeof content === "string" ? content : new Uint8Array(content)], { type }));
}

export function saveBlob(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), PATIENCE);
}

/** Of a printed picture: browsers show 96 pixels to the inch. */
const DOTS_PER_INCH = 300;
const SCALE = DOTS_PER_INCH / 96;

/**
 * A picture of pixels, 300 to the inch.
 * @param svg with width and height
 * @throws Error where the browser does not draw it
 */
export async function pngOf(svg: string): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(SCALE * image.naturalWidth);
    canvas.height = Math.round(SCALE * image.naturalHeight);
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("this browser draws no pictures of pixels: take the SVG or the PDF");
    context.fillStyle = "#ffffff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
    if (blob === null) throw new Error("the picture is too large for this browser: take the SVG or the PDF");
    return blob;
  } finally {
    URL.revokeObjectURL(address);
  }
}
