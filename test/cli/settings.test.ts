/** Data, truth and inputs of experiments by flags; impacts of a fit as table, JSON and figure. */
import { cpSync, existsSync, mkdtempSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { violations } from "./json-schema.ts";
import { json, nurecoil, refused, temporaryFolder } from "./run.ts";

const CSI = "coherent-csi-2017";
const LAR = "coherent-lar-2020";
const SBC = "sbc-lar10-inin";
const folder = temporaryFolder();
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const setting = (...texts: string[]): string[] => texts.flatMap((text) => ["--experiment-set", text]);

/** A shipped experiment in a folder of the user. */
function copyOf(id: string): string {
  const copy = join(mkdtempSync(join(folder, "v1.2-")), id);
  cpSync(fileURLToPath(new URL(`../../experiments/${id}`, import.meta.url)), copy, { recursive: true });
  return copy;
}

describe("--experiment-set", () => {
  it("scales what depends on the input, and the result repeats it", () => {
    const plain = json(["predict", `${SBC}@counts`]);
    const larger = json(["predict", SBC, ...setting(`${SBC}.mass=100 kg`)]);
    const signal = (result: typeof plain): number =>
      sum(
        result.components
          .filter((one: { name: string }) => one.name === "cevns")
          .flatMap((one: { counts: number[] }) => one.counts),
      );
    // Ten times the nuclei: linear, so equal up to rounding.
    expect(signal(larger) / signal(plain)).toBeCloseTo(10, 10);
    expect(larger.spec.experiments).toEqual([{ ...plain.spec.experiments[0], set: { mass: "100 kg" } }]);
    expect(plain.spec.experiments[0].set).toEqual({});
  });

  it("takes the exposure in any unit of its kind", () => {
    const days = json(["predict", SBC, ...setting(`${SBC}.live-time=36.5 d`)]).total;
    const hours = json(["predict", SBC, ...setting(`${SBC}.live-time=876 h`)]).total;
    expect(hours[0]).toBeCloseTo(days[0], 8);
    expect(days[0] / json(["predict", SBC]).total[0]).toBeCloseTo(0.1, 10);
  });

  it("finds an experiment given as a folder by its id, and by the path as typed", () => {
    const path = copyOf(CSI);
    const results = [CSI, path].map((name) => json(["predict", path, ...setting(`${name}.mass=29.2 kg`)]).total);
    expect(results[0]).toEqual(results[1]);
    expect(results[0]).toEqual(json(["predict", CSI, ...setting(`${CSI}.mass=29.2 kg`)]).total);
  });

  it("wins over the file name by name", () => {
    const spec = { experiments: [{ id: SBC, set: { mass: "20 kg", distance: "5 m" } }] };
    const ran = nurecoil(["predict", "--spec", "-", "--json", ...setting(`${SBC}.mass=30 kg`)], {
      input: JSON.stringify(spec),
    });
    expect(ran.stderr).toBe("");
    expect(JSON.parse(ran.stdout).spec.experiments[0].set).toEqual({ mass: "30 kg", distance: "5 m" });
  });

  it("makes a choice of the likelihood", () => {
    const events = (...texts: string[]): number => sum(json(["predict", `${LAR}@energy`, ...setting(...texts)]).total);
    // The release's prediction is below its 128 events: a few per cent of the total.
    expect(events(`${LAR}.normalisation=absolute`)).not.toBeCloseTo(events(), 1);
    expect(events(`${LAR}.normalisation=anchored`)).toBe(events());
  });

  it("acts on a spectrum and stands in its result", () => {
    const events = (result: { flavours: { events: number }[] }): number =>
      sum(result.flavours.map((one) => one.events));
    const twice = json(["spectrum", LAR, ...setting(`${LAR}.mass=48.8 kg`)]);
    expect(events(twice) / events(json(["spectrum", LAR]))).toBeCloseTo(2, 10);
    expect(twice.spec.experiments[0].set).toEqual({ mass: "48.8 kg" });
  });

  it("show lists what can be set", () => {
    const { stdout } = nurecoil(["show", LAR]);
    expect(stdout).toMatch(/inputs +mass \[kg\], distance \[m\], exposure \[GW h\], protons-on-target/);
    expect(stdout).toContain("anchored or absolute (default: anchored)");
    expect(stdout).toContain(`--experiment-set "${LAR}.<name>=<value> <unit>"`);
    const found = json(["show", SBC]).found[0].settings.counts;
    expect(found.inputs).toMatchObject({ mass: "kg", threshold: "eVnr", "live-time": "d", background: "1/d" });
    expect(found.choices).toEqual({});
  });

  it.each<[what: string, args: string[], lines: (string | RegExp)[]]>([
    [
      "no name",
      setting("mass=20 kg"),
      ['--experiment-set: cannot read "mass=20 kg" (write --experiment-set "id.name=VALUE UNIT")'],
    ],
    ["no value", setting(`${SBC}.mass`), [/^--experiment-set: cannot read/]],
    [
      "another experiment",
      setting("sbc-lar10-inim.mass=20 kg"),
      [`--experiment-set: "sbc-lar10-inim" is no experiment of this analysis (did you mean "${SBC}"?)`],
    ],
    [
      "an experiment that is not part of the analysis",
      setting(`${CSI}.mass=20 kg`),
      [/is no experiment of this analysis/],
    ],
    [
      "an input twice",
      setting(`${SBC}.mass=20 kg`, `${SBC}.mass=30 kg`),
      [`--experiment-set: "mass" of ${SBC} is given twice (give it once)`],
    ],
    ["no unit", setting(`${SBC}.mass=20`), [`${SBC}.mass: "20" has no unit (write e.g. 20 kg)`]],
    ["nothing at all", setting(`${SBC}.mass=`), [`${SBC}.mass: no value (write e.g. 10 kg)`]],
    [
      "a wrong unit",
      setting(`${SBC}.threshold=100 eVee`, `${SBC}.distance=3 s`),
      [
        /^sbc-lar10-inin\.threshold: unknown unit "eVee"/,
        /"s" is a unit of time, but this is length \(valid: cm, m\)$/,
      ],
    ],
    [
      "an unknown input",
      setting(`${SBC}.masss=20 kg`),
      [/has no input or choice of this name \(did you mean "mass"\?\)$/],
    ],
    ["a nuisance", setting(`${SBC}.background-scale=2`), [/did you mean/]],
    ["a number out of range", setting(`${SBC}.mass=-1 kg`), [/^sbc-lar10-inin\.mass: must be above 0, not -1 kg/]],
    ["no number", setting(`${SBC}.mass=NaN kg`), [/"NaN" is not a finite number/]],
    ["a choice that is not there", setting(`${SBC}.normalisation=absolute`), [/leaves no such choice/]],
    ["unknown data", ["--data", "measured"], ['--data: unknown "measured" (valid: observed, asimov)']],
    ["a truth without value", ["--truth", "xi_V"], [/^--truth: cannot read "xi_V"/]],
    ["a truth twice", ["--truth", "xi_V=1", "--truth", "xi_V=2"], [/^--truth: "xi_V" is given twice/]],
    ["a truth that is NaN", ["--truth", "xi_V=NaN"], [/^--truth: "NaN" is not a finite number/]],
    ["an unknown truth", ["--truth", "xi_v=1"], ['unknown parameter "xi_v" (did you mean "xi_V"?)']],
    ["a truth out of range", ["--truth", "xi_V=100"], [/^truth of "xi_V" is 100, outside its range \[-5, 5\]/]],
    ["impacts of no fit", ["--impacts"], [/^unknown option '--impacts'/]],
  ])("refused: %s", (_, args, lines) => {
    const found = refused(nurecoil(["chi2", SBC, ...args]), 2);
    expect(found).toHaveLength(lines.length);
    found.forEach((line, i) => {
      if (typeof lines[i] === "string") expect(line).toBe(lines[i]);
      else expect(line).toMatch(lines[i]!);
    });
  });

  it("refused: by id and by path, the same input twice", () => {
    const path = copyOf(SBC);
    const found = refused(nurecoil(["chi2", path, ...setting(`${SBC}.mass=1 kg`, `${path}.mass=2 kg`)]), 2);
    expect(found).toEqual([`--experiment-set: "mass" of ${path} is given twice (give it once)`]);
  });

  it("refused: for a nucleus, and without any experiment", () => {
    expect(refused(nurecoil(["spectrum", "Ar", ...setting("Ar.mass=1 kg")]), 2)).toEqual([
      "Ar is a nucleus and has no inputs to set (--experiment-set is for experiments)",
    ]);
    expect(refused(nurecoil(["chi2", ...setting(`${SBC}.mass=1 kg`)]), 2)).toEqual([
      `--experiment-set: "${SBC}" is no experiment of this analysis (no experiment is given)`,
    ]);
  });

  it("all problems of several experiments are listed together", () => {
    const args = setting(`${SBC}.mass=1`, `${CSI}.mass=1 m`, `${CSI}.exposures=1 GW h`);
    expect(refused(nurecoil(["chi2", SBC, CSI, ...args]), 2)).toHaveLength(3);
  });
});

describe("--data and --truth", () => {
  it("Asimov data of all experiments: chi2 is 0 at the truth, and the result says so", () => {
    const args = ["--data", "asimov", "--truth", "xi_V=-0.1", "--truth", `${CSI}.brn=1.2`];
    const result = json(["chi2", CSI, SBC, ...args, "--set", "xi_V=-0.1"]);
    // The pull that made the data costs ((1.2 - 1)/0.25)^2 at most; the data can be met without it only in part.
    expect(result.chi2).toBeLessThan(0.64);
    expect(json(["chi2", CSI, SBC, ...args.slice(0, 4), "--set", "xi_V=-0.1"]).chi2).toBeCloseTo(0, 9);
    expect(result.spec.truth).toEqual({ xi_V: -0.1, [`${CSI}.brn`]: 1.2 });
    expect(result.spec.experiments.map((one: { data: string }) => one.data)).toEqual(["asimov", "asimov"]);
    expect(result.notes.join("\n")).toMatch(/Asimov data at xi_V = -0\.1/);
  });

  it("truth of the flags joins that of the file", () => {
    const spec = { experiments: [{ id: CSI, data: "asimov" }], truth: { xi_V: 0.2, xi_S: 0.1 } };
    const ran = nurecoil(["chi2", "--spec", "-", "--json", "--truth", "xi_V=-0.1"], { input: JSON.stringify(spec) });
    expect(JSON.parse(ran.stdout).spec.truth).toEqual({ xi_V: -0.1, xi_S: 0.1 });
    const plain = JSON.stringify({ ...spec, truth: {} });
    const back = nurecoil(["chi2", "--spec", "-", "--json", "--data", "observed"], { input: plain });
    expect(JSON.parse(back.stdout).spec.experiments[0].data).toBe("observed");
  });
});

describe("several experiments", () => {
  it("overlap is refused naming both, and allowed on request with a mark", () => {
    const both = [`${CSI}@release`, "coherent-csi-2021@energy"];
    const [line] = refused(nurecoil(["chi2", ...both]), 2);
    expect(line).toMatch(/coherent-csi-2017 and coherent-csi-2021.*--allow-overlap/);
    const result = json(["chi2", ...both, "--allow-overlap"]);
    expect(result.spec.allowOverlap).toBe(true);
    expect(result.notes.join("\n")).toMatch(/coherent-csi-2017.*coherent-csi-2021.*same events/);
  });

  it("--uncorrelated gives every experiment its own flux pull", () => {
    const pulls = (...args: string[]): string[] => Object.keys(json(["chi2", `${CSI}@release`, LAR, ...args]).pulls);
    expect(pulls()).toContain("sns.flux");
    expect(pulls("--uncorrelated")).toEqual(expect.arrayContaining([`${CSI}.flux`, `${LAR}.flux`]));
    expect(pulls("--uncorrelated")).not.toContain("sns.flux");
  });
});

describe("fit --impacts", () => {
  const fit = ["fit", CSI, "--free", "xi_V", "--impacts"];

  it("JSON by its schema, shifts for every nuisance", () => {
    const result = json(fit);
    expect(violations(json(["schema", "fit"]), result)).toEqual([]);
    expect(result.impacts.map((one: { nuisance: string }) => one.nuisance)).toEqual([`${CSI}.signal`, `${CSI}.brn`]);
    expect(result.impacts[1].constraint).toEqual({ value: 1, sigma: 0.25 });
    // More background, less signal: for the best fit at small |xi_V| or its mirror, the two shifts differ in sign.
    for (const { shifts } of result.impacts) expect(shifts[0].up * shifts[0].down).toBeLessThan(0);
    expect(json(fit.slice(0, -1)).impacts).toBeNull();
  });

  it("a table", () => {
    expect(nurecoil(fit).stdout).toMatch(
      /impacts: shift of the free parameters[^\n]*\n +nuisance +fitted +constraint +xi_V/,
    );
  });

  it.each([
    ["svg", "<svg"],
    ["pdf", "%PDF-1.4"],
    ["png", "\x89PNG"],
  ])("a figure as %s", (ending, start) => {
    const path = join(folder, `impacts.${ending}`);
    const ran = nurecoil([...fit, "-o", path]);
    expect(ran).toMatchObject({ status: 0, stderr: `nurecoil: wrote ${path}\n` });
    expect(readFileSync(path, "latin1").includes(start)).toBe(true);
    expect(statSync(path).size).toBeGreaterThan(2000);
  });

  it("refused: a figure of a fit without impacts, a table of numbers, an impact of nothing", () => {
    const path = join(folder, "no.svg");
    const plain = ["fit", CSI, "--free", "xi_V", "-o"];
    expect(refused(nurecoil([...plain, path]), 2)).toEqual([`${path}: a fit is drawn by its impacts (add --impacts)`]);
    expect(refused(nurecoil([...plain, join(folder, "no.csv"), "--impacts"]), 2)[0]).toMatch(
      /end the name with \.json or \.svg or \.pdf or \.png/,
    );
    expect(refused(nurecoil(["predict", CSI, "-o", path]), 2)[0]).toMatch(/cannot write this as "\.svg"/);
    const held = ["--set", `${CSI}.signal=0`, "--set", `${CSI}.brn=1`];
    expect(refused(nurecoil([...plain, path, "--impacts", ...held]), 2)).toEqual([
      `${path}: no nuisance acts in this fit, so there are no impacts to draw`,
    ]);
    expect(existsSync(path)).toBe(false);
  });
});
