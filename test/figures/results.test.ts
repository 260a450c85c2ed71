import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PointPrediction, RegionResult } from "../../src/analysis/index.ts";
import {
  axisName,
  componentName,
  type DrawnRegion,
  deltaCurve,
  type Figure,
  type FigureSpec,
  figure,
  type Mark,
  plainText,
  profileFigure,
  projected,
  pullName,
  pullsFigure,
  regionFigure,
  type SpectrumOptions,
  spectrumFigure,
  toSvg,
} from "../../src/figures/index.ts";
import { boxOf, labelsOf, overlap, renderSvg } from "./probe.ts";

/** Two bins of energy, three of time: counts by hand. */
const counted: PointPrediction = {
  experiment: "coherent-csi-2021",
  likelihood: "poisson",
  axes: [
    { name: "pe", unit: "PE", edges: [0, 8, 12] },
    { name: "time", unit: "us", edges: [0, 1, 2, 3] },
  ],
  components: [
    { name: "cevns", flavour: "nu_mu", counts: [1, 2, 3, 4, 5, 6] },
    { name: "cevns", flavour: "anti_nu_mu", counts: [0, 0, 1, 0, 0, 1] },
    { name: "brn", flavour: null, counts: [2, 2, 2, 2, 2, 2] },
    { name: "steady-state", flavour: null, counts: [10, 10, 10, 4, 4, 4] },
  ],
  total: [13, 14, 16, 10, 11, 13],
  observed: [12, 16, 15, 14, 9, 10],
  errors: null,
  smTotal: [12, 13, 14, 9, 10, 11],
};
const measured: PointPrediction = { ...counted, likelihood: "paper", errors: [3, 4, 12, 5, 12, 0] };
const single: PointPrediction = {
  ...counted,
  experiment: "sbc-lar10-inin",
  axes: [{ name: "count", unit: "1", edges: [0, 1] }],
  components: [
    { name: "cevns", flavour: "anti_nu_e", counts: [48] },
    { name: "background", flavour: null, counts: [2] },
  ],
  total: [50],
  smTotal: [40],
  observed: null,
};

const marksOf = ({ panels }: FigureSpec, panel = 0): readonly Mark[] => panels[panel]!.marks;
const labelled = (spec: FigureSpec, label: string, panel = 0): Mark =>
  marksOf(spec, panel).find((mark) => "label" in mark && mark.label === label)!;

/** No two labels on one another, none outside the page. */
function expectTidy(drawn: Figure): void {
  const boxes = labelsOf(drawn).map((one) => ({ text: one.label.text, box: boxOf([one]) }));
  for (const [i, { text, box }] of boxes.entries()) {
    expect(box.x, text).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width, text).toBeLessThanOrEqual(drawn.width);
    expect(box.y, text).toBeGreaterThanOrEqual(0);
    expect(box.y + box.height, text).toBeLessThanOrEqual(drawn.height);
    for (const other of boxes.slice(i + 1)) expect(overlap(box, other.box), `${text} and ${other.text}`).toBe(false);
  }
}

/** Widths of 330, 480 and 720 CSS pixels in pt. */
const WIDTHS = [247.5, 360, 540];

describe("projected", () => {
  it("sums the other axes, the last of the flat cells fastest", () => {
    const [energy, time] = [projected(counted, 0), projected(counted, 1)];
    expect([energy.total, energy.smTotal, energy.observed]).toEqual([
      [43, 34],
      [39, 30],
      [43, 33],
    ]);
    expect(time.components.map(({ counts }) => counts)).toEqual([
      [5, 7, 9],
      [0, 0, 2],
      [4, 4, 4],
      [14, 14, 14],
    ]);
    expect(time.edges).toEqual([0, 1, 2, 3]);
  });

  it("adds errors in squares, and takes counts' own where none are given", () => {
    // 3^2 + 4^2 + 12^2 = 13^2, 5^2 + 12^2 = 13^2.
    expect(projected(measured, 0).errors).toEqual([13, 13]);
    expect(projected(measured, 0).residuals).toEqual([0, -1 / 13]);
    expect(projected(counted, 1).errors).toEqual([26, 25, 25].map(Math.sqrt));
    expect(projected(counted, 1).residuals).toEqual([3 / Math.sqrt(23), 0, -4 / Math.sqrt(29)]);
    expect(projected(single, 0)).toMatchObject({ observed: null, errors: null, residuals: null });
  });
});

