/** Numbers of the real binary against independent ones: scripts/reference/csi2017_paper.py and csi2017_fit.py. */
import { describe, expect, it } from "vitest";
import { expectRelative } from "../relative.ts";
import { json, reference } from "./run.ts";

const experiment = "coherent-csi-2017";

interface PaperReference {
  sm: Record<string, { events: Record<string, number[]>; total: number }>;
  data: { residual: number[]; error: number[]; beamOnBackground: number[] };
}
interface Best {
  chi2: number;
  signal: number;
  background: number;
  [coupling: string]: number;
}
interface FitReference {
  standardModel: { chi2: number; signal: number; background: number };
  standardModelWithoutPulls: number;
  table1: Record<string, { minima: Best[]; ranges: Record<string, number[]> }>;
  table2: Record<string, { minima: Best[] } & Record<string, Record<string, number[]>>>;
  quarkPoints: {
    couplings: Record<string, number>;
    A: { chi2: number; events: number };
    B: { chi2: number; events: number };
  }[];
}
const paper = reference("csi-2017-paper.json") as PaperReference;
const fits = reference("csi-2017-fit.json") as FitReference;

/** Both integrate by quadrature good to 1e-8; what is left is rounding. */
const EVENTS = 1e-8;
/** chi^2 is smooth in the events. */
const CHI2 = 1e-7;
/** At a minimum chi^2 moves with the square of the parameter: sqrt(CHI2) would be all it can say, both do better. */
const PLACE = 1e-5;
/** The reference takes Delta chi^2 = 2.71 and 6.63; as levels of one degree of freedom: erf(sqrt(Delta/2)). */
const printedLevels = "0.9002790085157781,0.989972473553682";

describe("predict", () => {
  it.each(["leading", "full", "exact"])("recoil %s: events per flavour, background, data", (recoil) => {
    const result = json(["predict", experiment, "--recoil", recoil]);
    const sm = paper.sm[recoil]!;
    for (const { name, flavour, counts } of result.components) {
      const expected = name === "cevns" ? sm.events[flavour]! : paper.data.beamOnBackground;
      // The table of the release has ten digits.
      counts.forEach((count: number, i: number) => {
        expectRelative(count, expected[i]!, name === "cevns" ? EVENTS : 1e-9, `${name} ${flavour} bin ${i}`);
      });
    }
    expect(result.components.map((one: { flavour: string }) => one.flavour).sort()).toEqual(
      ["anti_nu_mu", "nu_e", "nu_mu", null].sort(),
    );
    expect(result.observed).toEqual(paper.data.residual);
    result.errors.forEach((error: number, i: number) => {
      expectRelative(error, paper.data.error[i]!, 1e-14, `error of bin ${i}`);
    });
    const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
    expectRelative(sum(result.total), sm.total + sum(paper.data.beamOnBackground), EVENTS, "total");
  });
});

describe("chi2", () => {
  it("of the standard model, with its pulls", () => {
    const { chi2, pulls, dof, contributions, constraints } = json(["chi2", experiment]);
    expectRelative(chi2, fits.standardModel.chi2, CHI2);
    // The reference gives relative sizes, the result standard deviations of 28 % and 25 %.
    expectRelative(pulls[`${experiment}.signal`] * 0.28, fits.standardModel.signal, CHI2);
    expectRelative(pulls[`${experiment}.brn`] * 0.25, fits.standardModel.background, CHI2);
    expect(dof).toBe(13);
    expectRelative(contributions[experiment] + constraints, chi2, 1e-12);
  });

  it("with the pulls held at their nominal values", () => {
    const set = ["--set", `${experiment}.signal=0`, "--set", `${experiment}.brn=1`];
    const result = json(["chi2", experiment, ...set]);
    expectRelative(result.chi2, fits.standardModelWithoutPulls, CHI2);
    expect(result.constraints).toBe(0);
  });

  it.each(["A", "B"] as const)("at quark couplings, convention %s", (convention) => {
    for (const point of fits.quarkPoints) {
      const set = Object.entries(point.couplings).flatMap(([name, value]) => ["--set", `${name}=${value}`]);
      const result = json(["chi2", experiment, "--convention", convention, ...set]);
      expectRelative(result.chi2, point[convention].chi2, CHI2, JSON.stringify(point.couplings));
    }
  });
});

describe("fit", () => {
  it("of xi_V: both minima and all interval ends", () => {
    const result = json(["fit", experiment, "--free", "xi_V", "--convention", "A", "--cl", printedLevels]);
    const expected = fits.table1["V"]!;
    expect(result.minima).toHaveLength(expected.minima.length);
    result.minima.forEach((one: { parameters: { xi_V: number }; chi2: number; status: string }, i: number) => {
      expectRelative(one.parameters.xi_V, expected.minima[i]!["V"]!, PLACE, `minimum ${i}`);
      expectRelative(one.chi2, expected.minima[i]!.chi2, CHI2, `chi2 of minimum ${i}`);
      expect(one.status).toBe("converged");
    });
    expectRelative(result.sm.chi2, fits.standardModel.chi2, CHI2);
    expect(result.dof).toBe(12);
    for (const [i, cl] of ["90", "99"].entries()) {
      const ends = result.intervals[i].segments.flat();
      expect(ends).toHaveLength(4);
      ends.forEach((end: number, k: number) => {
        expectRelative(end, expected.ranges[cl]![k]!, PLACE, `end ${k} at ${cl} %`);
      });
    }
  });

  it("of xi_S and xi_V: four minima, ranges profiled over the other", () => {
    const result = json(["fit", experiment, "--free", "xi_S,xi_V", "--convention", "A", "--cl", printedLevels]);
    const expected = fits.table2["S-V"]!;
    expect(result.minima).toHaveLength(4);
    for (const best of expected.minima) {
      for (const sign of [1, -1]) {
        const near = result.minima.filter(
          ({ parameters }: { parameters: Record<string, number> }) =>
            Math.hypot(parameters["xi_S"]! - sign * best["S"]!, parameters["xi_V"]! - best["V"]!) < 1e-4,
        );
        expect(near).toHaveLength(1);
        expectRelative(near[0].chi2, best.chi2, CHI2);
      }
    }
    for (const { parameter, deltaChi2, segments } of result.intervals) {
      const ends = expected[parameter.slice(-1)]![deltaChi2 < 3 ? "90" : "99"]!;
      expect(segments).toHaveLength(1);
      expectRelative(segments[0][0], ends[0]!, PLACE, `${parameter} low`);
      expectRelative(segments[0][1], ends[1]!, PLACE, `${parameter} high`);
    }
  });
});

