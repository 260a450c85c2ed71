/** From a model to its Gram form: chi^2 as polynomials of the parameters, at a cost that knows no number of cells. */

import type { GramForm } from "../kernel/gram-form.ts";
import { dotProduct } from "../numerics/linear-algebra.ts";
import { gramCells } from "./gram-cells.ts";
import type { Model } from "./model.ts";
import { contracted, degreeOf, keyOf, type Polynomial, type PolynomialTerm } from "./vector-polynomial.ts";

export interface GramModel {
  readonly form: GramForm;
  /**
   * The form for other data with the same errors.
   * @param observed counts of each block
   * @param centres deviation that each nuisance was measured at, 0 where none is given
   */
  readonly withData: (observed: readonly Float64Array[], centres?: Readonly<Record<string, number>>) => GramForm;
}

/**
 * The Gram form of a model whose cells are Gaussian and whose profiled nuisances scale components.
 *
 * Pulls whose response does not depend on the parameters are eliminated here, by projecting the rows onto what they
 * cannot reach; a point pays only for the others.
 * @param freed nuisances that are parameters, after the couplings
 * @param fixed nuisances held at a value (pulls in sigma, normalisations as factors); all others are profiled
 * @returns undefined where there is no such form, see `gramCells`
 */
export function gramModel(
  model: Model,
  freed: readonly string[] = [],
  fixed: Readonly<Record<string, number>> = {},
): GramModel | undefined {
  const cells = gramCells(model, freed, fixed);
  if (cells === undefined) return undefined;
  const varies = (one: Polynomial<Float64Array>): boolean =>
    [...one.values()].some(({ powers }) => degreeOf(powers) > 0);
  const project = outside(
    cells.responses.filter((one) => !varies(one)).map((one) => [...one.values()][0]!.coefficient),
  );
  const responses = cells.responses.filter(varies).map((one) => mapped(one, project));
  const residual = [...mapped(cells.residual, project).values()];
  const constant = residual.findIndex(({ powers }) => degreeOf(powers) === 0);
  const pairs = responses.map((a) => responses.map((b) => nonzero(contracted(a, b))));
  const systems = connected(responses.length, (p, q) => pairs[p]![q]!.size > 0);

  // What depends on the data, rr and v, is laid out as zeros and filled in below.
  const zero = new Array<number>(cells.variables).fill(0);
  const products: { readonly polynomial: number; readonly key: string; readonly a: number; readonly b: Vector }[] = [];
  const product = (polynomial: number, a: number, powers: Powers, b: Vector): PolynomialTerm<number> => {
    const sum = residual[a]!.powers.map((power, i) => power + powers[i]!);
    products.push({ polynomial, key: keyOf(sum), a, b });
    return { powers: sum, coefficient: 0 };
  };
  // A parameter that nothing depends on still makes its NaN known.
  const all = zero.map((_, i) => ({ powers: zero.with(i, 1), coefficient: 0 }));
  const rr = residual.flatMap((_, a) => residual.map(({ powers }, b) => product(0, a, powers, b)));
  const polynomials = [byKey([...all, ...rr])];
  for (const system of systems) {
    for (const p of system) {
      const j = polynomials.length;
      const terms = [...responses[p]!.values()];
      polynomials.push(
        byKey(residual.flatMap((_, a) => terms.map(({ powers, coefficient }) => product(j, a, powers, coefficient)))),
      );
    }
    system.forEach((p, i) => {
      for (const q of system.slice(0, i + 1)) polynomials.push(pairs[p]![q]!);
    });
  }
  const { entryOf, ...table } = tableOf(polynomials);
  const sizes = Int32Array.from(systems, ({ length }) => length);
  const additions = products.map(({ polynomial, key, a, b }) => ({ entry: entryOf(polynomial, key), a, b }));

  const formOf = (data: Float64Array): GramForm => {
    const vectors = residual.map(({ coefficient }) => coefficient);
    vectors[constant] = vectors[constant]!.slice();
    const projected = project(data);
    for (let i = 0; i < projected.length; i++) vectors[constant]![i]! += projected[i]!;
    const coefficient = table.coefficient.slice();
    for (const { entry, a, b } of additions) {
      const [left, right] = [vectors[a]!, typeof b === "number" ? vectors[b]! : b];
      coefficient[entry]! += dotProduct(left, right, 0, left.length);
    }
    coefficient[entryOf(0, keyOf(zero))]! += cells.offset;
    return { variables: cells.variables, sizes, ...table, coefficient };
  };
  return {
    form: formOf(cells.data()),
    withData: (observed, centres) => formOf(cells.data(observed, centres)),
  };
}

