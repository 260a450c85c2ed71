/**
 * The experiment `coherent-csi-2017` around the numbers of its release: sources, the inputs the release does not hold
 * (target mass, protons on target, photoelectrons per recoil energy), what the columns are, and the likelihoods.
 */

import type { ExperimentFile } from "../schema.ts";
import { releaseLikelihood } from "./coherent-csi-2017-release.ts";

interface Released {
  readonly value: number;
  readonly sigma?: number;
  readonly sigmaPlus?: number;
  readonly sigmaMinus?: number;
}

/** Numbers read from the release's parameter file. */
export interface ReleasedValues {
  readonly exposure: Released;
  readonly distance: Released;
  readonly quenchingFactor: Released;
  readonly lightYield: Released;
  readonly neutrinosPerProton: Released;
  readonly promptNeutronScale: Released;
  readonly acceptanceA: Released;
  readonly acceptanceK: Released;
  readonly acceptanceX0: Released;
}

const negligible = "the release calls its uncertainty negligible";
const pe = { name: "pe", unit: "PE" };
const time = { name: "time", unit: "us", description: "bin centre, arrival time (bin width 0.5 us)" };
const recoil = { name: "recoil-energy", unit: "keVnr", description: "mean nuclear recoil energy" };
const factor = {
  name: "quenching-factor",
  unit: "1",
  description: "electron-equivalent energy divided by recoil energy",
};

const sources: ExperimentFile["sources"] = {
  release: {
    key: "COHERENT:2018imc",
    type: "misc",
    authors: "Akimov, D. and others",
    collaboration: "COHERENT",
    title:
      "COHERENT Collaboration data release from the first observation of coherent elastic neutrino-nucleus scattering",
    year: 2018,
    doi: "10.5281/zenodo.1228631",
    arxiv: "1804.09459",
  },
  observation: {
    key: "COHERENT:2017ipa",
    type: "article",
    authors: "Akimov, D. and others",
    collaboration: "COHERENT",
    title: "Observation of Coherent Elastic Neutrino-Nucleus Scattering",
    journal: "Science",
    volume: "357",
    pages: "1123-1126",
    year: 2017,
    doi: "10.1126/science.aao0990",
    arxiv: "1708.01294",
  },
  "paper-a": {
    key: "AristizabalSierra:2018eqm",
    type: "article",
    authors: "Aristizabal Sierra, D. and De Romeri, Valentina and Rojas, N.",
    title: "COHERENT analysis of neutrino generalized interactions",
    journal: "Phys. Rev. D",
    volume: "98",
    pages: "075018",
    year: 2018,
    doi: "10.1103/PhysRevD.98.075018",
    arxiv: "1806.07424",
  },
};

function inputs(values: ReleasedValues): ExperimentFile["inputs"] {
  const released = (value: Released, unit: string, note?: string) => {
    const { sigma, sigmaPlus, sigmaMinus } = value;
    return {
      value: value.value,
      unit,
      ...(sigma !== undefined && { sigma }),
      ...(sigmaPlus !== undefined && { sigmaPlus }),
      ...(sigmaMinus !== undefined && { sigmaMinus }),
      source: "release",
      ...(note !== undefined && { note }),
    };
  };
  return {
    mass: { value: 14.6, unit: "kg", source: "observation" },
    distance: released(values.distance, "m", negligible),
    "protons-on-target": {
      value: 1.76e23,
      unit: "1",
      source: "paper-a",
      note: "text before eq. 4, for the 308.1 live days of neutrino production",
    },
    "neutrinos-per-proton": released(values.neutrinosPerProton, "1", "of each flavour, from decay at rest"),
    exposure: released(values.exposure, "GW h", negligible),
    "quenching-factor": released(
      values.quenchingFactor,
      "1",
      "mean between 5 and 30 keVnr of all data; the error is their spread",
    ),
    "light-yield": released(values.lightYield, "PE/keVee", "measured with the 59.54 keV line of 241Am"),
    "prompt-neutron-scale": released(values.promptNeutronScale, "1", "relative size of the prompt-neutron spectrum"),
    "acceptance-a": released(values.acceptanceA, "1"),
    "acceptance-k": released(values.acceptanceK, "1/PE"),
    "acceptance-x0": released(values.acceptanceX0, "PE"),
    "recoil-light-yield": {
      value: 1.17,
      unit: "PE/keVnr",
      source: "observation",
      note: "printed as arXiv:1806.07424 eq. 6",
    },
  };
}

