/** Templates of the two newer COHERENT detectors against an independent integration (scripts/reference). */

import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { buildResponse, type Response, type ResponseElement } from "../../src/detector/index.ts";
import { type Flavour, type StoppedPionSource, stoppedPion } from "../../src/flux/index.ts";
import { buildFormFactors, type FormFactorChoice, findIsotope } from "../../src/nuclei/index.ts";
import { foldShapes } from "../../src/prediction/index.ts";
import csi from "../reference/csi-2021.json" with { type: "json" };
import lar from "../reference/lar-2020.json" with { type: "json" };
import { expectRelative } from "../relative.ts";

type Pieces = Readonly<Record<"1" | "t" | "y", readonly number[]>>;
type Table = Readonly<Record<string, Readonly<Record<string, Pieces>>>>;

const AVOGADRO = 6.02214076e23;

/** Events per bin of coefficient one, at all times: the only place that knows how templates are folded. */
function template(
  response: Response,
  source: StoppedPionSource,
  flavour: Flavour,
  target: { readonly isotope: string; readonly nuclei: number },
  choice: FormFactorChoice = { model: "helm" },
  channel: "nn" | "pn" = "nn",
): Pieces {
  const isotope = findIsotope(target.isotope);
  const flux = stoppedPion(source).components.find((component) => component.flavour === flavour);
  if (flux === undefined) throw new Error(`no ${flavour}`);
  const formFactors = buildFormFactors(choice, isotope);
  const folded = foldShapes({ isotope, nuclei: target.nuclei, formFactors, flux, response })[channel];
  if (folded === undefined) throw new Error(`no channel ${channel}`);
  return { "1": [...folded.one], t: [...folded.t], y: [...folded.y] };
}

const csiSource = { protons: 3.198e23, yieldPerFlavour: 0.0848, distance: 1930 };
const csiNuclei = (14_600 * AVOGADRO) / (132.905451958 + 126.904472592);
const nominalQuenching = [0.0554628, 4.30681, -111.707, 840.384] as const;
const nominalCurve = [1.32045, 0.285979, 10.8646, -0.333322] as const;

type Four = readonly [number, number, number, number];

function csiElements(coefficients: Four = nominalQuenching, curve: Four = nominalCurve): readonly ResponseElement[] {
  const [amplitude, slope, midpoint, offset] = curve;
  return [
    { type: "polynomial-quenching", coefficients },
    { type: "gamma-photoelectrons", energyPerPhotoelectron: 0.0749e-3, shapePerMeV: 9560 },
    { type: "shifted-logistic-acceptance", amplitude, slope, midpoint, offset },
  ];
}

/** Every number of a table of the reference; tolerance 1e-12: both integrate to 1e-14, over densities rounded at 1e-13. */
function expectTable(expected: Table, elements: readonly ResponseElement[], choice?: FormFactorChoice, channel?: "pn") {
  const response = buildResponse(elements, csi.peEdges);
  let compared = 0;
  for (const [flavour, row] of Object.entries(expected)) {
    for (const [isotope, pieces] of Object.entries(row)) {
      const ours = template(
        response,
        csiSource,
        flavour as Flavour,
        { isotope, nuclei: csiNuclei },
        choice,
        channel ?? "nn",
      );
      for (const piece of ["1", "t", "y"] as const) {
        pieces[piece].forEach((events, bin) => {
          expectRelative(ours[piece][bin] as number, events, 1e-12, `${flavour} ${isotope} ${piece} bin ${bin}`);
          compared++;
        });
      }
    }
  }
  expect(compared).toBe(3 * 2 * 3 * 9);
}

describe("coherent-csi-2021", () => {
  it("has the reference's events per photoelectron bin, flavour, isotope and piece", () => {
    expectTable(csi.pieces, csiElements());
  });

  // Data release of arXiv:2110.07730, scintRespCoefficients.txt and effCoefficients.txt.
  const moved = {
    "quenching-0": {
      plus: csiElements([0.0613632, 3.51547, -85.5548, 595.562]),
      minus: csiElements([0.0495624, 5.09815, -137.858, 1085.2]),
    },
    "quenching-1": {
      plus: csiElements([0.055413, 3.93597, -93.1045, 630.092]),
      minus: csiElements([0.0555126, 4.67765, -130.309, 1050.68]),
    },
    efficiency: {
      plus: csiElements(nominalQuenching, [1.3439, 0.285366, 9.84596, -0.356364]),
      minus: csiElements(nominalQuenching, [1.297, 0.286592, 11.8832, -0.31028]),
    },
  } as const;
  it.each(["quenching-0", "quenching-1", "efficiency"] as const)("has them at +-1 sigma of %s", (pull) => {
    for (const sign of ["plus", "minus"] as const) expectTable(csi.variants[pull][sign].nn, moved[pull][sign]);
  });

  it("has them with the neutron radius moved by 5 %, F_n F_n and F_n F_p", () => {
    for (const [sign, factor] of [
      ["plus", 1.05],
      ["minus", 0.95],
    ] as const) {
      const radii = Object.fromEntries(Object.entries(csi.helmRadii).map(([name, rms]) => [name, rms * factor]));
      const choice = { model: "helm", neutronRadiiFm: radii };
      expectTable(csi.variants["neutron-radius"][sign].nn, csiElements(), choice);
      expectTable(csi.variants["neutron-radius"][sign].np, csiElements(), choice, "pn");
    }
  });

  it("needs few panels: half as long ones change no bin by 1e-12, and there are less than 40", () => {
    const response = buildResponse(csiElements(), csi.peEdges);
    expect(response.breakpoints.length).toBeLessThan(40);
    const target = { isotope: "133Cs", nuclei: csiNuclei };
    for (const flavour of ["nu_e", "nu_mu", "anti_nu_mu"] as const) {
      const [whole, half] = [response, halved(response)].map((one) => template(one, csiSource, flavour, target));
      (whole as Pieces)["1"].forEach((events, bin) => {
        expectRelative(events, (half as Pieces)["1"][bin] as number, 1e-12, `${flavour} bin ${bin}`);
      });
    }
  });
});

