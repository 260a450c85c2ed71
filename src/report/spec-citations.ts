/** What an analysis rests on: sources of its data, and of every formula and constant in use. */

import type { AnalysisSpec } from "../analysis/spec.ts";
import { type Issue, NurecoilError, suggestion } from "../errors.ts";
import { chooseLikelihood } from "../experiments/build.ts";
import type { ParsedExperiment } from "../experiments/parse.ts";
import { type Source, toBibliography } from "../experiments/sources.ts";
import { couplingNames, readCouplingName } from "../interactions/couplings.ts";
import {
  constantSources,
  couplingSources,
  fluxSources,
  formFactorSources,
  interactionSources,
  nuclideSources,
} from "./citations.ts";

/** Something in use, and what it rests on. */
export interface Citation {
  /** An experiment, a material, a form factor, a flux, a parameter; `VV`: the cross section; `constants`. */
  readonly id: string;
  readonly sources: readonly Source[];
}

/**
 * Experiments of a spec, their targets, form factors, fluxes and parameters, the cross section, the constants: each once.
 * @param spec from `parseSpec`
 * @param experiments the parsed experiments of the spec, in its order
 * @throws NurecoilError (usage) listing parameters and likelihoods that do not exist
 */
export function citationsOf(spec: AnalysisSpec, experiments: readonly ParsedExperiment[]): readonly Citation[] {
  const files = experiments.map(({ file }) => file);
  const likelihoods = experiments.map((one, i) => chooseLikelihood(one, spec.experiments[i]?.likelihood ?? undefined));
  const chosen = typeof spec.formFactor === "object" ? spec.formFactor?.model : spec.formFactor;
  const models = chosen === undefined || chosen === null ? files.map((one) => one.defaults.formFactor) : [chosen];
  const fluxes = likelihoods.map(({ flux }) => flux.type).filter((type) => Object.hasOwn(fluxSources, type));
  const issues: Issue[] = [];
  const parameters = namesOf(spec).flatMap((id): Citation[] => {
    const sources = parameterSources(id, experiments);
    if (sources !== undefined) return [{ id, sources }];
    issues.push({ message: `unknown parameter "${id}"`, hint: suggestion(id, couplingNames) });
    return [];
  });
  if (issues.length > 0) throw new NurecoilError("usage", issues);
  const all: readonly Citation[] = [
    ...files.map((file, i) => ({ id: spec.experiments[i]?.id ?? file.id, sources: Object.values(file.sources) })),
    ...likelihoods.map(({ target }) => ({ id: target.composition, sources: nuclideSources })),
    ...models.map((id) => ({ id, sources: formFactorSources[id] ?? [] })),
    // Spectra of a reactor are data of the experiment.
    ...fluxes.map((id) => ({ id, sources: fluxSources[id] ?? [] })),
    ...parameters,
    { id: "VV", sources: interactionSources },
    { id: "constants", sources: constantSources },
  ];
  return [...new Map(all.map((one) => [one.id, one])).values()];
}

/**
 * BibTeX of everything a spec rests on, each entry once.
 * @param spec from `parseSpec`
 * @param experiments the parsed experiments of the spec, in its order
 * @throws NurecoilError (usage) as `citationsOf`; (file) for a key that stands for two sources
 */
export function bibtexOf(spec: AnalysisSpec, experiments: readonly ParsedExperiment[]): string {
  return toBibliography(citationsOf(spec, experiments).flatMap(({ sources }) => sources));
}

/** Every parameter that is set or searched. */
function namesOf({ parameters, free, profile, plane, grid, toys }: AnalysisSpec): readonly string[] {
  const tested = toys?.parameter === undefined ? [] : [toys.parameter];
  return [
    ...Object.keys(parameters),
    ...free,
    ...profile,
    ...(plane ?? []),
    ...grid.map(({ name }) => name),
    ...tested,
  ];
}

/** Undefined for what is no parameter. A radius or a normalisation rests on what the experiment rests on. */
function parameterSources(name: string, experiments: readonly ParsedExperiment[]): readonly Source[] | undefined {
  const read = readCouplingName(name);
  if (read !== undefined) return couplingSources(read.coupling);
  for (const { file } of experiments) {
    for (const likelihood of file.likelihoods) {
      if (name === `R_n_${likelihood.target.composition}`) return [];
      const declared = likelihood.nuisances.find((one) => [one.shared, `${file.id}.${one.name}`].includes(name));
      const source = declared && file.sources[declared.source];
      if (source !== undefined) return [source];
    }
    if (name.startsWith(`${file.id}.`)) return [];
  }
  return undefined;
}
