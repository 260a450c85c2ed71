/** chi^2 at given parameters. */

import { chi2Survival } from "../statistics/levels.ts";
import { envelope, type Prepared, pullsOf, ready } from "./ready.ts";
import type { Chi2Result } from "./results.ts";

/** chi^2 at the spec's parameters, nuisances profiled unless set. */
export function chi2(prepared: Prepared): Chi2Result {
  const analysis = ready(prepared);
  const likelihood = analysis.likelihood([]);
  const detail = likelihood.detail([]);
  return {
    format: "nurecoil/chi2/1",
    ...envelope(analysis),
    dof: likelihood.cells,
    chi2: detail.chi2,
    pValue: chi2Survival(detail.chi2, likelihood.cells),
    pulls: pullsOf(analysis, detail),
    contributions: { ...detail.contributions },
    constraints: detail.constraints,
  };
}