const sample = "events in the cell";
const tables: ExperimentFile["tables"] = {
  counts: {
    file: "counts.csv",
    rows: 600,
    source: "release",
    description:
      "Events per cell of 2 PE x 0.5 us, 0-50 PE and 0-12 us: windows around the beam's arrival (coincidence) and before it (anticoincidence), with the beam on and off",
    columns: [
      { ...pe, description: "bin centre, photoelectrons (bin width 2 PE)" },
      time,
      { name: "coincidence-beam-on", unit: "1", description: `${sample}, after the beam's arrival, beam on` },
      { name: "anticoincidence-beam-on", unit: "1", description: `${sample}, before the beam's arrival, beam on` },
      { name: "coincidence-beam-off", unit: "1", description: `${sample}, after the beam's arrival, beam off` },
      { name: "anticoincidence-beam-off", unit: "1", description: `${sample}, before the beam's arrival, beam off` },
    ],
  },
  "prompt-neutrons": {
    file: "prompt-neutrons.csv",
    rows: 50,
    source: "release",
    description: "Prompt beam-related neutrons, all arrival times, before the acceptance",
    columns: [
      { ...pe, description: "bin centre, photoelectrons (bin width 1 PE)" },
      { name: "rate", unit: "1/(GW h)", description: "events in the bin per beam energy" },
    ],
  },
  "arrival-times": {
    file: "arrival-times.csv",
    rows: 24,
    source: "release",
    description: "Share of each component in each bin of arrival time; every column sums to 1 over 0-12 us",
    columns: [
      time,
      { name: "prompt-neutrino", unit: "1", description: "share of nu_mu from pion decay" },
      { name: "delayed-neutrino", unit: "1", description: "share of nu_e and anti-nu_mu from muon decay" },
      { name: "prompt-neutron", unit: "1", description: "share of prompt neutrons" },
    ],
  },
  "quenching-chicago": {
    file: "quenching-chicago.csv",
    rows: 7,
    source: "release",
    description: "Quenching factor measured by the Chicago group; errors of energy and factor are correlated",
    columns: [
      recoil,
      { name: "recoil-energy-error", unit: "keVnr", description: "error of the recoil energy" },
      factor,
      { name: "quenching-factor-error", unit: "1", description: "error of the quenching factor" },
    ],
  },
  "quenching-tunl": {
    file: "quenching-tunl.csv",
    rows: 12,
    source: "release",
    description: "Quenching factor measured at TUNL; errors of energy and factor are correlated",
    columns: [
      recoil,
      { name: "recoil-energy-plus", unit: "keVnr", description: "upward error of the recoil energy" },
      { name: "recoil-energy-minus", unit: "keVnr", description: "downward error of the recoil energy" },
      factor,
      { name: "quenching-factor-plus", unit: "1", description: "upward error of the quenching factor" },
      { name: "quenching-factor-minus", unit: "1", description: "downward error of the quenching factor" },
    ],
  },
};

const paperLikelihood: ExperimentFile["likelihoods"][number] = {
  id: "paper",
  statistics: "gaussian",
  source: "paper-a",
  description:
    "arXiv:1806.07424 eq. 10: 13 bins of 2 PE, 0-6 us, beam-on coincidence minus anticoincidence, one pull on the signal and one on the prompt neutrons",
  target: {
    composition: "CsI",
    mass: "mass",
    fractions: { Cs: 0.51, I: 0.49 },
    fractionsNote:
      "mass fractions used as number fractions, as in arXiv:1806.07424 (right: 1/2 each; effect 0.03 % of the rate)",
  },
  flux: {
    type: "stopped-pion",
    protons: "protons-on-target",
    yield: "neutrinos-per-proton",
    distance: "distance",
  },
  axes: [{ name: "pe", unit: "PE", edges: [6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32] }],
  response: [
    { type: "linear-light-yield", yield: "recoil-light-yield" },
    {
      type: "logistic-acceptance",
      amplitude: "acceptance-a",
      slope: "acceptance-k",
      midpoint: "acceptance-x0",
      threshold: 5,
    },
  ],
  exposure: "exposure",
  observed: {
    table: "counts",
    add: ["coincidence-beam-on"],
    subtract: ["anticoincidence-beam-on"],
    axes: { pe: "pe" },
    window: { time: [0, 6] },
  },
  backgrounds: [
    {
      component: "brn",
      table: "prompt-neutrons",
      column: "rate",
      axes: { pe: "pe" },
      scale: ["exposure"],
      acceptance: true,
      source: "release",
      description: "prompt beam-related neutrons",
    },
  ],
  nuisances: [
    {
      name: "signal",
      kind: "pull",
      sigma: 0.28,
      components: ["cevns"],
      source: "paper-a",
      description: "relative size of the signal, alpha of eq. 10",
    },
    {
      name: "brn",
      kind: "normalisation",
      sigma: 0.25,
      components: ["brn"],
      source: "release",
      description: "relative size of the prompt-neutron background, beta of arXiv:1806.07424 eq. 10",
    },
  ],
};

/** The experiment file around the released numbers. */
export function csi2017Experiment(values: ReleasedValues): ExperimentFile {
  return {
    format: "nurecoil/experiment/1",
    id: "coherent-csi-2017",
    title: "COHERENT CsI[Na], first observation (2017)",
    summary:
      "14.6 kg of CsI[Na] 19.3 m from the target of the Spallation Neutron Source, 7.48 GW h of beam: the first observation of coherent elastic neutrino-nucleus scattering.",
    overlaps: ["coherent-csi-2021"],
    sources,
    inputs: inputs(values),
    tables,
    defaults: { formFactor: "helm" },
    likelihoods: [paperLikelihood, releaseLikelihood],
  };
}
