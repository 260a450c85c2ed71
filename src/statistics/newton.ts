/**
 * Profiled nuisances of any kind, Poisson and Gaussian cells:
 *
 *     chi^2 = 2 sum_i [mu_i - n_i + n_i ln(n_i/mu_i)]   or   sum_i (n_i - mu_i)^2/sigma_i^2,   plus   sum_k delta_k^2
 *
 * with 2 mu_i for an empty Poisson cell. A Poisson prediction below 1e-9 is cut there. The nuisances are brought to
 * their best values by Newton's method in a box, with exact derivatives, curvature taken positive and steps halved
 * until chi^2 falls.
 *
 * @source S. Baker and R. D. Cousins, Nucl. Instrum. Meth. 221 (1984) 437
 */

import { dotProduct, fourDotProducts, solvePositive, symmetricEigen } from "../numerics/linear-algebra.ts";
import type { Method, Part } from "./part.ts";

/** Predictions of Poisson cells are cut here from below. */
const LOWEST = 1e-9;
const MAX_STEPS = 200;
const MAX_HALVINGS = 40;
/**
 * A Newton step that was to gain less, and did, leaves about the square of this (in chi^2) to be gained: no further one
 * is needed.
 */
const SURE = 1e-7;
/** A last answer whose chi^2 has risen by more than this is no neighbour. */
const FAR = 10;
/** First step of one nuisance on its own, in sigma. */
const ALONE = 0.5;

