import { describe, expect, it } from "vitest";
import { chi2, parseSpec, prepare } from "../../src/analysis/index.ts";
import { NurecoilError } from "../../src/errors.ts";
import { issuesOf } from "../experiments/shipped.ts";
import { library, paperA } from "./shipped.ts";

describe("a spec without anything", () => {
  it("has every default of the format", () => {
    expect(parseSpec({})).toEqual({
      experiments: [],
      parameters: {},
      free: [],
      convention: "B",
      recoil: "full",
      formFactor: null,
      truth: {},
      uncorrelated: false,
      allowOverlap: false,
      seed: null,
      ranges: {},
      cl: null,
      sigma: null,
      dof: null,
      plane: null,
      grid: [],
      profile: [],
      spinResponse: {},
    });
  });

  it("names likelihood and form factor once it runs", () => {
    const { spec } = prepare(parseSpec({ experiments: ["coherent-csi-2017"] }), library);
    expect(spec.experiments).toEqual([{ id: "coherent-csi-2017", likelihood: "paper", data: "observed", set: {} }]);
    expect(spec.formFactor).toBe("helm");
  });

  it("is repeated by a result so that it gives the same result again", () => {
    const first = chi2(paperA({ parameters: { xi_V: -0.3 }, recoil: "exact", formFactor: "fermi" }));
    const again = chi2(prepare(parseSpec(JSON.parse(JSON.stringify(first.spec))), library));
    expect(again).toEqual(first);
  });
});

describe("experiments", () => {
  it.each([
    ["a", { id: "a", likelihood: null, data: "observed", set: {} }],
    ["a@b", { id: "a", likelihood: "b", data: "observed", set: {} }],
    [{ id: "a" }, { id: "a", likelihood: null, data: "observed", set: {} }],
    [
      { id: "a", likelihood: "b", data: "asimov", set: { mass: "1 kg" } },
      { id: "a", likelihood: "b", data: "asimov", set: { mass: "1 kg" } },
    ],
  ])("%j", (written, expected) => {
    expect(parseSpec({ experiments: [written] }).experiments).toEqual([expected]);
  });
});

