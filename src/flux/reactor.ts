/** Antineutrinos of a fission reactor, from tabulated spectra per fission. */

import { elementaryCharge } from "../constants.ts";
import { gaussLegendre } from "../numerics/gauss-legendre.ts";
import type { Flux, MomentPower } from "./spectrum.ts";

/** A tabulated spectrum: between points its logarithm is linear in energy, outside them there is none. */
export interface TabulatedSpectrum {
  /** MeV, increasing. */
  readonly energies: readonly number[];
  /** Antineutrinos per MeV and fission at these energies, positive. */
  readonly spectrum: readonly number[];
}

export interface FissionIsotope extends TabulatedSpectrum {
  readonly name: string;
  /** Share of the fissions. */
  readonly fraction: number;
  /** Thermal energy per fission, MeV. */
  readonly energyPerFission: number;
}

export interface ReactorSource {
  /** Thermal power, MW. */
  readonly power: number;
  /** Time of data taking, s. */
  readonly liveTime: number;
  /** Core to detector, cm. */
  readonly distance: number;
  readonly isotopes: readonly FissionIsotope[];
  /** Spectrum of all isotopes together, used below `below` (MeV) in place of theirs. */
  readonly lowEnergy: TabulatedSpectrum & { readonly below: number };
}

/** MeV of heat per second in one MW. */
const megawatt = 1 / elementaryCharge.value;

/** Nodes per segment: against 48 they leave 1e-13 where neighbouring points are within a factor 2 in energy. */
const NODES = 12;
const powers: readonly MomentPower[] = [0, 1, 2];

/**
 * The antineutrinos of a reactor: with S(E) antineutrinos per MeV and fission,
 *
 *     phi(E) = (P t / sum_i f_i epsilon_i) S(E) / (4 pi L^2),
 *     S(E) = S_low(E) below `below`, sum_i f_i S_i(E) above it
 *
 * for thermal power P, live time t, fractions f_i of the fissions and energies per fission epsilon_i. Every table is
 * interpolated on its own, logarithm against energy; S may step at `below` and ends with the last table.
 * @param source tables of at least two points; fractions at least 0, of sum 1
 * @returns one component, `anti_nu_e`; nothing below the first and above the last point
 * @source fissions per thermal energy: V. Kopeikin, L. Mikaelyan and V. Sinev, arXiv:hep-ph/0410100. Tables of the
 *   experiments: P. Huber, arXiv:1106.0687; Th. A. Mueller et al., arXiv:1101.2663; V. I. Kopeikin below 2 MeV
 * @example with one isotope, S(E) = 1 from 2 to 8 MeV, the moments are 1, ln(4)/6 and 1/16
 */
export function reactor(source: ReactorSource): Flux {
  const segments = segmentsOf(source);
  const edges = [...new Set(segments.flatMap(({ low, high }) => [low, high]))].sort((a, b) => a - b);
  const endpoint = edges.at(-1)!;
  const pieces = edges.slice(1).map((high, i) => {
    const terms = segments.filter((one) => one.low <= edges[i]! && one.high >= high);
    return (energy: number): number => terms.reduce((sum, term) => sum + term.at(energy), 0);
  });
  const tails = powers.map((k) => tailsOf(pieces, edges, k));
  const perFission = tails[0]![0]!;
  const energyPerFission = source.isotopes.reduce((sum, one) => sum + one.fraction * one.energyPerFission, 0);
  const fissions = (source.power * megawatt * source.liveTime) / energyPerFission;

  return {
    id: "reactor",
    source: "arXiv:hep-ph/0410100 (fissions per thermal energy), spectra as tabulated",
    components: [
      {
        flavour: "anti_nu_e",
        fluence: (fissions * perFission) / (4 * Math.PI * source.distance * source.distance),
        endpoint,
        breakpoints: edges,
        lines: [],
        moment: (k: MomentPower, eMin: number) => {
          if (Number.isNaN(eMin)) return Number.NaN;
          if (eMin >= endpoint) return 0;
          const i = pieceAt(edges, eMin);
          if (i < 0) return tails[k]![0]! / perFission;
          return (tails[k]![i + 1]! + integral(pieces[i]!, k, eMin, edges[i + 1]!)) / perFission;
        },
        density: (energy: number) => {
          if (!(energy >= edges[0]! && energy <= endpoint)) return Number.isNaN(energy) ? Number.NaN : 0;
          return pieces[Math.min(pieceAt(edges, energy), pieces.length - 1)]!(energy) / perFission;
        },
      },
    ],
  };
}

/** Spectrum between two neighbouring points of one table, times its share. */
interface Segment {
  readonly low: number;
  readonly high: number;
  readonly at: (energy: number) => number;
}

/** All tables, cut at the energy where the isotopes take over. */
function segmentsOf({ isotopes, lowEnergy }: ReactorSource): readonly Segment[] {
  return [
    ...segmentsOfTable(lowEnergy, 1, Number.NEGATIVE_INFINITY, lowEnergy.below),
    ...isotopes.flatMap((one) => segmentsOfTable(one, one.fraction, lowEnergy.below, Number.POSITIVE_INFINITY)),
  ];
}

function segmentsOfTable(
  { energies, spectrum }: TabulatedSpectrum,
  share: number,
  from: number,
  to: number,
): readonly Segment[] {
  return energies.slice(1).flatMap((high, i) => {
    const low = energies[i]!;
    const [first, last] = [spectrum[i]!, spectrum[i + 1]!];
    if (!(Math.max(low, from) < Math.min(high, to)) || share === 0) return [];
    // A logarithm cannot reach 0: next to a point without antineutrinos there are none.
    const slope = first > 0 && last > 0 ? Math.log(last / first) / (high - low) : Number.NaN;
    const at = (energy: number): number => (Number.isNaN(slope) ? 0 : share * first * Math.exp(slope * (energy - low)));
    return [{ low: Math.max(low, from), high: Math.min(high, to), at }];
  });
}

/** Piece that holds an energy, the upper one at an edge; -1 below all. */
function pieceAt(edges: readonly number[], energy: number): number {
  let low = -1;
  let high = edges.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (edges[middle]! <= energy) low = middle;
    else high = middle;
  }
  return low;
}

/** Integrals of S(E) E^-k from each edge to the last one. */
function tailsOf(pieces: readonly ((energy: number) => number)[], edges: readonly number[], k: MomentPower) {
  const tails = new Float64Array(edges.length);
  for (let i = pieces.length - 1; i >= 0; i--)
    tails[i] = tails[i + 1]! + integral(pieces[i]!, k, edges[i]!, edges[i + 1]!);
  return tails;
}

function integral(spectrum: (energy: number) => number, k: MomentPower, low: number, high: number): number {
  const rule = gaussLegendre(NODES);
  const half = (high - low) / 2;
  const middle = (high + low) / 2;
  let sum = 0;
  for (let n = 0; n < NODES; n++) {
    const energy = middle + half * rule.nodes[n]!;
    const value = rule.weights[n]! * spectrum(energy);
    sum += k === 0 ? value : k === 1 ? value / energy : value / (energy * energy);
  }
  return half * sum;
}
