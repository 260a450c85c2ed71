/** Numbers that leave the range of what can be counted, and what to say of them. */

import { usageError } from "../errors.ts";

/**
 * Refuse a result that is no finite number: a coupling was so large that counts overflowed, or no number itself.
 * @param value chi^2, a total, any number that every count enters
 * @param parameters values it was computed at, by name
 * @throws NurecoilError (usage) naming the parameter that is largest in size, and the way out
 */
export function checkFinite(value: number, parameters: Readonly<Record<string, number>>): void {
  if (Number.isFinite(value)) return;
  const given = Object.entries(parameters);
  const [name, worst] =
    given.find(([, one]) => !Number.isFinite(one)) ??
    given.reduce((a, b) => (Math.abs(b[1]) > Math.abs(a[1]) ? b : a), ["", 0]);
  if (name === "") throw usageError("the result is no finite number", "check the inputs of the experiments");
  throw usageError(
    `the expected counts at ${name} = ${worst} are no finite numbers`,
    `set ${name} to a value inside its search range, or to 0`,
  );
}

/** R is bounded by the other couplings: |R| <= |xi_S xi_T|/sqrt 2 without pseudoscalar ones. */
export const NEGATIVE_COUNTS =
  "a predicted count is negative: R exceeds what scalar and tensor couplings allow, |R| <= |xi_S xi_T|/sqrt(2)";
