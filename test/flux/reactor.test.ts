import { describe, expect, it } from "vitest";
import { type MomentPower, type ReactorSource, reactor } from "../../src/flux/index.ts";
import { integrate } from "../../src/numerics/gauss-legendre.ts";
import reference from "../reference/reactor.json" with { type: "json" };
import { expectRelative } from "../relative.ts";
import { reactorSource } from "./reactor-source.ts";

const powers: readonly MomentPower[] = [0, 1, 2];

function anti(source: ReactorSource) {
  const [component] = reactor(source).components;
  if (component === undefined) throw new Error("no component");
  return component;
}

/** Fluence per MeV of a source that emits one fission's antineutrinos into 1 cm^2. */
function perFission(source: ReactorSource) {
  const energy = source.isotopes.reduce((sum, one) => sum + one.fraction * one.energyPerFission, 0);
  // 1 MW is 1e6/1.602176634e-13 MeV/s.
  const power = (energy * 1.602176634e-13) / 1e6;
  return anti({ ...source, power, liveTime: 1, distance: 1 / Math.sqrt(4 * Math.PI) });
}

/** One isotope, one antineutrino per MeV from 2 to 8 MeV. */
const flat: ReactorSource = {
  power: 1,
  liveTime: 1,
  distance: 1,
  isotopes: [{ name: "X", fraction: 1, energyPerFission: 200, energies: [2, 3, 8], spectrum: [1, 1, 1] }],
  lowEnergy: { energies: [1, 2], spectrum: [5, 5], below: 1 },
};

describe.each(["typical", "pure U235"] as const)("reactor flux, %s", (mixture) => {
  const source = reactorSource(reference.fractions[mixture]);

  it("has the flux per fission of the reference between the points of the tables", () => {
    const component = perFission(source);
    reference.flux.energy.forEach((energy, i) => {
      const expected = reference.flux.logarithmic[mixture][i] as number;
      // Logarithm and exponential of either side round to a few 1e-16.
      expectRelative(component.density(energy) * component.fluence, expected, 1e-14, `at ${energy} MeV`);
    });
  });

  it("has the moments of its density", () => {
    const component = anti(source);
    const { endpoint, moment, density, breakpoints } = component;
    // Below the first point, on a point, inside segments, at the step and beside it, close to the end.
    for (const low of [0, 0.01, 0.0137, 0.4375, 1.36, 1.9, 1.999999, 2, 2.000001, 3.3, 7.99]) {
      for (const k of powers) {
        // 48 nodes in each segment of the tables; the rest is the rounding of 80 sums.
        const expected = integrate((E) => density(E) * E ** -k, Math.max(low, 0.01), endpoint, {
          nodes: 48,
          breakpoints,
        });
        expectRelative(moment(k, low), expected, 1e-13, `moment ${k} above ${low}`);
      }
    }
  });
});

