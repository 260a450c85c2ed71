/** Nuclear form factors. To add one: a file beside this one and a line in the registry. */

import { NurecoilError, suggestion, usageError } from "../../errors.ts";
import type { Isotope } from "../isotopes.ts";
import { fermi } from "./fermi.ts";
import { helm } from "./helm.ts";
import { kleinNystrand } from "./klein-nystrand.ts";
import type { FormFactor, FormFactorModel } from "./model.ts";
import { point } from "./point.ts";

export type { FormFactor, FormFactorModel } from "./model.ts";

export const formFactors: Readonly<Record<string, FormFactorModel>> = {
  helm,
  "klein-nystrand": kleinNystrand,
  fermi,
  point,
};

/**
 * Which form factor protons and neutrons have. A radius (rms, fm) applies to every isotope of the element or isotope it
 * is named for; without one the model's own radius is used.
 */
export interface FormFactorChoice {
  readonly model: string;
  /** rms radii of the proton density, fm, by element (`Cs`) or isotope (`133Cs`). */
  readonly protonRadiiFm?: Readonly<Record<string, number>>;
  readonly neutronRadiiFm?: Readonly<Record<string, number>>;
}

export interface NuclearFormFactors {
  readonly proton: FormFactor;
  readonly neutron: FormFactor;
  /** Whether both are the same function: then templates need not be split. */
  readonly same: boolean;
  readonly protonRadiusFm: number;
  readonly neutronRadiusFm: number;
}

/** @throws NurecoilError (usage) naming the nearest model */
export function findFormFactor(id: string): FormFactorModel {
  const model = Object.hasOwn(formFactors, id) ? formFactors[id] : undefined;
  if (model === undefined) throw usageError(`unknown form factor "${id}"`, suggestion(id, Object.keys(formFactors)));
  return model;
}

/**
 * Form factors of an isotope.
 * @throws NurecoilError (usage) for an unknown model or a radius too small for the model's surface
 * @example buildFormFactors({ model: "helm" }, findIsotope("133Cs")).neutron(0) === 1
 */
export function buildFormFactors(choice: FormFactorChoice, isotope: Isotope): NuclearFormFactors {
  const model = findFormFactor(choice.model);
  const radius = (radii: Readonly<Record<string, number>> | undefined): number =>
    radii?.[isotope.name] ?? radii?.[isotope.symbol] ?? model.defaultRadiusFm(isotope);
  const protonRadiusFm = radius(choice.protonRadiiFm);
  const neutronRadiusFm = radius(choice.neutronRadiiFm);
  const proton = model.withRadius(isotope, protonRadiusFm);
  const neutron = protonRadiusFm === neutronRadiusFm ? proton : model.withRadius(isotope, neutronRadiusFm);
  for (const [name, value, F] of [
    ["proton", protonRadiusFm, proton],
    ["neutron", neutronRadiusFm, neutron],
  ] as const) {
    if (!Number.isFinite(F(0.5)) || value < 0) {
      throw new NurecoilError("usage", [
        {
          message: `${name} rms radius ${value} fm of ${isotope.name} is too small for the ${model.title} form factor`,
        },
      ]);
    }
  }
  return { proton, neutron, same: proton === neutron, protonRadiusFm, neutronRadiusFm };
}
