/** Neutron rms radii as parameters: one per target material, a common shift of its isotopes. */

import type { Experiment } from "../experiments/build.ts";
import { buildFormFactors, type FormFactorChoice } from "../nuclei/form-factors/index.ts";
import type { AnalysisSpec } from "./spec.ts";

const PREFIX = "R_n_";
/** Search range relative to the nominal radius: every form factor here exists above 0.6 of it. */
const RANGE = [0.6, 1.8] as const;

/** How the neutron radius of a target is called: `R_n_CsI`, `R_n_Ar`. */
export function radiusName(experiment: Experiment): string {
  return `${PREFIX}${experiment.material.formula}`;
}

export function isRadiusName(name: string): boolean {
  return name.startsWith(PREFIX);
}

/** Mean neutron rms radius of a target's nuclei, fm. */
export function nominalRadius(experiment: Experiment, formFactor: FormFactorChoice): number {
  let [sum, weight] = [0, 0];
  for (const { isotope, perFormula } of experiment.material.nuclides) {
    sum += perFormula * buildFormFactors(formFactor, isotope).neutronRadiusFm;
    weight += perFormula;
  }
  return sum / weight;
}

/** Search range of a radius, fm. */
export function radiusRange(name: string, spec: AnalysisSpec, nominal: number): readonly [number, number] {
  return spec.ranges[name] ?? [RANGE[0] * nominal, RANGE[1] * nominal];
}
