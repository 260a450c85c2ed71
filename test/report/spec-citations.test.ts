import { describe, expect, it } from "vitest";
import { parseSpec, type SpecInput } from "../../src/analysis/index.ts";
import { listShippedExperiments, readShipped } from "../../src/node/index.ts";
import { bibtexOf, citationsOf } from "../../src/report/index.ts";

const cited = (input: SpecInput) => {
  const spec = parseSpec(input);
  return [spec, spec.experiments.map(({ id }) => readShipped(id))] as const;
};

describe("citationsOf", () => {
  it("names data, targets, form factors, fluxes, parameters and constants, each once", () => {
    const found = citationsOf(
      ...cited({
        experiments: ["coherent-csi-2017@release", "coherent-lar-2020"],
        parameters: { C_T_u: 0 },
        free: ["xi_V_e", "R_n_CsI"],
        plane: ["xi_V_e", "coherent-csi-2017.signal"],
      }),
    );
    expect(found.map(({ id }) => id)).toEqual([
      "coherent-csi-2017",
      "coherent-lar-2020",
      "CsI",
      "Ar",
      "helm",
      "stopped-pion",
      "C_T_u",
      "xi_V_e",
      "R_n_CsI",
      "coherent-csi-2017.signal",
      "VV",
      "constants",
    ]);
    const keys = (id: string) => found.find((one) => one.id === id)!.sources.map(({ key }) => key);
    expect(keys("coherent-lar-2020")).toContain("COHERENT:2020iec");
    expect(keys("C_T_u")).toContain("Anselmino:2008jk");
    expect(keys("helm")).toContain("Lewin:1995rx");
  });

  it("takes the form factor and the likelihood that were chosen", () => {
    const ids = (input: SpecInput): string[] => citationsOf(...cited(input)).map(({ id }) => id);
    expect(ids({ experiments: ["coherent-csi-2017"], formFactor: { model: "fermi" } })).toContain("fermi");
    expect(() => ids({ experiments: ["coherent-csi-2017@nothing"] })).toThrow(/no likelihood "nothing"/);
    // A reactor's spectra are data of its experiment.
    expect(ids({ experiments: ["sbc-lar100-laguna"] })).not.toContain("stopped-pion");
  });

  it("lists parameters that do not exist", () => {
    const parts = cited({ experiments: ["coherent-csi-2017"], free: ["xi_v"], parameters: { nothing: 1 } });
    expect(() => citationsOf(...parts)).toThrow(/"nothing"[\s\S]*"xi_v"/);
  });
});

describe("bibtexOf", () => {
  it("has one entry per key, for every shipped experiment", () => {
    const text = bibtexOf(...cited({ experiments: [...listShippedExperiments()], free: ["C_S_u"] }));
    const keys = [...text.matchAll(/^@\w+\{([^,]+),$/gm)].map(([, key]) => key);
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of ["COHERENT:2017ipa", "COHERENT:2020iec", "Jungman:1995df", "Mohr:2024kco"])
      expect(keys).toContain(key);
  });
});
