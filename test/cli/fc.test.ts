/** nurecoil fc: the real binary, workers and run folders included. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { violations } from "./json-schema.ts";
import { json, nurecoil, refused, temporaryFolder } from "./run.ts";

const E = "coherent-csi-2017@release";
const folder = temporaryFolder();
const LINE = ["fc", E, "--parameter", "xi_V", "--points", "8", "--toys", "1500"];
const PLANE = ["fc", E, "--plane", "xi_V_e,xi_V_mu", "--points", "8", "--toys", "40"];

describe("fc", () => {
  it("answers by its schema: an interval and a region", () => {
    const schema = json(["schema", "fc"]);
    for (const [args, status] of [
      [LINE, 0],
      [PLANE, 1],
    ] as const) {
      const result = json(args, status);
      expect(violations(schema, result)).toEqual([]);
      expect(result.format).toBe("nurecoil/fc/1");
      expect(Object.keys(result).sort()).toEqual(Object.keys(schema.properties).sort());
    }
  });

  it("gives the same result for any number of workers", () => {
    const results = ["1", "2", "3"].map((workers) => nurecoil([...PLANE, "--json", "--workers", workers]).stdout);
    expect(JSON.parse(results[0]!).points).toHaveLength(64);
    expect(results[1]).toBe(results[0]);
    expect(results[2]).toBe(results[0]);
  });

  it("goes by the seed, and says which", () => {
    const [first, again, other] = [[], ["--seed", "1"], ["--seed", "7"]].map((flags) => json([...LINE, ...flags], 0));
    expect(again).toEqual(first);
    expect(first.spec.seed).toBe(1);
    expect(other.spec.seed).toBe(7);
    expect(other.points).not.toEqual(first.points);
  });

  it("runs again from the spec of its result", () => {
    const result = json([...PLANE, "--pulls", "nominal", "--cl", "0.8"], 1);
    const again = nurecoil(["fc", "--spec", "-", "--json"], { input: JSON.stringify(result.spec) });
    expect(JSON.parse(again.stdout)).toEqual(result);
  });

  it("writes a run folder with the same result, and reads it back", () => {
    const out = join(folder, "run");
    const plain = nurecoil([...PLANE, "--json"]);
    const run = nurecoil([...PLANE, "--json", "-o", out]);
    expect(run.stdout).toBe(plain.stdout);
    expect(run.status).toBe(plain.status);
    expect(readFileSync(join(out, "result.json"), "utf8")).toBe(plain.stdout);
    const again = nurecoil([...PLANE, "--json", "-o", out]);
    expect(again.stdout).toBe(plain.stdout);
    expect(again.stderr).toContain("finished before");
    // Which stays true for whoever reads of undecided points and wants more toys.
    expect(again.stderr).toContain(`${out}: another number of --toys is a new run: name another folder with -o, or`);
    const lines = refused(nurecoil([...PLANE, "--seed", "2", "-o", out]), 2);
    expect(lines.join("\n")).toContain("seed is 1 there, 2 now");
  });

  it("says before the work that toys are too few to exclude a point, and in the notes", () => {
    // 0.9^61 = 0.00162 and 0.99^646 = 0.00151 are above the tail of 0.0015, 0.9^62 and 0.99^647 below.
    const few = (toys: number, needed: string): string =>
      `${toys} toys per point are too few to exclude any for certain: it takes at least ${needed}`;
    const args = ["fc", E, "--parameter", "xi_V", "--points", "5", "--json"];
    for (const [flags, warning] of [
      [["--toys", "61"], few(61, "62 at 90 %")],
      [["--toys", "62"], undefined],
      [["--toys", "61", "--cl", "0.99,0.9,0.5"], few(61, "647 at 99 %, 62 at 90 %")],
      [["--toys", "646", "--cl", "0.9,0.99"], few(646, "647 at 99 %")],
    ] as const) {
      const { stdout, stderr } = nurecoil([...args, ...flags]);
      expect(stderr).toBe(warning === undefined ? "" : `nurecoil: ${warning}\n`);
      const { notes } = JSON.parse(stdout);
      expect(notes.filter((note: string) => note.includes("too few"))).toEqual(warning === undefined ? [] : [warning]);
    }
  });

  it("takes a level that is given twice once", () => {
    const result = json([...LINE, "--cl", "0.9,0.90"]);
    expect([result.cl, result.spec.cl]).toEqual([[0.9], [0.9]]);
    expect(result).toEqual(json([...LINE, "--cl", "0.9"]));
    const input = JSON.stringify({ ...result.spec, cl: [0.9, 0.9] });
    expect(JSON.parse(nurecoil(["fc", "--spec", "-", "--json"], { input }).stdout).intervals).toEqual(result.intervals);
  });

  it("prints window, interval, points and the recipe", () => {
    const { stdout, stderr, status } = nurecoil(LINE);
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Feldman-Cousins interval of xi_V: coherent-csi-2017@release$/m);
    expect(stdout).toMatch(/^tested xi_V +\[-\d\.\d+, \d\.\d+\]$/m);
    expect(stdout).toMatch(/^minima searched xi_V +\[/m);
    expect(stdout).toMatch(/^xi_V +90 % +\[/m);
    expect(stdout).toMatch(/^ *xi_V +t +p +toys$/m);
    expect(stdout).toMatch(/^ {2}\d+\. p = share of toys/m);
    expect(stdout).toMatch(/Philox4x32-10, keyed by seed/);
  });

  it("prints islands of a region and how many points are undecided, and ends with 1 then", () => {
    const { stdout, status } = nurecoil(PLANE);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^90 %: area /m);
    expect(stdout).toMatch(/^ {2}island +xi_V_e +xi_V_mu +holes +border$/m);
    expect(stdout).toMatch(/^undecided: \d+ of 64 points; more --toys decide more of them$/m);
  });

  it("refuses what it cannot do, everything at once, with the way out", () => {
    const bad = [
      "fc",
      E,
      "--toys",
      "0",
      "--seed",
      "1.5",
      "--pulls",
      "some",
      "--cl",
      "2",
      "--points",
      "1",
      "--workers",
      "x",
    ];
    expect(refused(nurecoil(bad), 2)).toEqual([
      expect.stringMatching(/^--cl: 2 is not between 0 and 1/),
      '--toys: "0" is no number of toys (a whole number from 1 on)',
      '--pulls: unknown "some" (valid: profiled, nominal, fixed)',
      '--points: "1" is no number of points (a whole number from 2 on)',
      '--seed: "1.5" is no seed (a whole number from 0 on)',
      '--workers: "x" is no number of workers (a whole number from 1 to 1024)',
      "nothing to test (--parameter a or --plane a,b)",
    ]);
    expect(refused(nurecoil(["fc", E, "--plane", "xi_S,xi_V", "--parameter", "xi_T"]), 2)).toEqual([
      "--parameter and --plane are two questions: ask one (--parameter a or --plane a,b)",
    ]);
    for (const typed of ["xi_V,xi_S", "xi_V,", ""])
      expect(refused(nurecoil(["fc", E, `--parameter=${typed}`]), 2)).toEqual([
        `--parameter: "${typed}" is not one name (one parameter; two: --plane a,b)`,
      ]);
    const written = { experiments: [E], plane: ["xi_S", "xi_V"], toys: { parameter: "xi_T" } };
    expect(refused(nurecoil(["fc", "--spec", "-"], { input: JSON.stringify(written) }), 2)).toEqual([
      "toys.parameter and plane of the spec are two questions: ask one (--parameter a or --plane a,b)",
    ]);
    expect(refused(nurecoil(["fc", E, "--parameter", "xi_V", "--toys", "10000001"]), 2)).toEqual([
      "10000001 toys are more than 10000000 (use fewer --toys)",
    ]);
    expect(refused(nurecoil(["fc", E, "--parameter", "xi_V_m"]), 2)).toEqual([
      'unknown parameter "xi_V_m" (did you mean "xi_V_e" or "xi_V_mu"?)',
    ]);
    expect(refused(nurecoil(["fc", E, "--parameter", "xi_V", "--take-over"]), 2)).toEqual([
      "--take-over is for run folders (name one with -o)",
    ]);
    expect(refused(nurecoil(["fc", E, "--parameter", "xi_V", "--truth", "xi_V=1"]), 2)[0]).toMatch(
      /^a truth is for Asimov/,
    );
  });
});
