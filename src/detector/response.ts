/**
 * Detector response: which cells an event of a given recoil energy falls into. A response is a list of elements in
 * physical order, from recoil energy to the measured axis.
 */

import { chain, type Response, type ResponseElement } from "./elements.ts";
import { poissonResponse } from "./poisson-response.ts";

/** The response that a list of elements describes: with photoelectron fluctuations if it holds them. */
export function buildResponse(elements: readonly ResponseElement[], edges: readonly number[]): Response {
  const fluctuates = elements.some((element) => element.type === "poisson-photoelectrons");
  return fluctuates ? poissonResponse(elements, edges) : sharpResponse(elements, edges);
}

/**
 * Response without resolution: recoil energy maps onto the measured axis one to one.
 * @param elements in physical order; the light yield comes first
 * @param edges bin edges on the measured axis (photoelectrons), increasing
 */
export function sharpResponse(elements: readonly ResponseElement[], edges: readonly number[]): Response {
  const { scale, acceptances, acceptance } = chain(elements);
  // A threshold inside the bins is a jump that quadrature must not step over.
  const jumps = acceptances.map((one) => one.threshold).filter((x) => x > edges[0]! && x < edges.at(-1)!);
  const measured = [...new Set([...edges, ...jumps])].sort((a, b) => a - b);
  const cellOfPanel = measured.slice(0, -1).map((low) => edges.findLastIndex((edge) => edge <= low));
  return {
    cells: edges.length - 1,
    breakpoints: measured.map((x) => x / scale),
    weigh: (recoil, panel, out) => {
      const cell = cellOfPanel[panel]!;
      out[cell] = acceptance(recoil * scale);
      return [cell, cell + 1];
    },
    acceptance,
  };
}
