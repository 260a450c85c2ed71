/** Nuclei: isotopes, target materials, form factors, and the matching of quark couplings to the nucleus. */

export { type Composition, composition, type Nuclide, targetNuclei } from "./composition.ts";
export {
  buildFormFactors,
  type FormFactor,
  type FormFactorChoice,
  type FormFactorModel,
  findFormFactor,
  formFactors,
  type NuclearFormFactors,
} from "./form-factors/index.ts";
export { isotopeSources } from "./isotope-data.ts";
export { findIsotope, type Isotope, isotopes, isotopesOf } from "./isotopes.ts";
export {
  type NuclearCurrent,
  type NuclearPart,
  nuclearCoupling,
  type Quark,
  quarks,
  type SpinResponse,
} from "./matching.ts";
