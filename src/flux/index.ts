/** Neutrino fluxes: spectrum per flavour, lines and continua. */

export { type ArrivalKind, arrivalKind, arrivalShares, type ProtonPulse } from "./arrival.ts";
export { type Flavour, helicitySign, type Lepton, leptonOf, leptons } from "./flavour.ts";
export { type FissionIsotope, type ReactorSource, reactor, type TabulatedSpectrum } from "./reactor.ts";
export type { Flux, FluxComponent, MomentPower } from "./spectrum.ts";
export { michelEndpoint, promptLineEnergy, type StoppedPionSource, stoppedPion } from "./stopped-pion.ts";
export { decayShares, histogramShares, type TimeEfficiency } from "./time-shapes.ts";
