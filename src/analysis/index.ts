/**
 * Analysis: a spec in, a result out. Start with `parseSpec`, `prepare`, then `predict`, `chi2`, `fit`, `scan` or
 * `region`.
 */

export { parameterNames, xiPerUnit } from "./parameters.ts";
export { type ExperimentLibrary, type PreparedAnalysis, prepare } from "./prepare.ts";
export {
  type Chi2Result,
  chi2Schema,
  type FitResult,
  fitSchema,
  type PredictResult,
  predictSchema,
  type RegionResult,
  type ReproduceResult,
  regionSchema,
  reproduceSchema,
  type ScanResult,
  type SpectrumResult,
  scanSchema,
  spectrumSchema,
} from "./results.ts";
export { chi2, fit, levelsOf, type Progress, predict, region, scan } from "./run.ts";
export {
  type AnalysisSpec,
  type ExperimentChoice,
  parseSpec,
  type SpecInput,
  specInputSchema,
  specSchema,
} from "./spec.ts";
export { type SpectrumTarget, spectrum, spectrumTarget } from "./spectrum.ts";
