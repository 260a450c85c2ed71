/**
 * From an experiment file to what a prediction needs: names resolved, units converted, tables summed into cells.
 */

import type { ResponseElement as DetectorElement, Response } from "../detector/elements.ts";
import { buildResponse } from "../detector/response.ts";
import { suggestion, usageError } from "../errors.ts";
import type { Flavour } from "../flux/flavour.ts";
import type { Flux } from "../flux/spectrum.ts";
import { stoppedPion } from "../flux/stopped-pion.ts";
import { type Composition, composition, targetNuclei } from "../nuclei/composition.ts";
import { toInternal } from "../units.ts";
import type { Table } from "./csv.ts";
import type { ParsedExperiment } from "./parse.ts";
import type { ExperimentFile, FluxDeclaration, LikelihoodDeclaration, ResponseElement } from "./schema.ts";

interface Axis {
  readonly name: string;
  readonly unit: string;
  readonly edges: readonly number[];
}

interface ExperimentNuisance {
  /** Without the experiment's id. */
  readonly name: string;
  /** As an analysis calls it: `<experiment>.<name>`, or the name that experiments share. */
  readonly fullName: string;
  readonly kind: "pull" | "normalisation";
  /** Relative standard deviation; null: not constrained. */
  readonly sigma: number | null;
  readonly components: readonly string[];
  readonly description: string;
}

/** An experiment with one of its likelihoods, ready to predict. */
export interface Experiment {
  readonly id: string;
  readonly likelihood: string;
  readonly title: string;
  readonly file: ExperimentFile;
  readonly declaration: LikelihoodDeclaration;
  readonly axes: readonly Axis[];
  readonly cells: number;
  readonly material: Composition;
  /** Number of nuclei, in the order of `material.nuclides`. */
  readonly nuclei: readonly number[];
  /** kg */
  readonly mass: number;
  readonly flux: Flux;
  readonly statistics: "gaussian" | "poisson";
  readonly response: Response;
  /** Share of each flavour in the bins of the last axis, when that is time; the response is then of the others. */
  readonly timing: Readonly<Partial<Record<Flavour, Float64Array>>> | null;
  readonly observed: Float64Array;
  readonly sigma: Float64Array;
  readonly backgrounds: readonly { readonly component: string; readonly counts: Float64Array }[];
  readonly nuisances: readonly ExperimentNuisance[];
}

/** The likelihood asked for, or the first in the file. @throws NurecoilError (usage) naming the nearest */
export function chooseLikelihood(parsed: ParsedExperiment, id?: string): LikelihoodDeclaration {
  const all = parsed.file.likelihoods;
  if (id === undefined) return all[0]!;
  const found = all.find((likelihood) => likelihood.id === id);
  if (found === undefined) {
    throw usageError(
      `${parsed.file.id} has no likelihood "${id}"`,
      suggestion(
        id,
        all.map((likelihood) => likelihood.id),
      ),
    );
  }
  return found;
}

/**
 * Build an experiment from its file.
 * @param likelihoodId one of the file's likelihoods; the first by default
 * @returns counts in cells, last axis fastest; internal units
 * @throws NurecoilError (usage) for an unknown likelihood
 */
export function buildExperiment(parsed: ParsedExperiment, likelihoodId?: string): Experiment {
  const declaration = chooseLikelihood(parsed, likelihoodId);
  const input = (name: string): number => {
    const { value, unit } = parsed.file.inputs[name]!;
    return toInternal(value, unit);
  };
  const axes = declaration.axes;
  const material = composition(declaration.target.composition, declaration.target.fractions);
  const mass = input(declaration.target.mass);
  const response = buildResponse(
    declaration.response.map((element) => buildElement(element, input)),
    axes[0]!.edges,
  );
  const { observed, sigma } = observedCounts(parsed, declaration);
  const cevns: ExperimentNuisance = {
    name: "cevns",
    fullName: `${parsed.file.id}.cevns`,
    kind: "normalisation",
    sigma: null,
    components: ["cevns"],
    description: "CEvNS normalisation: 1 unless freed",
  };
  return {
    id: parsed.file.id,
    likelihood: declaration.id,
    title: parsed.file.title,
    file: parsed.file,
    declaration,
    axes,
    cells: observed.length,
    material,
    nuclei: targetNuclei(material, mass),
    mass,
    flux: buildFlux(declaration.flux, input),
    statistics: declaration.statistics,
    response,
    timing: arrivalShares(parsed, declaration),
    observed,
    sigma,
    backgrounds: declaration.backgrounds.map((background) => ({
      component: background.component,
      counts: backgroundCounts(background, parsed, axes, response, input),
    })),
    nuisances: [
      ...declaration.nuisances.map((one) => ({ ...one, fullName: one.shared ?? `${parsed.file.id}.${one.name}` })),
      cevns,
    ],
  };
}

function buildFlux(flux: FluxDeclaration, input: (name: string) => number): Flux {
  return stoppedPion({
    protons: input(flux.protons),
    yieldPerFlavour: input(flux.yield),
    distance: input(flux.distance),
  });
}

