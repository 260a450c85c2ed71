import { describe, expect, it } from "vitest";
import type { RegionResult } from "../../src/analysis/index.ts";
import { figure, levelTints, type Mark, PALETTE, regionFigure, tint, toSvg } from "../../src/figures/index.ts";
import { themed } from "../../src/figures/theme.ts";
import { panelFigure, renderSvg } from "./probe.ts";

const GROUND = "#16181d";

/** Contrast ratio by the definition of WCAG 2.2. */
function contrast(a: string, b: string): number {
  const light = (color: string): number => {
    const [r, g, b2] = [1, 3, 5].map((at) => {
      const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * r + 0.7152 * g + 0.0722 * b2 + 0.05;
  };
  const [p, q] = [light(a), light(b)];
  return Math.max(p, q) / Math.min(p, q);
}

/** Hue in degrees; undefined for greys. */
function hue(color: string): number | undefined {
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16)) as [number, number, number];
  const [high, low] = [Math.max(r, g, b), Math.min(r, g, b)];
  if (high - low < 12) return undefined;
  const sector =
    high === r ? (g - b) / (high - low) : high === g ? 2 + (b - r) / (high - low) : 4 + (r - g) / (high - low);
  return (60 * sector + 360) % 360;
}

describe("dark theme", () => {
  const dark = (color: string, thin = false): string => themed(color, "dark", thin);

  it("turns paper dark and ink light, and leaves the light theme as it is", () => {
    expect(dark("#ffffff")).toBe(GROUND);
    expect(contrast(dark("#000000"), GROUND)).toBeGreaterThan(12);
    for (const color of Object.values(PALETTE)) expect(themed(color, "light", true)).toBe(color);
  });

  it.each(Object.entries(PALETTE).filter(([name]) => name !== "white"))("%s: seen as a line, same hue", (_, color) => {
    const line = dark(color, true);
    expect(contrast(line, GROUND)).toBeGreaterThanOrEqual(3);
    const [before, after] = [hue(color), hue(line)];
    expect(after === undefined).toBe(before === undefined);
    if (before === undefined || after === undefined) return;
    // The ground is a little blue.
    expect(Math.abs(((after - before + 540) % 360) - 180)).toBeLessThan(12);
  });

  it("keeps nested tints in order, from the ground upwards", () => {
    for (const color of ["vermillion", "blue", "green", "black"] as const) {
      const contrasts = levelTints(color, 4).map((one) => contrast(dark(one), GROUND));
      expect(contrasts).toEqual([...contrasts].sort((a, b) => b - a));
      expect(contrasts.at(-1)).toBeGreaterThan(1.2);
    }
    expect(contrast(dark(tint("grey", 0.1)), GROUND)).toBeLessThan(1.5);
  });
});

describe("toSvg for a page", () => {
  const region: Mark = {
    type: "region",
    polygons: [
      {
        outer: [
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 1],
        ],
        holes: [],
        open: false,
      },
    ],
    fill: "blue",
    line: "none",
    label: "$\\xi_V^{e}$",
  };
  const drawn = figure(panelFigure([region], { x: { label: "x", domain: [0, 2] }, y: { label: "y", domain: [0, 2] } }));
  const light = toSvg(drawn);

  it("has the same geometry in both themes: only colours differ", () => {
    const bare = (svg: string): string => svg.replaceAll(/#[0-9a-f]{6}/g, "#");
    const dark = toSvg(drawn, { theme: "dark" });
    expect(dark).not.toBe(light);
    expect(bare(dark)).toBe(bare(light));
    expect(renderSvg(dark)(2, 2)).toBe(GROUND);
    expect(toSvg(drawn, { theme: "light", background: true, responsive: false })).toBe(light);
  });

  it("is transparent, named and without size where asked", () => {
    const svg = toSvg(drawn, { background: false, responsive: true, class: 'wide "one"' });
    const head = svg.slice(0, svg.indexOf(">"));
    expect(head).toMatch(/viewBox="0 0 244\.8 [\d.]+"/);
    expect(head).not.toMatch(/ (width|height)=/);
    expect(head).toContain('class="wide &quot;one&quot;"');
    expect(light.length - toSvg(drawn, { background: false }).length).toBeGreaterThan(20);
    // Nothing painted: resvg leaves transparent black.
    expect(renderSvg(toSvg(drawn, { background: false }))(2, 2)).toBe("#000000");
    expect(renderSvg(light)(2, 2)).toBe("#ffffff");
  });
});

