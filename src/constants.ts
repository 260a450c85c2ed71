/**
 * Physical constants: value, unit, one-sigma uncertainty, source. Internal units are MeV, cm, s, kg.
 * Everything a physicist could set differently (sin^2 theta_W, quark masses, nucleon matrix elements) is an input with
 * its default here.
 */

/** A measured number as it is kept in the project: never a bare literal. */
export interface Quantity {
  readonly value: number;
  readonly unit: string;
  /** One standard deviation, in the same unit; absent when exact or not stated by the source. */
  readonly sigma?: number;
  readonly source: string;
}

const CODATA = "CODATA 2022, arXiv:2409.03787";
const PDG = "Particle Data Group, Phys. Rev. D 110 (2024) 030001";

/** Fermi constant, in MeV^-2. */
export const fermiConstant: Quantity = { value: 1.1663787e-11, unit: "MeV^-2", sigma: 6e-18, source: CODATA };
/** hbar c, in MeV fm: exact since the 2019 SI, shown to ten digits. */
export const hbarC: Quantity = { value: 197.3269804, unit: "MeV fm", source: CODATA };
/** Avogadro constant, exact. */
export const avogadro: Quantity = { value: 6.02214076e23, unit: "1/mol", source: CODATA };
/** Elementary charge, exact: converts MW of reactor power into MeV per second. */
export const elementaryCharge: Quantity = { value: 1.602176634e-19, unit: "C", source: CODATA };
/** Atomic mass unit. */
export const atomicMassUnit: Quantity = { value: 931.49410372, unit: "MeV", sigma: 2.9e-7, source: CODATA };
export const electronMass: Quantity = { value: 0.51099895069, unit: "MeV", sigma: 1.6e-10, source: CODATA };
export const protonMass: Quantity = { value: 938.27208943, unit: "MeV", sigma: 2.9e-7, source: CODATA };
export const neutronMass: Quantity = { value: 939.56542194, unit: "MeV", sigma: 4.8e-7, source: CODATA };
export const muonMass: Quantity = { value: 105.6583755, unit: "MeV", sigma: 2.3e-6, source: CODATA };
export const pionMass: Quantity = { value: 139.57039, unit: "MeV", sigma: 1.8e-4, source: PDG };
export const pionLifetime: Quantity = { value: 26.033e-9, unit: "s", sigma: 5e-12, source: PDG };
export const muonLifetime: Quantity = { value: 2196.9811e-9, unit: "s", sigma: 2.2e-12, source: PDG };

/**
 * Weak mixing angle at low momentum transfer, the default of the parameter `sin2_theta_w`; neither paper prints the value
 * it uses. With the value at the Z mass, 0.2312, the CsI rate falls by 4.4 %.
 */
export const sin2ThetaW: Quantity = {
  value: 0.2387,
  unit: "1",
  sigma: 0.0002,
  source: "low-energy MS-bar value, J. Erler and M. J. Ramsey-Musolf, Phys. Rev. D 72 (2005) 073003",
};

/** Current quark masses: an input of the scalar matching, not printed by arXiv:1806.07424; these fit its conclusions. */
export const quarkMasses = {
  u: { value: 2.2, unit: "MeV", sigma: 0.5, source: "PDG 2016, Chin. Phys. C 40 (2016) 100001" },
  d: { value: 4.7, unit: "MeV", sigma: 0.4, source: "PDG 2016, Chin. Phys. C 40 (2016) 100001" },
} as const satisfies Record<string, Quantity>;

/** Nucleon matrix elements of quark currents, arXiv:1806.07424 eqs. 15-16. */
export const nucleonMatrixElements = {
  /** Scalar: fraction f_Tq of the nucleon mass. */
  scalar: {
    proton: { u: 0.019, d: 0.041 },
    neutron: { u: 0.023, d: 0.034 },
    source: "arXiv:1806.07424 eqs. 15-16, from G. Jungman et al., hep-ph/9506380",
  },
  /** Tensor charges delta_q. */
  tensor: {
    proton: { u: 0.54, d: -0.23 },
    neutron: { u: -0.23, d: 0.54 },
    source: "arXiv:1806.07424 eqs. 15-16, from M. Anselmino et al., arXiv:0812.4366",
  },
} as const;
