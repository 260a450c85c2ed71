/** Integrals and templates of all experiments for the couplings that are named: what a likelihood is made of. */

import { sin2ThetaW } from "../constants.ts";
import type { Experiment } from "../experiments/build.ts";
import { readCouplingName } from "../interactions/couplings.ts";
import type { FormFactorChoice } from "../nuclei/form-factors/index.ts";
import { type FoldedSignal, foldSignal, type SignalFoldInputs } from "../prediction/signal.ts";
import { type TemplateInputs, templatesOf } from "../prediction/templates.ts";
import { chebyshevNodes } from "../statistics/basis.ts";
import type { Block, Model, Nuisance } from "../statistics/model.ts";
import { componentsOf, contractComponent, type NamedComponent, sidebandBlock } from "./components.ts";
import type { ChosenExperiment } from "./experiments.ts";
import type { Folds } from "./kept.ts";
import { nameResolver } from "./parameters.ts";
import { nominalRadius, radiusName, radiusNodes, radiusRange } from "./radii.ts";
import type { AnalysisSpec } from "./spec.ts";

/** Data of an experiment: measured, or expected at the truth. */
export interface ExperimentData {
  readonly observed: Float64Array;
  readonly sigma: Float64Array;
  /** Counts that the rows of a background are fitted to; null without. */
  readonly sideband: Float64Array | null;
}

/** An experiment with its templates. */
export interface Assembled {
  readonly experiment: Experiment;
  readonly components: readonly NamedComponent[];
  readonly data: ExperimentData;
}

export interface AssembleInputs {
  readonly spec: AnalysisSpec;
  readonly formFactor: FormFactorChoice;
  /** Names of parameters that are set or free: couplings among them get their own templates. */
  readonly names: readonly string[];
  /** Those that are searched. */
  readonly searched: readonly string[];
  /** Values of those that are set. */
  readonly values: Readonly<Record<string, number>>;
  /** Those that are done; this one is added. */
  readonly folds: Folds;
}

/** Templates of one experiment. */
export function assemble(
  { experiment, released }: ChosenExperiment,
  inputs: AssembleInputs,
): readonly NamedComponent[] {
  const { spec, formFactor, searched, values } = inputs;
  const radius = radiusName(experiment);
  const nominal = nominalRadius(experiment, formFactor);
  const range = radiusRange(radius, spec, nominal);
  const free = searched.includes(radius);
  const moved = free || Object.hasOwn(values, radius);
  const fold: SignalFoldInputs = {
    formFactor,
    radiusShift: free ? 0 : (values[radius] ?? nominal) - nominal,
    shifts: free ? chebyshevNodes(range[0], range[1], radiusNodes(range, nominal)).map((fm) => fm - nominal) : [],
    // A radius that is a parameter replaces the pull of that name.
    without: (nuisance) => moved && radiusPulls(experiment).includes(nuisance),
  };
  const names = new Set(inputs.names.filter((name) => readCouplingName(name) !== undefined));
  const place = JSON.stringify([fold.radiusShift, fold.shifts, moved]);
  const folded = inputs.folds.get(place) ?? foldSignal(experiment, fold);
  inputs.folds.set(place, folded);
  const asReleased = experiment === released && fold.radiusShift === 0 && isDefault(formFactor, experiment);
  return componentsOf(
    experiment,
    folded,
    templateInputs(spec, names),
    anchorScale(experiment, released, asReleased ? folded : undefined),
    free ? { name: radius, range } : null,
  );
}

function isDefault({ model, protonRadiiFm, neutronRadiiFm }: FormFactorChoice, { file }: Experiment): boolean {
  return model === file.defaults.formFactor && protonRadiiFm === undefined && neutronRadiiFm === undefined;
}

/** Nuisances that move the neutron radius. */
export function radiusPulls({ signal }: Experiment): readonly string[] {
  return signal.variations.flatMap((one) => (one.type === "neutron-radius" ? [one.nuisance] : []));
}

export function templateInputs(
  spec: Pick<AnalysisSpec, "convention" | "recoil" | "spinResponse">,
  names: ReadonlySet<string>,
): TemplateInputs & { readonly spinResponse: NonNullable<TemplateInputs["spinResponse"]> } {
  return {
    nameOf: nameResolver(names),
    convention: spec.convention,
    recoil: spec.recoil,
    sin2ThetaW: sin2ThetaW.value,
    spinResponse: spec.spinResponse as NonNullable<TemplateInputs["spinResponse"]>,
  };
}

/**
 * What the signal is multiplied by so that the standard model with the released inputs and default choices gives the
 * total of the release. It does not move with couplings, sin^2 theta_W, radii or pulls.
 * @param known the released signal folded with default choices, where that is done
 */
function anchorScale(
  { signal: { anchor } }: Experiment,
  released: Experiment,
  known: readonly FoldedSignal[] | undefined,
): number {
  if (anchor === null) return 1;
  const formFactor = { model: released.file.defaults.formFactor };
  const inputs = templateInputs({ convention: "B", recoil: "full", spinResponse: {} }, new Set());
  let expected = 0;
  for (const { flavour, nominal } of known ?? foldSignal(released, { formFactor, without: () => true })) {
    const share = released.signal.arrivals?.[flavour]?.shares.reduce((sum, part) => sum + part, 0) ?? 1;
    for (const { counts } of templatesOf(nominal, inputs)) {
      expected += share * counts.reduce((sum, count) => sum + count, 0);
    }
  }
  return anchor / expected;
}

/** The model of assembled experiments with some couplings free. */
export function modelOf(
  assembled: readonly Assembled[],
  nuisances: readonly Nuisance[],
  couplings: readonly string[],
  fixed: Readonly<Record<string, number>>,
): Model {
  return {
    couplings,
    nuisances,
    blocks: assembled.flatMap(({ experiment, components, data: { observed, sigma, sideband: counts } }): Block[] => {
      const sideband = counts && sidebandBlock(experiment, counts);
      return [
        {
          id: experiment.id,
          statistics: experiment.statistics === "poisson" ? "poisson" : "gaussian",
          observed,
          sigma,
          components: components.map((one) => contractComponent(one, couplings, fixed)),
        },
        ...(sideband === null ? [] : [sideband]),
      ];
    }),
  };
}
