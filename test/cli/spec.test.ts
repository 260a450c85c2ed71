/** An analysis from a file, from standard input, and flags that win over it. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { json, nurecoil, temporaryFolder } from "./run.ts";

const E = "coherent-csi-2017";
const folder = temporaryFolder();
const spec = {
  experiments: [`${E}@paper`],
  free: ["xi_V", "xi_S"],
  parameters: { xi_T: 0.2 },
  convention: "A",
  cl: [0.68],
  ranges: { xi_V: [-3, 3], xi_S: [-2, 2] },
};
const path = join(folder, "spec.json");
writeFileSync(path, JSON.stringify(spec));

it("a file gives the same result as the flags that say the same", () => {
  const flags = ["--free", "xi_V,xi_S", "--set", "xi_T=0.2", "--convention", "A", "--cl", "0.68"];
  const ranges = ["--range", "xi_V=-3:3", "--range", "xi_S=-2:2"];
  expect(json(["fit", "--spec", path])).toEqual(json(["fit", E, ...flags, ...ranges]));
});

it("standard input is a file called -", () => {
  const ran = nurecoil(["fit", "--spec", "-", "--json"], { input: JSON.stringify(spec) });
  expect(ran.status).toBe(0);
  expect(JSON.parse(ran.stdout)).toEqual(json(["fit", "--spec", path]));
});

it("a flag replaces what the file says, and nothing else", () => {
  const plain = json(["fit", "--spec", path]).spec;
  const changed = json(["fit", "--spec", path, "--convention", "B", "--sigma", "2", "--range", "xi_V=-1:1"]).spec;
  expect(changed).toEqual({
    ...plain,
    convention: "B",
    cl: null,
    sigma: [2],
    ranges: { ...plain.ranges, xi_V: [-1, 1] },
  });
  expect(json(["fit", "--spec", path, "--set", "xi_T=-0.3"]).spec.parameters).toEqual({ xi_T: -0.3 });
});

it("a flag that fixes a parameter takes it from the free ones of the file, and the other way round", () => {
  const fixed = json(["fit", "--spec", path, "--set", "xi_S=0.1"]).spec;
  expect(fixed.free).toEqual(["xi_V"]);
  expect(fixed.parameters).toEqual({ xi_T: 0.2, xi_S: 0.1 });
  const freed = json(["fit", "--spec", path, "--free", "xi_T"]).spec;
  expect(freed.free).toEqual(["xi_T"]);
  expect(freed.parameters).toEqual({});
});

it("experiments of the command line replace those of the file", () => {
  const input = JSON.stringify({ experiments: ["none-such"], parameters: { xi_V: 0.1 } });
  const ran = nurecoil(["chi2", E, "--spec", "-", "--json"], { input });
  expect(ran.status).toBe(0);
  const flags = json(["chi2", E, "--set", "xi_V=0.1"]);
  expect(JSON.parse(ran.stdout)).toEqual(flags);
});

it("other likelihood names of the file give way to --likelihood", () => {
  const input = JSON.stringify({ experiments: [{ id: E, likelihood: "none-such" }] });
  expect(nurecoil(["chi2", "--spec", "-"], { input }).status).toBe(2);
  expect(nurecoil(["chi2", "--spec", "-", "--likelihood", "paper"], { input }).status).toBe(0);
});

it("a grid, a plane and a form factor with radii come from the file too", () => {
  const formFactor = { model: "helm", neutronRadiiFm: { Cs: 5.09, I: 5.03 } };
  const scan = { experiments: [E], formFactor, grid: [{ name: "xi_V", low: -1, high: 0, n: 3 }], profile: ["xi_S"] };
  const input = JSON.stringify(scan);
  const ran = nurecoil(["scan", "--spec", "-"], { input });
  expect(ran.status).toBe(0);
  expect(ran.stdout).toContain("form factor helm, R_n(Cs) = 5.090 fm, R_n(I) = 5.030 fm");
  expect(ran.stdout).toContain("3 points from -1 to 0");
  // A larger nucleus: fewer events.
  const sum = (total: number[]): number => total.reduce((a, b) => a + b, 0);
  const large = JSON.parse(nurecoil(["predict", "--spec", "-", "--json"], { input }).stdout);
  expect(sum(large.total)).toBeLessThan(0.97 * sum(json(["predict", E]).total));
});
