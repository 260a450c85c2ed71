/**
 * Analysis: a spec in, a result out. Start with `parseSpec`, `prepare`, then `predict`, `chi2`, `fit`, `scan`,
 * `region`, `toys` or `feldmanCousins`.
 */

export { chi2 } from "./chi2.ts";
export { feldmanCousins } from "./feldman-cousins.ts";
export { fit } from "./fit.ts";
export { impacts } from "./impacts.ts";
export { parameterNames, xiPerUnit } from "./parameters.ts";
export { predict } from "./predict.ts";
export { type ExperimentLibrary, type PreparedAnalysis, prepare } from "./prepare.ts";
export { levelsOf, type Prepared, type Progress } from "./ready.ts";
export { region } from "./region.ts";
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
