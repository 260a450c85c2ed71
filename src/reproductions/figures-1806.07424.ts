/** Figures 1 to 7 of arXiv:1806.07424, drawn from our own analyses. */

import { xiPerUnit } from "../analysis/parameters.ts";
import { sin2ThetaW } from "../constants.ts";
import { countsPanel, planePanel, profilePanel } from "../figures/charts.ts";
import type { FigureSpec, Mark } from "../figures/spec.ts";
import { symbolOf } from "../figures/symbols.ts";
import { weakCharge } from "../interactions/generalized.ts";
import { findIsotope } from "../nuclei/isotopes.ts";
import { version } from "../version.ts";
import type { Session } from "./session.ts";

const source = (recoil: string): string =>
  `nurecoil ${version} · data: COHERENT CsI 2017 (arXiv:1804.09459), likelihood paper, Helm, convention A, recoil ${recoil} · after arXiv:1806.07424`;
const photoelectrons = { label: "Photoelectrons $n_\\mathrm{PE}$" };

/**
 * The figures as plain data.
 * @param session analyses of the paper, already done for its cases where they coincide
 */
export function figuresOf180607424(session: Session): readonly FigureSpec[] {
  return [
    events(session),
    background(session),
    vectorFit(session),
    quarkPlanes(session),
    tensorPlane(session),
    twoInteractions(session),
    profiles(session),
  ];
}

function events(session: Session): FigureSpec {
  const result = session.predict({}, "leading");
  const counts = (flavour: string): readonly number[] =>
    result.components.find((one) => one.flavour === flavour)!.counts;
  const total = result.observed!.map((_, i) =>
    result.components.reduce((sum, one) => sum + (one.flavour === null ? 0 : one.counts[i]!), 0),
  );
  return {
    id: "figure-1",
    title: "Events of the standard model",
    description:
      "CEvNS events per 2 photoelectrons for each neutrino flavour and in all, with the residual counts of COHERENT CsI.",
    width: "single",
    panels: [
      countsPanel(
        result,
        [
          { label: "Total", values: total, line: { color: "black", dash: "solid" } },
          {
            label: `$${symbolOf("anti_nu_mu")}$`,
            values: counts("anti_nu_mu"),
            line: { color: "vermillion", dash: "dashed" },
          },
          { label: `$${symbolOf("nu_e")}$`, values: counts("nu_e"), line: { color: "blue", dash: "dashdot" } },
          { label: `$${symbolOf("nu_mu")}$`, values: counts("nu_mu"), line: { color: "green", dash: "dotted" } },
        ],
        { ...photoelectrons, data: "COHERENT CsI" },
      ),
    ],
    source: source("leading"),
  };
}

function background(session: Session): FigureSpec {
  const result = session.predict({}, "leading");
  const brn = result.components.find((one) => one.name === "brn")!;
  return {
    id: "figure-2",
    title: "Beam-on background",
    description: "Prompt neutrons per 2 photoelectrons after acceptance, for 7.48 GWh.",
    width: "single",
    panels: [
      countsPanel(
        result,
        [{ label: "Prompt neutrons", values: brn.counts, line: { color: "blue", width: 0.8 }, fill: "#cfe3f0" }],
        photoelectrons,
      ),
    ],
    source: source("leading"),
  };
}

function vectorFit(session: Session): FigureSpec {
  const sm = session.predict({}, "full");
  const minima = session.fit(["xi_V"]).minima;
  const best = [...minima].sort((a, b) => Math.abs(a.parameters["xi_V"]!) - Math.abs(b.parameters["xi_V"]!))[0]!;
  const vector = session.predict({ xi_V: best.parameters["xi_V"]! }, "full");
  const signal = (result: typeof sm): number[] =>
    result.total.map((total, i) => total - result.components.find((one) => one.name === "brn")!.counts[i]!);
  const chi2 = session.chi2({});
  return {
    id: "figure-3",
    title: "Standard model and best vector coupling",
    description:
      "CEvNS events per 2 photoelectrons in the standard model and with the smaller of the two best vector couplings, at nominal pulls; chi^2 is at the best pulls.",
    width: "single",
    panels: [
      countsPanel(
        sm,
        [
          { label: `SM, $\\chi^2 = ${chi2.toFixed(2)}$`, values: signal(sm), line: { color: "black", dash: "solid" } },
          {
            label: `SM + $\\xi_V = ${best.parameters["xi_V"]!.toFixed(3)}$, $\\chi^2 = ${best.chi2.toFixed(2)}$`,
            values: signal(vector),
            line: { color: "vermillion", dash: "dashed" },
          },
        ],
        { ...photoelectrons, data: "COHERENT CsI" },
      ),
    ],
    source: source("full"),
  };
}

