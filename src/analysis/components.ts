/** Components of an experiment as templates by name: what its signal and backgrounds are in cells, and how they move. */

import type { Experiment } from "../experiments/build.ts";
import type { Arrival } from "../experiments/build-arrival.ts";
import { movedTemplates } from "../experiments/template-variation.ts";
import type { FoldedAt, FoldedSignal, SignalVariation } from "../prediction/signal.ts";
import {
  type FoldedFlavour,
  formsOf,
  type Template,
  type TemplateInputs,
  templatesOf,
} from "../prediction/templates.ts";
import {
  type Basis,
  chebyshevBasis,
  chebyshevCoefficients,
  chebyshevNodes,
  chebyshevWeight,
  morphBasis,
} from "../statistics/basis.ts";
import type { Block, ModelComponent, Spread } from "../statistics/model.ts";
import { contract, type NamedTerm } from "../statistics/quadratic.ts";

export interface NamedComponent {
  readonly name: string;
  readonly flavour: string | null;
  readonly terms: readonly NamedTerm[];
  readonly nuisances: readonly string[];
  readonly changes: readonly {
    readonly nuisance: string;
    readonly basis: Basis;
    readonly terms: readonly (readonly NamedTerm[])[];
  }[];
  readonly spread?: Spread;
}

/** A radius that is a free parameter: templates were folded at the Chebyshev nodes of its range. */
export interface FreeRadius {
  readonly name: string;
  readonly range: readonly [number, number];
}

/** Nodes of the interpolation of arrival shares in the onset: 1e-12 of a share over +-0.25 us. */
const ONSET_NODES = 28;

/**
 * Signal and backgrounds of an experiment.
 * @param folded its signal, `shifted` at the nodes of the radius's range where that is free
 * @param scale what the signal is multiplied by
 */
export function componentsOf(
  experiment: Experiment,
  folded: readonly FoldedSignal[],
  inputs: TemplateInputs,
  scale: number,
  radius: FreeRadius | null,
): readonly NamedComponent[] {
  const spreads = spreadsOf(experiment);
  const scaling = (component: string): readonly string[] =>
    experiment.nuisances.filter((one) => one.components.includes(component)).map((one) => one.fullName);
  return [
    ...folded.map((one): NamedComponent => {
      const arrival = experiment.signal.arrivals?.[one.flavour];
      const spread = arrival && spreads?.get(arrival);
      return {
        name: "cevns",
        flavour: one.flavour,
        nuisances: scaling("cevns"),
        ...signalTerms(experiment, one, inputs, scale, radius, arrival),
        ...(spread !== undefined && { spread }),
      };
    }),
    ...experiment.backgrounds.map(
      ({ component, counts, shapes, rowNuisance }): NamedComponent => ({
        name: component,
        flavour: null,
        terms: [constant(counts)],
        nuisances: [...scaling(component), ...(rowNuisance === null ? [] : [rowNuisance])],
        changes: shapes.map(({ nuisance, plus, minus }) =>
          morph(nuisance, [constant(counts)], [constant(plus)], [constant(minus)]),
        ),
      }),
    ),
  ];
}

/** A component with its couplings put in: those free stay parameters. */
export function contractComponent(
  component: NamedComponent,
  free: readonly string[],
  fixed: Readonly<Record<string, number>>,
): ModelComponent {
  return {
    ...component,
    terms: contract(component.terms, free, fixed),
    changes: component.changes.map((change) => ({
      ...change,
      terms: change.terms.map((terms) => contract(terms, free, fixed)),
    })),
  };
}

/** The counts that the rows of a background are fitted to, as a block of their own. */
export function sidebandBlock({ id, backgrounds, cells }: Experiment, observed: Float64Array): Block {
  const width = cells / observed.length;
  return {
    id: `${id}/sideband`,
    statistics: "poisson",
    observed,
    sigma: new Float64Array(observed.length),
    components: backgrounds
      .filter(({ rowNuisance }) => rowNuisance !== null)
      .map(({ component, counts, rowNuisance }) => {
        const rows = observed.map((_, row) =>
          counts.subarray(row * width, (row + 1) * width).reduce((sum, count) => sum + count, 0),
        );
        return {
          name: component,
          flavour: null,
          terms: [{ left: 0, right: 0, counts: rows }],
          nuisances: [rowNuisance!],
        };
      }),
  };
}

function constant(counts: Float64Array): NamedTerm {
  return { monomial: ["1", "1"], counts };
}

/** Whether every cell needs its own template: a middle axis, or variants that are given cell by cell. */
function inCells({ signal }: Experiment): boolean {
  return signal.middle !== null || signal.variations.some(({ type }) => type === "ratios");
}

/** Spread over the last axis by arrival, one object for flavours that arrive alike. */
function spreadsOf(experiment: Experiment): ReadonlyMap<Arrival, Spread> | null {
  const { signal } = experiment;
  if (signal.arrivals === null || !signal.timed || inCells(experiment)) return null;
  return new Map(
    [...new Set(Object.values(signal.arrivals))].map((arrival): [Arrival, Spread] => {
      const { onset } = signal;
      if (onset === null || arrival.shifted === null) return [arrival, { shares: arrival.shares, changes: [] }];
      const [low, high] = onset.range;
      const samples = chebyshevNodes(low, high, ONSET_NODES).map((shift) => arrival.shifted!(shift * onset.unit));
      const [mean, ...rest] = chebyshevCoefficients(samples);
      return [
        arrival,
        {
          shares: mean!,
          changes: [{ nuisance: onset.nuisance, basis: chebyshevBasis(low, high, ONSET_NODES - 1), shares: rest }],
        },
      ];
    }),
  );
}

