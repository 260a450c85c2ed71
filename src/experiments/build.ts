/**
 * From an experiment file to what a prediction needs: names resolved, units converted, tables summed into cells.
 */

import { type ResponseElement as DetectorElement, type Response, sharpResponse } from "../detector/response.ts";
import { suggestion, usageError } from "../errors.ts";
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
  readonly response: Response;
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
  const response = sharpResponse(
    declaration.response.map((element) => buildElement(element, input)),
    axes[0]!.edges,
  );
  const { observed, sigma } = observedCounts(parsed, declaration);
  const cevns: ExperimentNuisance = {
    name: "cevns",
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
    response,
    observed,
    sigma,
    backgrounds: declaration.backgrounds.map((background) => ({
      component: background.component,
      counts: backgroundCounts(background, parsed, axes, response, input),
    })),
    nuisances: [...declaration.nuisances, cevns],
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
  if (element.type === "linear-light-yield") return { type: element.type, photoelectronsPerMeV: input(element.yield) };
  return {
    type: element.type,
    amplitude: input(element.amplitude),
    slope: input(element.slope),
    midpoint: input(element.midpoint),
    threshold: element.threshold,
  };
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
  const table = parsed.tables[background.table]!;
  const scale = background.scale.reduce((product, name) => product * input(name), 1);
  const column = table.columns[background.column]!;
  const measured = table.columns[background.axes[axes[0]!.name]!]!;
  const counts = new Float64Array(axes.reduce((product, axis) => product * (axis.edges.length - 1), 1));
  cellOfRows(table, axes, background.axes, {}).forEach((cell, row) => {
    if (cell < 0) return;
    counts[cell]! += scale * column[row]! * (background.acceptance ? response.acceptance(measured[row]!) : 1);
  });
  return counts;
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
