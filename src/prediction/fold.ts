/**
 * The fold: flux x cross section x form factor x response, integrated over recoil energy in every cell.
 *
 * The shapes are polynomials in t = m E_r/(2 E^2) and y = E_r/E, so the integral over neutrino energy is a moment of
 * the flux and only four integrals over recoil energy are needed; every structure of the cross section is a
 * combination of them.
 */

import { fermiConstant } from "../constants.ts";
import type { Response } from "../detector/elements.ts";
import type { FluxComponent } from "../flux/spectrum.ts";
import { cm2PerInverseMeV2 } from "../interactions/cross-section.ts";
import { type Channel, couplingUnit } from "../interactions/generalized.ts";
import { maximumRecoil, minimumNeutrinoEnergy, momentumTransferPerFm } from "../interactions/kinematics.ts";
import type { Shape } from "../interactions/structures.ts";
import type { NuclearFormFactors } from "../nuclei/form-factors/index.ts";
import type { Isotope } from "../nuclei/isotopes.ts";
import { gaussLegendre, panels } from "../numerics/gauss-legendre.ts";

/** Events per cell of each piece of a shape, for one isotope, flux component and form-factor channel. */
export type FoldedShapes = Readonly<Record<keyof Shape, Float64Array>>;

export interface FoldInputs {
  readonly isotope: Isotope;
  /** Number of target nuclei of this isotope. */
  readonly nuclei: number;
  readonly formFactors: NuclearFormFactors;
  readonly flux: FluxComponent;
  readonly response: Response;
  /** Gauss-Legendre nodes per panel. */
  readonly nodes?: number;
}

/** A whole target in a whole flux: the response, which costs most, is asked once for each recoil energy. */
export interface TargetFoldInputs {
  readonly nuclides: readonly { readonly isotope: Isotope; readonly nuclei: number }[];
  readonly fluxes: readonly FluxComponent[];
  readonly response: Response;
  /** Form factors of each nuclide, one list per choice of them. */
  readonly formFactors: readonly (readonly NuclearFormFactors[])[];
  readonly nodes?: number;
}

/** Folded shapes by channel. */
export type FoldedChannels = Readonly<Partial<Record<Channel, FoldedShapes>>>;

/** Nodes per panel: the integrand is analytic inside a panel, 24 nodes reach 1e-12 for panels of a few keV. */
const DEFAULT_NODES = 24;

/** Prefactor of the cross section, G_F^2/(4 pi) m N^2, in cm^2/MeV. */
export function crossSectionScale(isotope: Isotope): number {
  const strength = (fermiConstant.value * fermiConstant.value) / (4 * Math.PI);
  return strength * isotope.mass * couplingUnit(isotope) ** 2 * cm2PerInverseMeV2;
}

/**
 * Integrals of one isotope and one flux component:
 *
 *     n_a Phi G_F^2/(4 pi) m N^2  int dE_r w_i(E_r) F_c^2(q^2) { I_0, (m E_r/2) I_2, E_r I_1, E_r^2 I_2 },
 *     I_k(E_r) = int_{E_min(E_r)} phi(E) E^-k dE,     w_i: probability to be counted in cell i
 *
 * for the pieces one, t, y, yy of a shape. The form factor enters once, squared (arXiv:1806.07424 eqs. 5 and 9 both
 * print F^2; eq. 22 prints F).
 * @returns per channel (`nn` alone when protons and neutrons share a form factor: it then stands for all three)
 * @source arXiv:1806.07424 eq. 5
 */
export function foldShapes({ isotope, nuclei, formFactors, flux, ...rest }: FoldInputs): FoldedChannels {
  return foldTarget({
    ...rest,
    nuclides: [{ isotope, nuclei }],
    fluxes: [flux],
    formFactors: [[formFactors]],
  })[0]![0]![0]!;
}

/** Sums of one nuclide in one flux component: for every choice of form factors, the shapes of its channels. */
interface Pair {
  readonly flux: FluxComponent;
  readonly endpoint: number;
  readonly scale: number;
  readonly sums: readonly (readonly Record<keyof Shape, Float64Array>[])[];
}

/** A nuclide in all fluxes: kinematics and form factors are those of the nuclide. */
interface Target {
  readonly mass: number;
  readonly choices: readonly NuclearFormFactors[];
  /** Squared form factors at the present node, per choice and channel. */
  readonly squares: readonly Float64Array[];
  readonly pairs: readonly Pair[];
}

