/** Confidence levels and Delta chi^2. */

import { usageError } from "../errors.ts";
import { upperGamma } from "../numerics/gamma.ts";
import { brent } from "../numerics/roots.ts";

/**
 * Probability that chi^2 with `dof` degrees of freedom exceeds x.
 * @example chi2Survival(2.705543454095404, 1) is 0.1
 */
export function chi2Survival(x: number, dof: number): number {
  return upperGamma(dof / 2, Math.max(x, 0) / 2);
}

/**
 * Delta chi^2 of a confidence level: the quantile of chi^2 with `dof` degrees of freedom.
 * @param cl in (0, 1)
 * @param dof number of parameters shown
 * @throws NurecoilError (usage) for an impossible level
 * @example deltaChi2(0.9, 2) is 4.605170185988092
 */
export function deltaChi2(cl: number, dof: number): number {
  if (!(cl > 0 && cl < 1)) throw usageError(`confidence level ${cl} is not between 0 and 1`, "e.g. --cl 0.90,0.99");
  if (!(Number.isInteger(dof) && dof >= 1)) throw usageError(`degrees of freedom must be 1, 2, ...; got ${dof}`);
  let high = 2;
  while (chi2Survival(high, dof) > 1 - cl) high *= 2;
  return brent((x) => chi2Survival(x, dof) - (1 - cl), 0, high, 1e-13);
}

/**
 * Confidence level of n standard deviations of a Gaussian: 1 -> 0.6827, 2 -> 0.9545, 3 -> 0.9973.
 * @throws NurecoilError (usage) unless sigma > 0 and its level is still distinguishable from 1
 */
export function clOfSigma(sigma: number): number {
  const cl = 1 - chi2Survival(sigma * sigma, 1);
  if (!(sigma > 0 && cl < 1)) throw usageError(`${sigma} sigma is no usable level`, "e.g. --sigma 1,2,3");
  return cl;
}
