/** Neutrino fluxes: spectrum per flavour, lines and continua. */

export { type Flavour, helicitySign, type Lepton, leptonOf, leptons } from "./flavour.ts";
export type { Flux, FluxComponent, MomentPower } from "./spectrum.ts";
export { michelEndpoint, promptLineEnergy, type StoppedPionSource, stoppedPion } from "./stopped-pion.ts";
