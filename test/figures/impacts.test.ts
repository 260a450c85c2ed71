/** The figure of impacts: one row per nuisance in all panels, bars from zero to the shift, pulls in units of sigma. */
import { describe, expect, it } from "vitest";
import type { FitResult, Impact } from "../../src/analysis/results.ts";
import { figure, impactsFigure, type Mark, type PanelSpec, toSvg } from "../../src/figures/index.ts";
import { withError } from "../../src/report/numbers.ts";
import { framesOf, labelsOf } from "./probe.ts";

const options = { source: "made up", text: withError };

function impact(
  nuisance: string,
  shifts: readonly (readonly [number | null, number | null])[],
  free: string[],
): Impact {
  return {
    nuisance,
    fitted: { value: 1.1, sigma: 0.2 },
    constraint: { value: 1, sigma: 0.25 },
    shifts: shifts.map(([up, down], i) => ({ parameter: free[i]!, up, down })),
  };
}

/** A fit with made-up impacts; errors 0.1 of the first parameter, 0.2 of the second, ... */
function fitOf(free: string[], impacts: Impact[]): FitResult {
  const errors = Object.fromEntries(free.map((name, i) => [name, 0.1 * (i + 1)]));
  return {
    spec: { free },
    minima: [{ parameters: Object.fromEntries(free.map((name) => [name, -0.5])), uncertainties: errors }],
    impacts,
  } as unknown as FitResult;
}

function boxes(panel: PanelSpec, label: string) {
  const mark = panel.marks.find(
    (one): one is Mark & { type: "region" } => one.type === "region" && one.label === label,
  )!;
  return mark.polygons.map(({ outer }) => ({
    x: [outer[0]![0], outer[1]![0]],
    y: (outer[0]![1] + outer[2]![1]) / 2,
  }));
}

const UP = "nuisance at $+1\\sigma$";
const DOWN = "nuisance at $-1\\sigma$";

describe("impacts", () => {
  const free = ["xi_S", "xi_V"];
  const weak = impact(
    "x.weak",
    [
      [0.001, -0.002],
      [0.002, -0.001],
    ],
    free,
  );
  // 0.9 of the first error, while the longer bar of the next is 0.5 of the second.
  const strong = impact(
    "x.strong",
    [
      [0.09, -0.01],
      [-0.03, 0.05],
    ],
    free,
  );
  const middle = impact(
    "x.middle",
    [
      [0.03, 0.02],
      [0.1, null],
    ],
    free,
  );
  const spec = impactsFigure(fitOf(free, [weak, strong, middle]), options);

  it("orders by the largest shift in units of a parameter's error, the strongest at the top of every panel", () => {
    expect(spec.panels[0]!.y.categories).toEqual(["x.weak", "x.middle", "x.strong"]);
    expect(boxes(spec.panels[0]!, UP).map(({ x }) => x)).toEqual([
      [0, 0.09],
      [0, 0.03],
      [0, 0.001],
    ]);
    expect(boxes(spec.panels[1]!, UP).map(({ x }) => x)).toEqual([
      [0, -0.03],
      [0, 0.1],
      [0, 0.002],
    ]);
    const rows = boxes(spec.panels[0]!, UP).map(({ y }) => Math.floor(y));
    expect(rows).toEqual([3, 2, 1]);
  });

  it("draws both bars of a row apart, as both shifts may have one sign", () => {
    const [up, down] = [boxes(spec.panels[0]!, UP)[1]!, boxes(spec.panels[0]!, DOWN)[1]!];
    expect([up.x, down.x]).toEqual([
      [0, 0.03],
      [0, 0.02],
    ]);
    expect(up.y).toBeGreaterThan(2);
    expect(down.y).toBeLessThan(2);
  });

  it("says where there is no answer and draws no bar there", () => {
    expect(boxes(spec.panels[1]!, DOWN)).toHaveLength(2);
    const texts = spec.panels[1]!.marks.flatMap((mark) => (mark.type === "text" ? [mark.text] : []));
    expect(texts).toEqual(["$-1\\sigma$ failed"]);
    expect(spec.panels[0]!.marks.some((mark) => mark.type === "text")).toBe(false);
  });

  it("shows pulls in units of their constraints, and what has none as a number", () => {
    const onset: Impact = { ...weak, nuisance: "x.onset", constraint: null, fitted: { value: 0.1, sigma: 0.03 } };
    const { panels } = impactsFigure(fitOf(free, [strong, onset]), options);
    const points = panels[2]!.marks.find((mark) => mark.type === "points")!;
    // (1.1 - 1)/0.25 and 0.2/0.25, up to the rounding of doubles.
    expect(points.x).toEqual([expect.closeTo(0.4, 12)]);
    expect(points.xErr).toEqual([expect.closeTo(0.8, 12)]);
    expect(points.y).toEqual([2]);
    const texts = panels[2]!.marks.flatMap((mark) => (mark.type === "text" ? [mark.text] : []));
    expect(texts).toEqual(["$0.100 \\pm 0.030$ (free)"]);
  });

  it("is drawn with rows aligned, names beside the first panel of each row only", () => {
    const drawn = figure(spec);
    const frames = framesOf(toSvg(drawn));
    expect(frames).toHaveLength(3);
    expect(new Set(frames.map(({ y }) => y)).size).toBe(1);
    const names = labelsOf(drawn).filter(({ label }) => label.text.startsWith("x."));
    expect(names.map(({ label }) => label.text).sort()).toEqual(["x.middle", "x.strong", "x.weak"]);
    for (const { x, label } of names) expect(x + label.width).toBeLessThan(frames[0]!.x);
    const top = names.reduce((a, b) => (a.y < b.y ? a : b));
    expect(top.label.text).toBe("x.strong");
  });

  it.each([1, 2, 3, 4, 7])("has room for %i parameters with long names", (count) => {
    const many = Array.from({ length: count }, (_, i) => `coherent-csi-202${i}.cevns`);
    const shifts = many.map((): [number, number] => [0.01, -0.01]);
    const drawn = figure(
      impactsFigure(fitOf(many, [impact("coherent-csi-2021.neutron-radius", shifts, many)]), options),
    );
    expect(framesOf(toSvg(drawn))).toHaveLength(count + 1);
    const titles = labelsOf(drawn).filter(({ label }) => label.text.includes(".cevns ="));
    expect(titles).toHaveLength(count);
    for (const a of titles)
      for (const b of titles)
        if (a !== b && Math.abs(a.y - b.y) < 5)
          expect(a.x + a.label.width < b.x || b.x + b.label.width < a.x).toBe(true);
  });

  it("survives shifts that are all zero and a fit without errors", () => {
    const still = impact("x.still", [[0, 0]], ["xi_V"]);
    const fit = fitOf(["xi_V"], [still]);
    const blind = { ...fit, minima: [{ ...fit.minima[0]!, uncertainties: { xi_V: null } }] };
    for (const result of [fit, blind]) expect(framesOf(toSvg(figure(impactsFigure(result, options))))).toHaveLength(2);
  });
});
