/** Neutron rms radii as parameters: set, free, in place of their pull. */
import { describe, expect, it } from "vitest";
import {
  chi2,
  fit,
  type PreparedAnalysis,
  parseSpec,
  predict,
  prepare,
  type SpecInput,
} from "../../src/analysis/index.ts";
import { formFactors } from "../../src/nuclei/form-factors/index.ts";
import { findIsotope } from "../../src/nuclei/index.ts";
import { expectRelative } from "../relative.ts";
import { library, sum } from "./shipped.ts";

const analysis = (name: string, input: Omit<SpecInput, "experiments"> = {}) =>
  prepare(parseSpec({ experiments: [name], ...input }), library);
const signalOf = (one: PreparedAnalysis, values: Record<string, number>) => {
  const { components } = one.likelihood([], values).detail([]);
  return components.filter(({ name }) => name === "cevns").map(({ counts }) => counts);
};
/** Pulls held at their centres. */
const centre = (one: PreparedAnalysis) =>
  Object.fromEntries(one.nuisances.filter(({ kind }) => kind === "pull").map(({ name }) => [name, 0]));

const nominalOf = (model: string, names: readonly string[]): number =>
  sum(names.map((name) => formFactors[model]!.defaultRadiusFm(findIsotope(name)))) / names.length;
// Mean of Cs and I; natural argon, by abundance.
const argon = (model: string): number =>
  [
    ["36Ar", 0.0033361],
    ["38Ar", 0.0006289],
    ["40Ar", 0.996035],
  ].reduce(
    (total, [name, part]) =>
      total + (part as number) * formFactors[model]!.defaultRadiusFm(findIsotope(name as string)),
    0,
  );

describe.each([
  [
    "coherent-csi-2017@paper",
    "R_n_CsI",
    "helm",
    0.51 * nominalOf("helm", ["133Cs"]) + 0.49 * nominalOf("helm", ["127I"]),
  ],
  ["coherent-csi-2021@energy", "R_n_CsI", "helm", nominalOf("helm", ["133Cs", "127I"])],
  ["coherent-csi-2021@energy", "R_n_CsI", "klein-nystrand", nominalOf("klein-nystrand", ["133Cs", "127I"])],
  ["coherent-csi-2021@energy", "R_n_CsI", "fermi", nominalOf("fermi", ["133Cs", "127I"])],
  ["coherent-lar-2020@energy", "R_n_Ar", "helm", argon("helm")],
  ["sbc-lar10-inin@counts", "R_n_Ar", "helm", argon("helm")],
] as const)("%s, %s, %s", (name, radius, formFactor, nominal) => {
  const free = analysis(name, { free: [radius], formFactor, parameters: { xi_V: 0.1, xi_S: 0.2 } });
  const [low, high] = free.range(radius);

  it("interpolates between rebuilt templates to 1e-8 over its whole range", () => {
    const pulls = centre(free);
    let widest = 0;
    for (const share of [0, 0.013, 0.11, 0.29, 0.37, 0.5, 0.61, 0.78, 0.93, 0.994, 1]) {
      const at = low + share * (high - low);
      const rebuilt = analysis(name, { formFactor, parameters: { xi_V: 0.1, xi_S: 0.2, [radius]: at } });
      const expected = signalOf(rebuilt, centre(rebuilt));
      const likelihood = free.likelihood([radius], pulls);
      const ours = likelihood.detail([at]).components.filter((one) => one.name === "cevns");
      expected.forEach((cells, flavour) => {
        const largest = Math.max(...cells);
        cells.forEach((count, cell) => {
          const error = Math.abs(ours[flavour]!.counts[cell]! - count);
          widest = Math.max(widest, error / largest);
          expect(error, `${at} fm, flavour ${flavour}, cell ${cell}`).toBeLessThanOrEqual(1e-8 * largest);
        });
      });
    }
    expect(high - low).toBeGreaterThan(0.99 * nominal);
    expect(widest).toBeGreaterThan(0);
  });

  it("at its nominal value changes nothing", () => {
    const without = analysis(name, { formFactor, parameters: { xi_V: 0.1, xi_S: 0.2 } });
    const set = analysis(name, { formFactor, parameters: { xi_V: 0.1, xi_S: 0.2, [radius]: nominal } });
    const [expected, ours] = [signalOf(without, centre(without)), signalOf(set, centre(set))];
    expected.forEach((cells, flavour) => {
      cells.forEach((count, cell) => {
        // The nominal radius is taken from the model above: a mean rounded at 1e-16.
        expectRelative(ours[flavour]![cell]!, count, 1e-11, `${flavour} ${cell}`);
      });
    });
  });
});

