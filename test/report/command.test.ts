/** Commands of specs, read back by a shell and by the command's own reader. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import {
  type AnalysisSpec,
  fit,
  type PreparedAnalysis,
  parseSpec,
  prepare,
  region,
  type SpecInput,
  scan,
} from "../../src/analysis/index.ts";
import { readAnalysis } from "../../src/cli/analysis.ts";
import type { Options } from "../../src/cli/command.ts";
import { commands } from "../../src/cli/commands.ts";
import { shippedLibrary } from "../../src/node/index.ts";
import { questionSpec } from "../../src/report/command.ts";
import { commandOf, type Question } from "../../src/report/index.ts";

const folder = mkdtempSync(join(tmpdir(), "nurecoil-command-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const questions = ["chi2", "predict", "fit", "region", "scan"] as const satisfies readonly Question[];

/** Words of command lines as a POSIX shell reads them: one shell for all of them. */
function wordsOf(lines: readonly string[]): string[][] {
  // printf repeats its format for each argument: every word ends with NUL, every line with an empty last word.
  const script = lines.map((line) => `printf '%s\\000' ${line} ''`).join("\n");
  const { stdout, status, stderr } = spawnSync("sh", ["-s"], { input: script, encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const words = stdout.split("\0").slice(0, -1);
  const found: string[][] = [[]];
  for (const word of words) {
    if (word === "") found.push([]);
    else found.at(-1)!.push(word);
  }
  return found.slice(0, -1);
}

/** The spec that the command line asks about, as the command itself reads it. */
async function read(words: readonly string[], spec: string | null): Promise<AnalysisSpec> {
  const [program, name, ...rest] = words;
  expect(program).toBe("nurecoil");
  const path = join(folder, "spec.json");
  if (spec !== null) writeFileSync(path, spec);
  const command = new Command(name).exitOverride();
  const { define } = await commands.find((one) => one.name === name)!.load();
  define(command);
  command.action(() => {});
  await command.parseAsync(
    rest.map((word) => (word === "spec.json" ? path : word)),
    { from: "user" },
  );
  return readAnalysis(command.args, command.opts<Options>());
}

const number = fc
  .oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer({ min: -5, max: 5 }),
    fc.constantFrom(-1e-7, 1e21, 0.1, -2.5),
  )
  // No -0: JSON has none.
  .map((value) => value + 0);
const parameter = fc.constantFrom(
  "xi_V",
  "xi_S_e",
  "C_S_u",
  "eps_dV_etau",
  "coherent-csi-2017.signal",
  "R_n_CsI",
  "flux",
);
const values = fc.dictionary(parameter, number, { maxKeys: 3 });
const ordered = fc
  .tuple(number, number)
  .filter(([a, b]) => a !== b)
  .map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)]);
const names = fc.uniqueArray(parameter, { maxLength: 3 });
const experiment = fc.oneof(
  fc.constantFrom("coherent-csi-2017", "coherent-csi-2017@release", "sbc-lar100-laguna"),
  fc.record(
    {
      id: fc.oneof(fc.constantFrom("coherent-lar-2020", "./mine/exp 1", "../it's"), fc.string({ minLength: 1 })),
      likelihood: fc.constantFrom("paper", "release"),
      data: fc.constantFrom("observed" as const, "asimov" as const),
      set: fc.dictionary(
        fc.constantFrom("mass", "live_time"),
        fc.oneof(fc.constantFrom("20 kg", "61.2 GW h", "it's $HOME"), fc.string()),
        { maxKeys: 2 },
      ),
    },
    { requiredKeys: ["id"] },
  ),
);
const level = fc.double({ min: 0.001, max: 0.999, noNaN: true });
const optional = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });
const spec: fc.Arbitrary<SpecInput> = fc.record(
  {
    experiments: fc.array(experiment, { maxLength: 3 }),
    parameters: values,
    truth: values,
    free: names,
    profile: names,
    plane: optional(fc.tuple(parameter, parameter)),
    grid: fc.array(
      fc.record({ name: parameter, range: ordered, n: fc.integer({ min: 2, max: 99 }) }).map(({ name, range, n }) => ({
        name,
        low: range[0],
        high: range[1],
        n,
      })),
      { maxLength: 2 },
    ),
    ranges: fc.dictionary(parameter, ordered, { maxKeys: 3 }),
    cl: optional(fc.array(level, { maxLength: 3 })),
    sigma: optional(fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 3 })),
    dof: optional(fc.constantFrom(1, 2)),
    convention: fc.constantFrom("A", "B"),
    recoil: fc.constantFrom("leading", "full", "exact"),
    formFactor: fc.constantFrom(null, "helm", "fermi", { model: "helm", neutronRadiiFm: { Cs: 5 } }),
    uncorrelated: fc.boolean(),
    allowOverlap: fc.boolean(),
    seed: optional(fc.nat()),
    spinResponse: fc.constantFrom({}, { "133Cs": { axial: { u: 0.1, d: -0.2 } } }),
  },
  { requiredKeys: [] },
);

