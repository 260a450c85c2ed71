/** Response with a gamma-distributed number of photoelectrons. */

import { gammaTails, logGamma } from "../numerics/gamma.ts";
import { gaussLegendre, panels } from "../numerics/gauss-legendre.ts";
import { type Chain, chain } from "./chain.ts";
import type { GammaPhotoelectrons, Response, ResponseElement } from "./elements.ts";
import { smoothPanels } from "./smooth-panels.ts";

/** Part of a bin inside which the acceptance is smooth. */
interface Piece {
  readonly cell: number;
  readonly low: number;
  readonly high: number;
  /** Acceptance at its lower end. */
  readonly floor: number;
  /** Where its nodes are in the list of all. */
  readonly first: number;
  readonly last: number;
}

const NODES = 12;
/** Standard deviations of the distribution, or lengths of the acceptance, in one panel of photoelectrons. */
const LENGTH = 1;
/** Panels towards 0 photoelectrons, where n^b is not smooth, and how much shorter each is. */
const GRADED = 8;
const GRADING = 1 / 8;

/**
 * A recoil of electron-equivalent energy E_ee gives n photoelectrons with the density
 *
 *     f(n) = (a(1+b))^(1+b)/Gamma(1+b) n^b exp(-a(1+b) n),     a = energyPerPhotoelectron/E_ee,  b = shape E_ee,
 *
 * a gamma distribution of mean 1/a. The acceptance eps is inside the integral over a bin. With P the regularised lower
 * incomplete gamma function P(1+b, a(1+b) n), integrating by parts,
 *
 *     int eps f dn = [eps P] - int eps' P dn = eps(low) [P] + int (eps(n) - eps(low)) f dn
 *
 * over each piece between the jumps of eps: the first term is exact at the edges, the second has an analytic integrand
 * and nodes that are the same for every recoil. A recoil without light (E_ee <= 0) has 0 photoelectrons.
 * @param edges bin edges in photoelectrons, increasing
 * @source data release of arXiv:2110.07730
 */
export function gammaResponse(elements: readonly ResponseElement[], edges: readonly number[]): Response {
  const { energyPerPhotoelectron, shapePerMeV } = elements.find(
    (element) => element.type === "gamma-photoelectrons",
  ) as GammaPhotoelectrons;
  const links = chain(elements);
  const { measure, acceptance } = links;
  const spread = 0.5 / Math.sqrt(shapePerMeV);
  const { pieces, nodes, logs, weights } = cut(links, edges, spread / Math.sqrt(energyPerPhotoelectron));
  const lowest = (pieces[0]?.low ?? Number.POSITIVE_INFINITY) * energyPerPhotoelectron;
  const dark = edges.findLastIndex((edge) => edge <= 0);
  return {
    cells: edges.length - 1,
    breakpoints: smoothPanels(links, lowest, edges.at(-1)! * energyPerPhotoelectron, spread),
    weigh: (recoil, _panel, out) => {
      const energy = measure(recoil);
      out.fill(Number.isNaN(energy) ? Number.NaN : 0);
      const range = [0, out.length] as const;
      if (Number.isNaN(energy)) return range;
      const shape = 1 + shapePerMeV * energy;
      const rate = (energyPerPhotoelectron / energy) * shape;
      if (!(energy > 0 && rate < Number.POSITIVE_INFINITY)) {
        if (dark >= 0 && dark < out.length) out[dark] = acceptance(0);
        return range;
      }
      const logGammaOfShape = logGamma(shape);
      const logNorm = shape * Math.log(rate) - logGammaOfShape;
      let known: { readonly at: number; readonly tails: readonly [number, number] } | undefined;
      for (const { cell, low, high, floor, first, last } of pieces) {
        let sum = 0;
        for (let k = first; k < last; k++) {
          sum += weights[k]! * Math.exp(logNorm + (shape - 1) * logs[k]! - rate * nodes[k]!);
        }
        if (floor !== 0) {
          const below = known?.at === low ? known.tails : gammaTails(shape, rate * low, logGammaOfShape);
          const above = gammaTails(shape, rate * high, logGammaOfShape);
          known = { at: high, tails: above };
          // Above the mean the difference of the upper tails keeps its digits.
          sum += floor * (rate * low > shape ? below[1] - above[1] : above[0] - below[0]);
        }
        out[cell]! += sum;
      }
      return range;
    },
    acceptance,
  };
}

/** Pieces of all bins with an acceptance, and their nodes with weights times eps(n) - eps(low). */
function cut({ acceptance, breaks, scale }: Chain, edges: readonly number[], spread: number) {
  const rule = gaussLegendre(NODES);
  const [nodes, weights]: [number[], number[]] = [[], []];
  const pieces: Piece[] = [];
  for (let cell = 0; cell + 1 < edges.length; cell++) {
    for (const [low, high] of panels(Math.max(edges[cell]!, 0), edges[cell + 1]!, breaks)) {
      const floor = acceptance(low);
      const first = nodes.length;
      for (const [a, b] of panels(low, high, steps(low, high, scale, spread))) {
        const half = (b - a) / 2;
        for (let k = 0; k < NODES; k++) {
          const n = (a + b) / 2 + half * rule.nodes[k]!;
          nodes.push(n);
          weights.push(half * rule.weights[k]! * (acceptance(n) - floor));
        }
      }
      const flat = weights.slice(first).every((weight) => weight === 0);
      if (flat) {
        nodes.length = first;
        weights.length = first;
      }
      if (!flat || floor !== 0) pieces.push({ cell, low, high, floor, first, last: nodes.length });
    }
  }
  const logs = Float64Array.from(nodes, Math.log);
  return { pieces, nodes: Float64Array.from(nodes), logs, weights: Float64Array.from(weights) };
}

/**
 * Where a piece is divided: every length of the acceptance and every standard deviation of n.
 * @param spread standard deviation of sqrt(n)
 */
function steps(low: number, high: number, scale: number, spread: number): readonly number[] {
  const byScale = Math.ceil((high - low) / (LENGTH * scale));
  const bySpread = Math.ceil((Math.sqrt(high) - Math.sqrt(low)) / (LENGTH * spread));
  const count = Math.max(byScale, bySpread, 1);
  const even = Array.from({ length: count }, (_, k) => low + ((high - low) * k) / count);
  if (low > 0) return even;
  const shortest = (high - low) / count;
  return [...even, ...Array.from({ length: GRADED }, (_, k) => shortest * GRADING ** (k + 1))];
}
