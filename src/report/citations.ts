/**
 * Sources of formulas and constants, and what rests on which. Sources of data are in the files of the experiments.
 * Registries are keyed by the names of the things themselves: a test asks for an entry for each.
 */

import type { Source } from "../experiments/sources.ts";
import type { Coupling } from "../interactions/couplings.ts";
import { isotopeSources } from "../nuclei/isotope-data.ts";

/** Generalized interactions on COHERENT data: fluxes, cross section, matching to the nucleus, likelihood. */
const paperA: Source = {
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
};

/** Generalized interactions per flavour: the Hermitian convention of the couplings. */
const paperB: Source = {
  key: "Flores2021NuFact",
  type: "misc",
  authors: "Flores, L. J. and Nath, Newton and Peinado, Eduardo",
  title:
    "Exploring generalized neutrino interactions at the COHERENT experiment, 22nd International Workshop on Neutrinos from Accelerators (NuFact2021)",
  year: 2021,
};

const lewinSmith: Source = {
  key: "Lewin:1995rx",
  type: "article",
  authors: "Lewin, J. D. and Smith, P. F.",
  title:
    "Review of mathematics, numerical factors, and corrections for dark matter experiments based on elastic nuclear recoil",
  journal: "Astropart. Phys.",
  volume: "6",
  pages: "87-112",
  year: 1996,
  doi: "10.1016/S0927-6505(96)00047-3",
};

const kleinNystrand: Source = {
  key: "Klein:1999qj",
  type: "article",
  authors: "Klein, Spencer and Nystrand, Joakim",
  title: "Exclusive vector meson production in relativistic heavy ion collisions",
  journal: "Phys. Rev. C",
  volume: "60",
  pages: "014903",
  year: 1999,
  doi: "10.1103/PhysRevC.60.014903",
  arxiv: "hep-ph/9902259",
};

const sprungMartorell: Source = {
  key: "Sprung1997symmetrized",
  type: "article",
  authors: "Sprung, D. W. L. and Martorell, J.",
  title: "The symmetrized Fermi function and its transforms",
  journal: "J. Phys. A",
  volume: "30",
  pages: "6525-6534",
  year: 1997,
  doi: "10.1088/0305-4470/30/18/026",
};

const jungman: Source = {
  key: "Jungman:1995df",
  type: "article",
  authors: "Jungman, Gerard and Kamionkowski, Marc and Griest, Kim",
  title: "Supersymmetric dark matter",
  journal: "Phys. Rept.",
  volume: "267",
  pages: "195-373",
  year: 1996,
  doi: "10.1016/0370-1573(95)00058-5",
  arxiv: "hep-ph/9506380",
};

const anselmino: Source = {
  key: "Anselmino:2008jk",
  type: "article",
  authors: "Anselmino, M. and others",
  title: "Update on transversity and Collins functions from SIDIS and e+ e- data",
  journal: "Nucl. Phys. B Proc. Suppl.",
  volume: "191",
  pages: "98-107",
  year: 2009,
  doi: "10.1016/j.nuclphysbps.2009.03.117",
  arxiv: "0812.4366",
};

const erlerRamseyMusolf: Source = {
  key: "Erler:2004in",
  type: "article",
  authors: "Erler, Jens and Ramsey-Musolf, Michael J.",
  title: "The weak mixing angle at low energies",
  journal: "Phys. Rev. D",
  volume: "72",
  pages: "073003",
  year: 2005,
  doi: "10.1103/PhysRevD.72.073003",
  arxiv: "hep-ph/0409169",
};

const codata: Source = {
  key: "Mohr:2024kco",
  type: "article",
  authors: "Mohr, Peter J. and Newell, David B. and Taylor, Barry N. and Tiesinga, Eite",
  title: "CODATA recommended values of the fundamental physical constants: 2022",
  journal: "Rev. Mod. Phys.",
  volume: "97",
  pages: "025002",
  year: 2025,
  doi: "10.1103/RevModPhys.97.025002",
  arxiv: "2409.03787",
};

const pdg2024: Source = {
  key: "ParticleDataGroup:2024cfk",
  type: "article",
  authors: "Navas, S. and others",
  collaboration: "Particle Data Group",
  title: "Review of particle physics",
  journal: "Phys. Rev. D",
  volume: "110",
  pages: "030001",
  year: 2024,
  doi: "10.1103/PhysRevD.110.030001",
};

const pdg2016: Source = {
  key: "ParticleDataGroup:2016lqr",
  type: "article",
  authors: "Patrignani, C. and others",
  collaboration: "Particle Data Group",
  title: "Review of particle physics",
  journal: "Chin. Phys. C",
  volume: "40",
  pages: "100001",
  year: 2016,
  doi: "10.1088/1674-1137/40/10/100001",
};

/** Masses, abundances and spins of isotopes. */
export const nuclideSources: readonly Source[] = [
  fromIsotopeSource(isotopeSources.mass),
  fromIsotopeSource(isotopeSources.abundance),
  fromIsotopeSource(isotopeSources.spin),
];

/** By the id of the form factor; a point has no source. */
export const formFactorSources: Readonly<Record<string, readonly Source[]>> = {
  helm: [lewinSmith, paperA],
  "klein-nystrand": [kleinNystrand],
  fermi: [sprungMartorell, lewinSmith],
  point: [],
};

/** By the id of the flux. */
export const fluxSources: Readonly<Record<string, readonly Source[]>> = { "stopped-pion": [paperA, codata, pdg2024] };

/** Fundamental constants, the weak mixing angle, quark masses and nucleon matrix elements. */
export const constantSources: readonly Source[] = [codata, pdg2024, erlerRamseyMusolf, pdg2016, jungman, anselmino];

/** The cross section. */
export const interactionSources: readonly Source[] = [paperA, paperB];

/** What the meaning of a coupling rests on. */
export function couplingSources(coupling: Coupling): readonly Source[] {
  if (coupling.level === "standard-model") return [erlerRamseyMusolf];
  if (coupling.level === "nucleus") return interactionSources;
  return [
    ...interactionSources,
    ...(coupling.currents.includes("scalar") ? [jungman, pdg2016] : []),
    ...(coupling.currents.includes("tensor") ? [anselmino] : []),
  ];
}

/** Every source of a formula or constant. */
export const formulaSources: readonly Source[] = [
  ...new Set([
    ...interactionSources,
    ...nuclideSources,
    ...constantSources,
    ...Object.values(formFactorSources).flat(),
    ...Object.values(fluxSources).flat(),
  ]),
];

function fromIsotopeSource(source: (typeof isotopeSources)[keyof typeof isotopeSources]): Source {
  const { key, authors, title, journal, volume, pages, year, doi } = source;
  return {
    key,
    type: "article",
    authors: authors.map(lastNameFirst).join(" and "),
    title,
    journal,
    volume,
    pages,
    year,
    doi,
  };
}

/** `W. J. Huang` to `Huang, W. J.`, as BibTeX sorts names. */
function lastNameFirst(name: string): string {
  const [, initials, last] = /^((?:\S+\.\s+)+)(.+)$/.exec(name) ?? [];
  return initials === undefined ? name : `${last}, ${initials.trim()}`;
}
