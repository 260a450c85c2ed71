/** The experiments of an analysis: built together, checked against each other. */

import { type Issue, NurecoilError } from "../errors.ts";
import { buildExperiment, chooseLikelihood, type Experiment } from "../experiments/build.ts";
import type { ParsedExperiment } from "../experiments/parse.ts";
import type { Nuisance } from "../statistics/model.ts";
import type { Kept } from "./kept.ts";
import type { AnalysisSpec } from "./spec.ts";

/** Where experiments come from: the shipped ones, a folder, data in a page. */
export interface ExperimentLibrary {
  readonly ids: readonly string[];
  /** @throws NurecoilError (usage) for an unknown id */
  readonly load: (id: string) => ParsedExperiment;
}

export interface ChosenExperiment {
  readonly experiment: Experiment;
  /** The same with the released inputs: what totals of a release refer to. */
  readonly released: Experiment;
  /** Whether its data are Asimov data. */
  readonly asimov: boolean;
}

/** The experiments that can be built, and what is wrong with the others and with all together. */
export function buildAll(
  spec: AnalysisSpec,
  library: ExperimentLibrary,
  kept: Kept,
): { readonly chosen: readonly ChosenExperiment[]; readonly issues: readonly Issue[] } {
  const issues: Issue[] = [];
  if (spec.experiments.length === 0) {
    issues.push({ message: "no experiment given", hint: `valid: ${library.ids.join(", ")}` });
  }
  const chosen: ChosenExperiment[] = [];
  for (const { id, likelihood, data, set } of spec.experiments) {
    try {
      const parsed = library.load(id);
      if (chosen.some(({ experiment }) => experiment.id === parsed.file.id)) {
        issues.push({
          message: `experiment "${parsed.file.id}" is given twice`,
          hint: "likelihoods of one experiment share its events and are never combined",
        });
        continue;
      }
      const name = chooseLikelihood(parsed, likelihood ?? undefined).id;
      const build = (settings: typeof set, uncorrelated: boolean): Experiment =>
        kept.experiments.get(JSON.stringify([id, name, settings, uncorrelated]), () =>
          buildExperiment(parsed, name, { set: settings, uncorrelated }),
        );
      const experiment = build(set, spec.uncorrelated);
      chosen.push({
        experiment,
        released: Object.keys(set).length === 0 ? experiment : build({}, false),
        asimov: data === "asimov" || experiment.statistics === "projection",
      });
    } catch (error) {
      if (!(error instanceof NurecoilError) || error.kind === "file") throw error;
      issues.push(...error.issues);
    }
  }
  if (!spec.allowOverlap) {
    issues.push(
      ...overlapsOf(chosen.map(({ experiment }) => experiment)).map(([a, b]) => ({
        message: `${a} and ${b} hold some of the same events: they cannot be combined`,
        hint: "choose one of them, or --allow-overlap to count those events twice",
      })),
    );
  }
  return { chosen, issues };
}

/** Pairs of experiments that share events. */
export function overlapsOf(experiments: readonly Experiment[]): readonly (readonly [string, string])[] {
  return experiments.flatMap((one, i) =>
    experiments
      .slice(i + 1)
      .filter((other) => one.file.overlaps.includes(other.id) || other.file.overlaps.includes(one.id))
      .map((other) => [one.id, other.id] as const),
  );
}

/**
 * Nuisances of all experiments; those that are shared by name appear once.
 * @throws NurecoilError (usage) for a name with two definitions
 */
export function sharedNuisances(experiments: readonly Experiment[]): readonly Nuisance[] {
  const byName = new Map<string, { nuisance: Nuisance; from: string }>();
  const issues: Issue[] = [];
  for (const { id, nuisances } of experiments) {
    for (const { fullName, kind, sigma, bounds } of nuisances) {
      const nuisance: Nuisance = { name: fullName, kind, sigma, ...(bounds !== null && { bounds }) };
      const known = byName.get(fullName);
      const text = ({ kind, sigma, bounds }: Nuisance): string =>
        bounds === undefined ? `${kind} with sigma ${sigma}` : `${kind} between ${bounds.join(" and ")}`;
      if (known !== undefined && text(known.nuisance) !== text(nuisance)) {
        issues.push({
          message: `"${fullName}" is a ${text(known.nuisance)} in ${known.from} and a ${text(nuisance)} in ${id}: they cannot be combined`,
          hint: "one name has one definition; --uncorrelated gives every experiment its own",
        });
      }
      if (known === undefined) byName.set(fullName, { nuisance, from: id });
    }
  }
  if (issues.length > 0) throw new NurecoilError("usage", issues);
  return [...byName.values()].map(({ nuisance }) => nuisance);
}
