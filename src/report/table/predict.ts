import type { PredictResult } from "../../analysis/results.ts";
import { blocks, columns, notes } from "../columns.ts";
import { heading } from "../heading.ts";
import { fixed, significant } from "../numbers.ts";

/** Events per cell: every component, their sum, the data. */
export function predictTable(result: PredictResult): string {
  const cells = cellEdges(result.axes);
  const header = [
    ...result.axes.map(({ name, unit }) => (unit === "1" ? name : `${name} [${unit}]`)),
    ...result.components.map(({ name, flavour }) => (flavour === null ? name : `${name} ${flavour}`)),
    "total",
    ...(result.observed === null ? [] : [result.spec.experiments[0]?.data === "asimov" ? "Asimov" : "observed"]),
  ];
  const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
  const columnsOfCounts = [...result.components.map(({ counts }) => counts), result.total];
  const rows = cells.map((edges, i) => [
    ...edges,
    ...columnsOfCounts.map((counts) => fixed(counts[i]!, 3)),
    ...(result.observed === null ? [] : [observed(result.observed[i]!, result.errors?.[i])]),
  ]);
  const sums = [
    "sum",
    ...result.axes.slice(1).map(() => ""),
    ...columnsOfCounts.map((counts) => fixed(sum(counts), 3)),
    ...(result.observed === null ? [] : [observedSum(result)]),
  ];
  return blocks(
    heading("events", result.spec),
    columns([header, ...rows, sums], "<".repeat(result.axes.length).concat(">")),
    nuisanceLine(result.nuisances),
    notes(result.notes),
  );

  function observedSum({ observed: counts, errors }: PredictResult): string {
    const error = errors === null ? undefined : Math.hypot(...errors);
    return observed(sum(counts ?? []), error);
  }
}

function observed(count: number, error: number | undefined): string {
  return error === undefined ? significant(count) : `${fixed(count, 0)} ± ${fixed(error, 1)}`;
}

function nuisanceLine(nuisances: Readonly<Record<string, number>>): string {
  return `nuisances: ${Object.entries(nuisances)
    .map(([name, value]) => `${name} = ${value}`)
    .join(", ")}`;
}

/** Bin limits of every cell, last axis fastest. */
function cellEdges(axes: PredictResult["axes"]): string[][] {
  return axes.reduce<string[][]>(
    (cells, { edges }) => cells.flatMap((cell) => edges.slice(1).map((edge, i) => [...cell, `${edges[i]!} - ${edge}`])),
    [[]],
  );
}
