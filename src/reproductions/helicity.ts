/** Whether neutrinos and antineutrinos are treated alike. */

import type { PreparedAnalysis } from "../analysis/prepare.ts";
import { type SpectrumTarget, spectrum, spectrumTarget } from "../analysis/spectrum.ts";
import { type Flavour, leptonOf } from "../flux/flavour.ts";
import type { FluxComponent } from "../flux/spectrum.ts";

/**
 * Largest relative difference between the flux-averaged cross sections of neutrinos and of antineutrinos that have the
 * same energies: that of the terms V.A and R, which are odd. Over all components of the fluxes, each as it is and as its
 * antiparticles.
 * @param parameters couplings, by flavoured name
 * @returns 0 when the odd terms vanish
 */
export function helicityDifference(
  { experiments, spec }: PreparedAnalysis,
  parameters: Readonly<Record<string, number>>,
): number {
  const choices = { ...spec, parameters: { ...parameters }, ranges: {} };
  const differences = experiments.flatMap((experiment) => {
    const target = spectrumTarget(experiment);
    return target.flux.components.map((component) => {
      const [a, b] = spectrum(withAntiparticles(target, component), choices).flavours.map((one) => one.crossSectionCm2);
      return Math.abs(a! - b!) / Math.max(a!, b!);
    });
  });
  return Math.max(...differences);
}

/** The target under one component of its flux, twice: as neutrinos and as antineutrinos. */
function withAntiparticles(target: SpectrumTarget, component: FluxComponent): SpectrumTarget {
  const lepton = leptonOf(component.flavour);
  const flavours: readonly Flavour[] = lepton === "e" ? ["nu_e", "anti_nu_e"] : ["nu_mu", "anti_nu_mu"];
  return {
    ...target,
    flux: { ...target.flux, components: flavours.map((flavour) => ({ ...component, flavour })) },
  };
}
