/** What holds for the signal of every shipped likelihood: held against integrals written out, and laws of its shape. */
import { describe, expect, it } from "vitest";
import { type PredictResult, parseSpec, predict, prepare, type SpecInput } from "../../src/analysis/index.ts";
import { integrate } from "../../src/numerics/gauss-legendre.ts";
import { library, sum } from "../analysis/shipped.ts";
import csi from "../reference/csi-2021.json" with { type: "json" };
import lar from "../reference/lar-2020.json" with { type: "json" };
import { expectRelative, expectWithin } from "../relative.ts";
import {
  arrivalShare,
  type Couplings,
  type Detector,
  eventsOf,
  fissions,
  logGamma,
  type Row,
  stoppedPions,
} from "./events.ts";
import { likelihoods } from "./likelihoods.ts";

const none: Couplings = { xi_V: 0, xi_S: 0, xi_T: 0, R: 0 };
const some: Couplings = { xi_V: 0.2, xi_S: -0.4, xi_T: 0.3, R: 0.05 };

/** `absolute`: what is anchored to a total has its own test. */
const predicted = (name: string, input: Omit<SpecInput, "experiments"> = {}, set: Record<string, string> = {}) => {
  const [id, likelihood] = name.split("@") as [string, string];
  const anchored = name.startsWith("coherent-lar-2020") ? { normalisation: "absolute" } : {};
  const experiments = [{ id, likelihood, set: { ...anchored, ...set } }];
  return predict(prepare(parseSpec({ experiments, ...input }), library));
};
const countsOf = (result: PredictResult, flavour: string): readonly number[] =>
  result.components.find((one) => one.name === "cevns" && one.flavour === flavour)!.counts;

const csiNuclei = { perFormula: 2, molarMass: 132.905451958 + 126.904472592, massKg: 14.6 };
const natural = { "36Ar": 0.0033361, "38Ar": 0.0006289, "40Ar": 0.996035 };
const argonMass = 0.0033361 * 35.967545106 + 0.0006289 * 37.962732102 + 0.996035 * 39.96238312204;
const overSphere = (cm: number): number => 1 / (4 * Math.PI * cm ** 2);

const detectors: Readonly<Record<string, () => Detector>> = {
  "coherent-csi-2017@paper": () => ({
    ...csiNuclei,
    parsed: library.load("coherent-csi-2017"),
    isotopes: { "133Cs": 0.51, "127I": 0.49 },
    beam: stoppedPions(1.76e23 * 0.08 * overSphere(1930)),
  }),
  "coherent-csi-2017": () => ({
    ...csiNuclei,
    parsed: library.load("coherent-csi-2017"),
    isotopes: { "133Cs": 0.5, "127I": 0.5 },
    beam: stoppedPions(1.76e23 * 0.08 * overSphere(1930)),
  }),
  "coherent-csi-2021": () => ({
    ...csiNuclei,
    parsed: library.load("coherent-csi-2021"),
    isotopes: { "133Cs": 0.5, "127I": 0.5 },
    beam: stoppedPions(3.198e23 * 0.0848 * overSphere(1930)),
  }),
  "coherent-lar-2020": () => ({
    perFormula: 1,
    molarMass: argonMass,
    massKg: 24.4,
    parsed: library.load("coherent-lar-2020"),
    isotopes: natural,
    beam: stoppedPions(1.38e23 * 0.09 * overSphere(2750)),
  }),
  "sbc-lar10-inin": () => ({
    perFormula: 1,
    molarMass: argonMass,
    massKg: 10,
    parsed: library.load("sbc-lar10-inin"),
    isotopes: natural,
    beam: fissions(library.load("sbc-lar10-inin"), 1, 300),
  }),
  "sbc-lar100-laguna": () => ({
    perFormula: 1,
    molarMass: argonMass,
    massKg: 100,
    parsed: library.load("sbc-lar100-laguna"),
    isotopes: natural,
    beam: fissions(library.load("sbc-lar100-laguna"), 2000, 3000),
  }),
};

const logistic = (x: number): number => 0.6655 / (1 + Math.exp(-0.4942 * (x - 10.8507)));

