/** Minima at little cost: where descents end, without the walks between them that tell one valley from two. */

import { symmetricEigen } from "../numerics/linear-algebra.ts";
import type { Minimum } from "./minima.ts";
import { type Objective, scaledHessian, scales } from "./objective.ts";
import { descendAtSteps } from "./profile.ts";
import type { Steps } from "./steps.ts";
import { distance } from "./valley.ts";

/** Searches that end nearer than this, in scales, are one. */
const NEAR = 1e-4;
/** Flat minima whose chi^2 differs by less are one valley. */
const EQUAL = 1e-6;

/**
 * Distinct places where searches from some places end, best first; of flat ones with the same chi^2 the first.
 * @param repeats of each descent, as `descendAtSteps`
 */
export function* quickMinima(
  objective: Objective,
  places: readonly ArrayLike<number>[],
  repeats?: number,
): Steps<readonly Minimum[]> {
  const scale = scales(objective);
  const minima: Minimum[] = [];
  for (const [k, place] of places.entries()) {
    const { x, chi2, converged } = yield* descendAtSteps(objective, new Map(), [place], repeats);
    yield (k + 1) / places.length;
    if (!converged || minima.some((one) => distance(one.x, x, scale) < NEAR)) continue;
    const status = isFlat(objective, x) ? "flat" : "converged";
    const isKnown = (one: Minimum): boolean => one.status === "flat" && Math.abs(one.value - chi2) < EQUAL;
    if (status === "flat" && minima.some(isKnown)) continue;
    minima.push({ x, value: chi2, status });
  }
  return minima.sort((a, b) => a.value - b.value);
}

/** Whether the softest curvature lifts chi^2 by less than 1e-4 over a tenth of a scale. */
function isFlat(objective: Objective, x: Float64Array): boolean {
  const { values } = symmetricEigen(scaledHessian(objective, x), x.length);
  return 0.5 * values[0]! * 0.1 ** 2 < 1e-4;
}
