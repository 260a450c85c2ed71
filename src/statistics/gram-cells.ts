/**
 * Gaussian cells whose pulls act linearly, as one least-squares problem: with delta the deviations of the profiled
 * nuisances from where they are centred,
 *
 *     chi^2(x) = min over delta of |data + residual(x) - sum_p delta_p response_p(x)|^2 + offset
 *
 * The rows are the cells in units of their sigma, then one row for each constraint.
 */

import { type Group, groupComponents } from "./groups.ts";
import { type Model, type Nuisance, nominalValue, unitOf } from "./model.ts";
import { degreeOf, keyOf, multiplied, type Polynomial, type VectorSum, vectorSum } from "./vector-polynomial.ts";

export interface GramCells {
  /** Number of parameters. */
  readonly variables: number;
  readonly residual: Polynomial<Float64Array>;
  /**
   * Counts in rows: of every block in units of sigma, and the measured centres of the constraints.
   * @param observed counts of each block, instead of the model's
   * @param centres deviation that each nuisance was measured at, 0 where none is given
   */
  readonly data: (observed?: readonly Float64Array[], centres?: Readonly<Record<string, number>>) => Float64Array;
  /** Of the profiled nuisances. */
  readonly responses: readonly Polynomial<Float64Array>[];
  /** Constraints of nuisances that are held. */
  readonly offset: number;
}

/**
 * A pull that is looser than this is counted from where its components vanish: then the residuals hold none of them, and
 * nothing large cancels where the couplings are large. It costs rounding of 1/sigma^2, so tight pulls stay at nominal.
 */
const LOOSE = 0.01;

/** Products of the factors of a group's freed and held nuisances, and its profiled one. */
interface Scaling {
  readonly factor: Polynomial<number>;
  /** Index among the nuisances, undefined without. */
  readonly profiled: number | undefined;
}

/**
 * @param freed nuisances that are parameters, after the couplings
 * @param fixed nuisances that are held at a value; all others are profiled
 * @returns undefined where the chi^2 is not of that form: cells that are not Gaussian, pulls that move shapes or have
 *   bounds, two profiled pulls on one component, weights that are no polynomials, a pull without constraint on a
 *   component that can vanish
 */
