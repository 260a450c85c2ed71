/**
 * Vector NSI. The vector coupling of quarks is held against explicit spinors elsewhere; here NSI is held against it: an
 * entry eps is C_V = -2 eps, and an entry that changes flavour adds what is even in it, without interference.
 */
import { describe, expect, it } from "vitest";
import { chi2, fit, parseSpec, predict, prepare } from "../../src/analysis/index.ts";
import { couplingNames } from "../../src/interactions/index.ts";
import { shippedLibrary } from "../../src/node/library.ts";
import { issuesOf } from "../experiments/shipped.ts";
import { likelihoods } from "../laws/likelihoods.ts";
import { expectRelative, expectWithin } from "../relative.ts";

const library = shippedLibrary();
const counts = (parameters: Record<string, number>, convention: "A" | "B" = "B") => {
  const result = predict(prepare(parseSpec({ experiments: ["coherent-csi-2017"], parameters, convention }), library));
  const sum = (flavour: string): number =>
    result.components
      .filter((one) => one.flavour === flavour)
      .flatMap((one) => one.counts)
      .reduce((a, b) => a + b, 0);
  return { nu_e: sum("nu_e"), nu_mu: sum("nu_mu"), anti_nu_mu: sum("anti_nu_mu") };
};
const flavours = ["nu_e", "nu_mu", "anti_nu_mu"] as const;

describe("names", () => {
  it("has the twelve entries of u and d and the six of both, in one order", () => {
    const names = couplingNames.filter((name) => name.startsWith("eps_"));
    expect(names).toEqual(
      ["u", "d", ""].flatMap((quark) =>
        ["ee", "emu", "etau", "mumu", "mutau", "tautau"].map((pair) => `eps_${quark}V_${pair}`),
      ),
    );
  });
});

describe.each(["A", "B"] as const)("convention %s", (convention) => {
  it.each(["u", "d"])("eps_%sV_ee is C_V = -2 eps on electron neutrinos", (quark) => {
    const nsi = counts({ [`eps_${quark}V_ee`]: 0.13 }, convention);
    const quarks = counts({ [`C_V_${quark}_e`]: -0.26 }, convention);
    // The same sums in another order.
    for (const flavour of flavours) expectRelative(nsi[flavour], quarks[flavour], 1e-13, flavour);
    expect(Math.abs(nsi.nu_e / counts({}, convention).nu_e - 1)).toBeGreaterThan(0.1);
  });

  it("a flavour-changing entry acts on both of its flavours, by its square alone", () => {
    const x = 0.2;
    const sm = counts({}, convention);
    const nsi = counts({ eps_dV_emu: x }, convention);
    const [up, down] = [counts({ C_V_d: 2 * x }, convention), counts({ C_V_d: -2 * x }, convention)];
    for (const flavour of flavours) {
      const even = (up[flavour] + down[flavour]) / 2 - sm[flavour];
      expectRelative(nsi[flavour] - sm[flavour], even, 1e-11, flavour);
      expect(even).toBeGreaterThan(0);
    }
    expect(counts({ eps_dV_emu: -x }, convention)).toEqual(nsi);
    const tau = counts({ eps_dV_etau: x }, convention);
    expect(tau.nu_mu).toBe(sm.nu_mu);
    expectRelative(tau.nu_e, nsi.nu_e, 1e-13, "nu_e");
  });

  it("squares of u and d entries of one pair interfere with each other", () => {
    const both = counts({ eps_uV_emu: 0.1, eps_dV_emu: -0.1 }, convention);
    const sm = counts({}, convention);
    const apart =
      counts({ eps_uV_emu: 0.1 }, convention).nu_e + counts({ eps_dV_emu: -0.1 }, convention).nu_e - 2 * sm.nu_e;
    expect(both.nu_e - sm.nu_e).toBeLessThan(0.1 * apart);
  });
});

