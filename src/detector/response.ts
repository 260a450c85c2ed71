/**
 * Detector response: which cells an event of a given recoil energy falls into. A response is a list of elements in
 * physical order, from recoil energy to the measured axis.
 */

import { NurecoilError } from "../errors.ts";
import { chain } from "./chain.ts";
import type { Response, ResponseElement } from "./elements.ts";
import { gammaResponse } from "./gamma-response.ts";
import { gaussianResponse } from "./gaussian-response.ts";
import { responseIssues } from "./order.ts";
import { poissonResponse } from "./poisson-response.ts";
import { thresholdResponse } from "./threshold-response.ts";

/**
 * The response that a list of elements describes.
 * @param elements in physical order
 * @param edges bin edges of the measured axis, increasing: photoelectrons, or MeVee where no element gives
 *   photoelectrons; not used above a recoil threshold, which has one cell
 * @throws NurecoilError (usage) for elements that do not go together, see `responseIssues`
 */
export function buildResponse(elements: readonly ResponseElement[], edges: readonly number[]): Response {
  const issues = responseIssues(elements);
  if (issues.length > 0) throw new NurecoilError("usage", issues);
  for (const element of elements) {
    if (element.type === "recoil-threshold") return thresholdResponse(element.energy);
    if (element.type === "gamma-photoelectrons") return gammaResponse(elements, edges);
    if (element.type === "gaussian-resolution") return gaussianResponse(elements, edges);
    if (element.type === "poisson-photoelectrons") return poissonResponse(elements, edges);
  }
  return sharpResponse(elements, edges);
}

/**
 * Response without resolution: recoil energy maps onto the measured axis one to one.
 * @param elements in physical order
 * @param edges bin edges on the measured axis (photoelectrons or MeVee), increasing
 */
export function sharpResponse(elements: readonly ResponseElement[], edges: readonly number[]): Response {
  const { measure, recoilAt, acceptance, breaks } = chain(elements);
  // A threshold inside the bins is a jump that quadrature must not step over.
  const jumps = breaks.filter((x) => x > edges[0]! && x < edges.at(-1)!);
  const measured = [...new Set([...edges, ...jumps])].sort((a, b) => a - b);
  const cellOfPanel = measured.slice(0, -1).map((low) => edges.findLastIndex((edge) => edge <= low));
  return {
    cells: edges.length - 1,
    breakpoints: measured.map(recoilAt),
    weigh: (recoil, panel, out) => {
      const cell = cellOfPanel[panel]!;
      out[cell] = acceptance(measure(recoil));
      return [cell, cell + 1];
    },
    acceptance,
  };
}