/** Gamma distribution of photoelectrons between two numbers of them, with the efficiency inside. */
function gammaRow(low: number, high: number): Row {
  const efficiency = (n: number): number => Math.max(0, 1.32045 / (1 + Math.exp(-0.285979 * (n - 10.8646))) - 0.333322);
  return {
    knotsKeV: [],
    weight: (keV) => {
      const x = keV * 1e-3;
      const electron = 1e3 * (0.0554628 * x + 4.30681 * x ** 2 - 111.707 * x ** 3 + 840.384 * x ** 4);
      const [a, b] = [0.0749 / electron, 9.56 * electron];
      const rate = a * (1 + b);
      const norm = (1 + b) * Math.log(rate) - logGamma(1 + b);
      return integrate((n) => efficiency(n) * Math.exp(norm + b * Math.log(n) - rate * n), low, high, {
        nodes: 16,
        breakpoints: [9, 12, 15, 18, 22, 27, 35, 45],
      });
    },
  };
}

/** Gaussian of width 0.58 sqrt(E_ee) with the tabulated efficiency inside. */
function gaussRow(low: number, high: number): Row {
  const { columns } = library.load("coherent-lar-2020").tables["efficiency"]!;
  const bins = [...columns["energy"]!].map((centre, i) => [centre - 0.25, columns["efficiency"]![i]!] as const);
  return {
    knotsKeV: [],
    weight: (keV) => {
      const electron = (0.246 + 0.00078 * keV) * keV;
      const width = 0.58 * Math.sqrt(electron);
      let weight = 0;
      bins.forEach(([edge, efficiency], i) => {
        const [from, to] = [Math.max(low, edge), Math.min(high, bins[i + 1]?.[0] ?? high)];
        // Beyond 9 standard deviations there is 1e-18.
        const [first, last] = [Math.max(from, electron - 9 * width), Math.min(to, electron + 9 * width)];
        weight += integrate(
          (e) => (efficiency * Math.exp(-(((e - electron) / width) ** 2) / 2)) / (width * Math.sqrt(2 * Math.PI)),
          first,
          last,
          { nodes: 8, breakpoints: [-6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6].map((z) => electron + z * width) },
        );
      });
      return weight;
    },
  };
}

const cut = (t: number): number => (t < 0.52 ? 1 : Math.exp(-0.0494 * (t - 0.52)));
const csiPulse = [0.4708, 0.1487] as const;
const larPulse = [0.44, 0.15] as const;
const kindOf = (flavour: string) => (flavour === "nu_mu" ? "prompt" : "delayed");

interface Case {
  readonly detector: string;
  readonly flavours: readonly string[];
  /** Cell of the prediction, and its share of the row for a flavour. */
  readonly cell: number;
  readonly row: () => Row;
  readonly share: (flavour: string) => number;
}

