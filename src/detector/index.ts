/** Detector response: from recoil energy to counts in cells. */

export { type LogisticAcceptance, logisticAcceptance } from "./efficiency.ts";
export type { Response, ResponseElement } from "./elements.ts";
export { poissonResponse } from "./poisson-response.ts";
export { buildResponse, sharpResponse } from "./response.ts";
