/** Several experiments at once: what they share, what they do not, and what cannot go together. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { chi2, fit, parseSpec, predict, prepare, type SpecInput } from "../../src/analysis/index.ts";
import { parseExperiment } from "../../src/experiments/parse.ts";
import type { ExperimentFile } from "../../src/experiments/schema.ts";
import { issuesOf } from "../experiments/shipped.ts";
import { expectRelative } from "../relative.ts";
import { searchMinimum } from "../statistics/simplex.ts";
import { library, sum } from "./shipped.ts";

const CSI = "coherent-csi-2021";
const LAR = "coherent-lar-2020";
const analysis = (experiments: SpecInput["experiments"], input: Omit<SpecInput, "experiments"> = {}, from = library) =>
  prepare(parseSpec({ experiments, ...input }), from);
const cost = (experiments: SpecInput["experiments"], input: Omit<SpecInput, "experiments"> = {}): number =>
  chi2(analysis(experiments, input)).chi2;
const refused = (experiments: SpecInput["experiments"], input: Omit<SpecInput, "experiments"> = {}, from = library) =>
  issuesOf(() => analysis(experiments, input, from)).map(({ message, hint }) => `${message} | ${hint}`);

/** The library with one experiment's file changed. */
function changed(id: string, change: (file: ExperimentFile) => void) {
  const folder = new URL(`../../experiments/${id}/`, import.meta.url);
  const texts = Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), "utf8")]),
  );
  const file = JSON.parse(texts["experiment.json"]!) as ExperimentFile;
  change(file);
  const parsed = parseExperiment({ ...texts, "experiment.json": JSON.stringify(file) }, id);
  return { ids: library.ids, load: (name: string) => (name === id ? parsed : library.load(name)) };
}

const points = [{}, { xi_V: -0.3 }, { xi_V_e: 0.2, xi_V_mu: -0.1 }, { xi_S: 0.6, xi_T: 0.2 }];

describe("experiments that share nothing", () => {
  it.each([
    [[`${CSI}@energy`, `${LAR}@energy`]],
    [[`${CSI}@energy`, "sbc-lar10-inin", "sbc-lar100-laguna"]],
    [["coherent-csi-2017@paper", `${LAR}@energy`]],
    [[CSI, "sbc-lar10-inin"]],
    [[`${LAR}@energy`, CSI]],
  ])("%j: chi^2 is the sum, and its parts are those of each", (names) => {
    for (const parameters of points.slice(2)) {
      const alone = names.map((name) => chi2(analysis([name], { parameters })));
      const joint = chi2(analysis(names, { parameters }));
      // Minima of the pulls are good to 1e-12 of chi^2.
      expect(Math.abs(joint.chi2 - sum(alone.map((one) => one.chi2)))).toBeLessThan(1e-9 * (1 + joint.chi2));
      expect(joint.dof).toBe(sum(alone.map((one) => one.dof)));
      expect(Object.keys(joint.pulls).sort()).toEqual(alone.flatMap((one) => Object.keys(one.pulls)).sort());
      for (const one of alone) {
        for (const [id, part] of Object.entries(one.contributions)) {
          expect(Math.abs(joint.contributions[id]! - part)).toBeLessThan(1e-5);
        }
      }
    }
  });

  it("does not depend on the order", () => {
    const parameters = { xi_V: 0.2 };
    for (const names of [
      [CSI, LAR, "sbc-lar10-inin"],
      [`${CSI}@energy`, `${LAR}@energy`],
    ]) {
      expectRelative(cost([...names].reverse(), { parameters }), cost(names, { parameters }), 1e-11);
    }
  });
});

