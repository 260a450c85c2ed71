// Small PNG files: a palette of at most 256 colours (PNG specification, colour type 3).
import { deflateSync } from "node:zlib";

/**
 * @param image `width`, `height` and `pixels`, four bytes each (red, green, blue, alpha), opaque
 * @returns bytes of the file; colours are rounded to as many bits as leave no more than 256 of them
 */
export function indexedPng({ width, height, pixels }) {
  for (const bits of [8, 6, 5, 4, 3]) {
    const palette = new Map();
    const rows = Buffer.alloc(height * (width + 1));
    for (let y = 0; y < height; y++) {
      // The first byte of a row names its filter: 0, as values of a palette do not predict each other.
      for (let x = 0; x < width; x++) {
        const at = 4 * (y * width + x);
        const color = [0, 1, 2].map((channel) => rounded(pixels[at + channel], bits)).join();
        if (!palette.has(color)) palette.set(color, palette.size);
        rows[y * (width + 1) + 1 + x] = palette.get(color);
      }
    }
    if (palette.size <= 256) return file(width, height, [...palette.keys()], rows);
  }
  throw new Error("more than 256 colours of three bits");
}

function rounded(value, bits) {
  const levels = 2 ** bits - 1;
  return Math.round((Math.round((value / 255) * levels) * 255) / levels);
}

function file(width, height, colors, rows) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // Eight bits, colour type 3.
  head.set([8, 3], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", head),
    chunk("PLTE", Buffer.from(colors.flatMap((color) => color.split(",").map(Number)))),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type, data) {
  const bytes = Buffer.alloc(data.length + 12);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, "latin1");
  data.copy(bytes, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, data.length + 8)), data.length + 8);
  return bytes;
}

/** CRC-32 of ISO 3309. */
function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
