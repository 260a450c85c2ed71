/** Events of every component in every cell. */

import { usageError } from "../errors.ts";
import { readCouplingName } from "../interactions/couplings.ts";
import { nominalValue } from "../statistics/model.ts";
import { envelope, type Prepared, ready } from "./ready.ts";
import type { PredictResult } from "./results.ts";

/**
 * Events of every component in every cell at the parameters and nuisances of the spec (nominal where not set).
 * @throws NurecoilError (usage) unless there is exactly one experiment
 */
export function predict(prepared: Prepared): PredictResult {
  const analysis = ready(prepared);
  const experiment = analysis.experiments[0]!;
  if (analysis.experiments.length !== 1) throw usageError("predict takes one experiment");
  const { parameters } = analysis.spec;
  const nuisances = Object.fromEntries(
    analysis.nuisances.map((one) => [one.name, parameters[one.name] ?? nominalValue(one)]),
  );
  const detail = analysis.likelihood([], nuisances).detail([]);
  const counts = detail.components.map(({ name, flavour, counts }) => ({
    name,
    flavour: flavour as "nu_e" | null,
    counts: [...counts],
  }));
  const negative = counts.some((one) => one.counts.some((count) => count < 0));
  return {
    format: "nurecoil/predict/1",
    ...envelope(analysis),
    notes: [...analysis.notes, ...(negative ? [NEGATIVE] : [])],
    dof: experiment.cells,
    experiment: experiment.id,
    likelihood: experiment.likelihood,
    parameters: couplingsOf(parameters),
    nuisances,
    axes: experiment.axes.map(({ name, unit, edges }) => ({ name, unit, edges: [...edges] })),
    components: counts,
    total: Array.from({ length: experiment.cells }, (_, i) => counts.reduce((sum, one) => sum + one.counts[i]!, 0)),
    observed: [...experiment.observed],
    errors: experiment.statistics === "gaussian" ? [...experiment.sigma] : null,
  };
}

/** R is bounded by the other couplings: |R| <= |xi_S xi_T|/sqrt 2 without pseudoscalar ones. */
const NEGATIVE =
  "a predicted count is negative: R exceeds what scalar and tensor couplings allow, |R| <= |xi_S xi_T|/sqrt(2)";

function couplingsOf(parameters: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => readCouplingName(name) !== undefined));
}