describe("spectrumFigure", () => {
  const spec = spectrumFigure(counted);

  it("stacks all components to the total, per unit of the axis where bins differ", () => {
    expect(spec.panels[0]!.y.label).toBe("Counts / PE");
    // 43 counts in 8 PE, 34 in 4 PE.
    expect(labelled(spec, "this point")).toMatchObject({ values: [43 / 8, 34 / 4] });
    expect(labelled(spec, "standard model")).toMatchObject({ values: [39 / 8, 30 / 4] });
    const top = marksOf(spec).find((mark) => mark.type === "steps")!;
    expect(top).toMatchObject({ values: [43 / 8, 34 / 4], label: "$\\bar{\\nu}_\\mu$" });
    expect(labelled(spec, "data")).toMatchObject({
      x: [4, 10],
      y: [43 / 8, 33 / 4],
      yErr: [Math.sqrt(43) / 8, Math.sqrt(33) / 4],
    });
  });

  it("calls its points data, or what it is told", () => {
    const asimov = spectrumFigure(counted, { data: "Asimov data" });
    expect(labelled(asimov, "Asimov data")).toEqual({ ...labelled(spec, "data"), label: "Asimov data" });
    expect(marksOf(asimov).filter((mark) => "label" in mark && mark.label === "data")).toEqual([]);
    expect(asimov.description).toBe(
      "Expected counts by component, Asimov data and their residuals along photoelectrons.",
    );
    expect(spec.description).toBe("Expected counts by component, data and their residuals along photoelectrons.");
    for (const width of WIDTHS) expectTidy(figure(spectrumFigure(counted, { data: "Asimov data", width })));
  });

  it("describes its axis without TeX", () => {
    const axes = [{ name: "f90", unit: "1", edges: [0.5, 0.6, 0.7] }, counted.axes[1]!];
    const f90 = spectrumFigure({ ...counted, axes });
    expect(f90.description).toMatch(/ along F90\.$/);
    expect(f90.panels.at(-1)!.x).toMatchObject({ label: "$F_{90}$" });
    expect(() => figure(f90)).not.toThrow();
  });

  it("stands on the steady state, with quiet backgrounds below the neutrinos", () => {
    const names = marksOf(spec).flatMap((mark) =>
      mark.type === "steps" && mark.fill !== undefined ? [mark.label] : [],
    );
    expect(names).toEqual(["$\\bar{\\nu}_\\mu$", "$\\nu_\\mu$", "beam neutrons", "steady state"]);
  });

  it("counts per bin where bins are equal", () => {
    const time = spectrumFigure(counted, { axis: 1 });
    expect(plainText(time.panels[0]!.y.label)).toBe("Counts / μs");
    expect(labelled(time, "this point")).toMatchObject({ values: [23, 25, 29] });
  });

  it("has the residuals in a lower strip that shares the axis", () => {
    const drawn = figure(spec);
    const [upper, lower] = drawn.frames as [Figure["frames"][number], Figure["frames"][number]];
    expect(lower.box.height / upper.box.height).toBeCloseTo(0.3, 10);
    expect([lower.box.x, lower.box.width, lower.x]).toEqual([upper.box.x, upper.box.width, upper.x]);
    expect(lower.box.y - (upper.box.y + upper.box.height)).toBeLessThan(10);
    const points = marksOf(spec, 1).find((mark) => mark.type === "points");
    expect(points).toMatchObject({ y: [0, -1 / Math.sqrt(34)], yErr: [1, 1] });
  });

  it("shows far residuals: the strip grows", () => {
    const far = spectrumFigure({ ...counted, observed: [200, 16, 15, 14, 9, 10] });
    const [low, high] = figure(far).frames[1]!.y.domain;
    expect([low, high]).toEqual([-high, high]);
    // (231 - 43)/sqrt(43)
    expect(high).toBeGreaterThan(28.6);
  });

  it("is one bar where there is one bin, and has no strip where nothing was observed", () => {
    const bar = spectrumFigure(single);
    expect(bar.panels.length).toBe(1);
    expect(bar.panels[0]!.y.label).toBe("Counts");
    expect(labelled(bar, "this point")).toMatchObject({ type: "line", y: [50, 50] });
    expect(labelled(bar, "standard model")).toMatchObject({ type: "line", y: [40, 40] });
  });

  it("keeps its axis still for small moves, and for good where told", () => {
    const domain = (prediction: PointPrediction, options: SpectrumOptions = {}) =>
      figure(spectrumFigure(prediction, options)).frames[0]!.y.domain;
    const moved = { ...counted, total: counted.total.map((count) => 1.02 * count) };
    expect(domain(moved)).toEqual(domain(counted));
    expect(domain(counted, { top: 77 })).toEqual([0, 77]);
    expect(domain({ ...measured, observed: [-20, -9, 0, 1, 2, 3] })[0]).toBeLessThan(-2);
  });

  it.each(WIDTHS)("is tidy %s pt wide", (width) => {
    for (const prediction of [counted, measured, single])
      for (const axis of prediction === single ? [0] : [0, 1])
        expectTidy(figure(spectrumFigure(prediction, { axis, width })));
  });
});

