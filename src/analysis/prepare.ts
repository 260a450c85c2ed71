/** From a spec to a likelihood: the only place where physics meets statistics. */

import { sin2ThetaW } from "../constants.ts";
import { type Issue, NurecoilError } from "../errors.ts";
import type { Experiment } from "../experiments/build.ts";
import { readCouplingName } from "../interactions/couplings.ts";
import type { FormFactorChoice } from "../nuclei/form-factors/index.ts";
import { type RefitModel, refitModel } from "../statistics/compiled-refit.ts";
import { jointDescent } from "../statistics/descent.ts";
import { jointLikelihood } from "../statistics/joint.ts";
import type { Likelihood } from "../statistics/likelihood.ts";
import { deviationOf, type Nuisance, nominalValue } from "../statistics/model.ts";
import type { Objective } from "../statistics/objective.ts";
import { asimovData } from "./asimov.ts";
import { assemble, type ExperimentData, modelOf, radiusPulls, templateInputs } from "./assemble.ts";
import {
  checkBounds,
  checkFactors,
  checkMaterials,
  checkSearched,
  checkTruth,
  checkValues,
  searchedNames,
} from "./checks.ts";
import type { NamedComponent } from "./components.ts";
import { buildAll, type ExperimentLibrary, sharedNuisances } from "./experiments.ts";
import { type Folds, type Kept, keep } from "./kept.ts";
import { dataNotes, idleHint, validityNotes } from "./notes.ts";
import { checkNames, defaultRange } from "./parameters.ts";
import { checkRadii, isRadiusName, nominalRadius, radiusName, radiusRange } from "./radii.ts";
import type { AnalysisSpec, ResultSpec } from "./spec.ts";

export type { ExperimentLibrary } from "./experiments.ts";

/** An analysis with its integrals done: any choice of fixed and free parameters is now cheap. */
export interface PreparedAnalysis {
  /** Complete: likelihoods, data and form factor named. */
  readonly spec: ResultSpec;
  readonly experiments: readonly Experiment[];
  readonly nuisances: readonly Nuisance[];
  /** Parameters to be searched on which nothing depends: none, unless `prepare` was told to leave them. */
  readonly unseen: readonly string[];
  /** Nuisances that stay nominal unless they are freed or set. */
  readonly held: readonly string[];
  /** Data of each experiment: measured, or expected at the truth. */
  readonly data: readonly ExperimentData[];
  readonly components: readonly (readonly NamedComponent[])[];
  /** Nominal neutron radii by parameter name, fm. */
  readonly radii: Readonly<Record<string, number>>;
  /** What a reader of any result must know. */
  readonly notes: readonly string[];
  /** Likelihood with some parameters free; `values` fixes others on top of the spec's. */
  readonly likelihood: (free: readonly string[], values?: Readonly<Record<string, number>>) => Likelihood;
  /** Objective of the likelihood over the search ranges. */
  readonly objective: (free: readonly string[], values?: Readonly<Record<string, number>>) => PreparedObjective;
  readonly range: (name: string) => readonly [number, number];
  /**
   * The likelihood with data that can be replaced.
   * @param window where each free parameter may lie, in its own terms
   * @param fixedPulls nuisances that are not free stay nominal, or where the spec sets them
   */
  readonly refit: (
    free: readonly string[],
    window: (name: string) => readonly [number, number],
    fixedPulls: boolean,
  ) => PreparedRefit;
}

interface PreparedRefit {
  /** What a refit is opened from: plain data. */
  readonly model: RefitModel;
  /** Counts of all cells, as the refit has them. */
  readonly observed: Float64Array;
  /** Names of the parameters, which are the first unknowns: free couplings, then freed nuisances. */
  readonly parameters: readonly string[];
  /** Names of the other unknowns: nuisances that are fitted. */
  readonly nuisances: readonly string[];
}

export interface PreparedObjective extends Objective {
  readonly likelihood: Likelihood;
}

export interface PrepareOptions {
  /**
   * Parameters to be searched on which nothing depends: refused (default), or left to the question, as `regionSteps`
   * draws bands along them; whatever searches them refuses.
   */
  readonly unseen?: "refuse" | "leave" | undefined;
}

