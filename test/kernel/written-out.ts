/**
 * Expected counts and chi^2 of a model written out cell by cell, in jets, which know their derivatives and their rounding.
 */

import type { Group } from "../../src/statistics/groups.ts";
import type { QuadraticTerm } from "../../src/statistics/index.ts";
import { add, apply, constant, type Jet, multiply, variable } from "./jets.ts";
import type { MixedModel } from "./mixed-models.ts";

/** Coefficients of T_0 to T_4 by power. */
const POWERS: readonly (readonly number[])[] = [[1], [0, 1], [-1, 0, 2], [0, -3, 0, 4], [1, 0, -8, 0, 8]];

function chebyshev(u: Jet, order: number, [low, high]: readonly [number, number]): Jet {
  const half = (high - low) / 2;
  const x = add(multiply(u, constant(1 / half)), constant(-(low + high) / (high - low)));
  let power = constant(1);
  let sum = constant(0);
  for (const coefficient of POWERS[order]!) {
    sum = add(sum, multiply(constant(coefficient), power));
    power = multiply(power, x);
  }
  return sum;
}

/** s, and s^2 that goes on as a straight line beyond 1 sigma. */
function morph(s: Jet, j: number): Jet {
  if (j === 0) return s;
  if (Math.abs(s.value) <= 1) return multiply(s, s);
  return add(multiply(constant(2 * Math.sign(s.value)), s), constant(-1));
}

export interface Cells {
  /** Expected counts. */
  readonly mu: readonly Jet[];
  /** Rows that nuisances moved below zero. */
  readonly cuts: number;
  /** Smallest distance of a row that moves from zero, relative to what it is made of. */
  readonly nearest: number;
}

/** Expected counts at the unknowns, differentiated by two of them (-1: by none). */
export function cellsAt({ inputs, cells }: MixedModel, at: readonly number[], a = -1, b = -1): Cells {
  const { blocks, groups, couplings, nuisances } = inputs;
  const u = at.map((value, k) => variable(value, k === a ? 1 : 0, k === b ? 1 : 0));
  const mu = Array.from({ length: cells }, () => constant(0));
  let cuts = 0;
  let nearest = Number.POSITIVE_INFINITY;
  const sumOf = (terms: readonly QuadraticTerm[], row: number): Jet =>
    terms.reduce((sum, { left, right, polynomial, counts }) => {
      let weight = constant(counts[row]!);
      for (const k of [left, right]) if (k > 0) weight = multiply(weight, u[k - 1]!);
      if (polynomial !== undefined) {
        const { parameter, order, range } = polynomial;
        weight = multiply(weight, chebyshev(u[parameter - 1]!, order, range));
      }
      return add(sum, weight);
    }, constant(0));
  const basisAt = ({ basis, nuisance }: Group["changes"][number] | NonNullable<Group["spread"]>["changes"][number]) =>
    Array.from({ length: basis.size }, (_, j) => {
      const s = u[couplings + nuisance]!;
      return basis.kind === "morph" ? morph(s, j) : chebyshev(s, j + 1, basis.range);
    });
  for (const { group, cell } of groups) {
    const shares = [...(group.spread?.shares ?? [1])].map((_, bin) => {
      let share = constant(group.spread?.shares[bin] ?? 1);
      for (const change of group.spread?.changes ?? []) {
        basisAt(change).forEach((weight, j) => {
          share = add(share, multiply(weight, constant(change.shares[j]![bin]!)));
        });
      }
      return share;
    });
    let factor = constant(1);
    for (const k of group.nuisances) {
      const { kind, sigma } = nuisances[k]!;
      const unit = kind === "flat" ? 1 : (sigma ?? 1);
      factor = multiply(factor, add(constant(1), multiply(constant(unit), u[couplings + k]!)));
    }
    const rows = blocks[group.block]!.observed.length / shares.length;
    for (let row = 0; row < rows; row++) {
      const start = sumOf(group.terms, row);
      let moved = start;
      for (const change of group.changes) {
        basisAt(change).forEach((weight, j) => {
          moved = add(moved, multiply(weight, sumOf(change.terms[j]!, row)));
        });
      }
      if (group.changes.length > 0) nearest = Math.min(nearest, Math.abs(moved.value) / moved.size);
      if (start.value >= 0 && moved.value < 0) {
        moved = constant(0);
        cuts++;
      }
      shares.forEach((share, bin) => {
        const i = cell + row * shares.length + bin;
        mu[i] = add(mu[i]!, multiply(factor, multiply(moved, share)));
      });
    }
  }
  return { mu, cuts, nearest };
}

const LOWEST = 1e-9;

/** 2 [mu - n + n ln(n/mu)]; below 1e-9 with the value and the derivatives that it has there. */
function poisson(mu: Jet, n: number): Jet {
  const expected = Math.max(mu.value, LOWEST);
  const log = n === 0 ? 0 : n * Math.log(n / expected);
  const [slope, bend] = [2 - (2 * n) / expected, (2 * n) / expected ** 2];
  const size = Math.max(mu.size, LOWEST);
  return apply(
    mu,
    [2 * (expected - n + log), slope, bend],
    // What mu is rounded by goes on into each of these.
    [
      2 * (size + n + Math.abs(log)) + Math.abs(slope) * size,
      2 + (2 * n) / expected + bend * size,
      bend * (1 + (2 * size) / expected),
    ],
  );
}

/** chi^2 at the unknowns, differentiated by two of them (-1: by none). */
export function chi2At(model: MixedModel, at: readonly number[], a = -1, b = -1): Jet {
  const { blocks, couplings, constrained } = model.inputs;
  const { mu } = cellsAt(model, at, a, b);
  let sum = constant(0);
  let i = 0;
  for (const { observed, sigma, statistics } of blocks) {
    for (let k = 0; k < observed.length; k++, i++) {
      if (statistics === "poisson") sum = add(sum, poisson(mu[i]!, observed[k]!));
      else {
        const residual = multiply(add(mu[i]!, constant(-observed[k]!)), constant(1 / sigma[k]!));
        sum = add(sum, multiply(residual, residual));
      }
    }
  }
  for (const nuisance of constrained) {
    const k = couplings + nuisance;
    const off = add(variable(at[k]!, k === a ? 1 : 0, k === b ? 1 : 0), constant(-model.centres[k]!));
    sum = add(sum, multiply(off, off));
  }
  return sum;
}
