import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { PNG } from "pngjs";
import { afterAll, describe, expect, it } from "vitest";
import { figure, type Mark, toPdf } from "../../src/figures/index.ts";
import { pathOperators } from "../../src/figures/pdf-path.ts";
import { toPng } from "../../src/node/index.ts";
import { panelFigure } from "./probe.ts";

const folder = mkdtempSync(join(tmpdir(), "nurecoil-pdf-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const square = (low: number, high: number): [number, number][] => [
  [low, low],
  [high, low],
  [high, high],
  [low, high],
];
const marks: readonly Mark[] = [
  {
    type: "region",
    polygons: [{ outer: square(0, 4), holes: [square(1, 2).reverse()], open: false }],
    fill: "sky",
    opacity: 0.5,
    label: "90\\,\\% CL",
  },
  { type: "line", x: [0, 4], y: [0, 4], line: { color: "vermillion", dash: "dashdot" }, label: "$\\xi_V^{e}$" },
  { type: "points", x: [1, 3], y: [3, 1], yErr: [0.4, 0.2], label: "data" },
];
const drawn = figure(panelFigure(marks));

function latin(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}

describe("pathOperators", () => {
  it("draws lines, absolute and relative alike", () => {
    const expected = "1 2 m\n3 4 l\n5 4 l\n5 6 l\nh\n2 3 l\n";
    expect(pathOperators("M1 2L3 4H5V6ZL2 3")).toBe(expected);
    // After the end of a path the pen is where it began.
    expect(pathOperators("m1 2l2 2h2v2zl1 1")).toBe(expected);
  });

  it("repeats a command for further numbers, moves as lines", () => {
    expect(pathOperators("M0 0 1 1-2-2.5L3 3 4 4")).toBe("0 0 m\n1 1 l\n-2 -2.5 l\n3 3 l\n4 4 l\n");
  });

  it("turns a quadratic curve into the cubic one of the same points", () => {
    // At the middle a quadratic curve is (start + 2 control + end)/4: (3, 3) for these points; so must the cubic one be.
    const [, x1, y1, x2, y2, x, y] = /\n(\S+) (\S+) (\S+) (\S+) (\S+) (\S+) c/
      .exec(pathOperators("M0 0Q3 6 6 0"))!
      .map(Number) as [number, number, number, number, number, number, number];
    expect([(3 * x1 + 3 * x2 + x) / 8, (3 * y1 + 3 * y2 + y) / 8]).toEqual([3, 3]);
    expect(pathOperators("M1 1c1 0 2 1 2 2")).toBe("1 1 m\n2 1 3 2 3 3 c\n");
  });

  it("refuses what it cannot draw", () => {
    for (const path of ["A1 1 0 0 0 2 2", "M1", "L1 2 3", "M0 0Z1 1", "1 2"])
      expect(() => pathOperators(path)).toThrow();
    expect(pathOperators("")).toBe("");
  });
});

describe("toPdf", () => {
  it("has a table that leads to every object, and the length of its stream", () => {
    const bytes = toPdf(drawn);
    const file = latin(bytes);
    const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(file)![1]);
    const lines = file.slice(start).split("\n");
    expect(lines[0]).toBe("xref");
    const count = Number(lines[1]!.split(" ")[1]);
    expect(file.match(/^\d+ 0 obj$/gm)).toHaveLength(count - 1);
    for (let k = 1; k < count; k++) {
      const entry = lines[2 + k]!;
      // Entries are 20 bytes with their end of line (ISO 32000-1, 7.5.4).
      expect(entry).toMatch(/^\d{10} 00000 n $/);
      expect(file.slice(Number(entry.slice(0, 10))).startsWith(`${k} 0 obj\n`)).toBe(true);
    }
    const [, length, data] = /\/Length (\d+) [^\n]*\nstream\n([\s\S]*?)\nendstream/.exec(file)!;
    expect(data).toHaveLength(Number(length));
    const content = inflateSync(Buffer.from(data!, "latin1")).toString("latin1");
    // Every state that is saved is restored.
    expect(content.match(/^q$/gm)!.length).toBe(content.match(/^Q$/gm)!.length);
    expect(content).toContain("/O5000 gs");
    expect(file).toContain("/O5000 << /ca 0.5 >>");
  });

  it("writes titles of any letters", () => {
    const file = latin(toPdf({ ...drawn, title: "ξ (a)", description: "a (b) \\c" }));
    // UTF-16BE after its byte order mark: ξ is U+03BE.
    expect(file).toContain("/Title <feff03be0020002800610029>");
    expect(file).toContain("/Subject (a \\(b\\) \\\\c)");
  });

  const poppler = spawnSync("pdftoppm", ["-v"]).error === undefined;
  it.skipIf(!poppler)("shows what the PNG shows (needs pdftoppm)", () => {
    const dpi = 200;
    const path = join(folder, "figure.pdf");
    writeFileSync(path, toPdf(drawn));
    const args = ["-r", String(dpi), "-png", "-singlefile", path];
    const { status, stdout, stderr } = spawnSync("pdftoppm", args, { maxBuffer: 2 ** 26 });
    expect({ status, stderr: String(stderr) }).toEqual({ status: 0, stderr: "" });
    const [page, picture] = [PNG.sync.read(stdout), PNG.sync.read(Buffer.from(toPng(drawn, { dpi })))];
    const [width, height] = [Math.min(page.width, picture.width), Math.min(page.height, picture.height)];
    // Renderers round the size of a page to either side.
    for (const [a, b] of [[page.width, picture.width] as const, [page.height, picture.height] as const])
      expect(Math.abs(a - b)).toBeLessThanOrEqual(1);
    let [far, ink] = [0, 0];
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const at = (image: PNG, channel: number): number => image.data[4 * (y * image.width + x) + channel]!;
        const apart = Math.max(...[0, 1, 2].map((channel) => Math.abs(at(page, channel) - at(picture, channel))));
        if (Math.min(...[0, 1, 2].map((channel) => at(picture, channel))) < 250) ink++;
        if (apart > 96) far++;
      }
    // Edges are smoothed differently: pixels that differ by more than a third of the scale are few.
    expect(ink).toBeGreaterThan(0.1 * width * height);
    expect(far).toBeLessThan(0.01 * width * height);
  });
});
