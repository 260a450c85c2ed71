/** Prediction: folds and templates, the exact quadratic form of the events in the couplings. */

export { crossSectionScale, type FoldedShapes, type FoldInputs, foldShapes } from "./fold.ts";
export {
  type FoldedFlavour,
  type FoldedIsotope,
  type Template,
  type TemplateInputs,
  templatesOf,
} from "./templates.ts";
