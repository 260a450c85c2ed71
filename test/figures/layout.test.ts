import { describe, expect, it } from "vitest";
import { type FigureSpec, figure, type Mark, toSvg } from "../../src/figures/index.ts";
import { boxOf, framesOf, labelsOf, overlap, panelFigure } from "./probe.ts";

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const curve = (label: string, of: (x: number) => number): Mark => ({
  type: "line",
  x: range(101).map((i) => i / 100),
  y: range(101).map((i) => of(i / 100)),
  label,
});
const unit = { x: { label: "x", domain: [0, 1] }, y: { label: "y", domain: [0, 1] } } as const;

describe("legend", () => {
  it("goes to the corner the data leave free", () => {
    for (const [of, right, top] of [
      [(x: number) => x, false, true],
      [(x: number) => 1 - x, true, true],
      [() => 0.93, true, false],
    ] as const) {
      const drawn = figure(panelFigure([curve("curve", of)], { ...unit, legend: "auto" }));
      const box = framesOf(toSvg(drawn))[0]!;
      const legend = boxOf(labelsOf(drawn, "legend"));
      expect([legend.x > box.x + box.width / 2, legend.y < box.y + box.height / 2]).toEqual([right, top]);
    }
  });

  it("covers no data: an automatic axis makes room", () => {
    const edges = range(21);
    const full: Mark = { type: "steps", edges, values: edges.slice(1).map(() => 10), fill: "sky", label: "everywhere" };
    const drawn = figure(panelFigure([full, { ...full, fill: "blue", label: "again" }]));
    const box = framesOf(toSvg(drawn))[0]!;
    const legend = boxOf(labelsOf(drawn, "legend"));
    // The value 10 stands where the tick 10 is.
    const ten = labelsOf(drawn).find(({ label, x }) => label.text === "10" && x < box.x)!;
    expect(legend.y).toBeGreaterThan(box.y);
    expect(legend.y + legend.height).toBeLessThan(ten.y - ten.label.ascent / 2);
  });

  it("goes above the frame where a fixed axis has no free place", () => {
    const area: Mark = { type: "band", x: [0, 1], lower: [0, 0], upper: [1, 1], label: "everywhere" };
    const drawn = figure(panelFigure([area], { ...unit, title: "(a) Title" }));
    const box = framesOf(toSvg(drawn))[0]!;
    const legend = boxOf(labelsOf(drawn, "legend"));
    const title = labelsOf(drawn).find(({ label }) => label.text === "(a) Title")!;
    expect(legend.y + legend.height).toBeLessThan(box.y);
    expect(overlap(legend, boxOf([title]))).toBe(false);
    expect(legend.y).toBeGreaterThan(0);
  });

  it("names marks that look the same once, and shares entries among panels", () => {
    const panel = { ...unit, marks: [curve("one", (x) => x), curve("two", (x) => x * x)] };
    const spec: FigureSpec = {
      ...panelFigure([]),
      width: "double",
      columns: 2,
      panels: [panel, panel],
      legend: "below",
    };
    const texts = labelsOf(figure(spec), "legend").map(({ label }) => label.text);
    expect(texts).toEqual(["one", "two"]);
    const own = labelsOf(figure({ ...spec, legend: "panels" }), "legend").map(({ label }) => label.text);
    expect(own).toEqual(["one", "two", "one", "two"]);
  });
});

