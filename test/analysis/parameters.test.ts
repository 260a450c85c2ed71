import { describe, expect, it } from "vitest";
import { parameterNames, parseSpec, prepare, type SpecInput } from "../../src/analysis/index.ts";
import { issuesOf } from "../experiments/shipped.ts";
import fit from "../reference/csi-2017-fit.json" with { type: "json" };
import { expectRelative } from "../relative.ts";
import { BACKGROUND, library, paperA, SIGNAL } from "./shipped.ts";

const problems = (input: Omit<SpecInput, "experiments">): readonly string[] =>
  issuesOf(() => paperA(input)).map(({ message, hint }) => `${message} (${hint})`);

describe("names", () => {
  it("are those of the couplings, bare and flavoured, and the nuisances of the experiments", () => {
    const names = parameterNames(paperA().experiments);
    for (const name of ["xi_S", "xi_V_mu", "R", "C_S_u", "D_P_d_e", "C_T_u_tau", "sin2_theta_w", SIGNAL, BACKGROUND]) {
      expect(names).toContain(name);
    }
    expect(names).toContain("coherent-csi-2017.cevns");
    expect(names).not.toContain("sin2_theta_w_e");
    expect(new Set(names).size).toBe(names.length);
  });

  const everywhere: readonly (readonly [place: string, (name: string) => Omit<SpecInput, "experiments">])[] = [
    ["parameters", (name) => ({ parameters: { [name]: 1 } })],
    ["free", (name) => ({ free: [name] })],
    ["grid", (name) => ({ grid: [{ name, low: 0, high: 1, n: 2 }] })],
    ["plane", (name) => ({ plane: [name, "xi_S"] })],
    ["profile", (name) => ({ profile: [name] })],
    ["ranges", (name) => ({ ranges: { [name]: [0, 1] } })],
  ];
  it.each(everywhere)("an unknown one in %s is refused with the nearest", (_, input) => {
    expect(problems(input("xi_v"))).toEqual(['unknown parameter "xi_v" (did you mean "xi_V"?)']);
  });

  it.each([
    ["C_S_U", "C_S_u"],
    ["D_P_d_muon", "D_P_d_mu"],
    ["sin2_theta_W", "sin2_theta_w"],
    ["coherent-csi-2017.signl", SIGNAL],
  ])("%s is meant to be %s", (typed, meant) => {
    expect(problems({ free: [typed] })).toEqual([`unknown parameter "${typed}" (did you mean "${meant}"?)`]);
  });

  it.each(["__proto__", "constructor", "toString", "1", ""])("%j is no parameter", (name) => {
    expect(problems({ free: [name] })).toHaveLength(1);
  });

  it("all problems are listed together", () => {
    const found = problems({ free: ["xi_v", "xi_S", "xi_S_e"], parameters: { C_S_u: 1 }, ranges: { xi_S: [1, 0] } });
    expect(found).toHaveLength(5);
    for (const part of [/unknown parameter "xi_v"/, /all flavours.*"xi_S_e"/, /from 1 to 0/]) {
      expect(found).toContainEqual(expect.stringMatching(part));
    }
    expect(found.filter((one) => one.includes('"C_S_u"') && one.includes("two levels"))).toHaveLength(2);
  });
});

describe("names that do not go together", () => {
  it.each([[["xi_V", "xi_V_e"]], [["R_mu", "R"]], [["C_S_u_e", "C_S_u"]]])(
    "a bare one and its flavour: %j",
    (names) => {
      expect(problems({ parameters: Object.fromEntries(names.map((name) => [name, 0.1])) })).toMatchObject([
        expect.stringMatching(/stands for all flavours and cannot go with/),
      ]);
    },
  );

  it.each([
    ["xi_S", "C_S_u"],
    ["xi_S", "D_P_d"],
    ["xi_V", "C_V_u"],
    ["xi_V", "D_A_d"],
    ["xi_V_e", "C_V_u_mu"],
    ["xi_A", "D_V_u"],
    ["xi_T", "C_T_d"],
    ["R", "C_S_u"],
    ["R", "D_T_d"],
    ["R_e", "D_S_u"],
  ])("two levels of one current: %s and %s", (nucleus, quark) => {
    for (const parameters of [
      { [nucleus]: 0.1, [quark]: 0.01 },
      { [quark]: 0.01, [nucleus]: 0.1 },
    ]) {
      const found = problems({ parameters });
      expect(found).toHaveLength(1);
      for (const part of [`"${nucleus}"`, `"${quark}"`, "are two levels of the same current"]) {
        expect(found[0]).toContain(part);
      }
    }
    expect(problems({ parameters: { [nucleus]: 0.1 }, free: [quark] })[0]).toContain("two levels");
  });

  it.each([
    [["xi_V", "C_S_u", "D_P_d"]],
    [["xi_S", "C_V_u", "D_A_d"]],
    [["R", "xi_S", "xi_T"]],
    [["R", "C_V_u"]],
    [["xi_V_e", "xi_V_mu"]],
    [["xi_V_e", "xi_S"]],
    [["sin2_theta_w", "xi_V"]],
  ])("%j go together", (names) => {
    expect(() => paperA({ parameters: Object.fromEntries(names.map((name) => [name, 0.1])) })).not.toThrow();
  });
});

