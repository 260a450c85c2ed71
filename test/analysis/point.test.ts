import { describe, expect, it } from "vitest";
import {
  chi2,
  fit,
  openPoint,
  type PointResult,
  type PreparedAnalysis,
  parseSpec,
  pointSchema,
  predict,
  prepare,
  type SpecInput,
} from "../../src/analysis/index.ts";
import { NurecoilError } from "../../src/errors.ts";
import { expectRelative, expectWithin } from "../relative.ts";
import { library, numbersOf, paperA, sum } from "./shipped.ts";

type Values = Readonly<Record<string, number>>;

// Two ways to the same minimum over the nuisances: both stop within rounding of chi^2, where a pull is flat to the root.
const CHI2 = 1e-12;
const PULL = 1e-9;

const prepared = (input: SpecInput): PreparedAnalysis => prepare(parseSpec(input), library);

/** The same point as the command has it. */
function commanded(input: SpecInput, values: Values) {
  const { free: _, parameters = {}, ...rest } = input;
  return chi2(prepared({ ...rest, parameters: { ...parameters, ...values } }));
}

function expectSame(point: PointResult, input: SpecInput, values: Values): void {
  const command = commanded(input, values);
  expectWithin(point.chi2, command.chi2, CHI2 * (1 + command.chi2), "chi2");
  expect(point.dof).toBe(command.dof);
  expectRelative(point.pValue, command.pValue, PULL, "p-value");
  expect(Object.keys(point.pulls)).toEqual(Object.keys(command.pulls));
  for (const [name, pull] of Object.entries(command.pulls)) {
    expect(Math.abs(point.pulls[name]! - pull), name).toBeLessThan(PULL * (1 + Math.abs(pull)));
  }
  for (const [id, part] of Object.entries(command.contributions)) {
    expectWithin(point.contributions[id]!, part, PULL * (1 + part), id);
  }
  expect(Math.abs(point.constraints - command.constraints)).toBeLessThan(PULL * (1 + command.constraints));
  expect([point.clipped, point.units]).toEqual([command.clipped, command.units]);
}

/** Counts of an experiment with every nuisance set to its best value. */
function expectPredicted(point: PointResult, analysis: PreparedAnalysis, input: SpecInput, values: Values): void {
  // A normalisation is set as a factor, a pull in sigma.
  const best = Object.fromEntries(
    analysis.nuisances
      .filter(({ name }) => Object.hasOwn(point.pulls, name))
      .map(({ name, kind, sigma }) => [
        name,
        (kind === "normalisation" ? 1 : 0) + point.pulls[name]! * (kind === "normalisation" ? sigma! : 1),
      ]),
  );
  point.predictions.forEach((one, e) => {
    const { free: _, parameters = {}, ...rest } = input;
    const own = Object.fromEntries(Object.entries(best).filter(([name]) => isOf(name, e)));
    const alone = predict(
      prepared({ ...rest, experiments: [input.experiments![e]!], parameters: { ...parameters, ...values, ...own } }),
    );
    expect([one.experiment, one.likelihood, one.axes]).toEqual([alone.experiment, alone.likelihood, alone.axes]);
    expect(one.components.map(({ name, flavour }) => [name, flavour])).toEqual(
      alone.components.map(({ name, flavour }) => [name, flavour]),
    );
    one.components.forEach(({ name, counts }, c) => {
      const scale = Math.max(...alone.components[c]!.counts);
      counts.forEach((count, i) => {
        expect(Math.abs(count - alone.components[c]!.counts[i]!), `${name} ${i}`).toBeLessThan(PULL * scale + 1e-15);
      });
    });
    expect([one.observed, one.errors]).toEqual([alone.observed, alone.errors]);
  });

  function isOf(name: string, e: number): boolean {
    return analysis.experiments[e]!.nuisances.some(({ fullName }) => fullName === name);
  }
}

