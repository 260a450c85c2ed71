/**
 * Neutrino fluxes in the experiment format. A new source of neutrinos is one schema here and one line in the union.
 */
import { z } from "zod";
import { inputReference, referenceTo } from "./schema-parts.ts";

const stoppedPionFluxSchema = z
  .strictObject({
    type: z.literal("stopped-pion"),
    protons: inputReference("number", "positive", "Protons on target: the input's name"),
    yield: inputReference("number", "positive", "Neutrinos of each flavour per proton: the input's name"),
    distance: inputReference("length", "positive", "From the target to the detector: the input's name"),
  })
  .describe("Pions and muons decaying at rest: nu_mu, nu_e and anti-nu_mu, yield protons / (4 pi distance^2) of each");

const fissionIsotopeSchema = z
  .strictObject({
    fraction: inputReference("number", "non-negative", "Share of the fissions: the input's name"),
    energy: inputReference("energy", "positive", "Thermal energy per fission: the input's name"),
    table: referenceTo("tables", "Table of the antineutrino spectrum"),
    centre: referenceTo("columns", "Column of antineutrino energies"),
    column: referenceTo("columns", "Column of antineutrinos per MeV and fission"),
  })
  .describe("One fissile isotope");

const reactorFluxSchema = z
  .strictObject({
    type: z.literal("reactor"),
    power: inputReference("power", "positive", "Thermal power: the input's name"),
    distance: inputReference("length", "positive", "From the core to the detector: the input's name"),
    liveTime: inputReference("time", "positive", "Time of data taking: the input's name"),
    isotopes: z.record(z.string(), fissionIsotopeSchema).describe("Fissile isotopes; their fractions sum to 1"),
    lowEnergy: z
      .strictObject({
        table: referenceTo("tables", "Table of the spectrum of all isotopes together"),
        centre: referenceTo("columns", "Column of antineutrino energies"),
        column: referenceTo("columns", "Column of antineutrinos per MeV and fission"),
        below: inputReference("energy", "positive", "Energy below which it is used: the input's name"),
      })
      .describe("Spectrum below the reach of the isotopes' tables"),
  })
  .describe(
    "Antineutrinos of a reactor: power / (sum of fraction x energy) fissions per second, over 4 pi distance^2; between points the logarithm of the spectrum is linear",
  );

export const fluxSchema = z
  .discriminatedUnion("type", [stoppedPionFluxSchema, reactorFluxSchema])
  .describe("Neutrinos at the detector");

/** The flux as the file states it. */
export type FluxDeclaration = z.infer<typeof fluxSchema>;
