/**
 * Events of one bin the long way: the plain differential cross section integrated over recoil energy and then over
 * neutrino energy. Nothing of it goes through moments of the flux, shapes or templates.
 */

import type { FluxComponent } from "../../src/flux/index.ts";
import {
  differentialCrossSection,
  maximumRecoil,
  minimumNeutrinoEnergy,
  type Recoil,
  type StructureCoefficients,
} from "../../src/interactions/index.ts";
import type { Isotope } from "../../src/nuclei/index.ts";
import { integrate } from "../../src/numerics/gauss-legendre.ts";

export interface DirectInputs {
  readonly isotope: Isotope;
  readonly flux: FluxComponent;
  readonly sign: 1 | -1;
  readonly recoilForm: Recoil;
  /** Coefficients with the form factors at this momentum transfer (1/fm) in them. */
  readonly coefficients: (qPerFm: number) => StructureCoefficients;
  readonly acceptance: (recoil: number) => number;
  /** Recoil energies of the bin, MeV. */
  readonly low: number;
  readonly high: number;
}

/** Events per nucleus and per neutrino/cm^2 in the bin. */
export function directEvents(inputs: DirectInputs): number {
  const { isotope, flux, sign, recoilForm, coefficients, acceptance, low, high } = inputs;
  const { mass, n, spin } = isotope;
  const atEnergy = (energy: number): number => {
    const scattering = { mass, neutrons: n, spin, energy, sign, recoilForm };
    const rate = (recoil: number): number => {
      const q = Math.sqrt(2 * mass * recoil) / 197.3269804;
      return acceptance(recoil) * differentialCrossSection(coefficients(q), scattering, recoil);
    };
    return integrate(rate, low, Math.min(high, maximumRecoil(energy, mass)), { nodes: 12 });
  };
  const lines = flux.lines.reduce((sum, line) => sum + line.weight * atEnergy(line.energy), 0);
  // The integral over recoil is smooth in E except where an edge of the bin comes into reach.
  const edges = [low, high].map((edge) => minimumNeutrinoEnergy(edge, mass));
  const continuum = (energy: number): number => flux.density(energy) * atEnergy(energy);
  const smooth = flux.density(flux.endpoint / 2) > 0;
  return (
    lines + (smooth ? integrate(continuum, edges[0] as number, flux.endpoint, { nodes: 12, breakpoints: edges }) : 0)
  );
}
