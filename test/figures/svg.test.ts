import { describe, expect, it } from "vitest";
import { figure, type Mark, stackedSteps, toSvg } from "../../src/figures/index.ts";
import { drawRegion } from "../../src/figures/marks/region.ts";
import { scaleOf } from "../../src/figures/scale.ts";
import { framesOf, panelFigure, renderSvg } from "./probe.ts";

const histogram: Mark = { type: "steps", edges: [0, 1, 2, 3], values: [2, 4, 1], label: "$\\bar{\\nu}_\\mu$" };

describe("toSvg", () => {
  const spec = { ...panelFigure([histogram]), title: 'Fits of $\\xi_V$ & "more"', description: "<one> panel" };
  const svg = toSvg(figure(spec));

  it("is well-formed, sized for print, with title and description", () => {
    expect(() => renderSvg(svg)).not.toThrow();
    expect(() => renderSvg(svg.replace("</svg>", ""))).toThrow();
    expect(svg).toContain('width="3.4in"');
    expect(svg).toMatch(/viewBox="0 0 244\.8 [\d.]+"/);
    expect(svg).toContain('role="img" aria-labelledby="probe-title probe-desc"');
    expect(svg).toContain('<title id="probe-title">Fits of ξ_V &amp; &quot;more&quot;</title>');
    expect(svg).toContain('<desc id="probe-desc">&lt;one&gt; panel</desc>');
  });

  it("says every label in plain text and needs no font", () => {
    for (const text of ["ν\u0304_μ", "nurecoil test", "x", "y", "0", "4"])
      expect(svg).toContain(`aria-label="${text}"`);
    expect(svg).not.toMatch(/<text|font-family/);
  });

  it("defines every id once, with the figure's own prefix, and uses none that is missing", () => {
    const ids = [...svg.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]!);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id.startsWith("probe")).toBe(true);
    const used = [...svg.matchAll(/(?:href="|url\()#([^")]+)/g)].map((match) => match[1]!);
    expect(used.length).toBeGreaterThan(10);
    for (const id of used) expect(ids).toContain(id);
  });

  it("holds finite, rounded numbers only", () => {
    expect(svg).not.toMatch(/NaN|Infinity|undefined|null|e-\d/);
    expect(svg).not.toMatch(/\d\.\d{7}/);
  });

  it("gives the same bytes twice and others for another figure", () => {
    expect(toSvg(figure(structuredClone(spec)))).toBe(svg);
    expect(toSvg(figure(panelFigure([{ ...histogram, values: [2, 4, 2] }])))).not.toBe(svg);
  });
});

