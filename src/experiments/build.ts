/**
 * From an experiment file to what a prediction needs: inputs set, names resolved, units converted, tables summed into
 * cells.
 */

import type { Response } from "../detector/elements.ts";
import { suggestion, usageError } from "../errors.ts";
import type { Flux } from "../flux/spectrum.ts";
import { type Composition, composition, targetNuclei } from "../nuclei/composition.ts";
import { type Background, backgroundCounts, backgroundShape, freeRows } from "./build-background.ts";
import { buildFlux } from "./build-flux.ts";
import { type InputReader, inputReader } from "./build-input.ts";
import { buildNuisances, type ExperimentNuisance, rowNuisance } from "./build-nuisances.ts";
import { buildSignal, type Signal } from "./build-signal.ts";
import { type Axis, cellCount, cellOfRows, total } from "./cells.ts";
import type { ParsedExperiment } from "./parse.ts";
import type { CountsDeclaration, ExperimentFile, LikelihoodDeclaration } from "./schema.ts";
import { applySettings, type ChangedInput, type Choices } from "./settings.ts";

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
  /** `projection`: one Gaussian count of a detector to be built, which always has Asimov data. */
  readonly statistics: "gaussian" | "poisson" | "projection";
  readonly signal: Signal;
  /** Counts measured; NaN for a projection. */
  readonly observed: Float64Array;
  /** Gaussian error of each cell; NaN for a projection. */
  readonly sigma: Float64Array;
  readonly backgrounds: readonly Background[];
  /** Counts of their own that the rows of a background are fitted to, and which background; null without. */
  readonly sideband: { readonly component: string; readonly counts: Float64Array } | null;
  readonly nuisances: readonly ExperimentNuisance[];
  readonly choices: Choices;
  /** Exposure relative to the released one. */
  readonly exposure: number;
  /** Inputs that were set. */
  readonly changed: readonly ChangedInput[];
}