export function newtonMethod(part: Part): Method {
  const { blocks, shapes, cells, observed, deviations, profiled, nuisances, lower, upper } = part;
  const P = profiled.length;
  const mu = new Float64Array(cells);
  /** d chi^2/d mu and d^2 chi^2/d mu^2 of each cell at the last prediction. */
  const slope = new Float64Array(cells);
  const bend = new Float64Array(cells);
  /** 1/sigma^2 of Gaussian cells, 0 for Poisson ones. */
  const weight = Float64Array.from(
    blocks.flatMap((block) => [...block.sigma].map((s) => (block.statistics === "gaussian" ? 1 / (s * s) : 0))),
  );
  const constrained = profiled.map((k) => (nuisances[k]!.sigma === null ? 0 : 1));
  const bent = new Float64Array(cells);
  const first = profiled.map(() => new Float64Array(cells));
  /** Cells that a nuisance can move: those of the blocks it acts on. */
  const reach = profiled.map((k) => {
    const acting = shapes.filter((shape) => shape.nuisances.includes(k));
    return [
      Math.min(...acting.map((shape) => shape.offset)),
      Math.max(...acting.map((shape) => shape.offset + shape.cells)),
    ] as const;
  });
  const position = Int32Array.from(nuisances, (_, k) => profiled.indexOf(k));
  /** The last answer: neighbours in a plane follow each other. */
  let last: { readonly place: readonly number[]; readonly chi2: number; readonly cuts: number } | undefined;
  const gradient = new Float64Array(P);
  const hessian = new Float64Array(P * P);

  function chi2OfCell(i: number): number {
    const n = observed[i]!;
    if (weight[i]! > 0) return weight[i]! * (n - mu[i]!) ** 2;
    const m = Math.max(mu[i]!, LOWEST);
    return 2 * (m - n + (n > 0 ? n * Math.log(n / m) : 0));
  }

  /** chi^2 at the deviations; fills mu. */
  function evaluate(): number {
    mu.fill(0);
    for (const shape of shapes) {
      shape.move(deviations);
      const factor = shape.factor();
      const { counts, offset } = shape;
      for (let i = 0; i < counts.length; i++) mu[offset + i]! += factor * counts[i]!;
    }
    let chi2 = 0;
    for (let i = 0; i < cells; i++) chi2 += chi2OfCell(i);
    for (let p = 0; p < P; p++) if (constrained[p] === 1) chi2 += deviations[profiled[p]!]! ** 2;
    return chi2;
  }

  function fillSlopes(): void {
    for (let i = 0; i < cells; i++) {
      const n = observed[i]!;
      if (weight[i]! > 0) {
        slope[i] = 2 * weight[i]! * (mu[i]! - n);
        bend[i] = 2 * weight[i]!;
      } else {
        const m = Math.max(mu[i]!, LOWEST);
        slope[i] = 2 * (1 - n / m);
        bend[i] = (2 * n) / (m * m);
      }
    }
  }

  const sameReach = (p: number, q: number): boolean =>
    [q, q + 1, q + 2, q + 3].every((k) => reach[k]![0] === reach[p]![0] && reach[k]![1] === reach[p]![1]);

  /** Gradient and Hessian of chi^2 in the profiled deviations, at the last evaluation. */
  function fillDerivatives(): void {
    fillSlopes();
    for (let p = 0; p < P; p++) {
      const target = first[p]!.fill(0);
      for (const shape of shapes) shape.addSlope(profiled[p]!, target);
    }
    for (let p = 0; p < P; p++) {
      const fp = first[p]!;
      const [low, high] = reach[p]!;
      gradient[p] = 2 * constrained[p]! * deviations[profiled[p]!]! + dotProduct(slope, fp, low, high);
      for (let i = low; i < high; i++) bent[i] = bend[i]! * fp[i]!;
      let q = 0;
      // Nuisances of one block reach the same cells: four products at a time.
      for (; q + 3 <= p && sameReach(p, q); q += 4) {
        const four = [first[q]!, first[q + 1]!, first[q + 2]!, first[q + 3]!] as const;
        fourDotProducts(bent, four, low, high).forEach((sum, k) => {
          hessian[p * P + q + k] = sum;
        });
      }
      for (; q <= p; q++) {
        const [from, to] = [Math.max(low, reach[q]![0]), Math.min(high, reach[q]![1])];
        hessian[p * P + q] = dotProduct(bent, first[q]!, from, to);
      }
      hessian[p * P + p]! += 2 * constrained[p]!;
    }
    for (const shape of shapes) shape.addBends(slope, position, P, hessian);
    for (let p = 0; p < P; p++) for (let q = 0; q < p; q++) hessian[q * P + p] = hessian[p * P + q]!;
  }

  const inBox = (k: number, value: number): number => Math.min(Math.max(value, lower[k]!), upper[k]!);

  /** Move the profiled deviations along a step from where they were. */
  const goTo = (before: readonly number[], move: ArrayLike<number>, length: number): number => {
    profiled.forEach((k, p) => {
      deviations[k] = inBox(k, before[p]! + length * move[p]!);
    });
    return evaluate();
  };

  /** Halve a step until chi^2 falls; undefined, and back where it was, when it never does. */
  function descend(value: number, move: ArrayLike<number>, halvings: number): number | undefined {
    const before = profiled.map((k) => deviations[k]!);
    let length = 1;
    for (let halving = 0; halving <= halvings; halving++, length /= 2) {
      const next = goTo(before, move, length);
      if (next <= value) return next;
    }
    goTo(before, move, 0);
    return undefined;
  }

  /** Where a row is cut at zero chi^2 has an edge that no Newton step crosses: try every nuisance on its own. */
  function stepAlone(value: number): number {
    let lowest = value;
    for (let p = 0; p < P; p++) {
      for (const sign of [1, -1]) {
        const move = Float64Array.from({ length: P }, (_, q) => (p === q ? sign * ALONE : 0));
        lowest = descend(lowest, move, 10) ?? lowest;
      }
    }
    return lowest;
  }

  const where = (): readonly number[] => profiled.map((k) => deviations[k]!);
  const goToPlace = (place: readonly number[]): void => {
    profiled.forEach((k, p) => {
      deviations[k] = inBox(k, place[p]!);
    });
  };
  const cutRows = (): number => shapes.reduce((sum, shape) => sum + shape.clipped(), 0);

  /** Whether to begin at the last answer: it is near, or at least nearer than nominal. */
  function isNear(known: NonNullable<typeof last>, nominal: readonly number[]): boolean {
    goToPlace(known.place);
    const value = evaluate();
    if (value < known.chi2 + FAR) return true;
    goToPlace(nominal);
    return value < evaluate();
  }

  /**
   * Best place for the profiled deviations; returns chi^2. The search begins at the last answer where that is near, else
   * at nominal; where other rows are cut at zero than before there can be two answers, and both beginnings are tried.
   */
  function profile(): number {
    const nominal = where();
    const known = last;
    const fromLast = known !== undefined && isNear(known, nominal);
    goToPlace(fromLast ? known.place : nominal);
    let value = search();
    const cuts = cutRows();
    if (known !== undefined && cuts > 0 && cuts !== known.cuts) {
      const found = where();
      goToPlace(fromLast ? nominal : known.place);
      const other = search();
      if (other < value) value = other;
      else {
        goToPlace(found);
        evaluate();
      }
    }
    fillSlopes();
    last = { place: where(), chi2: value, cuts: cutRows() };
    return value;
  }

  /** Newton's method from where the deviations are; returns chi^2. */
  function search(): number {
    let value = evaluate();
    for (let step = 0; step < MAX_STEPS && P > 0; step++) {
      fillDerivatives();
      const open = profiled
        .map((_, p) => p)
        .filter((p) => {
          const [k, g] = [profiled[p]!, gradient[p]!];
          return (deviations[k]! > lower[k]! || g < 0) && (deviations[k]! < upper[k]! || g > 0);
        });
      if (open.length === 0) break;
      const { move, gain } = newtonMove(gradient, hessian, open, P);
      if (gain < 1e-12) break;
      const next = descend(value, move, MAX_HALVINGS) ?? value;
      const gained = value - next;
      value = next;
      if (gained < 1e-13 * (1 + value)) {
        // Much was to be gained and little was: an edge lies across the way.
        const alone = gain > 1e-9 ? stepAlone(value) : value;
        if (!(alone < value - 1e-12)) break;
        value = alone;
      } else if (gain < SURE && gained > 0.9 * gain) break;
    }
    return value;
  }

  return {
    solve: profile,
    slope,
    bend,
    ofCell: chi2OfCell,
    cut: () => mu.reduce((sum, m, i) => sum + (weight[i] === 0 && m < LOWEST ? 1 : 0), 0),
  };
}

