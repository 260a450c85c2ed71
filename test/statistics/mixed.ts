/**
 * Random models with everything that a model can hold, and their chi^2 written out in plain sums: a block of Poisson cells
 * whose rows are morphed and spread over shares that move, and a Gaussian block that shares two of its nuisances.
 */

import { type Block, chebyshevBasis, type Model, morphBasis, type Nuisance } from "../../src/statistics/index.ts";

export interface MixedModel {
  readonly model: Model;
  /** chi^2 at couplings and deviations of all nuisances, none of them solved for. */
  readonly chi2: (x: readonly number[], deviations: readonly number[]) => number;
  /** Predictions of the cells of both blocks. */
  readonly prediction: (x: readonly number[], deviations: readonly number[]) => readonly (readonly number[])[];
}

const ROWS = 3;
const BINS = 4;
/** Degree of the polynomials that move the shares, and their range. */
const DEGREE = 3;
export const RANGE = [-0.25, 0.25] as const;

export const nuisances: readonly Nuisance[] = [
  { name: "flux", kind: "pull", sigma: 0.1 },
  { name: "efficiency", kind: "normalisation", sigma: 0.2 },
  { name: "quenching", kind: "pull", sigma: 1 },
  { name: "radius", kind: "pull", sigma: 1 },
  { name: "onset", kind: "flat", sigma: null, bounds: RANGE },
  { name: "brn", kind: "normalisation", sigma: 0.25 },
  { name: "steady", kind: "normalisation", sigma: null },
];
const [FLUX, EFFICIENCY, QUENCHING, RADIUS, ONSET, BRN, STEADY] = [0, 1, 2, 3, 4, 5, 6] as const;

type Numbers = readonly number[];

