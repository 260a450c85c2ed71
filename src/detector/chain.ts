/** What the elements of a response amount to: mean of the measured quantity, its inverse, the acceptance. */

import { NurecoilError } from "../errors.ts";
import { brent } from "../numerics/roots.ts";
import { logisticAcceptance, shiftedLogisticAcceptance, tabulatedAcceptance, zeroOf } from "./efficiency.ts";
import type { ResponseElement } from "./elements.ts";
import { polynomialQuenching, risingQuenching } from "./quenching.ts";

export interface Chain {
  /** Mean of the measured quantity (photoelectrons, or MeVee) of a recoil energy in MeV. */
  readonly measure: (recoil: number) => number;
  /**
   * Recoil energy, MeV, of a mean. A quenching curve that turns over ends there: larger means give the recoil energy at
   * which it does, to a step of 1 %.
   */
  readonly recoilAt: (measured: number) => number;
  /** Product of the acceptances at a value of the measured axis. */
  readonly acceptance: (measured: number) => number;
  /** Values of the measured axis at which the acceptance or its slope jumps; in no order. */
  readonly breaks: readonly number[];
  /** Distance over which the acceptance is smooth between its breaks: Infinity where it is constant. */
  readonly scale: number;
}

interface Acceptance {
  readonly value: (measured: number) => number;
  readonly breaks: readonly number[];
  readonly scale: number;
}

/** Where the search for a recoil energy starts, MeV, and what it multiplies by. */
const LOWEST = 1e-9;
const STEP = 1.01;
/** Recoil energies stay far below, MeV. */
const HIGHEST = 1e6;

/** The elements of a list, in physical order, as one chain. */
export function chain(elements: readonly ResponseElement[]): Chain {
  const acceptances = elements.flatMap((element) => acceptanceOf(element) ?? []);
  return {
    ...conversion(elements),
    acceptance: (measured) => acceptances.reduce((product, one) => product * one.value(measured), 1),
    breaks: acceptances.flatMap((one) => one.breaks),
    scale: Math.min(...acceptances.map((one) => one.scale)),
  };
}

function acceptanceOf(element: ResponseElement): Acceptance | undefined {
  if (element.type === "logistic-acceptance") {
    const { threshold, halfStep } = element;
    return {
      value: (n) => logisticAcceptance(element, n),
      breaks: halfStep === true ? [threshold, threshold + 1] : [threshold],
      scale: 1 / element.slope,
    };
  }
  if (element.type === "shifted-logistic-acceptance") {
    const zero = zeroOf(element);
    return {
      value: (n) => shiftedLogisticAcceptance(element, n),
      breaks: zero === undefined ? [] : [zero],
      scale: 1 / element.slope,
    };
  }
  if (element.type !== "tabulated-acceptance") return undefined;
  return {
    value: (energy) => tabulatedAcceptance(element, energy),
    breaks: element.edges,
    scale: Number.POSITIVE_INFINITY,
  };
}

function conversion(elements: readonly ResponseElement[]): Pick<Chain, "measure" | "recoilAt"> {
  let factor = 1;
  const curves: ((x: number) => number)[] = [];
  for (const element of elements) {
    if (element.type === "linear-light-yield" || element.type === "electron-light-yield") {
      factor *= element.photoelectronsPerMeV;
    } else if (element.type === "linear-quenching") factor *= element.factor;
    else if (element.type === "polynomial-quenching" || element.type === "rising-quenching") {
      const before = factor;
      factor = 1;
      curves.push(
        element.type === "polynomial-quenching"
          ? (x) => polynomialQuenching(element.coefficients, x * before)
          : (x) => risingQuenching(element, x * before),
      );
    }
  }
  if (curves.length === 0) return { measure: (recoil) => recoil * factor, recoilAt: (measured) => measured / factor };
  const measure = (recoil: number): number => factor * curves.reduce((x, curve) => curve(x), recoil);
  return { measure, recoilAt: inverseOf(measure) };
}

function noNumber(recoil: number): NurecoilError {
  return new NurecoilError("usage", [
    { message: `the light yield at ${recoil} MeV of recoil energy is no number`, hint: "check the quenching curve" },
  ]);
}

/** Inverse of a curve up to where it turns over. Its steps are walked once, as far as the largest mean needs. */
function inverseOf(measure: (recoil: number) => number): (measured: number) => number {
  const recoils = [0];
  const values = [0];
  let ended = false;
  const walk = (measured: number): void => {
    while (!ended && !(values.at(-1)! >= measured)) {
      const next = recoils.length === 1 ? LOWEST : recoils.at(-1)! * STEP;
      const value = measure(next);
      // Taken for the end of the curve it would cut the signal off without a word.
      if (Number.isNaN(value)) throw noNumber(next);
      ended = !(next < HIGHEST && value > values.at(-1)!);
      if (!ended) {
        recoils.push(next);
        values.push(value);
      }
    }
  };
  return (measured) => {
    if (!(measured > 0)) return Number.isNaN(measured) ? Number.NaN : 0;
    walk(measured);
    if (!(values.at(-1)! >= measured)) return recoils.at(-1)!;
    let [below, above] = [0, values.length - 1];
    while (above - below > 1) {
      const middle = (below + above) >> 1;
      if (values[middle]! >= measured) above = middle;
      else below = middle;
    }
    return brent((recoil) => measure(recoil) - measured, recoils[below]!, recoils[above]!, 0);
  };
}
