/** From a spec to a likelihood: the only place where physics meets statistics. */

import { sin2ThetaW } from "../constants.ts";
import { type Issue, NurecoilError } from "../errors.ts";
import { buildExperiment, chooseLikelihood, type Experiment, spread } from "../experiments/build.ts";
import type { ParsedExperiment } from "../experiments/parse.ts";
import { readCouplingName } from "../interactions/couplings.ts";
import { buildFormFactors, type FormFactorChoice } from "../nuclei/form-factors/index.ts";
import { foldShapes } from "../prediction/fold.ts";
import { type FoldedFlavour, templatesOf } from "../prediction/templates.ts";
import { gaussianLikelihood } from "../statistics/gaussian.ts";
import type { Likelihood } from "../statistics/likelihood.ts";
import type { Block, Nuisance } from "../statistics/model.ts";
import type { Objective } from "../statistics/objective.ts";
import { poissonLikelihood } from "../statistics/poisson.ts";
import { contract, type NamedTerm } from "../statistics/quadratic.ts";
import { checkFactors, checkMaterials, checkSearched, checkValues } from "./checks.ts";
import { idleHint, validityNotes } from "./notes.ts";
import { checkNames, defaultRange, nameResolver } from "./parameters.ts";
import type { AnalysisSpec, ResultSpec } from "./spec.ts";

/** Where experiments come from: the shipped ones, a folder, data in a page. */
export interface ExperimentLibrary {
  readonly ids: readonly string[];
  /** @throws NurecoilError (usage) for an unknown id */
  readonly load: (id: string) => ParsedExperiment;
}

interface NamedComponent {
  readonly name: string;
  readonly flavour: string | null;
  readonly terms: readonly NamedTerm[];
  readonly nuisances: readonly string[];
}

/** An analysis with its integrals done: any choice of fixed and free parameters is now cheap. */
export interface PreparedAnalysis {
  /** Complete: likelihoods and form factor named. */
  readonly spec: ResultSpec;
  readonly experiments: readonly Experiment[];
  readonly nuisances: readonly Nuisance[];
  readonly components: readonly (readonly NamedComponent[])[];
  /** What a reader of any result must know. */
  readonly notes: readonly string[];
  /** Likelihood with some parameters free; `values` fixes others on top of the spec's. */
  readonly likelihood: (free: readonly string[], values?: Readonly<Record<string, number>>) => Likelihood;
  /** Objective of the likelihood over the search ranges. */
  readonly objective: (free: readonly string[], values?: Readonly<Record<string, number>>) => PreparedObjective;
  readonly range: (name: string) => readonly [number, number];
}

export interface PreparedObjective extends Objective {
  readonly likelihood: Likelihood;
}

/**
 * Build experiments, integrate templates and check every name.
 * @param spec from `parseSpec`
 * @param library where the experiments are
 * @throws NurecoilError (usage) listing unknown experiments, likelihoods, parameters, forbidden combinations, free
 *   parameters that nothing depends on, values outside what makes sense
 */
