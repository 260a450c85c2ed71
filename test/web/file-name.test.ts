import { describe, expect, it } from "vitest";
import { fileName } from "../../web/state/file-name.ts";

describe("names of files", () => {
  it("say what is inside and of which experiments, without likelihoods", () => {
    const spec = { experiments: ["coherent-csi-2021@energy", { id: "coherent-lar-2020", likelihood: "energy" }] };
    expect(fileName("region", spec, "svg")).toBe("nurecoil-region-coherent-csi-2021+coherent-lar-2020.svg");
  });

  it("have no ending where none is asked for", () => {
    expect(fileName("fit", { experiments: ["coherent-csi-2017"] }, "")).toBe("nurecoil-fit-coherent-csi-2017");
  });

  it("leave out experiments that are not there", () => {
    expect(fileName("spec", {}, "json")).toBe("nurecoil-spec.json");
  });

  it("count experiments that would make them too long for a file system", () => {
    const many = Array.from({ length: 12 }, (_, k) => `a-long-experiment-name-${k}`);
    expect(fileName("region", { experiments: many }, "csv")).toBe("nurecoil-region-12-experiments.csv");
  });

  it("hold nothing that a file system or a shell would mind", () => {
    const name = fileName("profile-xi_V", { experiments: ["../my lab/$x"] }, "svg");
    expect(name).toMatch(/^[\w.+-]+$/);
  });
});
