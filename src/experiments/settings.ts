/**
 * Inputs and choices of an experiment that the user sets: `mass` to `20 kg`, `normalisation` to `absolute`. A likelihood
 * says by its references which inputs it uses and what they must be; only those can be set.
 */
import { type Issue, NurecoilError } from "../errors.ts";
import { toInternal } from "../units.ts";
import { likelihoodSchema } from "./likelihood-schema.ts";
import type { ParsedExperiment } from "./parse.ts";
import { type Quantity, readQuantity } from "./quantity.ts";
import { inputRanges } from "./references.ts";
import type { ExperimentFile, ExperimentInput, LikelihoodDeclaration } from "./schema.ts";
import { hintFor } from "./schema-issues.ts";
import { schemaNode } from "./schema-node.ts";
import type { InputRange, Reference } from "./schema-parts.ts";
import { formatPath, walk } from "./schema-walk.ts";

/** Decisions of a likelihood that are no numbers. */
export interface Choices {
  /** `anchored`: the signal is scaled to the total that the likelihood names; `absolute`: it is not. */
  readonly normalisation: "anchored" | "absolute";
  /** Whether the rows of a background with a sideband keep their shape, or are fitted together with their own counts. */
  readonly steadyStateStatistics: "fixed" | "joint";
}

const choiceOptions = {
  normalisation: { field: "normalisation", values: ["anchored", "absolute"] },
  "steady-state-statistics": { field: "steadyStateStatistics", values: ["fixed", "joint"] },
} as const satisfies Record<string, { field: keyof Choices; values: readonly string[] }>;

/** A choice by the name it is set with; the first value is the default. */
export interface ChoiceOption {
  readonly name: string;
  readonly values: readonly string[];
}

/** An input that was set, with the number that it replaces. */
export interface ChangedInput {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly released: { readonly value: number; readonly unit: string };
}

export interface AppliedSettings {
  /** The experiment with the inputs replaced. */
  readonly parsed: ParsedExperiment;
  readonly choices: Choices;
  /** In the order of the settings. */
  readonly changed: readonly ChangedInput[];
}

/** Where a likelihood uses an input, e.g. `target.mass`, and what the input must be there. */
interface InputUse {
  readonly path: string;
  readonly range: InputRange;
}

/**
 * Inputs that a likelihood depends on, with their uses, in the order of the file.
 * @param file the experiment
 * @param likelihood one of its likelihoods
 */
export function usedInputs(
  { inputs }: Pick<ExperimentFile, "inputs">,
  likelihood: LikelihoodDeclaration,
): ReadonlyMap<string, readonly InputUse[]> {
  const uses = new Map<string, InputUse[]>();
  const standIns: { readonly name: string; readonly replaced: string }[] = [];
  walk({ node: schemaNode(likelihoodSchema), value: likelihood, path: [], around: [] }, ({ node, value, path }) => {
    const reference = node["x-reference"] as Reference | undefined;
    if (reference?.to !== "inputs" || typeof value !== "string") return;
    const use = { path: formatPath(path), range: reference.range ?? "any" };
    uses.set(value, [...(uses.get(value) ?? []), use]);
    // An input that takes the place of another must be what the other must be.
    const key = path.at(-1);
    if (typeof key === "string" && key !== value && Object.hasOwn(inputs, key))
      standIns.push({ name: value, replaced: key });
  });
  for (const { name, replaced } of standIns) uses.set(name, [...uses.get(name)!, ...(uses.get(replaced) ?? [])]);
  return new Map(Object.keys(inputs).flatMap((name) => (uses.has(name) ? [[name, uses.get(name)!]] : [])));
}

/** Choices that a likelihood leaves to the user. */
export function availableChoices(likelihood: LikelihoodDeclaration): readonly ChoiceOption[] {
  if (likelihood.statistics === "projection") return [];
  const option = (name: keyof typeof choiceOptions): ChoiceOption => ({ name, values: choiceOptions[name].values });
  return [
    ...(likelihood.anchor === undefined ? [] : [option("normalisation")]),
    ...(likelihood.backgrounds.some((one) => one.sideband !== undefined) ? [option("steady-state-statistics")] : []),
  ];
}

/**
 * Replace inputs of an experiment and make its choices.
 * @param parsed the experiment as released; it is not changed
 * @param likelihood the likelihood that will be used: one of `parsed.file.likelihoods`
 * @param set by name of an input: `VALUE UNIT` with any unit of the input's dimension (a pure number needs none); by name
 *   of a choice: one of its values. What is not named keeps its released number or its default
 * @returns a copy with the numbers as given (the released uncertainty belongs to the released number and goes), the
 *   choices, and what was replaced
 * @throws NurecoilError (usage) listing every name that is unknown or that nothing depends on, every missing, unknown or
 *   wrong unit, every number that is not finite or not what the input must be, every value that a choice does not have
 * @example applySettings(parsed, likelihood, { mass: "20 kg" }).parsed.file.inputs["mass"].value === 20
 */
