/** Part of a likelihood: blocks that share profiled nuisances, and the kernel that holds them. */

import type { Kernel } from "../kernel/kernel.ts";
import * as at from "../kernel/layout.ts";
import type { Group } from "./groups.ts";
import type { Block, Nuisance } from "./model.ts";

/** Blocks that share profiled nuisances. Unknowns of the kernel: the couplings, then all nuisances as deviations. */
export interface Part {
  readonly blocks: readonly Block[];
  /** First cell of each block. */
  readonly offsets: readonly number[];
  readonly groups: readonly Group[];
  readonly kernel: Kernel;
  readonly couplings: number;
  readonly nuisances: readonly Nuisance[];
  /** Indices of the nuisances that are profiled here. */
  readonly profiled: readonly number[];
}

/**
 * How the profiled nuisances of a part find their best values: from nominal, where they are when it is called, to their
 * best; returns chi^2 with the profiled constraints.
 */
export type Profile = () => number;

/** Place of a nuisance's deviation in the kernel's memory. */
export function placeOf({ kernel, couplings }: Part, nuisance: number): number {
  return kernel.p[at.M_UNKNOWNS]! + couplings + nuisance;
}

/** Declare which unknowns of a kernel may move. */
export function setFree({ p }: Kernel, unknowns: readonly number[]): void {
  const flags = p[at.P_FREE]!;
  p.fill(0, flags, flags + p[at.UNKNOWNS]!);
  for (const k of unknowns) p[flags + k] = 1;
}
