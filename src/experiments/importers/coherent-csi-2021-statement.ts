/**
 * The experiment `coherent-csi-2021` around the numbers of its release: sources, the inputs the release does not hold,
 * and what the tables are, with the sums that show a lost row or a changed number.
 */
import type { ExperimentFile, ExperimentInput } from "../schema.ts";
import type { Coefficients, Variants } from "./coherent-csi-2021-coefficients.ts";
import { csi2021Energy, csi2021Poisson } from "./coherent-csi-2021-likelihoods.ts";
import { projectSource } from "./project-source.ts";

/** Coefficients read from the release. */
export interface Csi2021Values {
  readonly quenching: { readonly nominal: Coefficients; readonly variants: readonly [Variants, Variants] };
  readonly efficiency: { readonly nominal: Coefficients; readonly variants: Variants };
}

/** Events of the release. */
export const releasedEvents = { coincidence: 5142, anticoincidence: 4890 } as const;

const sources: ExperimentFile["sources"] = {
  release: {
    key: "COHERENT:2021xmm-ancillary",
    type: "misc",
    authors: "Akimov, D. and others",
    collaboration: "COHERENT",
    title:
      "Ancillary files of arXiv:2110.07730, Measurement of the Coherent Elastic Neutrino-Nucleus Scattering Cross Section on CsI by COHERENT",
    year: 2021,
    arxiv: "2110.07730",
  },
  measurement: {
    key: "COHERENT:2021xmm",
    type: "article",
    authors: "Akimov, D. and others",
    collaboration: "COHERENT",
    title: "Measurement of the Coherent Elastic Neutrino-Nucleus Scattering Cross Section on CsI by COHERENT",
    journal: "Phys. Rev. Lett.",
    volume: "129",
    pages: "081801",
    year: 2022,
    doi: "10.1103/PhysRevLett.129.081801",
    arxiv: "2110.07730",
  },
  project: projectSource,
};

const quenchingUnits = ["MeVee/MeVnr", "MeVee/MeVnr^2", "MeVee/MeVnr^3", "MeVee/MeVnr^4"] as const;
const efficiencyUnits = ["1", "1/PE", "PE", "1"] as const;

/** Four inputs `prefix-suffix`. */
function released(
  prefix: string,
  suffixes: readonly string[],
  units: readonly string[],
  coefficients: Coefficients,
  note: string,
): ExperimentFile["inputs"] {
  return Object.fromEntries(
    coefficients.map((value, i): [string, ExperimentInput] => [
      `${prefix}-${suffixes[i]}`,
      { value, unit: units[i] as string, source: "release", note },
    ]),
  );
}

function quenchingInputs({ nominal, variants }: Csi2021Values["quenching"]): ExperimentFile["inputs"] {
  const powers = ["c1", "c2", "c3", "c4"];
  const inputs = (prefix: string, coefficients: Coefficients, note: string) =>
    released(prefix, powers, quenchingUnits, coefficients, note);
  return {
    ...inputs("quenching", nominal, "electron-equivalent energy c1 x + c2 x^2 + c3 x^3 + c4 x^4, x recoil energy"),
    ...Object.assign(
      {},
      ...variants.flatMap(({ plus, minus }, i) => [
        inputs(`quenching-${i}-plus`, plus, `uncertainty ${i} of the scintillation response at +1 sigma`),
        inputs(`quenching-${i}-minus`, minus, `uncertainty ${i} of the scintillation response at -1 sigma`),
      ]),
    ),
  };
}

function efficiencyInputs({ nominal, variants }: Csi2021Values["efficiency"]): ExperimentFile["inputs"] {
  const inputs = (prefix: string, coefficients: Coefficients, note: string) =>
    released(prefix, ["a", "b", "c", "d"], efficiencyUnits, coefficients, note);
  const wrongLabel = "the release labels both variants +1 sigma";
  return {
    ...inputs("efficiency", nominal, "a / (1 + exp(-b (n - c))) + d at n photoelectrons, not below 0"),
    ...inputs("efficiency-plus", variants.plus, `+1 sigma: the curve of higher efficiency; ${wrongLabel}`),
    ...inputs("efficiency-minus", variants.minus, `-1 sigma: the curve of lower efficiency; ${wrongLabel}`),
  };
}

const published = (value: number, unit: string, note?: string, sigma?: number): ExperimentInput => ({
  value,
  unit,
  ...(sigma !== undefined && { sigma }),
  source: "measurement",
  ...(note !== undefined && { note }),
});

const taken = (own: string, timed: number): string =>
  `taken as the number in 0-60 PE and 0-6 us after the efficiency in time, a choice of this project: the release's own sums, ${own}, are before it; after it ${timed}`;