describe("frames", () => {
  it("say where data are: the centre of a marker is where its frame maps it", () => {
    const marker: Mark = { type: "marker", x: 100, y: 0.25, shape: "square", color: "#123456" };
    const spec = panelFigure([marker], {
      x: { label: "x", domain: [10, 10000], scale: "log" },
      y: { label: "y", domain: [0, 1] },
    });
    const drawn = figure({ ...spec, width: 400 });
    expect(drawn.width).toBe(400);
    const [{ box, x, y }] = drawn.frames as [(typeof drawn.frames)[number]];
    expect([x, y]).toEqual([
      { domain: [10, 10000], scale: "log" },
      { domain: [0, 1], scale: "linear" },
    ]);
    // log10(100) is a third of the way from 1 to 4.
    const pixel = renderSvg(toSvg(drawn));
    expect(pixel(box.x + box.width / 3, box.y + 0.75 * box.height)).toBe("#123456");
    expect(pixel(box.x + box.width / 3 + 6, box.y + 0.75 * box.height)).toBe("#ffffff");
  });

  it("have the domain that was chosen for the data and the room of a legend", () => {
    const full: Mark = { type: "steps", edges: [0, 1, 2], values: [10, 10], fill: "sky", label: "everywhere" };
    const drawn = figure(panelFigure([full, { ...full, fill: "blue", label: "again" }]));
    const { box, y } = drawn.frames[0]!;
    const pixel = renderSvg(toSvg(drawn));
    const at = (value: number): string =>
      pixel(box.x + box.width / 2, box.y + (1 - (value - y.domain[0]) / (y.domain[1] - y.domain[0])) * box.height);
    expect([at(9.7), at(10.4)]).toEqual(["#0072b2", "#ffffff"]);
  });
});

describe("rows of different heights", () => {
  const panel = { x: { label: "x", domain: [0, 1] }, y: { label: "y", domain: [0, 1] }, marks: [] } as const;
  const spec = { ...panelFigure([]), panels: [panel, panel, panel], heights: [1, 0.5, 0.25], rowGap: 3 };

  it("are as high as asked, one under another", () => {
    const { frames } = figure(spec);
    expect(frames.map(({ box }) => box.height / frames[0]!.box.height)).toEqual(
      [1, 0.5, 0.25].map((h) => expect.closeTo(h, 12)),
    );
    const bare = figure({
      ...spec,
      panels: [panel, panel, panel].map((one) => ({ ...one, x: { ...one.x, bare: true } })),
    });
    const [first, second] = bare.frames as [(typeof frames)[number], (typeof frames)[number]];
    // Only the gap and half a number stand between.
    expect(second.box.y - first.box.y - first.box.height).toBeLessThan(8);
    expect(second.box.y - first.box.y - first.box.height).toBeGreaterThanOrEqual(3);
  });

  it("refuse heights and widths that are none", () => {
    expect(() => figure({ ...spec, heights: [1, 0] })).toThrow(/heights: must be positive/);
    expect(() => figure({ ...spec, width: Number.NaN })).toThrow(/width: must be a positive number/);
    expect(() => figure({ ...spec, rowGap: -1 })).toThrow(/rowGap/);
  });
});

describe("published claims over areas", () => {
  const result = {
    plane: ["xi_S", "xi_V"],
    window: { xi_S: [-4, 4], xi_V: [-4, 4] },
    minima: [],
    regions: [0.68, 0.9, 0.99].map((cl, k) => ({ cl, deltaChi2: k + 1, dof: 2, area: 1, polygons: [] })),
  } as unknown as RegionResult;
  const names = ["one", "other"];
  const marks = regionFigure([{ result, label: "combined" }], {
    published: names.map((label) => ({ label, box: { x: null, y: [-1, 1] } })),
  }).panels[0]!.marks.filter((mark) => mark.type === "region");
  const claims = marks.flatMap(({ label, line }) =>
    names.includes(label ?? "") && line !== undefined && line !== "none" ? [line] : [],
  );
  const areas = marks.flatMap(({ fill }) => (fill?.startsWith("#") ? [fill] : []));

  it.each(["light", "dark"] as const)("stand out from every one of them: %s", (theme) => {
    expect([claims.length, areas.length]).toEqual([2, 3]);
    for (const { color } of claims) {
      const ink = themed(PALETTE[color as keyof typeof PALETTE], theme, true);
      // WCAG 2.2, 1.4.11.
      for (const area of areas) expect(contrast(ink, themed(area, theme, false))).toBeGreaterThan(3);
    }
  });

  it("differ in their dashes", () => {
    expect(new Set(claims.map(({ dash }) => dash)).size).toBe(2);
  });
});