it("one shift moves the neutrons of all isotopes, protons stay", () => {
  const shift = 0.3;
  const [cs, i] = ["133Cs", "127I"].map((name) => formFactors["helm"]!.defaultRadiusFm(findIsotope(name)));
  const ours = predict(analysis("coherent-csi-2021@energy", { parameters: { R_n_CsI: (cs! + i!) / 2 + shift } }));
  const formFactor = { model: "helm", neutronRadiiFm: { "133Cs": cs! + shift, "127I": i! + shift } };
  const stated = predict(analysis("coherent-csi-2021@energy", { formFactor }));
  const both = predict(
    analysis("coherent-csi-2021@energy", {
      formFactor: { ...formFactor, protonRadiiFm: formFactor.neutronRadiiFm },
    }),
  );
  ours.total.forEach((count, cell) => {
    expectRelative(count, stated.total[cell]!, 1e-12, `cell ${cell}`);
  });
  expect(Math.abs(sum(both.total) / sum(ours.total) - 1)).toBeGreaterThan(1e-4);
  // Larger nuclei scatter less.
  expect(sum(ours.total)).toBeLessThan(0.99 * sum(predict(analysis("coherent-csi-2021@energy")).total));
});

describe("in place of the pull", () => {
  const [ID, pull] = ["coherent-csi-2021", "coherent-csi-2021.neutron-radius"];
  const nominal = nominalOf("helm", ["133Cs", "127I"]);

  it("the pull moves the radius by 5 %: setting one is setting the other", () => {
    // Other shapes are those of the radius at hand.
    const held = Object.fromEntries(
      ["onset", "quenching-0", "quenching-1", "efficiency"].map((one) => [`${ID}.${one}`, 0]),
    );
    const [cs, i] = ["133Cs", "127I"].map((name) => formFactors["helm"]!.defaultRadiusFm(findIsotope(name)));
    const formFactor = { model: "helm", neutronRadiiFm: { "133Cs": 1.05 * cs!, "127I": 1.05 * i! } };
    const byPull = chi2(analysis(ID, { parameters: { ...held, [pull]: 1 } }));
    const byRadius = chi2(analysis(ID, { formFactor, parameters: { ...held, [pull]: 0 } }));
    // The constraint is what the pull costs.
    expectRelative(byPull.chi2 - 1, byRadius.chi2, 1e-11);
  });

  it.each([
    ["free", { free: ["R_n_CsI"] }],
    ["set", { parameters: { R_n_CsI: nominal } }],
  ] as const)("%s: the pull is no more, and the result says so", (_, input) => {
    const one = analysis(ID, input as Omit<SpecInput, "experiments">);
    expect(one.notes).toContain(`the neutron radius is a parameter here, in place of the pull ${pull}`);
    const free = "free" in input ? ["R_n_CsI"] : [];
    const detail = one.likelihood(free).detail(free.map(() => nominal));
    expect(detail.deviations).not.toHaveProperty([pull]);
    expect(one.nuisances.map(({ name }) => name)).not.toContain(pull);
    // The same as with the pull held at 0 by hand.
    const byHand = chi2(analysis(ID, { parameters: { [pull]: 0 } }));
    // Interpolated templates at the nominal radius: 1e-8.
    expectRelative(detail.chi2, byHand.chi2, 1e-7);
    expect(analysis(ID).notes.join()).not.toMatch(/neutron radius/);
  });

  it("a pull that nothing depends on any more cannot be free", () => {
    expect(() => analysis(ID, { free: ["R_n_CsI", pull] })).toThrow(/nothing in this analysis depends on/);
  });

  it("costs one degree of freedom where it is free, none where it is set", () => {
    const dof = (input: Omit<SpecInput, "experiments">): number => chi2(analysis(`${ID}@energy`, input)).dof;
    const fitted = fit(analysis(`${ID}@energy`, { free: ["R_n_CsI"], cl: [0.9] }));
    expect(dof({})).toBe(9);
    expect(dof({ parameters: { R_n_CsI: nominal } })).toBe(9);
    expect(fitted.dof).toBe(8);
  });
});