describe("layout", () => {
  const planes = (columns: number, count: number): FigureSpec => ({
    ...panelFigure([]),
    width: "double",
    columns,
    panels: range(count).map((i) => ({
      title: `(${"abcd"[i]})`,
      x: { label: "$C_S^{u}$", domain: [-(10 ** -i), 10 ** -i] },
      y: { label: "$C_S^{d}$", domain: [-(10 ** -i), 10 ** -i] },
      marks: [],
    })),
  });

  it.each([
    [1, 1],
    [2, 4],
    [3, 3],
  ])("sets panels in %i columns: equal, aligned, inside the page, without touching", (columns, count) => {
    const drawn = figure(planes(columns, count));
    const boxes = framesOf(toSvg(drawn));
    expect(boxes).toHaveLength(count);
    boxes.forEach((box, i) => {
      expect(box.width).toBeCloseTo(boxes[0]!.width, 1);
      expect(box.height).toBeCloseTo(boxes[0]!.height, 1);
      expect(box.x).toBeCloseTo(boxes[i % columns]!.x, 1);
      expect(box.y).toBeCloseTo(boxes[columns * Math.floor(i / columns)]!.y, 1);
      for (const other of boxes.slice(i + 1)) expect(overlap(box, other)).toBe(false);
    });
  });

  it("keeps all labels on the page and apart", () => {
    for (const spec of [planes(2, 4), planes(3, 3)]) {
      const drawn = figure(spec);
      const boxes = labelsOf(drawn).map((label) => boxOf([label]));
      boxes.forEach((box, i) => {
        expect(box.x).toBeGreaterThanOrEqual(0);
        expect(box.y).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width).toBeLessThanOrEqual(drawn.width);
        expect(box.y + box.height).toBeLessThanOrEqual(drawn.height);
        for (const other of boxes.slice(i + 1)) expect(overlap(box, other)).toBe(false);
      });
    }
  });

  it("has the height asked for, and else follows the aspect", () => {
    expect(figure({ ...planes(1, 1), heightIn: 3 }).height).toBeCloseTo(216, 6);
    const square = figure({ ...planes(1, 1), aspect: 1 });
    const box = framesOf(toSvg(square))[0]!;
    expect(box.width).toBeCloseTo(box.height, 1);
    expect(() => figure({ ...planes(1, 1), heightIn: 0.5 })).toThrow(/no room/);
  });

  it("breaks a long source line between its parts", () => {
    const parts = ["nurecoil 0.1.0", "data: coherent-csi-2017 of the COHERENT 2018 release", "arXiv:1806.07424"];
    const texts = labelsOf(figure({ ...panelFigure([]), source: parts.join(" · ") })).map(({ label }) => label.text);
    expect(texts.slice(-2)).toEqual([`${parts[0]} · ${parts[1]}`, parts[2]]);
  });

  it("stretches an automatic axis for a text in a corner", () => {
    const full: Mark = { type: "steps", edges: [0, 1], values: [10], fill: "sky" };
    const drawn = figure(panelFigure([full, { type: "text", at: "top-left", text: "SM" }]));
    const note = labelsOf(drawn).find(({ label }) => label.text === "SM")!;
    const ten = labelsOf(drawn).find(({ label }) => label.text === "10")!;
    expect(note.y).toBeLessThan(ten.y - ten.label.ascent / 2);
  });
});

describe("errors", () => {
  it("lists everything that is wrong with a spec", () => {
    const spec = panelFigure(
      [
        { type: "steps", edges: [0, 2, 1], values: [1, 2, 3] },
        { type: "points", x: [1], y: [1, 2], yErr: [-1] },
        { type: "line", x: [0, 1], y: [Number.NaN, 1] },
      ],
      { x: { label: "x", domain: [1, 0] }, y: { label: "y", scale: "log", domain: [0, 1] } },
    );
    let message = "";
    try {
      figure({ ...spec, id: "1 2" });
    } catch (error) {
      message = (error as Error).message;
    }
    for (const part of [
      "id: must be",
      "x.domain: must be two finite numbers",
      "y.domain: must be positive on a log axis",
      "marks[0].edges: has 3 entries where 4 are needed",
      "marks[0].edges: must rise",
      "marks[1].y: has 2 entries where 1 are needed",
      "marks[1].yErr: must be finite and not negative",
      "marks[2].y: must be finite numbers",
    ])
      expect(message).toContain(part);
  });
});