describe("parameters that nothing depends on", () => {
  it.each([
    ["xi_V_tau", "no source here makes tau neutrinos"],
    ["D_P_u_tau", "no source here makes tau neutrinos"],
    ["C_A_u", "this current needs a spinResponse in the spec"],
    ["D_V_d_e", "this current needs a spinResponse in the spec"],
    ["C_P_u", "this current needs a spinResponse in the spec and recoil exact"],
    ["D_S_d", "this current needs a spinResponse in the spec and recoil exact"],
  ])("%s cannot be free, scanned, drawn or profiled: %s", (name, hint) => {
    const expected = [`nothing in this analysis depends on "${name}" (${hint})`];
    expect(problems({ free: [name] })).toEqual(expected);
    expect(problems({ grid: [{ name, low: 0, high: 1, n: 2 }] })).toEqual(expected);
    expect(problems({ plane: ["xi_T", name] })).toEqual(expected);
    expect(problems({ profile: [name] })).toEqual(expected);
  });

  it("a pseudoscalar with a spinResponse, but at exact recoil", () => {
    const given = { free: ["C_P_u"], spinResponse: { "133Cs": { pseudoscalar: { u: 0.1, d: 0.2 } } } };
    expect(problems(given)[0]).toMatch(/"C_P_u" \(.* recoil exact\)/);
    expect(() => paperA({ ...given, recoil: "exact" })).not.toThrow();
  });

  it("R at leading order", () => {
    expect(problems({ free: ["R"], recoil: "leading" })[0]).toMatch(/nothing in this analysis depends on "R"/);
    expect(() => paperA({ free: ["R"] })).not.toThrow();
  });

  it("C_P at order y^2: only with recoil exact and a response", () => {
    const spinResponse = { "133Cs": { pseudoscalar: { u: 1, d: 1 } } };
    expect(() => paperA({ free: ["C_P_u"], recoil: "exact", spinResponse })).not.toThrow();
    expect(problems({ free: ["C_P_u"], recoil: "full", spinResponse })).toHaveLength(1);
  });

  it("but xi_A acts on CsI, and quark axials with a response", () => {
    expect(() => paperA({ free: ["xi_A"] })).not.toThrow();
    expect(() => paperA({ free: ["C_A_u"], spinResponse: { "127I": { axial: { u: 0.3, d: -0.1 } } } })).not.toThrow();
  });

  it("may be set: a value of nothing is nothing", () => {
    expect(() => paperA({ parameters: { xi_V_tau: 3, C_A_u: 2 } })).not.toThrow();
  });
});

describe("lists", () => {
  it.each([
    [{ parameters: { xi_V: 1 }, free: ["xi_V"] }, '"xi_V" is both set to a value and free'],
    [
      { parameters: { xi_V: 1 }, plane: ["xi_S", "xi_V"] as [string, string] },
      '"xi_V" is both set to a value and in plane',
    ],
    [{ parameters: { xi_V: 1 }, profile: ["xi_V"] }, '"xi_V" is both set to a value and in profile'],
    [{ free: ["xi_V", "xi_V"] }, '"xi_V" appears twice in free'],
    [{ plane: ["xi_V", "xi_V"] as [string, string] }, '"xi_V" appears twice in plane'],
    [{ profile: ["xi_V", "xi_S", "xi_V"] }, '"xi_V" appears twice in profile'],
    [{ ranges: { xi_V: [1, -1] as [number, number] } }, 'range of "xi_V" must go upwards, not from 1 to -1'],
    [{ ranges: { xi_V: [1, 1] as [number, number] } }, 'range of "xi_V" must go upwards, not from 1 to 1'],
    [{ grid: [{ name: "xi_V", low: 2, high: 1, n: 3 }] }, 'grid of "xi_V" must go upwards, not from 2 to 1'],
  ])("%j: %s", (input, message) => {
    expect(issuesOf(() => paperA(input)).map((issue) => issue.message)).toEqual([message]);
  });

  it("a parameter cannot be on the grid and profiled", () => {
    const grid = [{ name: "xi_V", low: 0, high: 1, n: 2 }];
    expect(issuesOf(() => paperA({ grid, profile: ["xi_V"] }))[0]?.message).toContain('"xi_V"');
  });
});

