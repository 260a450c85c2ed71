/** Inputs and choices that the user sets: what they change, and every way in which they can be wrong. */
import { describe, expect, it } from "vitest";
import type { Issue } from "../../src/errors.ts";
import type { ParsedExperiment } from "../../src/experiments/parse.ts";
import { applySettings, availableChoices, usedInputs } from "../../src/experiments/settings.ts";
import { listShippedExperiments, readShipped } from "../../src/node/experiment-folder.ts";
import { issuesOf } from "./shipped.ts";

const parsed = Object.fromEntries(listShippedExperiments().map((id) => [id, readShipped(id)]));
const CSI = "coherent-csi-2017";
const LAR = "coherent-lar-2020";
const NEW_CSI = "coherent-csi-2021";
const SBC = "sbc-lar10-inin";

function likelihoodOf({ file }: ParsedExperiment, id: string) {
  return file.likelihoods.find((one) => one.id === id)!;
}

function apply(name: string, set: Record<string, string>) {
  const [id, likelihood] = name.split("@") as [string, string];
  const experiment = parsed[id]!;
  return applySettings(experiment, likelihoodOf(experiment, likelihood), set);
}

function texts(name: string, set: Record<string, string>): readonly Issue[] {
  return issuesOf(() => apply(name, set));
}

const all = Object.values(parsed).flatMap((experiment) =>
  experiment.file.likelihoods.map((one) => [`${experiment.file.id}@${one.id}`, experiment, one] as const),
);

describe("what is set", () => {
  it("replaces value and unit as given, keeps the source, notes the released number, drops its error", () => {
    const { parsed: changed } = apply(`${CSI}@paper`, { mass: "20 kg", "neutrinos-per-proton": "0.09" });
    const { inputs } = changed.file;
    expect(inputs["mass"]).toEqual({
      value: 20,
      unit: "kg",
      source: "observation",
      note: expect.stringMatching(/^set in place of 14\.6 kg/),
    });
    expect(inputs["neutrinos-per-proton"]).toMatchObject({ value: 0.09, unit: "1" });
    expect(inputs["neutrinos-per-proton"]).not.toHaveProperty("sigma");
    expect(inputs["distance"]).toBe(parsed[CSI]!.file.inputs["distance"]);
    expect(changed.tables).toBe(parsed[CSI]!.tables);
  });

  it("is listed with the released numbers", () => {
    expect(apply(`${LAR}@poisson`, { exposure: "61.2 GW h", mass: "24.4e3 g" }).changed).toEqual([
      { name: "exposure", value: 61.2, unit: "GW h", released: { value: 6.12, unit: "GW h" } },
      { name: "mass", value: 24400, unit: "g", released: { value: 24.4, unit: "kg" } },
    ]);
  });

  it("leaves the experiment as it was", () => {
    const before = JSON.stringify(parsed[SBC]!.file);
    apply(`${SBC}@counts`, { power: "3 GW", background: "1 1/d" });
    expect(JSON.stringify(parsed[SBC]!.file)).toBe(before);
  });

  it("is nothing without settings: the very same experiment", () => {
    const { parsed: same, choices, changed } = apply(`${LAR}@poisson`, {});
    expect(same).toBe(parsed[LAR]);
    expect(choices).toEqual({ normalisation: "anchored", steadyStateStatistics: "fixed" });
    expect(changed).toEqual([]);
  });

  it.each([
    ["20 kg", 20, "kg"],
    ["  20   kg ", 20, "kg"],
    ["2e1\tkg", 20, "kg"],
    ["0.02 t", 0.02, "t"],
  ])("mass %j", (text, value, unit) => {
    expect(apply(`${CSI}@paper`, { mass: text }).parsed.file.inputs["mass"]).toMatchObject({ value, unit });
  });

  it.each<[name: string, input: string, text: string, value: number, unit: string]>([
    [`${CSI}@paper`, "exposure", "10  GW  h", 10, "GW h"],
    [`${SBC}@counts`, "background", "0 1/d", 0, "1/d"],
    [`${SBC}@counts`, "threshold", "0.1 keVnr", 0.1, "keVnr"],
    [`${SBC}@counts`, "threshold-step", "5 %", 5, "%"],
    [`${NEW_CSI}@poisson`, "quenching-c3", "-100 MeVee/MeVnr^3", -100, "MeVee/MeVnr^3"],
    [`${NEW_CSI}@poisson`, "pulse-mean", "-0.1 us", -0.1, "us"],
    [`${CSI}@paper`, "acceptance-a", "1", 1, "1"],
    [`${CSI}@paper`, "acceptance-a", "60 %", 60, "%"],
    [`${CSI}@paper`, "acceptance-a", "0.7 1", 0.7, "1"],
  ])("%s: %s = %s", (name, input, text, value, unit) => {
    expect(apply(name, { [input]: text }).parsed.file.inputs[input]).toMatchObject({ value, unit });
  });

  it("fission fractions go together", () => {
    const set = { "fraction-u235": "0.6", "fraction-pu239": "28 %" };
    expect(apply(`${SBC}@counts`, set).changed).toHaveLength(2);
  });
});

