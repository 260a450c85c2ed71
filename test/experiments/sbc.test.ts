import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { nameResolver } from "../../src/analysis/parameters.ts";
import type { Response } from "../../src/detector/index.ts";
import { buildFlux } from "../../src/experiments/build-flux.ts";
import { inputReader } from "../../src/experiments/build-input.ts";
import { parseExperiment } from "../../src/experiments/parse.ts";
import { maximumRecoil } from "../../src/interactions/index.ts";
import { buildFormFactors, type Composition, findIsotope, targetNuclei } from "../../src/nuclei/index.ts";
import { foldShapes, templatesOf } from "../../src/prediction/index.ts";
import reference from "../reference/reactor.json" with { type: "json" };
import { expectRelative } from "../relative.ts";

const ids = ["sbc-lar10-inin", "sbc-lar100-laguna"] as const;
type Id = (typeof ids)[number];

function textsOf(id: Id): Record<string, string> {
  const folder = new URL(`../../experiments/${id}/`, import.meta.url);
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), "utf8")]));
}

function read(id: Id) {
  const parsed = parseExperiment(textsOf(id), id);
  const [likelihood] = parsed.file.likelihoods;
  if (likelihood?.statistics !== "projection" || likelihood.flux.type !== "reactor") throw new Error("no projection");
  return { parsed, likelihood, flux: likelihood.flux };
}

describe.each(ids)("%s", (id) => {
  const { parsed, likelihood, flux } = read(id);
  const { file, tables } = parsed;
  const input = inputReader(parsed);

  it("has the detector and the assumptions of the reference", () => {
    const { watt, distanceCm, massGram } = reference.detectors[id];
    expect(input("power") * 1e6).toBe(watt);
    expect(input("distance")).toBe(distanceCm);
    expect(input("mass") * 1e3).toBe(massGram);
    // Events of 365 days.
    const { background } = reference.likelihood[id].logarithmic;
    const events = likelihood.background.scale.reduce((product, name) => product * input(name), 1);
    expectRelative(events, background, 1e-15);
    expectRelative(input("background") * 86400, reference.backgroundPerDay[id], 1e-15);
    expect(file.inputs["background"]).toMatchObject({ source: "assumptions" });
    expect(file.inputs["background"]?.note).toMatch(/assumed/);
    expectRelative(input("threshold"), 100e-6, 1e-15);
    expectRelative(input("threshold") * (1 + input("threshold-step")), 105e-6, 1e-15);
    expect(Object.keys(flux.isotopes)).toEqual(["U-235", "U-238", "Pu-239", "Pu-241"]);
    for (const [name, { fraction, energy }] of Object.entries(flux.isotopes)) {
      const key = name.replace("-", "") as keyof typeof reference.energyPerFission;
      expect(input(energy), name).toBe(reference.energyPerFission[key]);
      expect(input(fraction), name).toBe(reference.fractions.typical[key]);
    }
  });

  it("is a projection: pulls of 2.4 % on the flux and 10 % on the background, threshold by templates", () => {
    expect(file.likelihoods.map((one) => one.id)).toEqual(["counts"]);
    const pulls = likelihood.nuisances.map((one) => [one.name, one.kind === "pull" ? one.sigma : one.kind]);
    expect(pulls).toEqual([
      ["flux", 0.024],
      ["background-scale", 0.1],
      ["threshold-shift", "shape"],
    ]);
    expect(likelihood.nuisances[2]).toMatchObject({
      components: ["cevns"],
      variation: { type: "input-step", input: "threshold", step: "threshold-step" },
    });
    // A setting `<experiment>.<name>` must not be able to mean two things.
    for (const { name } of likelihood.nuisances) expect(Object.keys(file.inputs)).not.toContain(name);
  });

  // Events above a threshold, without the response of the library: one cell that holds every recoil.
  it("has the events a day of the reference above 95, 100 and 105 eV, all nuclei 40Ar", () => {
    const argon = findIsotope("40Ar");
    const material: Composition = {
      formula: "Ar",
      molarMass: argon.atomicMassU,
      nuclides: [{ isotope: argon, perFormula: 1 }],
    };
    const [nuclei] = targetNuclei(material, input("mass")) as [number];
    const formFactors = buildFormFactors({ model: "helm" }, argon);
    for (const mixture of ["typical", "pure U235"] as const) {
      const pure = (name: string): number =>
        name.startsWith("fraction-") ? Number(name === "fraction-u235") : input(name);
      const [component] = buildFlux(flux, parsed, mixture === "typical" ? input : pure, 1).components;
      if (component === undefined) throw new Error("no flux");
      for (const [eV, expected] of Object.entries(reference.counts[id][mixture].logarithmic.sm)) {
        const response: Response = {
          cells: 1,
          breakpoints: [Number(eV) * 1e-6, maximumRecoil(component.endpoint, argon.mass)],
          weigh: (_recoil, _panel, out) => {
            out[0] = 1;
            return [0, 1];
          },
          acceptance: () => 1,
        };
        const channels = foldShapes({ isotope: argon, nuclei, formFactors, flux: component, response });
        const [template] = templatesOf(
          { flavour: "anti_nu_e", cells: 1, isotopes: [{ isotope: argon, channels }] },
          { nameOf: nameResolver(new Set()), convention: "B", recoil: "full", sin2ThetaW: 0.2387 },
        );
        // A year of 365 days. Python integrates E first and E_r inside with 20 nodes each: 3e-14 against mpmath.
        expectRelative((template?.counts[0] as number) / 365, expected, 1e-11, `${mixture} above ${eV} eV`);
      }
    }
  });

  it("has 25 points of each isotope from 2 to 8 MeV and 33 from 0.01 to 2 MeV, increasing and positive", () => {
    for (const [name, rows, first, last] of [
      ["huber", 25, 2, 8],
      ["mueller-u238", 25, 2, 8],
      ["low-energy", 33, 0.01, 2],
    ] as const) {
      const columns = tables[name]?.columns ?? {};
      const energies = [...(columns["energy"] ?? [])];
      expect([energies.length, energies[0], energies.at(-1)], name).toEqual([rows, first, last]);
      expect(energies, name).toEqual([...new Set(energies)].sort((a, b) => a - b));
      for (const values of Object.values(columns)) expect(Math.min(...values), name).toBeGreaterThan(0);
    }
    // Where the rounded U-235 table has its two typing errors.
    const { energy, u235 } = tables["huber"]?.columns ?? {};
    expect(u235?.[energy?.indexOf(3.25) ?? -1]).toBe(0.553406);
    expect(u235?.[energy?.indexOf(4.75) ?? -1]).toBe(0.137751);
  });
});

