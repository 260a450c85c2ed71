/** Recoil spectra and flux-averaged cross sections, before any detector. */

import { sin2ThetaW } from "../constants.ts";
import { NurecoilError, usageError } from "../errors.ts";
import type { Experiment } from "../experiments/build.ts";
import { helicitySign, leptonOf } from "../flux/flavour.ts";
import type { Flux, FluxComponent } from "../flux/spectrum.ts";
import { type StructureForms, structureForms } from "../interactions/generalized.ts";
import { maximumRecoil, minimumNeutrinoEnergy, momentumTransferPerFm } from "../interactions/kinematics.ts";
import { evaluateForm, factors } from "../interactions/polynomial.ts";
import { type Structure, shapeOf } from "../interactions/structures.ts";
import type { Composition } from "../nuclei/composition.ts";
import { buildFormFactors, type FormFactorChoice } from "../nuclei/form-factors/index.ts";
import type { Isotope } from "../nuclei/isotopes.ts";
import { integrate } from "../numerics/gauss-legendre.ts";
import { crossSectionScale } from "../prediction/fold.ts";
import { version } from "../version.ts";
import { checkFinite } from "./finite.ts";
import { validityNotes } from "./notes.ts";
import { checkNames, nameResolver } from "./parameters.ts";
import type { SpectrumResult } from "./results.ts";
import type { AnalysisSpec } from "./spec.ts";

/** What is hit by what, without a detector. */
export interface SpectrumTarget {
  readonly name: string;
  readonly material: Composition;
  /** Number of nuclei in the order of `material.nuclides`; null: per nucleus and per neutrino/cm^2 of each flavour. */
  readonly nuclei: readonly number[] | null;
  readonly flux: Flux;
  /** Likelihood of the experiment it belongs to, whose target and flux these are. */
  readonly likelihood?: string;
}

/** The target and flux of an experiment. */
export function spectrumTarget(experiment: Experiment): SpectrumTarget {
  return {
    name: experiment.id,
    material: experiment.material,
    nuclei: experiment.nuclei,
    flux: experiment.flux,
    likelihood: experiment.likelihood,
  };
}

/** Number of recoil energies of a spectrum. */
const POINTS = 200;

/**
 * dR/dE_r per flavour and the flux-averaged cross section.
 *
 *     dR/dE_r = sum_a n_a int dE phi(E) dsigma_a/dE_r F_a^2,   <sigma> = int dE_r int dE phi dsigma/dE_r / int dE phi
 *
 * @param target an experiment's, or a material with a flux normalised to one neutrino per cm^2 and flavour
 * @returns rates in events per keV over the exposure (or cm^2/keV per nucleus without one); the mean over nuclei is
 *   weighted by their number
 * @throws NurecoilError (usage) where a parameter is so large that rates are no finite numbers, or for names that are no couplings
 */
export function spectrum(target: SpectrumTarget, spec: AnalysisSpec): SpectrumResult {
  const searched = Object.keys(spec.ranges).map((name) => ({
    message: `range of "${name}": a spectrum searches nothing`,
  }));
  const issues = [...checkNames(Object.keys(spec.parameters), []), ...searched];
  if (issues.length > 0) throw new NurecoilError("usage", issues);
  if (typeof spec.formFactor !== "string" && spec.formFactor !== null && !("model" in spec.formFactor)) {
    throw usageError("form factor without a model");
  }
  const choice: FormFactorChoice =
    spec.formFactor === null
      ? { model: "helm" }
      : typeof spec.formFactor === "string"
        ? { model: spec.formFactor }
        : (spec.formFactor as FormFactorChoice);
  const { material, flux } = target;
  const shares = material.nuclides.map(({ perFormula }) => perFormula);
  const total = shares.reduce((sum, share) => sum + share, 0);
  const nuclei = target.nuclei ?? shares.map((share) => share / total);
  const lightest = Math.min(...material.nuclides.map(({ isotope }) => isotope.mass));
  const highest = Math.max(...flux.components.map((one) => maximumRecoil(one.endpoint, lightest)));
  const recoilKeV = Array.from({ length: POINTS }, (_, k) => ((k + 0.5) / POINTS) * highest * 1e3);
  return {
    format: "nurecoil/spectrum/1",
    version,
    spec: {
      ...spec,
      experiments:
        target.likelihood === undefined
          ? []
          : [{ id: target.name, likelihood: target.likelihood, data: "observed", set: {} }],
      formFactor: spec.formFactor ?? choice.model,
    },
    dof: null,
    notes: [
      ...validityNotes(
        spec,
        material.nuclides.map(({ isotope }) => isotope),
        new Set(Object.keys(spec.parameters)),
        idleCouplings(target, spec),
      ),
      target.nuclei === null
        ? "per nucleus, flux normalised to one neutrino of each flavour"
        : "over the whole exposure, before detector response",
    ],
    target: target.name,
    flux: flux.id,
    formFactor: spec.formFactor ?? choice.model,
    recoil: spec.recoil,
    convention: spec.convention,
    parameters: { ...spec.parameters },
    recoilKeV,
    rateUnit: target.nuclei === null ? "cm2/keVnr" : "1/keVnr",
    flavours: flux.components.map((component) => {
      const fluence = target.nuclei === null ? 1 : component.fluence;
      const perIsotope = material.nuclides.map(({ isotope }) => differentialRate(isotope, component, choice, spec));
      const ends = material.nuclides.map(({ isotope }) => maximumRecoil(component.endpoint, isotope.mass));
      const rateAt = (recoil: number): number =>
        perIsotope.reduce((sum, rate, a) => sum + nuclei[a]! * fluence * rate(recoil), 0);
      const events = perIsotope.reduce(
        (sum, rate, a) =>
          sum +
          nuclei[a]! *
            fluence *
            integrate(rate, 0, ends[a]!, { nodes: 64, breakpoints: kinks(component, material.nuclides[a]!.isotope) }),
        0,
      );
      checkFinite(events, spec.parameters);
      return {
        flavour: component.flavour,
        rate: recoilKeV.map((keV) => rateAt(keV * 1e-3) * 1e-3),
        events,
        crossSectionCm2: events / fluence / nuclei.reduce((sum, n) => sum + n, 0),
      };
    }),
  };
}

