/** Wrong command lines: one line per problem on stderr, nothing on stdout, exit code 2. */
import { describe, expect, it } from "vitest";
import { nurecoil, refused } from "./run.ts";

const E = "coherent-csi-2017";

describe("a wrong command line", () => {
  it.each<[what: string, args: string[], lines: (string | RegExp)[]]>([
    ["unknown command", ["fitt", E], ["unknown command 'fitt' (Did you mean fit?)"]],
    ["unknown flag", ["fit", E, "--fre", "xi_V"], ["unknown option '--fre' (Did you mean --free?)"]],
    ["flag without its value", ["fit", E, "--free"], [/^option '--free <names>' argument missing/]],
    ["too many arguments", ["predict", E, E], [/^too many arguments/]],
    ["no argument", ["schema"], [/^missing required argument 'format'/]],
    ["no experiment", ["chi2"], [`no experiment given (valid: ${E}, coherent-csi-2021, coherent-lar-2020, sbc-`]],
    [
      "unknown experiment",
      ["predict", "coherent-csi-2071"],
      [`unknown experiment "coherent-csi-2071" (did you mean "${E}" or "coherent-csi-2021"?)`],
    ],
    ["unknown likelihood", ["predict", `${E}@papr`], [`${E} has no likelihood "papr" (did you mean "paper"?)`]],
    ["unknown likelihood for all", ["chi2", E, "--likelihood", "x"], [/has no likelihood "x"/]],
    ["two likelihoods", ["chi2", `${E}@paper`, "--likelihood", "release"], [/contradict each other/]],
    ["an experiment twice", ["chi2", E, E], [`experiment "${E}" is given twice`]],
    ["unknown parameter", ["fit", E, "--free", "xi_v"], ['unknown parameter "xi_v" (did you mean "xi_V"?)']],
    [
      "unknown parameter to set",
      ["chi2", E, "--set", "C_V_U=1"],
      ['unknown parameter "C_V_U" (did you mean "C_V_u"?)'],
    ],
    ["unknown nuisance", ["chi2", E, "--set", `${E}.brm=1`], [new RegExp(`did you mean "${E}.brn"`)]],
    [
      "unknown parameter with a range",
      ["fit", E, "--free", "xi_V", "--range", "xi_W=0:1"],
      [/unknown parameter "xi_W"/],
    ],
    ["nothing to fit", ["fit", E], [/^nothing to fit/]],
    ["a bare and a flavoured name", ["fit", E, "--free", "xi_V,xi_V_e"], [/^"xi_V" stands for all flavours/]],
    ["two levels of a current", ["fit", E, "--free", "xi_V", "--set", "C_V_u=0.1"], [/two levels of the same current/]],
    [
      "a free parameter that does nothing",
      ["fit", E, "--free", "xi_V_tau"],
      [/^nothing in this analysis depends on "xi_V_tau"/],
    ],
    ["set and free", ["fit", E, "--free", "xi_V", "--set", "xi_V=1"], [/both set to a value and free/]],
    ["a parameter set twice", ["chi2", E, "--set", "xi_V=1", "--set", "xi_V=2"], [/^--set: "xi_V" is given twice/]],
    ["a value without a name", ["chi2", E, "--set", "0.1"], [/^--set: cannot read "0.1" \(write --set name=value\)/]],
    ["a value that is NaN", ["chi2", E, "--set", "xi_V=NaN"], [/^--set: "NaN" is not a finite number/]],
    ["a value that is infinite", ["chi2", E, "--set", "xi_V=1e999"], [/^--set: "1e999" is not a finite number/]],
    [
      "a range that is one number",
      ["fit", E, "--free", "xi_V", "--range", "xi_V=1"],
      [/^--range: cannot read "xi_V=1"/],
    ],
    ["a range downwards", ["fit", E, "--free", "xi_V", "--range", "xi_V=1:-1"], [/^--range xi_V: 1 is not below -1/]],
    [
      "a grid without points",
      ["scan", E, "--grid", "xi_V=0:1"],
      [/^--grid: cannot read "xi_V=0:1" \(write --grid name=lo:hi:n\)/],
    ],
    ["a grid of one point", ["scan", E, "--grid", "xi_V=0:1:1"], [/^--grid xi_V: "1" is no number of points/]],
    ["a grid of 2.5 points", ["scan", E, "--grid", "xi_V=0:1:2.5"], [/^--grid xi_V: "2.5" is no number of points/]],
    ["a grid from NaN", ["scan", E, "--grid", "xi_V=NaN:1:3"], [/^--grid: "NaN" is not a finite number/]],
    ["an axis twice", ["scan", E, "--grid", "xi_V=0:1:3", "--grid", "xi_V=0:1:3"], [/^--grid: "xi_V" is given twice/]],
    [
      "three axes",
      ["scan", E, "--grid", "xi_V=0:1:2", "--grid", "xi_S=0:1:2", "--grid", "xi_T=0:1:2"],
      [/one or two grid axes/],
    ],
    ["no grid", ["scan", E], [/one or two grid axes/]],
    [
      "a grid beyond memory",
      ["scan", E, "--grid", "xi_V=0:1:99999", "--grid", "xi_S=0:1:99999"],
      [/9999800001 points/],
    ],
    ["a plane of one", ["region", E, "--plane", "xi_V"], [/^--plane: "xi_V" is not two names/]],
    ["a plane of the same", ["region", E, "--plane", "xi_V,xi_V"], [/appears twice in plane/]],
    ["no plane", ["region", E], [/^region needs a plane/]],
    ["an impossible dof", ["region", E, "--plane", "xi_S,xi_V", "--dof", "3"], ['--dof: unknown "3" (valid: 1, 2)']],
    ["a level of 0", ["fit", E, "--free", "xi_V", "--cl", "0"], [/^--cl: 0 is not between 0 and 1/]],
    ["a level of 1", ["fit", E, "--free", "xi_V", "--cl", "1"], [/^--cl: 1 is not between 0 and 1/]],
    ["a level of 1.5", ["fit", E, "--free", "xi_V", "--cl", "1.5"], [/^--cl: 1.5 is not between 0 and 1/]],
    ["a level that is NaN", ["fit", E, "--free", "xi_V", "--cl", "NaN"], [/^--cl: "NaN" is not a finite number/]],
    ["a level in words", ["fit", E, "--free", "xi_V", "--cl", "high"], [/^--cl: "high" is not a finite number/]],
    ["no sigma at all", ["fit", E, "--free", "xi_V", "--sigma", "0"], [/^--sigma: 0 is not above 0/]],
    ["too many sigma", ["fit", E, "--free", "xi_V", "--sigma", "40"], [/^40 sigma is no usable level/]],
    ["both kinds of levels", ["fit", E, "--free", "xi_V", "--cl", "0.9", "--sigma", "1"], [/not both/]],
    [
      "an output without a name",
      ["fc", E, "--parameter", "xi_V", "-o", ""],
      [/^option '-o, --output <path>' argument ''/],
    ],
    ["a file without a name", ["chi2", E, "--output="], [/argument '' is invalid\. It names no file\.$/]],
    ["unknown convention", ["chi2", E, "--convention", "C"], ['--convention: unknown "C" (valid: A, B)']],
    ["unknown recoil", ["chi2", E, "--recoil", "ful"], ['--recoil: unknown "ful" (valid: leading, full, exact)']],
    ["unknown form factor", ["chi2", E, "--form-factor", "Helm"], [/^--form-factor: unknown "Helm" \(valid: helm, /]],
    ["unknown isotope", ["spectrum", "134Cs"], [/^unknown isotope "134Cs" \(did you mean "133Cs"/]],
    ["unknown element", ["spectrum", "CsQ"], [/^unknown element "Q"/]],
    ["unreadable formula", ["spectrum", "Foo"], [/^cannot read the formula "Foo"/]],
    [
      "unknown flux",
      ["spectrum", "Ar", "--flux", "stoppedpion"],
      [/^unknown flux "stoppedpion" \(did you mean "stopped-pion"/],
    ],
    ["unknown section", ["list", "experiment"], [/^there is no section "experiment" \(did you mean "experiments"/]],
    ["unknown thing", ["show", "helmm"], ['nothing is called "helmm" (did you mean "helm"?)']],
    ["unknown things", ["cite", "helmm", "helm", "xi_v"], [/"helmm"/, /"xi_v"/]],
    ["nothing to cite", ["cite"], [/^nothing to cite/]],
    ["unknown format", ["schema", "fti"], ['unknown format "fti" (did you mean "fit"?)']],
    ["unknown release", ["import", "coherent-csi-2081", "."], [/did you mean "coherent-csi-2018"/]],
    ["import to nowhere", ["import", "coherent-csi-2018", "."], [/^import needs a folder to write/]],
  ])("%s", (_, args, lines) => {
    const found = refused(nurecoil(args), 2);
    expect(found).toHaveLength(lines.length);
    found.forEach((line, i) => {
      expect(line).toMatch(lines[i]!);
    });
  });

  it("all problems of the flags are listed together", () => {
    const args = ["--set", "xi_V=x", "--cl", "2,0.9", "--recoil", "none", "--free", "a,,b", "--range", "c=2:1"];
    expect(refused(nurecoil(["fit", E, ...args]), 2)).toHaveLength(5);
  });

  it("all problems of the names are listed together", () => {
    expect(refused(nurecoil(["fit", E, "--free", "xi_X,xi_V,C_V_u,xi_S,xi_S_mu"]), 2)).toHaveLength(3);
  });

  it("no command at all shows what there is, on stderr", () => {
    const { status, stdout, stderr } = nurecoil([]);
    expect(status).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain("Usage: nurecoil");
  });
});