/** Fixing what is searched as well is refused by every question: such specs are no analysis. So are events of several. */
function contradicts(one: AnalysisSpec): boolean {
  const searched = [...one.free, ...one.profile, ...(one.plane ?? []), ...one.grid.map(({ name }) => name)];
  return searched.some((name) => Object.hasOwn(one.parameters, name));
}

describe("commandOf", () => {
  it("asks for the same spec, whatever it is", async () => {
    const asked: { question: Question; input: SpecInput; at: Record<string, number> }[] = [];
    fc.assert(
      fc.property(fc.constantFrom(...questions), spec, values, (question, input, at) => {
        const several = question === "predict" && (input.experiments ?? []).length > 1;
        if (!several && !contradicts(questionSpec(question, input, at))) asked.push({ question, input, at });
      }),
      { numRuns: 600 },
    );
    expect(asked.length).toBeGreaterThan(300);
    const lines = asked.map(({ question, input, at }) => commandOf(question, input, at));
    const words = wordsOf(lines.map(({ command }) => command));
    expect(words).toHaveLength(lines.length);
    for (const [i, { question, input, at }] of asked.entries()) {
      const { command, spec: file } = lines[i]!;
      expect(await read(words[i]!, file), command).toEqual(questionSpec(question, input, at));
    }
    // Both forms are met often.
    const files = lines.filter(({ spec: file }) => file !== null).length;
    expect(files).toBeGreaterThan(50);
    expect(lines.length - files).toBeGreaterThan(50);
  });

  it.each<[Question, SpecInput, Record<string, number>, string]>([
    [
      "fit",
      { experiments: ["coherent-csi-2017"], free: ["xi_V"], cl: [0.9] },
      {},
      "nurecoil fit coherent-csi-2017 --free xi_V --cl 0.9",
    ],
    [
      "chi2",
      { experiments: ["coherent-csi-2017@release"], free: ["xi_V"], ranges: { xi_V: [-1, 1] } },
      { xi_V: -0.25 },
      "nurecoil chi2 coherent-csi-2017@release --set xi_V=-0.25",
    ],
    [
      "region",
      { experiments: ["a", "b"], plane: ["xi_V_e", "xi_V_mu"], free: ["xi_S", "xi_V_e"], dof: 1, uncorrelated: true },
      { xi_V_e: 1 },
      "nurecoil region a b --plane xi_V_e,xi_V_mu --profile xi_S --dof 1 --uncorrelated",
    ],
    [
      "scan",
      {
        experiments: [{ id: "coherent-lar-2020", data: "asimov", set: { exposure: "61.2 GW h" } }],
        grid: [{ name: "xi_V", low: -3, high: 1.2, n: 43 }],
      },
      {},
      "nurecoil scan coherent-lar-2020 --grid xi_V=-3:1.2:43 --data asimov --experiment-set 'coherent-lar-2020.exposure=61.2 GW h'",
    ],
  ])("%s of %j at %j", (question, input, at, command) => {
    expect(commandOf(question, input, at)).toEqual({ command, spec: null });
  });

  it.each<[Question, (prepared: PreparedAnalysis) => object]>([
    ["fit", fit],
    ["region", region],
    ["scan", scan],
  ])("leaves out what a %s does not read: the answer is the same", (question, answer) => {
    const input: SpecInput = {
      experiments: ["coherent-csi-2017"],
      free: ["xi_S", "xi_V"],
      plane: ["xi_V", "xi_S"],
      // A nuisance: it is minimised over in either form.
      profile: ["coherent-csi-2017.brn"],
      grid: [{ name: "xi_V", low: -1, high: 1, n: 3 }],
      ranges: { xi_S: [-1, 1] },
      cl: [0.9],
      seed: 3,
    };
    const answers = [parseSpec(input), questionSpec(question, input)].map((one) => {
      const { spec: _, ...result } = answer(prepare(one, shippedLibrary())) as { spec: unknown; notes: unknown };
      return { ...result, notes: [] };
    });
    expect(answers[1]).toEqual(answers[0]);
  });

  it("puts what no flag says into a file with all the rest, and nothing that is a default", () => {
    const { command, spec: file } = commandOf("fit", {
      experiments: ["coherent-csi-2017"],
      free: ["xi_V"],
      plane: ["xi_V", "xi_S"],
      formFactor: { model: "helm", neutronRadiiFm: { Cs: 5 } },
    });
    expect(command).toBe("nurecoil fit --spec spec.json");
    expect(JSON.parse(file!)).toEqual({
      experiments: [{ id: "coherent-csi-2017" }],
      free: ["xi_V"],
      formFactor: { model: "helm", neutronRadiiFm: { Cs: 5 } },
    });
  });

  it("refuses values that are no numbers", () => {
    expect(() => commandOf("chi2", {}, { xi_V: Number.NaN })).toThrow(/xi_V|number/);
  });
});
