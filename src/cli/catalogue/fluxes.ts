/** Neutrino fluxes that can be named without an experiment. */

import type { Flux } from "../../flux/spectrum.ts";
import { blocks, columns } from "../../report/columns.ts";
import { fixed } from "../../report/numbers.ts";
import { dataOfFlux, sourcesOfFlux, unitFluxes } from "../fluxes.ts";
import type { Entry, Section } from "./entry.ts";
import { sourceText } from "./sources.ts";

export const fluxes: Section = {
  name: "fluxes",
  entries: () => Object.values(unitFluxes).map((make) => entryOf(make())),
};

function entryOf(flux: Flux): Entry {
  const sources = sourcesOfFlux(flux.id);
  const data = dataOfFlux(flux.id);
  const flavours = flux.components.map((one) => one.flavour).join(", ");
  const rows = flux.components.map((one) => [
    one.flavour,
    fixed(one.endpoint, 4),
    one.lines.length > 0 ? "line" : "continuum",
  ]);
  return {
    id: flux.id,
    summary: flavours,
    text: () =>
      blocks(
        `${flux.id}: ${flux.source}${data === null ? "" : `\n${data}`}`,
        columns([["flavour", "highest energy [MeV]", "  kind"], ...rows.map(([a, b, c]) => [a!, b!, `  ${c}`])], "<><"),
        sourceText(sources),
      ),
    data: () => ({
      source: flux.source,
      ...(data !== null && { data }),
      components: flux.components.map(({ flavour, endpoint, lines }) => ({ flavour, endpointMeV: endpoint, lines })),
    }),
    sources: () => sources,
  };
}
