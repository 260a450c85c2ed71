/** Whether chosen experiments have the uncertainty of a flux in common. */

import type { Facts } from "../desk/facts.ts";

type Shared = Pick<Facts, "id" | "shared">;

/** Why experiments have no uncertainty in common; null: some have. */
export function aloneBecause(chosen: readonly string[], facts: readonly Shared[]): string | null {
  if (chosen.length < 2) return "One experiment alone has nothing in common with others";
  const names = facts.filter(({ id }) => chosen.includes(id)).flatMap(({ shared }) => [...new Set(shared)]);
  if (new Set(names).size < names.length) return null;
  return "The likelihoods chosen have no flux uncertainty in common";
}
