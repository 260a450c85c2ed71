/** From stated nuclear couplings, as in the spinor calculation, to the library's door: quark couplings on an isotope. */

import {
  type Convention,
  evaluateForm,
  type Structure,
  type StructureCoefficients,
  structureForms,
} from "../../src/interactions/index.ts";
import {
  type Isotope,
  type NuclearCurrent,
  nuclearCoupling,
  quarks,
  type SpinResponse,
} from "../../src/nuclei/index.ts";

/** Keys C_S, C_P, ..., D_T. */
export type NuclearCouplings = Readonly<Record<string, number>>;

const currentOf: Readonly<Record<string, NuclearCurrent>> = {
  C_S: "scalar",
  C_P: "pseudoscalar",
  C_V: "vector",
  C_A: "axial",
  C_T: "tensor",
  D_S: "pseudoscalar",
  D_P: "scalar",
  D_V: "axial",
  D_A: "vector",
  D_T: "tensor",
};

/** An isotope of N neutrons and mass m on which sin^2 theta_W can be chosen so that the weak charge is `weakCharge`. */
export function isotopeOf(
  mass: number,
  neutrons: number,
  weakCharge: number,
): { isotope: Isotope; sin2ThetaW: number } {
  const z = neutrons === 1 ? 1 : 55;
  const isotope = {
    name: "test",
    symbol: "test",
    z,
    n: neutrons,
    a: z + neutrons,
    atomicMassU: 0,
    mass,
    abundance: 1,
    spin: 0.5,
  };
  // Q = 1 - (1 - 4 s^2) Z/N solved for s^2.
  return { isotope, sin2ThetaW: (1 - ((1 - weakCharge) * neutrons) / z) / 4 };
}

const spinResponse: SpinResponse = { test: { axial: { u: 1.3, d: -0.7 }, pseudoscalar: { u: -2, d: 0.9 } } };

/**
 * Coefficients of every structure for nuclear couplings, through quark couplings of u and d that add up to them.
 * F = 1: the three form-factor channels are summed.
 */
export function coefficientsOf(
  nuclear: NuclearCouplings,
  { isotope, sin2ThetaW }: { isotope: Isotope; sin2ThetaW: number },
  convention: Convention,
): StructureCoefficients {
  const values: Record<string, number> = {};
  for (const [name, coupling] of Object.entries(nuclear)) {
    for (const quark of quarks) {
      const part = nuclearCoupling(isotope, currentOf[name] as NuclearCurrent, quark, spinResponse);
      values[`${name}_${quark}`] = ((quark === "u" ? 0.625 : 0.375) * coupling) / (part.proton + part.neutron);
    }
  }
  return evaluated(
    structureForms({
      isotope,
      lepton: "e",
      convention,
      nameOf: (name) => (name in values ? name : undefined),
      sin2ThetaW,
      spinResponse,
    }),
    values,
  );
}

/** Value of each structure's coefficient, channels weighted by products of form factors (1 without them). */
export function evaluated(
  forms: ReturnType<typeof structureForms>,
  values: Readonly<Record<string, number>>,
  proton = 1,
  neutron = 1,
): StructureCoefficients {
  const weight = { pp: proton * proton, pn: proton * neutron, nn: neutron * neutron };
  const out: Partial<Record<Structure, number>> = {};
  for (const [structure, { pp, pn, nn }] of Object.entries(forms)) {
    out[structure as Structure] =
      weight.pp * evaluateForm(pp, values) +
      weight.pn * evaluateForm(pn, values) +
      weight.nn * evaluateForm(nn, values);
  }
  return out;
}
