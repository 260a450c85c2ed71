/** The account of a point: what each component and each block contributes. */

import { plainKernel } from "../kernel/kernel.ts";
import { LOWEST } from "../kernel/lanes.ts";
import * as at from "../kernel/layout.ts";
import { flatten } from "./flatten.ts";
import { groupOf } from "./groups.ts";
import { limitsOf } from "./limits.ts";
import type { Model } from "./model.ts";
import type { Part } from "./part.ts";

export interface ComponentCounts {
  readonly block: string;
  readonly name: string;
  readonly flavour: string | null;
  readonly counts: Float64Array;
}

/** chi^2 of the data of each block, at the expected counts of the kernels. */
export function contributionsOf({ blocks }: Model, parts: readonly Part[]): Record<string, number> {
  const sums: Record<string, number> = Object.fromEntries(blocks.map(({ id }) => [id, 0]));
  for (const part of parts) {
    const { p, m } = part.kernel;
    part.blocks.forEach(({ id, observed, sigma, statistics }, b) => {
      observed.forEach((n, i) => {
        const mu = m[p[at.M_MU]! + part.offsets[b]! + i]!;
        if (statistics === "gaussian") sums[id]! += ((n - mu) / sigma[i]!) ** 2;
        else {
          const expected = Math.max(mu, LOWEST);
          sums[id]! += 2 * (expected - n + (n > 0 ? n * Math.log(n / expected) : 0));
        }
      });
    });
  }
  return sums;
}

/** Rows cut at zero and Poisson predictions cut from below. */
export function clippedIn({ kernel: { p, m }, blocks, offsets }: Part): number {
  return blocks.reduce((sum, { statistics, observed }, b) => {
    if (statistics === "gaussian") return sum;
    const first = p[at.M_MU]! + offsets[b]!;
    return sum + m.subarray(first, first + observed.length).reduce((cut, mu) => cut + (mu < LOWEST ? 1 : 0), 0);
  }, p[at.CUTS]!);
}

/**
 * Every component of a model with a kernel of its own, to be asked at many points.
 * @returns counts of every component at the couplings and deviations given
 */
export function componentCounts(model: Model): (x: ArrayLike<number>, deviations: Float64Array) => ComponentCounts[] {
  const { blocks, nuisances, couplings } = model;
  const index = new Map(nuisances.map((one, k) => [one.name, k]));
  const limits = limitsOf(model);
  const all = blocks.flatMap((block, b) =>
    block.components.map((component) => {
      const groups = [{ group: groupOf(component, b, index), cell: 0 }];
      const kernel = plainKernel(
        flatten({ blocks: [block], groups, couplings: couplings.length, nuisances, constrained: [], ...limits }),
      );
      return { block, component, kernel };
    }),
  );
  return (x, deviations) =>
    all.map(({ block, component: { name, flavour }, kernel }) => {
      const { p, m } = kernel;
      couplings.forEach((_, i) => {
        m[p[at.M_UNKNOWNS]! + i] = x[i]!;
      });
      m.set(deviations, p[at.M_UNKNOWNS]! + couplings.length);
      kernel.predict();
      const mu = p[at.M_MU]!;
      return { block: block.id, name, flavour, counts: m.slice(mu, mu + block.observed.length) };
    });
}
