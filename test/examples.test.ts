/** The examples run against the built package, as a reader would run them. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const folder = fileURLToPath(new URL("../examples/", import.meta.url));
const run = (name: string, ...args: string[]): string =>
  execFileSync(process.execPath, [join(folder, name), ...args], { encoding: "utf8" });
const reference = (name: string) =>
  JSON.parse(readFileSync(new URL(`reference/${name}.json`, import.meta.url), "utf8"));

it("are short", () => {
  const names = readdirSync(folder).filter((name) => name.endsWith(".mjs"));
  expect(names.length).toBe(4);
  for (const name of names) expect(readFileSync(join(folder, name), "utf8").split("\n").length).toBeLessThanOrEqual(30);
});

it("standard-model-spectrum prints the flux-averaged cross sections of argon", () => {
  const printed = Object.fromEntries(
    run("standard-model-spectrum.mjs")
      .trim()
      .split("\n")
      .map((line) => line.split(/\s+/).slice(0, 2)),
  );
  // 18.26e-40 cm2 is the mean over flavours of the independent script for 40Ar alone; natural argon has 0.4 % of lighter
  // isotopes, worth less than 0.1 %.
  const mean = ["nu_e", "nu_mu", "anti_nu_mu"].reduce((sum, flavour) => sum + Number(printed[flavour]) / 3, 0);
  expect(mean / 18.263e-40).toBeCloseTo(1, 2);
});

it("vector-coupling prints both minima", () => {
  const text = run("vector-coupling.mjs");
  const minima = [...text.matchAll(/xi_V = (-?[\d.]+), chi2 = ([\d.]+)/g)].map((match) => [
    Number(match[1]),
    Number(match[2]),
  ]);
  const expected = reference("csi-2017-fit").table1.V.minima as { V: number; chi2: number }[];
  expect(minima.length).toBe(2);
  for (const [xi, chi2] of minima) {
    const known = expected.find((one) => Math.abs(one.V - xi!) < 0.01)!;
    expect(xi).toBeCloseTo(known.V, 3);
    expect(chi2).toBeCloseTo(known.chi2, 3);
  }
  expect(text).toMatch(/90 %: \[-2\.17\d+, -1\.60\d+\] U \[-0\.32\d+, 0\.23\d+\]/);
});

it("quark-plane prints areas and writes a figure", () => {
  const out = mkdtempSync(join(tmpdir(), "nurecoil-example-"));
  try {
    const text = run("quark-plane.mjs", join(out, "plane.svg"));
    const regions = reference("csi-2017-regions").regions as {
      couplings: string[];
      levels: Record<string, { area: number }>;
    }[];
    const plane = regions.find((one) => one.couplings.join() === "C_S_u,D_P_d")!;
    const areas = [...text.matchAll(/(\d+) %: 1 polygon, area ([\d.]+)/g)];
    expect(areas.length).toBe(2);
    // Polygons of 300 x 300 samples against a count on 1200 x 1200: both good to 1e-3.
    for (const [, cl, area] of areas) expect(Number(area) / plane.levels[cl!]!.area).toBeCloseTo(1, 2);
    expect(readFileSync(join(out, "plane.svg"), "utf8")).toMatch(/^(<\?xml|<svg)/);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
});

it("feldman-cousins prints an interval by toys beside the one of Delta chi^2", () => {
  const lines = run("feldman-cousins.mjs").trim().split("\n");
  const ends = lines.map((line) => [...line.matchAll(/-?\d\.\d\d/g)].map(([text]) => Number(text)));
  expect(ends.map((one) => one.length)).toEqual([4, 4]);
  // The likelihood is nearly parabolic: toys move its ends by less than a third of the 0.2 of a standard deviation.
  ends[0]!.forEach((end, k) => {
    expect(Math.abs(end - ends[1]![k]!)).toBeLessThan(0.07);
  });
});