describe("scan", () => {
  it("agrees point by point with chi2, and with the profile of the fit", () => {
    const result = json(["scan", experiment, "--grid", "xi_V=-1:0:3", "--grid", "xi_S=-0.5:0.5:2"]);
    expect(result.grid).toEqual([
      { name: "xi_V", values: [-1, -0.5, 0] },
      { name: "xi_S", values: [-0.5, 0.5] },
    ]);
    // Last axis fastest: index 2 is xi_V = -0.5, xi_S = -0.5.
    const { chi2 } = json(["chi2", experiment, "--set", "xi_V=-0.5", "--set", "xi_S=-0.5"]);
    expectRelative(result.chi2[2], chi2, 1e-12);
    expectRelative(result.chi2[3], chi2, 1e-12, "xi_S enters squared");
    const best = fits.table1["V"]!.minima[0]!;
    const profiled = json(["scan", experiment, "--grid", "xi_S=0:1:2", "--profile", "xi_V", "--convention", "A"]);
    expectRelative(profiled.chi2[0], best.chi2, CHI2);
    expectRelative(profiled.profiled.xi_V[0], best["V"]!, PLACE);
  });
});

describe("region", () => {
  it("has its border on the level", () => {
    const result = json(["region", experiment, "--plane", "xi_S,xi_V", "--cl", "0.9", "--convention", "A"]);
    const [{ polygons, deltaChi2, dof }] = result.regions;
    expect(dof).toBe(2);
    // -2 ln 0.1, the quantile of two degrees of freedom in closed form.
    expectRelative(deltaChi2, 4.605170185988092, 1e-9);
    const { outer, holes } = polygons[0];
    for (const [xi_S, xi_V] of [outer[0], outer[Math.floor(outer.length / 2)], holes[0][0]]) {
      const set = ["--set", `xi_S=${xi_S}`, "--set", `xi_V=${xi_V}`, "--convention", "A"];
      const { chi2 } = json(["chi2", experiment, ...set]);
      // Points lie within 1e-6 of the window on the level; chi^2 changes by about 10 over a window of 5.
      expect(Math.abs(chi2 - result.best.chi2 - deltaChi2)).toBeLessThan(1e-4);
    }
  });

  it("with --dof 1 takes the level of one parameter", () => {
    const result = json(["region", experiment, "--plane", "C_V_u,C_V_d", "--dof", "1", "--cl", "0.9"], 1);
    expectRelative(result.regions[0].deltaChi2, 2.705543454095404, 1e-9);
    expect(result.regions[0].polygons.some((one: { open: boolean }) => one.open)).toBe(true);
  });
});

describe("spectrum", () => {
  it("before the detector: more events than after it, and the cross section of both ways agrees", () => {
    const whole = json(["spectrum", experiment]);
    const seen = json(["predict", experiment]);
    for (const { flavour, events } of whole.flavours) {
      const { counts } = seen.components.find((one: { flavour: string }) => one.flavour === flavour);
      const detected = counts.reduce((sum: number, count: number) => sum + count, 0);
      expect(detected).toBeGreaterThan(0.05 * events);
      expect(detected).toBeLessThan(events);
    }
    // The experiment has 51 % Cs nuclei, the formula 50 %: they differ by less than Cs and I do (15 %) over a hundred.
    const material = json(["spectrum", "CsI"]);
    material.flavours.forEach((one: { crossSectionCm2: number }, i: number) => {
      expectRelative(one.crossSectionCm2, whole.flavours[i].crossSectionCm2, 2e-3);
    });
    expect(whole.rateUnit).toBe("1/keVnr");
    expect(material.rateUnit).toBe("cm2/keVnr");
  });

  it("averages to the published cross section of CsI", () => {
    // arXiv:2110.07730: 189 +- 6 in 1e-40 cm^2 over all three flavours; three of its errors leave room for the radius.
    const { flavours } = json(["spectrum", "CsI", "--form-factor", "klein-nystrand"]);
    const mean =
      flavours.reduce((sum: number, one: { crossSectionCm2: number }) => sum + one.crossSectionCm2, 0) /
      flavours.length;
    expect(mean * 1e40).toBeGreaterThan(189 - 18);
    expect(mean * 1e40).toBeLessThan(189 + 18);
  });

  it.each([
    ["133Cs", ["Cs-133", "Cs133"]],
    ["Ar", ["Ar"]],
  ])("%s has the same names everywhere", (name, others) => {
    const one = json(["spectrum", name]);
    for (const other of others) expect(json(["spectrum", other]).flavours).toEqual(one.flavours);
  });
});