function buildElement(element: ResponseElement, input: (name: string) => number): DetectorElement {
  if (element.type === "linear-light-yield" || element.type === "electron-light-yield") {
    return { type: element.type, photoelectronsPerMeV: input(element.yield) };
  }
  if (element.type === "linear-quenching") return { type: element.type, factor: input(element.factor) };
  if (element.type === "poisson-photoelectrons") return { type: element.type };
  return {
    type: element.type,
    amplitude: input(element.amplitude),
    slope: input(element.slope),
    midpoint: input(element.midpoint),
    threshold: element.threshold,
    halfStep: element.halfStep ?? false,
  };
}

/** Shares of the flavours in the bins of the last axis; null without arrival times. */
function arrivalShares(parsed: ParsedExperiment, { timing, axes }: LikelihoodDeclaration): Experiment["timing"] {
  if (timing === undefined) return null;
  return Object.fromEntries(
    Object.entries(timing.columns).map(([flavour, column]) => [
      flavour,
      sharesOf(parsed.tables[timing.table]!, timing.centre, column, axes.at(-1)!),
    ]),
  );
}

/** Sum of a column in each bin of an axis. */
function sharesOf(table: Table, centre: string, column: string, axis: Axis): Float64Array {
  const shares = new Float64Array(axis.edges.length - 1);
  cellOfRows(table, [axis], { [axis.name]: centre }, {}).forEach((bin, row) => {
    if (bin >= 0) shares[bin]! += table.columns[column]![row]!;
  });
  return shares;
}

/** Every cell of the first axes spread over the bins of the last by its shares. */
export function spread(counts: Float64Array, shares: Float64Array): Float64Array {
  const out = new Float64Array(counts.length * shares.length);
  counts.forEach((count, cell) => {
    shares.forEach((share, bin) => {
      out[cell * shares.length + bin] = count * share;
    });
  });
  return out;
}

/** Product of the projections onto two axes over the total: independent shapes, which a sparse table cannot show. */
function productOfProjections(counts: Float64Array, lastBins: number): Float64Array {
  const first = new Float64Array(counts.length / lastBins);
  const last = new Float64Array(lastBins);
  counts.forEach((count, cell) => {
    first[Math.floor(cell / lastBins)]! += count;
    last[cell % lastBins]! += count;
  });
  const total = first.reduce((sum, count) => sum + count, 0);
  return spread(
    first,
    last.map((count) => count / total),
  );
}

/** Beam-on counts: samples added less samples subtracted, error sqrt(sum of all). */
function observedCounts(parsed: ParsedExperiment, { observed, axes }: LikelihoodDeclaration) {
  const table = parsed.tables[observed.table]!;
  const rows = cellOfRows(table, axes, observed.axes, observed.window ?? {});
  const cells = axes.reduce((product, axis) => product * (axis.edges.length - 1), 1);
  const counts = new Float64Array(cells);
  const variance = new Float64Array(cells);
  for (const [sign, names] of [
    [1, observed.add],
    [-1, observed.subtract],
  ] as const) {
    for (const name of names) {
      const column = table.columns[name]!;
      rows.forEach((cell, row) => {
        if (cell < 0) return;
        counts[cell]! += sign * column[row]!;
        variance[cell]! += column[row]!;
      });
    }
  }
  return { observed: counts, sigma: variance.map(Math.sqrt) };
}

function backgroundCounts(
  background: LikelihoodDeclaration["backgrounds"][number],
  parsed: ParsedExperiment,
  axes: readonly Axis[],
  response: Response,
  input: (name: string) => number,
): Float64Array {
  const { timing } = background;
  const last = axes.at(-1)!;
  const own = timing === undefined ? axes : axes.slice(0, -1);
  const table = parsed.tables[background.table]!;
  const scale = background.scale.reduce((product, name) => product * input(name), 1);
  const column = table.columns[background.column]!;
  const measured = table.columns[background.axes[axes[0]!.name]!]!;
  const counts = new Float64Array(own.reduce((product, axis) => product * (axis.edges.length - 1), 1));
  cellOfRows(table, own, background.axes, {}).forEach((cell, row) => {
    if (cell < 0) return;
    counts[cell]! += scale * column[row]! * (background.acceptance ? response.acceptance(measured[row]!) : 1);
  });
  if (background.projected === true) return productOfProjections(counts, last.edges.length - 1);
  if (timing === undefined) return counts;
  return spread(counts, sharesOf(parsed.tables[timing.table]!, timing.centre, timing.column, last));
}

/** Cell of each row of a table by its bin centres; -1 outside the axes or the window. */
function cellOfRows(
  table: Table,
  axes: readonly Axis[],
  columns: Readonly<Record<string, string>>,
  window: Readonly<Record<string, readonly [number, number]>>,
): readonly number[] {
  return Array.from({ length: table.rows }, (_, row) => {
    for (const [name, [low, high]] of Object.entries(window)) {
      const value = table.columns[name]![row]!;
      if (!(value >= low && value < high)) return -1;
    }
    let cell = 0;
    for (const axis of axes) {
      const value = table.columns[columns[axis.name]!]![row]!;
      const bin = axis.edges.findLastIndex((edge) => edge <= value);
      if (bin < 0 || bin >= axis.edges.length - 1) return -1;
      cell = cell * (axis.edges.length - 1) + bin;
    }
    return cell;
  });
}
