/** Experiments: those of the package, and folders of the user by their path. */

import type { CountsDeclaration } from "../../experiments/likelihood-schema.ts";
import type { NuisanceDeclaration } from "../../experiments/nuisance-schema.ts";
import type { ExperimentFile, ExperimentInput, LikelihoodDeclaration } from "../../experiments/schema.ts";
import { availableChoices, usedInputs } from "../../experiments/settings.ts";
import { listShippedExperiments } from "../../node/experiment-folder.ts";
import { blocks, columns } from "../../report/columns.ts";
import { readExperimentArgument } from "../analysis.ts";
import { isExperimentPath, readExperiment } from "../experiment-library.ts";
import type { Entry, Section } from "./entry.ts";
import { reference } from "./sources.ts";

/** Characters of a line of names. */
const LINE_LENGTH = 90;

type ProjectionDeclaration = Exclude<LikelihoodDeclaration, CountsDeclaration>;

export const experiments: Section = {
  name: "experiments",
  entries: () => listShippedExperiments().map((id) => entryOf(readExperiment(id).file)),
  find: (text) => {
    const { id } = readExperimentArgument(text);
    const known = isExperimentPath(id) || listShippedExperiments().includes(id);
    return known ? entryOf(readExperiment(id).file) : undefined;
  },
};

function entryOf(file: ExperimentFile): Entry {
  const likelihoods = file.likelihoods.map((one) => one.id).join(", ");
  return {
    id: file.id,
    summary: `${file.title}; likelihoods: ${likelihoods}`,
    text: () => experimentText(file),
    data: () => ({ ...file }),
    settings: () => Object.fromEntries(file.likelihoods.map((one) => [one.id, settingsOf(file, one)])),
    sources: () => Object.values(file.sources),
  };
}

function experimentText(file: ExperimentFile): string {
  const inputs = Object.entries(file.inputs).map(([name, input]) => [
    name,
    quantity(input),
    input.unit === "1" ? "" : input.unit,
    input.source,
    input.note ?? "",
  ]);
  const tables = Object.entries(file.tables).map(([name, one]) => [
    name,
    `${one.rows} rows`,
    one.columns.map((column) => (column.unit === "1" ? column.name : `${column.name} [${column.unit}]`)).join(", "),
    one.source,
  ]);
  return blocks(
    `${file.id}: ${file.title}\n${file.summary}`,
    `inputs\n${columns([["name", "value", "unit", "source", "note"], ...inputs], "<<", "  ")}`,
    `tables\n${columns([["name", "size", "columns", "source"], ...tables], "<<", "  ")}`,
    `default form factor: ${file.defaults.formFactor}`,
    file.overlaps.length === 0 ? "" : `shares events with: ${file.overlaps.join(", ")} (never combine them)`,
    ...file.likelihoods.map((one, i) => likelihoodText(file, one, i === 0)),
    `sources\n${columns(
      Object.entries(file.sources).map(([name, source]) => [name, reference(source)]),
      "<<",
      "  ",
    )}`,
  );
}

function quantity({ value, sigma, sigmaPlus, sigmaMinus }: ExperimentInput): string {
  if (sigma !== undefined) return `${value} ± ${sigma}`;
  return sigmaPlus === undefined ? String(value) : `${value} +${sigmaPlus} -${sigmaMinus}`;
}

/** What `--experiment-set` can set. */
function settingsOf(file: ExperimentFile, one: LikelihoodDeclaration): Settings {
  return {
    inputs: Object.fromEntries([...usedInputs(file, one).keys()].map((name) => [name, file.inputs[name]!.unit])),
    choices: Object.fromEntries(availableChoices(one).map(({ name, values }) => [name, values])),
  };
}

interface Settings {
  /** Units by name. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Values by name, the default first. */
  readonly choices: Readonly<Record<string, readonly string[]>>;
}

