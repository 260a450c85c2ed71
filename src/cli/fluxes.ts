/** Fluxes that can be named without an experiment: one neutrino of each flavour per cm^2. Another one is an entry here. */

import { buildFlux } from "../experiments/build-flux.ts";
import { inputReader } from "../experiments/build-input.ts";
import type { ParsedExperiment } from "../experiments/parse.ts";
import type { Source } from "../experiments/sources.ts";
import type { Flux } from "../flux/spectrum.ts";
import { stoppedPion } from "../flux/stopped-pion.ts";
import { readShipped } from "../node/experiment-folder.ts";
import { fluxSources } from "../report/citations.ts";

/** Distance at which one neutrino is a fluence of 1/cm^2. */
const unitDistance = 1 / Math.sqrt(4 * Math.PI);

/** Experiment whose tables and fission fractions are those of the flux `reactor`: a power reactor. */
const reactorExperiment = "sbc-lar100-laguna";

export const unitFluxes: Readonly<Record<string, () => Flux>> = {
  "stopped-pion": () => stoppedPion({ protons: 1, yieldPerFlavour: 1, distance: unitDistance }),
  reactor: () => {
    const { parsed, declaration } = readReactor();
    const flux = buildFlux(declaration, parsed, inputReader(parsed), 1);
    return { ...flux, components: flux.components.map((one) => ({ ...one, fluence: 1 })) };
  },
};
export const defaultFlux = "stopped-pion";

/** What a flux of this name rests on: formulas, or tables and inputs of an experiment. */
export function sourcesOfFlux(name: string): readonly Source[] {
  if (name !== "reactor") return fluxSources[name] ?? [];
  const { parsed, declaration } = readReactor();
  const { sources, tables, inputs } = parsed.file;
  const isotopes = Object.values(declaration.isotopes);
  const names = [
    ...isotopes.map(({ table }) => tables[table]!.source),
    tables[declaration.lowEnergy.table]!.source,
    ...isotopes.flatMap(({ energy, fraction }) => [inputs[energy]!.source, inputs[fraction]!.source]),
  ];
  return [...new Set(names)].map((key) => sources[key]!);
}

/** Where numbers of a flux are, if not in its formula. */
export function dataOfFlux(name: string): string | null {
  return name === "reactor" ? `tables and fission fractions of ${reactorExperiment}` : null;
}

function readReactor(): {
  readonly parsed: ParsedExperiment;
  readonly declaration: Extract<ParsedExperiment["file"]["likelihoods"][number]["flux"], { type: "reactor" }>;
} {
  const parsed = readShipped(reactorExperiment);
  const declaration = parsed.file.likelihoods[0]!.flux;
  if (declaration.type !== "reactor") throw new Error(`${reactorExperiment} has no reactor`);
  return { parsed, declaration };
}