export function prepare(spec: AnalysisSpec, library: ExperimentLibrary): PreparedAnalysis {
  const { experiments, issues: unbuilt } = buildAll(spec, library);
  const named = [
    ...Object.keys(spec.parameters),
    ...spec.free,
    ...spec.grid.map((axis) => axis.name),
    ...(spec.plane ?? []),
    ...spec.profile,
    ...Object.keys(spec.ranges),
  ];
  // Without all its experiments an analysis does not know all names: then those with a dot are left for later.
  const known = unbuilt.length === 0 ? named : named.filter((name) => !name.includes("."));
  const issues: Issue[] = [...unbuilt, ...checkNames(known, experiments), ...checkValues(spec)];
  if (unbuilt.length === 0) {
    issues.push(
      ...checkMaterials(spec, experiments),
      ...checkFactors(spec, experiments),
      ...checkSearched(spec, experiments),
    );
  }
  if (issues.length > 0) throw new NurecoilError("usage", issues);

  const formFactor = formFactorOf(spec, experiments);
  const used = new Set(named.filter((name) => readCouplingName(name) !== undefined));
  const templateInputs = {
    nameOf: nameResolver(used),
    convention: spec.convention,
    recoil: spec.recoil,
    sin2ThetaW: sin2ThetaW.value,
    spinResponse: spec.spinResponse as NonNullable<Parameters<typeof templatesOf>[1]["spinResponse"]>,
  };
  const components = experiments.map((experiment) => [
    ...foldExperiment(experiment, formFactor).map((folded) => ({
      name: "cevns",
      flavour: folded.flavour,
      terms: templatesOf(folded, templateInputs),
      nuisances: nuisancesOf(experiment, "cevns"),
    })),
    ...experiment.backgrounds.map(({ component, counts }) => ({
      name: component,
      flavour: null,
      terms: [{ monomial: ["1", "1"] as const, counts }],
      nuisances: nuisancesOf(experiment, component),
    })),
  ]);
  const nuisances = sharedNuisances(experiments);
  const full: ResultSpec = {
    ...spec,
    formFactor: typeof spec.formFactor === "object" && spec.formFactor !== null ? spec.formFactor : formFactor.model,
    experiments: spec.experiments.map((choice, i) => ({ ...choice, likelihood: experiments[i]!.likelihood })),
  };
  const acting = new Set([
    ...components.flat().flatMap(({ terms }) => terms.flatMap(({ monomial }) => monomial)),
    ...nuisances.map((one) => one.name),
  ]);
  const idle = [...spec.free, ...spec.grid.map((axis) => axis.name), ...(spec.plane ?? []), ...spec.profile].filter(
    (name) => !acting.has(name),
  );
  if (idle.length > 0) {
    throw new NurecoilError(
      "usage",
      [...new Set(idle)].map((name) => ({
        message: `nothing in this analysis depends on "${name}"`,
        hint: idleHint(name),
      })),
    );
  }

  const isotopes = experiments.flatMap((one) => one.material.nuclides.map(({ isotope }) => isotope));
  const idleSet = Object.keys(spec.parameters).filter(
    (name) => !acting.has(name) && readCouplingName(name) !== undefined,
  );

  const range = (name: string): readonly [number, number] =>
    spec.ranges[name] ?? defaultRange(name, experiments, templateInputs.spinResponse);
  const statistics = commonStatistics(experiments);
  const likelihood = (free: readonly string[], values: Readonly<Record<string, number>> = {}): Likelihood => {
    const fixed: Record<string, number> = { sin2_theta_w: sin2ThetaW.value, ...spec.parameters, ...values };
    const couplings = free.filter((name) => readCouplingName(name) !== undefined);
    const freed = free.filter((name) => readCouplingName(name) === undefined);
    const blocks = experiments.map(
      (experiment, i): Block => ({
        id: experiment.id,
        observed: experiment.observed,
        sigma: experiment.sigma,
        components: components[i]!.map((one) => ({ ...one, terms: contract(one.terms, couplings, fixed) })),
      }),
    );
    // The CEvNS normalisation is part of the prediction: 1 unless someone asks for another.
    const held = Object.fromEntries(
      nuisances.flatMap((one): [string, number][] => {
        if (free.includes(one.name)) return [];
        if (Object.hasOwn(fixed, one.name)) return [[one.name, fixed[one.name]!]];
        return one.name.endsWith(".cevns") ? [[one.name, 1]] : [];
      }),
    );
    const model = { couplings, nuisances, blocks };
    return statistics === "poisson" ? poissonLikelihood(model, freed, held) : gaussianLikelihood(model, freed, held);
  };
  return {
    spec: full,
    experiments,
    nuisances,
    components,
    notes: validityNotes(full, isotopes, used, idleSet),
    likelihood,
    range,
    objective: (free, values) => {
      const one = likelihood(free, values);
      const ranges = one.parameters.map(range);
      return {
        names: one.parameters,
        lower: ranges.map(([low]) => low),
        upper: ranges.map(([, high]) => high),
        evaluate: one.evaluate,
        likelihood: one,
      };
    },
  };
}

