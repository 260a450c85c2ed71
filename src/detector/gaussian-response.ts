/** Response with a Gaussian resolution of the electron-equivalent energy. */

import { normalTail } from "../numerics/erfc.ts";
import { panels } from "../numerics/gauss-legendre.ts";
import { chain } from "./chain.ts";
import type { Response, ResponseElement } from "./elements.ts";
import { smoothPanels } from "./smooth-panels.ts";

/**
 * A recoil of electron-equivalent energy E_ee is reconstructed with a Gaussian around E_ee of standard deviation
 * width sqrt(E_ee) (E_ee is the true one) and accepted at the reconstructed energy. The acceptance is constant between
 * its edges, so a weight is a sum of differences of the normal distribution function: exact. A recoil without light
 * (E_ee <= 0) is not seen.
 * @param edges bin edges of the reconstructed energy, MeVee, increasing
 * @source data release arXiv:2006.12659
 */
export function gaussianResponse(elements: readonly ResponseElement[], edges: readonly number[]): Response {
  const { width } = elements.find((element) => element.type === "gaussian-resolution") as { readonly width: number };
  const links = chain(elements);
  const { measure, acceptance, breaks } = links;
  const steps = edges.slice(0, -1).flatMap((edge, cell) =>
    panels(edge, edges[cell + 1]!, breaks)
      .map(([low, high]) => ({ cell, low, high, value: acceptance(low) }))
      .filter(({ value }) => value !== 0),
  );
  const lowest = steps[0] === undefined ? Number.POSITIVE_INFINITY : Math.max(steps[0].low, 0);
  return {
    cells: edges.length - 1,
    breakpoints: smoothPanels(links, lowest, edges.at(-1)!, width / 2),
    weigh: (recoil, _panel, out) => {
      const energy = measure(recoil);
      out.fill(Number.isNaN(energy) ? Number.NaN : 0);
      const range = [0, out.length] as const;
      if (!(energy > 0)) return range;
      const sigma = width * Math.sqrt(energy);
      let at = Number.NaN;
      let z = Number.NaN;
      let tail = Number.NaN;
      for (const { cell, low, high, value } of steps) {
        const below = low === at ? z : (low - energy) / sigma;
        const tailBelow = low === at ? tail : normalTail(Math.abs(below));
        at = high;
        z = (high - energy) / sigma;
        tail = normalTail(Math.abs(z));
        // Tails on the same side are subtracted from each other, so that small ones keep their digits.
        const share = below > 0 ? tailBelow - tail : z < 0 ? tail - tailBelow : 1 - tailBelow - tail;
        out[cell]! += value * share;
      }
      return range;
    },
    acceptance,
  };
}