/** Couplings of the spec that no flavour on no isotope depends on. */
function idleCouplings({ material, flux }: SpectrumTarget, spec: AnalysisSpec): readonly string[] {
  const acting = new Set<string>();
  for (const { isotope } of material.nuclides) {
    for (const component of flux.components) {
      for (const pieces of Object.values(formsOf(isotope, component, spec))) {
        for (const form of Object.values(pieces))
          for (const key of form.keys()) for (const name of factors(key)) acting.add(name);
      }
    }
  }
  return Object.keys(spec.parameters).filter((name) => !acting.has(name));
}

function formsOf(isotope: Isotope, component: FluxComponent, spec: AnalysisSpec): StructureForms {
  return structureForms({
    isotope,
    lepton: leptonOf(component.flavour),
    convention: spec.convention,
    nameOf: nameResolver(new Set(Object.keys(spec.parameters))),
    sin2ThetaW: sin2ThetaW.value,
    spinResponse: spec.spinResponse as never,
  });
}

function kinks(component: FluxComponent, isotope: Isotope): number[] {
  return component.breakpoints.map((energy) => maximumRecoil(energy, isotope.mass));
}

/** Flux-averaged dsigma/dE_r F^2 of one isotope, cm^2/MeV. */
function differentialRate(
  isotope: Isotope,
  component: FluxComponent,
  choice: FormFactorChoice,
  spec: AnalysisSpec,
): (recoil: number) => number {
  const formFactors = buildFormFactors(choice, isotope);
  const forms = formsOf(isotope, component, spec);
  const sign = helicitySign(component.flavour);
  const terms = Object.entries(forms).flatMap(([structure, pieces]) => {
    const shape = shapeOf(structure as Structure, spec.recoil, sign, isotope.spin);
    return Object.entries(pieces).map(([channel, form]) => ({
      channel,
      shape,
      value: evaluateForm(form, spec.parameters),
    }));
  });
  const scale = crossSectionScale(isotope);
  return (recoil) => {
    const eMin = minimumNeutrinoEnergy(recoil, isotope.mass);
    const i0 = component.moment(0, eMin);
    const i1 = component.moment(1, eMin);
    const i2 = component.moment(2, eMin);
    const q = momentumTransferPerFm(recoil, isotope.mass);
    const fp = formFactors.proton(q);
    const fn = formFactors.neutron(q);
    let sum = 0;
    for (const { channel, shape, value } of terms) {
      if (value === 0) continue;
      const squares = channel === "pp" ? fp * fp : channel === "pn" ? fp * fn : fn * fn;
      const moments =
        shape.one * i0 +
        (shape.t * isotope.mass * recoil * i2) / 2 +
        shape.y * recoil * i1 +
        shape.yy * recoil * recoil * i2;
      sum += value * squares * moments;
    }
    return scale * sum;
  };
}