const cases: Readonly<Record<string, Case>> = {
  // 14-16 PE at 1.17 PE/keV.
  "coherent-csi-2017@paper": {
    detector: "coherent-csi-2017@paper",
    flavours: ["nu_e", "nu_mu", "anti_nu_mu"],
    cell: 4,
    row: () => ({
      knotsKeV: [14 / 1.17, 16 / 1.17],
      weight: (keV) => (1.17 * keV >= 14 && 1.17 * keV < 16 ? logistic(1.17 * keV) : 0),
    }),
    share: () => 1,
  },
  // 12-14 PE and 1-1.5 us: Poisson photoelectrons.
  "coherent-csi-2017@release": {
    detector: "coherent-csi-2017",
    flavours: ["nu_e", "anti_nu_mu"],
    cell: 3 * 12 + 2,
    row: () => ({
      knotsKeV: [],
      weight: (keV) => {
        const mean = 0.0878 * 13.348 * keV;
        return [12, 13].reduce(
          (total, n) => total + logistic(n + 0.5) * Math.exp(n * Math.log(mean) - mean - logGamma(n + 1)),
          0,
        );
      },
    }),
    share: (flavour) => {
      const { columns } = library.load("coherent-csi-2017").tables["arrival-times"]!;
      const column = columns[flavour === "nu_mu" ? "prompt-neutrino" : "delayed-neutrino"]!;
      return [...columns["time"]!].reduce((total, t, i) => total + (t >= 1 && t < 1.5 ? column[i]! : 0), 0);
    },
  },
  // 16-20 PE, 0.625-0.75 us.
  "coherent-csi-2021@poisson": {
    detector: "coherent-csi-2021",
    flavours: ["nu_e", "nu_mu"],
    cell: 3 * 11 + 5,
    row: () => gammaRow(16, 20),
    share: (flavour) => arrivalShare(kindOf(flavour), [0.625, 0.75], csiPulse, cut),
  },
  // 0-8 PE: below the zero of the efficiency, at 7.07 PE, there is nothing.
  "coherent-csi-2021@energy": {
    detector: "coherent-csi-2021",
    flavours: ["nu_mu", "anti_nu_mu"],
    cell: 0,
    row: () => gammaRow(10.8646 - Math.log(1.32045 / 0.333322 - 1) / 0.285979, 8),
    share: (flavour) => arrivalShare(kindOf(flavour), [0, 6], csiPulse, cut),
  },
  // 10-20 keVee, F90 of 0.65-0.7, 0.4-0.9 us.
  "coherent-lar-2020@poisson": {
    detector: "coherent-lar-2020",
    flavours: ["nu_e", "nu_mu"],
    cell: (1 * 8 + 3) * 10 + 1,
    row: () => gaussRow(10, 20),
    share: (flavour) => lar.f90[1]![3]! * arrivalShare(kindOf(flavour), [0.4, 0.9], larPulse),
  },
  "coherent-lar-2020@energy": {
    detector: "coherent-lar-2020",
    flavours: ["nu_mu", "anti_nu_mu"],
    cell: 0,
    row: () => gaussRow(0, 10),
    share: (flavour) => arrivalShare(kindOf(flavour), [-0.1, 4.9], larPulse),
  },
  "sbc-lar10-inin@counts": {
    detector: "sbc-lar10-inin",
    flavours: ["anti_nu_e"],
    cell: 0,
    row: () => ({ knotsKeV: [0.1], weight: (keV) => (keV >= 0.1 ? 1 : 0) }),
    share: () => 1,
  },
  "sbc-lar100-laguna@counts": {
    detector: "sbc-lar100-laguna",
    flavours: ["anti_nu_e"],
    cell: 0,
    row: () => ({ knotsKeV: [0.1], weight: (keV) => (keV >= 0.1 ? 1 : 0) }),
    share: () => 1,
  },
};

it("no likelihood is left out", () => {
  expect(Object.keys(cases).sort()).toEqual(likelihoods.map(({ name }) => name).sort());
});

describe.each(Object.entries(cases))(
  "%s against integrals written out",
  (name, { detector, flavours, cell, row, share }) => {
    const direct = detectors[detector]!();

    it.each(flavours)("%s in one cell: standard model, and with V, S, T and R", (flavour) => {
      for (const couplings of [none, some]) {
        const parameters = { ...couplings };
        const events = countsOf(predicted(name, { parameters }), flavour)[cell]!;
        const expected = eventsOf(direct, row(), flavour, couplings) * share(flavour);
        expect(expected).toBeGreaterThan(0.01);
        // Panels in which the plain integrands are good to 1e-9.
        expectRelative(events, expected, 1e-8, JSON.stringify(couplings));
      }
    });

    it("the weak mixing angle enters the charge and nothing else", () => {
      const flavour = flavours[0]!;
      for (const sin2 of [0.25, 0.9]) {
        const parameters = { sin2_theta_w: sin2, xi_S: 0.3 };
        const events = countsOf(predicted(name, { parameters }), flavour)[cell]!;
        const expected = eventsOf(direct, row(), flavour, { ...none, xi_S: 0.3 }, sin2) * share(flavour);
        expectRelative(events, expected, 1e-8, `sin^2 = ${sin2}`);
      }
    });
  },
);

