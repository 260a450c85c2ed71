/** Response with Poisson fluctuations of the number of photoelectrons. */

import { logGamma } from "../numerics/gamma.ts";
import { chain } from "./chain.ts";
import type { Response, ResponseElement } from "./elements.ts";

/** Width of a panel in mean photoelectrons: short enough that quadrature sees every Poisson peak. */
const PANEL = 4;
/** Means beyond the last bin that can still fluctuate into it: standard deviations. */
const REACH = 12;

/**
 * A recoil of mean m photoelectrons gives n photoelectrons with probability e^-m m^n/n!. n falls into the
 * bin that holds [n, n + 1) and has the acceptance at n + 1/2.
 * @param edges bin edges in photoelectrons, whole numbers
 * @source data release arXiv:1804.09459: acceptance at the centres of 1-PE bins
 */
export function poissonResponse(elements: readonly ResponseElement[], edges: readonly number[]): Response {
  const { measure, recoilAt, acceptance } = chain(elements);
  const [first, last] = [edges[0]!, edges.at(-1)!];
  const numbers = Array.from({ length: Math.round(last - first) }, (_, k) => first + k);
  const rows = numbers.map((n) => ({
    n,
    cell: edges.findLastIndex((edge) => edge <= n),
    weight: acceptance(n + 0.5),
    logFactorial: logGamma(n + 1),
  }));
  const highest = last + REACH * Math.sqrt(last) + 20;
  const panels = Math.ceil(highest / PANEL);
  return {
    cells: edges.length - 1,
    breakpoints: Array.from({ length: panels + 1 }, (_, k) => recoilAt(k * PANEL)),
    weigh: (recoil, _panel, out) => {
      const mean = measure(recoil);
      const logMean = Math.log(mean);
      out.fill(0);
      for (const { n, cell, weight, logFactorial } of rows) {
        out[cell]! += weight * Math.exp(n * logMean - mean - logFactorial);
      }
      return [0, out.length];
    },
    acceptance,
  };
}
