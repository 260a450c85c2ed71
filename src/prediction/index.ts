/** Prediction: folds and templates, the exact quadratic form of the events in the couplings. */

export {
  crossSectionScale,
  type FoldedChannels,
  type FoldedShapes,
  type FoldInputs,
  foldShapes,
  foldTarget,
  type TargetFoldInputs,
} from "./fold.ts";
export { type FoldedAt, type FoldedSignal, foldSignal, type SignalFoldInputs, type SignalVariation } from "./signal.ts";
export {
  type FoldedFlavour,
  type FoldedIsotope,
  type Template,
  type TemplateInputs,
  templatesOf,
} from "./templates.ts";
