/** chi^2 along parameters: grids and profiles. */

import type { ProfileResult, ScanResult } from "../../analysis/results.ts";
import { scanPoints } from "../scan-points.ts";
import { intervalTable } from "./intervals.ts";
import { described, experimentsText, qualifiersOf } from "./qualifiers.ts";
import { cells, type HepdataTable, parameterHeader } from "./table.ts";

/** One row per point. */
export function scanTables(result: ScanResult): readonly HepdataTable[] {
  const points = scanPoints(result);
  const qualifiers = [{ name: "degrees of freedom", value: result.dof }, ...qualifiersOf(result)];
  const names = result.grid.map(({ name }) => name);
  return [
    {
      name: `Scan of ${names.join(" and ")}`.slice(0, 64),
      description: described(
        `chi^2 of ${experimentsText(result)} on a grid of ${names.join(" and ")}, nuisances at their best; Delta chi^2 counts from the lowest point of the grid.`,
        result,
      ),
      observables: ["chi^2"],
      independent: result.grid.map(({ name }, axis) => ({
        header: parameterHeader(name),
        values: points.map(({ at }) => ({ value: at[axis]! })),
      })),
      dependent: [
        { header: { name: "chi^2" }, qualifiers, values: cells(points.map(({ chi2 }) => chi2)) },
        { header: { name: "Delta chi^2" }, qualifiers, values: cells(points.map(({ deltaChi2 }) => deltaChi2)) },
        ...Object.keys(result.profiled).map((name, i) => ({
          header: parameterHeader(name),
          qualifiers,
          values: cells(points.map(({ profiled }) => profiled[i]!)),
        })),
      ],
    },
  ];
}

/** The curve, then its intervals. */
export function profileTables(result: ProfileResult): readonly HepdataTable[] {
  const { parameter, values, chi2, minimum, levels } = result;
  const qualifiers = qualifiersOf(result);
  const curve: HepdataTable = {
    name: `Profile of ${parameter}`.slice(0, 64),
    description: described(
      `chi^2 of ${experimentsText(result)} along ${parameter}, all other free parameters and nuisances at their best; Delta chi^2 counts from the lowest chi^2.`,
      result,
    ),
    observables: ["chi^2"],
    independent: [{ header: parameterHeader(parameter), values: values.map((value) => ({ value })) }],
    dependent: [
      { header: { name: "chi^2" }, qualifiers, values: cells(chi2) },
      {
        header: { name: "Delta chi^2" },
        qualifiers,
        values: cells(chi2.map((value) => (value === null ? null : value - minimum.chi2))),
      },
      ...Object.entries(result.profiled).map(([name, column]) => ({
        header: parameterHeader(name),
        qualifiers,
        values: cells(column),
      })),
    ],
  };
  return levels.length === 0 ? [curve] : [curve, intervalTable(result, parameter, levels)];
}
