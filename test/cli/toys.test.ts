/** nurecoil toys: the real binary, workers and run folders included. */
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { violations } from "./json-schema.ts";
import { binary, json, nurecoil, type Ran, refused, temporaryFolder } from "./run.ts";

const E = "coherent-csi-2017@release";
const folder = temporaryFolder();
const TOYS = ["toys", E, "--free", "xi_V", "--toys", "450"];

async function interrupted(args: readonly string[], signal: "SIGINT" | "SIGTERM", delay: number): Promise<Ran> {
  const child = spawn(process.execPath, [binary, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const text = { stdout: "", stderr: "" };
  child.stdout.on("data", (data) => (text.stdout += data));
  child.stderr.on("data", (data) => (text.stderr += data));
  const status = new Promise<number | null>((resolve) => child.on("close", resolve));
  await new Promise((resolve) => setTimeout(resolve, delay));
  child.kill(signal);
  return { status: await status, ...text };
}

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

  it.each(["SIGINT", "SIGTERM"] as const)("without a folder say on %s that nothing was kept", async (signal) => {
    for (const workers of ["1", "2"]) {
      const long = [...TOYS, "--toys", "5000000", "--workers", workers];
      // While it prepares it ends as any process does: later then.
      let ran = await interrupted(long, signal, 500);
      for (let delay = 1000; ran.status === null && delay < 20_000; delay *= 2)
        ran = await interrupted(long, signal, delay);
      expect(ran).toEqual({
        status: 130,
        stdout: "",
        stderr: "nurecoil: interrupted: nothing was kept; -o FOLDER keeps finished parts\n",
      });
    }
  });

  it("are refused a name that is neither file.json nor a folder", () => {
    for (const [command, name] of [
      [TOYS, "q.txt"],
      [TOYS, "q.json.gz"],
      [["fc", E, "--parameter", "xi_V"], "fc_cl0.90"],
      [["fc", E, "--parameter", "xi_V"], "run.v2"],
    ] as const) {
      const out = join(folder, name);
      expect(refused(nurecoil([...command, "-o", out]), 2)).toEqual([
        `${out}: cannot write this as "${extname(name)}" ` +
          "(end the name with .json; a name without ending, or with / at its end, is a run folder)",
      ]);
      expect(existsSync(out)).toBe(false);
    }
    const dotted = `${join(folder, "run.v2")}/`;
    expect(nurecoil([...TOYS, "--quiet", "-o", dotted]).status).toBe(0);
    expect(readdirSync(dotted)).toContain("result.json");
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