export function applySettings(
  parsed: ParsedExperiment,
  likelihood: LikelihoodDeclaration,
  set: Readonly<Record<string, string>>,
): AppliedSettings {
  const choices: { -readonly [K in keyof Choices]: Choices[K] } = {
    normalisation: "anchored",
    steadyStateStatistics: "fixed",
  };
  if (Object.keys(set).length === 0) return { parsed, choices, changed: [] };
  const { file } = parsed;
  const used = usedInputs(file, likelihood);
  const options = availableChoices(likelihood);
  const issues: Issue[] = [];
  const inputs: Record<string, ExperimentInput> = { ...file.inputs };
  const changed: ChangedInput[] = [];
  for (const [name, text] of Object.entries(set)) {
    const report = (message: string, hint?: string): void => {
      issues.push({ path: `${file.id}.${name}`, message, ...(hint !== undefined && { hint }) });
    };
    const option = options.find((one) => one.name === name);
    if (option !== undefined) {
      const value = text.trim();
      if (option.values.includes(value))
        Object.assign(choices, { [choiceOptions[name as keyof typeof choiceOptions].field]: value });
      else report(`unknown value "${value}"`, hintFor(value, option.values));
      continue;
    }
    const uses = used.get(name);
    if (uses === undefined) {
      report(...unusable(name, file, likelihood, [...used.keys(), ...options.map((one) => one.name)]));
      continue;
    }
    const released = file.inputs[name]!;
    const quantity = readQuantity(text, released, report);
    if (quantity === undefined) continue;
    const issue = outsideRange(quantity, uses, `${file.id}@${likelihood.id}`);
    if (issue !== undefined) {
      report(issue);
      continue;
    }
    inputs[name] = replaced(released, quantity);
    changed.push({ name, ...quantity, released: { value: released.value, unit: released.unit } });
  }
  if (issues.length === 0) issues.push(...checkFissions(file.id, likelihood, inputs, set));
  if (issues.length > 0) throw new NurecoilError("usage", issues);
  return { parsed: { ...parsed, file: { ...file, inputs } }, choices, changed };
}

/** Why a name cannot be set, and what to do. */
function unusable(
  name: string,
  file: ExperimentFile,
  likelihood: LikelihoodDeclaration,
  valid: readonly string[],
): [message: string, hint: string] {
  const here = `${file.id}@${likelihood.id}`;
  const others = file.likelihoods.filter((other) =>
    Object.hasOwn(choiceOptions, name)
      ? availableChoices(other).some((one) => one.name === name)
      : usedInputs(file, other).has(name),
  );
  const elsewhere =
    others.length > 0
      ? `it belongs to ${others.map((other) => `${file.id}@${other.id}`).join(", ")}`
      : `nurecoil show ${file.id} lists what can be set`;
  if (Object.hasOwn(file.inputs, name)) return [`nothing in ${here} depends on this input`, elsewhere];
  if (Object.hasOwn(choiceOptions, name)) return [`${here} leaves no such choice`, elsewhere];
  return [`${here} has no input or choice of this name`, hintFor(name, valid)];
}

/** The first use that a value does not suit, in words. */
function outsideRange({ value, unit }: Quantity, uses: readonly InputUse[], likelihood: string): string | undefined {
  for (const { path, range } of uses) {
    if (range === "any" || inputRanges[range].holds(toInternal(value, unit))) continue;
    const given = unit === "1" ? String(value) : `${value} ${unit}`;
    return `must be ${inputRanges[range].words}, not ${given}: it is ${path} of ${likelihood}`;
  }
  return undefined;
}

function replaced(released: ExperimentInput, { value, unit }: Quantity): ExperimentInput {
  const { source, note } = released;
  const before = `set in place of ${released.value}${released.unit === "1" ? "" : ` ${released.unit}`}`;
  return { value, unit, source, note: note === undefined ? before : `${before}: ${note}` };
}

/** Sums of fractions in files are exact up to rounding; this is far tighter than a changed digit. */
const SUM_TOLERANCE = 1e-6;

/** Fission fractions that were set must still sum to 1. */
function checkFissions(
  id: string,
  { flux }: LikelihoodDeclaration,
  inputs: Readonly<Record<string, ExperimentInput>>,
  set: Readonly<Record<string, string>>,
): readonly Issue[] {
  if (flux.type !== "reactor") return [];
  const names = Object.values(flux.isotopes).map((isotope) => isotope.fraction);
  const sum = names.reduce((total, name) => total + toInternal(inputs[name]!.value, inputs[name]!.unit), 0);
  if (!names.some((name) => Object.hasOwn(set, name)) || Math.abs(sum - 1) <= SUM_TOLERANCE) return [];
  return [
    {
      message: `${id}: the fission fractions sum to ${Number(sum.toPrecision(9))}, not to 1`,
      hint: `set ${names.join(", ")} together`,
    },
  ];
}
