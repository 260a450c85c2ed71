import { readdirSync, readFileSync } from "node:fs";
import { inflateSync } from "node:zlib";
import { afterEach, describe, expect, it, vi } from "vitest";
import { figure, type Mark, toPdf } from "../../src/figures/index.ts";
import { toPng } from "../../src/node/png.ts";
import { panelFigure } from "./probe.ts";

const marks: readonly Mark[] = [
  {
    type: "region",
    polygons: [
      {
        outer: [
          [0, 0],
          [4, 0],
          [4, 4],
          [0, 4],
        ],
        holes: [
          [
            [1, 1],
            [1, 2],
            [2, 2],
            [2, 1],
          ],
        ],
        open: false,
      },
    ],
    fill: "sky",
    opacity: 0.5,
    label: "90\\,\\% CL",
  },
  { type: "line", x: [0, 4], y: [0, 4], line: { color: "vermillion", dash: "dashdot" }, label: "$\\xi_V$" },
];
const drawn = figure(panelFigure(marks));

/** Bytes at two moments years apart. */
async function twice(bytes: () => Uint8Array | Promise<Uint8Array>): Promise<[Uint8Array, Uint8Array]> {
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime(new Date("2018-06-19T12:00:00Z"));
  const first = await bytes();
  vi.setSystemTime(new Date("2031-01-02T03:04:05Z"));
  return [first, await bytes()];
}

afterEach(() => {
  vi.useRealTimers();
});

describe("toPdf", () => {
  it("is one vector page of the figure's size, with its title and without fonts", async () => {
    const bytes = toPdf(drawn);
    const file = Buffer.from(bytes).toString("latin1");
    expect(file.startsWith("%PDF-1.")).toBe(true);
    expect(file.trimEnd().endsWith("%%EOF")).toBe(true);
    const media = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(file)!;
    expect(Number(media[1])).toBeCloseTo(244.8, 3);
    expect(Number(media[2])).toBeCloseTo(drawn.height, 3);
    expect(file).toMatch(/\/Title (\(A probe\)|\d+ 0 R)/);
    expect(file).toContain("(A probe)");
    expect(file).toContain("(D:19700101000000Z)");
    expect(file).not.toMatch(/\/BaseFont|\/FontFile|\/Image\b/);
  });

  it("fills with the even-odd rule, clips to the frame and dashes", async () => {
    const file = Buffer.from(toPdf(drawn)).toString("latin1");
    const streams = [...file.matchAll(/FlateDecode[\s\S]*?stream\n([\s\S]*?)\nendstream/g)];
    const content = streams.map((match) => inflateSync(Buffer.from(match[1]!, "latin1")).toString("latin1")).join("\n");
    expect(content).toMatch(/\bf\*|\bB\*/);
    expect(content).toMatch(/\bW n/);
    expect(content).toMatch(/\[5 1\.8 1\.1 1\.8\] 0 d/);
    expect(content).not.toMatch(/NaN|undefined/);
  });

  it("gives the same bytes at any time", async () => {
    const [first, second] = await twice(() => toPdf(drawn));
    expect(Buffer.compare(first, second)).toBe(0);
  });
});

describe("toPng", () => {
  it("is a PNG of 300 dpi at print size that says so", () => {
    const png = Buffer.from(toPng(drawn));
    expect([...png.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    expect(png.readUInt32BE(16)).toBe(1020);
    // 300 dots per inch are 11811 per metre (PNG specification, pHYs).
    expect(png.toString("latin1", 37, 41)).toBe("pHYs");
    expect(png.readUInt32BE(41)).toBe(11811);
    expect(png[49]).toBe(1);
    expect(Buffer.from(toPng(drawn, { dpi: 100 })).readUInt32BE(16)).toBe(340);
  });

  it("ends its resolution chunk with the right checksum", () => {
    // CRC-32 of "pHYs", 11811, 11811, 1 from Python: zlib.crc32(b"pHYs" + struct.pack(">IIB", 11811, 11811, 1)).
    expect(Buffer.from(toPng(drawn)).readUInt32BE(50)).toBe(0x78a53f76);
  });

  it("gives the same bytes at any time", async () => {
    const [first, second] = await twice(() => toPng(drawn));
    expect(Buffer.compare(first, second)).toBe(0);
  });
});

describe("src/figures", () => {
  it("needs neither Node nor a page, clock or chance", () => {
    const folder = new URL("../../src/figures/", import.meta.url);
    const names = readdirSync(folder, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith(".ts"));
    expect(names.length).toBeGreaterThan(15);
    for (const name of names) {
      const source = readFileSync(new URL(name, folder), "utf8");
      const imports = [...source.matchAll(/from "([^"]+)"/g)].map((match) => match[1]!);
      for (const from of imports) expect(from, name).toMatch(/^\.{1,2}\/|^d3-(scale|format)$|^fflate$/);
      expect(source, name).not.toMatch(/\bnew Date\b|Date\.now|Math\.random|\bdocument\b\.|\bprocess\.|\bBuffer\b/);
    }
  });
});
