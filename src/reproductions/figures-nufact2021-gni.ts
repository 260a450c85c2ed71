/**
 * Figures 1 and 2 of the NuFact 2021 proceedings on generalized interactions of flavoured neutrinos, drawn from our own
 * analyses, and beside them what the full likelihoods and other backgrounds give.
 */

import { layersPanel, type RegionLayer } from "../figures/layers.ts";
import type { FigureSpec, PanelSpec } from "../figures/spec.ts";
import { clOfSigma } from "../statistics/levels.ts";
import { version } from "../version.ts";
import type { Session } from "./session.ts";

const STRUCTURES = [
  { letter: "S", title: "scalar" },
  { letter: "V", title: "vector" },
  { letter: "T", title: "tensor" },
] as const;

const NINETY = [0.9];
const SIGMAS = [1, 2, 3].map(clOfSigma);

const source = (likelihoods: string): string =>
  `nurecoil ${version} · data: COHERENT CsI (arXiv:2110.07730), LAr (arXiv:2006.12659) · ${likelihoods} · Helm, convention B, recoil full · after NuFact 2021 proceedings`;

const LEVELS_90 = "90 % CL, 2 degrees of freedom (Delta chi^2 < 4.61)";
const LEVELS_SIGMA = "1, 2 and 3 sigma, 2 degrees of freedom (Delta chi^2 < 2.30, 6.18, 11.83)";
const ENERGY = "likelihoods coherent-csi-2021@energy and coherent-lar-2020@energy (time-integrated)";
const PROJECTED = "SBC is a projection (sbc-lar10-inin@counts): Asimov data at the standard model, one year";

/**
 * The figures as plain data.
 * @param session analyses of the paper, already done for its cases where they coincide
 */
export function figuresOfNufact2021Gni(session: Session): readonly FigureSpec[] {
  return [coherent(session), withReactor(session), full(session), fullWithReactor(session), backgrounds(session)];
}

/** What a layer looks like, apart from the analysis behind it. */
type Look = Omit<RegionLayer, "result">;

type NamedLook = Look & { readonly analysis: string };

/** One plane: the same analyses in the same looks for every structure. */
function panel(
  session: Session,
  layers: readonly NamedLook[],
  letter: "S" | "V" | "T",
  options: { readonly title: string; readonly zoom?: boolean },
): PanelSpec {
  return layersPanel(
    layers.map(({ analysis, ...look }) => ({
      ...look,
      result: session.of(analysis).region([`xi_${letter}_e`, `xi_${letter}_mu`], 2),
    })),
    options,
  );
}

/**
 * Three panels in a row, scalar, vector and tensor.
 * @param data named in the titles where rows differ in it
 */
function planes(session: Session, layers: readonly NamedLook[], data?: string): PanelSpec[] {
  return STRUCTURES.map(({ letter, title }) =>
    panel(session, layers, letter, { title: data === undefined ? title : `${data}, ${title}` }),
  );
}

/** Four panels, two in a row: the vector islands also near, where their differences can be seen. */
function planesAndIsland(session: Session, layers: readonly NamedLook[]): PanelSpec[] {
  return [
    panel(session, layers, "S", { title: "scalar" }),
    panel(session, layers, "T", { title: "tensor" }),
    panel(session, layers, "V", { title: "vector" }),
    panel(session, layers, "V", { title: "vector, island of the standard model", zoom: true }),
  ];
}

const threePlanes = { width: "double", columns: 3, aspect: 1, legend: "below" } as const;
const fourPanels = { width: "double", columns: 2, aspect: 0.7, legend: "below" } as const;

/** Light enough for lines to stand out, dark enough to print. */
const GROUND = "#a8a8a8";
const solid = (color: "black" | "blue"): RegionLayer["line"] => ({ color, width: 0.6 });
const dashed: RegionLayer["line"] = { color: "blue", dash: "dashed", width: 1.1 };
const dashdot: RegionLayer["line"] = { color: "green", dash: "dashdot", width: 1.1 };

function coherent(session: Session): FigureSpec {
  return {
    id: "figure-1",
    title: "COHERENT CsI, LAr and both",
    description: `Allowed regions of flavoured couplings from CsI, from LAr and from both; ${LEVELS_90}; ${ENERGY}; symbols: best fits, mirror images included, where they are not the standard model.`,
    ...threePlanes,
    panels: planes(session, [
      { analysis: "coherent", label: "CsI + LAr", cls: NINETY, fill: GROUND, line: solid("black"), best: "diamond" },
      { analysis: "csi", label: "CsI", cls: NINETY, fill: "none", line: dashed, best: "cross" },
      { analysis: "lar", label: "LAr", cls: NINETY, fill: "none", line: dashdot, best: "plus" },
    ]),
    source: source("likelihoods energy"),
  };
}