describe("pullsFigure", () => {
  const pulls = { "sns.flux": -0.5, "coherent-csi-2021.quenching-0": 4.2, "coherent-csi-2021.onset": 0.1 };
  const spec = pullsFigure(pulls, { units: { "coherent-csi-2021.onset": "us" } });

  it("has a bar for each pull, cut at three with its value beside, and numbers where sigma is no unit", () => {
    const bars = marksOf(spec).find((mark) => mark.type === "region" && mark.polygons.length === 2);
    const ends = bars?.type === "region" ? bars.polygons.map(({ outer }) => outer.map(([x]) => x)) : [];
    expect(ends.map((x) => [Math.min(...x), Math.max(...x)])).toEqual([
      [-0.5, 0],
      [0, 3],
    ]);
    const texts = marksOf(spec).flatMap((mark) => (mark.type === "text" ? [plainText(mark.text)] : []));
    expect(texts).toEqual(["4.20", "0.10 μs"]);
  });

  it("names them as people do, the first at the top", () => {
    expect(spec.panels[0]!.y.categories).toEqual(["CsI 2021 onset", "CsI 2021 quenching 0", "SNS flux"]);
    expect(pullsFigure(pulls, { nameOf: (name) => name.toUpperCase() }).panels[0]!.y.categories![2]).toBe("SNS.FLUX");
    for (const width of WIDTHS) expectTidy(figure(pullsFigure(pulls, { width })));
    expect(() => figure(pullsFigure({}))).not.toThrow();
  });
});

describe("profileFigure", () => {
  const values = [-2, -1, 0, 1, 2];
  const curve = { label: "combined", values, deltaChi2: [8, 2, 0, 2, null] };
  const levels = [
    { value: 1, text: "$1\\sigma$" },
    { value: 4, text: "$2\\sigma$" },
  ];
  const spec = profileFigure(
    [{ ...curve, intervals: [{ deltaChi2: 4, segments: [[-1.5, 0.25] as const, [1, null] as const] }] }],
    {
      parameter: "xi_V_mu",
      levels,
      marked: [4],
      at: 0.5,
      published: [{ label: "elsewhere", segments: [[-0.5, 0.5]] }],
    },
  );

  it("draws the curve, broken where there is no answer, between level lines", () => {
    expect(labelled(spec, "combined")).toMatchObject({ type: "line", x: values, y: [8, 2, 0, 2, null] });
    expect(marksOf(spec).flatMap((mark) => (mark.type === "rule" && mark.axis === "y" ? [mark.value] : []))).toEqual([
      1, 4,
    ]);
    expect(spec.panels[0]!.y.domain).toEqual([0, 5]);
  });

  it("marks every segment of the chosen level at its height, an open one to the end of the axis", () => {
    expect(marksOf(spec)).toContainEqual(
      expect.objectContaining({ type: "line", x: [-1.5, 0.25, 0.25, 1, 2, 2], y: [4, 4, null, 4, 4, null] }),
    );
  });

  it("shows the current value in both panels and published intervals in the lower", () => {
    for (const panel of [0, 1])
      expect(marksOf(spec, panel)).toContainEqual(expect.objectContaining({ type: "rule", axis: "x", value: 0.5 }));
    expect(labelled(spec, "elsewhere", 1)).toMatchObject({ x: [-0.5, 0.5, 0.5] });
    const bare = profileFigure([curve], { parameter: "xi_V", levels });
    expect(bare.panels.length).toBe(1);
    for (const width of WIDTHS) expectTidy(figure({ ...spec, width }));
  });

  it("takes a curve from a scan, from the minimum given", () => {
    const scan = { grid: [{ name: "xi_V", values }], chi2: [13, 7, 5, 7, null] } as unknown as Parameters<
      typeof deltaCurve
    >[1];
    expect(deltaCurve("combined", scan, 5)).toEqual(curve);
  });
});