type Powers = readonly number[];
/** A vector, or the index of one of the residual's. */
type Vector = Float64Array | number;

function byKey(terms: readonly PolynomialTerm<number>[]): Polynomial<number> {
  return new Map(terms.map((term) => [keyOf(term.powers), term]));
}

function mapped(
  polynomial: Polynomial<Float64Array>,
  change: (vector: Float64Array) => Float64Array,
): Polynomial<Float64Array> {
  return new Map(
    [...polynomial].map(([key, { powers, coefficient }]) => [key, { powers, coefficient: change(coefficient) }]),
  );
}

function nonzero(polynomial: Polynomial<number>): Polynomial<number> {
  return new Map([...polynomial].filter(([, { coefficient }]) => coefficient !== 0));
}

/** What is left of a vector outside the span of some others. */
function outside(span: readonly Float64Array[]): (vector: Float64Array) => Float64Array {
  const basis: Float64Array[] = [];
  const dot = (a: Float64Array, b: Float64Array): number => dotProduct(a, b, 0, a.length);
  const project = (vector: Float64Array): Float64Array => {
    const rest = vector.slice();
    for (const unit of basis) {
      const along = dot(unit, rest);
      for (let i = 0; i < rest.length; i++) rest[i]! -= along * unit[i]!;
    }
    return rest;
  };
  for (const vector of span) {
    const rest = project(vector);
    const length = Math.sqrt(dot(rest, rest));
    // What others in the span do as well leaves rounding: a combination that the data leave open.
    if (length > 1e-6 * Math.sqrt(dot(vector, vector))) basis.push(rest.map((value) => value / length));
  }
  return project;
}

/** Indices below n in groups that hang together. */
function connected(n: number, linked: (p: number, q: number) => boolean): readonly (readonly number[])[] {
  const groups: number[][] = [];
  for (let p = 0; p < n; p++) {
    const touched = groups.filter((group) => group.some((q) => linked(p, q)));
    for (const group of touched) groups.splice(groups.indexOf(group), 1);
    groups.push([...touched.flat(), p].sort((a, b) => a - b));
  }
  return groups;
}

/** Polynomials over one table of monomials, each of them one step from an earlier one. */
function tableOf(polynomials: readonly Polynomial<number>[]): Omit<GramForm, "variables" | "sizes"> & {
  /** Place of the coefficient of a monomial of a polynomial. */
  readonly entryOf: (polynomial: number, key: string) => number;
} {
  const known = new Map(polynomials.flatMap((one) => [...one].map(([key, { powers }]) => [key, powers])));
  const largest = Math.max(...[...known.values()].map(degreeOf));
  const parentOf = (powers: readonly number[], f: number): readonly number[] => powers.with(f, powers[f]! - 1);
  const step = new Map<string, { readonly parent: string; readonly factor: number }>();
  for (let degree = largest; degree > 0; degree--) {
    for (const [key, powers] of [...known].filter(([, powers]) => degreeOf(powers) === degree)) {
      const steps = powers.flatMap((power, f) => (power > 0 ? [f] : []));
      const factor = steps.find((f) => known.has(keyOf(parentOf(powers, f)))) ?? steps[0]!;
      const parent = parentOf(powers, factor);
      known.set(keyOf(parent), parent);
      step.set(key, { parent: keyOf(parent), factor });
    }
  }
  const keys = [...known].sort(([, a], [, b]) => degreeOf(a) - degreeOf(b)).map(([key]) => key);
  const index = new Map(keys.map((key, k) => [key, k]));
  const entries = polynomials.map((one) =>
    [...one].map(([key, { coefficient }]) => ({ k: index.get(key)!, coefficient })).sort((a, b) => a.k - b.k),
  );
  const start = Int32Array.from({ length: polynomials.length + 1 }, (_, j) =>
    entries.slice(0, j).reduce((sum, one) => sum + one.length, 0),
  );
  const place = new Map(entries.flatMap((one, j) => one.map(({ k }, e) => [`${j} ${k}`, start[j]! + e])));
  return {
    entryOf: (j, key) => place.get(`${j} ${index.get(key)}`)!,
    parent: Int32Array.from(keys, (key) => index.get(step.get(key)?.parent ?? "") ?? 0),
    factor: Int32Array.from(keys, (key) => step.get(key)?.factor ?? 0),
    start,
    monomial: Int32Array.from(entries.flat(), ({ k }) => k),
    coefficient: Float64Array.from(entries.flat(), ({ coefficient }) => coefficient),
  };
}
