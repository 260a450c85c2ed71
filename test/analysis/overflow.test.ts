/** Couplings so large that counts are no finite numbers: every question says which, and the way out. */

import { describe, expect, it } from "vitest";
import {
  chi2,
  draftRegionSteps,
  fit,
  minimaSteps,
  type PreparedAnalysis,
  parseSpec,
  predict,
  prepare,
  profileOfSteps,
  region,
  type SpecInput,
  scan,
} from "../../src/analysis/index.ts";
import { NurecoilError } from "../../src/errors.ts";
import { complete } from "../../src/statistics/index.ts";
import { library } from "./shipped.ts";

const experiments = ["coherent-csi-2017@paper", "coherent-csi-2021@poisson", "sbc-lar10-inin@counts"] as const;
const analysis = (experiment: string, input: SpecInput): PreparedAnalysis =>
  prepare(parseSpec({ experiments: [experiment], ...input }), library);

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof NurecoilError && error.kind === "usage") return error.message;
    throw error;
  }
  throw new Error("no error");
}

describe.each(experiments)("%s", (experiment) => {
  // 1e200 squared is no number any more; so is 1e300 of another coupling.
  it.each([
    ["xi_V", 1e300],
    ["xi_V", 1e200],
    ["xi_T", -1e300],
  ])("refuses %s = %g", (name, value) => {
    const parameters = { xi_A: 0.1, [name]: value };
    const questions: readonly (() => unknown)[] = [
      () => chi2(analysis(experiment, { parameters })),
      () => predict(analysis(experiment, { parameters })),
      () => fit(analysis(experiment, { parameters, free: ["xi_S"] })),
      () => region(analysis(experiment, { parameters, plane: ["xi_S", "sin2_theta_w"] })),
      () => complete(draftRegionSteps(analysis(experiment, { parameters, plane: ["xi_S", "sin2_theta_w"] }))),
      () => complete(minimaSteps(analysis(experiment, { parameters }), ["xi_S"])),
      () => complete(profileOfSteps(analysis(experiment, { parameters, free: ["xi_S"] }), "xi_S")),
      () => scan(analysis(experiment, { parameters, grid: [{ name: "xi_S", low: -1, high: 1, n: 3 }] })),
    ];
    for (const question of questions) {
      const message = messageOf(question);
      expect(message).toContain(`${name} = `);
      expect(message).toMatch(/no finite numbers/);
      expect(message).toContain(`set ${name} to a value inside its search range`);
    }
  });

  it("refuses a search range that is as large", () => {
    const ranges = { xi_V: [-1e300, 1e300] as [number, number] };
    expect(messageOf(() => fit(analysis(experiment, { free: ["xi_V"], ranges })))).toMatch(
      /xi_V = 1e\+300, the end of its search range.*narrow the range of xi_V/,
    );
  });

  it("still answers at 1e3", () => {
    expect(Number.isFinite(chi2(analysis(experiment, { parameters: { xi_V: 1e3 } })).chi2)).toBe(true);
  });
});

it("a nuisance is named as well", () => {
  const parameters = { "coherent-csi-2021.brn": 1e300 };
  expect(messageOf(() => chi2(analysis("coherent-csi-2021@poisson", { parameters })))).toContain(
    "coherent-csi-2021.brn = 1e+300",
  );
  expect(messageOf(() => fit(analysis("coherent-csi-2021@poisson", { parameters, free: ["xi_V"] })))).toContain(
    "coherent-csi-2021.brn = 1e+300",
  );
});
