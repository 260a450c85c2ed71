import { describe, expect, it } from "vitest";
import { sharpResponse } from "../../src/detector/index.ts";
import { stoppedPion } from "../../src/flux/index.ts";
import { maximumRecoil } from "../../src/interactions/index.ts";
import { buildFormFactors, findIsotope } from "../../src/nuclei/index.ts";
import { crossSectionScale, type FoldInputs, foldShapes } from "../../src/prediction/index.ts";
import { expectRelative } from "../relative.ts";

const cs = findIsotope("133Cs");
// Per nucleus and neutrino per cm^2: r N/(4 pi L^2) = 1.
const flux = stoppedPion({ protons: 4 * Math.PI, yieldPerFlavour: 1, distance: 1 });
const [nuE, line, antiNuMu] = flux.components as [FoldInputs["flux"], FoldInputs["flux"], FoldInputs["flux"]];
const keV: { type: "linear-light-yield"; photoelectronsPerMeV: number } = {
  type: "linear-light-yield",
  photoelectronsPerMeV: 1000,
};
const base = { isotope: cs, nuclei: 1, formFactors: buildFormFactors({ model: "point" }, cs) };

function shapes(inputs: Partial<FoldInputs> & Pick<FoldInputs, "flux" | "response">) {
  const { nn } = foldShapes({ ...base, ...inputs });
  if (nn === undefined) throw new Error("no nn channel");
  return nn;
}

const total = (counts: Float64Array): number => counts.reduce((a, b) => a + b, 0);