describe("choices", () => {
  it("are left by the likelihoods that have them, the default first", () => {
    const choicesOf = (name: string): Record<string, readonly string[]> => {
      const [id, likelihood] = name.split("@") as [string, string];
      const options = availableChoices(likelihoodOf(parsed[id]!, likelihood));
      return Object.fromEntries(options.map((one) => [one.name, one.values]));
    };
    const normalisation = ["anchored", "absolute"];
    expect(choicesOf(`${LAR}@poisson`)).toEqual({ normalisation });
    expect(choicesOf(`${LAR}@energy`)).toEqual({ normalisation });
    expect(choicesOf(`${NEW_CSI}@poisson`)).toEqual({ "steady-state-statistics": ["fixed", "joint"] });
    expect(choicesOf(`${NEW_CSI}@energy`)).toEqual({});
    expect(choicesOf(`${CSI}@paper`)).toEqual({});
    expect(choicesOf(`${SBC}@counts`)).toEqual({});
  });

  it("are made by name, with inputs beside them", () => {
    expect(apply(`${LAR}@poisson`, { normalisation: " absolute ", mass: "30 kg" })).toMatchObject({
      choices: { normalisation: "absolute", steadyStateStatistics: "fixed" },
      changed: [{ name: "mass" }],
    });
    expect(apply(`${NEW_CSI}@poisson`, { "steady-state-statistics": "joint" })).toMatchObject({
      parsed: parsed[NEW_CSI],
      choices: { normalisation: "anchored", steadyStateStatistics: "joint" },
      changed: [],
    });
    expect(apply(`${LAR}@poisson`, { normalisation: "anchored" }).choices.normalisation).toBe("anchored");
  });
});

describe("what can be set", () => {
  const names = (name: string): string[] => {
    const [id, likelihood] = name.split("@") as [string, string];
    return [...usedInputs(parsed[id]!.file, likelihoodOf(parsed[id]!, likelihood)).keys()];
  };

  it("is what the likelihood uses, in the order of the file", () => {
    expect(names(`${CSI}@paper`)).toEqual([
      "mass",
      "distance",
      "protons-on-target",
      "neutrinos-per-proton",
      "exposure",
      "acceptance-a",
      "acceptance-k",
      "acceptance-x0",
      "recoil-light-yield",
    ]);
  });

  it("includes what only a nuisance uses: inputs that take the place of others, and steps", () => {
    expect(names(`${NEW_CSI}@poisson`)).toEqual(
      expect.arrayContaining(["quenching-1-minus-c4", "efficiency-plus-d", "neutron-radius-step"]),
    );
    expect(names(`${SBC}@counts`)).toContain("threshold-step");
  });

  it.each(all)("%s: every input that is used takes its released number, and nothing changes", (name, { file }, one) => {
    const used = [...usedInputs(file, one).keys()];
    expect(used.length).toBeGreaterThan(5);
    const set = Object.fromEntries(
      used.map((each) => [each, `${file.inputs[each]!.value} ${file.inputs[each]!.unit}`]),
    );
    const { parsed: same, changed } = apply(name, set);
    expect(changed.map((each) => each.name)).toEqual(used);
    for (const each of used) {
      const { value, unit, source } = file.inputs[each]!;
      expect(same.file.inputs[each]).toMatchObject({ value, unit, source });
    }
  });
});

