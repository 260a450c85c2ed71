/** The flux that a likelihood declares. */

import { usageError } from "../errors.ts";
import { reactor } from "../flux/reactor.ts";
import type { Flux } from "../flux/spectrum.ts";
import { stoppedPion } from "../flux/stopped-pion.ts";
import { toInternal } from "../units.ts";
import type { InputReader } from "./build-input.ts";
import type { ParsedExperiment } from "./parse.ts";
import type { FluxDeclaration } from "./schema.ts";

type ReactorDeclaration = Extract<FluxDeclaration, { type: "reactor" }>;

/**
 * @param scale exposure relative to the released one, where the declaration itself does not hold it
 */
export function buildFlux(flux: FluxDeclaration, parsed: ParsedExperiment, input: InputReader, scale: number): Flux {
  if (flux.type === "stopped-pion") {
    return stoppedPion({
      protons: input(flux.protons) * scale,
      yieldPerFlavour: input(flux.yield),
      distance: input(flux.distance),
    });
  }
  checkFractions(flux, parsed, input);
  const spectrum = (one: { table: string; centre: string; column: string }) => {
    const columns = parsed.tables[one.table]!.columns;
    const unitOf = (name: string): string =>
      parsed.file.tables[one.table]!.columns.find((column) => column.name === name)!.unit;
    return {
      energies: [...columns[one.centre]!].map((value) => toInternal(value, unitOf(one.centre))),
      spectrum: [...columns[one.column]!].map((value) => toInternal(value, unitOf(one.column))),
    };
  };
  return reactor({
    power: input(flux.power),
    liveTime: input(flux.liveTime) * scale,
    distance: input(flux.distance),
    isotopes: Object.entries(flux.isotopes).map(([name, isotope]) => ({
      name,
      fraction: input(isotope.fraction),
      energyPerFission: input(isotope.energy),
      ...spectrum(isotope),
    })),
    lowEnergy: { ...spectrum(flux.lowEnergy), below: input(flux.lowEnergy.below) },
  });
}

function checkFractions(flux: ReactorDeclaration, parsed: ParsedExperiment, input: InputReader): void {
  const names = Object.values(flux.isotopes).map(({ fraction }) => fraction);
  const sum = names.reduce((total, name) => total + input(name), 0);
  // Looser than the rounding of a sum, far tighter than any misprint.
  if (Math.abs(sum - 1) < 1e-9) return;
  throw usageError(
    `${parsed.file.id}: fission fractions sum to ${Number(sum.toPrecision(12))}, not to 1`,
    `set all of ${names.join(", ")}`,
  );
}
