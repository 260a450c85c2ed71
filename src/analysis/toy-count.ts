/** How many toys may be asked for, and how many it takes to say anything. */

import { usageError } from "../errors.ts";
import { CONFIDENCE } from "../statistics/feldman-cousins.ts";
import { decides } from "../statistics/proportion.ts";

const MOST_TOYS = 1e7;

/** @throws NurecoilError (usage) for more toys than anybody can wait for */
export function checkToyCount(count: number): void {
  if (count > MOST_TOYS) throw usageError(`${count} toys are more than ${MOST_TOYS}`, "use fewer --toys");
}

/**
 * A warning when the toys of a tested point cannot exclude it, whatever they say.
 * @param count most toys per point
 * @param cls confidence levels
 * @returns undefined when there are enough
 */
export function fewToys(count: number, cls: readonly number[]): string | undefined {
  const short = cls.map((cl) => ({ cl, needed: toysToExclude(cl) })).filter(({ needed }) => count < needed);
  if (short.length === 0) return undefined;
  const levels = short.map(({ cl, needed }) => `${needed} at ${Number((100 * cl).toPrecision(10))} %`).join(", ");
  return `${count} toys per point are too few to exclude any for certain: it takes at least ${levels}`;
}

/** The fewest toys that exclude a point when none of them has a t as large as that of the data. */
function toysToExclude(cl: number): number {
  // The share of toys without one, cl^n, has to fall below one tail; one less, for what is rounded.
  let toys = Math.max(1, Math.floor(Math.log((1 - CONFIDENCE) / 2) / Math.log(cl)) - 1);
  while (decides(0, toys, 1 - cl, CONFIDENCE) !== "below") toys++;
  return toys;
}