describe("regionFigure", () => {
  const square = (half: number, x = 0) => ({
    outer: [
      [x - half, -half],
      [x + half, -half],
      [x + half, half],
      [x - half, half],
    ] as [number, number][],
    holes: [],
    open: false,
  });
  const result = {
    plane: ["xi_S", "xi_V"],
    window: { xi_S: [-4, 4], xi_V: [-4, 4] },
    minima: [{ chi2: 1, parameters: { xi_S: 2, xi_V: 0.5 }, status: "converged" }],
    regions: [
      { cl: 0.68269, deltaChi2: 2.3, dof: 2, area: 1, polygons: [square(1)] },
      { cl: 0.9, deltaChi2: 4.61, dof: 2, area: 4, polygons: [square(2), square(0.5, 3.2)] },
    ],
  } as unknown as RegionResult;
  const layers: DrawnRegion[] = [
    { result, label: "CsI 2021", cls: [0.9] },
    { result, label: "combined" },
  ];
  const spec = regionFigure(layers, {
    published: [{ label: "elsewhere", points: [[1, 1]], box: { x: null, y: [-3, 3] } }],
  });

  it("fills the last layer, palest at the largest level, and outlines the others above it", () => {
    const regions = marksOf(spec).filter((mark) => mark.type === "region");
    expect(regions.map(({ label, fill }) => [label, fill === "none"])).toEqual([
      ["combined, 90 % CL", false],
      ["combined, $1\\sigma$", false],
      ["CsI 2021, 90 % CL", true],
      ["elsewhere", true],
    ]);
    const drawn = figure(spec);
    const pixel = renderSvg(toSvg(drawn));
    const { box } = drawn.frames[0]!;
    const at = (x: number, y: number): string =>
      pixel(box.x + ((x + 4) / 8) * box.width, box.y + ((4 - y) / 8) * box.height);
    expect(at(-3, 3.5)).toBe("#ffffff");
    expect(at(0.5, 0.6)).not.toBe(at(1.5, -1.5));
    expect(at(1.5, -1.5)).toBe(at(3.2, 0.2));
  });

  it("names levels in few words", () => {
    const label = (cls: readonly number[]): string | undefined => {
      const regions = cls.map((cl) => ({ ...result.regions[0]!, cl, deltaChi2: cl }));
      const spec = regionFigure([{ result: { ...result, regions }, label: "CsI 2021", style: { fill: "none" } }]);
      const mark = marksOf(spec).find(({ type }) => type === "region");
      return mark !== undefined && "label" in mark ? mark.label : undefined;
    };
    expect(label([0.68, 0.9, 0.99])).toBe("CsI 2021, 68, 90, 99 % CL");
    expect(label([0.9])).toBe("CsI 2021, 90 % CL");
    expect(label([0.68269, 0.9])).toBe("CsI 2021, $1\\sigma$, 90 % CL");
  });

  it("draws bands by their ends alone, not along the window they were computed in", () => {
    const strip = ([x0, x1]: readonly number[], [y0, y1]: readonly number[]) => ({
      outer: [
        [x0, y0],
        [x1, y0],
        [x1, y1],
        [x0, y1],
      ],
      holes: [],
      open: true,
    });
    // One band cut by the window at 3, one whole, in a figure that shows more than the window.
    const polygons = [strip([2, 3], [-3, 3]), strip([-2, -1], [-3, 3])];
    const banded = {
      ...result,
      window: { xi_S: [-3, 3], xi_V: [-3, 3] },
      minima: [],
      regions: [{ cl: 0.9, deltaChi2: 4.61, dof: 2, area: 12, polygons }],
    } as unknown as RegionResult;
    for (const turned of [false, true]) {
      const swap = (points: readonly (readonly number[])[]) => points.map(([x, y]) => [y, x]).reverse();
      const one = turned
        ? ({
            ...banded,
            regions: [
              {
                ...banded.regions[0]!,
                polygons: polygons.map((each) => ({ ...each, outer: swap(each.outer as number[][]) })),
              },
            ],
          } as unknown as RegionResult)
        : banded;
      const style = { fill: "none", color: "black", dash: "solid", width: 2 } as const;
      const drawn = figure(
        regionFigure([{ result: one, label: "a", style }], {
          window: { x: [-4, 4], y: [-4, 4] },
          standardModel: null,
        }),
      );
      const pixel = renderSvg(toSvg(drawn));
      const { box } = drawn.frames[0]!;
      const at = (u: number, v: number): string => {
        const [x, y] = turned ? [v, u] : [u, v];
        return pixel(box.x + ((x + 4) / 8) * box.width, box.y + ((4 - y) / 8) * box.height);
      };
      for (const v of [-2.5, 0, 2.5]) {
        for (const end of [-2, -1, 2]) expect(at(end, v)).toBe("#000000");
        // Where the window cuts a band, and inside of bands.
        for (const u of [3, -1.5, 2.5]) expect(at(u, v)).toBe("#ffffff");
      }
      for (const v of [-3, 3]) for (const u of [-1.5, 2.5]) expect(at(u, v)).toBe("#ffffff");
    }
  });

  it("keeps its frame where it is while steady windows come and go", () => {
    const nearest = 8e-4;
    const windows = { middles: [-120, 120] as [number, number], nearest, farthest: 240 };
    const steady = { x: windows, y: windows };
    const shown = (window: { x: [number, number]; y: [number, number] }, width: number) =>
      figure(regionFigure(layers, { window, steady, width, heightPt: 0.8 * width, published: [] }));
    for (const width of WIDTHS) {
      const { box } = shown({ x: [-4, 4], y: [-4, 4] }, width).frames[0]!;
      fc.assert(
        fc.property(
          fc.tuple(fc.double({ min: -120, max: 120, noNaN: true }), fc.double({ min: -120, max: 120, noNaN: true })),
          fc.double({ min: Math.log(nearest), max: Math.log(240), noNaN: true }),
          ([a, b], power) => {
            const half = Math.exp(power) / 2;
            const drawn = shown({ x: [a - half, a + half], y: [b - half, b + half] }, width);
            expect(drawn.frames[0]!.box).toEqual(box);
            expectTidy(drawn);
          },
        ),
        { seed: 1806, numRuns: 60 },
      );
    }
  });

  it("has its own margins where windows are not steady", () => {
    const margin = (window: { x: [number, number]; y: [number, number] }): number =>
      figure(regionFigure(layers, { window })).frames[0]!.box.x;
    const wide = margin({ x: [-4, 4], y: [-4, 4] });
    expect(margin({ x: [-4, 4], y: [100, 100.01] })).toBeGreaterThan(wide + 10);
  });

  it("refuses windows that are none", () => {
    const x = { middles: [1, 0], nearest: 1, farthest: 2 } as const;
    const steady = { x, y: { middles: [0, 1], nearest: 3, farthest: 2 } } as const;
    expect(() => figure(regionFigure(layers, { steady }))).toThrow(/x\.steady\.middles[\s\S]*y\.steady\.nearest/);
  });

  it("marks best fit and standard model, not the current point", () => {
    const markers = marksOf(spec).flatMap((mark) => (mark.type === "marker" ? [[mark.label, mark.x, mark.y]] : []));
    expect(markers).toEqual([
      ["elsewhere", 1, 1],
      ["best fit, combined", 2, 0.5],
      ["standard model", 0, 0],
    ]);
    const angle = { ...result, plane: ["sin2_theta_w", "xi_V"], window: { sin2_theta_w: [0, 1], xi_V: [-4, 4] } };
    const other = regionFigure([{ result: { ...angle, minima: [] } as unknown as RegionResult, label: "one" }]);
    expect(marksOf(other).some((mark) => mark.type === "marker")).toBe(false);
  });

  it("shows a window that is asked for, and says what is a draft", () => {
    const zoomed = regionFigure(
      layers.map((layer) => ({ ...layer, draft: true })),
      { window: { x: [-1, 1], y: [0, 1] } },
    );
    expect(figure(zoomed).frames[0]).toMatchObject({ x: { domain: [-1, 1] }, y: { domain: [0, 1] } });
    expect(marksOf(zoomed)).toContainEqual(expect.objectContaining({ type: "text", text: "draft" }));
    for (const mark of marksOf(zoomed)) if (mark.type === "region") expect(mark.line).toMatchObject({ dash: "dotted" });
    for (const width of WIDTHS) for (const one of [spec, zoomed]) expectTidy(figure({ ...one, width }));
  });
});

describe("names", () => {
  it("are typeset", () => {
    expect(axisName({ name: "f90", unit: "1" })).toEqual({ label: "$F_{90}$", plain: "F90" });
    expect(axisName({ name: "pe", unit: "PE" })).toEqual({
      label: "Photoelectrons",
      plain: "Photoelectrons",
      unit: "PE",
    });
    expect(axisName({ name: "time", unit: "us" }).unit).toBe("$\\mu$s");
    expect(plainText(axisName({ name: "energy", unit: "keVee" }).unit!)).toBe("keV_ee");
    expect(componentName("cevns", "anti_nu_e")).toBe("$\\bar{\\nu}_e$");
    expect(componentName("gamma-rays", null)).toBe("gamma rays");
    expect(pullName("coherent-lar-2020.cevns-f90")).toBe("LAr 2020 CEvNS $F_{90}$");
    expect(pullName("sbc-lar10-inin.threshold-shift")).toBe("SBC LAr10 ININ threshold shift");
  });
});