describe("the flux of the Spallation Neutron Source", () => {
  const names = [CSI, LAR];
  const flux = "sns.flux";

  it("is one pull: the joint chi^2 is that of both at one flux, minimised over it", () => {
    for (const parameters of points.slice(1, 3)) {
      const apart = names.map((name) => analysis([name], { parameters }).likelihood([flux]));
      // Both pay the constraint, which counts once.
      const at = (pull: number): number => sum(apart.map((one) => one.evaluate([pull]))) - pull ** 2;
      const joint = chi2(analysis(names, { parameters }));
      const plain = searchMinimum(([pull]) => at(pull!), [0], [[-5, 5]], 0.5);
      expectRelative(joint.chi2, plain.value, 1e-11);
      // The search ends at 1e-7 where chi^2 is flat to its rounding: 1e-5 of a pull.
      expect(Math.abs(joint.pulls[flux]! - plain.x[0]!)).toBeLessThan(1e-5);
      expect(Math.abs(plain.x[0]!)).toBeGreaterThan(0.05);
    }
  });

  it("with `uncorrelated` every experiment has its own, and the sum is back", () => {
    for (const parameters of points.slice(1, 3)) {
      const joint = chi2(analysis(names, { parameters, uncorrelated: true }));
      const alone = names.map((name) => chi2(analysis([name], { parameters })));
      expect(Math.abs(joint.chi2 - sum(alone.map((one) => one.chi2)))).toBeLessThan(1e-8);
      expect(joint.pulls).not.toHaveProperty([flux]);
      names.forEach((name, i) => {
        expect(Math.abs(joint.pulls[`${name}.flux`]! - alone[i]!.pulls[flux]!)).toBeLessThan(1e-5);
      });
    }
    const notes = (uncorrelated: boolean) => analysis(names, { uncorrelated }).notes.join("\n");
    expect(notes(true)).toMatch(/uncorrelated: every experiment has its own flux pull/);
    expect(notes(false)).not.toMatch(/uncorrelated/);
  });

  it("sharing matters: 1 + delta moves both by the same factor", () => {
    const [shared, apart] = [false, true].map((uncorrelated) =>
      cost(names, { parameters: { xi_V: 0.25 }, uncorrelated }),
    );
    expect(Math.abs(shared! - apart!)).toBeGreaterThan(0.01);
    const signal = (name: string, pull: number): number =>
      sum(
        predict(analysis([name], { parameters: { [flux]: pull } }))
          .components.filter((one) => one.name === "cevns")
          .flatMap((one) => one.counts),
      );
    for (const name of names) {
      // 10 % for one standard deviation.
      expectRelative(signal(name, 1), 1.1 * signal(name, 0), 1e-13, name);
      expectRelative(signal(name, -2), 0.8 * signal(name, 0), 1e-13, name);
    }
  });

  it("setting or freeing it under a name that is not its own is refused", () => {
    expect(refused(names, { parameters: { [`${CSI}.flux`]: 1 } })).toEqual([
      expect.stringMatching(/unknown parameter "coherent-csi-2021.flux"/),
    ]);
    expect(refused(names, { parameters: { [flux]: 1 }, uncorrelated: true })).toEqual([
      expect.stringMatching(/unknown parameter "sns.flux"/),
    ]);
  });
});

describe("one name, two definitions", () => {
  const other = (change: (nuisance: { kind: string; sigma: number }) => void) =>
    changed(LAR, (file) => {
      change(file.likelihoods[0]!.nuisances.find((one) => "shared" in one) as { kind: string; sigma: number });
    });

  it.each([
    [
      "another sigma",
      other((one) => Object.assign(one, { sigma: 0.12 })),
      /pull with sigma 0.1 in .* pull with sigma 0.12 in/,
    ],
    [
      "another kind",
      other((one) => Object.assign(one, { kind: "normalisation" })),
      /pull with sigma 0.1 in .* normalisation with sigma 0.1 in/,
    ],
  ] as const)("%s is refused, naming both experiments and definitions", (_, from, definitions) => {
    const [issue, ...others] = refused([CSI, LAR], {}, from);
    expect(others).toEqual([]);
    expect(issue).toMatch(/"sns.flux"/);
    expect(issue).toMatch(definitions);
    for (const id of [CSI, LAR]) expect(issue).toContain(id);
    expect(issue).toMatch(/--uncorrelated/);
    // Alone, or each with its own, they are well.
    expect(() => analysis([LAR], {}, from)).not.toThrow();
    expect(() => analysis([CSI, LAR], { uncorrelated: true }, from)).not.toThrow();
  });
});

