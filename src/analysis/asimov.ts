/** Asimov data: what an experiment expects at a truth, not rounded. */

import { sin2ThetaW } from "../constants.ts";
import type { FormFactorChoice } from "../nuclei/form-factors/index.ts";
import { jointLikelihood } from "../statistics/joint.ts";
import { nominalValue } from "../statistics/model.ts";
import { assemble, modelOf } from "./assemble.ts";
import { type ChosenExperiment, sharedNuisances } from "./experiments.ts";
import type { AnalysisSpec } from "./spec.ts";

/**
 * Expected counts at the spec's truth: couplings, sin^2 theta_W, radii and nuisances as it has them, nominal where it
 * says nothing. A Gaussian likelihood keeps its measured errors; the count of a projection has its own square root.
 */
export function asimovData(
  chosen: ChosenExperiment,
  spec: AnalysisSpec,
  formFactor: FormFactorChoice,
): { readonly observed: Float64Array; readonly sigma: Float64Array } {
  const { experiment } = chosen;
  const { truth } = spec;
  const components = assemble(chosen, {
    spec: { ...spec, ranges: {} },
    formFactor,
    names: Object.keys(truth),
    searched: [],
    values: truth,
  });
  const nuisances = sharedNuisances([experiment]);
  const held = Object.fromEntries(nuisances.map((one) => [one.name, truth[one.name] ?? nominalValue(one)]));
  const empty = new Float64Array(experiment.cells);
  const model = modelOf([{ experiment, components, observed: empty, sigma: empty.slice().fill(1) }], nuisances, [], {
    sin2_theta_w: sin2ThetaW.value,
    ...truth,
  });
  const observed = new Float64Array(experiment.cells);
  for (const { block, counts } of jointLikelihood(model, [], held).detail([]).components) {
    if (block === experiment.id) for (let i = 0; i < observed.length; i++) observed[i]! += counts[i]!;
  }
  return {
    observed,
    sigma: experiment.statistics === "projection" ? observed.map(Math.sqrt) : experiment.sigma,
  };
}
