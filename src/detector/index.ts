/** Detector response: from recoil energy to counts in cells. */

export { type LogisticAcceptance, logisticAcceptance } from "./efficiency.ts";
export { type Response, type ResponseElement, sharpResponse } from "./response.ts";
