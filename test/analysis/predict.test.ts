import { describe, expect, it } from "vitest";
import { chi2, type PredictResult, parseSpec, predict, predictSchema, prepare } from "../../src/analysis/index.ts";
import fit from "../reference/csi-2017-fit.json" with { type: "json" };
import reference from "../reference/csi-2017-paper.json" with { type: "json" };
import { expectRelative } from "../relative.ts";
import { BACKGROUND, library, numbersOf, paperA, SIGNAL, sum } from "./shipped.ts";

// The reference integrates in two dimensions with mpmath; 24 nodes per bin leave rounding.
const TOLERANCE = 1e-11;
const flavours = ["nu_e", "nu_mu", "anti_nu_mu"] as const;
type Flavour = (typeof flavours)[number];

function countsOf({ components }: PredictResult, flavour: Flavour): readonly number[] {
  return components.find((one) => one.name === "cevns" && one.flavour === flavour)?.counts ?? [];
}

const signal = (result: PredictResult): number => sum(flavours.map((flavour) => sum(countsOf(result, flavour))));

describe("predict at the standard model", () => {
  it.each(["leading", "full", "exact"] as const)(
    "recoil %s: events per flavour and bin as mpmath has them",
    (recoil) => {
      const result = predict(paperA({ recoil }));
      const { events } = reference.sm[recoil];
      for (const flavour of flavours) {
        countsOf(result, flavour).forEach((count, bin) => {
          expectRelative(count, events[flavour][bin] as number, TOLERANCE, `${flavour} ${bin}`);
        });
      }
    },
  );

  const result = predict(paperA());

  it("is a whole result of its format, with finite numbers", () => {
    expect(predictSchema.safeParse(result).error).toBeUndefined();
    expect(numbersOf(result).every(Number.isFinite)).toBe(true);
    expect(predictSchema.safeParse({ ...result, extra: 1 }).success).toBe(false);
  });

  it("says what it is of: data, bins, likelihood, nominal nuisances", () => {
    expect(result).toMatchObject({
      format: "nurecoil/predict/1",
      experiment: "coherent-csi-2017",
      likelihood: "paper",
      dof: 13,
      parameters: {},
      nuisances: { [SIGNAL]: 0, [BACKGROUND]: 1, "coherent-csi-2017.cevns": 1 },
      observed: reference.data.residual,
    });
    expect(result.axes).toEqual([{ name: "pe", unit: "PE", edges: Array.from({ length: 14 }, (_, k) => 6 + 2 * k) }]);
    result.errors?.forEach((error, bin) => {
      expectRelative(error, reference.data.error[bin] as number, 1e-14);
    });
  });

  it("has one component per flavour, the background, and their sum", () => {
    expect(result.components.map(({ name, flavour }) => [name, flavour])).toEqual([
      ...flavours.map((flavour) => ["cevns", flavour]).sort((a, b) => order(a) - order(b)),
      ["brn", null],
    ]);
    const background = result.components.at(-1)?.counts ?? [];
    result.total.forEach((total, bin) => {
      const expected = (reference.sm.full.perBin[bin] as number) + (reference.data.beamOnBackground[bin] as number);
      expectRelative(total, expected, TOLERANCE);
      expectRelative(background[bin] as number, reference.data.beamOnBackground[bin] as number, TOLERANCE);
    });
  });

  /** Place of a component among those of the result: any order of flavours is as good. */
  function order([, flavour]: readonly (string | null)[]): number {
    return result.components.findIndex((one) => one.flavour === flavour);
  }

  it("nuisances move their component and nothing else", () => {
    const moved = predict(paperA({ parameters: { [SIGNAL]: 1, [BACKGROUND]: 0.5, "coherent-csi-2017.cevns": 2 } }));
    expect(moved.nuisances).toEqual({ [SIGNAL]: 1, [BACKGROUND]: 0.5, "coherent-csi-2017.cevns": 2 });
    // Nuisances are no couplings.
    expect(moved.parameters).toEqual({});
    result.components.forEach((before, k) => {
      // 28 % of the signal per sigma, on top of the factor 2.
      const factor = before.name === "cevns" ? 1.28 * 2 : 0.5;
      before.counts.forEach((count, bin) => {
        expectRelative(moved.components[k]?.counts[bin] as number, factor * count, 1e-14);
      });
    });
    expectRelative(
      sum(moved.total),
      2.56 * reference.sm.full.total + 0.5 * reference.data.beamOnBackgroundTotal,
      TOLERANCE,
    );
  });

  it("takes one experiment", () => {
    const twice = paperA();
    expect(() => predict({ ...twice, experiments: [...twice.experiments, ...twice.experiments] })).toThrow(
      /predict takes one experiment/,
    );
  });
});

