/** Impacts: how far each free parameter moves when a nuisance is held one standard deviation from its fitted value. */

import { usageError } from "../errors.ts";
import { symmetricEigen } from "../numerics/linear-algebra.ts";
import { findMinima, type Minimum } from "../statistics/minima.ts";
import { minimizeFrom } from "../statistics/minimize.ts";
import { type Nuisance, nominalValue, unitOf } from "../statistics/model.ts";
import { scaledHessian, scales } from "../statistics/objective.ts";
import type { PreparedAnalysis } from "./prepare.ts";
import { type Prepared, type Progress, ready, smStart } from "./ready.ts";
import type { Impact } from "./results.ts";

/**
 * Impacts of every profiled nuisance on the spec's free parameters at the best fit: each nuisance is held at its fitted
 * value plus and minus its fitted standard deviation, everything else is fitted again from there.
 * @returns in the order of the nuisances; none when no minimum was found
 * @throws NurecoilError (usage) without a free parameter
 */
export function impacts(prepared: Prepared, onProgress?: Progress): readonly Impact[] {
  const analysis = ready(prepared);
  const { free } = analysis.spec;
  if (free.length === 0) throw usageError("nothing to fit", "name the free parameters, e.g. --free xi_V");
  const objective = analysis.objective(free);
  const best = findMinima(objective, [smStart(analysis, objective)]).find((one) => one.status !== "failed");
  if (best === undefined) return [];
  const fitted = objective.likelihood.detail(best.x).nuisances;
  const profiled = analysis.nuisances.filter(
    ({ name }) =>
      !(free.includes(name) || Object.hasOwn(analysis.spec.parameters, name) || analysis.held.includes(name)),
  );
  const sigmas = fittedSigmas(analysis, free, profiled, best, fitted);
  return profiled.flatMap((nuisance, k): Impact[] => {
    onProgress?.((k + 1) / profiled.length);
    const sigma = sigmas[k]!;
    if (sigma === null) return [];
    const value = fitted[nuisance.name]!;
    const shift = (sign: 1 | -1): readonly (number | null)[] => {
      const held = analysis.objective(free, { [nuisance.name]: inBounds(nuisance, value + sign * sigma) });
      const found = minimizeFrom(held, best.x);
      return free.map((_, i) => (found.status === "failed" ? null : found.x[i]! - best.x[i]!));
    };
    const [up, down] = [shift(1), shift(-1)];
    return [
      {
        nuisance: nuisance.name,
        fitted: { value, sigma },
        constraint: nuisance.sigma === null ? null : { value: nominalValue(nuisance), sigma: unitOf(nuisance) },
        shifts: objective.names.map((parameter, i) => ({ parameter, up: up[i]!, down: down[i]! })),
      },
    ];
  });
}

function inBounds({ bounds }: Nuisance, value: number): number {
  return bounds === undefined ? value : Math.min(Math.max(value, bounds[0]), bounds[1]);
}

/** Standard deviations of the nuisances at the fit, all parameters varying; null where the curvature says nothing. */
function fittedSigmas(
  analysis: PreparedAnalysis,
  free: readonly string[],
  profiled: readonly Nuisance[],
  best: Minimum,
  fitted: Readonly<Record<string, number>>,
): readonly (number | null)[] {
  const all = [...free, ...profiled.map((one) => one.name)];
  const objective = analysis.objective(all);
  const at = objective.names.map((name) => {
    const i = free.indexOf(name);
    return i >= 0 ? best.x[i]! : fitted[name]!;
  });
  const n = all.length;
  const scale = scales(objective);
  const { values, vectors } = symmetricEigen(scaledHessian(objective, at), n);
  return profiled.map(({ name }) => {
    const i = objective.names.indexOf(name);
    let variance = 0;
    for (let k = 0; k < n; k++) {
      if (!(values[k]! > 0)) return null;
      variance += (2 * vectors[k]![i]! ** 2) / values[k]!;
    }
    return Math.sqrt(variance) * scale[i]!;
  });
}
