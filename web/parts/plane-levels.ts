/** What the levels of a plane mean, in words. */

import type { RegionResult } from "nurecoil/analysis";

type Levels = Pick<RegionResult, "dof"> & {
  readonly regions: readonly Pick<RegionResult["regions"][number], "cl" | "deltaChi2">[];
};

/**
 * "2 degrees of freedom: 68 % is Δχ² < 2.28, 90 % 4.61", the lowest level first.
 * @param brief for one line: "2 dof"
 */
export function levelsText({ dof, regions }: Levels, brief = false): string {
  const [first, ...others] = [...regions].sort((a, b) => a.cl - b.cl);
  if (first === undefined) return "";
  const degrees = brief ? `${dof} dof` : `${dof} ${dof === 1 ? "degree" : "degrees"} of freedom`;
  return [
    `${degrees}: ${percent(first.cl)} is Δχ² < ${first.deltaChi2.toFixed(2)}`,
    ...others.map(({ cl, deltaChi2 }) => `${percent(cl)} ${deltaChi2.toFixed(2)}`),
  ].join(", ");
}

/** A confidence level: 0.9 is "90 %". */
export function percent(cl: number): string {
  return `${Number((100 * cl).toPrecision(4))} %`;
}
