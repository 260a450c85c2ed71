import { expect, it } from "vitest";
import { helicitySign, leptonOf, leptons } from "../../src/flux/index.ts";

it("tells lepton and helicity of each flavour", () => {
  expect(leptons).toEqual(["e", "mu", "tau"]);
  expect((["nu_e", "anti_nu_e", "nu_mu", "anti_nu_mu"] as const).map(leptonOf)).toEqual(["e", "e", "mu", "mu"]);
  expect((["nu_e", "anti_nu_e", "nu_mu", "anti_nu_mu"] as const).map(helicitySign)).toEqual([1, -1, 1, -1]);
});