/**
 * Build experiments, integrate templates and check every name.
 * @param spec from `parseSpec`
 * @param library where the experiments are
 * @param kept what earlier analyses of the same library left to be used again
 * @throws NurecoilError (usage) listing unknown experiments, likelihoods, parameters, forbidden combinations, free
 *   parameters that nothing depends on unless they are to be left, values outside what makes sense
 */
export function prepare(
  spec: AnalysisSpec,
  library: ExperimentLibrary,
  kept: Kept = keep(),
  options: PrepareOptions = {},
): PreparedAnalysis {
  const { chosen, issues: unbuilt } = buildAll(spec, library, kept);
  const experiments = chosen.map(({ experiment }) => experiment);
  const searched = searchedNames(spec);
  const named = [...new Set([...Object.keys(spec.parameters), ...searched, ...Object.keys(spec.ranges)])];
  // Without all its experiments an analysis does not know all names: then those with a dot are left for later.
  const complete = unbuilt.length === 0;
  const known = (names: readonly string[]): readonly string[] =>
    complete ? names : names.filter((name) => !name.includes(".") && !isRadiusName(name));
  const issues: Issue[] = [
    ...unbuilt,
    ...checkNames(known(named), experiments),
    ...checkNames(known(Object.keys(spec.truth)), experiments),
    ...checkValues(spec),
  ];
  if (complete) {
    issues.push(
      ...checkMaterials(spec, experiments),
      ...checkFactors(spec, experiments),
      ...checkBounds(spec, experiments),
      ...checkRadii(spec, experiments, formFactorOf(spec, experiments), [...named, ...Object.keys(spec.truth)]),
      ...checkSearched(spec, experiments),
      ...checkTruth(
        spec,
        chosen.some(({ asimov }) => asimov),
        (name) => rangeOf(spec, experiments)(name),
      ),
    );
  }
  if (issues.length > 0) throw new NurecoilError("usage", issues);

  const formFactor = formFactorOf(spec, experiments);
  const replaced = experiments
    .filter((one) => [...searched, ...Object.keys(spec.parameters)].includes(radiusName(one)))
    .flatMap(radiusPulls);
  const nuisances = sharedNuisances(experiments).filter(({ name }) => !replaced.includes(name));
  const radii = Object.fromEntries(experiments.map((one) => [radiusName(one), nominalRadius(one, formFactor)]));
  const range = rangeOf(spec, experiments);
  const assembled = chosen.map((one, i) => {
    const { id, likelihood, set } = spec.experiments[i]!;
    // Experiments that cannot be built have thrown above, so that choices and chosen stand side by side.
    const key = JSON.stringify([id, likelihood, set, spec.uncorrelated, formFactor]);
    const folds = kept.folds.get(key, (): Folds => new Map());
    const components = assemble(one, { spec, formFactor, names: named, searched, values: spec.parameters, folds });
    const { experiment } = one;
    const data = one.asimov
      ? asimovData(one, spec, formFactor, folds)
      : { observed: experiment.observed, sigma: experiment.sigma, sideband: experiment.sideband?.counts ?? null };
    return { experiment, components, data };
  });
  const components = assembled.map((one) => one.components);
  const full: ResultSpec = {
    ...spec,
    formFactor: typeof spec.formFactor === "object" && spec.formFactor !== null ? spec.formFactor : formFactor.model,
    experiments: spec.experiments.map((choice, i) => ({
      ...choice,
      likelihood: experiments[i]!.likelihood,
      data: chosen[i]!.asimov ? "asimov" : "observed",
    })),
  };
  const acting = actingNames(components, nuisances, experiments);
  const unseen = searched.filter((name) => !acting.has(name));
  if (options.unseen !== "leave") refuseUnseen(unseen);

  const held = experiments.flatMap((one) => one.nuisances.filter((nuisance) => nuisance.held).map((n) => n.fullName));
  /** The model with some parameters free, and what becomes of its nuisances. */
  const modelWith = (free: readonly string[], values: Readonly<Record<string, number>>) => {
    refuseUnseen(free.filter((name) => unseen.includes(name)));
    const fixed: Record<string, number> = { sin2_theta_w: sin2ThetaW.value, ...radii, ...spec.parameters, ...values };
    const freed = free.filter((name) => nuisances.some((one) => one.name === name));
    // Radii move templates as couplings do: what is solved for at each point are nuisances alone.
    const couplings = free.filter((name) => !freed.includes(name));
    const holding = Object.fromEntries(
      nuisances.flatMap(({ name }): [string, number][] => {
        if (free.includes(name)) return [];
        if (Object.hasOwn(fixed, name)) return [[name, fixed[name]!]];
        return held.includes(name) ? [[name, 1]] : [];
      }),
    );
    return { model: modelOf(assembled, nuisances, couplings, fixed), couplings, freed, holding };
  };
  const likelihood = (free: readonly string[], values: Readonly<Record<string, number>> = {}): Likelihood => {
    const { model, freed, holding } = modelWith(free, values);
    return jointLikelihood(model, freed, holding);
  };
  const isotopes = experiments.flatMap((one) => one.material.nuclides.map(({ isotope }) => isotope));
  const used = new Set(named.filter((name) => readCouplingName(name) !== undefined));
  const idle = Object.keys(spec.parameters).filter((name) => !acting.has(name) && used.has(name));
  return {
    spec: full,
    experiments,
    nuisances,
    unseen,
    held,
    radii,
    data: assembled.map(({ data }) => data),
    components,
    notes: [...validityNotes(full, isotopes, used, idle), ...dataNotes(full, chosen, replaced)],
    likelihood,
    range,
    refit: (free, window, fixedPulls) => {
      const { model, couplings, freed, holding } = modelWith(free, {});
      const nominal = Object.fromEntries(
        nuisances.filter(({ name }) => !freed.includes(name)).map((one) => [one.name, nominalValue(one)]),
      );
      const fixed = fixedPulls ? { ...nominal, ...holding } : holding;
      const limits = [...couplings, ...freed].map((name) => {
        const nuisance = nuisances.find((one) => one.name === name);
        const [low, high] = window(name);
        return nuisance === undefined
          ? ([low, high] as const)
          : ([deviationOf(nuisance, low), deviationOf(nuisance, high)] as const);
      });
      return {
        model: refitModel(model, freed, fixed, limits),
        observed: Float64Array.from(model.blocks.flatMap((block) => [...block.observed])),
        parameters: [...couplings, ...freed],
        nuisances: nuisances
          .map(({ name }) => name)
          .filter((name) => !freed.includes(name) && !Object.hasOwn(fixed, name)),
      };
    },
    objective: (free, values) => {
      const { model, freed, holding } = modelWith(free, values ?? {});
      const one = jointLikelihood(model, freed, holding);
      const ranges = one.parameters.map(range);
      return {
        names: one.parameters,
        lower: ranges.map(([low]) => low),
        upper: ranges.map(([, high]) => high),
        evaluate: one.evaluate,
        curvature: (x, hessian) => {
          one.evaluate(x, undefined, hessian);
        },
        descent: jointDescent(model, freed, holding, ranges, one.gram),
        likelihood: one,
      };
    },
  };
}