function halved(response: Response): Response {
  const between = response.breakpoints.flatMap((x, i, all) => (i === 0 ? [x] : [((all[i - 1] as number) + x) / 2, x]));
  return { ...response, breakpoints: between };
}

const larSource = { protons: 13.8e22, yieldPerFlavour: 0.09, distance: 2750 };
const larTarget = { isotope: "40Ar", nuclei: (24_400 * AVOGADRO) / 39.96238312204 };
const larEdges = lar.energyEdges.map((edge) => edge * 1e-3);
const larSmearing: readonly ResponseElement[] = [
  { type: "rising-quenching", constant: 0.246, slopePerMeV: 0.78 },
  // 0.58 sqrt(keV), in sqrt(MeV).
  { type: "gaussian-resolution", width: 0.58 * Math.sqrt(1e-3) },
];
const efficiencyFile = fileURLToPath(
  new URL("../../../shared/data/coherent-lar-2020/CENNS10AnlAEfficiency.txt", import.meta.url),
);
const absent = !existsSync(efficiencyFile);

function larAcceptance(): ResponseElement {
  const rows = readFileSync(efficiencyFile, "utf8")
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number, number]);
  // Half-keVee bins around the centres of the first column.
  const edges = [...rows.map(([centre]) => (centre - 0.25) * 1e-3), ((rows.at(-1)?.[0] as number) + 0.25) * 1e-3];
  return { type: "tabulated-acceptance", edges, values: rows.map(([, , value]) => value) };
}

describe("coherent-lar-2020", () => {
  const skipped = absent ? " (skipped: no release beside the checkout)" : "";

  it.skipIf(absent)(`has the reference's events per energy bin, flavour and piece${skipped}`, () => {
    const response = buildResponse([...larSmearing, larAcceptance()], larEdges);
    let compared = 0;
    for (const flavour of ["nu_e", "nu_mu", "anti_nu_mu"] as const) {
      const ours = template(response, larSource, flavour, larTarget);
      for (const piece of ["1", "t", "y"] as const) {
        const expected = lar.pieces[flavour][piece];
        const largest = Math.max(...expected);
        expected.forEach((events, bin) => {
          const [actual, what] = [ours[piece][bin] as number, `${flavour} ${piece} bin ${bin}`];
          // The reference subtracts distribution functions near 1: rounded at 1e-17 of the largest bin.
          if (events > 1e-5 * largest) expectRelative(actual, events, 1e-11, what);
          else expect(Math.abs(actual - events), what).toBeLessThan(1e-16 * largest);
          if (events > 1e-5 * largest) compared++;
        });
      }
    }
    expect(compared).toBe(3 * (6 + 1 + 3 + 7));
  });

  it("needs few panels: half as long ones change no bin by 1e-10, and there are less than 40", () => {
    // Worse than the release: everything down to 0.5 keVee counts.
    const step: ResponseElement = { type: "tabulated-acceptance", edges: [0.0005, 0.001], values: [1] };
    const response = buildResponse([...larSmearing, step], larEdges);
    expect(response.breakpoints.length).toBeLessThan(40);
    for (const flavour of ["nu_e", "nu_mu", "anti_nu_mu"] as const) {
      const [whole, half] = [response, halved(response)].map((one) => template(one, larSource, flavour, larTarget));
      (whole as Pieces)["1"].forEach((events, bin) => {
        const other = (half as Pieces)["1"][bin] as number;
        if (other > 1e-200) expectRelative(events, other, 1e-10, `${flavour} bin ${bin}`);
      });
    }
  });

  it("resolves the square root of the recoil energy where everything from 0 on counts", () => {
    const response = buildResponse(larSmearing, larEdges);
    const [whole, half] = [response, halved(response)].map((one) => template(one, larSource, "nu_mu", larTarget));
    // Gauss-Legendre nodes on sqrt(E_r) converge as a power of their number.
    expectRelative((whole as Pieces)["1"][0] as number, (half as Pieces)["1"][0] as number, 1e-10);
  });
});
