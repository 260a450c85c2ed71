/** A region as contours: one table per closed line, points in order, and one of the minima. */

import type { RegionResult } from "../../analysis/results.ts";
import { percent } from "../numbers.ts";
import { minimaTable } from "./minima.ts";
import { described, experimentsText, levelQualifiers, qualifiersOf } from "./qualifiers.ts";
import { type HepdataTable, parameterHeader, type Qualifier } from "./table.ts";

type Level = RegionResult["regions"][number];
type Ring = readonly (readonly [number, number])[];

/**
 * Contours of every level, island by island, holes after the line around them; then the minima. Each contour ends at
 * the point it begins with.
 */
export function regionTables(result: RegionResult): readonly HepdataTable[] {
  const contours = result.regions.flatMap((level, k) => {
    const several = result.regions.length > 1 ? `Level ${k + 1}, ` : "";
    return level.polygons.flatMap(({ outer, holes, open }, i) => {
      const island = `${several}${percent(level.cl)} CL, island ${i + 1}`;
      return [
        contourTable(result, level, outer, island, open ? "outer line, open" : "outer line"),
        ...holes.map((hole, h) => contourTable(result, level, hole, `${island}, hole ${h + 1}`, "hole")),
      ];
    });
  });
  const empty = result.regions.filter((level) => level.polygons.length === 0);
  const note = empty.map((level) => ` Nothing of the region at ${percent(level.cl)} CL lies in the plane.`).join("");
  const names = Object.keys(result.best.parameters);
  const minima = minimaTable(result, names, result.minima, `Best fits of ${experimentsText(result)}.${note}`);
  return [...contours, minima];
}

function contourTable(
  result: RegionResult,
  level: Level,
  ring: Ring,
  name: string,
  part: "outer line" | "outer line, open" | "hole",
): HepdataTable {
  const { plane, window } = result;
  const closed = [...ring, ...ring.slice(0, 1)];
  const what =
    part === "hole"
      ? "Hole of the allowed region: its inside is excluded"
      : `Border of the allowed region, whose inside is allowed${part === "outer line" ? "" : "; where the region goes beyond the window searched, the line follows the window"}`;
  const qualifiers: readonly Qualifier[] = [
    ...levelQualifiers(level),
    { name: "line", value: part },
    ...plane.map((one) => ({ name: `window of ${one}`, value: window[one]!.join(" to ") })),
    ...qualifiersOf(result),
  ];
  return {
    name,
    description: described(
      `${what}, at ${percent(level.cl)} CL in the plane of ${plane.join(" and ")} from ${experimentsText(result)}; points in the order of the line, the last one is the first.`,
      result,
    ),
    observables: ["Confidence region"],
    independent: [{ header: parameterHeader(plane[0]), values: closed.map(([x]) => ({ value: x })) }],
    dependent: [{ header: parameterHeader(plane[1]), qualifiers, values: closed.map(([, y]) => ({ value: y })) }],
  };
}
