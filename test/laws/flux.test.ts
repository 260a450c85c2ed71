import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FluxComponent, type MomentPower, stoppedPion } from "../../src/flux/index.ts";
import { integrate } from "../../src/numerics/gauss-legendre.ts";
import { expectRelative } from "../relative.ts";

const components: readonly (readonly [string, FluxComponent])[] = [
  stoppedPion({ protons: 1, yieldPerFlavour: 1, distance: 1 }),
].flatMap((flux) => flux.components.map((one) => [`${flux.id} ${one.flavour}`, one] as const));
const powers: readonly MomentPower[] = [0, 1, 2];

/** Integral of phi(E) E^-k above eMin: density numerically, lines one by one. */
function numericalMoment(component: FluxComponent, k: number, eMin: number): number {
  const breakpoints = component.breakpoints;
  const continuum = integrate((E) => component.density(E) * E ** -k, Math.max(eMin, 0), component.endpoint, {
    breakpoints,
  });
  const lines = component.lines.filter((line) => line.energy >= eMin);
  return lines.reduce((sum, { energy, weight }) => sum + weight * energy ** -k, continuum);
}

describe.each(components)("flux law: %s", (_, component) => {
  const { endpoint, moment, density } = component;

  it("is normalised to one neutrino", () => {
    expectRelative(moment(0, 0), 1, 1e-15);
    expectRelative(numericalMoment(component, 0, 0), 1, 1e-14);
  });

  it("has the moments of its density and lines above any energy", () => {
    const share = fc.double({ min: 0, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(share, (x) => {
        for (const k of powers) {
          const eMin = x * endpoint;
          // Gauss-Legendre is exact here; near the endpoint the density itself is a difference of nearly equal numbers.
          expectRelative(moment(k, eMin), numericalMoment(component, k, eMin), 1e-12, `moment ${k} above ${eMin}`);
        }
      }),
      { seed: 11, numRuns: 60 },
    );
  });

  it("has moments that fall with eMin, to 0 at the endpoint", () => {
    for (const k of powers) {
      let last = Number.POSITIVE_INFINITY;
      for (let i = 0; i <= 110; i++) {
        const value = moment(k, (i / 100) * endpoint);
        expect(value).toBeLessThanOrEqual(last);
        expect(value).toBeGreaterThanOrEqual(0);
        last = value;
      }
      expect(moment(k, endpoint * (1 + 1e-12))).toBe(0);
      expect(moment(k, 1e6)).toBe(0);
      expect(moment(k, endpoint * 0.5)).toBeGreaterThan(0);
    }
  });

  it("counts a line at exactly eMin", () => {
    for (const { energy, weight } of component.lines) {
      const above = moment(0, energy * (1 + 1e-12));
      expectRelative(moment(0, energy) - above, weight, 1e-10);
    }
  });

  it("treats negative energies as none", () => {
    for (const k of powers) expect(moment(k, -5)).toBe(moment(k, 0));
    expect(density(-5)).toBe(0);
  });

  it("has a density that is not negative inside and 0 outside", () => {
    for (let i = 0; i <= 100; i++) expect(density((i / 100) * endpoint)).toBeGreaterThanOrEqual(0);
    expect(density(endpoint * (1 + 1e-12))).toBe(0);
    expect(component.fluence).toBeGreaterThan(0);
  });

  it("gives NaN for NaN", () => {
    for (const k of powers) expect(moment(k, Number.NaN)).toBeNaN();
    expect(density(Number.NaN)).toBeNaN();
  });
});

it("there is a flux to hold to these laws", () => {
  expect(components.length).toBeGreaterThanOrEqual(3);
  expect(components.some(([, one]) => one.lines.length > 0)).toBe(true);
  expect(components.some(([, one]) => one.density(20) > 0)).toBe(true);
});
