/**
 * Generalized interactions: the coefficients of each structure as exact quadratic forms in the couplings in use.
 *
 * Two conventions for the second couplings D:
 * - `B`, Hermitian Lagrangian with Gamma (C + gamma5 D) for V, A and i gamma5 D for S, P, T: a left-handed neutrino
 *   gives xi_V = (C_V - D_A)/N and xi_A = (C_A - D_V)/N, coherent with the standard model. Physical, the default.
 * - `A`, as arXiv:1806.07424 prints it, i gamma5 D everywhere: V^2 = [(C_V + N Q)^2 + D_A^2]/N^2,
 *   xi_A^2 = (C_A^2 + D_V^2)/N^2, V.xi_A = [(C_V + N Q) C_A + D_V D_A]/N^2. Only to reproduce that paper.
 *
 * Both: xi_S^2 = (C_S^2 + D_P^2)/N^2, P^2 = (C_P^2 + D_S^2)/N^2, xi_T^2 = 8 (C_T^2 + D_T^2)/N^2,
 * R = 2 (C_S C_T - C_P C_T + D_S D_T - D_P D_T)/N^2.
 *
 * Vector NSI, standard form -2 sqrt2 G_F eps^{qP}_ab (nubar_a gamma P_L nu_b)(qbar gamma P q) with eps^V = eps^L + eps^R: a
 * vector coupling C_V^q = -2 eps^{qV} and no D_A, in both conventions; an entry without a quark is eps^u = eps^d;
 *
 *     xi_ab = -(2/N) [(2Z+N) eps^u_ab + (Z+2N) eps^d_ab],   V^2 = (Q + xi_aa)^2 + sum_{b != a} xi_ab^2
 *
 * (arXiv:1806.07424 eq. 11, read literally, is twice that.) Entries are real.
 *
 * @source arXiv:1806.07424 eqs. 30-33 (eqs. 31-32 print D_S in xi_S^2, S for T in xi_T^2); NuFact 2021 eq. 2
 */

import { type Lepton, leptons } from "../flux/flavour.ts";
import type { Isotope } from "../nuclei/isotopes.ts";
import { type NuclearCurrent, nuclearCoupling, quarks, type SpinResponse } from "../nuclei/matching.ts";
import { nsiFamilies, nsiName, type QuarkCoupling } from "./couplings.ts";
import { CONSTANT, type Linear, linear, plus, promoted, type Quadratic, times } from "./polynomial.ts";
import type { Structure } from "./structures.ts";

export type Convention = "A" | "B";
export const conventions: readonly Convention[] = ["A", "B"];

/**
 * Which proton and neutron form factors a term carries: F_p^2, F_p F_n or F_n^2.
 */
export type Channel = "pp" | "pn" | "nn";

/**
 * What amplitudes are divided by, and the cross section multiplied by squared: the number of neutrons. Hydrogen has none:
 * there it is 1, and couplings per neutron do nothing.
 */
export function couplingUnit(isotope: Isotope): number {
  return Math.max(isotope.n, 1);
}

/** A nuclear amplitude per neutron, split into what protons and neutrons carry. */
interface Amplitude {
  readonly p: Linear;
  readonly n: Linear;
}

export type StructureForms = Readonly<Partial<Record<Structure, Readonly<Record<Channel, Quadratic>>>>>;

export interface FormInputs {
  readonly isotope: Isotope;
  readonly lepton: Lepton;
  readonly convention: Convention;
  /**
   * Name under which a coupling acts on this flavour: the flavoured name, the bare one, or undefined when the analysis
   * does not use it.
   */
  readonly nameOf: (coupling: string, lepton: Lepton) => string | undefined;
  /** sin^2 theta_W where `sin2_theta_w` is not named by the analysis. */
  readonly sin2ThetaW: number;
  readonly spinResponse?: SpinResponse;
}

/**
 * Coefficients of every structure for one isotope and lepton flavour. xi_S and xi_T enter squared and know no sign; R is
 * made of quark couplings, or is its own number beside them.
 * @returns quadratic forms in the names that `nameOf` gives and the constant; at zero couplings only VV = Q^2 is left,
 *   with Q = 1 - (1 - 4 sin^2 theta_W) Z/N
 */
export function structureForms(inputs: FormInputs): StructureForms {
  const { isotope, convention } = inputs;
  const C = (name: QuarkCoupling, current: NuclearCurrent): Amplitude => fromQuarks(inputs, name, current);
  const C_S = C("C_S", "scalar");
  const xiS = fromNucleus(inputs, "xi_S");
  const D_P = C("D_P", "scalar");
  const C_P = C("C_P", "pseudoscalar");
  const D_S = C("D_S", "pseudoscalar");
  const { lepton } = inputs;
  const C_V = sum(chargeAmplitude(inputs), fromNucleus(inputs, "xi_V"), C("C_V", "vector"), fromNsi(inputs, lepton));
  // Other flavours in the final state do not interfere: each adds its own square.
  const changed = leptons.filter((other) => other !== lepton).map((other) => fromNsi(inputs, other));
  const flavourChange = changed.reduce<Pieces>((total, one) => add(total, product(one, one)), noPieces);
  const D_A = C("D_A", "vector");
  const C_A = sum(isotope.spin === 0 ? none : fromNucleus(inputs, "xi_A"), C("C_A", "axial"));
  const D_V = C("D_V", "axial");
  const C_T = C("C_T", "tensor");
  const D_T = C("D_T", "tensor");

  const tensor = add(product(C_T, C_T), product(D_T, D_T));
  const xiT = fromNucleus(inputs, "xi_T");
  const interference = [
    [C_S, C_T, 2],
    [C_P, C_T, -2],
    [D_S, D_T, 2],
    [D_P, D_T, -2],
  ] as const;
  const R = interference.reduce<Pieces>((total, [a, b, scale]) => add(total, product(a, b), scale), {
    pp: new Map(),
    pn: new Map(),
    nn: promoted(fromNucleus(inputs, "R").n),
  });
  const common = {
    SS: add(product(xiS, xiS), add(product(C_S, C_S), product(D_P, D_P))),
    PP: add(product(C_P, C_P), product(D_S, D_S)),
    TT: add(product(xiT, xiT), tensor, 8),
    R,
  };
  if (convention === "A") {
    return {
      ...common,
      VV: add(add(product(C_V, C_V), product(D_A, D_A)), flavourChange),
      AA: add(product(C_A, C_A), product(D_V, D_V)),
      VA: add(product(C_V, C_A), product(D_V, D_A)),
    };
  }
  const vector = sum(C_V, negated(D_A));
  const axial = sum(C_A, negated(D_V));
  return {
    ...common,
    VV: add(product(vector, vector), flavourChange),
    AA: product(axial, axial),
    VA: product(vector, axial),
  };
}

