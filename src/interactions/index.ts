/** Interactions: kinematics, the structures of the cross section, and how couplings enter them. */

export { type Coupling, type CouplingName, couplingNames, couplings, readCouplingName } from "./couplings.ts";
export { differentialCrossSection, type Scattering, type StructureCoefficients } from "./cross-section.ts";
export {
  type Channel,
  type Convention,
  conventions,
  type StructureForms,
  structureForms,
  weakCharge,
} from "./generalized.ts";
export { maximumRecoil, minimumNeutrinoEnergy, momentumTransferPerFm } from "./kinematics.ts";
export { evaluateForm, type Linear, type Quadratic } from "./polynomial.ts";
export { type Recoil, recoils, type Shape, type Structure, shapeOf, structures } from "./structures.ts";
