/** Neutron rms radii as parameters: one per target material, a common shift of its isotopes. */

import type { Issue } from "../errors.ts";
import type { Experiment } from "../experiments/build.ts";
import { buildFormFactors, type FormFactorChoice } from "../nuclei/form-factors/index.ts";
import type { AnalysisSpec } from "./spec.ts";

const PREFIX = "R_n_";
/** Search range relative to the nominal radius: every form factor here exists above 0.6 of it. */
const RANGE = [0.6, 1.8] as const;

/** Nodes of the interpolation over the default range: 12 keep 1e-6 of the counts. */
const NODES = 16;

/** Nodes for a range: form factors oscillate with the radius, so a wider one needs more. */
export function radiusNodes([low, high]: readonly [number, number], nominal: number): number {
  return Math.max(NODES, Math.ceil((NODES * (high - low)) / ((RANGE[1] - RANGE[0]) * nominal)));
}

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

/** What is wrong with the radii of a spec: no radius to move, or a grid beyond what templates are made for. */
export function checkRadii(
  spec: AnalysisSpec,
  experiments: readonly Experiment[],
  formFactor: FormFactorChoice,
  named: readonly string[],
): readonly Issue[] {
  const targets = new Map(experiments.map((one) => [radiusName(one), one]));
  return [...targets].flatMap(([name, experiment]): Issue[] => {
    if (!named.includes(name)) return [];
    const nominal = nominalRadius(experiment, formFactor);
    if (!(nominal > 0))
      return [
        { message: `"${name}": a ${formFactor.model} nucleus has no radius`, hint: "choose another form factor" },
      ];
    const [low, high] = radiusRange(name, spec, nominal);
    const limits = `[${low.toPrecision(4)}, ${high.toPrecision(4)}] fm`;
    return spec.grid
      .filter((axis) => axis.name === name && !(axis.low >= low && axis.high <= high))
      .map(() => ({
        message: `the grid of "${name}" leaves its range ${limits}`,
        hint: `--range ${name}=lo:hi sets another`,
      }));
  });
}