/** Size of what the shape nuisances change, relative to the rows. */
export function mixedModel(seed: number, change = 0.15): MixedModel {
  let state = (seed % 2147483646) + 1;
  const next = (): number => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  for (let k = 0; k < 10; k++) next();
  const list = (n: number, low: number, high: number): number[] =>
    Array.from({ length: n }, () => low + (high - low) * next());

  // Events of one row at unit monomials: 1, x, x^2 and x y.
  const rowsOf = (size: number): Numbers[] => [
    list(ROWS, 10, 25),
    list(ROWS, -3, 3),
    list(ROWS, 1, 4),
    list(ROWS, -size, size),
  ];
  const base = rowsOf(2);
  const changeOf = (): Numbers[][] =>
    [0, 1].map((order) => base.map((row) => row.map((n) => change * (order === 0 ? 1 : 0.4) * (2 * next() - 1) * n)));
  const changes = { [QUENCHING]: changeOf(), [RADIUS]: changeOf() };
  const shares = list(BINS, 0.5, 1).map((s) => s / 3);
  // Nearly a straight line in the nuisance: one that bends back would fit the same data twice.
  const shareChanges = [0.06, 0.01, 0.002].map((size) => list(BINS, -size, size));
  const brn = list(ROWS * BINS, 0.5, 2);
  const steady = list(ROWS * BINS, 1, 4);
  // Near what is expected at (0, 0): data far from any model have chi^2 with many minima.
  const poissonData = list(ROWS * BINS, 0.7, 1.3).map((factor, cell) =>
    Math.round(factor * (base[0]![Math.floor(cell / BINS)]! * shares[cell % BINS]! + brn[cell]! + steady[cell]!)),
  );
  const gaussRows = [list(2, 20, 40), list(2, -4, 4), list(2, 2, 6), list(2, -2, 2)];
  const gaussChange = [0, 1].map(() => gaussRows.map((row) => row.map((n) => change * (2 * next() - 1) * n)));
  const gaussData = gaussRows[0]!.map((n) => n * (0.8 + 0.4 * next()));
  const gaussSigma = list(2, 3, 6);

  const pairs = [
    [0, 0],
    [0, 1],
    [1, 1],
    [1, 2],
  ] as const;
  const terms = (rows: readonly Numbers[]) =>
    pairs.map(([left, right], k) => ({ left, right, counts: Float64Array.from(rows[k]!) }));
  const constant = (counts: Numbers) => [{ left: 0, right: 0, counts: Float64Array.from(counts) }];
  const morph = (nuisance: string, change: readonly (readonly Numbers[])[]) => ({
    nuisance,
    basis: morphBasis,
    terms: change.map(terms),
  });
  const spread = {
    shares: Float64Array.from(shares),
    changes: [
      {
        nuisance: "onset",
        basis: chebyshevBasis(RANGE[0], RANGE[1], DEGREE),
        shares: shareChanges.map((one) => Float64Array.from(one)),
      },
    ],
  };
  const blocks: readonly Block[] = [
    {
      id: "timed",
      statistics: "poisson",
      observed: Float64Array.from(poissonData),
      sigma: new Float64Array(ROWS * BINS),
      components: [
        {
          name: "cevns",
          flavour: "nu_e",
          terms: terms(base),
          nuisances: ["flux", "efficiency"],
          changes: [morph("quenching", changes[QUENCHING]), morph("radius", changes[RADIUS])],
          spread,
        },
        { name: "brn", flavour: null, terms: constant(brn), nuisances: ["brn"] },
        { name: "steady", flavour: null, terms: constant(steady), nuisances: ["steady"] },
      ],
    },
    {
      id: "summed",
      statistics: "gaussian",
      observed: Float64Array.from(gaussData),
      sigma: Float64Array.from(gaussSigma),
      components: [
        {
          name: "cevns",
          flavour: "nu_mu",
          terms: terms(gaussRows),
          nuisances: ["flux"],
          changes: [morph("radius", gaussChange)],
        },
      ],
    },
  ];

  const at = (rows: readonly Numbers[], x: readonly number[], i: number): number => {
    const [a, b] = [x[0]!, x[1]!];
    return rows[0]![i]! + a * rows[1]![i]! + a * a * rows[2]![i]! + a * b * rows[3]![i]!;
  };
  const moved = (rows: readonly Numbers[], of: readonly (readonly Numbers[])[], s: number, x: Numbers, i: number) => {
    const bent = Math.abs(s) <= 1 ? s * s : 2 * Math.abs(s) - 1;
    return rows.length === 0 ? 0 : s * at(of[0]!, x, i) + bent * at(of[1]!, x, i);
  };
  const prediction = (x: Numbers, d: Numbers): readonly Numbers[] => {
    const flux = 1 + 0.1 * d[FLUX]!;
    const row = (i: number): number => {
      const start = at(base, x, i);
      const sum =
        start + moved(base, changes[QUENCHING], d[QUENCHING]!, x, i) + moved(base, changes[RADIUS], d[RADIUS]!, x, i);
      return start >= 0 ? Math.max(0, sum) : sum;
    };
    const angle = Math.acos(Math.min(1, Math.max(-1, d[ONSET]! / RANGE[1])));
    const share = (j: number): number =>
      shares[j]! + shareChanges.reduce((sum, one, k) => sum + Math.cos((k + 1) * angle) * one[j]!, 0);
    const timed = poissonData.map((_, cell) => {
      const [i, j] = [Math.floor(cell / BINS), cell % BINS];
      const signal = flux * (1 + 0.2 * d[EFFICIENCY]!) * row(i) * share(j);
      return signal + (1 + 0.25 * d[BRN]!) * brn[cell]! + (1 + d[STEADY]!) * steady[cell]!;
    });
    const summed = gaussData.map(
      (_, i) => flux * Math.max(0, at(gaussRows, x, i) + moved(gaussRows, gaussChange, d[RADIUS]!, x, i)),
    );
    return [timed, summed];
  };
  return {
    model: { couplings: ["x", "y"], nuisances, blocks },
    prediction,
    chi2: (x, d) => {
      const [timed, summed] = prediction(x, d);
      let total = 0;
      poissonData.forEach((n, i) => {
        const mu = Math.max(timed![i]!, 1e-9);
        total += 2 * (mu - n + (n > 0 ? n * Math.log(n / mu) : 0));
      });
      gaussData.forEach((n, i) => {
        total += ((n - summed![i]!) / gaussSigma[i]!) ** 2;
      });
      return total + [FLUX, EFFICIENCY, QUENCHING, RADIUS, BRN].reduce<number>((sum, k) => sum + d[k]! ** 2, 0);
    },
  };
}

/** Bounds of the deviations: factors stay positive, the flat one inside its range. */
export const box: readonly (readonly [number, number])[] = [
  [-9.99999, 20],
  [-4.999995, 20],
  [-20, 20],
  [-20, 20],
  [RANGE[0], RANGE[1]],
  [-3.999996, 20],
  [-0.999999, 20],
];