function rangeOf(spec: AnalysisSpec, experiments: readonly Experiment[]) {
  const { spinResponse } = templateInputs(spec, new Set());
  return (name: string): readonly [number, number] => {
    const target = experiments.find((one) => radiusName(one) === name);
    if (target !== undefined) return radiusRange(name, spec, nominalRadius(target, formFactorOf(spec, experiments)));
    return spec.ranges[name] ?? defaultRange(name, experiments, spinResponse);
  };
}

function formFactorOf(spec: AnalysisSpec, experiments: readonly Experiment[]): FormFactorChoice {
  if (typeof spec.formFactor === "object" && spec.formFactor !== null) return spec.formFactor as FormFactorChoice;
  return { model: spec.formFactor ?? experiments[0]!.file.defaults.formFactor };
}

/** Every name that moves something. */
function actingNames(
  components: readonly (readonly NamedComponent[])[],
  nuisances: readonly Nuisance[],
  experiments: readonly Experiment[],
): ReadonlySet<string> {
  return new Set([
    ...components.flat().flatMap(({ terms }) => terms.flatMap(({ monomial }) => monomial)),
    ...nuisances.map((one) => one.name),
    ...experiments.map(radiusName),
  ]);
}

/** @throws NurecoilError (usage) naming parameters on which nothing depends, if there are any */
export function refuseUnseen(names: readonly string[]): void {
  if (names.length === 0) return;
  throw new NurecoilError(
    "usage",
    names.map((name) => ({ message: `nothing in this analysis depends on "${name}"`, hint: idleHint(name) })),
  );
}