export interface BuildOptions {
  /** Inputs and choices by name. */
  readonly set?: Readonly<Record<string, string>>;
  /** Give up names of nuisances that experiments share. */
  readonly uncorrelated?: boolean;
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
 * @param released as its file has it
 * @param likelihoodId one of the file's likelihoods; the first by default
 * @returns counts in cells, last axis fastest; internal units
 * @throws NurecoilError (usage) for an unknown likelihood or a setting that makes no sense
 */
export function buildExperiment(
  released: ParsedExperiment,
  likelihoodId?: string,
  { set = {}, uncorrelated = false }: BuildOptions = {},
): Experiment {
  const declaration = chooseLikelihood(released, likelihoodId);
  const { parsed, choices, changed } = applySettings(released, declaration, set);
  const input = inputReader(parsed);
  const { id, title } = parsed.file;
  const material = composition(declaration.target.composition, declaration.target.fractions);
  const mass = input(declaration.target.mass);
  const exposure = exposureRatio(declaration.exposure, input, inputReader(released));
  const inFlux = Object.values(declaration.flux).includes(declaration.exposure ?? "");
  const nuisances = buildNuisances(id, declaration.nuisances, uncorrelated);
  const fullName = (name: string): string => nuisances.find((one) => one.name === name)!.fullName;
  const signal = buildSignal(declaration, parsed, input, fullName, choices.normalisation === "anchored");
  const common = {
    id,
    likelihood: declaration.id,
    title,
    file: parsed.file,
    declaration,
    material,
    nuclei: targetNuclei(material, mass),
    mass,
    flux: buildFlux(declaration.flux, parsed, input, inFlux ? 1 : exposure),
    statistics: declaration.statistics,
    signal,
    choices,
    exposure,
    changed,
  };
  if (declaration.statistics === "projection") {
    const { component, scale } = declaration.background;
    const counts = Float64Array.of(scale.reduce((product, name) => product * input(name), 1));
    return {
      ...common,
      axes: [{ name: "count", unit: "1", edges: [0, 1] }],
      cells: 1,
      observed: Float64Array.of(Number.NaN),
      sigma: Float64Array.of(Number.NaN),
      backgrounds: [{ component, counts, shapes: [], rowNuisance: null }],
      sideband: null,
      nuisances,
    };
  }
  const { axes } = declaration;
  const backgrounds = declaration.backgrounds.map((background) =>
    buildBackground(background, declaration, parsed, signal.response, input, exposure, fullName),
  );
  return {
    ...common,
    axes,
    cells: cellCount(axes),
    ...observedCounts(parsed, declaration),
    ...withSideband(id, declaration, backgrounds, nuisances, choices),
  };
}

/** Exposure relative to the released one. */
function exposureRatio(name: string | undefined, input: InputReader, released: InputReader): number {
  return name === undefined ? 1 : input(name) / released(name);
}

function buildBackground(
  background: CountsDeclaration["backgrounds"][number],
  { axes, exposure, nuisances }: CountsDeclaration,
  parsed: ParsedExperiment,
  response: Response,
  input: InputReader,
  ratio: number,
  fullName: (name: string) => string,
): Background {
  const held = exposure !== undefined && background.scale.includes(exposure);
  const counts = backgroundCounts(background, parsed, axes, response, input, held ? 1 : ratio);
  const shapes = nuisances.flatMap((one) =>
    one.kind === "shape" && one.variation.type === "templates" && one.components.includes(background.component)
      ? [backgroundShape(fullName(one.name), one.variation, counts, parsed, axes)]
      : [],
  );
  return { component: background.component, counts, shapes, rowNuisance: null };
}

/** With `joint` statistics the rows of a background are free and have counts of their own. */
function withSideband(
  id: string,
  { backgrounds: declared, axes }: CountsDeclaration,
  backgrounds: readonly Background[],
  nuisances: readonly ExperimentNuisance[],
  choices: Choices,
): Pick<Experiment, "backgrounds" | "nuisances" | "sideband"> {
  const at = declared.findIndex(({ sideband }) => sideband !== undefined);
  if (choices.steadyStateStatistics === "fixed" || at < 0) return { backgrounds, nuisances, sideband: null };
  const { component, counts } = backgrounds[at]!;
  const rows = freeRows(backgrounds[at]!, axes, (row) => rowNuisance(id, component, row).fullName);
  const names = new Set(rows.map(({ rowNuisance: name }) => name));
  const width = counts.length / (axes[0]!.edges.length - 1);
  const free = axes[0]!.edges.slice(1).map((_, row) => rowNuisance(id, component, row));
  return {
    backgrounds: [...backgrounds.slice(0, at), ...rows, ...backgrounds.slice(at + 1)],
    nuisances: [
      ...nuisances.filter(({ name }) => name !== declared[at]!.sideband!.replaces),
      ...free.filter(({ fullName }) => names.has(fullName)),
    ],
    sideband: {
      component,
      counts: Float64Array.from(free, (_, row) => total(counts.subarray(row * width, (row + 1) * width))),
    },
  };
}

/** Counts: samples added less samples subtracted, error sqrt(sum of all, oversampled ones divided). */
function observedCounts(parsed: ParsedExperiment, { observed, axes }: CountsDeclaration) {
  const table = parsed.tables[observed.table]!;
  const rows = cellOfRows(table, axes, observed.axes, observed.window);
  const counts = new Float64Array(cellCount(axes));
  const variance = new Float64Array(counts.length);
  for (const [sign, names] of [
    [1, observed.add],
    [-1, observed.subtract],
  ] as const) {
    for (const name of names) {
      const column = table.columns[name]!;
      const oversampled = sign === -1 ? (observed.oversampled?.[name] ?? 1) : 1;
      rows.forEach((cell, row) => {
        if (cell < 0) return;
        counts[cell]! += sign * column[row]!;
        variance[cell]! += column[row]! / oversampled;
      });
    }
  }
  return { observed: counts, sigma: variance.map(Math.sqrt) };
}