it.each([
  ["coherent-csi-2021", "R_n_CsI", [3.2, 4.2, 5.42, 6.2, 7.9]],
  ["coherent-lar-2020", "R_n_Ar", [2.1, 2.6, 3.4, 4.5, 5.9]],
  ["sbc-lar10-inin", "R_n_Ar", [2.1, 4.5]],
] as const)(
  "%s: a radius that is searched costs what it costs when it is set, its other shapes moved along",
  (id, radius, places) => {
    const searched = analysis(id, { free: [radius], parameters: { xi_S: 0.1 } }).likelihood([radius]);
    for (const at of places) {
      const set = chi2(analysis(id, { parameters: { xi_S: 0.1, [radius]: at } }));
      expectRelative(searched.evaluate([at]), set.chi2, 1e-9, `${at} fm`);
    }
  },
);

it("a fit finds the radius that made the data", () => {
  const truth = { R_n_CsI: 5.1 };
  const experiments = [{ id: "coherent-csi-2021", likelihood: "energy", data: "asimov" as const }];
  const one = prepare(parseSpec({ experiments, truth, free: ["R_n_CsI"], cl: [0.9] }), library);
  const { minima } = fit(one);
  // Data are made with rebuilt templates, fitted with interpolated ones.
  expect(minima[0]!.chi2).toBeLessThan(1e-9);
  expect(Math.abs(minima[0]!.parameters["R_n_CsI"]! - truth.R_n_CsI)).toBeLessThan(1e-4);
});

it("two argon detectors share one radius, iodide and argon have their own", () => {
  const one = prepare(
    parseSpec({ experiments: ["coherent-lar-2020@energy", "sbc-lar10-inin"], free: ["R_n_Ar"] }),
    library,
  );
  expect(Object.keys(one.radii)).toEqual(["R_n_Ar"]);
  const at = (radius: number) => one.likelihood(["R_n_Ar"]).detail([radius]).contributions;
  const [near, far] = [at(3.4), at(4.4)];
  for (const id of ["coherent-lar-2020", "sbc-lar10-inin"]) expect(far[id], id).not.toBeCloseTo(near[id]!, 4);
  expect(() => analysis("coherent-lar-2020", { free: ["R_n_CsI"] })).toThrow(/unknown parameter "R_n_CsI"/);
});

it("a nucleus without a radius, and a grid beyond the templates, are refused", () => {
  expect(() => analysis("coherent-csi-2021@energy", { free: ["R_n_CsI"], formFactor: "point" })).toThrow(/no radius/);
  const grid = [{ name: "R_n_CsI", low: 2, high: 20, n: 3 }];
  expect(() => analysis("coherent-csi-2021@energy", { grid })).toThrow(/leaves its range/);
  // A wider range gets more nodes.
  const wide = analysis("coherent-csi-2021@energy", { grid, ranges: { R_n_CsI: [2, 20] } }).likelihood(["R_n_CsI"]);
  for (const at of [2.4, 9, 17]) {
    expectRelative(
      wide.evaluate([at]),
      chi2(analysis("coherent-csi-2021@energy", { parameters: { R_n_CsI: at } })).chi2,
      1e-7,
      `${at} fm`,
    );
  }
});