const cases: readonly (readonly [name: string, input: SpecInput, values: readonly Values[]])[] = [
  [
    "couplings of the nucleus, Poisson and counts combined",
    {
      experiments: ["coherent-csi-2021@poisson", "coherent-lar-2020@poisson", "sbc-lar10-inin@counts"],
      free: ["xi_S", "xi_V", "xi_T"],
    },
    [
      { xi_S: 0.3, xi_V: -0.2, xi_T: 0.1 },
      { xi_S: 0, xi_V: 0.4, xi_T: 0.7 },
    ],
  ],
  [
    "quark couplings of one flavour, Gaussian",
    { experiments: ["coherent-csi-2017@paper"], free: ["C_V_u_mu", "C_S_d_mu"], convention: "A" },
    [{ C_V_u_mu: 0.1, C_S_d_mu: 0.02 }],
  ],
  [
    "NSI beside sin^2 theta_W, flux pulls apart",
    {
      experiments: ["coherent-csi-2021@energy", "coherent-lar-2020@energy"],
      free: ["eps_uV_ee", "eps_dV_mumu", "sin2_theta_w"],
      uncorrelated: true,
    },
    [{ eps_uV_ee: 0.15, eps_dV_mumu: -0.05, sin2_theta_w: 0.25 }],
  ],
  [
    "Asimov data of a truth",
    {
      experiments: [{ id: "coherent-csi-2021", likelihood: "poisson", data: "asimov" }, "sbc-lar100-laguna"],
      free: ["xi_V", "xi_S"],
      truth: { xi_V: 0.1 },
    },
    [
      { xi_V: 0.1, xi_S: 0 },
      { xi_V: -0.3, xi_S: 0.2 },
    ],
  ],
  [
    "a coupling that is set, a radius and a nuisance among those that move",
    {
      experiments: ["coherent-csi-2017@release"],
      parameters: { xi_S: 0.2 },
      free: ["xi_V", "R_n_CsI", "coherent-csi-2017.cevns"],
    },
    [{ xi_V: 0.1, R_n_CsI: 5.1, "coherent-csi-2017.cevns": 1.1 }],
  ],
];

describe("openPoint", () => {
  it.each(cases)("%s: chi^2, pulls and counts of chi2 and predict", (_, input, points) => {
    const analysis = prepared(input);
    const at = openPoint(analysis, input.free!);
    for (const values of points) {
      const point = at(values);
      expect(pointSchema.safeParse(point).error).toBeUndefined();
      expect(point.parameters).toEqual({ ...input.parameters, ...values });
      expectSame(point, input, values);
      expectPredicted(point, analysis, input, values);
    }
  });

  it.each(cases)("%s: remembers nothing of where it was", (_, input, points) => {
    const at = openPoint(prepared(input), input.free!);
    const far = Object.fromEntries(Object.entries(points[0]!).map(([name, value]) => [name, 1.05 * value + 0.01]));
    at(far);
    expectSame(at(points[0]!), input, points[0]!);
  });

  it.each(cases)("%s: quick is near", (_, input, points) => {
    const at = openPoint(prepared(input), input.free!);
    at({});
    const [quick, slow] = [at(points[0]!, { quick: true }), at(points[0]!)];
    expectWithin(quick.chi2, slow.chi2, 1e-11 * (1 + slow.chi2));
    for (const [name, pull] of Object.entries(slow.pulls)) expectWithin(quick.pulls[name]!, pull, 1e-5, name);
  });

  const input: SpecInput = { experiments: ["coherent-csi-2021@poisson"], free: ["xi_V", "xi_S"] };
  const at = openPoint(prepared(input), ["xi_V", "xi_S"]);

  it("has the standard model where nothing is said, and beside every point", () => {
    const standard = at({});
    const alone = chi2(prepared({ experiments: input.experiments! }));
    expectRelative(standard.chi2, alone.chi2, CHI2);
    const moved = at({ xi_V: 0.5 });
    expectRelative(moved.sm.chi2, alone.chi2, CHI2);
    moved.predictions[0]!.smTotal.forEach((count, i) => {
      expect(Math.abs(count - standard.predictions[0]!.total[i]!)).toBeLessThan(PULL * (1 + count));
    });
    expect(sum(moved.predictions[0]!.total)).not.toBeCloseTo(sum(moved.predictions[0]!.smTotal), 1);
  });

  it("moves expectations as the likelihood counts them", () => {
    const point = at({ xi_V: 0.2, xi_S: 0.3 });
    const { total, observed } = point.predictions[0]!;
    // Poisson deviance (J. Neyman, E. S. Pearson; S. Baker, R. Cousins 1984) of the counts shown.
    const deviance = sum(
      total.map(
        (mu, i) => 2 * (mu - observed![i]! + (observed![i]! > 0 ? observed![i]! * Math.log(observed![i]! / mu) : 0)),
      ),
    );
    expectRelative(deviance, point.contributions["coherent-csi-2021"]!, 1e-10);
    expectRelative(deviance + point.constraints, point.chi2, 1e-10);
  });

  it("gives results of their own: no later evaluation touches an earlier one", () => {
    const first = at({ xi_V: 0.2 });
    const copy = structuredClone(first);
    at({ xi_V: -0.4 });
    expect(first).toEqual(copy);
    expect(numbersOf(first).every(Number.isFinite)).toBe(true);
  });

  it("names the coupling that leaves no finite number, and the way out", () => {
    for (const value of [1e300, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => at({ xi_V: 0.1, xi_S: value })).toThrow(
        /xi_S = .*set xi_S to a value inside its search range, or to 0/,
      );
    }
    expectSame(at({ xi_V: 0.1, xi_S: 0 }), input, { xi_V: 0.1, xi_S: 0 });
  });

  it("refuses names that it cannot move", () => {
    expect(() => openPoint(prepared(input), ["xi_T"])).toThrow(NurecoilError);
    expect(() => openPoint(prepared(input), ["xi_s"])).toThrow(/did you mean "xi_S"/);
    expect(() => at({ xi_v: 1 })).toThrow(/"xi_v" does not move here.*did you mean "xi_V"/);
  });

  it("says when a prediction is negative", () => {
    const bounded = openPoint(paperA({ free: ["xi_S", "xi_T", "R"] }), ["xi_S", "xi_T", "R"]);
    expect(bounded({ R: 300 }).notes.some((note) => note.includes("negative"))).toBe(true);
    expect(bounded({ R: 0 }).notes.some((note) => note.includes("negative"))).toBe(false);
  });
});

