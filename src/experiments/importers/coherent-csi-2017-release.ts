/** Likelihood `release` of coherent-csi-2017: every cell of the 2018 release, with its own detector response. */
import type { ExperimentFile } from "../schema.ts";

export const releaseLikelihood: ExperimentFile["likelihoods"][number] = {
  id: "release",
  statistics: "poisson",
  source: "release",
  description:
    "Poisson in 12 x 12 cells of 2 PE x 0.5 us, 6-30 PE and 0-6 us, beam-on coincidence; efficiency, light yield, quenching factor and time shapes as released",
  target: { composition: "CsI", mass: "mass" },
  flux: {
    type: "stopped-pion",
    protons: "protons-on-target",
    yield: "neutrinos-per-proton",
    distance: "distance",
  },
  axes: [
    { name: "pe", unit: "PE", edges: [6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30] },
    { name: "time", unit: "us", edges: [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 5.5, 6] },
  ],
  response: [
    { type: "linear-quenching", factor: "quenching-factor" },
    { type: "electron-light-yield", yield: "light-yield" },
    { type: "poisson-photoelectrons" },
    {
      type: "logistic-acceptance",
      amplitude: "acceptance-a",
      slope: "acceptance-k",
      midpoint: "acceptance-x0",
      threshold: 5,
      halfStep: true,
    },
  ],
  timing: {
    type: "table",
    table: "arrival-times",
    centre: "time",
    columns: { nu_e: "delayed-neutrino", nu_mu: "prompt-neutrino", anti_nu_mu: "delayed-neutrino" },
  },
  exposure: "exposure",
  observed: {
    table: "counts",
    add: ["coincidence-beam-on"],
    subtract: [],
    axes: { pe: "pe", time: "time" },
  },
  backgrounds: [
    {
      component: "brn",
      table: "prompt-neutrons",
      column: "rate",
      axes: { pe: "pe" },
      scale: ["exposure"],
      acceptance: true,
      timing: { type: "table", table: "arrival-times", centre: "time", column: "prompt-neutron" },
      source: "release",
      description: "prompt beam-related neutrons",
    },
    {
      component: "steady-state",
      table: "counts",
      column: "anticoincidence-beam-on",
      axes: { pe: "pe", time: "time" },
      scale: [],
      acceptance: false,
      projected: true,
      source: "release",
      description:
        "steady-state background: 13 of the 144 anticoincidence cells are empty, so its projections are taken",
    },
  ],
  nuisances: [
    {
      name: "flux",
      shared: "sns.flux",
      kind: "pull",
      sigma: 0.1,
      components: ["cevns"],
      source: "release",
      description: "relative yield of neutrinos per proton, shared by experiments at the Spallation Neutron Source",
    },
    {
      name: "signal",
      kind: "pull",
      sigma: 0.26,
      components: ["cevns"],
      source: "observation",
      description: "relative size of the signal besides the flux: with it the 28 % of the experiment",
    },
    {
      name: "brn",
      kind: "normalisation",
      sigma: 0.25,
      components: ["brn"],
      source: "release",
      description: "relative size of the prompt-neutron background",
    },
    {
      name: "steady-state",
      kind: "normalisation",
      sigma: 0.05,
      components: ["steady-state"],
      source: "release",
      description: "relative size of the steady-state background: 1/sqrt of the 405 anticoincidence counts",
    },
  ],
};
