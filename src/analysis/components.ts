/** Components of an experiment as templates by name: what its signal and backgrounds are in cells, and how they move. */

import type { Experiment } from "../experiments/build.ts";
import { nuisanceUnit } from "../experiments/build.ts";
import type { Arrival } from "../experiments/build-arrival.ts";
import { movedTemplates } from "../experiments/template-variation.ts";
import type { FoldedSignal } from "../prediction/signal.ts";
import { type Template, type TemplateInputs, templatesOf } from "../prediction/templates.ts";
import { type Basis, chebyshevBasis, chebyshevCoefficients, chebyshevNodes, morphBasis } from "../statistics/basis.ts";
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

/** Nodes of the interpolation in the neutron radius: 1e-8 of the counts over its default range. */
export const RADIUS_NODES = 24;
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
        changes: shapes.map(({ nuisance, plus, minus }) => ({
          nuisance,
          basis: morphBasis,
          terms: morphTerms([constant(counts)], [constant(plus)], [constant(minus)]),
        })),
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
      const nuisance = experiment.nuisances.find(({ fullName }) => fullName === onset.nuisance)!;
      const [low, high] = onset.range;
      const samples = chebyshevNodes(low, high, ONSET_NODES).map((shift) =>
        arrival.shifted!(shift * nuisanceUnit(nuisance)),
      );
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
  const termsOf = (one: FoldedSignal["nominal"]): readonly NamedTerm[] =>
    templatesOf(one, inputs).map(({ monomial, counts }: Template) => ({
      monomial,
      counts: place(counts).map((count) => scale * count),
    }));
  const nominal = termsOf(folded.nominal);
  const changes: NamedComponent["changes"][number][] = folded.variations.map(({ nuisance, plus, minus }) => ({
    nuisance,
    basis: morphBasis,
    terms: morphTerms(nominal, termsOf(plus), termsOf(minus)),
  }));
  for (const variation of signal.variations) {
    if (variation.type !== "ratios") continue;
    const moved = nominal.map(({ monomial, counts }) => {
      const times = (ratio: Float64Array): Float64Array => counts.map((count, cell) => count * ratio[cell]!);
      const { plus, minus } = movedTemplates(counts, times(variation.plus), variation.minus && times(variation.minus));
      return { plus: { monomial, counts: plus }, minus: { monomial, counts: minus } };
    });
    changes.push({
      nuisance: variation.nuisance,
      basis: morphBasis,
      terms: morphTerms(
        nominal,
        moved.map(({ plus }) => plus),
        moved.map(({ minus }) => minus),
      ),
    });
  }
  if (radius === null) return { terms: nominal, changes };
  const [mean, ...rest] = interpolated(folded.shifted.map(termsOf));
  const basis = chebyshevBasis(radius.range[0], radius.range[1], RADIUS_NODES - 1);
  return { terms: mean!, changes: [...changes, { nuisance: radius.name, basis, terms: rest }] };
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

/** A = (T+ - T-)/2 and B = (T+ + T-)/2 - T0 of `morphBasis`. */
function morphTerms(
  nominal: readonly NamedTerm[],
  plus: readonly NamedTerm[],
  minus: readonly NamedTerm[],
): readonly (readonly NamedTerm[])[] {
  return [
    combined([
      [0.5, plus],
      [-0.5, minus],
    ]),
    combined([
      [0.5, plus],
      [0.5, minus],
      [-1, nominal],
    ]),
  ];
}

/** Coefficients of the Chebyshev polynomials, from terms at the nodes. */
function interpolated(samples: readonly (readonly NamedTerm[])[]): readonly (readonly NamedTerm[])[] {
  const n = samples.length;
  return samples.map((_, j) =>
    combined(samples.map((terms, k) => [((j === 0 ? 1 : 2) / n) * Math.cos((Math.PI * j * (k + 0.5)) / n), terms])),
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
