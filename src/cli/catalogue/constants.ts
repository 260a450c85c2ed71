/** Physical constants with unit, uncertainty and source. */

import * as all from "../../constants.ts";
import { constantSources } from "../../report/citations.ts";
import { blocks, columns } from "../../report/columns.ts";
import type { Entry, Section } from "./entry.ts";
import { sourceText } from "./sources.ts";

export const constants: Section = { name: "constants", entries: () => [entry] };

const entry: Entry = {
  id: "constants",
  summary: "physical constants, quark masses, nucleon matrix elements",
  text: () =>
    blocks(columns([["constant", "value", "unit", "sigma", "source"], ...rows()], "<<"), sourceText(constantSources)),
  data: () => ({ ...all }),
  sources: () => constantSources,
};

function rows(): string[][] {
  return quantities(all, "").map(([name, { value, unit, sigma, source }]) => [
    name,
    String(value),
    unit === "1" ? "" : unit,
    sigma === undefined ? "" : String(sigma),
    source,
  ]);
}

/** Everything with value, unit and source, however deep it lies; bare numbers beside a source are dimensionless. */
function quantities(part: object, path: string, source?: string): [string, all.Quantity][] {
  const around = "source" in part && typeof part.source === "string" ? part.source : source;
  return Object.entries(part).flatMap(([key, value]): [string, all.Quantity][] => {
    const name = path === "" ? key : `${path}.${key}`;
    if (typeof value === "number" && around !== undefined) return [[name, { value, unit: "1", source: around }]];
    if (typeof value !== "object" || value === null) return [];
    return "value" in value ? [[name, value as all.Quantity]] : quantities(value, name, around);
  });
}