describe("marks", () => {
  const plane = { x: { label: "$x$", domain: [-2, 2] }, y: { label: "$y$", domain: [-2, 2] } } as const;
  const circle = (radius: number): [number, number][] =>
    Array.from({ length: 90 }, (_, i) => [
      radius * Math.cos((i * Math.PI) / 45),
      radius * Math.sin((i * Math.PI) / 45),
    ]);
  /** Colour at data coordinates of a plane from -2 to 2. */
  const picture = (marks: readonly Mark[]): ((x: number, y: number) => string) => {
    const svg = toSvg(figure(panelFigure(marks, plane)));
    const box = framesOf(svg)[0]!;
    const pixel = renderSvg(svg);
    return (x, y) => pixel(box.x + ((x + 2) / 4) * box.width, box.y + ((2 - y) / 4) * box.height);
  };

  it("fill a region and leave its hole and the rest white", () => {
    const ring: Mark = {
      type: "region",
      polygons: [{ outer: circle(1.5), holes: [circle(0.7).toReversed()], open: false }],
      fill: "#56b4e9",
    };
    const at = picture([ring]);
    expect(at(1.1, 0)).toBe("#56b4e9");
    expect(at(0, -1.1)).toBe("#56b4e9");
    expect(at(0.3, 0.3)).toBe("#ffffff");
    expect(at(1.5, 1.5)).toBe("#ffffff");
  });

  it("leave the hole whichever way it turns, and fill an island in it", () => {
    const at = picture([
      {
        type: "region",
        polygons: [
          { outer: circle(1.5), holes: [circle(1)], open: false },
          { outer: circle(0.5), holes: [], open: false },
        ],
        fill: "blue",
      },
    ]);
    expect(at(1.25, 0)).toBe("#0072b2");
    expect(at(0.75, 0.1)).toBe("#ffffff");
    expect(at(0.1, 0.1)).toBe("#0072b2");
  });

  it("stay inside the frame", () => {
    const huge: Mark = {
      type: "region",
      polygons: [
        {
          outer: [
            [-50, -50],
            [0.5, -50],
            [0.5, 50],
            [-50, 50],
          ],
          holes: [],
          open: false,
        },
      ],
      fill: "orange",
      line: "none",
    };
    const at = picture([huge]);
    expect(at(-1.5, 1.5)).toBe("#e69f00");
    expect(at(1.2, 0)).toBe("#ffffff");
    const svg = toSvg(figure(panelFigure([huge], plane)));
    const box = framesOf(svg)[0]!;
    const pixel = renderSvg(svg);
    expect(pixel(box.x - 1.5, box.y + box.height * 0.37)).toBe("#ffffff");
    expect(pixel(box.x + 20, box.y - 1)).toBe("#ffffff");
  });

  it("draw no border where an open region runs along its window", () => {
    const [x, y] = [scaleOf("linear", [-2, 2], [0, 100]), scaleOf("linear", [-2, 2], [100, 0])];
    const outer: [number, number][] = [
      [-2, -1],
      [2, -1],
      [2, 1],
      [-2, 1],
    ];
    const border = (open: boolean): string => {
      const drawn = drawRegion(
        { type: "region", polygons: [{ outer, holes: [], open }] },
        { box: { x: 0, y: 0, width: 100, height: 100 }, x, y, series: 0 },
      );
      const stroke = drawn.clipped.find((node) => node.type === "path" && node.paint.stroke !== undefined);
      return stroke?.type === "path" ? stroke.d : "";
    };
    expect(border(true)).toBe("M0 75L100 75M100 25L0 25");
    expect(border(false)).toBe("M0 75L100 75L100 25L0 25L0 75");
  });

  it("stack histograms on each other", () => {
    const [top, bottom] = stackedSteps(
      [0, 1, 2],
      [
        { values: [1, 2], label: "low" },
        { values: [10, 20], label: "high" },
      ],
    );
    expect(bottom).toMatchObject({ label: "low", base: [0, 0], values: [1, 2] });
    expect(top).toMatchObject({ label: "high", base: [1, 2], values: [11, 22] });
  });

  it("show a filled histogram up to its counts", () => {
    const at = picture([
      { type: "steps", edges: [-2, 0, 2], values: [1, -1], fill: "green", line: "none" },
      { type: "points", x: [1], y: [1], yErr: [0.6] },
    ]);
    expect(at(-1, 0.9)).toBe("#009e73");
    expect(at(-1, 1.1)).toBe("#ffffff");
    expect(at(1, -0.9)).toBe("#009e73");
    expect(at(1, 0.1)).toBe("#ffffff");
    // A data point and its error bar are black.
    expect(at(1, 1)).toBe("#000000");
    expect(at(1, 1.55)).toBe("#000000");
    expect(at(1, 1.7)).toBe("#ffffff");
  });

  it("break a curve at null and dash it", () => {
    const svg = toSvg(
      figure(
        panelFigure(
          [{ type: "line", x: [-1, 0, 1, 1.5], y: [0, null, 0, 1], line: { color: "blue", dash: "dashed" } }],
          plane,
        ),
      ),
    );
    const path = /<path[^>]*stroke="#0072b2"[^>]*>/.exec(svg)![0];
    expect(path).toMatch(/stroke-dasharray="4.5 2.2"/);
    expect(path.match(/M/g)).toHaveLength(1);
  });
});