describe("the standard model beside a point", () => {
  const csi = "coherent-csi-2021@poisson";
  const release = "coherent-csi-2017@release";
  const ONSET = "coherent-csi-2021.onset";
  /** What is free, what is set, and how the standard model of it is asked for by itself. */
  const analyses: readonly (readonly [name: string, input: SpecInput, alone: SpecInput])[] = [
    ["an onset free: profiled", { experiments: [csi], free: ["xi_V", ONSET] }, { experiments: [csi] }],
    [
      "an onset set: there",
      { experiments: [csi], free: ["xi_V"], parameters: { [ONSET]: 0.1 } },
      { experiments: [csi], parameters: { [ONSET]: 0.1 } },
    ],
    ["a pull free: profiled", { experiments: [release], free: ["xi_V", "sns.flux"] }, { experiments: [release] }],
    [
      "a held normalisation free: 1",
      { experiments: [release], free: ["coherent-csi-2017.cevns"] },
      { experiments: [release] },
    ],
    [
      "a normalisation set: there",
      { experiments: [release], free: ["xi_V"], parameters: { "coherent-csi-2017.cevns": 0.9 } },
      { experiments: [release], parameters: { "coherent-csi-2017.cevns": 0.9 } },
    ],
    [
      "a radius set: there",
      { experiments: [release], free: ["xi_V"], parameters: { R_n_CsI: 5.1 } },
      { experiments: [release], parameters: { R_n_CsI: 5.1 } },
    ],
    [
      "sin^2 theta_W free: the library's own",
      { experiments: [release], free: ["sin2_theta_w"] },
      { experiments: [release] },
    ],
    [
      "sin^2 theta_W set: the library's own",
      { experiments: [release], free: ["xi_V"], parameters: { sin2_theta_w: 0.25 } },
      { experiments: [release] },
    ],
    [
      "a new coupling set: zero",
      { experiments: [release], free: ["xi_V"], parameters: { xi_S: 0.3 } },
      { experiments: [release] },
    ],
  ];

  it.each(analyses)("%s, as in a fit", (_, input, alone) => {
    const analysis = prepared(input);
    const expected = chi2(prepared(alone)).chi2;
    expectRelative(fit(analysis).sm.chi2, expected, CHI2, "fit");
    // Everything that the spec names may move, those that are set too.
    const named = [...input.free!, ...Object.keys(input.parameters ?? {})];
    for (const moving of [input.free!, named]) {
      const at = openPoint(analysis, moving);
      for (const factor of [1, 1.1]) {
        const values = Object.fromEntries(moving.map((name) => [name, factor * (input.parameters?.[name] ?? 0.2)]));
        expectRelative(at(values).sm.chi2, expected, CHI2, "point");
      }
    }
  });

  it("a radius free: nominal", () => {
    const input: SpecInput = { experiments: [release], free: ["R_n_CsI", "xi_V"] };
    const analysis = prepared(input);
    const { R_n_CsI: nominal } = analysis.radii;
    const { sm } = openPoint(analysis, input.free!)({ R_n_CsI: 5.3, xi_V: 0.2 });
    const expected = chi2(prepared({ experiments: [release], parameters: { R_n_CsI: nominal! } })).chi2;
    // A radius that moves is interpolated: 1e-6 of the counts, which are some standard deviations off at most.
    expectRelative(sm.chi2, expected, 1e-5);
    expectRelative(sm.chi2, fit(analysis).sm.chi2, CHI2);
  });

  it("its counts are those at its own nuisances", () => {
    const analysis = prepared({ experiments: [csi], free: ["xi_V", ONSET] });
    const at = openPoint(analysis, ["xi_V", ONSET]);
    const onset = fit(analysis).sm.pulls[ONSET]!;
    const there = at({ xi_V: 0, [ONSET]: onset });
    expectRelative(there.chi2, there.sm.chi2, CHI2);
    // Onsets are found to the root of where chi^2 is flat.
    const { total, smTotal } = there.predictions[0]!;
    total.forEach((count, i) => {
      expectWithin(smTotal[i]!, count, 1e-6 * (1 + count));
    });
    expect(at({ xi_V: 0, [ONSET]: 0 }).chi2 - there.sm.chi2).toBeGreaterThan(1);
  });
});
