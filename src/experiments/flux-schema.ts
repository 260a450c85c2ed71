/**
 * Neutrino fluxes in the experiment format. A new source of neutrinos is one schema here and one line in the union.
 */
import { z } from "zod";
import { inputReference } from "./schema-parts.ts";

const stoppedPionFluxSchema = z
  .strictObject({
    type: z.literal("stopped-pion"),
    protons: inputReference("number", "positive", "Protons on target: the input's name"),
    yield: inputReference("number", "positive", "Neutrinos of each flavour per proton: the input's name"),
    distance: inputReference("length", "positive", "From the target to the detector: the input's name"),
  })
  .describe("Pions and muons decaying at rest: nu_mu, nu_e and anti-nu_mu, yield protons / (4 pi distance^2) of each");

export const fluxSchema = z.discriminatedUnion("type", [stoppedPionFluxSchema]).describe("Neutrinos at the detector");

/** The flux as the file states it. */
export type FluxDeclaration = z.infer<typeof fluxSchema>;
