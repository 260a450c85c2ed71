/** A fit: its minima with errors, intervals of each free parameter, events and pulls at the best one, impacts. */

import type { FitResult } from "../../analysis/results.ts";
import { intervalTable } from "./intervals.ts";
import { minimaTable } from "./minima.ts";
import { described, experimentsText, qualifiersOf } from "./qualifiers.ts";
import { type Cell, cells, cellWithError, type HepdataTable, parameterHeader, type Qualifier } from "./table.ts";

type Minimum = FitResult["minima"][number];

/** Confidence of one standard deviation of a normal distribution, erf(1/sqrt 2), to what levels are written with. */
const ONE_SIGMA = [0.68, 0.6827] as const;

/** Tables of a fit. */
export function fitTables(result: FitResult): readonly HepdataTable[] {
  const { spec, minima, intervals } = result;
  const best = minima[0];
  return [
    minimaTable(
      result,
      spec.free,
      minima,
      `All minima of chi^2 of ${experimentsText(result)}, best first.`,
      (one, name) => bestValue(result, one, name),
    ),
    ...spec.free.flatMap((name) => {
      const levels = intervals.filter(({ parameter }) => parameter === name);
      return levels.length === 0 ? [] : [intervalTable(result, name, levels)];
    }),
    ...(best === undefined ? [] : [eventsTable(result, best), ...pullsTables(result, best)]),
    ...impactTables(result),
  ];
}

/** Ends of the interval of one standard deviation around a minimum where there is one, else the error of the curvature. */
function bestValue(result: FitResult, { parameters, uncertainties }: Minimum, name: string): Cell {
  const value = parameters[name]!;
  const around = result.intervals
    .filter(({ parameter, cl, dof }) => parameter === name && dof === 1 && cl >= ONE_SIGMA[0] && cl <= ONE_SIGMA[1])
    .flatMap(({ segments }) => segments)
    .find(([low, high]) => low !== null && high !== null && low < value && value < high);
  const [low, high] = around ?? [];
  if (typeof low !== "number" || typeof high !== "number")
    return cellWithError(value, uncertainties[name], "one standard deviation from the curvature");
  const asymerror = { minus: low - value, plus: high - value };
  return { value, errors: [{ asymerror, label: "interval at 68 % CL around it" }] };
}

function eventsTable(result: FitResult, { components }: Minimum): HepdataTable {
  return {
    name: "Events at the best fit",
    description: described(`Events of every component of ${experimentsText(result)} at the best fit.`, result),
    observables: ["N"],
    independent: [{ header: { name: "component" }, values: Object.keys(components).map((value) => ({ value })) }],
    dependent: [
      {
        header: { name: "events" },
        qualifiers: qualifiersOf(result),
        values: Object.values(components).map((value) => ({ value })),
      },
    ],
  };
}

function pullsTables(result: FitResult, { pulls }: Minimum): readonly HepdataTable[] {
  const names = Object.keys(pulls);
  if (names.length === 0) return [];
  return [
    {
      name: "Pulls at the best fit",
      description: described(
        `Deviation of every nuisance of ${experimentsText(result)} from its nominal value at the best fit.`,
        result,
      ),
      observables: ["Pulls"],
      independent: [
        { header: { name: "nuisance" }, values: names.map((value) => ({ value })) },
        { header: { name: "unit" }, values: names.map((name) => ({ value: result.units[name] ?? "sigma" })) },
      ],
      dependent: [
        {
          header: { name: "pull" },
          qualifiers: qualifiersOf(result),
          values: cells(names.map((name) => pulls[name]!)),
        },
      ],
    },
  ];
}

/** One table per free parameter. */
function impactTables(result: FitResult): readonly HepdataTable[] {
  const impacts = result.impacts ?? [];
  return result.spec.free.flatMap((parameter) => {
    const rows = impacts.flatMap(({ nuisance, fitted, shifts }) => {
      const shift = shifts.find((one) => one.parameter === parameter);
      return shift === undefined ? [] : [{ nuisance, fitted, shift }];
    });
    if (rows.length === 0) return [];
    const qualifiers: readonly Qualifier[] = [{ name: "parameter", value: parameter }, ...qualifiersOf(result)];
    const { units } = parameterHeader(parameter, result.units);
    const shiftColumn = (name: string, values: readonly (number | null)[]) => ({
      header: { name, ...(units !== undefined && { units }) },
      qualifiers,
      values: cells(values),
    });
    return [
      {
        name: `Impacts on ${parameter}`.slice(0, 64),
        description: described(
          `Shift of the best value of ${parameter} with a nuisance fixed one standard deviation above and below its best value, from ${experimentsText(result)}.`,
          result,
        ),
        observables: [parameter],
        independent: [{ header: { name: "nuisance" }, values: rows.map(({ nuisance }) => ({ value: nuisance })) }],
        dependent: [
          {
            header: { name: "fitted value" },
            qualifiers,
            values: rows.map(({ fitted }) => cellWithError(fitted.value, fitted.sigma, "one standard deviation")),
          },
          shiftColumn(
            `shift of ${parameter}, nuisance up`,
            rows.map(({ shift }) => shift.up),
          ),
          shiftColumn(
            `shift of ${parameter}, nuisance down`,
            rows.map(({ shift }) => shift.down),
          ),
        ],
      },
    ];
  });
}
