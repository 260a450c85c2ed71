/**
 * Events of one row of every shipped likelihood the long way: fluxes, cross section, form factor, response and arrival
 * times written out from the documents and integrated over recoil and neutrino energy. Of the library only constants,
 * isotopes, tables of data and Gauss-Legendre nodes are used.
 */

import {
  avogadro,
  elementaryCharge,
  fermiConstant,
  hbarC,
  muonLifetime,
  muonMass,
  pionLifetime,
  pionMass,
  sin2ThetaW,
} from "../../src/constants.ts";
import type { ParsedExperiment } from "../../src/experiments/parse.ts";
import type { Isotope } from "../../src/nuclei/index.ts";
import { findIsotope } from "../../src/nuclei/index.ts";
import { integrate } from "../../src/numerics/gauss-legendre.ts";

/** Couplings per neutron, the same for all isotopes. */
export interface Couplings {
  readonly xi_V: number;
  readonly xi_S: number;
  readonly xi_T: number;
  readonly R: number;
}

interface Beam {
  readonly fluence: number;
  /** Neutrinos per MeV, of one neutrino; lines apart. */
  readonly density: (energy: number) => number;
  readonly line: number | null;
  readonly endpoint: number;
  /** Energies at which the density jumps or bends. */
  readonly knots: readonly number[];
  /** +1 neutrinos, -1 antineutrinos. */
  readonly sign: 1 | -1;
}

/** Probability to be counted in the row, by recoil energy in keV; and where it jumps. */
export interface Row {
  readonly weight: (recoilKeV: number) => number;
  readonly knotsKeV: readonly number[];
}

export interface Detector {
  readonly parsed: ParsedExperiment;
  readonly massKg: number;
  /** Number fraction of each isotope; and mass of one formula unit, g/mol, with nuclei per formula unit. */
  readonly isotopes: Readonly<Record<string, number>>;
  readonly perFormula: number;
  readonly molarMass: number;
  readonly beam: (flavour: string) => Beam;
}

const maximumRecoil = (energy: number, mass: number): number => (2 * energy * energy) / (mass + 2 * energy);
const leastEnergy = (recoil: number, mass: number): number => (recoil + Math.sqrt(recoil ** 2 + 2 * mass * recoil)) / 2;

/** Helm: rms radius from c = 1.23 A^(1/3) - 0.6, a = 0.52, s = 0.9 fm. */
function helmSquared(isotope: Isotope, recoil: number): number {
  const c = 1.23 * Math.cbrt(isotope.a) - 0.6;
  const r = Math.sqrt(c * c + (7 / 3) * Math.PI ** 2 * 0.52 ** 2 - 5 * 0.9 ** 2);
  const q = Math.sqrt(2 * isotope.mass * recoil) / hbarC.value;
  const x = q * r;
  const sphere = x < 1e-2 ? 1 - (x * x) / 10 : (3 * (Math.sin(x) / x - Math.cos(x))) / (x * x);
  return (sphere * Math.exp(-((q * 0.9) ** 2) / 2)) ** 2;
}

/** Bracket of the cross section: V^2 (1 - t - y) + S^2 t + T^2 (1 - t/2 - y) -+ R y. */
function bracket(isotope: Isotope, couplings: Couplings, sin2: number, sign: number, energy: number, recoil: number) {
  const vector = couplings.xi_V + 1 - (1 - 4 * sin2) * (isotope.z / isotope.n);
  const t = (isotope.mass * recoil) / (2 * energy * energy);
  const y = recoil / energy;
  return (
    vector ** 2 * (1 - t - y) + couplings.xi_S ** 2 * t + couplings.xi_T ** 2 * (1 - t / 2 - y) - sign * couplings.R * y
  );
}

/** Events of one flavour in a row, at all arrival times. */
export function eventsOf(
  detector: Detector,
  row: Row,
  flavour: string,
  couplings: Couplings,
  sin2: number = sin2ThetaW.value,
): number {
  const beam = detector.beam(flavour);
  const units = (detector.massKg * 1000 * avogadro.value) / detector.molarMass;
  let events = 0;
  for (const [name, fraction] of Object.entries(detector.isotopes)) {
    const isotope = findIsotope(name);
    const { mass, n } = isotope;
    const strength = ((fermiConstant.value ** 2 / (4 * Math.PI)) * mass * n * n * (hbarC.value * 1e-13) ** 2) as number;
    const rate = (recoil: number): number => {
      const least = leastEnergy(recoil, mass);
      const at = (energy: number): number => bracket(isotope, couplings, sin2, beam.sign, energy, recoil);
      const line = beam.line !== null && least <= beam.line ? at(beam.line) : 0;
      const continuum = integrate((energy) => beam.density(energy) * at(energy), least, beam.endpoint, {
        nodes: 12,
        breakpoints: beam.knots,
      });
      return (line + continuum) * helmSquared(isotope, recoil) * row.weight(recoil * 1e3);
    };
    const top = maximumRecoil(beam.line ?? beam.endpoint, mass);
    // Even steps in the root of the energy: thresholds are steep.
    const steps = Array.from({ length: 40 }, (_, k) => top * ((k + 1) / 40) ** 2);
    const knots = [
      ...steps,
      ...row.knotsKeV.map((keV) => keV * 1e-3),
      ...beam.knots.map((e) => maximumRecoil(e, mass)),
    ];
    const integral = integrate(rate, 0, top, { nodes: 8, breakpoints: knots });
    events += units * detector.perFormula * fraction * beam.fluence * strength * integral;
  }
  return events;
}

