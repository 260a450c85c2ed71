/**
 * Analysis: a spec in, a result out. Start with `parseSpec`, `prepare`, then `predict`, `chi2`, `fit`, `scan`,
 * `region`, `toys` or `feldmanCousins`.
 */

export { chi2 } from "./chi2.ts";
export { type DraftOptions, draftRegionSteps } from "./draft.ts";
export { feldmanCousins } from "./feldman-cousins.ts";
export { checkFinite } from "./finite.ts";
export { fit, fitSteps } from "./fit.ts";
export { impacts } from "./impacts.ts";
export { type Kept, keep } from "./kept.ts";
export { minimaSteps, type NamedMinimum } from "./minima.ts";
export { parameterNames, xiPerUnit } from "./parameters.ts";
export { openPoint, type PointPrediction, type PointResult, pointSchema } from "./point.ts";
export { predict } from "./predict.ts";
export { type ExperimentLibrary, type PreparedAnalysis, type PrepareOptions, prepare } from "./prepare.ts";
export { type ProfileOptions, profileOfSteps } from "./profile.ts";
export { levelsOf, type Prepared, type Progress } from "./ready.ts";
export { type RegionOptions, region, regionSteps } from "./region.ts";
export {
  type Chi2Result,
  chi2Schema,
  type FitResult,
  fitSchema,
  type PredictResult,
  type ProfileResult,
  predictSchema,
  profileSchema,
  type RegionResult,
  type ReproduceResult,
  regionSchema,
  reproduceSchema,
  type ScanResult,
  type SpectrumResult,
  scanSchema,
  spectrumSchema,
} from "./results.ts";
export { scan } from "./scan.ts";
export {
  type AnalysisSpec,
  type ExperimentChoice,
  parseSpec,
  type SpecInput,
  specInputSchema,
  specSchema,
} from "./spec.ts";
export { type SpectrumTarget, spectrum, spectrumTarget } from "./spectrum.ts";
export { type FcResult, fcSchema, type ToysResult, toysSchema } from "./toy-results.ts";
export { toys } from "./toys.ts";
export type { ToyWorkers } from "./workers.ts";
