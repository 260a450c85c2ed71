import type { Gallery, PublishedClaim } from "nurecoil/reproductions";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { claimsOf, intervalClaims, papersWith, planeClaims } from "../../web/state/claims.ts";
import { gallery, type Panel, stateOfPanel } from "../../web/state/gallery.ts";

const source = { paper: "1806.07424", place: "", group: "table-2", label: "", read: "", cases: [] };
const csi = [{ id: "coherent-csi-2017", likelihood: "paper" }];
const three = ["coherent-csi-2021", "coherent-lar-2020", "sbc-lar10-inin"];
const interval = (parameter: string, profiled: readonly string[], segments: readonly [number, number][]) =>
  ({
    ...source,
    kind: "interval",
    convention: "A",
    experiments: csi,
    parameter,
    profiled,
    cl: 0.9,
    method: "delta-chi2",
    segments,
  }) satisfies PublishedClaim;

const printed = { ...source, convention: "A", experiments: csi } as const;
const projected = {
  ...source,
  convention: "B",
  experiments: three.map((id) => ({ id, likelihood: "energy" })),
} as const;

// Numbers of arXiv:1806.07424, Tables 1 and 2, and of Figure 4.
const claims: readonly PublishedClaim[] = [
  interval("xi_S", [], [[-0.62, 0.62]]),
  interval("xi_S", ["xi_V"], [[-1.065, 1.065]]),
  interval(
    "xi_V",
    ["xi_S"],
    [
      [-2.1, -1.5],
      [-0.3, 0.2],
    ],
  ),
  { ...printed, kind: "best-fit", free: ["xi_S", "xi_V"], points: [{ xi_S: 0.363, xi_V: -0.253 }] },
  { ...printed, kind: "best-fit", free: ["xi_S"], points: [{ xi_S: 0 }] },
  {
    ...printed,
    kind: "reach",
    plane: ["C_S_u", "D_P_d"],
    cl: 0.9,
    dof: 1,
    parameter: "D_P_d",
    end: "high",
    value: 0.05,
  },
  { ...projected, kind: "point", plane: ["xi_V_e", "xi_V_mu"], cl: 0.68, dof: 2, point: [0, 0] },
  { ...projected, kind: "point", plane: ["xi_V_e", "xi_V_mu"], cl: 0.68, dof: 2, point: [-1.926, 0] },
  { ...interval("eps_V_ee", [], [[-0.04, 0.23]]), method: "feldman-cousins" },
];
const papers = [{ paper: "1806.07424", urlText: "arXiv:1806.07424" }] as unknown as Gallery["papers"];
const chosen = ["1806.07424"];

beforeEach(() => {
  gallery.value.value = { format: "nurecoil/gallery/1", papers, claims };
});
afterEach(() => {
  gallery.value.value = null;
});

describe("intervals over a profile", () => {
  it("are those with the same other couplings free", () => {
    const alone = intervalClaims("xi_S", chosen, { free: ["xi_S"] });
    expect(alone).toEqual([{ label: "arXiv:1806.07424, CsI 2017, 90 %, alone", segments: [[-0.62, 0.62]] }]);
    const beside = intervalClaims("xi_S", chosen, { free: ["xi_V", "xi_S"] });
    expect(beside.map(({ segments }) => segments)).toEqual([[[-1.065, 1.065]]]);
    expect(beside[0]!.label).toBe("arXiv:1806.07424, CsI 2017, 90 %, $\\xi_V$ profiled");
  });

  it("are all there are where none has the same couplings free", () => {
    expect(intervalClaims("xi_S", chosen, { free: ["xi_S", "xi_T"] })).toHaveLength(2);
  });

  it("say how they were found", () => {
    const [toys] = intervalClaims("eps_V_ee", chosen, { experiments: ["coherent-csi-2017"], free: ["eps_V_ee"] });
    expect(toys!.label).toBe("arXiv:1806.07424, CsI 2017, 90 %, alone, Feldman-Cousins");
  });

  it("are marked where other data were analysed", () => {
    const label = (...experiments: string[]) =>
      intervalClaims("xi_S", chosen, { experiments, free: ["xi_S"] })[0]!.label;
    expect(label("coherent-csi-2017@release")).toBe("arXiv:1806.07424, CsI 2017, 90 %, alone");
    expect(label("coherent-lar-2020")).toBe("arXiv:1806.07424, other data: CsI 2017, 90 %, alone");
    expect(label("coherent-csi-2017", "coherent-lar-2020")).toContain("other data: CsI 2017");
  });

  it("are none of a paper that is not chosen", () => {
    expect(intervalClaims("xi_S", [], { free: ["xi_S"] })).toEqual([]);
    expect(intervalClaims("xi_S", ["2008.06062"], { free: ["xi_S"] })).toEqual([]);
  });
});