describe("reactor flux", () => {
  const source = reactorSource(reference.fractions.typical);
  const component = anti(source);

  it("is one component of electron antineutrinos from 0.01 to 8 MeV without lines", () => {
    const flux = reactor(source);
    expect(flux.id).toBe("reactor");
    expect(flux.components.map(({ flavour }) => flavour)).toEqual(["anti_nu_e"]);
    expect(component.lines).toEqual([]);
    expect(component.endpoint).toBe(8);
    // 33 points up to 2 MeV and 24 above it.
    expect(component.breakpoints).toHaveLength(57);
    for (const energy of [0.01, 1.19, 2, 2.25, 7.75, 8]) expect(component.breakpoints).toContain(energy);
  });

  it("has 6.69 antineutrinos per fission, 1.60 of them above 2 MeV", () => {
    // Trapezoids over the tables with awk: 5.08587 below 2 MeV; above it 1.69149 (U-235), 2.27247 (U-238), 1.27196
    // (Pu-239), 1.62528 (Pu-241), in the typical mixture 1.60299. Straight lines lie above those of the logarithm.
    const { fluence, moment } = perFission(source);
    expectRelative(fluence, 6.68886, 0.01);
    expectRelative(fluence * moment(0, 2), 1.60299, 0.01);
    expect(fluence).toBeLessThan(6.68886);
    expect(fluence * moment(0, 2)).toBeLessThan(1.60299);
  });

  it("has the moments of a flat spectrum", () => {
    const { moment, density } = anti(flat);
    expectRelative(moment(0, 0), 1, 1e-15);
    // Integrals of 1/E and 1/E^2 from 2 to 8 over 6, and from 5. The segment from 3 to 8 is far wider than those of the
    // real tables: 12 nodes leave 3e-14 there.
    expectRelative(moment(1, 0), Math.LN2 / 3, 1e-13);
    expectRelative(moment(2, 0), 1 / 16, 1e-13);
    expectRelative(moment(0, 5), 0.5, 1e-14);
    expectRelative(moment(2, 5), 0.075 / 6, 1e-14);
    for (const energy of [2, 3, 5.5, 8]) expectRelative(density(energy), 1 / 6, 1e-14);
  });

  it("is proportional to power and time, falls with the distance squared and the energy per fission", () => {
    const { fluence } = anti(flat);
    // 1 MW s = 6.241509074e18 MeV make 3.120754537e16 fissions of six antineutrinos; 4 pi = 12.56637061.
    expectRelative(fluence, (3.120754537e16 * 6) / 12.56637061, 1e-9);
    expectRelative(anti({ ...flat, power: 3 }).fluence, 3 * fluence, 1e-15);
    expectRelative(anti({ ...flat, liveTime: 7 }).fluence, 7 * fluence, 1e-15);
    expectRelative(anti({ ...flat, distance: 10 }).fluence, fluence / 100, 1e-15);
    const isotopes = flat.isotopes.map((one) => ({ ...one, energyPerFission: 400 }));
    expectRelative(anti({ ...flat, isotopes }).fluence, fluence / 2, 1e-15);
  });

  it("adds isotopes by their share of the fissions", () => {
    const [one] = flat.isotopes as [(typeof flat.isotopes)[number]];
    const isotopes = [
      { ...one, fraction: 0.25, spectrum: [4, 4, 4], energyPerFission: 100 },
      { ...one, fraction: 0.75, spectrum: [8, 8, 8], energyPerFission: 300 },
    ];
    // 7 antineutrinos per MeV and fission of 250 MeV against 1 of 200 MeV.
    expectRelative(anti({ ...flat, isotopes }).fluence, (7 / 250) * 200 * anti(flat).fluence, 1e-14);
  });

  it("takes the low-energy spectrum below the limit alone, wherever the limit is", () => {
    const { density, breakpoints } = perFission({ ...source, lowEnergy: { ...source.lowEnergy, below: 1.6 } });
    // Between 1.6 and 2 MeV neither table counts.
    expect(density(1.59)).toBeGreaterThan(0);
    expect(density(1.7)).toBe(0);
    expect(density(2)).toBeGreaterThan(0);
    expect(breakpoints).toContain(1.6);
    const late = perFission({ ...source, lowEnergy: { ...source.lowEnergy, below: 2.1 } });
    expect(late.density(2.05)).toBe(0);
    expect(late.density(2.1)).toBeGreaterThan(0);
    expect(late.breakpoints).toContain(2.1);
    const step = perFission(source);
    // 1.30 against 0.58 x 1.3166 + 0.07 x 1.48 + 0.30 x 1.08367 + 0.05 x 1.26316 = 1.255487.
    expectRelative(step.density(2 - 1e-9) / step.density(2), 1.3 / 1.255487, 1e-8);
  });

  it("is total: nothing outside the tables, NaN for NaN, nothing beside a point without antineutrinos", () => {
    const { moment, density, endpoint } = component;
    for (const k of powers) {
      expect(moment(k, endpoint)).toBe(0);
      expect(moment(k, 100)).toBe(0);
      expect(moment(k, -5)).toBe(moment(k, 0));
      expect(moment(k, 0.009)).toBe(moment(k, 0));
      expect(moment(k, Number.NaN)).toBeNaN();
    }
    expect(moment(0, 0)).toBe(1);
    for (const energy of [-1, 0, 0.0099, 8.0001]) expect(density(energy)).toBe(0);
    expect(density(Number.NaN)).toBeNaN();
    const isotopes = flat.isotopes.map((one) => ({ ...one, spectrum: [0, 1, 1] }));
    const dark = anti({ ...flat, isotopes });
    expect(dark.density(2.5)).toBe(0);
    expectRelative(dark.density(5), 1 / 5, 1e-14);
    expectRelative(dark.fluence, (5 / 6) * anti(flat).fluence, 1e-14);
  });
});