it("both experiments hold the same tables and sources", () => {
  const [inin, laguna] = ids.map(textsOf) as [Record<string, string>, Record<string, string>];
  for (const name of ["huber.csv", "mueller-u238.csv", "low-energy.csv"]) expect(inin[name], name).toBe(laguna[name]);
  const [a, b] = ids.map((id) => read(id).parsed.file);
  expect(a?.sources).toEqual(b?.sources);
  expect(a?.tables).toEqual(b?.tables);
});

describe("the released tables", () => {
  const folder = new URL("../../../shared/data/reactor-flux/", import.meta.url);
  const released = existsSync(folder);

  /** First two columns of a file, between two energies. */
  function points(path: string, low: number, high: number): number[][] {
    const lines = readFileSync(new URL(path, folder), "utf8").split("\n");
    const numbers = lines
      .filter((line) => /^\s*\d/.test(line))
      .map((line) =>
        line
          .trim()
          .split(/[\s,]+/)
          .slice(0, 2)
          .map(Number),
      );
    return numbers.filter(([energy]) => (energy as number) >= low && (energy as number) <= high);
  }

  it.skipIf(!released).each([
    ["huber", "u235", "huber2011/U235-anti-neutrino-flux-250keV.dat"],
    ["huber", "pu239", "huber2011/Pu239-anti-neutrino-flux-250keV.dat"],
    ["huber", "pu241", "huber2011/Pu241-anti-neutrino-flux-250keV.dat"],
    ["mueller-u238", "u238", "tables/mueller_u238.txt"],
    ["low-energy", "total", "kopeikin_total_lowE.txt"],
  ])("table %s, column %s: %s, number by number (skipped without ../shared/data)", (table, column, path) => {
    const { columns } = read("sbc-lar10-inin").parsed.tables[table] as { columns: Record<string, Float64Array> };
    const energies = [...(columns["energy"] as Float64Array)];
    const expected = table === "low-energy" ? points(path, 0, 2) : points(path, 2, 8);
    expect(energies.map((energy, i) => [energy, columns[column]?.[i]])).toEqual(expected);
  });
});
