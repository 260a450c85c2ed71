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
  const pieces = edges.slice(1).map((high, i) => segments.filter((one) => one.low <= edges[i]! && one.high >= high));
  const tails = tailsOf(pieces, edges);
  const perFission = tails[0]![0]!;
  // A fold asks for the powers one after the other at the same energy: the spectrum, which costs most, is asked once.
  const known = { eMin: Number.NaN, above: new Float64Array(powers.length) };
  const momentsAbove = (eMin: number): Float64Array => {
    if (eMin !== known.eMin) {
      const i = pieceAt(edges, eMin);
      addIntegrals(pieces[i]!, eMin, edges[i + 1]!, tails[i + 1]!, known.above);
      known.eMin = eMin;
    }
    return known.above;
  };
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
          return (eMin < edges[0]! ? tails[0]! : momentsAbove(eMin))[k]! / perFission;
        },
        density: (energy: number) => {
          if (!(energy >= edges[0]! && energy <= endpoint)) return Number.isNaN(energy) ? Number.NaN : 0;
          return spectrumAt(pieces[Math.min(pieceAt(edges, energy), pieces.length - 1)]!, energy) / perFission;
        },
      },
    ],
  };
}

/** Spectrum between two neighbouring points of one table: strength exp(slope (E - start)), its share in the strength. */
interface Segment {
  readonly low: number;
  readonly high: number;
  readonly start: number;
  readonly strength: number;
  readonly slope: number;
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
    const lit = first > 0 && last > 0;
    const strength = lit ? share * first : 0;
    const slope = lit ? Math.log(last / first) / (high - low) : 0;
    return [{ low: Math.max(low, from), high: Math.min(high, to), start: low, strength, slope }];
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

function spectrumAt(terms: readonly Segment[], energy: number): number {
  let sum = 0;
  for (const { start, strength, slope } of terms) sum += strength * Math.exp(slope * (energy - start));
  return sum;
}

/** Integrals of S(E) E^-k from each edge to the last one, for k = 0, 1, 2. */
function tailsOf(pieces: readonly (readonly Segment[])[], edges: readonly number[]): readonly Float64Array[] {
  const tails = edges.map(() => new Float64Array(powers.length));
  for (let i = pieces.length - 1; i >= 0; i--)
    addIntegrals(pieces[i]!, edges[i]!, edges[i + 1]!, tails[i + 1]!, tails[i]!);
  return tails;
}

/** Sets `out` to `above` and the integrals of S(E) E^-k between two energies of one piece, for k = 0, 1, 2. */
function addIntegrals(
  terms: readonly Segment[],
  low: number,
  high: number,
  above: Float64Array,
  out: Float64Array,
): void {
  const rule = gaussLegendre(NODES);
  const half = (high - low) / 2;
  const middle = (high + low) / 2;
  let sum0 = 0;
  let sum1 = 0;
  let sum2 = 0;
  for (let n = 0; n < NODES; n++) {
    const energy = middle + half * rule.nodes[n]!;
    const value = rule.weights[n]! * spectrumAt(terms, energy);
    sum0 += value;
    sum1 += value / energy;
    sum2 += value / (energy * energy);
  }
  out[0] = above[0]! + half * sum0;
  out[1] = above[1]! + half * sum1;
  out[2] = above[2]! + half * sum2;
}