function likelihoodText(file: ExperimentFile, one: LikelihoodDeclaration, first: boolean): string {
  const { target, flux } = one;
  const fractions = Object.entries(target.fractions ?? {}).map(([element, share]) => `${element} ${share}`);
  const facts = [
    ["statistics", one.statistics],
    [
      "target",
      `${target.composition}, mass: ${target.mass}${fractions.length === 0 ? "" : `; number fractions ${fractions.join(", ")}`}`,
    ],
    ...(target.fractionsNote === undefined ? [] : [["", target.fractionsNote]]),
    ["flux", `${flux.type} (${fields(flux)})`],
    ...one.response.map((element) => ["response", `${element.type} (${fields(element)})`]),
    ...(one.statistics === "projection" ? projectionFacts(one) : countsFacts(one)),
  ];
  const nuisances = one.nuisances.map((nuisance) => [
    nuisance.shared ?? `${file.id}.${nuisance.name}`,
    nuisance.kind,
    ...nuisanceFacts(nuisance),
    `${nuisance.description} [${nuisance.source}]`,
  ]);
  return blocks(
    `likelihood ${file.id}@${one.id}${first ? " (default)" : ""}: ${one.description} [${one.source}]\n${columns(facts, "<<", "  ")}`,
    nuisances.length === 0 ? "" : `  parameters besides couplings\n${columns(nuisances, "<<", "    ")}`,
    settingsText(file, one),
  );
}

function countsFacts(one: CountsDeclaration): readonly string[][] {
  const { axes, observed, backgrounds, timing, conditional, exposure, anchor } = one;
  return [
    ...axes.map(({ name, unit, edges }) => [
      `axis ${name}`,
      `${edges.length - 1} bins, ${edges[0]} to ${edges.at(-1)}${unit === "1" ? "" : ` ${unit}`}`,
    ]),
    ...(conditional === undefined ? [] : [["middle axis", `table ${conditional.table}`]]),
    ...(timing === undefined ? [] : [["arrival times", `${timing.type} (${fields(timing)})`]]),
    ["observed", `${observed.table}: ${[...observed.add, ...observed.subtract.map((name) => `- ${name}`)].join(" ")}`],
    ...backgrounds.map((background) => [
      `background ${background.component}`,
      `${background.description ?? background.component}; table ${background.table} [${background.source}]`,
    ]),
    ...(exposure === undefined ? [] : [["exposure", exposure]]),
    ...(anchor === undefined ? [] : [["anchored to", anchor.total]]),
  ];
}

function projectionFacts({ background, exposure }: ProjectionDeclaration): readonly string[][] {
  return [
    ["observed", "nothing yet: Asimov data"],
    [
      `background ${background.component}`,
      `${background.scale.join(" x ")}; ${background.description} [${background.source}]`,
    ],
    ...(exposure === undefined ? [] : [["exposure", exposure]]),
  ];
}

/** Its constraint, and what it acts on. */
function nuisanceFacts(nuisance: NuisanceDeclaration): readonly [string, string] {
  switch (nuisance.kind) {
    case "pull":
    case "normalisation":
      return [`sigma ${Number(nuisance.sigma.toPrecision(4))}`, `on ${nuisance.components.join(", ")}`];
    case "shape":
      return ["sigma 1", `shape of ${nuisance.components.join(", ")}`];
    case "onset":
      return [`${nuisance.range[0]} to ${nuisance.range[1]} ${nuisance.unit}`, "arrival of the neutrinos"];
  }
}

function settingsText(file: ExperimentFile, one: LikelihoodDeclaration): string {
  const settings = settingsOf(file, one);
  const inputs = Object.entries(settings.inputs).map(([name, unit]) => (unit === "1" ? name : `${name} [${unit}]`));
  const rows = [
    ...linesOf(inputs).map((line, i) => [i === 0 ? "inputs" : "", line]),
    ...Object.entries(settings.choices).map(([name, values]) => [
      name,
      `${values.join(" or ")} (default: ${values[0]})`,
    ]),
  ];
  return `  set with --experiment-set "${file.id}.<name>=<value> <unit>"\n${columns(rows, "<<", "    ")}`;
}

/** Names joined by commas, broken where a terminal would break them. */
function linesOf(names: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (const name of names) {
    const longer = lines.length === 0 ? name : `${lines.at(-1)}, ${name}`;
    if (lines.length > 0 && longer.length <= LINE_LENGTH) lines[lines.length - 1] = longer;
    else lines.push(name);
  }
  return lines.map((line, i) => (i === lines.length - 1 ? line : `${line},`));
}

/** Fields of a declaration but its type: `name: input` pairs, those of inner objects in parentheses. */
function fields(declaration: Readonly<Record<string, unknown>>): string {
  return Object.entries(declaration)
    .filter(([name]) => name !== "type")
    .map(([name, value]) => `${name}: ${fieldText(value)}`)
    .join(", ");
}

function fieldText(value: unknown): string {
  if (Array.isArray(value)) return value.map(fieldText).join(" ");
  return typeof value === "object" && value !== null ? `(${fields({ ...value })})` : String(value);
}
