/** The statistical model of one or more data sets: cells of counts, components that add up, nuisances that scale them. */

import type { QuadraticTerm } from "./quadratic.ts";

/**
 * A nuisance parameter. `pull`: value in units of its sigma, nominal 0, its components scale by 1 + sigma x value.
 * `normalisation`: the value is the factor itself, nominal 1. `sigma` null: no constraint.
 */
export interface Nuisance {
  readonly name: string;
  readonly kind: "pull" | "normalisation";
  readonly sigma: number | null;
}

export interface ModelComponent {
  readonly name: string;
  readonly flavour: string | null;
  readonly terms: readonly QuadraticTerm[];
  /** Names of the nuisances whose factors multiply it. */
  readonly nuisances: readonly string[];
}

export interface Block {
  /** Experiment it belongs to. */
  readonly id: string;
  readonly observed: Float64Array;
  /** Gaussian error of each cell. */
  readonly sigma: Float64Array;
  readonly components: readonly ModelComponent[];
}

export interface Model {
  /** Free couplings, the order that the terms' indices mean. */
  readonly couplings: readonly string[];
  readonly nuisances: readonly Nuisance[];
  readonly blocks: readonly Block[];
}

/** Nominal value of a nuisance in its own terms. */
export function nominalValue(nuisance: Nuisance): number {
  return nuisance.kind === "pull" ? 0 : 1;
}

/** Deviation from nominal in units of sigma (in units of the nominal factor when unconstrained). */
export function deviationOf(nuisance: Nuisance, value: number): number {
  return nuisance.kind === "pull" ? value : (value - 1) / (nuisance.sigma ?? 1);
}

/** Inverse of `deviationOf`. */
export function valueOfDeviation(nuisance: Nuisance, deviation: number): number {
  return nuisance.kind === "pull" ? deviation : 1 + deviation * (nuisance.sigma ?? 1);
}
