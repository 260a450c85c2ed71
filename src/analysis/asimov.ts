/** Asimov data: what an experiment expects at a truth, not rounded. */

import { sin2ThetaW } from "../constants.ts";
import type { FormFactorChoice } from "../nuclei/form-factors/index.ts";
import { jointLikelihood } from "../statistics/joint.ts";
import { nominalValue } from "../statistics/model.ts";
import { assemble, type ExperimentData, modelOf } from "./assemble.ts";
import { type ChosenExperiment, sharedNuisances } from "./experiments.ts";
import type { Folds } from "./kept.ts";
import type { AnalysisSpec } from "./spec.ts";

/**
 * Expected counts at the spec's truth: couplings, sin^2 theta_W, radii and nuisances as it has them, nominal where it
 * says nothing. A Gaussian likelihood keeps its measured errors, scaled by the root of the exposure where that was set;
 * the count of a projection has its own square root.
 * @param folds of this experiment with this form factor
 */
export function asimovData(
  chosen: ChosenExperiment,
  spec: AnalysisSpec,
  formFactor: FormFactorChoice,
  folds: Folds,
): ExperimentData {
  const { experiment } = chosen;
  const { truth } = spec;
  const templates = assemble(chosen, {
    spec: { ...spec, ranges: {} },
    formFactor,
    names: Object.keys(truth),
    searched: [],
    values: truth,
    folds,
  });
  const nuisances = sharedNuisances([experiment]);
  const held = Object.fromEntries(nuisances.map((one) => [one.name, truth[one.name] ?? nominalValue(one)]));
  const empty = new Float64Array(experiment.cells);
  const data = { observed: empty, sigma: empty.slice().fill(1), sideband: experiment.sideband?.counts ?? null };
  const fixed = { sin2_theta_w: sin2ThetaW.value, ...truth };
  const model = modelOf([{ experiment, components: templates, data }], nuisances, [], fixed);
  const { components } = jointLikelihood(model, [], held).detail([]);
  const [observed, sideband] = model.blocks.map(({ id, observed: { length } }) => {
    const expected = new Float64Array(length);
    for (const { block, counts } of components) {
      if (block === id) for (let i = 0; i < length; i++) expected[i]! += counts[i]!;
    }
    return expected;
  });
  return {
    observed: observed!,
    // Errors were measured at the released exposure: counts grow with it, errors with its root.
    sigma:
      experiment.statistics === "projection"
        ? observed!.map(Math.sqrt)
        : experiment.sigma.map((error) => error * Math.sqrt(experiment.exposure)),
    sideband: sideband ?? null,
  };
}
