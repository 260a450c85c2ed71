/** Nuisance parameters of an experiment as an analysis calls them. */

import type { NuisanceDeclaration } from "./nuisance-schema.ts";

export interface ExperimentNuisance {
  /** Without the experiment's id. */
  readonly name: string;
  /** As an analysis calls it: `<experiment>.<name>`, or the name that experiments share. */
  readonly fullName: string;
  readonly kind: "pull" | "normalisation" | "flat";
  /** Relative standard deviation; 1 for shapes, whose templates hold the size; null: not constrained. */
  readonly sigma: number | null;
  /** Components that it scales. */
  readonly components: readonly string[];
  /** Lowest and highest value of a flat one, in `unit`. */
  readonly bounds: readonly [number, number] | null;
  readonly unit: string | null;
  /** Whether it stays at its nominal value unless it is freed or set. */
  readonly held: boolean;
  readonly description: string;
}

/**
 * @param id of the experiment
 * @param uncorrelated whether names that experiments share are given up
 */
export function buildNuisances(
  id: string,
  declarations: readonly NuisanceDeclaration[],
  uncorrelated: boolean,
): readonly ExperimentNuisance[] {
  return [...declarations.map((one) => build(id, one, uncorrelated)), cevnsNormalisation(id)];
}

function build(id: string, one: NuisanceDeclaration, uncorrelated: boolean): ExperimentNuisance {
  const named = {
    name: one.name,
    fullName: (uncorrelated ? undefined : one.shared) ?? `${id}.${one.name}`,
    description: one.description,
    bounds: null,
    unit: null,
    held: false,
  };
  if (one.kind === "onset") {
    return { ...named, kind: "flat", sigma: null, components: [], bounds: one.range, unit: one.unit };
  }
  if (one.kind === "shape") return { ...named, kind: "pull", sigma: 1, components: [] };
  return { ...named, kind: one.kind, sigma: one.sigma, components: one.components };
}

function cevnsNormalisation(id: string): ExperimentNuisance {
  return {
    name: "cevns",
    fullName: `${id}.cevns`,
    kind: "normalisation",
    sigma: null,
    components: ["cevns"],
    bounds: null,
    unit: null,
    held: true,
    description: "CEvNS normalisation: 1 unless freed",
  };
}

/** Free factor of the events of one bin of the first axis, for a background whose rows are fitted. */
export function rowNuisance(id: string, component: string, row: number): ExperimentNuisance {
  const name = `${component}-row-${row}`;
  return {
    name,
    fullName: `${id}.${name}`,
    kind: "normalisation",
    sigma: null,
    components: [],
    bounds: null,
    unit: null,
    held: false,
    description: `events of ${component} in bin ${row} of the first axis, over those counted beside the beam`,
  };
}
