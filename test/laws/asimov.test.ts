/**
 * Asimov data of every shipped likelihood, alone and together: nothing is left at the truth; less binning never raises and
 * one experiment more never lowers what any other point costs. With observed data neither of the last two holds.
 */
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chi2, fit, type PreparedAnalysis, parseSpec, prepare, type SpecInput } from "../../src/analysis/index.ts";
import { parseExperiment } from "../../src/experiments/parse.ts";
import type { CountsDeclaration, ExperimentFile } from "../../src/experiments/schema.ts";
import { library, sum } from "../analysis/shipped.ts";
import { expectRelative } from "../relative.ts";
import { likelihoods } from "./likelihoods.ts";

type Values = Record<string, number>;
type Choice = Exclude<NonNullable<SpecInput["experiments"]>[number], string>;

const choiceOf = (name: string, set: Record<string, string> = {}): Choice => {
  const [id, likelihood] = name.split("@") as [string, string];
  return { id, likelihood, data: "asimov", set };
};
const analysis = (choices: readonly Choice[], input: Omit<SpecInput, "experiments">, from = library) =>
  prepare(parseSpec({ experiments: [...choices], ...input }), from);

/** Away from the standard model and from every nominal nuisance. */
const couplings: Values = { xi_V: 0.12, xi_S: -0.25, xi_T: 0.2 };
const truthOf = (nuisances: PreparedAnalysis["nuisances"]): Values => {
  const values = nuisances.map(({ name, kind, sigma }, k): [string, number] => {
    if (kind === "flat") return [name, 0.06];
    const deviation = [0.7, -0.4, 0.3, -0.6][k % 4]!;
    return [name, kind === "pull" ? deviation : 1 + (sigma ?? 0.3) * deviation];
  });
  return { ...couplings, ...Object.fromEntries(values) };
};
/** What the constraints cost at the truth, from their definition. */
const constraintsAt = (nuisances: PreparedAnalysis["nuisances"], truth: Values): number =>
  sum(
    nuisances
      .filter((one) => one.sigma !== null)
      .map(({ name, kind, sigma }) => (kind === "pull" ? truth[name]! : (truth[name]! - 1) / sigma!) ** 2),
  );

const combined = [
  "coherent-csi-2021@poisson",
  "coherent-lar-2020@poisson",
  "sbc-lar10-inin@counts",
  "sbc-lar100-laguna@counts",
];
const cases: readonly (readonly [string, readonly Choice[]])[] = [
  ...likelihoods.map(({ name }) => [name, [choiceOf(name)]] as const),
  [
    "coherent-csi-2021@poisson, rows of the steady state free",
    [choiceOf("coherent-csi-2021@poisson", { "steady-state-statistics": "joint" })],
  ],
  ["coherent-lar-2020@poisson, absolute", [choiceOf("coherent-lar-2020@poisson", { normalisation: "absolute" })]],
  ["all together", combined.map((name) => choiceOf(name))],
  [
    "all simple ones together",
    ["coherent-csi-2021@energy", "coherent-lar-2020@energy", "sbc-lar10-inin@counts"].map((name) => choiceOf(name)),
  ],
];