describe("fit and checks", () => {
  it("has two minima in eps_uV_ee = eps_uV_mumu direction: the vector degeneracy", () => {
    const spec = parseSpec({ experiments: ["coherent-csi-2017"], free: ["eps_uV_ee"], cl: [0.9] });
    const { minima } = fit(prepare(spec, library));
    expect(minima.length).toBe(2);
    // Both give the same electron-neutrino rate: V -> -V, up to the difference between Cs and I.
    expect(Math.abs(minima[0]!.chi2 - minima[1]!.chi2)).toBeLessThan(1e-3);
  });

  it.each([
    [{ eps_uV_ee: 0.1, C_V_u: 0.1 }, /two levels of the same current/],
    [{ eps_uV_ee: 0.1, xi_V_e: 0.1 }, /two levels of the same current/],
    [{ eps_uV_mue: 0.1 }, /unknown parameter "eps_uV_mue"/],
    [{ eps_V_ee: 0.1, C_V_u: 0.1 }, /two levels of the same current/],
    [{ eps_V_ee: 0.1, eps_dV_ee: 0.1 }, /"eps_V_ee" stands for both quarks and cannot go with "eps_dV_ee"/],
  ])("%j is refused", (parameters, message) => {
    const issues = issuesOf(() =>
      prepare(
        parseSpec({ experiments: ["coherent-csi-2017"], parameters: parameters as Record<string, number> }),
        library,
      ),
    );
    expect(issues[0]?.message).toMatch(message);
  });

  it("entries of both quarks go with those of one quark of another pair", () => {
    const spec = parseSpec({ experiments: ["coherent-csi-2017"], parameters: { eps_V_ee: 0.1, eps_uV_mumu: 0.1 } });
    expect(() => prepare(spec, library)).not.toThrow();
  });

  it("goes with scalar and tensor couplings", () => {
    const spec = parseSpec({
      experiments: ["coherent-csi-2017"],
      parameters: { eps_uV_ee: 0.1, xi_S: 0.1, xi_T: 0.1 },
    });
    expect(() => prepare(spec, library)).not.toThrow();
  });
});

describe.each(likelihoods)("flavour-changing entries in every cell: $name", ({ name }) => {
  const signal = (parameters: Record<string, number>) =>
    predict(prepare(parseSpec({ experiments: [name], parameters }), library)).components.filter(
      (one) => one.name === "cevns",
    );
  const standard = signal({});
  const x = 0.3;

  it("add what is even in C_V = 2 eps, on both flavours of the pair and on no other", () => {
    const [up, down] = [signal({ C_V_d: 2 * x }), signal({ C_V_d: -2 * x })];
    for (const [pair, leptons] of [
      ["emu", ["e", "mu"]],
      ["etau", ["e"]],
      ["mutau", ["mu"]],
    ] as const) {
      if (name.startsWith("sbc") && pair === "mutau") continue;
      signal({ [`eps_dV_${pair}`]: x }).forEach(({ flavour, counts }, k) => {
        const acts = leptons.some((lepton) => flavour!.endsWith(`_${lepton}`));
        const largest = Math.max(...standard[k]!.counts);
        counts.forEach((count, cell) => {
          const sm = standard[k]!.counts[cell]!;
          const even = (up[k]!.counts[cell]! + down[k]!.counts[cell]!) / 2;
          // A sum of large terms of either sign.
          expectWithin(count, acts ? even : sm, 1e-12 * largest, `${pair} ${flavour} ${cell}`);
        });
        const total = (of: readonly number[]): number => of.reduce((a, b) => a + b, 0);
        if (acts) expect(total(counts)).toBeGreaterThan(1.1 * total(standard[k]!.counts));
      });
    }
  });
});

describe.each(likelihoods)("entries of u and d alike: $name", ({ name }) => {
  const pairs = ["ee", "emu", "etau", "mumu", "mutau", "tautau"] as const;
  const prepared = (parameters: Record<string, number>) =>
    prepare(parseSpec({ experiments: [name], parameters }), library);

  it.each(pairs)("eps_V_%s is eps_uV and eps_dV of that strength", (pair) => {
    for (const x of [-0.21, 0.13]) {
      const both = prepared({ [`eps_V_${pair}`]: x });
      const apart = prepared({ [`eps_uV_${pair}`]: x, [`eps_dV_${pair}`]: x });
      // The same sums in another order.
      expectRelative(chi2(both).chi2, chi2(apart).chi2, 1e-12, "chi2");
      const expected = predict(apart).total;
      predict(both).total.forEach((count, cell) => {
        expectRelative(count, expected[cell]!, 1e-12, `cell ${cell}`);
      });
    }
  });

  it("acts: half of it on one quark alone is something else", () => {
    // Where chi^2 has its data at the standard model, it is 0 there.
    const at = (parameters: Record<string, number>): number => chi2(prepared(parameters)).chi2;
    expect(Math.abs(at({ eps_V_ee: 0.3 }) - at({ eps_uV_ee: 0.3 }))).toBeGreaterThan(0.1);
  });
});

describe("degenerate bands", () => {
  it("caesium iodide and argon cross: together they bound what each leaves open", () => {
    // On 40Ar they act as (2Z + N) eps_u + (Z + 2N) eps_d: 58 and 62.
    const direction = [62 / 60, -58 / 60] as const;
    const cost = (experiments: string[], t: number): number => {
      const parameters = { eps_uV_ee: direction[0] * t, eps_dV_ee: direction[1] * t };
      return chi2(prepare(parseSpec({ experiments, parameters }), library)).chi2;
    };
    const of = (experiments: string[]): number => cost(experiments, 12) - cost(experiments, 0);
    expect(Math.abs(of(["sbc-lar10-inin"]))).toBeLessThan(0.5);
    expect(of(["sbc-lar10-inin", "coherent-csi-2021@energy"])).toBeGreaterThan(5);
  });
});