function withReactor(session: Session): FigureSpec {
  return {
    id: "figure-2",
    title: "COHERENT, and with a reactor detector",
    description: `Allowed regions from COHERENT (CsI + LAr, grey) and with the reactor detector (blue); ${LEVELS_SIGMA}; ${ENERGY}. ${PROJECTED}, background of 5 events a day assumed. Plus and cross: best fits where they are not the standard model.`,
    ...threePlanes,
    panels: planes(session, [
      {
        analysis: "coherent",
        label: "COHERENT",
        cls: SIGMAS,
        fill: "grey",
        line: { color: "grey", width: 0.5 },
        best: "plus",
      },
      {
        analysis: "coherent+sbc",
        label: "COHERENT + SBC",
        cls: SIGMAS,
        fill: "blue",
        line: solid("blue"),
        best: "cross",
      },
    ]),
    source: source("likelihoods energy; SBC: counts, Asimov data"),
  };
}

/** The looks of what the two likelihoods give, the same in every panel. */
const energyLook: Look = { label: "energy", cls: NINETY, fill: GROUND, line: solid("black") };
const freeLook: Look = {
  label: "full",
  cls: NINETY,
  fill: "none",
  line: { color: "blue", width: 1.1 },
  best: "cross",
};
const fixedLook: Look = {
  label: "full, onset fixed",
  cls: NINETY,
  fill: "none",
  line: { color: "vermillion", dash: "dashed", width: 1.1 },
  best: "plus",
};

const FULL =
  "full likelihoods coherent-csi-2021@poisson (onset of the neutrino pulse free) and coherent-lar-2020@poisson";

function full(session: Session): FigureSpec {
  return {
    id: "figure-3",
    title: "The same planes with the full likelihoods",
    description: `Not in the paper: allowed regions from CsI (top), LAr (middle) and both (bottom); ${LEVELS_90}; grey: ${ENERGY}; blue: ${FULL}; dashed: with the onset fixed at 0. Arrival times tell the prompt muon neutrinos from the delayed flavours.`,
    ...threePlanes,
    panels: [
      ...planes(
        session,
        [
          { analysis: "csi", ...energyLook },
          { analysis: "csi-full", ...freeLook },
          { analysis: "csi-full-onset-fixed", ...fixedLook },
        ],
        "CsI",
      ),
      ...planes(
        session,
        [
          { analysis: "lar", ...energyLook },
          { analysis: "lar-full", ...freeLook },
        ],
        "LAr",
      ),
      ...planes(
        session,
        [
          { analysis: "coherent", ...energyLook },
          { analysis: "coherent-full", ...freeLook },
          { analysis: "coherent-full-onset-fixed", ...fixedLook },
        ],
        "CsI + LAr",
      ),
    ],
    source: source("likelihoods energy, poisson"),
  };
}

function fullWithReactor(session: Session): FigureSpec {
  return {
    id: "figure-4",
    title: "The full likelihoods with a reactor detector",
    description: `Not in the paper: allowed regions from COHERENT with the reactor detector; ${LEVELS_90}; grey: ${ENERGY}; blue: ${FULL}. ${PROJECTED}, background of 5 events a day assumed.`,
    ...fourPanels,
    panels: planesAndIsland(session, [
      { analysis: "coherent+sbc", ...energyLook },
      { analysis: "coherent-full+sbc", ...freeLook },
    ]),
    source: source("likelihoods energy, poisson; SBC: counts, Asimov data"),
  };
}

function backgrounds(session: Session): FigureSpec {
  return {
    id: "figure-5",
    title: "Background of the reactor detector",
    description: `Not in the paper: allowed regions from COHERENT with the reactor detector for three backgrounds, in events a day, each an assumption; ${LEVELS_90}; ${ENERGY}. ${PROJECTED}.`,
    ...fourPanels,
    panels: planesAndIsland(session, [
      {
        analysis: "coherent+sbc-20",
        label: "background 20 a day",
        cls: NINETY,
        fill: "#cfcfcf",
        line: { color: "green", dash: "dashdot", width: 1 },
      },
      {
        analysis: "coherent+sbc",
        label: "background 5 a day",
        cls: NINETY,
        fill: "sky",
        line: { color: "blue", width: 0.8 },
      },
      {
        analysis: "coherent+sbc-0",
        label: "background 0 a day",
        cls: NINETY,
        fill: "none",
        line: { color: "black", dash: "dashed", width: 0.9 },
      },
    ]),
    source: source("likelihoods energy; SBC: counts, Asimov data"),
  };
}