/**
 * The integrals of `foldShapes` for every choice of form factors, flux component and nuclide, in this order.
 */
export function foldTarget(inputs: TargetFoldInputs): readonly (readonly (readonly FoldedChannels[])[])[] {
  const { nuclides, fluxes, response, formFactors } = inputs;
  const rule = gaussLegendre(inputs.nodes ?? DEFAULT_NODES);
  const targets = nuclides.map(({ isotope, nuclei }, a): Target => {
    const choices = formFactors.map((choice) => choice[a]!);
    return {
      mass: isotope.mass,
      choices,
      squares: choices.map((choice) => new Float64Array(channelsOf(choice).length)),
      pairs: fluxes.map((flux) => ({
        flux,
        endpoint: maximumRecoil(flux.endpoint, isotope.mass),
        scale: nuclei * flux.fluence * crossSectionScale(isotope),
        sums: choices.map((choice) => channelsOf(choice).map(() => emptyShapes(response.cells))),
      })),
    };
  });
  const kinks = targets.flatMap(({ mass, pairs }) =>
    pairs.flatMap(({ flux, endpoint }) => [...flux.breakpoints.map((energy) => maximumRecoil(energy, mass)), endpoint]),
  );
  const farthest = Math.max(...targets.flatMap(({ pairs }) => pairs.map(({ endpoint }) => endpoint)));
  const weights = new Float64Array(response.cells);
  for (let panel = 0; panel + 1 < response.breakpoints.length; panel++) {
    const low = response.breakpoints[panel]!;
    const high = Math.min(response.breakpoints[panel + 1]!, farthest);
    for (const [a, b] of panels(low, high, kinks)) {
      const half = (b - a) / 2;
      const middle = (a + b) / 2;
      for (let k = 0; k < rule.nodes.length; k++) {
        const recoil = middle + half * rule.nodes[k]!;
        const [first, last] = response.weigh(recoil, panel, weights);
        for (const target of targets) addNode(target, recoil, half, rule.weights[k]!, weights, first, last);
      }
    }
  }
  return formFactors.map((_, v) =>
    fluxes.map((_, f) =>
      targets.map(({ choices, pairs }) => {
        const shapes = pairs[f]!.sums[v]!;
        return Object.fromEntries(channelsOf(choices[v]!).map((channel, c) => [channel, shapes[c]!]));
      }),
    ),
  );
}

/** Adds a quadrature node of weight half x weight to the sums of a nuclide. */
function addNode(
  { mass, choices, squares, pairs }: Target,
  recoil: number,
  half: number,
  weight: number,
  weights: Float64Array,
  first: number,
  last: number,
): void {
  const q = momentumTransferPerFm(recoil, mass);
  for (let v = 0; v < choices.length; v++) squareInto(squares[v]!, choices[v]!, q);
  const eMin = minimumNeutrinoEnergy(recoil, mass);
  const halfMass = mass / 2;
  for (const { flux, endpoint, scale, sums } of pairs) {
    if (recoil > endpoint) continue;
    const i0 = flux.moment(0, eMin);
    const i1 = flux.moment(1, eMin) * recoil;
    const i2 = flux.moment(2, eMin) * recoil;
    for (let v = 0; v < sums.length; v++) {
      const shapes = sums[v]!;
      for (let c = 0; c < shapes.length; c++) {
        const { one, t, y, yy } = shapes[c]!;
        const common = scale * half * weight * squares[v]![c]!;
        for (let cell = first; cell < last; cell++) {
          const w = common * weights[cell]!;
          one[cell]! += w * i0;
          t[cell]! += w * i2 * halfMass;
          y[cell]! += w * i1;
          yy[cell]! += w * i2 * recoil;
        }
      }
    }
  }
}

/** Squared form factors at q, in the order of the channels. */
function squareInto(out: Float64Array, { same, proton, neutron }: NuclearFormFactors, q: number): void {
  const fn = neutron(q);
  if (same) {
    out[0] = fn * fn;
    return;
  }
  const fp = proton(q);
  out[0] = fp * fp;
  out[1] = fp * fn;
  out[2] = fn * fn;
}

function channelsOf({ same }: NuclearFormFactors): readonly Channel[] {
  return same ? ["nn"] : ["pp", "pn", "nn"];
}

function emptyShapes(cells: number): Record<keyof Shape, Float64Array> {
  const zeros = (): Float64Array => new Float64Array(cells);
  return { one: zeros(), t: zeros(), y: zeros(), yy: zeros() };
}