describe.each(cases)("%s", (_, choices) => {
  const { nuisances } = analysis(choices, {});

  it("data leave nothing at the truth: all nuisances off their centres, set there", () => {
    const truth = truthOf(nuisances);
    const result = chi2(analysis(choices, { truth, parameters: truth }));
    // Counts come out of the same sums; the root of the rounding of ten thousand events.
    for (const [id, part] of Object.entries(result.contributions)) expect(part, id).toBeLessThan(1e-12);
    expectRelative(result.constraints, constraintsAt(nuisances, truth), 1e-12);
    expectRelative(result.chi2, constraintsAt(nuisances, truth), 1e-9);
    // Another truth is another data set.
    const other = chi2(analysis(choices, { truth: { xi_V: 0.5 }, parameters: truth }));
    expect(Math.max(...Object.values(other.contributions))).toBeGreaterThan(1e-3);
  });

  it("profiled chi^2 is 0 at the couplings of the truth", () => {
    const open = nuisances.filter((one) => one.sigma === null).map((one) => one.name);
    const truth = Object.fromEntries(
      Object.entries(truthOf(nuisances)).filter(([name]) => name in couplings || open.includes(name)),
    );
    // What stays nominal unless set is set.
    const parameters = { ...couplings, ...pick(truth, (name) => name.endsWith(".cevns")) };
    const result = chi2(analysis(choices, { truth, parameters }));
    expect(result.chi2).toBeGreaterThanOrEqual(-1e-12);
    expect(result.chi2).toBeLessThan(1e-10);
    for (const [name, pull] of Object.entries(result.pulls)) {
      // A flat one is found where it is.
      const expected = nuisances.find((one) => one.name === name)!.kind === "flat" ? truth[name]! : 0;
      expect(Math.abs(pull - expected), name).toBeLessThan(1e-4);
    }
  });
});

function pick(values: Values, keep: (name: string) => boolean): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => keep(name)));
}

it.each([
  [["coherent-csi-2021@energy", "coherent-lar-2020@energy", "sbc-lar10-inin@counts"], { xi_V_e: 0.3, xi_V_mu: -0.2 }],
  [["coherent-csi-2021@poisson"], { xi_V: 0.3 }],
] as const)("a fit of %j finds the truth", (names, truth) => {
  const free = Object.keys(truth);
  const choices = names.map((name) => choiceOf(name));
  const [best] = fit(analysis(choices, { truth, free, cl: [0.9] })).minima;
  expect(best!.chi2).toBeLessThan(1e-9);
  // chi^2 of 1e-12 and errors of a tenth.
  for (const [name, value] of Object.entries(truth))
    expect(Math.abs(best!.parameters[name]! - value)).toBeLessThan(1e-5);
});

/** Cells merged in pairs, or as the axes named say; the measured table stays. */
function mergedLibrary(id: string, likelihood: string, axes: readonly string[], keep: (k: number) => boolean) {
  const folder = new URL(`../../experiments/${id}/`, import.meta.url);
  const texts = Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), "utf8")]),
  );
  const file = JSON.parse(texts["experiment.json"]!) as ExperimentFile;
  const declared = file.likelihoods.find((one) => one.id === likelihood) as CountsDeclaration;
  for (const axis of declared.axes) {
    if (!axes.includes(axis.name)) continue;
    const last = axis.edges.length - 1;
    axis.edges = axis.edges.filter((_, k) => k === 0 || k === last || keep(k));
  }
  const parsed = parseExperiment({ ...texts, "experiment.json": JSON.stringify(file) }, id);
  return { ids: [id], load: () => parsed };
}

/** Points of the couplings that regions reach. */
const points: readonly Values[] = [
  { xi_V: 0 },
  { xi_V: -0.9 },
  { xi_V_e: 0.4, xi_V_mu: -0.1 },
  { xi_T: 0.6, xi_S_e: 0.5, xi_S_mu: 0.1 },
];
const sharedTruth: Values = { xi_V_e: 0.1, xi_V_mu: -0.15 };
/** Flavoured and bare forms of one coupling do not go together: those of the truth, where the point says nothing, are 0. */
const costs = (choices: readonly Choice[], from = library, fixed: Values = {}): number[] =>
  points.map((point) => chi2(analysis(choices, { truth: sharedTruth, parameters: { ...point, ...fixed } }, from)).chi2);

