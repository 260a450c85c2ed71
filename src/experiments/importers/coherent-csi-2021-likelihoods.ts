/** Likelihoods of coherent-csi-2021: `poisson` in photoelectrons and arrival time, `energy` in photoelectrons alone. */
import type { CountsDeclaration } from "../likelihood-schema.ts";
import type { NuisanceDeclaration } from "../nuisance-schema.ts";

const target = { composition: "CsI", mass: "mass" };
const flux: CountsDeclaration["flux"] = {
  type: "stopped-pion",
  protons: "protons-on-target",
  yield: "neutrinos-per-proton",
  distance: "distance",
};
const peAxis = { name: "pe", unit: "PE", edges: [0, 8, 12, 16, 20, 24, 32, 40, 50, 60] };
const response: CountsDeclaration["response"] = [
  { type: "polynomial-quenching", coefficients: ["quenching-c1", "quenching-c2", "quenching-c3", "quenching-c4"] },
  { type: "gamma-photoelectrons", energyPerPhotoelectron: "photoelectron-energy", shape: "photoelectron-shape" },
  {
    type: "shifted-logistic-acceptance",
    amplitude: "efficiency-a",
    slope: "efficiency-b",
    midpoint: "efficiency-c",
    offset: "efficiency-d",
  },
];
const timeEfficiency = { flatUntil: "time-efficiency-flat-until", rate: "time-efficiency-rate" };
const pulse = { type: "pulse" as const, mean: "pulse-mean", width: "pulse-width", efficiency: timeEfficiency };

/** Inputs of the response that `prefix-...` replaces, e.g. `quenching-c1` by `quenching-0-plus-c1`. */
function replaced(nominal: string, prefix: string, suffixes: readonly string[]): Record<string, string> {
  return Object.fromEntries(suffixes.map((suffix) => [`${nominal}-${suffix}`, `${prefix}-${suffix}`]));
}

function responseShape(
  name: string,
  nominal: string,
  suffixes: readonly string[],
  description: string,
): NuisanceDeclaration {
  return {
    name,
    kind: "shape",
    components: ["cevns"],
    variation: {
      type: "inputs",
      plus: replaced(nominal, `${name}-plus`, suffixes),
      minus: replaced(nominal, `${name}-minus`, suffixes),
    },
    source: "release",
    description,
  };
}

const powers = ["c1", "c2", "c3", "c4"];

/** Neutrons in photoelectrons: as many as published, in the shape of the template. */
function neutrons(component: "brn" | "nin", description: string): CountsDeclaration["backgrounds"][number] {
  return {
    component,
    table: `${component}-pe`,
    column: "share",
    axes: { pe: "pe" },
    scale: [],
    acceptance: false,
    total: `${component}-events`,
    source: "release",
    description,
  };
}
const brn = neutrons("brn", "beam-related neutrons; the template contains the efficiency in photoelectrons");
const nin = neutrons("nin", "neutrino-induced neutrons; the template contains the efficiency in photoelectrons");

function inTime(background: CountsDeclaration["backgrounds"][number]): CountsDeclaration["backgrounds"][number] {
  return {
    ...background,
    timing: {
      type: "histogram",
      table: `${background.component}-time`,
      centre: "time",
      column: "events",
      efficiency: timeEfficiency,
    },
  };
}

export const csi2021Poisson: CountsDeclaration = {
  id: "poisson",
  statistics: "poisson",
  source: "measurement",
  description:
    "Poisson in 9 x 11 cells of photoelectrons and arrival time, 0-60 PE and 0-6 us, coincidence sample; scintillation response, photoelectron fluctuation and efficiencies as published, their uncertainties on the signal alone",
  target,
  flux,
  axes: [peAxis, { name: "time", unit: "us", edges: [0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1, 2, 4, 6] }],
  response,
  timing: pulse,
  exposure: "exposure",
  observed: { table: "events", add: ["coincidence"], subtract: [], axes: { pe: "pe", time: "time" } },
  backgrounds: [
    inTime(brn),
    inTime(nin),
    {
      component: "steady-state",
      table: "events",
      column: "anticoincidence",
      axes: { pe: "pe" },
      scale: [],
      acceptance: false,
      window: { time: [0, 6] },
      timing: { type: "decay", rate: "time-efficiency-rate" },
      sideband: { replaces: "steady-state" },
      source: "release",
      description:
        "steady-state background: anticoincidence events in photoelectrons, exponential in arrival time; data of the same selection, so that no efficiency is applied",
    },
  ],
  nuisances: [
    {
      name: "flux",
      shared: "sns.flux",
      kind: "pull",
      sigma: 0.1,
      components: ["cevns"],
      source: "measurement",
      description: "relative yield of neutrinos per proton, shared by experiments at the Spallation Neutron Source",
    },
    responseShape("quenching-0", "quenching", powers, "scintillation response, uncertainty 0 of the release"),
    responseShape("quenching-1", "quenching", powers, "scintillation response, uncertainty 1 of the release"),
    responseShape("efficiency", "efficiency", ["a", "b", "c", "d"], "efficiency in photoelectrons"),
    {
      name: "neutron-radius",
      kind: "shape",
      components: ["cevns"],
      variation: { type: "neutron-radius", step: "neutron-radius-step" },
      source: "measurement",
      description: "rms radius of the neutrons of Cs and I",
    },
    {
      name: "brn",
      kind: "normalisation",
      sigma: 0.25,
      components: ["brn"],
      source: "measurement",
      description: "relative size of the beam-related neutrons",
    },
    {
      name: "nin",
      kind: "normalisation",
      sigma: 0.35,
      components: ["nin"],
      source: "measurement",
      description: "relative size of the neutrino-induced neutrons",
    },
    {
      name: "steady-state",
      kind: "normalisation",
      sigma: 0.021,
      components: ["steady-state"],
      source: "measurement",
      description: "relative size of the steady-state background",
    },
    {
      name: "onset",
      kind: "onset",
      unit: "us",
      range: [-0.25, 0.25],
      source: "project",
      description:
        "shift of the neutrinos' arrival against the backgrounds, before the efficiency in time; the range is our choice, the release gives none",
    },
  ],
};

export const csi2021Energy: CountsDeclaration = {
  id: "energy",
  statistics: "gaussian",
  source: "project",
  description:
    "Gaussian in 9 bins of photoelectrons, 0-60 PE, time integrated over 0-6 us: coincidence minus anticoincidence, one pull on the signal and one on the neutrons; simple on purpose, as phenomenological analyses are",
  target,
  flux,
  axes: [peAxis],
  response,
  timing: { ...pulse, window: { unit: "us", low: 0, high: 6 } },
  exposure: "exposure",
  observed: {
    table: "events",
    add: ["coincidence"],
    subtract: ["anticoincidence"],
    axes: { pe: "pe" },
    window: { time: [0, 6] },
  },
  backgrounds: [brn, nin],
  nuisances: [
    {
      name: "signal",
      kind: "pull",
      sigma: 0.13,
      components: ["cevns"],
      source: "project",
      description: "relative size of the signal: flux, response, efficiency and form factor in one",
    },
    {
      name: "background",
      kind: "pull",
      sigma: 0.25,
      components: ["brn", "nin"],
      source: "project",
      description: "relative size of both neutron backgrounds, with the error of the beam-related ones",
    },
  ],
};