describe("overlapping data", () => {
  const both = ["coherent-csi-2017@release", CSI];

  it("is refused, naming both, in either order and for any likelihoods", () => {
    for (const names of [both, [...both].reverse(), ["coherent-csi-2017", `${CSI}@energy`]]) {
      const [issue, ...others] = refused(names);
      expect(others).toEqual([]);
      expect(issue).toMatch(/coherent-csi-20(17|21) and coherent-csi-20(21|17) hold some of the same events/);
      expect(issue).toMatch(/--allow-overlap/);
    }
  });

  it("is enough to be declared by one of the two", () => {
    const silent = changed(CSI, (file) => file.overlaps.splice(0));
    expect(refused(both, {}, silent)[0]).toMatch(/hold some of the same events/);
  });

  it("can be allowed; every result then says so", () => {
    const simple = ["coherent-csi-2017", `${CSI}@energy`];
    const allowed = fit(analysis(simple, { allowOverlap: true, free: ["xi_V"], cl: [0.9] }));
    for (const result of [chi2(analysis(both, { allowOverlap: true })), allowed]) {
      expect(result.notes.filter((note) => note.startsWith("OVERLAP:"))).toEqual([
        "OVERLAP: coherent-csi-2017 and coherent-csi-2021 hold some of the same events, which count twice here",
      ]);
      expect(result.spec.allowOverlap).toBe(true);
    }
    expect(analysis([CSI, LAR], { allowOverlap: true }).notes.join()).not.toMatch(/OVERLAP/);
  });

  it("two likelihoods of one experiment are refused whatever is allowed", () => {
    expect(refused([CSI, `${CSI}@energy`], { allowOverlap: true })[0]).toMatch(/"coherent-csi-2021" is given twice/);
  });

  it("everything is said at once", () => {
    const found = refused([...both, `${CSI}@energy`, { id: LAR, set: { exposure: "3" } }, "coherent-ge"], {
      parameters: { xi_Q: 1 },
    });
    for (const message of [/given twice/, /hold some of the same/, /"3" has no unit/, /coherent-ge/, /xi_Q/]) {
      expect(found.join("\n")).toMatch(message);
    }
  });
});

