/** Random Gaussian models whose pulls act linearly: of any number of couplings, pulls and cells. */

import type { Block, Model, ModelComponent, Nuisance } from "../../src/statistics/index.ts";

export interface ModelChoice {
  readonly couplings: number;
  readonly pulls: number;
  readonly cells: number;
  readonly blocks?: number;
  /** Whether blocks have pulls of their own; else they share them. */
  readonly apart?: boolean;
  /** Whether one pull scales all of the signal, as in published analyses; else each flavour has one of its own. */
  readonly common?: boolean;
  /** Smallest and largest relative error of a pull. */
  readonly sigma?: readonly [number, number];
}

export type Random = () => number;

/** Numbers between 0 and 1, the same ones for a seed. */
export function random(seed: number): Random {
  let state = ((seed * 7919) % 2147483646) + 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/**
 * Signal quadratic in the couplings, and backgrounds. Pulls on a common signal: 1 of it, 2 also of a background, 3 also a
 * free factor on another. Otherwise of one, two or three flavours.
 */
export function randomModel(seed: number, choice: ModelChoice): Model {
  const next = random(seed);
  const between = (low: number, high: number): number => low + (high - low) * next();
  const { couplings, pulls, cells, blocks = 1, common = true } = choice;
  const [tight, loose] = choice.sigma ?? [0.05, 0.4];
  const counts = (low: number, high: number): Float64Array =>
    Float64Array.from({ length: cells }, () => between(low, high));
  const suffixOf = (b: number): string => (choice.apart === true && b > 0 ? `-${b}` : "");
  const suffixes = [...new Set(Array.from({ length: blocks }, (_, b) => suffixOf(b)))];
  const nuisances: readonly Nuisance[] = suffixes.flatMap((suffix) =>
    [
      { name: `signal${suffix}`, kind: "pull" as const, sigma: between(tight, loose) },
      { name: `background${suffix}`, kind: "normalisation" as const, sigma: between(tight, loose) },
      { name: `other${suffix}`, kind: "normalisation" as const, sigma: common ? null : between(tight, loose) },
    ].slice(0, pulls),
  );
  const terms = (): ModelComponent["terms"] => {
    const indices = Array.from({ length: couplings + 1 }, (_, i) => i);
    return indices.flatMap((left) =>
      indices
        .slice(left)
        // A term may be missing, as interference is for some couplings.
        .filter((right) => (left === 0 && right === 0) || next() < 0.8)
        .map((right) => ({ left, right, counts: left === right ? counts(1, 12) : counts(-5, 5) })),
    );
  };
  const block = (b: number): Block => {
    const named = (name: string): readonly string[] =>
      nuisances.map((one) => one.name).filter((one) => one === `${name}${suffixOf(b)}`);
    return {
      id: `block-${b}`,
      statistics: "gaussian",
      observed: counts(0, 60),
      sigma: counts(2, 9),
      components: [
        { name: "cevns", flavour: "nu_e", terms: terms(), nuisances: named("signal") },
        { name: "cevns", flavour: "nu_mu", terms: terms(), nuisances: named(common ? "signal" : "other") },
        {
          name: "brn",
          flavour: null,
          terms: common ? [{ left: 0, right: 0, counts: counts(0, 9) }] : terms(),
          nuisances: named("background"),
        },
        {
          name: "steady",
          flavour: null,
          terms: [{ left: 0, right: 0, counts: counts(0, 20) }],
          nuisances: common ? named("other") : [],
        },
      ],
    };
  };
  return {
    couplings: ["a", "b", "c"].slice(0, couplings),
    nuisances,
    blocks: Array.from({ length: blocks }, (_, b) => block(b)),
  };
}

const layouts: readonly Partial<ModelChoice>[] = [
  { common: true },
  { common: true, blocks: 2 },
  { common: true, blocks: 2, apart: true },
  { common: false },
];

/** Every combination of 1 to 3 couplings, 0 to 3 pulls, few and many cells. */
export const choices: readonly ModelChoice[] = [1, 2, 3].flatMap((couplings) =>
  [0, 1, 2, 3].flatMap((pulls) =>
    [1, 30].flatMap((cells) => layouts.map((layout) => ({ ...layout, couplings, pulls, cells }))),
  ),
);