describe("predict with new couplings", () => {
  const couplings = { xi_S: 0.4, xi_V: -0.5, xi_T: 0.3, R: -0.7 };
  const result = predict(paperA({ parameters: couplings }));

  it("repeats them", () => {
    expect(result.parameters).toEqual(couplings);
  });

  it.each(["A", "B"] as const)("events at quark couplings, convention %s", (convention) => {
    for (const point of fit.quarkPoints) {
      const found = predict(paperA({ convention, parameters: point.couplings }));
      expectRelative(signal(found), point[convention].events, TOLERANCE);
    }
  });

  it.each(flavours)("R acts as the reference's template: more %s or fewer", (flavour) => {
    const [none, one] = [0, 1].map((R) => countsOf(predict(paperA({ parameters: { R } })), flavour));
    const templates = reference.templates[flavour];
    one?.forEach((count, bin) => {
      const expected = (templates["133Cs"].full.RR[bin] as number) + (templates["127I"].full.RR[bin] as number);
      // A difference a hundred times smaller than its terms.
      expectRelative(count - (none?.[bin] as number), expected, 1e-8, `bin ${bin}`);
    });
    expect(Math.sign(sum(one ?? []) - sum(none ?? []))).toBe(flavour === "anti_nu_mu" ? 1 : -1);
  });

  it("a flavoured coupling acts on its flavour, neutrino and antineutrino alike", () => {
    const flavoured = (lepton: string) =>
      predict(
        paperA({
          parameters: Object.fromEntries(
            Object.entries(couplings).map(([name, value]) => [`${name}_${lepton}`, value]),
          ),
        }),
      );
    const standard = predict(paperA());
    const [electron, muon, tau] = ["e", "mu", "tau"].map(flavoured) as [PredictResult, PredictResult, PredictResult];
    expect(countsOf(electron, "nu_e")).toEqual(countsOf(result, "nu_e"));
    expect(countsOf(electron, "nu_mu")).toEqual(countsOf(standard, "nu_mu"));
    expect(countsOf(electron, "anti_nu_mu")).toEqual(countsOf(standard, "anti_nu_mu"));
    expect(countsOf(muon, "nu_e")).toEqual(countsOf(standard, "nu_e"));
    expect(countsOf(muon, "nu_mu")).toEqual(countsOf(result, "nu_mu"));
    expect(countsOf(muon, "anti_nu_mu")).toEqual(countsOf(result, "anti_nu_mu"));
    expect(tau.total).toEqual(standard.total);
    expect(countsOf(result, "nu_e")).not.toEqual(countsOf(standard, "nu_e"));
  });

  it("all three flavours at one value are the bare coupling", () => {
    for (const name of ["xi_V", "xi_S", "C_S_u", "D_A_d", "C_T_u"]) {
      const [bare, three] = [[""], ["_e", "_mu", "_tau"]].map((ends) =>
        predict(paperA({ parameters: Object.fromEntries(ends.map((end) => [`${name}${end}`, 0.03])) })),
      );
      expect(three?.total).toEqual(bare?.total);
    }
  });

  it("sin^2 theta_W at its value changes nothing; the coupling xi_V takes its place", () => {
    const standard = signal(predict(paperA()));
    expectRelative(signal(predict(paperA({ parameters: { sin2_theta_w: 0.2387 } }))), standard, 1e-14);
    // Q rises by 4 Z/N per unit: with Z/N = 55/78 alone (Cs) and 53/74 alone (I) xi_V would do the same.
    const moved = signal(predict(paperA({ parameters: { sin2_theta_w: 0.2487 } })));
    const [low, high] = [53 / 74, 55 / 78]
      .map((ratio) => signal(predict(paperA({ parameters: { xi_V: 0.04 * ratio } }))))
      .sort((a, b) => a - b);
    expect(moved).toBeGreaterThan(low as number);
    expect(moved).toBeLessThan(high as number);
  });

  it("convention B is the default", () => {
    const { couplings: parameters, B } = fit.quarkPoints[0] as (typeof fit.quarkPoints)[0];
    const spec = parseSpec({ experiments: ["coherent-csi-2017"], parameters });
    expectRelative(chi2(prepare(spec, library)).chi2, B.chi2, TOLERANCE);
  });
});
