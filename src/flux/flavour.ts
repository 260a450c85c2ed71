/** Neutrino flavours as they arrive at a detector. */

export type Lepton = "e" | "mu" | "tau";
export const leptons: readonly Lepton[] = ["e", "mu", "tau"];

export type Flavour = "nu_e" | "nu_mu" | "anti_nu_mu" | "anti_nu_e";

/** Lepton flavour: couplings of a flavour are shared by neutrino and antineutrino. */
export function leptonOf(flavour: Flavour): Lepton {
  return flavour.endsWith("_e") ? "e" : "mu";
}

/** +1 for neutrinos, -1 for antineutrinos: the sign of the parity-odd terms of the cross section. */
export function helicitySign(flavour: Flavour): 1 | -1 {
  return flavour.startsWith("anti") ? -1 : 1;
}
