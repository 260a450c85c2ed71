/**
 * From quark couplings to the nucleus: what one unit of a quark coupling contributes to the nuclear coupling through
 * protons and through neutrons. arXiv:1806.07424 eqs. 14-19.
 */

import { neutronMass, nucleonMatrixElements, protonMass, quarkMasses } from "../constants.ts";
import type { Isotope } from "./isotopes.ts";

export type Quark = "u" | "d";
export const quarks: readonly Quark[] = ["u", "d"];

/** Lorentz structure of the quark current that the nucleus feels. */
export type NuclearCurrent = "scalar" | "vector" | "tensor" | "axial" | "pseudoscalar";

export interface NuclearPart {
  readonly proton: number;
  readonly neutron: number;
}

/**
 * Response of the spin-dependent currents, an explicit input because it needs nuclear structure: the nuclear coupling
 * per unit quark coupling, per isotope. Absent by default, as in arXiv:1806.07424, which drops these currents.
 */
export type SpinResponse = Readonly<
  Record<
    string,
    { readonly axial?: Readonly<Record<Quark, number>>; readonly pseudoscalar?: Readonly<Record<Quark, number>> }
  >
>;

/**
 * Nuclear coupling per unit of a quark coupling.
 *
 *     scalar  Z (m_p/m_q) f_Tq^p + N (m_n/m_q) f_Tq^n
 *     vector  Z (2, 1) + N (1, 2)               for (u, d)
 *     tensor  Z delta_q^p + N delta_q^n
 *     axial, pseudoscalar: the given response, zero without one
 *
 * @returns the part carried by protons and by neutrons: they meet different form factors when radii differ
 * @source arXiv:1806.07424 eq. 19 with eqs. 15-16; vector current conservation
 */
export function nuclearCoupling(
  isotope: Isotope,
  current: NuclearCurrent,
  quark: Quark,
  spinResponse: SpinResponse = {},
): NuclearPart {
  const { z, n } = isotope;
  if (current === "scalar") {
    const f = nucleonMatrixElements.scalar;
    const mass = quarkMasses[quark].value;
    return {
      proton: (z * protonMass.value * f.proton[quark]) / mass,
      neutron: (n * neutronMass.value * f.neutron[quark]) / mass,
    };
  }
  if (current === "vector") {
    return quark === "u" ? { proton: 2 * z, neutron: n } : { proton: z, neutron: 2 * n };
  }
  if (current === "tensor") {
    const delta = nucleonMatrixElements.tensor;
    return { proton: z * delta.proton[quark], neutron: n * delta.neutron[quark] };
  }
  // The response is of the nucleus as a whole; it is folded with the neutron form factor.
  return { proton: 0, neutron: spinResponse[isotope.name]?.[current]?.[quark] ?? 0 };
}