describe("experiments", () => {
  const refused = (experiments: SpecInput["experiments"]): readonly string[] =>
    issuesOf(() => prepare(parseSpec({ experiments }), library)).map(({ message, hint }) => `${message} (${hint})`);

  it("none, unknown, twice, with an unknown likelihood", () => {
    expect(refused([])).toEqual([expect.stringMatching(/^no experiment given/)]);
    expect(refused(["coherent-csi-2071"])).toEqual([
      'unknown experiment "coherent-csi-2071" (did you mean "coherent-csi-2017" or "coherent-csi-2021"?)',
    ]);
    expect(refused(["coherent-csi-2017", "coherent-csi-2017@paper"])).toEqual([
      expect.stringMatching(/"coherent-csi-2017" is given twice/),
    ]);
    expect(refused(["coherent-csi-2017@papr"])).toEqual([
      'coherent-csi-2017 has no likelihood "papr" (did you mean "paper"?)',
    ]);
  });

  it("all at once", () => {
    expect(refused(["coherent-csi-2071", "coherent-csi-2017@papr"])).toHaveLength(2);
  });
});

describe("materials named by form-factor radii and spin responses", () => {
  it("an element or isotope that no target holds is refused with the nearest", () => {
    const [radius] = issuesOf(() => paperA({ formFactor: { model: "helm", neutronRadiiFm: { Csi: 5 } } }));
    expect(`${radius?.message} (${radius?.hint})`).toMatch(/"Csi".*"Cs"/);
    const [response] = issuesOf(() => paperA({ spinResponse: { "133CS": { axial: { u: 1, d: 1 } } } }));
    expect(`${response?.message} (${response?.hint})`).toMatch(/"133CS".*"133Cs"/);
  });

  it("a radius too small for the model's surface is refused with isotope and radius", () => {
    const [issue] = issuesOf(() => paperA({ formFactor: { model: "helm", neutronRadiiFm: { I: 0.5 } } }));
    expect(issue?.message).toMatch(/neutron rms radius 0.5 fm of 127I is too small/);
  });
});

describe("default search ranges", () => {
  const range = (name: string): readonly [number, number] => paperA().range(name);

  it.each(["xi_S", "xi_V_e", "xi_A", "xi_T", "R_mu"])("%s: |xi| <= 5", (name) => {
    expect(range(name)).toEqual([-5, 5]);
  });

  it("sin^2 theta_W: [0, 1]", () => {
    expect(range("sin2_theta_w")).toEqual([0, 1]);
  });

  it("pulls: 5 sigma; normalisations: 5 sigma but not negative, [0, 5] without a prior", () => {
    expect(range(SIGNAL)).toEqual([-5, 5]);
    // The release's prior of the prompt neutrons is 25 %.
    expect(range(BACKGROUND)).toEqual([0, 2.25]);
    expect(range("coherent-csi-2017.cevns")).toEqual([0, 5]);
  });

  it("quark couplings: the largest |xi| on Cs or I is 5", () => {
    const neutrons = { "133Cs": 78, "127I": 74 } as const;
    const [first, second] = fit.quarkPoints;
    /** Nuclear coupling per unit of u and d by Cramer's rule from two points of the reference. */
    const perUnit = (
      coupling: "C_S" | "D_P" | "C_V" | "C_T",
      isotope: keyof typeof neutrons,
    ): readonly [number, number] => {
      const [u1, d1, u2, d2] = [first, second].flatMap((point) => [
        point?.couplings[`${coupling}_u`] as number,
        point?.couplings[`${coupling}_d`] as number,
      ]) as [number, number, number, number];
      const [a, b] = [first, second].map((point) => point?.nuclear[isotope][coupling] as number) as [number, number];
      const determinant = u1 * d2 - u2 * d1;
      return [(a * d2 - b * d1) / determinant, (u1 * b - u2 * a) / determinant];
    };
    for (const coupling of ["C_S", "D_P", "C_V", "C_T"] as const) {
      // xi_T^2 = 8 C_T^2/N^2 (A eq. 32).
      const scale = coupling === "C_T" ? Math.sqrt(8) : 1;
      for (const [k, quark] of ["u", "d"].entries()) {
        const largest = Math.max(
          ...(["133Cs", "127I"] as const).map((isotope) =>
            Math.abs((scale * (perUnit(coupling, isotope)[k] as number)) / neutrons[isotope]),
          ),
        );
        const [low, high] = range(`${coupling}_${quark}`);
        expect(low).toBe(-high);
        // The reference rounds couplings to four digits and keeps 16 of the sums.
        expectRelative(high, 5 / largest, 1e-11, `${coupling}_${quark}`);
      }
    }
  });

  it("give way to those of the spec", () => {
    const analysis = paperA({ ranges: { xi_V: [-3, 1] }, free: ["xi_V", "xi_S"] });
    expect(analysis.range("xi_V")).toEqual([-3, 1]);
    const objective = analysis.objective(["xi_V", "xi_S"]);
    expect([...Array.from(objective.lower), ...Array.from(objective.upper)]).toEqual([-3, -5, 1, 5]);
  });
});
