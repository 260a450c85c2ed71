/**
 * Statistics without physics: counts that are quadratic in the parameters, a likelihood that profiles its nuisances,
 * and the questions asked of it.
 *
 * What to use when: `gaussianLikelihood` for measured minus background counts with errors; `findMinima` for the best
 * fits, all of them; `intervalsOf` for one parameter; `regionsOf` for two; `chi2Grid` for a map.
 */

export type { ComponentCounts } from "./account.ts";
export { barrierBetween } from "./barrier.ts";
export { type Basis, chebyshevBasis, morphBasis } from "./basis.ts";
export { chi2Grid, type GridAxis, type GridPoint } from "./grid.ts";
export { type Interval, intervalsOf, intervalsOfSteps, type Segment } from "./interval.ts";
export { gaussianLikelihood, jointLikelihood, poissonLikelihood } from "./joint.ts";
export { chi2Survival, clOfSigma, deltaChi2 } from "./levels.ts";
export type { Likelihood, LikelihoodDetail } from "./likelihood.ts";
export { BARRIER, FLATNESS, findMinima, findMinimaSteps, type Minimum } from "./minima.ts";
export { type LocalMinimum, type MinimumStatus, minimizeFrom } from "./minimize.ts";
export {
  type Block,
  type Change,
  deviationOf,
  type Model,
  type ModelComponent,
  type Nuisance,
  nominalValue,
  type Spread,
  valueOfDeviation,
} from "./model.ts";
export { holding, type Objective, scaledHessian, scales } from "./objective.ts";
export type { Range } from "./plane-grid.ts";

export { contains, type Point, type Polygon, signedArea } from "./polygon.ts";
export { type ProfilePoint, profileAlong, profileAt } from "./profile.ts";
export { contract, type NamedTerm, type QuadraticTerm } from "./quadratic.ts";
export { type Region, type RegionSet, regionsOf, regionsOfSteps } from "./region.ts";
export { complete, type Steps } from "./steps.ts";
