/** The onset of arrival: a flat nuisance whose shares are interpolated. */
import { describe, expect, it } from "vitest";
import { chi2, fit, parseSpec, prepare, type SpecInput } from "../../src/analysis/index.ts";
import { arrivalShares } from "../../src/flux/index.ts";
import { arrivalShare } from "../laws/events.ts";
import csi from "../reference/csi-2021.json" with { type: "json" };
import reference from "../reference/csi-2021-fit.json" with { type: "json" };
import { expectRelative } from "../relative.ts";
import { library, sum } from "./shipped.ts";

const ID = "coherent-csi-2021";
const ONSET = `${ID}.onset`;
const analysis = (input: Omit<SpecInput, "experiments"> = {}) =>
  prepare(parseSpec({ experiments: [ID], ...input }), library);
const plain = analysis();
const centre = Object.fromEntries(plain.nuisances.map(({ name, kind }) => [name, kind === "normalisation" ? 1 : 0]));
const us = 1e-6;

/** Shares of the bins of time, from the counts of a flavour in its fullest row. */
function sharesAt(onset: number, flavour: string): number[] {
  const { components } = plain.likelihood([], { ...centre, [ONSET]: onset }).detail([]);
  const counts = components.find((one) => one.name === "cevns" && one.flavour === flavour)!.counts;
  const row = [...counts.subarray(3 * 11, 4 * 11)];
  return row.map((count) => count / csi.sm[flavour as "nu_mu"][3]!);
}

describe("interpolated shares", () => {
  it.each([-0.25, -0.249, -0.17, -0.08, -0.013, 0, 0.041, 0.0837, 0.166, 0.2499, 0.25])("at %s us", (onset) => {
    for (const [flavour, kind] of [
      ["nu_mu", "prompt"],
      ["nu_e", "delayed"],
    ] as const) {
      const direct = arrivalShares(
        kind,
        { mean: 0.4708 * us, width: 0.1487 * us },
        csi.timeEdges.map((t) => t * us),
        { flatUntil: 0.52 * us, rate: 0.0494 / us },
        onset * us,
      );
      sharesAt(onset, flavour).forEach((share, bin) => {
        // Polynomials of degree 27 in the onset leave 1e-12 of a share; the events of the row agree to 1e-12.
        expect(Math.abs(share - direct[bin]!), `${flavour} ${bin}`).toBeLessThan(1e-10);
      });
    }
  });

  it("shift the arrival, not the efficiency in time", () => {
    const onset = 0.13;
    const efficiency = (t: number): number => (t < 0.52 ? 1 : Math.exp(-0.0494 * (t - 0.52)));
    const ours = sharesAt(onset, "nu_mu");
    for (const bin of [3, 5, 8]) {
      const [low, high] = [csi.timeEdges[bin]!, csi.timeEdges[bin + 1]!];
      const expected = arrivalShare("prompt", [low, high], [0.4708 + onset, 0.1487], efficiency);
      expect(Math.abs(ours[bin]! - expected), `bin ${bin}`).toBeLessThan(1e-9);
    }
    // The window loses what leaves it, and gains nothing.
    expect(sum(sharesAt(0.25, "nu_e"))).toBeLessThan(sum(sharesAt(-0.25, "nu_e")));
  });
});

it("costs nothing: no constraint, and one degree of freedom", () => {
  const [free, held] = [chi2(plain), chi2(analysis({ parameters: { [ONSET]: 0 } }))];
  expect(free.dof).toBe(98);
  expect(held.dof).toBe(99);
  const pulls = Object.entries(free.pulls).filter(([name]) => name !== ONSET);
  expectRelative(free.constraints, sum(pulls.map(([, pull]) => pull ** 2)), 1e-12);
  // In microseconds, not in standard deviations: 0.0836 in the reference, which rounds the muon's lifetime.
  expect(free.pulls[ONSET]).toBeCloseTo(reference.standardModel["onset free, fixed"].pulls.onset, 5);
});

it("freed, it is a parameter like any other: the same minimum, its interval inside its bounds", () => {
  const result = fit(analysis({ free: [ONSET], cl: [0.9, 0.9999999] }));
  const best = result.minima[0]!;
  expectRelative(best.chi2, chi2(plain).chi2, 1e-10);
  expect(Math.abs(best.parameters[ONSET]! - chi2(plain).pulls[ONSET]!)).toBeLessThan(1e-5);
  const [narrow, wide] = result.intervals.map((one) => one.segments[0]!);
  expect(narrow![0]).toBeGreaterThan(-0.25);
  expect(narrow![1]).toBeLessThan(0.25);
  // At 28 in chi^2 the upper bound is met; data that early cost more.
  expect(wide![0]).toBeGreaterThan(-0.25);
  expect(wide![1]).toBeNull();
});

it("stops at its bounds", () => {
  // Data that come earlier than it may shift.
  const early = analysis({ parameters: { xi_V: 0.1 } });
  const bounded = early.likelihood([]).detail([]);
  expect(Math.abs(bounded.nuisances[ONSET]!)).toBeLessThanOrEqual(0.25);
  const experiments = [{ id: ID, data: "asimov" as const }];
  const atEdge = chi2(prepare(parseSpec({ experiments, truth: { [ONSET]: 0.25 } }), library));
  expect(atEdge.chi2).toBeLessThan(1e-10);
  expect(Math.abs(atEdge.pulls[ONSET]! - 0.25)).toBeLessThan(1e-5);
});

it("outside its bounds it is refused, set or searched", () => {
  expect(() => analysis({ parameters: { [ONSET]: 100 } })).toThrow(
    /"coherent-csi-2021.onset" is between -0.25 and 0.25 us, not 100/,
  );
  expect(() => analysis({ free: [ONSET], ranges: { [ONSET]: [-1, 0.1] } })).toThrow(
    /the range \[-1, 0.1\] goes beyond/,
  );
});