describe.each(likelihoods)("$name", ({ name, experiment }) => {
  const flavours = experiment.flux.components.map((one) => one.flavour);

  it("components add up to the total", () => {
    const { components, total } = predicted(name, { parameters: { ...some } });
    expect(components.filter((one) => one.name === "cevns").map((one) => one.flavour)).toEqual(flavours);
    total.forEach((count, cell) => {
      expectRelative(sum(components.map((one) => one.counts[cell]!)), count, 1e-14, `cell ${cell}`);
    });
  });

  it("a flavoured coupling acts on its flavour alone, as the bare one does on all", () => {
    const [e, mu] = [0.3, -0.7];
    const flavoured = predicted(name, { parameters: { xi_V_e: e, xi_V_mu: mu } });
    for (const flavour of flavours) {
      const bare = predicted(name, { parameters: { xi_V: flavour.endsWith("_e") ? e : mu } });
      countsOf(bare, flavour).forEach((count, cell) => {
        // The same sums in another order.
        expectRelative(countsOf(flavoured, flavour)[cell]!, count, 1e-12, `${flavour} ${cell}`);
      });
    }
  });

  it("is quadratic in the couplings at fixed pulls, in every cell", () => {
    const pulls = Object.fromEntries(
      experiment.nuisances
        .filter((one) => one.kind !== "normalisation")
        .map((one, k) => [one.fullName, one.kind === "flat" ? 0.07 : [0.6, -0.4, 1.3][k % 3]!]),
    );
    const at = (t: number) => {
      const parameters = { xi_V: 0.1 - 0.5 * t, xi_S: 0.7 * t, xi_T: 0.2 + 0.1 * t, R: 0.02 * t, ...pulls };
      return predicted(name, { parameters });
    };
    const [a, b, c, d] = [-1, 0, 1, 2].map(at) as [PredictResult, PredictResult, PredictResult, PredictResult];
    for (const flavour of flavours) {
      const of = (one: PredictResult, cell: number): number => countsOf(one, flavour)[cell]!;
      countsOf(a, flavour).forEach((_, cell) => {
        const third = of(d, cell) - 3 * of(c, cell) + 3 * of(b, cell) - of(a, cell);
        const size = Math.max(...[a, b, c, d].map((one) => of(one, cell)));
        // The far tails are smaller than any double that keeps its digits.
        expectWithin(third, 0, 1e-12 * size + 1e-300, `${flavour} ${cell}`);
      });
    }
  });
});

describe("arrival times", () => {
  it("the double integral is what the independent script has", () => {
    // Guards the integral above; the script rounds the muon's lifetime at 5e-7.
    csi.timeEdges.slice(0, -1).forEach((low, bin) => {
      for (const kind of ["prompt", "delayed"] as const) {
        const share = arrivalShare(kind, [low, csi.timeEdges[bin + 1]!], csiPulse, cut);
        expect(Math.abs(share - csi.time[kind][bin]!), `${kind} ${bin}`).toBeLessThan(2e-7);
      }
    });
  });

  it.each([
    ["coherent-csi-2017@release", { prompt: 1, delayed: 0.9148 }, 5e-5],
    ["coherent-csi-2021@poisson", csi.timeTotal, 1e-6],
    ["coherent-lar-2020@poisson", lar.timeTotal, 1e-6],
  ] as const)("%s: shares of all bins add up to that of the window", (name, expected, tolerance) => {
    // The first digits are printed with the release; the scripts round the muon's lifetime at 5e-7.
    const direct = detectors[name.split("@")[0]!]!();
    const row = { ...cases[name]! };
    const width = { "coherent-csi-2017@release": 12, "coherent-csi-2021@poisson": 11, "coherent-lar-2020@poisson": 80 }[
      name
    ];
    const first = Math.floor(row.cell / width) * width;
    for (const flavour of ["nu_mu", "anti_nu_mu"]) {
      const counts = countsOf(predicted(name), flavour).slice(first, first + width);
      const share = sum(counts) / eventsOf(direct, row.row(), flavour, none);
      expect(Math.abs(share - expected[kindOf(flavour)]), flavour).toBeLessThan(tolerance);
    }
  });

  it.each([
    ["coherent-csi-2021", csi.timeTotal],
    ["coherent-lar-2020", lar.timeTotal],
  ] as const)("%s: both likelihoods have the same window", (id, expected) => {
    const [timed, integrated] = [predicted(`${id}@poisson`), predicted(`${id}@energy`)];
    for (const flavour of ["nu_e", "nu_mu", "anti_nu_mu"]) {
      const rows = countsOf(integrated, flavour);
      const perRow = countsOf(timed, flavour).length / rows.length;
      rows.forEach((count, row) => {
        const cells = countsOf(timed, flavour).slice(row * perRow, (row + 1) * perRow);
        // Interpolation of the shares in the onset: 1e-12.
        expect(Math.abs(sum(cells) - count), `${flavour} ${row}`).toBeLessThan(1e-10 * (1e-3 + count));
      });
    }
    expect(expected.prompt).toBeGreaterThan(expected.delayed);
  });
});
