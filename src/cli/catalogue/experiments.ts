/** Experiments: those of the package, and folders of the user by their path. */

import type { ExperimentFile, ExperimentInput, LikelihoodDeclaration } from "../../experiments/schema.ts";
import { listShippedExperiments } from "../../node/experiment-folder.ts";
import { blocks, columns } from "../../report/columns.ts";
import { readExperimentArgument } from "../analysis.ts";
import { isExperimentPath, readExperiment } from "../experiment-library.ts";
import type { Entry, Section } from "./entry.ts";
import { reference } from "./sources.ts";

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

function likelihoodText(file: ExperimentFile, one: LikelihoodDeclaration, first: boolean): string {
  const { target, flux, observed } = one;
  const fractions = Object.entries(target.fractions ?? {}).map(([element, share]) => `${element} ${share}`);
  const facts = [
    ["statistics", one.statistics],
    [
      "target",
      `${target.composition}, mass: ${target.mass}${fractions.length === 0 ? "" : `; number fractions ${fractions.join(", ")}`}`,
    ],
    ...(target.fractionsNote === undefined ? [] : [["", target.fractionsNote]]),
    ["flux", `${flux.type} (${fields(flux)})`],
    ...one.axes.map(({ name, unit, edges }) => [
      `axis ${name}`,
      `${edges.length - 1} bins, ${edges[0]} to ${edges.at(-1)} ${unit}`,
    ]),
    ...one.response.map((element) => ["response", `${element.type} (${fields(element)})`]),
    ["observed", `${observed.table}: ${[...observed.add, ...observed.subtract.map((name) => `- ${name}`)].join(" ")}`],
    ...one.backgrounds.map((background) => [
      `background ${background.component}`,
      `${background.description ?? background.component}; table ${background.table} [${background.source}]`,
    ]),
  ];
  const nuisances = one.nuisances.map((nuisance) => [
    nuisance.shared ?? `${file.id}.${nuisance.name}`,
    nuisance.kind,
    `sigma ${nuisance.sigma}`,
    `on ${nuisance.components.join(", ")}`,
    `${nuisance.description} [${nuisance.source}]`,
  ]);
  return blocks(
    `likelihood ${file.id}@${one.id}${first ? " (default)" : ""}: ${one.description} [${one.source}]\n${columns(facts, "<<", "  ")}`,
    nuisances.length === 0 ? "" : `  parameters besides couplings\n${columns(nuisances, "<<", "    ")}`,
  );
}

/** Fields of a declaration but its type: `name: input` pairs. */
function fields(declaration: Readonly<Record<string, unknown>> & { readonly type: string }): string {
  return Object.entries(declaration)
    .filter(([name]) => name !== "type")
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join(", ");
}