function quarkPlanes(session: Session): FigureSpec {
  const plane = (a: string, b: string, title: string, extra: readonly Mark[] = []) =>
    planePanel(session.region([a, b], 1), { title, extra });
  const vector = session.fit(["xi_V"]).minima.map((one) => one.parameters["xi_V"]!);
  return {
    id: "figure-4",
    title: "Scalar and vector quark couplings",
    description:
      "Allowed regions, 90 % and 99 % CL with one degree of freedom, in scenarios 1-i (left), 1-ii (middle) and 1-iii (right).",
    width: "double",
    columns: 3,
    aspect: 1,
    legend: "below",
    panels: [
      plane("C_S_u", "C_S_d", "scalar, 1-i", [bestFitLine("C_S_u", "C_S_d", 0)]),
      plane("C_S_u", "D_P_d", "scalar, 1-ii"),
      plane("C_S_u", "D_P_u", "scalar, 1-iii"),
      plane(
        "C_V_u",
        "C_V_d",
        "vector, 1-i",
        vector.map((xi) => bestFitLine("C_V_u", "C_V_d", xi)),
      ),
      plane("C_V_u", "D_A_d", "vector, 1-ii", [bestFitRing("C_V_u", "D_A_d", vector[0]!)]),
      plane("C_V_u", "D_A_u", "vector, 1-iii", [bestFitRing("C_V_u", "D_A_u", vector[0]!)]),
    ],
    source: source("full"),
  };
}

/** Where two quark couplings give one xi on caesium: the dashed best-fit lines of the paper. */
function bestFitLine(a: string, b: string, xi: number): Mark {
  const caesium = findIsotope("133Cs");
  const [perA, perB] = [xiPerUnit(a, caesium), xiPerUnit(b, caesium)];
  const x = [-20, 20];
  return {
    type: "line",
    x,
    y: x.map((value) => (xi - perA * value) / perB),
    line: { color: "black", dash: "dashed", width: 0.8 },
    label: "best $\\xi$",
  };
}

/** The same for a coupling C_V and a D_A: |V|^2 = (Q + xi)^2, a ring around the point where C_V cancels the charge Q. */
function bestFitRing(a: string, b: string, xi: number): Mark {
  const caesium = findIsotope("133Cs");
  const charge = weakCharge(caesium, sin2ThetaW.value);
  const radius = Math.abs(charge + xi);
  const angles = Array.from({ length: 181 }, (_, k) => (2 * Math.PI * k) / 180);
  return {
    type: "line",
    x: angles.map((angle) => (radius * Math.cos(angle) - charge) / xiPerUnit(a, caesium)),
    y: angles.map((angle) => (radius * Math.sin(angle)) / xiPerUnit(b, caesium)),
    line: { color: "black", dash: "dashed", width: 0.8 },
    label: "best $\\xi$",
  };
}

function tensorPlane(session: Session): FigureSpec {
  return {
    id: "figure-5",
    title: "Tensor quark couplings",
    description: "Allowed band, 90 % and 99 % CL with one degree of freedom, for tensor couplings of u and d quarks.",
    width: "single",
    aspect: 0.9,
    legend: "below",
    panels: [planePanel(session.region(["C_T_u", "C_T_d"], 1), { extra: [bestFitLine("C_T_u", "C_T_d", 0)] })],
    source: source("full"),
  };
}

function twoInteractions(session: Session): FigureSpec {
  const plane = (a: string, b: string, title: string) => planePanel(session.region([a, b], 2), { title });
  return {
    id: "figure-6",
    title: "Two interactions at a time",
    description: "Allowed regions, 90 % and 99 % CL with two degrees of freedom, in scenarios 2-i, 2-ii and 2-iii.",
    width: "double",
    columns: 3,
    aspect: 1,
    legend: "below",
    panels: [
      plane("C_S_u", "C_V_d", "scalar-vector, 2-i"),
      plane("C_S_u", "C_T_d", "scalar-tensor, 2-ii"),
      plane("C_V_u", "C_T_d", "vector-tensor, 2-iii"),
    ],
    source: source("full"),
  };
}

function profiles(session: Session): FigureSpec {
  const curve = (label: string, profile: readonly string[]) => ({
    label,
    scan: session.scan("xi_V", -3, 1.2, 421, profile),
    minimum: session.fit(["xi_V", ...profile]).minima[0]!.chi2,
  });
  const panel = profilePanel(
    [curve("$\\xi_V$", []), curve("$\\xi_V$, $\\xi_T$", ["xi_T"]), curve("$\\xi_V$, $\\xi_S$", ["xi_S"])],
    {
      levels: [
        { value: 2.71, text: "90 %" },
        { value: 6.63, text: "99 %" },
      ],
      top: 12,
    },
  );
  return {
    id: "figure-7",
    title: "Profiles of the vector coupling",
    description:
      "Delta chi^2 of the vector coupling alone and with a tensor or a scalar coupling profiled, each from its own minimum.",
    width: "single",
    panels: [panel],
    source: source("full"),
  };
}
