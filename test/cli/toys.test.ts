/** nurecoil toys: the real binary, workers and run folders included. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { violations } from "./json-schema.ts";
import { json, nurecoil, refused, temporaryFolder } from "./run.ts";

const E = "coherent-csi-2017@release";
const folder = temporaryFolder();
const TOYS = ["toys", E, "--free", "xi_V", "--toys", "450"];

describe("toys", () => {
  it("answer by their schema", () => {
    const schema = json(["schema", "toys"]);
    const result = json([...TOYS, "--cl", "0.68,0.95"]);
    expect(violations(schema, result)).toEqual([]);
    expect(result.format).toBe("nurecoil/toys/1");
    expect(Object.keys(result).sort()).toEqual(Object.keys(schema.properties).sort());
    expect(result.coverage.map(({ cl }: { cl: number }) => cl)).toEqual([0.68, 0.95]);
    for (const { actual, nominal, error } of result.coverage)
      expect(Math.abs(actual - nominal)).toBeLessThan(6 * error);
  });

  it("are the same for any number of workers, in a run folder or not, and from the spec of the result", () => {
    const plain = nurecoil([...TOYS, "--json", "--workers", "1"]);
    expect(plain.status).toBe(0);
    expect(nurecoil([...TOYS, "--json", "--workers", "3"]).stdout).toBe(plain.stdout);
    const out = join(folder, "run");
    expect(nurecoil([...TOYS, "--json", "-o", out]).stdout).toBe(plain.stdout);
    expect(readFileSync(join(out, "result.json"), "utf8")).toBe(plain.stdout);
    expect(readdirSync(join(out, "shards"))).toHaveLength(3);
    const { spec } = JSON.parse(plain.stdout);
    expect(nurecoil(["toys", "--spec", "-", "--json"], { input: JSON.stringify(spec) }).stdout).toBe(plain.stdout);
  });

  it("are thrown at the truth that is given", () => {
    const result = json([...TOYS, "--truth", "xi_V=0.2", "--pulls", "nominal"]);
    expect(result.truth).toMatchObject({ xi_V: 0.2, "coherent-csi-2017.signal": 0, "coherent-csi-2017.brn": 1 });
    expect(result.spec).toMatchObject({ truth: { xi_V: 0.2 }, toys: { count: 450, pulls: "nominal" } });
  });

  it("print truth, goodness of fit, coverage and the recipe", () => {
    const { stdout, status, stderr } = nurecoil([...TOYS, "--seed", "3"]);
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^toys of xi_V: coherent-csi-2017@release$/m);
    expect(stdout).toMatch(/^450 toys, seed 3$/m);
    expect(stdout).toMatch(/^goodness of fit: chi2 \d+\.\d{3}, p-value 0\.\d+ ± 0\.0\d+$/m);
    expect(stdout).toMatch(/^xi_V +90 % +0\.900 +0\.\d{3} ± 0\.0\d{2}$/m);
    expect(stdout).toMatch(/^ {2}\d+\. goodness of fit: share of toys/m);
  });

  it("are refused with everything that is wrong", () => {
    const bad = ["toys", E, "--free", "xi_V", "--toys", "1e3", "--seed", "-1", "--sigma", "0", "--truth", "xi_V"];
    expect(refused(nurecoil(bad), 2)).toEqual([
      expect.stringMatching(/^--sigma: 0 is not above 0/),
      expect.stringMatching(/^--truth: cannot read "xi_V"/),
      '--toys: "1e3" is no number of toys (a whole number from 1 on)',
      '--seed: "-1" is no seed (a whole number from 0 on)',
    ]);
    expect(refused(nurecoil([...TOYS, "--truth", "xi_S=1"]), 2)).toEqual([
      'truth of "xi_S", which is not fitted (--free xi_S, or --set xi_S=value for data and toys)',
    ]);
  });
});
