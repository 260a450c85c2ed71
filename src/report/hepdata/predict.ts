/** Expected and observed events in bins. */

import type { PredictResult } from "../../analysis/results.ts";
import { cellsOf } from "../cells.ts";
import { described, experimentsText, qualifiersOf } from "./qualifiers.ts";
import { cells, cellWithError, type HepdataTable, type Qualifier } from "./table.ts";

/** One row per cell: bins, components, their sum, the data with their errors. */
export function predictTables(result: PredictResult): readonly HepdataTable[] {
  const { axes, components, total, observed, errors, nuisances } = result;
  const bins = cellsOf(axes);
  const qualifiers: readonly Qualifier[] = [
    ...qualifiersOf(result),
    ...Object.entries(nuisances)
      .filter(([name]) => !Object.hasOwn(result.spec.parameters, name))
      .map(([name, value]) => ({ name: `nuisance ${name}`, value })),
  ];
  const asimov = result.spec.experiments[0]?.data === "asimov";
  const column = (name: string, values: readonly number[]) => ({
    header: { name, units: "events" },
    qualifiers,
    values: cells(values),
  });
  return [
    {
      name: `Events of ${result.experiment}`.slice(0, 64),
      description: described(
        `Events in every bin expected in ${experimentsText(result)}${observed === null ? "" : asimov ? ", and the Asimov data" : ", and the data"}.`,
        result,
      ),
      observables: ["N"],
      independent: axes.map(({ name, unit }, axis) => ({
        header: unit === "1" ? { name } : { name, units: unit },
        values: bins.map((edges) => ({ low: edges[axis]![0], high: edges[axis]![1] })),
      })),
      dependent: [
        ...components.map(({ name, flavour, counts }) =>
          column(flavour === null ? name : `${name} ${flavour}`, counts),
        ),
        column("total", total),
        ...(observed === null
          ? []
          : [
              {
                header: { name: asimov ? "Asimov data" : "data", units: "events" },
                qualifiers,
                values: observed.map((count, i) => cellWithError(count, errors?.[i], "one standard deviation")),
              },
            ]),
      ],
    },
  ];
}