describe("claims in a plane", () => {
  it("are best fits, and what two intervals span, every pair of segments", () => {
    const [best, box] = planeClaims(["xi_S", "xi_V"], chosen);
    expect(best).toEqual({ label: "arXiv:1806.07424, CsI 2017, best fit", points: [[0.363, -0.253]] });
    expect(box!.polygons).toHaveLength(2);
    expect(box!.polygons![0]!.outer).toEqual([
      [-1.065, -2.1],
      [1.065, -2.1],
      [1.065, -1.5],
      [-1.065, -1.5],
    ]);
  });

  it("say their degrees of freedom where the plane has others", () => {
    const labels = (dof?: number) =>
      planeClaims(["xi_S", "xi_V"], chosen, dof === undefined ? {} : { dof }).map(({ label }) => label);
    const box = "arXiv:1806.07424, CsI 2017, intervals 90 %, other profiled";
    expect(labels()).toEqual(["arXiv:1806.07424, CsI 2017, best fit", `${box}, 1 dof`]);
    expect(labels(2)[1]).toBe(`${box}, 1 dof`);
    expect(labels(1)[1]).toBe(box);
    const [inside] = planeClaims(["xi_V_e", "xi_V_mu"], chosen, { dof: 1 });
    expect(inside!.label).toMatch(/inside 68 %, 2 dof$/);
  });

  it("turn with the axes, still counter-clockwise", () => {
    const [best, box] = planeClaims(["xi_V", "xi_S"], chosen);
    expect(best!.points).toEqual([[-0.253, 0.363]]);
    const outer = box!.polygons![0]!.outer;
    // Shoelace: counter-clockwise areas are positive.
    const area = outer.reduce((sum, [x, y], k) => {
      const [nextX, nextY] = outer[(k + 1) % outer.length]!;
      return sum + (x * nextY - nextX * y) / 2;
    }, 0);
    // 0.6 by 2.13; sums of a few products of numbers near 1
    expect(area).toBeCloseTo(1.278, 12);
  });

  it("put points of one region together", () => {
    const [inside, ...others] = planeClaims(["xi_V_e", "xi_V_mu"], chosen);
    expect(others).toEqual([]);
    expect(inside).toEqual({
      label: "arXiv:1806.07424, CsI 2021 + 2 more, inside 68 %",
      points: [
        [0, 0],
        [-1.926, 0],
      ],
    });
  });

  it("of second couplings of quarks are only drawn in their own convention", () => {
    const plane = ["C_S_u", "D_P_d"] as const;
    expect(planeClaims(plane, chosen, { convention: "B" })).toEqual([]);
    expect(planeClaims(plane, chosen, { convention: "A", dof: 1 })).toEqual([
      { label: "arXiv:1806.07424, CsI 2017, $D_P^{d}$ up to 0.05, 90 %", box: { x: null, y: [0.05, 0.05] } },
    ]);
  });
});

describe("a card that is loaded", () => {
  const state = (spec: object) =>
    stateOfPanel({ label: "", state: { spec, at: {}, view: { tab: "region" } } } as unknown as Panel, "1806.07424");

  it("shows what its own paper publishes of its couplings", () => {
    expect(state({ free: ["xi_T", "xi_V"], plane: ["xi_S", "xi_V"] }).view.claims).toEqual(["1806.07424"]);
    expect(state({ free: ["xi_V"] }).view.claims).toEqual(["1806.07424"]);
    expect(state({ free: ["xi_T"] }).view.claims).toEqual([]);
  });
});

describe("papers to choose from", () => {
  it("are those that publish something of what is shown", () => {
    const names = (parameters: string[], plane: [string, string] | null) =>
      papersWith(parameters, plane, {}).map(({ name }) => name);
    expect(names(["xi_S"], null)).toEqual(["arXiv:1806.07424"]);
    expect(names(["xi_T"], ["xi_S", "xi_V"])).toEqual(["arXiv:1806.07424"]);
    expect(names(["xi_T"], ["xi_S", "xi_T"])).toEqual([]);
  });

  it("leave out papers without claims", () => {
    expect(claimsOf({ papers, claims: [] })).toEqual([]);
  });
});
