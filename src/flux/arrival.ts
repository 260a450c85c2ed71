/** Arrival times of neutrinos from a pulsed stopped-pion source. */

import { muonLifetime, pionLifetime } from "../constants.ts";
import { erfc, scaledErfc } from "../numerics/erfc.ts";
import { panels } from "../numerics/gauss-legendre.ts";
import type { Flavour } from "./flavour.ts";
import type { TimeEfficiency } from "./time-shapes.ts";

/** Neutrinos of the pion decay are prompt, those of the muon decay that follows are delayed. */
export type ArrivalKind = "prompt" | "delayed";

/** Gaussian pulse of protons on target. */
export interface ProtonPulse {
  /** Mean time, s. */
  readonly mean: number;
  /** Standard deviation, s. */
  readonly width: number;
}

const kinds: Readonly<Record<Flavour, ArrivalKind | undefined>> = {
  nu_mu: "prompt",
  nu_e: "delayed",
  anti_nu_mu: "delayed",
  anti_nu_e: undefined,
};

/**
 * When the neutrinos of a flavour arrive: nu_mu comes from pi+ -> mu+ nu_mu, nu_e and anti-nu_mu from the muon's decay.
 * @returns undefined for anti-nu_e, which a stopped-pion source does not have
 * @example arrivalKind("nu_mu") === "prompt"
 */
export function arrivalKind(flavour: Flavour): ArrivalKind | undefined {
  return kinds[flavour];
}

/**
 * Share of one neutrino in each bin of arrival time: the pulse convolved with the density of the decay time,
 *
 *     prompt   exp(-t/tau_pi)/tau_pi
 *     delayed  (exp(-t/tau_mu) - exp(-t/tau_pi))/(tau_mu - tau_pi)
 *
 * times the efficiency, integrated in closed form. Nothing is cut at t = 0 and nothing is normalised: shares sum to less
 * than 1 where the edges or the efficiency lose neutrinos.
 * @param edges bin edges, s, increasing
 * @param efficiency of the detector at its own clock: `shift` does not move it
 * @param shift added to the arrival times, s
 * @returns one share per bin; NaN for NaN
 * @source arXiv:2110.07730, arXiv:2006.12659; lifetimes of src/constants.ts
 * @example arrivalShares("prompt", { mean: 0, width: 1e-7 }, [-1e-6, 1e-5]) is 1 to 1e-15
 */
export function arrivalShares(
  kind: ArrivalKind,
  pulse: ProtonPulse,
  edges: readonly number[],
  efficiency?: TimeEfficiency,
  shift = 0,
): Float64Array {
  const { flatUntil, rate } = efficiency ?? { flatUntil: Number.POSITIVE_INFINITY, rate: 0 };
  const moved = { mean: pulse.mean + shift, width: pulse.width };
  const share = (low: number, high: number): number => {
    const falling = low >= flatUntil;
    const part = (lifetime: number) => decayed(lifetime, moved, low, high, falling ? rate : 0, falling ? flatUntil : 0);
    const [pion, muon] = [pionLifetime.value, muonLifetime.value];
    return kind === "prompt" ? part(pion) : (muon * part(muon) - pion * part(pion)) / (muon - pion);
  };
  return Float64Array.from(edges.slice(1), (high, i) => {
    const low = edges[i]!;
    if ([low, high, flatUntil].some(Number.isNaN)) return Number.NaN;
    return panels(low, high, [flatUntil]).reduce((sum, [a, b]) => sum + share(a, b), 0);
  });
}

/**
 * Integral of exp(-k (t - t0)) g(t) over [low, high], g the Gaussian convolved with exp(-t/tau)/tau. With z = (t - mean)/
 * width, s = width/tau and G(s, y) = exp(s^2/2 + s y) Phi(-y - s) an antiderivative is, up to 1/(1 + k tau),
 *
 *     exp(-k (t - t0)) [ G(-k width, -z) - G(s, -z) ]   and, a constant away,   -exp(-k (t - t0)) [ G(k width, z) + G(s, -z) ];
 *
 * the first has no cancellation before the pulse, the second none after it.
 */
function decayed(tau: number, { mean, width }: ProtonPulse, low: number, high: number, k: number, t0: number): number {
  const s = width / tau;
  const before = high - mean + k * width * width < 0;
  const at = (t: number): number => {
    const z = (t - mean) / width;
    const sum = before ? tilted(-k * width, -z) - tilted(s, -z) : -tilted(k * width, z) - tilted(s, -z);
    // Beyond 30 standard deviations the tail is 0, and k = 0 must not meet an infinite edge.
    return sum === 0 || k === 0 ? sum : Math.exp(-k * (t - t0)) * sum;
  };
  return (at(high) - at(low)) / (1 + k * tau);
}

/** G(s, y) = exp(s^2/2 + s y) Phi(-y - s), with the exponential taken out of the tail so that neither over- nor underflows. */
function tilted(s: number, y: number): number {
  const x = (y + s) * Math.SQRT1_2;
  if (x > 0) return 0.5 * Math.exp((-y * y) / 2) * scaledErfc(x);
  // An infinite edge: 0 times infinity.
  return s === 0 ? 0.5 * erfc(x) : 0.5 * Math.exp(s * (s / 2 + y)) * erfc(x);
}