describe("foldShapes", () => {
  it("integrates the line on a point nucleus to powers of the largest recoil", () => {
    const all = shapes({ flux: line, response: sharpResponse([keV], [0, 100]) });
    const [E, m] = [line.endpoint, cs.mass];
    const end = maximumRecoil(E, m);
    const scale = crossSectionScale(cs);
    // int dE_r = T, int m E_r/(2 E^2) = m T^2/(4 E^2), int y = T^2/(2 E), int y^2 = T^3/(3 E^2).
    expectRelative(total(all.one), scale * end, 1e-13);
    expectRelative(total(all.t), (scale * m * end * end) / (4 * E * E), 1e-13);
    expectRelative(total(all.y), (scale * end * end) / (2 * E), 1e-13);
    expectRelative(total(all.yy), (scale * end ** 3) / (3 * E * E), 1e-13);
  });

  it("gives the textbook cross section of a point nucleus, G_F^2 N^2 E^2/(4 pi) at small E/m", () => {
    const heavy = { ...cs, mass: 1e9 };
    const { one, t, y } = shapes({ isotope: heavy, flux: line, response: sharpResponse([keV], [0, 1]) });
    // G_F^2/(4 pi) (hbar c)^2 = 1.08260e-23 x 3.89379e-22 = 4.21543e-45 cm^2/MeV^2, by hand; D. Z. Freedman 1974.
    expectRelative(total(one) - total(t) - total(y), 4.21543e-45 * 78 ** 2 * 29.79214 ** 2, 1e-5);
  });

  it("counts every recoil in one of the bins, wherever the edges are", () => {
    for (const component of flux.components) {
      const whole = shapes({ flux: component, response: sharpResponse([keV], [0, 60]), nodes: 200 });
      const parts = shapes({
        flux: component,
        response: sharpResponse([keV], [0, 0.5, 3, 14.4, 30, 45, 60]),
        nodes: 200,
      });
      // sqrt(E_r) at the lower end, where Gauss-Legendre converges as a power of the number of nodes.
      for (const piece of ["one", "t", "y", "yy"] as const) {
        expectRelative(total(parts[piece]), total(whole[piece]), 1e-7, `${component.flavour} ${piece}`);
      }
    }
  });

  it("merges bins into their sum", () => {
    const fine = shapes({ flux: nuE, response: sharpResponse([keV], [6, 8, 10, 12, 14]) });
    const merged = shapes({ flux: nuE, response: sharpResponse([keV], [6, 10, 14]) });
    for (const piece of ["one", "t", "y", "yy"] as const) {
      const [a, b, c, d] = fine[piece] as unknown as [number, number, number, number];
      expectRelative(merged[piece][0] as number, a + b, 1e-12, piece);
      expectRelative(merged[piece][1] as number, c + d, 1e-12, piece);
    }
  });

  it("has nothing beyond the largest recoil, and cuts the bin that holds it", () => {
    const end = maximumRecoil(line.endpoint, cs.mass) * 1e3;
    const cut = shapes({ flux: line, response: sharpResponse([keV], [10, 20, 30]) });
    const upToEnd = shapes({ flux: line, response: sharpResponse([keV], [10, end]) });
    expectRelative(cut.one[0] as number, upToEnd.one[0] as number, 1e-13);
    expect(cut.one[1]).toBe(0);
    const beyond = shapes({ flux: antiNuMu, response: sharpResponse([keV], [46, 50]) });
    expect(total(beyond.one)).toBe(0);
  });

  it("cuts a bin where a line inside the spectrum ends: two lines are the sum of each", () => {
    const lineAt = (...energies: readonly number[]): FoldInputs["flux"] => ({
      flavour: "nu_mu",
      fluence: 1,
      endpoint: Math.max(...energies),
      breakpoints: energies,
      moment: (k, eMin) => energies.filter((E) => E >= eMin).reduce((sum, E) => sum + E ** -k, 0),
      density: () => 0,
      lines: energies.map((energy) => ({ energy, weight: 1 })),
    });
    // On Cs the lines end at 6.46 and 14.5 keV.
    const response = sharpResponse([keV], [5, 8, 12, 16]);
    const both = shapes({ flux: lineAt(20, 30), response });
    const [low, high] = [shapes({ flux: lineAt(20), response }), shapes({ flux: lineAt(30), response })];
    for (const piece of ["one", "t", "y", "yy"] as const) {
      both[piece].forEach((count, i) => {
        expectRelative(count, (low[piece][i] as number) + (high[piece][i] as number), 1e-13, `${piece} bin ${i}`);
      });
    }
  });

  it("is converged: twice the nodes change nothing in bins of 2 photoelectrons", () => {
    const edges = Array.from({ length: 14 }, (_, i) => (6 + 2 * i) / 1.17);
    const formFactors = buildFormFactors({ model: "helm" }, cs);
    for (const component of flux.components) {
      const some = shapes({ flux: component, formFactors, response: sharpResponse([keV], edges) });
      const many = shapes({ flux: component, formFactors, response: sharpResponse([keV], edges), nodes: 48 });
      for (const piece of ["one", "t", "y", "yy"] as const) {
        some[piece].forEach((count, i) => {
          expectRelative(count, many[piece][i] as number, 1e-12, `${component.flavour} ${piece} bin ${i}`);
        });
      }
    }
  });

  it("is proportional to nuclei and fluence", () => {
    const response = sharpResponse([keV], [6, 8]);
    const one = shapes({ flux: nuE, response });
    const more = shapes({ flux: { ...nuE, fluence: 7 * nuE.fluence }, response, nuclei: 3 });
    for (const piece of ["one", "t", "y", "yy"] as const)
      expectRelative(more[piece][0] as number, 21 * (one[piece][0] as number), 1e-14, piece);
  });

  it("keeps protons and neutrons apart where their radii differ", () => {
    const response = sharpResponse([keV], [20, 20.001]);
    const formFactors = buildFormFactors({ model: "helm", neutronRadiiFm: { Cs: 5.09 } }, cs);
    const split = foldShapes({ ...base, flux: nuE, response, formFactors });
    const bare = shapes({ flux: nuE, response });
    // q at 20 keV: sqrt(2 x 123772.5 x 0.02)/197.327 = 0.356566 per fm, by hand.
    const [p, n] = [formFactors.proton(0.356566), formFactors.neutron(0.356566)];
    expect(Math.abs(p / n - 1)).toBeGreaterThan(0.05);
    for (const [channel, factor] of [
      ["pp", p * p],
      ["pn", p * n],
      ["nn", n * n],
    ] as const) {
      // The bin is 5e-5 of its energy wide.
      expectRelative((split[channel]?.one[0] as number) / (bare.one[0] as number), factor, 2e-4, channel);
    }
    expect(Object.keys(foldShapes({ ...base, flux: nuE, response }))).toEqual(["nn"]);
  });
});
