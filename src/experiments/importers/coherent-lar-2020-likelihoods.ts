/** Likelihoods of coherent-lar-2020: `poisson` in all 960 cells, `energy` in 12 energy bins. */
import type { ExperimentFile } from "../schema.ts";
import { energyEdges, f90Edges, timeEdges } from "./coherent-lar-2020-bins.ts";
import type { LarColumn, LarValues } from "./coherent-lar-2020-values.ts";

type Likelihood = ExperimentFile["likelihoods"][number];
type CountsLikelihood = Exclude<Likelihood, { statistics: "projection" }>;
type Nuisance = CountsLikelihood["nuisances"][number];

const cellAxes = { energy: "energy", f90: "f90", time: "time" };
const energyAxis = { name: "energy", unit: "keVee", edges: energyEdges };

const shared = {
  source: "project",
  target: { composition: "Ar", mass: "mass" },
  flux: {
    type: "stopped-pion",
    protons: "protons-on-target",
    yield: "neutrinos-per-proton",
    distance: "distance",
  },
  response: [
    { type: "rising-quenching", constant: "quenching-constant", slope: "quenching-slope" },
    { type: "gaussian-resolution", width: "energy-resolution" },
    { type: "tabulated-acceptance", table: "efficiency", centre: "energy", column: "efficiency" },
  ],
  exposure: "exposure",
  anchor: { total: "anchor-events" },
} satisfies Partial<CountsLikelihood>;

/** A background in the shape of its template, with as many events as the input says. */
function background(component: LarColumn, axes: Readonly<Record<string, string>>, description: string) {
  const total = `${component}-events`;
  return {
    component,
    table: "cells",
    column: component,
    axes: { ...axes },
    scale: [],
    acceptance: false,
    total,
    source: "release",
    description,
  };
}
const promptNeutrons = "prompt beam-related neutrons";
const delayedNeutrons = "delayed beam-related neutrons";

/** A relative error, exact to twelve digits: 0.009/0.09 is 0.1 and not 0.09999999999999999. */
function relativeError({ value, sigma }: { readonly value: number; readonly sigma: number }): number {
  return Number((sigma / value).toPrecision(12));
}

function size(component: LarColumn, numbers: { readonly value: number; readonly sigma: number }): Nuisance {
  return {
    name: component,
    kind: "normalisation",
    sigma: relativeError(numbers),
    components: [component],
    source: "release",
    description: `relative size of the background: ${numbers.sigma} of ${numbers.value} events`,
  };
}

/** Shape by the release's templates; without `minus` the file of the other side does not exist. */
function shape(name: string, component: "cevns" | "brn", twoSided: boolean, description: string): Nuisance {
  const variation = {
    type: "templates" as const,
    table: "cells",
    axes: cellAxes,
    nominal: component,
    plus: `${name}-plus`,
    ...(twoSided && { minus: `${name}-minus` }),
  };
  return { name, kind: "shape", components: [component], variation, source: "release", description };
}

/**
 * Poisson in all cells of the release.
 * @param values numbers of the release's parameter file
 * @param steadyState events of the steady-state template
 */
export function larPoissonLikelihood(values: LarValues, steadyState: number): Likelihood {
  return {
    id: "poisson",
    statistics: "poisson",
    description:
      "Poisson in 12 x 8 x 10 cells of energy, F90 and arrival time, 0-120 keVee, 0.5-0.9 and -0.1-4.9 us; flavours timed separately",
    ...shared,
    axes: [energyAxis, { name: "f90", unit: "1", edges: f90Edges }, { name: "time", unit: "us", edges: timeEdges }],
    conditional: { table: "cells", column: "cevns", axes: { energy: "energy", f90: "f90" } },
    timing: { type: "pulse", mean: "pulse-mean", width: "pulse-width" },
    observed: { table: "cells", add: ["data"], subtract: [], axes: cellAxes },
    backgrounds: [
      background("brn", cellAxes, promptNeutrons),
      background("brn-delayed", cellAxes, delayedNeutrons),
      background("steady-state", cellAxes, "steady-state background, measured between the beam's pulses"),
    ],
    nuisances: [
      {
        name: "flux",
        shared: "sns.flux",
        kind: "pull",
        sigma: relativeError(values.neutrinosPerProton),
        components: ["cevns"],
        source: "release",
        description: "relative yield of neutrinos per proton, shared by experiments at the Spallation Neutron Source",
      },
      {
        name: "signal",
        kind: "pull",
        sigma: 0.087,
        components: ["cevns"],
        source: "project",
        description: `relative size of the signal besides the flux, our choice: with it the ${values.cevns.sigma} of ${values.cevns.value} events`,
      },
      size("brn", values.brn),
      size("brn-delayed", values.delayedBrn),
      size("steady-state", { value: steadyState, sigma: values.steadyState.sigma }),
      shape("cevns-f90", "cevns", true, "F90 of nuclear recoils"),
      shape("cevns-time", "cevns", false, "arrival time of the neutrinos"),
      shape("brn-energy", "brn", true, "energy spectrum of the prompt neutrons"),
      shape("brn-time", "brn", true, "mean arrival time of the prompt neutrons; the +1 sigma template is scaled down"),
      shape("brn-width", "brn", false, "width in time of the prompt neutrons"),
    ],
  };
}

/** Energy alone: data minus steady state, Gaussian. */
export const larEnergyLikelihood: Likelihood = {
  id: "energy",
  statistics: "gaussian",
  description:
    "12 bins of 10 keVee, all F90 and -0.1-4.9 us, data minus steady state: one pull on the signal and one on the neutrons; the released error 25 of the steady state is sqrt(3152/5): sampled five times",
  ...shared,
  axes: [energyAxis],
  timing: {
    type: "pulse",
    mean: "pulse-mean",
    width: "pulse-width",
    window: { unit: "us", low: timeEdges[0] as number, high: timeEdges.at(-1) as number },
  },
  observed: {
    table: "cells",
    add: ["data"],
    subtract: ["steady-state"],
    axes: { energy: "energy" },
    oversampled: { "steady-state": 5 },
  },
  backgrounds: [
    background("brn", { energy: "energy" }, promptNeutrons),
    background("brn-delayed", { energy: "energy" }, delayedNeutrons),
  ],
  nuisances: [
    {
      name: "signal",
      kind: "pull",
      sigma: 0.134,
      components: ["cevns"],
      source: "project",
      description: "relative size of the signal, the flux included; our choice",
    },
    {
      name: "background",
      kind: "pull",
      sigma: 0.32,
      components: ["brn", "brn-delayed"],
      source: "project",
      description:
        "relative size of all beam-related neutrons; our choice, after the 160 of 497 events of the prompt ones",
    },
  ],
};
