/** Confidence intervals as a table: a row for each segment, as an interval may be a union of several. */

import { described, experimentsText, percentValue, qualifiersOf, type ResultHead } from "./qualifiers.ts";
import { cells, type HepdataTable, parameterHeader } from "./table.ts";

/** An interval at one level. */
export interface LevelSegments {
  readonly cl: number;
  readonly deltaChi2: number;
  readonly dof: number;
  /** null: not closed inside the search range. */
  readonly segments: readonly (readonly [number | null, number | null])[];
}

/** Intervals of one parameter at all levels. */
export function intervalTable(
  result: ResultHead & { readonly units?: Readonly<Record<string, string>> },
  parameter: string,
  levels: readonly LevelSegments[],
): HepdataTable {
  const rows = levels.flatMap((level) => level.segments.map((ends, i) => ({ ...level, ends, segment: i + 1 })));
  const open = rows.some(({ ends }) => ends.includes(null));
  const { units } = parameterHeader(parameter, result.units);
  const column = (name: string, values: readonly (number | null)[], unit?: string) => ({
    header: { name, ...(unit !== undefined && { units: unit }) },
    qualifiers: [{ name: "parameter", value: parameter }, ...qualifiersOf(result)],
    values: cells(values),
  });
  return {
    name: `Intervals of ${parameter}`.slice(0, 64),
    description: described(
      `Confidence intervals of ${parameter} from ${experimentsText(result)}, all other free parameters and nuisances at their best; an interval is the union of its segments.${open ? " An end without a number is not closed inside the search range." : ""}`,
      result,
    ),
    observables: [parameter],
    independent: [
      { header: { name: "CL", units: "%" }, values: rows.map(({ cl }) => ({ value: percentValue(cl) })) },
      { header: { name: "segment" }, values: rows.map(({ segment }) => ({ value: segment })) },
    ],
    dependent: [
      column(
        `${parameter}, lower end`,
        rows.map(({ ends }) => ends[0]),
        units,
      ),
      column(
        `${parameter}, upper end`,
        rows.map(({ ends }) => ends[1]),
        units,
      ),
      column(
        "Delta chi^2",
        rows.map(({ deltaChi2 }) => deltaChi2),
      ),
      column(
        "degrees of freedom",
        rows.map(({ dof }) => dof),
      ),
    ],
  };
}
