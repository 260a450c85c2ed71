/**
 * coherent-csi-2017@release: templates, data, chi^2 and plain fit against the independent script csi2017_release.py (mpmath,
 * scipy, iminuit).
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { chi2, fit, parseSpec, predict, prepare, type SpecInput } from "../../src/analysis/index.ts";
import { issuesOf } from "../experiments/shipped.ts";
import { expectRelative } from "../relative.ts";
import { library, sum } from "./shipped.ts";

const reference = JSON.parse(readFileSync(new URL("../reference/csi-2017-release.json", import.meta.url), "utf8"));
const release = (input: Omit<SpecInput, "experiments"> = {}) =>
  prepare(parseSpec({ experiments: ["coherent-csi-2017@release"], ...input }), library);
const flat = (cells: number[][]): number[] => cells.flat();

describe("prediction", () => {
  const result = predict(release());
  const component = (name: string, flavour: string | null = null) =>
    result.components.find((one) => one.name === name && one.flavour === flavour)!.counts;

  it.each(["nu_e", "nu_mu", "anti_nu_mu"])(
    "%s in every cell: Poisson photoelectrons, time shape of the flavour",
    (flavour) => {
      const shares = reference.time[flavour === "nu_mu" ? "prompt" : "delayed"] as number[];
      const counts = component("cevns", flavour);
      (reference.sm[flavour] as number[]).forEach((inBin, pe) => {
        shares.forEach((share, time) => {
          // Quadrature of the same integrals: 1e-12.
          if (share > 0) expectRelative(counts[12 * pe + time]!, inBin * share, 1e-12, `${pe}, ${time}`);
          else expect(counts[12 * pe + time]).toBe(0);
        });
      });
    },
  );

  it("175 events of the standard model, 5.4 of prompt neutrons, 405 of the steady state", () => {
    const signal = ["nu_e", "nu_mu", "anti_nu_mu"].flatMap((flavour) => component("cevns", flavour));
    expectRelative(sum(signal), reference.smTotal, 1e-12);
    for (const [i, count] of flat(reference.brn).entries()) expectRelative(component("brn")[i]!, count, 1e-12);
    for (const [i, count] of flat(reference.steadyState).entries())
      expectRelative(component("steady-state")[i]!, count, 1e-12);
    // No cell of the steady state is empty although 13 anticoincidence cells are.
    expect(Math.min(...component("steady-state"))).toBeGreaterThan(0);
  });

  it("holds the released counts: 547 coincidences", () => {
    expect(result.observed).toEqual(flat(reference.C));
    expect(sum(result.observed!)).toBe(547);
    expect(result.errors).toBeNull();
  });
});

describe("chi^2 and fits", () => {
  it("standard model with its pulls, and with every pull at its centre", () => {
    const best = chi2(release());
    expectRelative(best.chi2, reference.standardModel.chi2, 1e-10);
    // iminuit stops at 1e-5 of a pull; brn is given there as a factor.
    expect(best.pulls["sns.flux"]).toBeCloseTo(reference.standardModel.pulls.flux, 4);
    expect(best.pulls["coherent-csi-2017.brn"]).toBeCloseTo((reference.standardModel.pulls.brn - 1) / 0.25, 4);
    const centre = {
      "sns.flux": 0,
      "coherent-csi-2017.signal": 0,
      "coherent-csi-2017.brn": 1,
      "coherent-csi-2017.steady-state": 1,
    };
    expectRelative(chi2(release({ parameters: centre })).chi2, reference.standardModel.chi2PullsAtCentre, 1e-12);
  });

  it("plain fit: 130 +- 23 events with flux and signal pulls at 0", () => {
    const parameters = { "sns.flux": 0, "coherent-csi-2017.signal": 0 };
    const { minima, intervals } = fit(
      release({ parameters, free: ["coherent-csi-2017.cevns"], cl: [0.6826894921370859] }),
    );
    const plain = reference.plainFit;
    expectRelative(minima[0]!.chi2, plain.chi2, 1e-10);
    for (const name of ["cevns", "brn", "steady-state"]) {
      expectRelative(minima[0]!.components[`coherent-csi-2017.${name}`]!, plain[name].events, 1e-4, name);
    }
    const events = reference.smTotal * minima[0]!.uncertainties["coherent-csi-2017.cevns"]!;
    // HESSE of iminuit and ours are both differences of a profile.
    expectRelative(events, plain.cevns.hesse, 1e-2);
    const [segment] = intervals[0]!.segments;
    expectRelative(reference.smTotal * segment![0]!, plain.cevns.low, 1e-4);
    expectRelative(reference.smTotal * segment![1]!, plain.cevns.high, 1e-4);
  });

  it("finds both vector minima, away from the bounds", () => {
    const { minima } = fit(release({ free: ["xi_V"], cl: [0.9] }));
    expect(minima.map((one) => one.status)).toEqual(["converged", "converged"]);
    expect(minima.map((one) => one.parameters["xi_V"]! < -0.968).sort()).toEqual([false, true]);
  });
});

it("two likelihoods of one experiment are not combined", () => {
  const issues = issuesOf(() =>
    prepare(parseSpec({ experiments: ["coherent-csi-2017@paper", "coherent-csi-2017@release"] }), library),
  );
  expect(issues[0]?.message).toMatch(/given twice/);
});