/**
 * Newton step in the open directions; where the curvature is not positive, |eigenvalues| take its place. `gain` is the
 * predicted fall of chi^2.
 */
function newtonMove(gradient: Float64Array, hessian: Float64Array, open: readonly number[], P: number) {
  const m = open.length;
  const reduced = Float64Array.from({ length: m * m }, (_, e) => hessian[open[Math.floor(e / m)]! * P + open[e % m]!]!);
  const down = Float64Array.from(open, (p) => -gradient[p]!);
  const step = solvePositive(reduced, down, m) ?? alongEigenvectors(reduced, down, m);
  const move = new Float64Array(P);
  let gain = 0;
  for (let i = 0; i < m; i++) {
    move[open[i]!] = step[i]!;
    gain += 0.5 * step[i]! * down[i]!;
  }
  return { move, gain };
}

function alongEigenvectors(matrix: Float64Array, down: Float64Array, m: number): Float64Array {
  const { values, vectors } = symmetricEigen(matrix, m);
  const largest = Math.max(...values.map(Math.abs), 1e-300);
  const step = new Float64Array(m);
  for (let k = 0; k < m; k++) {
    const along = vectors[k]!.reduce((sum, v, i) => sum + v * down[i]!, 0);
    const curvature = Math.max(Math.abs(values[k]!), 1e-12 * largest);
    for (let i = 0; i < m; i++) step[i]! += (along / curvature) * vectors[k]![i]!;
  }
  return step;
}