/** Terms of one flavour of the signal, and how its nuisances change them. */
function signalTerms(
  experiment: Experiment,
  folded: FoldedSignal,
  inputs: TemplateInputs,
  scale: number,
  radius: FreeRadius | null,
  arrival: Arrival | undefined,
): Pick<NamedComponent, "terms" | "changes"> {
  const { signal } = experiment;
  const place = placing(experiment, arrival);
  const forms = formsOf(folded.nominal, inputs);
  const termsOf = (one: FoldedFlavour): readonly NamedTerm[] =>
    templatesOf(one, inputs, forms).map(({ monomial, counts }: Template) => ({
      monomial,
      counts: place(counts).map((count) => scale * count),
    }));
  const termsAt = (one: FoldedAt): ReturnType<typeof signalTerms> => {
    const terms = termsOf(one.nominal);
    const folds = one.variations.map(({ nuisance, plus, minus }) =>
      morph(nuisance, terms, termsOf(plus), termsOf(minus)),
    );
    const ratios = signal.variations.flatMap((variation) =>
      variation.type === "ratios" ? [ratioMorph(variation, terms)] : [],
    );
    return { terms, changes: [...folds, ...ratios] };
  };
  if (radius === null) return termsAt(folded);
  const samples = folded.shifted.map(termsAt);
  return {
    terms: interpolated(
      samples.map(({ terms }) => terms),
      radius,
    ),
    changes: samples[0]!.changes.map((change, c) => ({
      ...change,
      terms: change.terms.map((_, j) =>
        interpolated(
          samples.map(({ changes }) => changes[c]!.terms[j]!),
          radius,
        ),
      ),
    })),
  };
}

type NamedChange = NamedComponent["changes"][number];

/** A released variant's ratio to the released template moves every monomial's template, cell by cell. */
function ratioMorph(
  { nuisance, plus, minus }: Extract<SignalVariation, { type: "ratios" }>,
  nominal: readonly NamedTerm[],
): NamedChange {
  const moved = nominal.map(({ monomial, counts }) => {
    const times = (ratio: Float64Array): Float64Array => counts.map((count, cell) => count * ratio[cell]!);
    const templates = movedTemplates(counts, times(plus), minus && times(minus));
    return { plus: { monomial, counts: templates.plus }, minus: { monomial, counts: templates.minus } };
  });
  return morph(
    nuisance,
    nominal,
    moved.map((one) => one.plus),
    moved.map((one) => one.minus),
  );
}

/** From rows at all arrival times to rows that are spread later, or to cells. */
function placing(experiment: Experiment, arrival: Arrival | undefined): (rows: Float64Array) => Float64Array {
  const { signal, cells } = experiment;
  if (!inCells(experiment)) {
    const share = arrival === undefined || signal.timed ? 1 : arrival.shares[0]!;
    return (rows) => rows.map((count) => count * share);
  }
  const shares = arrival?.shares ?? Float64Array.of(1);
  return (rows) => {
    const perRow = cells / rows.length;
    const middle = perRow / shares.length;
    return Float64Array.from({ length: cells }, (_, cell) => {
      const row = Math.floor(cell / perRow);
      const between = Math.floor((cell % perRow) / shares.length);
      const part = signal.middle === null ? 1 / middle : signal.middle[row * middle + between]!;
      return rows[row]! * part * shares[cell % shares.length]!;
    });
  };
}

/** Change by `morphBasis`: A = (T+ - T-)/2 and B = (T+ + T-)/2 - T0. */
function morph(
  nuisance: string,
  nominal: readonly NamedTerm[],
  plus: readonly NamedTerm[],
  minus: readonly NamedTerm[],
): NamedChange {
  const odd = combined([
    [0.5, plus],
    [-0.5, minus],
  ]);
  const even = combined([
    [0.5, plus],
    [0.5, minus],
    [-1, nominal],
  ]);
  return { nuisance, basis: morphBasis, terms: [odd, even] };
}

/** Terms with Chebyshev polynomials of the radius, from terms at the nodes of its range. */
function interpolated(samples: readonly (readonly NamedTerm[])[], { name, range }: FreeRadius): readonly NamedTerm[] {
  return samples.flatMap((_, order) =>
    combined(samples.map((terms, k) => [chebyshevWeight(samples.length, order, k), terms])).map((term) => ({
      ...term,
      polynomial: { parameter: name, order, range },
    })),
  );
}

/** Weighted sum of terms, monomial by monomial. */
function combined(parts: readonly (readonly [number, readonly NamedTerm[]])[]): readonly NamedTerm[] {
  const sums = new Map<string, { monomial: NamedTerm["monomial"]; counts: Float64Array }>();
  for (const [weight, terms] of parts) {
    for (const { monomial, counts } of terms) {
      const key = monomial.join(" ");
      const sum = sums.get(key) ?? { monomial, counts: new Float64Array(counts.length) };
      for (let i = 0; i < counts.length; i++) sum.counts[i]! += weight * counts[i]!;
      sums.set(key, sum);
    }
  }
  return [...sums.values()];
}
