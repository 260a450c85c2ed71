/** chi^2 at given parameters. */

import { chi2Survival } from "../statistics/levels.ts";
import { checkFinite } from "./finite.ts";
import { costing, envelope, type Prepared, pullsOf, ready, unitsOf } from "./ready.ts";
import type { Chi2Result } from "./results.ts";

/**
 * chi^2 at the spec's parameters, nuisances profiled unless set.
 * @throws NurecoilError (usage) naming the parameter that is so large that chi^2 is no finite number
 */
export function chi2(prepared: Prepared): Chi2Result {
  const analysis = ready(prepared);
  const likelihood = analysis.likelihood([]);
  const detail = likelihood.detail([]);
  checkFinite(detail.chi2, analysis.spec.parameters);
  const dof = likelihood.cells - costing(analysis, []);
  return {
    format: "nurecoil/chi2/1",
    ...envelope(analysis),
    dof,
    chi2: detail.chi2,
    pValue: chi2Survival(detail.chi2, dof),
    pulls: pullsOf(analysis, detail),
    contributions: { ...detail.contributions },
    constraints: detail.constraints,
    clipped: detail.clipped,
    units: unitsOf(analysis),
  };
}
