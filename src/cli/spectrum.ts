/** nurecoil spectrum: recoil spectra and cross sections before any detector. */

import type { Command } from "commander";
import type { SpectrumResult } from "../analysis/results.ts";
import type { AnalysisSpec } from "../analysis/spec.ts";
import { type SpectrumTarget, spectrum, spectrumTarget } from "../analysis/spectrum.ts";
import { suggestion, usageError } from "../errors.ts";
import { buildExperiment } from "../experiments/build.ts";
import { type Composition, composition } from "../nuclei/composition.ts";
import { spectrumCsv } from "../report/csv.ts";
import { spectrumTable } from "../report/table/spectrum.ts";
import { readAnalysis } from "./analysis.ts";
import { findNucleus } from "./catalogue/nuclei.ts";
import type { ExitCode, Options } from "./command.ts";
import { readExperiment } from "./experiment-library.ts";
import { addAnalysisFlags, addOutputFlags } from "./flags.ts";
import { defaultFlux, unitFluxes } from "./fluxes.ts";
import { openOutput } from "./output.ts";

export function define(command: Command): void {
  command.argument("[target]", "experiment (id or path), isotope (133Cs), element (Ar) or formula (CsI, C3F8)");
  command.option(
    "--flux <name>",
    `flux for a nucleus: ${Object.keys(unitFluxes).join(", ")} (default: ${defaultFlux})`,
  );
  addAnalysisFlags(command);
  addOutputFlags(command, "write the result: file.json or file.csv");
}

export function run(args: readonly string[], options: Options): ExitCode {
  const spec = readAnalysis(args, options);
  const deliver = openOutput(options, { forms: [".csv"] });
  const { target, formFactor } = chooseTarget(spec, options);
  const result = withSettings(spectrum(target, { ...spec, formFactor: spec.formFactor ?? formFactor }), spec);
  deliver({ result, table: () => spectrumTable(result), forms: { ".csv": () => spectrumCsv(result) } });
  return 0;
}

/** The result says which inputs were set. */
function withSettings(result: SpectrumResult, { experiments: [choice] }: AnalysisSpec): SpectrumResult {
  const experiments = result.spec.experiments.map((one) => ({ ...one, set: { ...choice?.set } }));
  return { ...result, spec: { ...result.spec, experiments } };
}

/** Target and default form factor. */
function chooseTarget(
  { experiments }: AnalysisSpec,
  { flux }: Options,
): { readonly target: SpectrumTarget; readonly formFactor: string | null } {
  const choice = experiments[0];
  if (choice === undefined) throw usageError("no target given", "an experiment, isotope, element or formula");
  if (experiments.length > 1) throw usageError("spectrum takes one target");
  if (flux !== undefined && !Object.hasOwn(unitFluxes, flux))
    throw usageError(`unknown flux "${flux}"`, suggestion(flux, Object.keys(unitFluxes)));
  const material = choice.likelihood === null ? materialOf(choice.id) : undefined;
  if (material !== undefined) {
    if (Object.keys(choice.set).length > 0)
      throw usageError(`${choice.id} is a nucleus and has no inputs to set`, "--experiment-set is for experiments");
    return {
      target: { name: choice.id, material, nuclei: null, flux: unitFluxes[flux ?? defaultFlux]!() },
      formFactor: null,
    };
  }
  const parsed = readExperiment(choice.id);
  const target = spectrumTarget(buildExperiment(parsed, choice.likelihood ?? undefined, { set: choice.set }));
  if (flux !== undefined && flux !== target.flux.id)
    throw usageError(`${choice.id} has its own flux, ${target.flux.id}`, "--flux is for nuclei");
  return { target, formFactor: parsed.file.defaults.formFactor };
}

/** Ids of experiments and folders of experiments begin in lower case: what does not is meant to be a formula. */
function materialOf(text: string): Composition | undefined {
  return findNucleus(text) ?? (/^[A-Z0-9][^/\\]*$/.test(text) ? composition(text) : undefined);
}
