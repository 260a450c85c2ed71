/**
 * The experiment `coherent-lar-2020` around the numbers of its release: sources, what the inputs and columns are. Its
 * likelihoods are in `coherent-lar-2020-likelihoods.ts`.
 */
import type { ExperimentFile } from "../schema.ts";
import { larEnergyLikelihood, larPoissonLikelihood } from "./coherent-lar-2020-likelihoods.ts";
import type { LarColumn, LarValues, Measured, Released } from "./coherent-lar-2020-values.ts";
import { projectSource } from "./project-source.ts";

const sources: ExperimentFile["sources"] = {
  release: {
    key: "COHERENT:2020ybo",
    type: "misc",
    authors: "Akimov, D. and others",
    collaboration: "COHERENT",
    title:
      "COHERENT Collaboration data release from the first detection of coherent elastic neutrino-nucleus scattering on argon",
    year: 2020,
    doi: "10.5281/zenodo.3903810",
    arxiv: "2006.12659",
  },
  observation: {
    key: "COHERENT:2020iec",
    type: "article",
    authors: "Akimov, D. and others",
    collaboration: "COHERENT",
    title: "First Measurement of Coherent Elastic Neutrino-Nucleus Scattering on Argon",
    journal: "Phys. Rev. Lett.",
    volume: "126",
    pages: "012002",
    year: 2021,
    doi: "10.1103/PhysRevLett.126.012002",
    arxiv: "2003.10630",
  },
  project: projectSource,
};

function inputs(values: LarValues, steadyState: number): ExperimentFile["inputs"] {
  const released = ({ value, ...errors }: Released | Measured, unit: string, note: string) => ({
    value,
    unit,
    ...errors,
    source: "release",
    note,
  });
  return {
    mass: released(values.mass, "kg", "fiducial mass of CENNS-10"),
    distance: released(values.distance, "m", "the release calls its uncertainty negligible"),
    exposure: released(values.exposure, "GW h", "in words, in the release's comment on the protons on target"),
    "protons-on-target": released(values.protonsOnTarget, "1", "the release calls their uncertainty negligible"),
    "neutrinos-per-proton": released(values.neutrinosPerProton, "1", "of each flavour, from decay at rest"),
    "quenching-constant": released(values.quenchingConstant, "1", "linear fit to all data in 0-125 keVnr"),
    "quenching-slope": released(values.quenchingSlope, "1/keVnr", "linear fit to all data in 0-125 keVnr"),
    "energy-resolution": released(
      values.energyResolution,
      "sqrt(keVee)",
      "the release writes reconstructed energy under the root; here it is the true electron-equivalent energy",
    ),
    "pulse-mean": released(values.pulseMean, "us", "arrival of the protons; the release has ns"),
    "pulse-width": released(values.pulseWidth, "us", "standard deviation; the release calls its error negligible"),
    "brn-events": released(values.brn, "1", "prompt beam-related neutrons expected before the fit"),
    "brn-delayed-events": released(values.delayedBrn, "1", "delayed beam-related neutrons expected before the fit"),
    "steady-state-events": released(
      { value: steadyState, sigma: values.steadyState.sigma },
      "1",
      `sum of the template; the parameter file of the release says ${values.steadyState.value}`,
    ),
    "anchor-events": released(values.cevns, "1", "CEvNS of the standard model expected before the fit"),
  };
}

const shape = "events in the cell, the release's template of";
const cellColumns: readonly { readonly name: LarColumn; readonly description: string }[] = [
  { name: "data", description: "events counted in the cell" },
  { name: "cevns", description: "events in the cell, CEvNS of the standard model" },
  { name: "cevns-f90-plus", description: `${shape} CEvNS with F90 at +1 sigma` },
  { name: "cevns-f90-minus", description: `${shape} CEvNS with F90 at -1 sigma` },
  { name: "cevns-time-plus", description: `${shape} CEvNS with another mean arrival time; there is one side only` },
  { name: "brn", description: "events in the cell, prompt beam-related neutrons" },
  { name: "brn-energy-plus", description: `${shape} prompt neutrons with their energies at +1 sigma` },
  { name: "brn-energy-minus", description: `${shape} prompt neutrons with their energies at -1 sigma` },
  { name: "brn-time-plus", description: `${shape} prompt neutrons with the mean arrival time at +1 sigma` },
  { name: "brn-time-minus", description: `${shape} prompt neutrons with the mean arrival time at -1 sigma` },
  { name: "brn-width-plus", description: `${shape} prompt neutrons with another width in time; one side only` },
  { name: "brn-delayed", description: "events in the cell, delayed beam-related neutrons" },
  { name: "steady-state", description: "events in the cell, steady-state background" },
];

function tables(sums: Readonly<Record<LarColumn, number>>): ExperimentFile["tables"] {
  return {
    cells: {
      file: "cells.csv",
      rows: 960,
      source: "release",
      description:
        "Counts and templates in 12 x 8 x 10 cells of 10 keVee x 0.05 in F90 x 0.5 us, 0-120 keVee, 0.5-0.9 and -0.1-4.9 us",
      columns: [
        { name: "energy", unit: "keVee", description: "bin centre, reconstructed energy (bin width 10 keVee)" },
        { name: "f90", unit: "1", description: "bin centre, share of the light in the first 90 ns (bin width 0.05)" },
        { name: "time", unit: "us", description: "bin centre, arrival time (bin width 0.5 us)" },
        ...cellColumns.map(({ name, description }) => ({ name, unit: "1", description, sum: sums[name] })),
      ],
    },
    efficiency: {
      file: "efficiency.csv",
      rows: 80,
      source: "release",
      description: "Share of the events in the fiducial mass that pass all cuts; above 40 keVee the last value holds",
      columns: [
        { name: "energy", unit: "keVee", description: "bin centre, reconstructed energy (bin width 0.5 keVee)" },
        { name: "efficiency", unit: "1", description: "efficiency" },
      ],
    },
  };
}

/**
 * The experiment file around the released numbers.
 * @param values numbers of the release's parameter file
 * @param sums events in each column of the cells
 */
export function larExperiment(values: LarValues, sums: Readonly<Record<LarColumn, number>>): ExperimentFile {
  const steadyState = Math.round(sums["steady-state"]);
  return {
    format: "nurecoil/experiment/1",
    id: "coherent-lar-2020",
    title: "COHERENT liquid argon, first measurement (2020)",
    summary: `${values.mass.value} kg of liquid argon (CENNS-10) ${values.distance.value} m from the target of the Spallation Neutron Source, ${values.exposure.value} GW h of beam: the first measurement of coherent elastic neutrino-nucleus scattering on argon.`,
    overlaps: [],
    sources,
    inputs: inputs(values, steadyState),
    tables: tables(sums),
    defaults: { formFactor: "helm" },
    likelihoods: [larPoissonLikelihood(values, steadyState), larEnergyLikelihood],
  };
}
