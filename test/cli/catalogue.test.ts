/** list, show, cite: everything that has a name can be listed, shown and cited. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { formFactors } from "../../src/nuclei/form-factors/index.ts";
import { formFactorSources, formulaSources } from "../../src/report/citations.ts";
import { json, nurecoil, temporaryFolder } from "./run.ts";

const E = "coherent-csi-2017";
const folder = temporaryFolder();
interface Listed {
  id: string;
  summary: string;
}
const sections = json(["list"]).sections as Record<string, Listed[]>;

it("list has the sections, all of them or one", () => {
  for (const name of ["experiments", "interactions", "nuclei", "form-factors", "parameters", "reproductions"]) {
    expect(sections[name]?.length, name).toBeGreaterThan(0);
    expect(json(["list", name]).sections).toEqual({ [name]: sections[name] });
  }
  const { stdout } = nurecoil(["list"]);
  for (const [name, entries] of Object.entries(sections)) {
    expect(stdout).toContain(`${name}\n`);
    for (const { id } of entries) expect(stdout).toMatch(new RegExp(`^ {2}${id.replaceAll(".", "\\.")}( |$)`, "m"));
  }
});

describe("show", () => {
  it.each(Object.keys(sections))("an entry of %s", (section) => {
    const { id } = sections[section]![0]!;
    const { found } = json(["show", id]);
    expect(found[0]).toMatchObject({ section, id });
    expect(nurecoil(["show", id]).stdout).toContain(id);
  });

  it("an experiment: inputs with value, unit, sigma and source, likelihoods, parameters", () => {
    const { stdout } = nurecoil(["show", E]);
    expect(stdout).toMatch(/mass +14\.6 +kg +observation/);
    expect(stdout).toMatch(/light-yield +13\.348 ± 0\.019 +PE\/keVee +release/);
    expect(stdout).toMatch(/acceptance-a +0\.6655 \+0\.0212 -0\.0384/);
    expect(stdout).toContain(`likelihood ${E}@paper (default)`);
    expect(stdout).toMatch(new RegExp(`${E}\\.signal +pull +sigma 0\\.28`));
    expect(stdout).toContain("doi:10.1126/science.aao0990");
    expect(nurecoil(["show", `${E}@paper`]).stdout).toBe(stdout);
  });

  it("isotopes by three names, formulas, flavoured couplings, nuisances", () => {
    const caesium = nurecoil(["show", "133Cs"]).stdout;
    expect(caesium).toMatch(/133Cs +1\.000 +55 +78 /);
    for (const name of ["Cs133", "Cs-133"])
      expect(nurecoil(["show", name]).stdout.replaceAll(name, "133Cs")).toBe(caesium);
    expect(nurecoil(["show", "CaWO4"]).stdout).toMatch(/184W +0\.30/);
    expect(nurecoil(["show", "xi_V_e"]).stdout).toContain("acts on nu_e");
    expect(nurecoil(["show", `${E}.brn`]).stdout).toContain("relative sigma 0.25");
  });

  it("both things that are called R", () => {
    expect(json(["show", "R"]).found.map((one: { section: string }) => one.section)).toEqual([
      "interactions",
      "parameters",
    ]);
  });
});

describe("cite", () => {
  it("an experiment, a form factor and a coupling: each source once", () => {
    const { stdout, stderr, status } = nurecoil(["cite", E, "helm", "xi_V", E]);
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    const keys = [...stdout.matchAll(/^@\w+\{([^,]+),$/gm)].map(([, key]) => key);
    expect(keys).toEqual([
      "COHERENT:2018imc",
      "COHERENT:2017ipa",
      "AristizabalSierra:2018eqm",
      "Lewin:1995rx",
      "Flores2021NuFact",
    ]);
    expect(stdout.match(/^\}$/gm)).toHaveLength(5);
  });

  it("writes a .bib file", () => {
    const path = join(folder, "nurecoil.bib");
    const ran = nurecoil(["cite", "Cs", "-o", path, "--quiet"]);
    expect(ran.status).toBe(0);
    expect(nurecoil(["cite", "Cs"]).stdout).toContain("author = {Wang, M. and Huang, W. J. and");
  });

  it("what an analysis rests on", () => {
    const path = join(folder, "spec.json");
    writeFileSync(path, JSON.stringify({ experiments: [E], free: ["C_T_u"], formFactor: "fermi" }));
    const { ids } = json(["cite", "--spec", path]);
    expect(Object.keys(ids)).toEqual([E, "CsI", "fermi", "stopped-pion", "C_T_u", "VV", "constants"]);
    expect(ids.fermi).toContain("Sprung1997symmetrized");
    expect(ids["C_T_u"]).toContain("Anselmino:2008jk");
  });

  it("says when there is nothing to cite", () => {
    expect(nurecoil(["cite", "point"])).toMatchObject({
      status: 0,
      stderr: "nurecoil: point has no source to cite\n",
    });
  });

  it("has a source for every form factor, and every key is one entry", () => {
    expect(Object.keys(formFactorSources).sort()).toEqual(Object.keys(formFactors).sort());
    expect(new Set(formulaSources.map((source) => source.key)).size).toBe(formulaSources.length);
    // Together with the data: a key that stands for two entries is an error.
    const all = Object.values(sections).flatMap((entries) => entries.map(({ id }) => id));
    const { status, stderr } = nurecoil(["cite", ...all, "--quiet"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });
});
