/** The statistical model of one or more data sets: cells of counts, components that add up, nuisances that move them. */

import type { Basis } from "./basis.ts";
import type { QuadraticTerm } from "./quadratic.ts";

/**
 * A nuisance parameter. `pull`: value in units of its sigma, nominal 0, components that it scales go by
 * 1 + sigma x value. `normalisation`: the value is the factor itself, nominal 1. `flat`: a quantity with its own unit,
 * nominal 0, equally likely between its bounds. `sigma` null: no constraint.
 */
export interface Nuisance {
  readonly name: string;
  readonly kind: "pull" | "normalisation" | "flat";
  readonly sigma: number | null;
  /** Of a flat one. */
  readonly bounds?: readonly [number, number];
}

/** What a nuisance adds to a component: sum over basis functions of b_j(nuisance) x terms_j. */
export interface Change {
  readonly nuisance: string;
  readonly basis: Basis;
  /** One set of terms per basis function. */
  readonly terms: readonly (readonly QuadraticTerm[])[];
}

/** Shares over which each row of a component is spread: cell = row x width + bin. */
export interface Spread {
  readonly shares: Float64Array;
  readonly changes: readonly {
    readonly nuisance: string;
    readonly basis: Basis;
    readonly shares: readonly Float64Array[];
  }[];
}

export interface ModelComponent {
  readonly name: string;
  readonly flavour: string | null;
  /** Counts in the block's cells, or in its rows where there is a spread. */
  readonly terms: readonly QuadraticTerm[];
  /** Names of the nuisances whose factors multiply it. */
  readonly nuisances: readonly string[];
  readonly changes?: readonly Change[];
  readonly spread?: Spread;
}

export interface Block {
  /** Experiment it belongs to. */
  readonly id: string;
  readonly statistics?: "gaussian" | "poisson";
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
  return nuisance.kind === "normalisation" ? 1 : 0;
}

/** Deviation from nominal in units of sigma (in its own unit when unconstrained). */
export function deviationOf(nuisance: Nuisance, value: number): number {
  return (value - nominalValue(nuisance)) / unitOf(nuisance);
}

/** Inverse of `deviationOf`. */
export function valueOfDeviation(nuisance: Nuisance, deviation: number): number {
  return nominalValue(nuisance) + deviation * unitOf(nuisance);
}

/** What one unit of deviation is in terms of the value. */
export function unitOf(nuisance: Nuisance): number {
  return nuisance.kind === "normalisation" ? (nuisance.sigma ?? 1) : 1;
}
