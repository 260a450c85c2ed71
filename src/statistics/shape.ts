/**
 * One group of components at a point: rows E (counts at the couplings, moved by its shape nuisances, never negative),
 * spread over shares S (moved by theirs), times the factors f of its scaling nuisances:
 *
 *     mu[row, bin] = f E[row] S[bin]
 *
 * with first and second derivatives in the deviations of all nuisances.
 */

import { dotProduct } from "../numerics/linear-algebra.ts";
import type { Group } from "./groups.ts";
import { moverOf } from "./mover.ts";
import { addProduct, sumOverBins } from "./outer.ts";
import { addCounts, addDerivative, addWeightedBends, addWeightedGradient, type QuadraticTerm } from "./quadratic.ts";

export interface Shape {
  readonly group: Group;
  /** First cell in the part of the model that it belongs to. */
  readonly offset: number;
  readonly cells: number;
  /** Counts in cells at the last `move`, before factors. */
  readonly counts: Float64Array;
  /** Indices of the nuisances that act on it. */
  readonly nuisances: readonly number[];
  /** Put couplings in. */
  readonly couple: (x: ArrayLike<number>) => void;
  /** Put deviations in; factors included. */
  readonly move: (deviations: Float64Array) => void;
  /** Product of the factors at the last `move`. */
  readonly factor: () => number;
  /** Add d mu/d deviation of one nuisance. */
  readonly addSlope: (nuisance: number, target: Float64Array) => void;
  /**
   * Add sum over cells of weights x d^2 mu/(d deviation_k d deviation_l) to the lower triangle of a matrix.
   * @param position of each nuisance in the matrix, -1 for those that are not
   */
  readonly addBends: (weights: Float64Array, position: Int32Array, size: number, matrix: Float64Array) => void;
  /** Add d mu/d coupling, one target per coupling. */
  readonly addCouplingSlopes: (x: ArrayLike<number>, targets: readonly Float64Array[]) => void;
  /**
   * Add sum over cells of weights x d^2 mu/(d coupling d coupling or deviation) to the lower triangle of a matrix whose
   * first rows are the couplings. Arguments as `addBends`.
   */
  readonly addCouplingBends: (
    x: ArrayLike<number>,
    weights: Float64Array,
    position: Int32Array,
    size: number,
    matrix: Float64Array,
  ) => void;
  /** Add the gradient of sum over cells of weights x mu in the couplings. */
  readonly addGradient: (x: ArrayLike<number>, weights: Float64Array, gradient: Float64Array) => void;
  /** Rows that were cut at zero in the last `move`. */
  readonly clipped: () => number;
}

interface WeightedTerms {
  readonly terms: readonly QuadraticTerm[];
  readonly weight: number;
}

type Sector = "factor" | "rows" | "shares";

/**
 * @param cells of the block
 * @param scale relative size of one unit of deviation of each nuisance
 * @param couplings number of free couplings
 */
