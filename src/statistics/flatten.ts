/** From components and their nuisances to the flat form that a kernel runs. */

import { type FlatModel, type Layout, layout } from "../kernel/flat.ts";
import * as at from "../kernel/layout.ts";
import type { Group } from "./groups.ts";
import type { Block, Nuisance } from "./model.ts";
import type { QuadraticTerm } from "./quadratic.ts";

export interface FlattenInputs {
  readonly blocks: readonly Block[];
  /** Groups with the first cell of each. */
  readonly groups: readonly { readonly group: Group; readonly cell: number }[];
  /** Number of free couplings. */
  readonly couplings: number;
  /** All nuisances of the model; they follow the couplings as unknowns, as deviations. */
  readonly nuisances: readonly Nuisance[];
  /** Indices of the nuisances whose constraints count here. */
  readonly constrained: readonly number[];
  /** Lowest and highest deviation of each nuisance. */
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

/** Relative size of one unit of deviation in a factor. */
function scaleOf(nuisance: Nuisance): number {
  return nuisance.kind === "flat" ? 1 : (nuisance.sigma ?? 1);
}

interface Feature {
  readonly kind: number;
  readonly unknown: number;
  readonly order: number;
  readonly range: readonly [number, number];
}

/** Numbers features as they are asked for. */
function featureTable(): { readonly of: (feature: Feature) => number; readonly all: readonly Feature[] } {
  const all: Feature[] = [];
  const known = new Map<string, number>();
  return {
    all,
    of: (feature) => {
      const key = `${feature.kind} ${feature.unknown} ${feature.order} ${feature.range.join(" ")}`;
      const earlier = known.get(key);
      if (earlier !== undefined) return earlier;
      all.push(feature);
      known.set(key, all.length - 1);
      return all.length - 1;
    },
  };
}

type FeatureTable = ReturnType<typeof featureTable>;

const NO_RANGE = [0, 0] as const;

/** Features of a term in the couplings. */
function couplingFeatures({ left, right, polynomial }: QuadraticTerm, features: FeatureTable): number[] {
  const itself = [left, right]
    .filter((index) => index > 0)
    .map((index) => features.of({ kind: at.ITSELF, unknown: index - 1, order: 0, range: NO_RANGE }));
  if (polynomial === undefined || polynomial.order === 0) return itself;
  const { parameter, order, range } = polynomial;
  return [...itself, features.of({ kind: at.CHEBYSHEV, unknown: parameter - 1, order, range })];
}

/** Feature of one basis function of a nuisance. */
function basisFeature(
  { basis }: Group["changes"][number] | NonNullable<Group["spread"]>["changes"][number],
  j: number,
  unknown: number,
  features: FeatureTable,
): number {
  if (basis.kind === "chebyshev") return features.of({ kind: at.CHEBYSHEV, unknown, order: j + 1, range: basis.range });
  return features.of({ kind: j === 0 ? at.ITSELF : at.MORPH, unknown, order: 0, range: NO_RANGE });
}

/** @returns the model with its data, every unknown at 0 and none free */
export function flatten(inputs: FlattenInputs): FlatModel {
  const { blocks, groups, couplings, nuisances, constrained, lower, upper } = inputs;
  const place = layout();
  const features = featureTable();
  const unknowns = couplings + nuisances.length;
  const observed = blocks.flatMap((block) => [...block.observed]);
  const cells = observed.length;
  const flag = nuisances.map((_, k) => (constrained.includes(k) ? 1 : 0));
  const free = new Array<number>(couplings).fill(0);

  const flat = groups.map((one) => flatGroup(one, inputs, place, features));
  const reach = Array.from({ length: unknowns }, (_, k): [number, number] => {
    const acting = flat.filter((one) => one.unknowns.includes(k));
    if (acting.length === 0) return [0, 0];
    const from = Math.min(...acting.map(({ cell }) => cell));
    return [from, Math.max(...acting.map((one) => one.cell + one.cells)) - from];
  });

  place.head(at.COUPLINGS, couplings);
  place.head(at.UNKNOWNS, unknowns);
  place.head(at.CELLS, cells);
  place.head(at.FEATURES, features.all.length);
  place.head(at.GROUPS, groups.length);
  place.head(at.P_FEATURES, place.ints(features.all.flatMap(({ kind, unknown, order }) => [kind, unknown, order])));
  place.head(at.P_GROUPS, place.ints(flat.flatMap(({ numbers }) => numbers)));
  const ranges = rangesOf(blocks);
  place.head(at.RANGES, ranges.length);
  place.head(at.P_RANGES, place.ints(ranges.flat()));
  place.head(at.P_REACH, place.ints(reach.flat()));
  for (const entry of [at.P_FREE, at.P_OPEN, at.P_MOVING]) place.head(entry, place.ints(new Array(unknowns).fill(0)));
  place.head(at.M_UNKNOWNS, place.reals(unknowns));
  place.head(at.M_LOWER, place.reals([...free.map(() => Number.NEGATIVE_INFINITY), ...lower]));
  place.head(at.M_UPPER, place.reals([...free.map(() => Number.POSITIVE_INFINITY), ...upper]));
  // One entry more than couplings, and none that equals a value: nothing is summed yet.
  place.head(at.M_COUPLED, place.reals(new Float64Array(couplings + 1).fill(Number.NaN)));
  place.head(at.M_CENTRE, place.reals(unknowns));
  place.head(at.M_CONSTRAINED, place.reals([...free, ...flag]));
  place.head(at.M_OBSERVED, place.reals(observed));
  const weights = blocks.flatMap((block) =>
    block.statistics === "gaussian"
      ? [...block.sigma].map((sigma) => 1 / (sigma * sigma))
      : [...block.observed].fill(0),
  );
  place.head(at.M_WEIGHT, place.reals(weights));
  for (const entry of [at.M_MU, at.M_SLOPE, at.M_BEND, at.M_BENT]) place.head(entry, place.reals(cells));
  place.head(at.M_FEATURE_RANGE, place.reals(features.all.flatMap(({ range }) => [...range])));
  for (const entry of [at.M_VALUE, at.M_SLOPE_OF, at.M_BEND_OF]) place.head(entry, place.reals(features.all.length));
  place.head(at.M_FIRST, place.reals(unknowns * cells));
  for (const entry of [at.M_HESSIAN, at.M_FACTOR, at.M_VECTORS]) place.head(entry, place.reals(unknowns * unknowns));
  for (const entry of [at.M_GRADIENT, at.M_MOVE, at.M_BEFORE, at.M_ROW_SLOPE, at.M_SCALE])
    place.head(entry, place.reals(unknowns));
  place.head(at.M_FOUR, place.reals(4));
  return place.finish();
}

/** Runs of cells with the same statistics: first cell, length, 1 for Poisson. */
function rangesOf(blocks: readonly Block[]): readonly number[][] {
  const ranges: number[][] = [];
  let cell = 0;
  for (const { statistics, observed } of blocks) {
    const poisson = statistics === "gaussian" ? 0 : 1;
    const last = ranges.at(-1);
    if (last?.[2] === poisson) last[1]! += observed.length;
    else ranges.push([cell, observed.length, poisson]);
    cell += observed.length;
  }
  return ranges;
}

function flatGroup(
  { group, cell }: FlattenInputs["groups"][number],
  { couplings, nuisances, blocks }: FlattenInputs,
  place: Layout,
  features: FeatureTable,
): { readonly cell: number; readonly cells: number; readonly unknowns: readonly number[]; readonly numbers: number[] } {
  const cells = blockCells(blocks, cell);
  const shares = group.spread?.shares ?? Float64Array.of(1);
  const bins = shares.length;
  const rows = cells / bins;
  const unknownOf = (nuisance: number): number => couplings + nuisance;

  // Terms in runs that one feature of a nuisance moves, first those that none moves.
  const slots = [
    {
      moved: -1,
      terms: group.terms.map((term) => ({ counts: term.counts, features: couplingFeatures(term, features) })),
    },
    ...group.changes.flatMap((change) =>
      change.terms.map((terms, j) => {
        const moved = basisFeature(change, j, unknownOf(change.nuisance), features);
        return {
          moved,
          terms: terms.map((term) => ({ counts: term.counts, features: [...couplingFeatures(term, features), moved] })),
        };
      }),
    ),
  ].filter(({ moved, terms }) => moved < 0 || terms.length > 0);
  const terms = slots.flatMap((slot) => slot.terms);
  const shareParts = (group.spread?.changes ?? []).flatMap((change) =>
    change.shares.map((part, j) => ({ part, feature: basisFeature(change, j, unknownOf(change.nuisance), features) })),
  );
  const unknownsOf = (list: readonly number[]): number[] =>
    [...new Set(list.map((feature) => features.all[feature]!.unknown))].sort((a, b) => a - b);
  const rowUnknowns = unknownsOf(terms.flatMap((term) => term.features));
  const shareUnknowns = unknownsOf(shareParts.map(({ feature }) => feature));
  const factors = group.nuisances.map(unknownOf);

  const termNumbers = terms.flatMap((term) => {
    const padding = new Array<number>(at.TERM_FEATURES - term.features.length).fill(-1);
    const own = term.features.map((feature) => rowUnknowns.indexOf(features.all[feature]!.unknown));
    return [...term.features, ...padding, ...own, ...padding];
  });
  const slotNumbers = slots.flatMap(({ moved, terms: own }, s) => [
    moved,
    moved < 0 ? -1 : rowUnknowns.indexOf(features.all[moved]!.unknown),
    slots.slice(0, s).reduce((sum, slot) => sum + slot.terms.length, 0),
    own.length,
  ]);
  const numbers = new Array<number>(at.GROUP_SIZE).fill(0);
  const S = place.reals(shares);
  const entries: readonly (readonly [number, number])[] = [
    [at.G_CELL, cell],
    [at.G_ROWS, rows],
    [at.G_BINS, bins],
    [at.G_TERMS, terms.length],
    [at.G_SLOTS, slots.length],
    [at.G_P_SLOTS, place.ints(slotNumbers)],
    [at.G_P_TERMS, place.ints(termNumbers)],
    [at.G_M_TERMS, place.reals(joined(terms.map(({ counts }) => counts)))],
    [at.G_M_ROWS, place.reals(rows)],
    [at.G_M_SLOTS, place.reals(slots.length * rows)],
    [at.G_M_ALIVE, place.reals(rows)],
    [at.G_SHARES, shareParts.length],
    [at.G_P_SHARES, place.ints(shareParts.map(({ feature }) => feature))],
    [at.G_M_SHARES_NOMINAL, shareParts.length === 0 ? S : place.reals(shares)],
    [at.G_M_SHARES_PARTS, place.reals(joined(shareParts.map(({ part }) => part)))],
    [at.G_M_SHARES, S],
    [at.G_FACTORS, factors.length],
    [at.G_P_FACTORS, place.ints(factors)],
    [at.G_M_FACTORS, place.reals(group.nuisances.map((k) => scaleOf(nuisances[k]!)))],
    [at.G_ROW_UNKNOWNS, rowUnknowns.length],
    [at.G_P_ROW_UNKNOWNS, place.ints(rowUnknowns)],
    [at.G_M_ROW_SLOPES, place.reals(rowUnknowns.length * rows)],
    [at.G_SHARE_UNKNOWNS, shareUnknowns.length],
    [at.G_P_SHARE_UNKNOWNS, place.ints(shareUnknowns)],
    [at.G_M_SHARE_SLOPES, place.reals(shareUnknowns.length * bins)],
    [at.G_M_PER_ROW, place.reals(rows)],
    [at.G_M_SHARE_BEND, place.reals(bins)],
  ];
  for (const [entry, value] of entries) numbers[entry] = value;
  return { cell, cells, unknowns: [...new Set([...factors, ...rowUnknowns, ...shareUnknowns])], numbers };
}

/** Length of the block that begins at a cell. */
function blockCells(blocks: readonly Block[], cell: number): number {
  let first = 0;
  for (const { observed } of blocks) {
    if (first === cell && observed.length > 0) return observed.length;
    first += observed.length;
  }
  return 0;
}

function joined(arrays: readonly Float64Array[]): number[] {
  return arrays.flatMap((one) => [...one]);
}