describe("merging cells never raises what a point costs", () => {
  // Released variants of the signal are ratios in cells, and the F90 shares belong to bins of energy: merged they would be
  // another model. So energy stays, and these two pulls are held.
  const held: Values = { "coherent-lar-2020.cevns-f90": 0, "coherent-lar-2020.cevns-time": 0 };
  it.each([
    ["coherent-csi-2017", "paper", ["pe"], {}],
    ["coherent-csi-2017", "release", ["pe", "time"], {}],
    ["coherent-csi-2021", "poisson", ["pe", "time"], {}],
    ["coherent-csi-2021", "energy", ["pe"], {}],
    ["coherent-lar-2020", "poisson", ["f90", "time"], held],
    ["coherent-lar-2020", "energy", ["energy"], {}],
  ] as const)("%s@%s, %s", (id, likelihood, axes, fixed) => {
    const choices = [choiceOf(`${id}@${likelihood}`)];
    const fine = costs(choices, library, fixed);
    let coarse: number[] = [];
    for (const keep of [(k: number) => k % 3 === 0, () => false]) {
      coarse = costs(choices, mergedLibrary(id, likelihood, axes, keep), fixed);
      coarse.forEach((cost, k) => {
        // Minima are good to 1e-12 of chi^2; integrals over other panels to 1e-12 of counts.
        expect(cost, JSON.stringify(points[k])).toBeLessThanOrEqual(fine[k]! * (1 + 1e-9) + 1e-9);
      });
      expect(Math.max(...coarse)).toBeGreaterThan(1e-3);
    }
    // Something is lost where everything is merged.
    expect(sum(coarse)).toBeLessThan(0.999 * sum(fine));
  });
});

describe("adding an experiment never lowers what a point costs", () => {
  const named = [...combined, "coherent-csi-2021@energy", "coherent-lar-2020@energy", "coherent-csi-2017@release"];
  const alone = new Map(named.map((name) => [name, costs([choiceOf(name)])]));
  const together = (names: readonly string[], uncorrelated = false): number[] =>
    points.map(
      (point) =>
        chi2(
          analysis(
            names.map((name) => choiceOf(name)),
            // The two likelihoods of CsI data overlap: that does not matter for data made here.
            { truth: sharedTruth, parameters: point, allowOverlap: true, uncorrelated },
          ),
        ).chi2,
    );

  it.each([
    ["coherent-csi-2021@poisson", "coherent-lar-2020@poisson"],
    ["coherent-csi-2021@poisson", "coherent-csi-2017@release"],
    ["coherent-lar-2020@poisson", "coherent-csi-2017@release"],
    ["coherent-csi-2021@poisson", "sbc-lar10-inin@counts"],
    ["coherent-lar-2020@energy", "coherent-csi-2021@energy"],
  ])("%s and %s", (a, b) => {
    const both = together([a, b]);
    both.forEach((cost, k) => {
      const [first, second] = [alone.get(a)![k]!, alone.get(b)![k]!];
      const what = JSON.stringify(points[k]);
      // Minima are good to 1e-12 of chi^2.
      expect(cost, what).toBeGreaterThanOrEqual(Math.max(first, second) * (1 - 1e-9) - 1e-9);
      // Shared pulls take one constraint less than the sum has: the sum can be passed; without them it is met.
      const shares = a !== b && [a, b].every((name) => /2021@poisson|2020@poisson|@release/.test(name));
      if (!shares) expect(Math.abs(cost - first - second), what).toBeLessThan(1e-9 * (1 + cost));
    });
  });

  it("one after the other, up to all four", () => {
    let before = alone.get(combined[0]!)!;
    for (const count of [2, 3, 4]) {
      const now = together(combined.slice(0, count));
      now.forEach((cost, k) => {
        expect(cost, `${count} at ${JSON.stringify(points[k])}`).toBeGreaterThanOrEqual(before[k]! * (1 - 1e-9) - 1e-9);
      });
      before = now;
    }
  });
});

it("is never below 0 wherever one asks: random truths and points, all nuisances profiled", () => {
  const value = fc.double({ min: -0.6, max: 0.6, noNaN: true });
  fc.assert(
    fc.property(fc.tuple(value, value, value, value), ([e, mu, s, point]) => {
      const truth = { xi_V_e: e, xi_V_mu: mu, xi_S: s };
      const of = (parameters: Values): number =>
        chi2(analysis([choiceOf("coherent-csi-2021@energy")], { truth, parameters })).chi2;
      expect(Math.abs(of(truth))).toBeLessThan(1e-10);
      expect(of({ ...truth, xi_S: point })).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 10, seed: 1 },
  );
});