/** Pions at rest: nu_mu line, nu_e and anti-nu_mu of the muon's decay. */
export function stoppedPions(fluence: number): (flavour: string) => Beam {
  const m = muonMass.value;
  const endpoint = m / 2;
  const common = { fluence, endpoint, knots: [], line: null };
  const line = (pionMass.value ** 2 - m ** 2) / (2 * pionMass.value);
  return (flavour) => {
    if (flavour === "nu_mu") return { ...common, line, endpoint: 0, density: () => 0, sign: 1 };
    if (flavour === "nu_e") return { ...common, density: (e) => (192 / m) * (e / m) ** 2 * (1 / 2 - e / m), sign: 1 };
    return { ...common, density: (e) => (64 / m) * (e / m) ** 2 * (3 / 4 - e / m), sign: -1 };
  };
}

/** Fission: tables by their columns, logarithm against energy, low-energy total below 2 MeV, to 8 MeV. */
export function fissions(parsed: ParsedExperiment, megawatt: number, distanceCm: number): (flavour: string) => Beam {
  const table = (name: string, column: string): readonly (readonly [number, number])[] => {
    const { columns } = parsed.tables[name]!;
    return [...columns["energy"]!].map((energy, i) => [energy, columns[column]![i]!]);
  };
  const shares: readonly (readonly [number, number, readonly (readonly [number, number])[]])[] = [
    [0.58, 201.92, table("huber", "u235")],
    [0.07, 205.52, table("mueller-u238", "u238")],
    [0.3, 209.99, table("huber", "pu239")],
    [0.05, 213.6, table("huber", "pu241")],
  ];
  const low = table("low-energy", "total");
  const between = (points: readonly (readonly [number, number])[], energy: number): number => {
    const i = points.findIndex(([e]) => e > energy);
    if (i < 1) return 0;
    const [[e0, f0], [e1, f1]] = [points[i - 1]!, points[i]!];
    return f0 * (f1 / f0) ** ((energy - e0) / (e1 - e0));
  };
  const heat = shares.reduce((sum, [share, energy]) => sum + share * energy, 0);
  const fissionsOfYear = ((megawatt * 1e6) / elementaryCharge.value / 1e6 / heat) * 365 * 86400;
  const knots = [...low, ...shares.flatMap(([, , points]) => points)].map(([e]) => e);
  return () => ({
    fluence: fissionsOfYear / (4 * Math.PI * distanceCm ** 2),
    density: (energy) =>
      energy < 2
        ? between(low, energy)
        : shares.reduce((sum, [share, , points]) => sum + share * between(points, energy), 0),
    line: null,
    endpoint: 8,
    knots,
    sign: -1,
  });
}

/** ln Gamma(x) for x > 0: Stirling after shifting up. */
export function logGamma(x: number): number {
  let [shift, z] = [0, x];
  for (; z < 15; z++) shift += Math.log(z);
  const series = 1 / (12 * z) - 1 / (360 * z ** 3) + 1 / (1260 * z ** 5) - 1 / (1680 * z ** 7);
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - shift;
}

/**
 * Share of an arrival kind in [low, high] (us): Gaussian pulse, decays, efficiency; a double integral over the proton's
 * time and the arrival.
 */
export function arrivalShare(
  kind: "prompt" | "delayed",
  [low, high]: readonly [number, number],
  [mean, width]: readonly [number, number],
  efficiency: (t: number) => number = () => 1,
): number {
  const [pion, muon] = [pionLifetime.value * 1e6, muonLifetime.value * 1e6];
  const decay = (s: number): number =>
    kind === "prompt" ? Math.exp(-s / pion) / pion : (Math.exp(-s / muon) - Math.exp(-s / pion)) / (muon - pion);
  const pulse = (u: number): number => Math.exp(-(((u - mean) / width) ** 2) / 2) / (width * Math.sqrt(2 * Math.PI));
  const steps = (from: number, to: number, size: number): number[] =>
    Array.from({ length: Math.ceil((to - from) / size) }, (_, k) => from + k * size);
  const arrival = (t: number): number => {
    const [first, last] = [mean - 9 * width, Math.min(t, mean + 9 * width)];
    // Steps of the pion's lifetime next to t, wider away from it.
    const near = [0.02, 0.05, 0.1, 0.2, 0.35].map((s) => t - s);
    return integrate((u) => pulse(u) * decay(t - u), first, last, {
      nodes: 12,
      breakpoints: [...near, ...steps(first, last, 0.3)],
    });
  };
  return integrate((t) => efficiency(t) * arrival(t), low, high, {
    nodes: 10,
    breakpoints: [0.52, ...steps(Math.floor(low), high, 0.1)],
  });
}
