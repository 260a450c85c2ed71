/** Detector response: from recoil energy to counts in cells. */

export {
  type LogisticAcceptance,
  logisticAcceptance,
  type ShiftedLogisticAcceptance,
  shiftedLogisticAcceptance,
  type TabulatedAcceptance,
  tabulatedAcceptance,
} from "./efficiency.ts";
export type { GammaPhotoelectrons, Response, ResponseElement } from "./elements.ts";
export { gammaResponse } from "./gamma-response.ts";
export { gaussianResponse } from "./gaussian-response.ts";
export { responseIssues } from "./order.ts";
export { poissonResponse } from "./poisson-response.ts";
export { polynomialQuenching, type QuenchingCoefficients, type RisingQuenching, risingQuenching } from "./quenching.ts";
export { buildResponse, sharpResponse } from "./response.ts";
export { thresholdResponse } from "./threshold-response.ts";