export function gramCells(
  model: Model,
  freed: readonly string[],
  fixed: Readonly<Record<string, number>>,
): GramCells | undefined {
  const { nuisances, blocks, couplings } = model;
  const variables = couplings.length + freed.length;
  const deviation = nuisances.map((one) =>
    Object.hasOwn(fixed, one.name) ? (fixed[one.name]! - nominalValue(one)) / unitOf(one) : undefined,
  );
  const freedAs = nuisances.map(({ name }) => freed.indexOf(name));
  const isProfiled = (k: number): boolean => deviation[k] === undefined && freedAs[k] === -1;

  const powersOf = (...indices: readonly number[]): number[] => {
    const powers = new Array<number>(variables).fill(0);
    for (const index of indices) if (index > 0) powers[index - 1]!++;
    return powers;
  };
  /** constant + slope x a parameter; index 0 is none. */
  const linear = (constant: number, slope: number, index: number): Polynomial<number> => {
    const terms = [{ powers: powersOf(), coefficient: constant }];
    if (index > 0) terms.push({ powers: powersOf(index), coefficient: slope });
    return new Map(terms.map((term) => [keyOf(term.powers), term]));
  };
  const scalingOf = (group: Group): Scaling => {
    let factor = linear(1, 0, 0);
    for (const k of group.nuisances) {
      if (isProfiled(k)) continue;
      const one = nuisances[k]!;
      const scale = scaleOf(one);
      const index = couplings.length + 1 + freedAs[k]!;
      const by =
        freedAs[k] === -1
          ? linear(1 + scale * deviation[k]!, 0, 0)
          : linear(1 - (scale * nominalValue(one)) / unitOf(one), scale / unitOf(one), index);
      factor = multiplied(factor, by);
    }
    return { factor, profiled: group.nuisances.find(isProfiled) };
  };

  const groups = groupComponents(model);
  const still = groups.every((group) => {
    const moving = [...group.changes, ...(group.spread?.changes ?? [])];
    return (
      group.terms.every(({ polynomial }) => polynomial === undefined) &&
      group.nuisances.filter(isProfiled).length <= 1 &&
      moving.every(({ nuisance, basis }) => deviation[nuisance] !== undefined && vanishes(basis, deviation[nuisance]))
    );
  });
  if (!still || blocks.some((block) => block.statistics !== "gaussian")) return undefined;

  const profiled = [...new Set(groups.flatMap((group) => group.nuisances.filter(isProfiled)))].sort((a, b) => a - b);
  if (profiled.some((k) => nuisances[k]!.kind === "flat")) return undefined;
  const starts = blocks.map((_, b) => blocks.slice(0, b).reduce((sum, block) => sum + block.observed.length, 0));
  const cells = blocks.reduce((sum, block) => sum + block.observed.length, 0);
  const constrained = nuisances.flatMap((one, k) =>
    one.sigma !== null && (profiled.includes(k) || freedAs[k] !== -1) ? [k] : [],
  );
  const rows = cells + constrained.length;
  const perSigma = blocks.map((block) => block.sigma.map((sigma) => 1 / sigma));

  /** Add scale x the counts of a group, in units of sigma. */
  const addGroup = (group: Group, { factor }: Scaling, scale: number, to: VectorSum): void => {
    for (const { left, right, counts } of group.terms) {
      const shares = group.spread?.shares ?? [1];
      const vector = perSigma[group.block]!.map((inverse, i) => {
        return inverse * counts[Math.floor(i / shares.length)]! * shares[i % shares.length]!;
      });
      for (const { powers, coefficient } of factor.values()) {
        const product = powersOf(left, right).map((power, i) => power + powers[i]!);
        if (coefficient !== 0) to.add(product, vector, scale * coefficient, starts[group.block]!);
      }
    }
  };
  const scalings = groups.map(scalingOf);
  const responses = profiled.map((k) => {
    const sum = vectorSum(rows);
    sum.add(powersOf(), [], 1, 0);
    groups.forEach((group, g) => {
      if (scalings[g]!.profiled === k) addGroup(group, scalings[g]!, scaleOf(nuisances[k]!), sum);
    });
    if (constrained.includes(k)) sum.add(powersOf(), [1], 1, cells + constrained.indexOf(k));
    return sum.polynomial;
  });
  const varies = responses.map((one) => [...one.values()].some(({ powers }) => degreeOf(powers) > 0));
  if (profiled.some((k, p) => varies[p] === true && nuisances[k]!.sigma === null)) return undefined;
  const centreOf = (k: number): number => {
    const loose = varies[profiled.indexOf(k)] === true && scaleOf(nuisances[k]!) >= LOOSE;
    return loose ? -1 / scaleOf(nuisances[k]!) : 0;
  };

  const residual = vectorSum(rows);
  residual.add(powersOf(), [], 1, 0);
  groups.forEach((group, g) => {
    const k = scalings[g]!.profiled;
    const factor = k === undefined || centreOf(k) === 0 ? 1 : 0;
    if (factor !== 0) addGroup(group, scalings[g]!, -1, residual);
  });
  constrained.forEach((k, c) => {
    const one = nuisances[k]!;
    const row = cells + c;
    if (freedAs[k] === -1) residual.add(powersOf(), [-centreOf(k)], 1, row);
    else {
      residual.add(powersOf(), [nominalValue(one) / unitOf(one)], 1, row);
      residual.add(powersOf(couplings.length + 1 + freedAs[k]!), [-1 / unitOf(one)], 1, row);
    }
  });

  return {
    variables,
    residual: residual.polynomial,
    data: (observed = blocks.map((block) => block.observed), centres = {}) => {
      const data = new Float64Array(rows);
      observed.forEach((counts, b) => {
        counts.forEach((count, i) => {
          data[starts[b]! + i] = count * perSigma[b]![i]!;
        });
      });
      constrained.forEach((k, c) => {
        data[cells + c] = centres[nuisances[k]!.name] ?? 0;
      });
      return data;
    },
    responses,
    offset: nuisances.reduce((sum, one, k) => sum + (one.sigma === null ? 0 : (deviation[k] ?? 0) ** 2), 0),
  };
}

/** Relative size of one unit of deviation in a factor. */
function scaleOf(nuisance: Nuisance): number {
  return nuisance.kind === "flat" ? 1 : (nuisance.sigma ?? 1);
}

/** Whether what a nuisance moves stays where it is. */
function vanishes(basis: Group["changes"][number]["basis"], deviation: number): boolean {
  const values = new Float64Array(basis.size);
  basis.fill(deviation, values, new Float64Array(basis.size), new Float64Array(basis.size));
  return values.every((value) => value === 0);
}