/** The experiments that can be built, and what is wrong with the others. */
function buildAll(
  spec: AnalysisSpec,
  library: ExperimentLibrary,
): { readonly experiments: readonly Experiment[]; readonly issues: readonly Issue[] } {
  const issues: Issue[] = [];
  if (spec.experiments.length === 0) {
    issues.push({ message: "no experiment given", hint: `valid: ${library.ids.join(", ")}` });
  }
  const seen = new Set<string>();
  const built: Experiment[] = [];
  for (const { id, likelihood, data, set } of spec.experiments) {
    try {
      const parsed = library.load(id);
      if (seen.has(parsed.file.id)) issues.push({ message: `experiment "${parsed.file.id}" is given twice` });
      seen.add(parsed.file.id);
      chooseLikelihood(parsed, likelihood ?? undefined);
      if (data === "asimov" || Object.keys(set).length > 0) {
        issues.push({
          message: `${id}: only observed data with the released inputs can be analysed`,
          hint: "leave out data and set",
        });
      }
      built.push(buildExperiment(parsed, likelihood ?? undefined));
    } catch (error) {
      if (!(error instanceof NurecoilError) || error.kind === "file") throw error;
      issues.push(...error.issues);
    }
  }
  return { experiments: built, issues };
}

function formFactorOf(spec: AnalysisSpec, experiments: readonly Experiment[]): FormFactorChoice {
  if (typeof spec.formFactor === "object" && spec.formFactor !== null) return spec.formFactor as FormFactorChoice;
  return { model: spec.formFactor ?? experiments[0]!.file.defaults.formFactor };
}

/** Nuisances of all experiments; those that are shared by name appear once. */
function sharedNuisances(experiments: readonly Experiment[]): readonly Nuisance[] {
  const byName = new Map<string, Nuisance>();
  for (const { id, nuisances } of experiments) {
    for (const { fullName, kind, sigma } of nuisances) {
      const known = byName.get(fullName);
      if (known !== undefined && (known.kind !== kind || known.sigma !== sigma)) {
        throw new NurecoilError("usage", [
          { message: `${id} defines "${fullName}" otherwise than an experiment beside it: they cannot be combined` },
        ]);
      }
      byName.set(fullName, { name: fullName, kind, sigma });
    }
  }
  return [...byName.values()];
}

/** One kind of statistics for all: likelihoods of two kinds cannot be combined yet. */
function commonStatistics(experiments: readonly Experiment[]): Experiment["statistics"] {
  const kinds = [...new Set(experiments.map((one) => one.statistics))];
  if (kinds.length > 1) {
    throw new NurecoilError("usage", [
      { message: "gaussian and poisson likelihoods cannot be combined", hint: "choose likelihoods of one kind" },
    ]);
  }
  return kinds[0]!;
}

/** All integrals of an experiment: per flavour and isotope. */
export function foldExperiment(experiment: Experiment, formFactor: FormFactorChoice): readonly FoldedFlavour[] {
  return experiment.flux.components.map((flux) => {
    const shares = experiment.timing?.[flux.flavour];
    return {
      flavour: flux.flavour,
      cells: experiment.cells,
      isotopes: experiment.material.nuclides.map(({ isotope }, a) => {
        const formFactors = buildFormFactors(formFactor, isotope);
        const { response } = experiment;
        const folded = foldShapes({ isotope, nuclei: experiment.nuclei[a]!, formFactors, flux, response });
        return { isotope, channels: shares === undefined ? folded : inTime(folded, shares) };
      }),
    };
  });
}

/** Folded shapes spread over arrival times. */
function inTime(folded: ReturnType<typeof foldShapes>, shares: Float64Array): ReturnType<typeof foldShapes> {
  return Object.fromEntries(
    Object.entries(folded).map(([channel, shapes]) => [
      channel,
      {
        one: spread(shapes.one, shares),
        t: spread(shapes.t, shares),
        y: spread(shapes.y, shares),
        yy: spread(shapes.yy, shares),
      },
    ]),
  );
}

function nuisancesOf(experiment: Experiment, component: string): readonly string[] {
  return experiment.nuisances.filter((one) => one.components.includes(component)).map((one) => one.fullName);
}