const pulse =
  "third-party: a Gaussian pulse that reproduces, to about 1 %, a half-microsecond profile made from the release's flux histogram, which is not among the files read here";

function inputs({ quenching, efficiency }: Csi2021Values): ExperimentFile["inputs"] {
  return {
    mass: published(14.6, "kg"),
    distance: published(19.3, "m"),
    exposure: published(13.99, "GW h", "signal and backgrounds are proportional to it"),
    "protons-on-target": published(3.198e23, "1", "in 13.99 GW h"),
    "neutrinos-per-proton": published(0.0848, "1", "of each flavour, from decay at rest; error 10 %", 0.00848),
    ...quenchingInputs(quenching),
    "photoelectron-energy": published(0.0749, "keVee/PE", "a E_ee of the photoelectron pdf: 13.35 PE/keVee"),
    "photoelectron-shape": published(9.56, "1/keVee", "b/E_ee of the photoelectron pdf"),
    ...efficiencyInputs(efficiency),
    "pulse-mean": { value: 0.4708, unit: "us", source: "project", note: pulse },
    "pulse-width": { value: 0.1487, unit: "us", source: "project", note: pulse },
    "time-efficiency-flat-until": published(0.52, "us", "the efficiency in arrival time is 1 before"),
    "time-efficiency-rate": published(0.0494, "1/us", "the efficiency in arrival time falls exponentially after"),
    "brn-events": published(18.4, "1", `${taken("27.63/1.498 = 18.4", 18.3)}; error 25 %`, 4.6),
    "nin-events": published(5.6, "1", `${taken("7.49/1.334 = 5.6", 5.2)}; error 35 %`, 1.96),
    "neutron-radius-step": published(0.05, "1", "relative uncertainty of the rms radius of the neutrons"),
  };
}

const peBin = { name: "pe", unit: "PE", description: "bin centre, photoelectrons (bin width 1 PE)" };
const timeBin = { name: "time", unit: "us", description: "bin centre, arrival time (bin width 0.01 us)" };

/** Sums are those of the released files, added up in decimal. */
const tables: ExperimentFile["tables"] = {
  events: {
    file: "events.csv",
    rows: releasedEvents.coincidence + releasedEvents.anticoincidence,
    events: true,
    source: "release",
    description:
      "Every released event of the beam-on samples, coincidence first, in released order: windows around the beam's arrival (coincidence) and before it (anticoincidence), both 0-6 us and below 250 PE",
    columns: [
      { name: "pe", unit: "PE", description: "reconstructed photoelectrons of the event", sum: 1195014.14063 },
      { name: "time", unit: "us", description: "reconstructed arrival time of the event", sum: 28286.854 },
      {
        name: "coincidence",
        unit: "1",
        description: "1 for an event after the beam's arrival, else 0",
        sum: releasedEvents.coincidence,
      },
      {
        name: "anticoincidence",
        unit: "1",
        description: "1 for an event before the beam's arrival, else 0",
        sum: releasedEvents.anticoincidence,
      },
    ],
  },
  ...background("brn", "Beam-related neutrons", { pe: 1.497777822, time: 27.63200922974 }),
  ...background("nin", "Neutrino-induced neutrons", { pe: 1.333957278, time: 7.564846239112 }),
};

function background(
  component: string,
  title: string,
  sums: { readonly pe: number; readonly time: number },
): ExperimentFile["tables"] {
  return {
    [`${component}-pe`]: {
      file: `${component}-pe.csv`,
      rows: 250,
      source: "release",
      description: `${title} in photoelectrons, efficiency in photoelectrons included`,
      columns: [
        peBin,
        { name: "share", unit: "1", description: "events in the bin; the bins below 60 PE sum to 1", sum: sums.pe },
      ],
    },
    [`${component}-time`]: {
      file: `${component}-time.csv`,
      rows: 650,
      source: "release",
      description: `${title} in arrival time, before the efficiency in time`,
      columns: [timeBin, { name: "events", unit: "1", description: "events in the bin, below 250 PE", sum: sums.time }],
    },
  };
}

/** The experiment file around the released numbers. */
export function csi2021Experiment(values: Csi2021Values): ExperimentFile {
  return {
    format: "nurecoil/experiment/1",
    id: "coherent-csi-2021",
    title: "COHERENT CsI[Na], full data set (2021)",
    summary:
      "14.6 kg of CsI[Na] 19.3 m from the target of the Spallation Neutron Source, 13.99 GW h of beam: all data of the detector of the first observation.",
    overlaps: ["coherent-csi-2017"],
    sources,
    inputs: inputs(values),
    tables,
    defaults: { formFactor: "helm" },
    likelihoods: [csi2021Poisson, csi2021Energy],
  };
}