describe("what is wrong", () => {
  const wrong: readonly (readonly [input: unknown, path: string | undefined, message: RegExp])[] = [
    [null, undefined, /expected object, received null/],
    [[], undefined, /expected object, received array/],
    ["coherent-csi-2017", undefined, /expected object, received string/],
    [{ experiments: "coherent-csi-2017" }, "experiments", /expected array/],
    [{ experiments: [{ likelihood: "paper" }] }, "experiments[0].id", /Invalid input/],
    [{ parameters: { xi_V: "1" } }, "parameters.xi_V", /expected number, received string/],
    [{ parameters: { xi_V: Number.NaN } }, "parameters.xi_V", /expected number, received NaN/],
    [{ parameters: { xi_V: Number.POSITIVE_INFINITY } }, "parameters.xi_V", /Infinity/],
    [{ free: "xi_V" }, "free", /expected array/],
    [{ free: ["xi_V", 3] }, "free[1]", /expected string/],
    [{ convention: "C" }, "convention", /"A"\|"B"/],
    [{ recoil: "exakt" }, "recoil", /"leading"\|"full"\|"exact"/],
    [{ seed: 1.5 }, "seed", /^expected a whole number from 0, not 1\.5$/],
    [{ seed: -0.5 }, "seed", /^expected a whole number from 0, not -0\.5$/],
    [{ seed: "1" }, "seed", /^expected a whole number from 0, not "1"$/],
    [{ toys: { count: 0 } }, "toys.count", /^expected a whole number from 1, not 0$/],
    [{ toys: { points: 1 } }, "toys.points", /^expected a whole number from 2, not 1$/],
    [{ dof: 3 }, "dof", /<=2/],
    [{ dof: 0 }, "dof", />=1/],
    [{ plane: ["xi_V"] }, "plane", /2 items/],
    [{ ranges: { xi_V: [1] } }, "ranges.xi_V", /2 items/],
    [{ cl: ["90"] }, "cl[0]", /expected number/],
    [{ grid: [{ name: "xi_V", low: 0, high: 1, n: 1 }] }, "grid[0].n", /whole number from 2, not 1/],
    [{ grid: [{ name: "xi_V", low: 0, high: 1 }] }, "grid[0].n", /^expected a whole number from 2$/],
    [{ grid: [{ name: "xi_V", low: 0, n: 3 }] }, "grid[0].high", /expected number/],
    [{ formFactor: { model: "helm", protonRadiiFm: { Cs: -4.8 } } }, "formFactor.protonRadiiFm.Cs", />0/],
    [{ spinResponse: { "133Cs": { axial: { u: 1 } } } }, "spinResponse.133Cs.axial.d", /expected number/],
  ];
  it.each(wrong)("%j is refused at %s", (input, path, message) => {
    const issues = issuesOf(() => parseSpec(input));
    expect(issues).toHaveLength(1);
    expect(issues[0]?.path).toBe(path);
    expect(issues[0]?.message).toMatch(message);
  });

  it("is listed all at once, each with its path", () => {
    const issues = issuesOf(() => parseSpec({ experimnts: [], convention: "C", seed: 0.5, free: [1, 2] }));
    expect(issues.map(({ path }) => path).sort()).toEqual(["convention", "free[0]", "free[1]", "seed", undefined]);
  });

  it("an unknown key names the nearest", () => {
    expect(issuesOf(() => parseSpec({ experimnts: [] }))).toEqual([
      { message: 'unknown key "experimnts"', hint: 'did you mean "experiments"?' },
    ]);
  });

  it.each([
    [{ grid: [{ name: "xi_V", low: 0, hihg: 1, high: 1, n: 3 }] }, "grid[0]", "hihg", /"high"/],
    [{ experiments: [{ id: "a", likelihod: "b" }] }, "experiments[0]", "likelihod", /"likelihood"/],
    [{ formFactor: { model: "helm", neutronRadii: {} } }, "formFactor", "neutronRadii", /neutronRadiiFm/],
    [{ spinResponse: { "133Cs": { axail: { u: 1, d: 1 } } } }, "spinResponse.133Cs", "axail", /axial/],
  ])("an unknown key inside %j is compared with the keys of that place", (input, path, key, hint) => {
    const [issue] = issuesOf(() => parseSpec(input));
    expect(issue).toMatchObject({ path, message: `unknown key "${key}"` });
    expect(issue?.hint).toMatch(hint);
  });

  it.each(["Helm", { model: "Helm" }])("an unknown form factor %j names the nearest", (formFactor) => {
    expect(issuesOf(() => parseSpec({ formFactor }))).toMatchObject([
      { path: "formFactor", message: 'unknown form factor "Helm"', hint: 'did you mean "helm"?' },
    ]);
  });

  it.each(["constructor", "__proto__", "toString", ""])("the form factor %j is no name either", (formFactor) => {
    expect(issuesOf(() => parseSpec({ formFactor }))).toHaveLength(1);
  });

  it.each(["a@b@c", "a@", "@b", ""])("the experiment %j is no id and likelihood", (experiment) => {
    expect(issuesOf(() => prepare(parseSpec({ experiments: [experiment] }), library))).toHaveLength(1);
  });

  it("a likelihood given twice is refused", () => {
    expect(
      issuesOf(() => prepare(parseSpec({ experiments: ["coherent-csi-2017@paper@paper"] }), library)),
    ).toHaveLength(1);
  });

  it("is a file's fault when it came from one, and the file is named", () => {
    try {
      parseSpec({ convention: "C" }, "analysis.json");
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(NurecoilError);
      expect(error).toMatchObject({ kind: "file", issues: [{ file: "analysis.json", path: "convention" }] });
    }
    expect(() => parseSpec({ formFactor: "x" }, "analysis.json")).toThrow(/^analysis\.json: formFactor: /);
    expect(() => parseSpec({ convention: "C" })).toThrow(expect.objectContaining({ kind: "usage" }));
  });
});