/**
 * Weak vector charge per neutron, Q = 1 - (1 - 4 sin^2 theta_W) Z/N, with sin2_theta_w as a coupling.
 * arXiv:1806.07424 prints N/Z for Z/N in Table 1 and section 4.2; eq. 9 and NuFact 2021 have this.
 */
function chargeAmplitude({
  isotope,
  lepton,
  nameOf,
  sin2ThetaW,
}: Pick<FormInputs, "isotope" | "lepton" | "nameOf" | "sin2ThetaW">): Amplitude {
  const unit = couplingUnit(isotope);
  const ratio = isotope.z / unit;
  const name = nameOf("sin2_theta_w", lepton);
  const angle: [string, number] = name === undefined ? [CONSTANT, 4 * ratio * sin2ThetaW] : [name, 4 * ratio];
  return { p: linear([CONSTANT, -ratio], angle), n: linear([CONSTANT, isotope.n / unit]) };
}

/**
 * Value of the weak charge per neutron, Q = 1 - (1 - 4 sin^2 theta_W) Z/N.
 * @example weakCharge(findIsotope("133Cs"), 0.2387) is 0.9681
 */
export function weakCharge(isotope: Isotope, sin2ThetaW: number): number {
  const { p, n } = chargeAmplitude({ isotope, lepton: "e", nameOf: () => undefined, sin2ThetaW });
  return (p.get(CONSTANT) ?? 0) + (n.get(CONSTANT) ?? 0);
}

/**
 * Couplings at the level of the nucleus do not say which nucleons they come from; they are normalised per neutron and
 * meet the neutron form factor.
 */
function fromNucleus({ isotope, nameOf, lepton }: FormInputs, coupling: string): Amplitude {
  const name = nameOf(coupling, lepton);
  return name === undefined ? none : { p: linear(), n: linear([name, isotope.n / couplingUnit(isotope)]) };
}

function fromQuarks(inputs: FormInputs, coupling: QuarkCoupling, current: NuclearCurrent): Amplitude {
  const { isotope, lepton, nameOf, spinResponse } = inputs;
  const p: [string, number][] = [];
  const n: [string, number][] = [];
  for (const quark of quarks) {
    const name = nameOf(`${coupling}_${quark}`, lepton);
    if (name === undefined) continue;
    const part = nuclearCoupling(isotope, current, quark, spinResponse);
    p.push([name, part.proton / couplingUnit(isotope)]);
    n.push([name, part.neutron / couplingUnit(isotope)]);
  }
  return { p: linear(...p), n: linear(...n) };
}

/** Vector amplitude of the NSI entries that lead from this flavour to another, or to itself. */
function fromNsi(inputs: FormInputs, other: Lepton): Amplitude {
  const { isotope, lepton, nameOf } = inputs;
  const p: [string, number][] = [];
  const n: [string, number][] = [];
  for (const family of nsiFamilies) {
    const name = nameOf(nsiName(family, lepton, other), lepton);
    if (name === undefined) continue;
    for (const quark of family.quarks) {
      const part = nuclearCoupling(isotope, "vector", quark);
      p.push([name, (-2 * part.proton) / couplingUnit(isotope)]);
      n.push([name, (-2 * part.neutron) / couplingUnit(isotope)]);
    }
  }
  return { p: linear(...p), n: linear(...n) };
}

const none: Amplitude = { p: linear(), n: linear() };

function sum(...amplitudes: readonly Amplitude[]): Amplitude {
  return amplitudes.reduce((a, b) => ({ p: plus(a.p, b.p), n: plus(a.n, b.n) }));
}

function negated({ p, n }: Amplitude): Amplitude {
  return { p: plus(linear(), p, -1), n: plus(linear(), n, -1) };
}

type Pieces = Readonly<Record<Channel, Quadratic>>;

const noPieces: Pieces = { pp: new Map(), pn: new Map(), nn: new Map() };

function product(a: Amplitude, b: Amplitude): Pieces {
  return { pp: times(a.p, b.p), pn: plus(times(a.p, b.n), times(a.n, b.p)), nn: times(a.n, b.n) };
}

function add(a: Pieces, b: Pieces, scale = 1): Pieces {
  return { pp: plus(a.pp, b.pp, scale), pn: plus(a.pn, b.pn, scale), nn: plus(a.nn, b.nn, scale) };
}
