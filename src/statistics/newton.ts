/**
 * Profiled nuisances of any kind, Poisson and Gaussian cells:
 *
 *     chi^2 = 2 sum_i [mu_i - n_i + n_i ln(n_i/mu_i)]   or   sum_i (n_i - mu_i)^2/sigma_i^2,   plus   sum_k delta_k^2
 *
 * with 2 mu_i for an empty Poisson cell. A Poisson prediction below 1e-9 is cut there. The kernel searches; here is where
 * it begins.
 *
 * @source S. Baker and R. D. Cousins, Nucl. Instrum. Meth. 221 (1984) 437
 */

import * as at from "../kernel/layout.ts";
import { type Part, type Profile, placeOf, setFree } from "./part.ts";

/** A last answer whose chi^2 has risen by more than this is no neighbour. */
const FAR = 10;

/** Answers whose chi^2 differs by less are one. */
const EQUAL = 1e-9;

/** Answers whose chi^2 differs by more are two dips, however well each was searched. */
const APART = 1e-6;

export function newtonProfile(part: Part): Profile {
  const { kernel, profiled, couplings, nuisances } = part;
  const { p, m } = kernel;
  const places = Int32Array.from(profiled, (k) => placeOf(part, k));
  const unknowns = profiled.map((k) => couplings + k);
  /** Nuisances that move shapes. */
  const shapes = new Set(
    part.groups.flatMap(({ changes, spread }) =>
      [...changes, ...(spread?.changes ?? [])].map(({ nuisance }) => nuisance),
    ),
  );
  const nominal = new Float64Array(places.length);
  const found = new Float64Array(places.length);
  const other = new Float64Array(places.length);
  /** Whether the searches of one place ended in several dips of chi^2. */
  let severalDips = false;
  /** The last answer: neighbours in a plane follow each other. */
  const last = { place: new Float64Array(places.length), chi2: Number.NaN, cuts: 0 };

  const take = (to: Float64Array): void => {
    for (let i = 0; i < places.length; i++) to[i] = m[places[i]!]!;
  };
  const goTo = (place: Float64Array): void => {
    for (let i = 0; i < places.length; i++) m[places[i]!] = place[i]!;
  };

  /** Go to the last answer if it is near, or at least nearer than nominal; returns chi^2 there, else NaN. */
  function fromLast(): number {
    if (Number.isNaN(last.chi2)) return Number.NaN;
    goTo(last.place);
    const value = kernel.evaluate();
    if (value < last.chi2 + FAR) return value;
    goTo(nominal);
    if (!(value < kernel.evaluate())) return Number.NaN;
    goTo(last.place);
    return kernel.evaluate();
  }

  /**
   * A place with every quantity between bounds in turn half way to each of them, and every other nuisance that moves
   * shapes in turn one unit to each side of nominal. Where the place moves meanwhile, the rest follow it.
   */
  function* around(place: Float64Array): Generator<Float64Array> {
    for (const [i, k] of profiled.entries()) {
      if (!shapes.has(k)) continue;
      const { kind, bounds } = nuisances[k]!;
      const ends = kind === "flat" && bounds !== undefined ? bounds.map((bound) => bound / 2) : [-1, 1];
      for (const end of ends) yield place.map((u, j) => (j === i ? end : u));
    }
  }

  /**
   * chi^2 may have several dips in what moves shapes, more so where rows are cut at zero. Nominal; around the lowest found
   * so far, which is where most dips are entered from and little is left to search; where that ends in several dips, around
   * nominal too.
   */
  function* afresh(): Generator<Float64Array> {
    yield nominal;
    yield* around(found);
    if (severalDips) yield* around(nominal);
  }

  /** Go to the lowest of what is found from several places; returns chi^2. */
  function lowestFrom(places: Iterable<Float64Array>): number {
    let lowest = Number.NaN;
    severalDips = false;
    for (const place of places) {
      goTo(place);
      const value = kernel.search(kernel.evaluate());
      if (Math.abs(value - lowest) > APART) severalDips = true;
      // One well is entered from several sides: of equal answers the first, so that neighbours answer alike.
      if (value >= lowest - EQUAL) continue;
      lowest = value;
      take(found);
    }
    goTo(found);
    kernel.evaluate();
    return lowest;
  }

  /**
   * The search begins at the last answer where that is near, else afresh; where other rows are cut at zero than before
   * there can be two answers, and both beginnings are tried; so too where the answer lies on the edge of a cut, which may
   * hide a lower one behind it.
   */
  return () => {
    if (places.length === 0) return kernel.evaluate();
    setFree(kernel, unknowns);
    take(nominal);
    let value = fromLast();
    if (Number.isNaN(value)) value = lowestFrom(afresh());
    else {
      value = kernel.search(value);
      const cuts = p[at.CUTS]!;
      if ((cuts > 0 && cuts !== last.cuts) || p[at.STATUS] === at.AT_EDGE) {
        take(other);
        value = lowestFrom([other, nominal]);
      }
    }
    take(last.place);
    last.chi2 = value;
    last.cuts = p[at.CUTS]!;
    return value;
  };
}