describe("truth", () => {
  const asimov = (truth: Record<string, number>, input: Omit<SpecInput, "experiments"> = {}) =>
    refused([{ id: LAR, data: "asimov" }], { truth, ...input });

  it.each([
    [{ xi_V: 7 }, /truth of "xi_V" is 7, outside its range \[-5, 5\]/],
    [{ sin2_theta_w: 1.2 }, /truth of "sin2_theta_w" is 1.2, outside its range \[0, 1\]/],
    [{ "sns.flux": -5.5 }, /truth of "sns.flux" is -5.5, outside its range \[-5, 5\]/],
    [{ "coherent-lar-2020.brn-delayed": -0.1 }, /outside its range \[0, 6\]/],
    [{ "coherent-lar-2020.cevns": 6 }, /outside its range \[0, 5\]/],
    [{ R_n_Ar: 1 }, /truth of "R_n_Ar" is 1, outside its range \[2.0/],
    [{ xi_W: 1 }, /unknown parameter "xi_W"/],
    [{ xi_V: 0.1, C_V_u: 0.1 }, /two levels of the same current/],
  ])("%j is refused", (truth, message) => {
    const found = asimov(truth);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(message);
  });

  it("the onset keeps to its bounds", () => {
    const of = (onset: number) => ({
      experiments: [{ id: CSI, data: "asimov" as const }],
      truth: { [`${CSI}.onset`]: onset },
    });
    expect(() => prepare(parseSpec(of(0.25)), library)).not.toThrow();
    const [issue] = issuesOf(() => prepare(parseSpec(of(-0.26)), library));
    expect(issue!.message).toMatch(/outside its range \[-0.25, 0.25\]/);
  });

  it("a range that is widened holds for the truth as well", () => {
    const truth = { xi_V: 7 };
    const asked = {
      experiments: [{ id: LAR, data: "asimov" as const }],
      truth,
      free: ["xi_V"],
      ranges: { xi_V: [-9, 9] },
    };
    expect(() => prepare(parseSpec(asked), library)).not.toThrow();
  });

  it("needs Asimov data somewhere", () => {
    expect(refused([LAR], { truth: { xi_V: 0.1 } })[0]).toMatch(/all data here are observed/);
    // The reactor detectors always have them.
    expect(() => analysis([LAR, "sbc-lar10-inin"], { truth: { xi_V: 0.1 } })).not.toThrow();
  });

  it("in a fit of observed data it makes those of the reactor detectors alone, and the result says which", () => {
    const result = chi2(analysis([`${LAR}@energy`, "sbc-lar10-inin"], { truth: { xi_V: 0.1 } }));
    expect(result.notes.join("\n")).toMatch(/sbc-lar10-inin: always Asimov data, at xi_V = 0.1/);
    expect(result.notes.join("\n")).not.toMatch(/coherent-lar-2020: Asimov/);
    expect(result.spec.experiments.map((one) => one.data)).toEqual(["observed", "asimov"]);
    // The observed part is what it is without.
    expectRelative(result.contributions[LAR]!, chi2(analysis([`${LAR}@energy`])).contributions[LAR]!, 1e-12);
    expect(result.contributions["sbc-lar10-inin"]).toBeGreaterThan(0.5);
    const all = chi2(analysis([{ id: LAR, data: "asimov" }], { truth: { xi_V: 0.1 } }));
    expect(all.notes.join("\n")).toMatch(/coherent-lar-2020: Asimov data at xi_V = 0.1/);
    const standard = chi2(analysis(["sbc-lar100-laguna"]));
    expect(standard.notes.join("\n")).toMatch(/always Asimov data, at the standard model/);
    expect(standard.notes.join("\n")).toMatch(/background is an assumption \(background 500 1\/d, live-time 365 d\)/);
  });

  it("Asimov counts are the exact expectation, errors of a Gaussian likelihood stay the measured ones", () => {
    const truth = { xi_V: -0.3, "coherent-csi-2021.signal": 0.5 };
    const made = predict(analysis([{ id: CSI, likelihood: "energy", data: "asimov" }], { truth }));
    const expected = predict(analysis([`${CSI}@energy`], { parameters: truth }));
    made.observed!.forEach((n, i) => {
      expectRelative(n, expected.total[i]!, 1e-13, `cell ${i}`);
    });
    expect(made.observed!.some((n) => n !== Math.round(n))).toBe(true);
    expect(made.errors).toEqual(expected.errors);
    // The count of a projection has its own root.
    const projection = analysis(["sbc-lar10-inin"]);
    const { observed, sigma } = projection.data[0]!;
    expectRelative(sigma[0]! ** 2, observed[0]!, 1e-14);
    expect(predict(projection).observed).toBeNull();
  });
});

describe("significance", () => {
  it("is the root of what the absence of a component costs, everything else fitted again", () => {
    const ID = "coherent-csi-2017";
    const names = [`${ID}.brn`, `${ID}.cevns`];
    const parameters = { "sns.flux": 0, [`${ID}.signal`]: 0 };
    const fitted = (free: readonly string[], fixed: Record<string, number>) =>
      fit(analysis([`${ID}@release`], { free: [...free], parameters: { ...parameters, ...fixed }, cl: [0.9] }));
    const result = fitted(names, {});
    expect(result.significances.map((one) => one.parameter).sort()).toEqual(names);
    for (const { parameter, chi2AtZero, significance } of result.significances) {
      const others = names.filter((name) => name !== parameter);
      const without = fitted(others, { [parameter]: 0 });
      expectRelative(chi2AtZero, without.minima[0]!.chi2, 1e-10, parameter);
      expectRelative(significance ** 2, chi2AtZero - result.minima[0]!.chi2, 1e-9, parameter);
    }
    expect(result.significances.every((one) => one.significance > 3)).toBe(true);
  });

  it("is given for components alone", () => {
    const result = fit(analysis([`${CSI}@energy`], { free: ["xi_V"], cl: [0.9] }));
    expect(result.significances).toEqual([]);
  });
});