export function shapeOf(
  group: Group,
  cells: number,
  offset: number,
  scale: readonly number[],
  couplings: number,
): Shape {
  const width = group.spread?.shares.length ?? 1;
  const rows = cells / width;
  const base = new Float64Array(rows);
  const E = new Float64Array(rows);
  const S = group.spread === null ? Float64Array.of(1) : group.spread.shares.slice();
  const counts = new Float64Array(cells);
  const rowMovers = group.changes.map((change) => {
    const parts = change.terms.map(() => new Float64Array(rows));
    return moverOf(change, parts, aliveOnly);
  });
  const shareMovers = (group.spread?.changes ?? []).map((change) => moverOf(change, change.shares, (out) => out));
  const rowAlive = new Uint8Array(rows).fill(1);
  const factors = group.nuisances;
  const deviation = new Float64Array(factors.length);
  const sectorOf = new Map<number, Sector>([
    ...factors.map((k): [number, Sector] => [k, "factor"]),
    ...rowMovers.map(({ nuisance }): [number, Sector] => [nuisance, "rows"]),
    ...shareMovers.map(({ nuisance }): [number, Sector] => [nuisance, "shares"]),
  ]);
  const rowBuffer = new Float64Array(rows);
  const shareBuffer = new Float64Array(width);
  const weighted = new Float64Array(rows);
  const weightedMoved = new Float64Array(rows);
  let stale = true;
  let cuts = 0;
  let dead = 0;

  const factorWithout = (...without: readonly number[]): number => {
    let product = 1;
    factors.forEach((k, i) => {
      if (!without.includes(k)) product *= 1 + scale[k]! * deviation[i]!;
    });
    return product;
  };
  const slopeOfFactor = (k: number): number => scale[k]! * factorWithout(k);

  const overBins = (weights: Float64Array, shares: Float64Array, out: Float64Array): Float64Array =>
    sumOverBins(weights, offset, shares, out);
  const dot = (a: Float64Array, b: Float64Array): number => dotProduct(a, b, 0, a.length);

  /** Rows that shape nuisances move below zero are cut; a negative prediction of the couplings is the likelihood's. */
  function cutRows(): void {
    cuts = 0;
    dead = 0;
    for (let r = 0; r < rows; r++) {
      const cut = E[r]! < 0 && base[r]! >= 0;
      rowAlive[r] = cut ? 0 : 1;
      if (!cut) continue;
      dead++;
      // Interpolation leaves rounding around zero, which is no cut.
      if (E[r]! < -1e-9 * base[r]!) cuts++;
      E[r] = 0;
    }
  }

  /** The terms at hand: those that stay, and those of the nuisances with the weights they have now. */
  function weightedTerms(): readonly WeightedTerms[] {
    return [
      { terms: group.terms, weight: 1 },
      ...group.changes.flatMap((change, c) =>
        change.terms.map((terms, j) => ({ terms, weight: rowMovers[c]!.values[j]! })),
      ),
    ].filter(({ weight, terms }) => weight !== 0 && terms.length > 0);
  }

  /** Rows that were cut do not move. */
  function aliveOnly(perRow: Float64Array): Float64Array {
    if (dead > 0) for (let r = 0; r < rows; r++) if (rowAlive[r] === 0) perRow[r] = 0;
    return perRow;
  }

  const addOuter = (rowsOf: Float64Array, sharesOf: Float64Array, weight: number, target: Float64Array): void =>
    addProduct(rowsOf, sharesOf, weight, offset, target);

  return {
    group,
    offset,
    cells,
    counts,
    nuisances: [...sectorOf.keys()],
    couple: (x) => {
      addCounts(group.terms, x, base.fill(0));
      group.changes.forEach((change, c) => {
        change.terms.forEach((terms, j) => {
          addCounts(terms, x, rowMovers[c]!.parts[j]!.fill(0));
        });
      });
      stale = true;
    },
    move: (deviations) => {
      factors.forEach((k, i) => {
        deviation[i] = deviations[k]!;
      });
      if (!stale && rowMovers.length === 0 && shareMovers.length === 0) return;
      for (const mover of [...rowMovers, ...shareMovers]) {
        mover.fill(deviations[mover.nuisance]!);
      }
      E.set(base);
      for (const mover of rowMovers) mover.addTo(E);
      if (rowMovers.length > 0) cutRows();
      if (group.spread !== null) S.set(group.spread.shares);
      for (const mover of shareMovers) mover.addTo(S);
      if (width === 1) for (let r = 0; r < rows; r++) counts[r] = E[r]! * S[0]!;
      else for (let r = 0; r < rows; r++) for (let j = 0; j < width; j++) counts[r * width + j] = E[r]! * S[j]!;
      stale = false;
    },
    factor: () => factorWithout(),
    addSlope: (k, target) => {
      const sector = sectorOf.get(k);
      if (sector === "factor") addOuter(E, S, slopeOfFactor(k), target);
      const mover = [...rowMovers, ...shareMovers].find(({ nuisance }) => nuisance === k);
      if (sector === "rows") addOuter(mover!.slope(), S, factorWithout(), target);
      if (sector === "shares") addOuter(E, mover!.slope(), factorWithout(), target);
    },
    addBends: (weights, position, size, matrix) => {
      const add = (k: number, l: number, value: number): void => {
        const [p, q] = [position[k]!, position[l]!];
        matrix[Math.max(p, q) * size + Math.min(p, q)]! += value;
      };
      const open = (k: number): boolean => position[k]! >= 0;
      const scaled = factors.filter(open);
      const rowsMoved = rowMovers.filter(({ nuisance }) => open(nuisance));
      const sharesMoved = shareMovers.filter(({ nuisance }) => open(nuisance));
      if (scaled.length + rowsMoved.length + sharesMoved.length === 0) return;
      const factor = factorWithout();
      const perRow = overBins(weights, S, weighted);
      if (scaled.length > 1) {
        const sum = dot(E, perRow);
        scaled.forEach((k, i) => {
          for (const l of scaled.slice(0, i)) add(k, l, scale[k]! * scale[l]! * factorWithout(k, l) * sum);
        });
      }
      const rowSlopes = rowsMoved.map((mover) => {
        const slopes = mover.slope();
        const along = dot(slopes, perRow);
        for (const k of scaled) add(k, mover.nuisance, slopeOfFactor(k) * along);
        if (mover.isBent()) {
          add(mover.nuisance, mover.nuisance, factor * dot(mover.bend(rowBuffer), perRow));
        }
        return slopes;
      });
      for (const mover of sharesMoved) {
        const moved = overBins(weights, mover.slope(), weightedMoved);
        const along = dot(E, moved);
        for (const k of scaled) add(k, mover.nuisance, slopeOfFactor(k) * along);
        rowsMoved.forEach(({ nuisance }, r) => {
          add(nuisance, mover.nuisance, factor * dot(rowSlopes[r]!, moved));
        });
        const bent = overBins(weights, mover.bend(shareBuffer), weightedMoved);
        add(mover.nuisance, mover.nuisance, factor * dot(E, bent));
      }
    },
    addCouplingSlopes: (x, targets) => {
      const factor = factorWithout();
      targets.forEach((target, k) => {
        rowBuffer.fill(0);
        for (const { terms, weight } of weightedTerms()) addDerivative(terms, x, k + 1, weight, rowBuffer);
        addOuter(aliveOnly(rowBuffer), S, factor, target);
      });
    },
    addCouplingBends: (x, weights, position, size, matrix) => {
      const factor = factorWithout();
      const perRow = aliveOnly(overBins(weights, S, weighted));
      for (const { terms, weight } of weightedTerms())
        addWeightedBends(terms, x, perRow, factor * weight, size, matrix);
      const addRow = (nuisance: number, gradient: Float64Array, scaledBy: number): void => {
        const row = position[nuisance]! * size;
        gradient.forEach((value, k) => {
          matrix[row + k]! += scaledBy * value;
        });
      };
      const gradientOf = (parts: readonly WeightedTerms[], perRowWeights: Float64Array): Float64Array => {
        const gradient = new Float64Array(couplings);
        for (const { terms, weight } of parts) addWeightedGradient(terms, x, perRowWeights, weight, gradient);
        return gradient;
      };
      const scaled = factors.filter((k) => position[k]! >= 0);
      if (scaled.length > 0) {
        const gradient = gradientOf(weightedTerms(), perRow);
        for (const k of scaled) addRow(k, gradient, slopeOfFactor(k));
      }
      rowMovers.forEach(({ nuisance, slopes }, c) => {
        if (position[nuisance]! < 0) return;
        const parts = group.changes[c]!.terms.map((terms, j) => ({ terms, weight: slopes[j]! }));
        addRow(nuisance, gradientOf(parts, perRow), factor);
      });
      for (const mover of shareMovers) {
        if (position[mover.nuisance]! < 0) continue;
        const moved = aliveOnly(overBins(weights, mover.slope(), weightedMoved));
        addRow(mover.nuisance, gradientOf(weightedTerms(), moved), factor);
      }
    },
    addGradient: (x, weights, gradient) => {
      const perRow = aliveOnly(overBins(weights, S, weighted));
      const factor = factorWithout();
      for (const { terms, weight } of weightedTerms()) addWeightedGradient(terms, x, perRow, factor * weight, gradient);
    },
    clipped: () => cuts,
  };
}