describe("refused", () => {
  const csi = `${CSI}@paper`;
  const sbc = `${SBC}@counts`;
  it.each<[what: string, name: string, input: string, text: string, message: string | RegExp, hint: string | RegExp]>([
    ["unknown input", csi, "mas", "20 kg", `${csi} has no input or choice of this name`, 'did you mean "mass"?'],
    ["an input in capitals", csi, "Mass", "20 kg", /has no input/, 'did you mean "mass"?'],
    ["nothing near", csi, "xxxxxxxxxxxx", "1", /has no input/, /^valid: mass, distance, .*recoil-light-yield$/],
    ["a name of every object", csi, "toString", "1", /has no input/, /./],
    ["a choice misspelt", `${LAR}@poisson`, "normalization", "absolute", /has no input or choice/, /"normalisation"/],
    ["a nuisance", csi, "signal", "1", /has no input or choice/, /./],
    [
      "an input of another likelihood",
      csi,
      "light-yield",
      "13 PE/keVee",
      `nothing in ${csi} depends on this input`,
      `it belongs to ${CSI}@release`,
    ],
    [
      "an input of no likelihood",
      csi,
      "prompt-neutron-scale",
      "1",
      `nothing in ${csi} depends on this input`,
      `nurecoil show ${CSI} lists what can be set`,
    ],
    [
      "a choice of another likelihood",
      `${NEW_CSI}@energy`,
      "steady-state-statistics",
      "joint",
      `${NEW_CSI}@energy leaves no such choice`,
      `it belongs to ${NEW_CSI}@poisson`,
    ],
    [
      "a choice of another experiment",
      sbc,
      "normalisation",
      "absolute",
      `${sbc} leaves no such choice`,
      `nurecoil show ${SBC} lists what can be set`,
    ],
    ["a value that a choice has not", `${LAR}@poisson`, "normalisation", "absolut", /"absolut"/, /"absolute"/],
    ["a number for a choice", `${LAR}@poisson`, "normalisation", "128 1", /"128 1"/, "valid: anchored, absolute"],
    ["no value for a choice", `${LAR}@poisson`, "normalisation", "", 'unknown value ""', /./],
    ["no unit", csi, "mass", "20", '"20" has no unit', "write e.g. 20 kg"],
    ["no value", csi, "mass", " ", "no value", "write e.g. 14.6 kg"],
    ["a unit alone", csi, "mass", "kg", '"kg" is not a finite number', "write e.g. 14.6 kg"],
    ["no space", csi, "mass", "20kg", '"20kg" is not a finite number', "write 20 kg, with a space"],
    ["no space, exponent", csi, "mass", "2e1kg", '"2e1kg" is not a finite number', "write 2e1 kg, with a space"],
    ["unknown unit", csi, "mass", "20 Kg", 'unknown unit "Kg"', 'did you mean "kg"?'],
    ["a unit that no one knows", csi, "mass", "20 pounds", 'unknown unit "pounds"', "valid: kg, g, t"],
    ["a name of every object as unit", csi, "mass", "20 constructor", /unknown unit/, "valid: kg, g, t"],
    ["a wrong unit", csi, "mass", "20 m", '"m" is a unit of length, but this is mass', "valid: kg, g, t"],
    [
      "electron-equivalent for recoil energy",
      sbc,
      "threshold",
      "0.1 keVee",
      '"keVee" is a unit of electron-equivalent energy, but this is recoil energy',
      "valid: eVnr, keVnr, MeVnr",
    ],
    ["two units", csi, "exposure", "7 GW d", 'unknown unit "GW d"', /"GW h"/],
    [
      "a unit for a pure number",
      csi,
      "neutrinos-per-proton",
      "0.08 kg",
      '"kg" is a unit of mass, but this is a pure number',
      "write the number alone",
    ],
    ["nonsense behind a pure number", csi, "neutrinos-per-proton", "0.08 each", /unknown unit/, /number alone/],
    ["no number", csi, "mass", "heavy kg", '"heavy" is not a finite number', "write e.g. 14.6 kg"],
    ["NaN", csi, "mass", "NaN kg", '"NaN" is not a finite number', /./],
    ["infinity", csi, "mass", "1e999 kg", '"1e999" is not a finite number', /./],
    ["Infinity", csi, "mass", "Infinity kg", '"Infinity" is not a finite number', /./],
    ["too large in kg", csi, "mass", "1e306 t", '"1e306 t" is too large a number', /./],
    ["hexadecimal", csi, "mass", "0x14 kg", '"0x14" is not a finite number', /./],
    ["a decimal comma", csi, "mass", "14,6 kg", '"14,6" is not a finite number', /./],
  ])("%s", (_, name, input, text, message, hint) => {
    const found = texts(name, { [input]: text });
    expect(found).toHaveLength(1);
    expect(found[0]!.path).toBe(`${name.split("@")[0]}.${input}`);
    expect(found[0]!.message).toMatch(message);
    expect(found[0]!.hint).toMatch(hint);
  });

  it.each<[name: string, input: string, text: string, message: string]>([
    [csi, "mass", "-20 kg", `must be above 0, not -20 kg: it is target.mass of ${csi}`],
    [csi, "mass", "0 kg", `must be above 0, not 0 kg: it is target.mass of ${csi}`],
    [csi, "distance", "-1 m", `must be above 0, not -1 m: it is flux.distance of ${csi}`],
    [csi, "acceptance-a", "1.2", `must be between 0 and 1, not 1.2: it is response[1].amplitude of ${csi}`],
    [csi, "acceptance-a", "120 %", `must be between 0 and 1, not 120 %: it is response[1].amplitude of ${csi}`],
    [csi, "exposure", "0 GW h", `must be above 0, not 0 GW h: it is exposure of ${csi}`],
    [sbc, "background", "-5 1/d", `must be at least 0, not -5 1/d: it is background.scale[0] of ${sbc}`],
    [sbc, "fraction-u235", "-0.1", `must be at least 0, not -0.1: it is flux.isotopes.U-235.fraction of ${sbc}`],
    [`${LAR}@poisson`, "anchor-events", "0", `must be above 0, not 0: it is anchor.total of ${LAR}@poisson`],
  ])("%s: %s = %s", (name, input, text, message) => {
    const found = texts(name, { [input]: text });
    expect(found.map((one) => one.message)).toEqual([message]);
  });

  it("a stand-in that is not what it stands for", () => {
    const name = `${NEW_CSI}@poisson`;
    expect(texts(name, { "efficiency-plus-b": "-0.1 1/PE" })[0]!.message).toMatch(/^must be above 0, not -0\.1 1\/PE/);
  });

  it("fission fractions that do not sum to 1", () => {
    expect(texts(sbc, { "fraction-u235": "0.6" })).toEqual([
      {
        message: `${SBC}: the fission fractions sum to 1.02, not to 1`,
        hint: "set fraction-u235, fraction-u238, fraction-pu239, fraction-pu241 together",
      },
    ]);
  });

  it("everything that is wrong is listed at once, in order", () => {
    const found = texts(`${LAR}@poisson`, { mas: "1 kg", mass: "20", normalisation: "x", exposure: "1 kg" });
    expect(found.map((one) => one.path)).toEqual(
      ["mas", "mass", "normalisation", "exposure"].map((one) => `${LAR}.${one}`),
    );
  });
});
