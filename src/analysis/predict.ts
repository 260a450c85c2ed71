/** Events of every component in every cell. */

import { usageError } from "../errors.ts";
import { readCouplingName } from "../interactions/couplings.ts";
import type { ComponentCounts } from "../statistics/account.ts";
import { nominalValue } from "../statistics/model.ts";
import { checkFinite, NEGATIVE_COUNTS } from "./finite.ts";
import { envelope, type Prepared, ready } from "./ready.ts";
import type { PredictResult } from "./results.ts";

/**
 * Events of every component in every cell at the parameters and nuisances of the spec (nominal where not set).
 * @throws NurecoilError (usage) unless there is exactly one experiment, or naming the parameter that is so large that
 *   counts are no finite numbers
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
  const data = analysis.data[0]!;
  const counts = merged(detail.components.filter(({ block }) => block === experiment.id));
  const total = Array.from({ length: experiment.cells }, (_, i) =>
    counts.reduce((sum, one) => sum + one.counts[i]!, 0),
  );
  checkFinite(Math.hypot(...total), parameters);
  const negative = counts.some((one) => one.counts.some((count) => count < 0));
  return {
    format: "nurecoil/predict/1",
    ...envelope(analysis),
    notes: [...analysis.notes, ...(negative ? [NEGATIVE_COUNTS] : [])],
    dof: experiment.cells,
    experiment: experiment.id,
    likelihood: experiment.likelihood,
    parameters: couplingsOf(parameters),
    nuisances,
    axes: experiment.axes.map(({ name, unit, edges }) => ({ name, unit, edges: [...edges] })),
    components: counts,
    total,
    // A detector to be built has observed nothing; its Asimov count is the total.
    observed: experiment.statistics === "projection" ? null : [...data.observed],
    errors: experiment.statistics === "gaussian" ? [...data.sigma] : null,
    clipped: detail.clipped,
  };
}

/** Components by name and flavour: rows of a background that are fitted on their own are one background. */
function merged(components: readonly ComponentCounts[]): PredictResult["components"] {
  const byName = new Map<string, PredictResult["components"][number]>();
  for (const { name, flavour, counts } of components) {
    const known = byName.get(`${name} ${flavour}`);
    byName.set(`${name} ${flavour}`, {
      name,
      flavour: flavour as PredictResult["components"][number]["flavour"],
      counts: Array.from(counts, (count, i) => count + (known?.counts[i] ?? 0)),
    });
  }
  return [...byName.values()];
}

function couplingsOf(parameters: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => readCouplingName(name) !== undefined));
}
