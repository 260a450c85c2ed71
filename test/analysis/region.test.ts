import { describe, expect, it } from "vitest";
import { chi2, type RegionResult, region, regionSchema } from "../../src/analysis/index.ts";
import { contains, signedArea } from "../../src/statistics/index.ts";
import circle from "../reference/csi-2017-circle.json" with { type: "json" };
import reference from "../reference/csi-2017-fit.json" with { type: "json" };
import levels from "../reference/levels.json" with { type: "json" };
import { expectRelative } from "../relative.ts";
import { broken, numbersOf, paperA } from "./shipped.ts";

describe("the ring in (C_S^u, D_P^u) at xi_V = -0.6, against scipy", () => {
  const result = region(paperA({ plane: ["C_S_u", "D_P_u"], parameters: { xi_V: circle.xiV } }));

  it("is one closed polygon with one hole per level", () => {
    expect(result.regions.map(({ cl, dof }) => [cl, dof])).toEqual([
      [0.9, 2],
      [0.99, 2],
    ]);
    ([90, 99] as const).forEach((cl, k) => {
      const expected = circle.rings[cl];
      const { area, polygons, deltaChi2 } = result.regions[k] as RegionResult["regions"][0];
      expectRelative(deltaChi2, expected.deltaChi2, 1e-12);
      expect(polygons).toHaveLength(1);
      expect(polygons[0]?.open).toBe(false);
      expect(polygons[0]?.holes).toHaveLength(1);
      // Chords of some hundred points, and every point on its radius.
      expectRelative(area, expected.area, 1e-4);
      const radius = (points: readonly (readonly [number, number])[], r: number): void => {
        for (const [x, y] of points) expectRelative(Math.hypot(x, y), r, 1e-6);
      };
      radius(polygons[0]?.outer ?? [], expected.outerRadius);
      radius(polygons[0]?.holes[0] ?? [], expected.innerRadius);
      expect(signedArea(polygons[0]?.holes[0] ?? [])).toBeLessThan(0);
    });
  });

  it("has the flat minimum and the standard model beside it", () => {
    expectRelative(result.best.chi2, circle.chi2, 1e-11);
    expect(result.minima.map(({ status }) => status)).toEqual(["flat"]);
    expectRelative(result.sm.chi2, reference.standardModel.chi2, 1e-11);
  });

  it("is a whole result of its format, with finite numbers, the same twice", () => {
    expect(regionSchema.safeParse(result).error).toBeUndefined();
    expect(numbersOf(result).every(Number.isFinite)).toBe(true);
    const again = region(paperA({ plane: ["C_S_u", "D_P_u"], parameters: { xi_V: circle.xiV } }));
    expect(JSON.stringify(again)).toBe(JSON.stringify(result));
  });

  it("lies inside the window found, names of the plane on its sides", () => {
    expect(result.plane).toEqual(["C_S_u", "D_P_u"]);
    const [[left, right], [bottom, top]] = [result.window["C_S_u"], result.window["D_P_u"]] as [
      [number, number],
      [number, number],
    ];
    expect(Math.min(right, top, -left, -bottom)).toBeGreaterThan(circle.rings[99].outerRadius);
    expect(Math.max(right, top, -left, -bottom)).toBeLessThan(2 * circle.rings[99].outerRadius);
  });
});

describe("the plane of xi_S and xi_V", () => {
  const result = region(paperA({ plane: ["xi_V", "xi_S"], cl: levels.printed.map(({ cl }) => cl), dof: 1 }));

  it("at the level of one parameter reaches as far as the profiled range", () => {
    result.regions.forEach((one, k) => {
      expect(one.dof).toBe(1);
      expectRelative(one.deltaChi2, levels.printed[k]?.deltaChi2 as number, 1e-12);
      const xiV = one.polygons.flatMap(({ outer }) => outer.map(([x]) => x));
      const [low, high] = reference.table2["S-V"].V[k === 0 ? 90 : 99] as [number, number];
      // The outermost vertex lies within a cell of the turning point, which is round.
      expect(Math.abs(Math.min(...xiV) - low)).toBeLessThan(1e-3);
      expect(Math.abs(Math.max(...xiV) - high)).toBeLessThan(1e-3);
    });
  });

  it("has chi^2 on its border at the level", () => {
    const { polygons, deltaChi2 } = result.regions[0] as RegionResult["regions"][0];
    for (const { outer, holes } of polygons) {
      for (const ring of [outer, ...holes]) {
        const points = ring.filter((_, k) => k % 100 === 0);
        for (const [V, S] of points) {
          const found = chi2(paperA({ parameters: { xi_V: V, xi_S: S } })).chi2;
          expectRelative(found, result.best.chi2 + deltaChi2, 1e-8);
        }
      }
    }
  });

  it("holds all four minima, lists them, and leaves out what is excluded", () => {
    expect(result.minima).toHaveLength(4);
    const { polygons } = result.regions[0] as RegionResult["regions"][0];
    const holds = (V: number, S: number): boolean => polygons.some((polygon) => contains(polygon, [V, S]));
    for (const { parameters } of result.minima)
      expect(holds(parameters["xi_V"] as number, parameters["xi_S"] as number)).toBe(true);
    // Nothing at all scatters at xi_V = -Q, and xi_S = 1.5 scatters too much.
    expect(holds(-0.968, 0)).toBe(false);
    expect(holds(-0.968, 1.5)).toBe(false);
  });
});

describe("windows and levels", () => {
  it("a window given is the window, and a region that it cuts is open", () => {
    const ranges = { xi_S: [0, 2] as [number, number], xi_V: [-1, 1] as [number, number] };
    const result = region(paperA({ plane: ["xi_S", "xi_V"], ranges, cl: [0.9] }));
    expect(result.window).toEqual(ranges);
    expect(result.regions[0]?.polygons.some(({ open }) => open)).toBe(true);
  });

  it("sigma levels are those of a Gaussian, with the degrees of freedom asked for", () => {
    const ranges = { xi_S: [-2, 2] as [number, number], xi_V: [-3, 1] as [number, number] };
    const { regions } = region(paperA({ plane: ["xi_S", "xi_V"], ranges, sigma: [1, 2], dof: 1 }));
    expectRelative(regions[0]?.deltaChi2 as number, 1, 1e-11);
    expectRelative(regions[1]?.deltaChi2 as number, 4, 1e-11);
    expect(regions[1]?.area).toBeGreaterThan(regions[0]?.area as number);
  });

  it("without a plane is refused", () => {
    expect(() => region(paperA({ free: ["xi_V"] }))).toThrow(/region needs a plane/);
  });

  it("points without an answer are counted, and no vertex is made of them", () => {
    const ranges = { xi_S: [-2, 2] as [number, number], xi_V: [-3, 1] as [number, number] };
    const found = region(broken(paperA({ plane: ["xi_S", "xi_V"], ranges, cl: [0.9] }), 0));
    // A quarter of the plane.
    expect(found.failed).toBeGreaterThan(0);
    expect(numbersOf(found).every(Number.isFinite)).toBe(true);
    expect(found.regions[0]?.polygons.flatMap(({ outer }) => outer).every(([, V]) => V <= 0.02)).toBe(true);
  });
});
