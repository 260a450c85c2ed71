/** p between tested points: t is known everywhere, what toys change about its chi^2 distribution is carried over. */

import { logGamma } from "../numerics/gamma.ts";
import { EQUAL, type PointTest } from "./feldman-cousins.ts";
import { chi2Survival } from "./levels.ts";

/** Places in terms of the axes. */
type Place = readonly number[];

export interface TestedLattice {
  /** Values along each axis, evenly spaced, increasing: one axis, or two. */
  readonly axes: readonly (readonly number[])[];
  /** What toys said, the last axis fastest. */
  readonly tests: readonly Pick<PointTest, "t" | "p" | "toys">[];
  /** 1 - CL of the highest level: a point whose toys all fit better is excluded at every level. */
  readonly outside: number;
  /** t of the data anywhere; NaN where there is no converged fit. */
  readonly t: (place: Place) => number;
}

export interface Calibration {
  /** -ln p, at least 0. At tested points that of the toys; without a converged fit there 0: not excluded. */
  readonly minusLogP: (place: Place) => number;
  /** Standard deviation of ln p from the number of toys at the points around. */
  readonly error: (place: Place) => number;
}

/** Of ln p where no toy was thrown. */
const UNTESTED_ERROR = 1;
/** A place this near to a tested point, in steps of the lattice, is that point. */
const SAME = 1e-9;
/** Above this, chi^2 probabilities are taken from their asymptotic series: they leave the range of numbers. */
const FAR = 600;

/**
 * p(theta) = S(t(theta)) exp(c(theta)), S the survival function of chi^2 with as many degrees of freedom as axes and
 * c = ln(p/S(t)) at tested points. Between them c is linear along each axis, and shrinks with t/t' where t lies below
 * t', the square of sqrt(t) taken as linear: at t = 0, p is 1. Where all N toys fit better than the data, p is only
 * known to lie below about 1/N: there c is the mean of the neighbours' that have one, 0 without, but p at most 1/N and
 * 1 - CL of the highest level. Cells around a point without a converged fit have p linear, and 1 there.
 */
export function calibrationOf({ axes, tests, outside, t }: TestedLattice): Calibration {
  const dof = axes.length;
  const lengths = axes.map((axis) => axis.length);
  const known = tests.map((test) => ({ ...test, t: Math.max(test.t, 0) }));
  const own = known.map((test) => {
    if (test.t <= EQUAL || test.toys === 0) return 0;
    return test.p > 0 ? Math.log(test.p) - logSurvival(test.t, dof) : Number.NaN;
  });
  const corrections = known.map((test, index) => {
    if (!Number.isNaN(own[index]!)) return own[index]!;
    const around = neighboursOf(index, lengths).filter((k) => known[k]!.toys > 0 && !Number.isNaN(own[k]!));
    const mean = around.length === 0 ? 0 : around.reduce((sum, k) => sum + own[k]!, 0) / around.length;
    return Math.min(mean, Math.log(Math.min(1 / test.toys, outside)) - logSurvival(test.t, dof));
  });
  const values = known.map(({ t: here }, k) => {
    if (Number.isNaN(here)) return 0;
    return here <= EQUAL ? 0 : Math.max(-logSurvival(here, dof) - corrections[k]!, 0);
  });
  const roots = known.map((test) => Math.sqrt(test.t));
  const errors = known.map(({ t: here, p, toys }) => {
    if (here <= EQUAL) return 0;
    if (toys === 0) return UNTESTED_ERROR;
    // Half a toy more on each side: none out of N is no certainty.
    const share = (p * toys + 0.5) / (toys + 1);
    return Math.sqrt((1 - share) / (share * toys));
  });
  const shrinking = (corners: Corners, here: number): number => {
    const straight = mean(corners, (k) => roots[k]!) ** 2;
    return here < straight ? here / straight : 1;
  };

  return {
    minusLogP: (place) => {
      const corners = cornersOf(place, axes);
      if (corners.length === 1) return values[corners[0]![0]]!;
      const here = Math.max(t(place), 0);
      if (Number.isNaN(here) || corners.some(([k]) => Number.isNaN(known[k]!.t)))
        return -Math.log(mean(corners, (k) => Math.exp(-values[k]!)));
      const correction = mean(corners, (k) => corrections[k]!) * shrinking(corners, here);
      return Math.max(-logSurvival(here, dof) - correction, 0);
    },
    error: (place) => {
      const corners = cornersOf(place, axes);
      const share = corners.length === 1 ? 1 : shrinking(corners, Math.max(t(place), 0));
      return share * Math.hypot(...corners.map(([k, weight]) => weight * errors[k]!));
    },
  };
}

/** Tested points around a place and their shares in it; one alone when it is the place. */
type Corners = readonly (readonly [index: number, weight: number])[];

function mean(corners: Corners, of: (index: number) => number): number {
  return corners.reduce((sum, [k, weight]) => sum + weight * of(k), 0);
}

function cornersOf(place: Place, axes: TestedLattice["axes"]): Corners {
  let corners: Corners = [[0, 1]];
  axes.forEach((axis, i) => {
    const last = axis.length - 1;
    const steps = ((place[i]! - axis[0]!) / (axis[last]! - axis[0]!)) * last;
    const cell = Math.min(Math.max(Math.floor(steps), 0), last - 1);
    const share = Math.min(Math.max(steps - cell, 0), 1);
    const sides =
      share < SAME
        ? [[0, 1] as const]
        : share > 1 - SAME
          ? [[1, 1] as const]
          : ([
              [0, 1 - share],
              [1, share],
            ] as const);
    corners = corners.flatMap(([k, weight]) =>
      sides.map(([side, part]) => [k * axis.length + cell + side, weight * part] as const),
    );
  });
  return corners;
}

/** Points one step away along any axes. */
function neighboursOf(index: number, lengths: readonly number[]): readonly number[] {
  let found: readonly number[] = [0];
  let stride = lengths.reduce((product, length) => product * length, 1);
  let rest = index;
  for (const length of lengths) {
    stride /= length;
    const step = Math.floor(rest / stride);
    rest -= step * stride;
    found = found.flatMap((k) =>
      [step - 1, step, step + 1].filter((one) => one >= 0 && one < length).map((one) => k * length + one),
    );
  }
  return found.filter((k) => k !== index);
}

/** ln of the probability that chi^2 exceeds x; far out by its leading term, (x/2)^(dof/2 - 1) exp(-x/2)/Gamma(dof/2). */
function logSurvival(x: number, dof: number): number {
  if (x < FAR) return Math.log(chi2Survival(x, dof));
  return (dof / 2 - 1) * Math.log(x / 2) - x / 2 - logGamma(dof / 2);
}
