/** Everything that has a name, by kind. To add a kind: a file here and a line in `sections`. */

import { suggestion, usageError } from "../../errors.ts";
import { constants } from "./constants.ts";
import type { Entry, Section } from "./entry.ts";
import { experiments } from "./experiments.ts";
import { fluxes } from "./fluxes.ts";
import { formFactors } from "./form-factors.ts";
import { interactions } from "./interactions.ts";
import { nuclei } from "./nuclei.ts";
import { parameters } from "./parameters.ts";
import { releases } from "./releases.ts";
import { reproductions } from "./reproductions.ts";

export type { Entry, Section } from "./entry.ts";

export const sections: readonly Section[] = [
  experiments,
  interactions,
  nuclei,
  formFactors,
  fluxes,
  parameters,
  constants,
  releases,
  reproductions,
];

/**
 * Everything that is listed under this name (the interaction R and the parameter R are two things), else what exists
 * without being listed.
 * @throws NurecoilError (usage) naming the nearest id
 */
export function findEntries(id: string): readonly { readonly section: string; readonly entry: Entry }[] {
  const listed = sections.flatMap(({ name, entries }) => {
    const entry = entries().find((one) => one.id === id);
    return entry === undefined ? [] : [{ section: name, entry }];
  });
  if (listed.length > 0) return listed;
  for (const { name, find } of sections) {
    const entry = find?.(id);
    if (entry !== undefined) return [{ section: name, entry }];
  }
  const valid = sections.flatMap(({ entries }) => entries().map((one) => one.id));
  throw usageError(`nothing is called "${id}"`, suggestion(id, valid));
}
