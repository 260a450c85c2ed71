/**
 * coherent-lar-2020 as it is, in natural argon: 0.4 % of its nuclei are lighter than the 40Ar that the independent script
 * takes. With 40Ar alone every digit is compared elsewhere; this is the size of the difference.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { chi2, parseSpec, predict, prepare, type SpecInput } from "../../src/analysis/index.ts";
import { expectRelative, expectWithin } from "../relative.ts";
import { library, sum } from "./shipped.ts";

const read = (name: string) => JSON.parse(readFileSync(new URL(`../reference/${name}.json`, import.meta.url), "utf8"));
const reference = read("lar-2020-fit");
const templates = read("lar-2020");
const ID = "coherent-lar-2020";
const analysis = (set: Record<string, string> = {}, input: Omit<SpecInput, "experiments"> = {}) =>
  prepare(parseSpec({ experiments: [{ id: ID, set }], ...input }), library);
const signal = (set: Record<string, string>): number =>
  sum(
    predict(analysis(set))
      .components.filter((one) => one.name === "cevns")
      .flatMap((one) => one.counts),
  );

describe("natural argon", () => {
  it("has 0.07 % fewer events than 40Ar alone", () => {
    const ratio = signal({ normalisation: "absolute" }) / templates.smTotal;
    // 0.33 % of 36Ar with (18/22)^2 of the coherence and 0.06 % of 38Ar with (20/22)^2 take 0.12 %; 0.036 % more nuclei in
    // a kilogram, and larger recoils of lighter nuclei, give some of it back.
    expect(ratio - 1).toBeGreaterThan(-1.0e-3);
    expect(ratio - 1).toBeLessThan(-0.4e-3);
    expectRelative(signal({}), 128, 1e-12);
  });

  it.each(["anchored", "absolute"])("%s: chi^2 of the standard model differs by less than 3e-3", (normalisation) => {
    const { chi2: expected } = reference.standardModel[normalisation];
    const result = chi2(analysis({ normalisation }));
    expectWithin(result.chi2, expected, 3e-3);
    expect(result.dof).toBe(960);
  });

  it.each([
    [{ xi_V_e: 0.1, xi_V_mu: -0.2 }, 0],
    [{ xi_V_e: -0.6, xi_V_mu: 0.05 }, 1],
    [{ xi_V_e: -1.9, xi_V_mu: -0.1 }, 2],
  ] as const)("chi^2 at %j", (parameters, k) => {
    const point = reference.points[k];
    expect([point.structure, point.e, point.mu]).toEqual(["V", ...Object.values(parameters)]);
    expectWithin(chi2(analysis({}, { parameters })).chi2, point.chi2, 3e-3);
  });
});
