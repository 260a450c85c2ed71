/** Minima of chi^2 as a table: a row each. */

import { described, qualifiersOf, type ResultHead } from "./qualifiers.ts";
import { type Cell, type HepdataTable, parameterHeader } from "./table.ts";

interface Minimum {
  readonly parameters: Readonly<Record<string, number>>;
  readonly chi2: number;
  readonly status: string;
}

/**
 * Table of minima, best first.
 * @param names its parameters
 * @param cell value of a parameter with its errors; without them by default
 */
export function minimaTable<T extends Minimum>(
  result: ResultHead & { readonly sm: { readonly chi2: number }; readonly units?: Readonly<Record<string, string>> },
  names: readonly string[],
  minima: readonly T[],
  description: string,
  cell: (minimum: T, name: string) => Cell = (one, name) => ({ value: one.parameters[name]! }),
): HepdataTable {
  const qualifiers = qualifiersOf(result);
  const chi2Qualifiers = [{ name: "chi^2 of the standard model", value: result.sm.chi2 }, ...qualifiers];
  const lowest = minima[0]?.chi2 ?? 0;
  return {
    name: "Best fits",
    description: described(description, result),
    observables: names,
    independent: [{ header: { name: "minimum" }, values: minima.map((_, i) => ({ value: i + 1 })) }],
    dependent: [
      ...names.map((name) => ({
        header: parameterHeader(name, result.units),
        qualifiers,
        values: minima.map((one) => cell(one, name)),
      })),
      { header: { name: "chi^2" }, qualifiers: chi2Qualifiers, values: minima.map(({ chi2 }) => ({ value: chi2 })) },
      {
        header: { name: "Delta chi^2" },
        qualifiers,
        values: minima.map(({ chi2 }) => ({ value: chi2 - lowest })),
      },
      { header: { name: "status" }, qualifiers, values: minima.map(({ status }) => ({ value: status })) },
    ],
  };
}
