import type { Gallery, PublishedClaim } from "nurecoil/reproductions";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { claimsOf, intervalClaims, papersWith, planeClaims } from "../../web/state/claims.ts";
import { gallery } from "../../web/state/gallery.ts";

const source = { paper: "1806.07424", place: "", group: "table-2", label: "", read: "", cases: [], experiments: [] };
const interval = (parameter: string, profiled: readonly string[], segments: readonly [number, number][]) =>
  ({
    ...source,
    kind: "interval",
    convention: "A",
    parameter,
    profiled,
    cl: 0.9,
    method: "delta-chi2",
    segments,
  }) satisfies PublishedClaim;

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
  { ...source, kind: "best-fit", convention: "A", free: ["xi_S", "xi_V"], points: [{ xi_S: 0.363, xi_V: -0.253 }] },
  { ...source, kind: "best-fit", convention: "A", free: ["xi_S"], points: [{ xi_S: 0 }] },
  {
    ...source,
    kind: "reach",
    convention: "A",
    plane: ["C_S_u", "D_P_d"],
    cl: 0.9,
    dof: 1,
    parameter: "D_P_d",
    end: "high",
    value: 0.05,
  },
  { ...source, kind: "point", convention: "B", plane: ["xi_V_e", "xi_V_mu"], cl: 0.68, dof: 2, point: [0, 0] },
  { ...source, kind: "point", convention: "B", plane: ["xi_V_e", "xi_V_mu"], cl: 0.68, dof: 2, point: [-1.926, 0] },
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
    expect(alone).toEqual([{ label: "arXiv:1806.07424, 90 %", segments: [[-0.62, 0.62]] }]);
    const beside = intervalClaims("xi_S", chosen, { free: ["xi_V", "xi_S"] });
    expect(beside.map(({ segments }) => segments)).toEqual([[[-1.065, 1.065]]]);
    expect(beside[0]!.label).toBe("arXiv:1806.07424, 90 %, $\\xi_V$ profiled");
  });

  it("are all there are where none has the same couplings free", () => {
    expect(intervalClaims("xi_S", chosen, { free: ["xi_S", "xi_T"] })).toHaveLength(2);
  });

  it("are none of a paper that is not chosen", () => {
    expect(intervalClaims("xi_S", [], { free: ["xi_S"] })).toEqual([]);
    expect(intervalClaims("xi_S", ["2008.06062"], { free: ["xi_S"] })).toEqual([]);
  });
});

describe("claims in a plane", () => {
  it("are best fits, and what two intervals span, every pair of segments", () => {
    const [best, box] = planeClaims(["xi_S", "xi_V"], chosen);
    expect(best).toEqual({ label: "arXiv:1806.07424, best fit", points: [[0.363, -0.253]] });
    expect(box!.polygons).toHaveLength(2);
    expect(box!.polygons![0]!.outer).toEqual([
      [-1.065, -2.1],
      [1.065, -2.1],
      [1.065, -1.5],
      [-1.065, -1.5],
    ]);
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
      label: "arXiv:1806.07424, inside 68 %",
      points: [
        [0, 0],
        [-1.926, 0],
      ],
    });
  });

  it("of second couplings of quarks are only drawn in their own convention", () => {
    const plane = ["C_S_u", "D_P_d"] as const;
    expect(planeClaims(plane, chosen, { convention: "B" })).toEqual([]);
    expect(planeClaims(plane, chosen, { convention: "A" })).toEqual([
      { label: "arXiv:1806.07424, $D_P^{d}$ up to 0.05, 90 %", box: { x: null, y: [0.05, 0.05] } },
    ]);
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
