import { describe, expect, it } from "vitest";
import { formFactors, isotopes } from "../../src/nuclei/index.ts";
import { expectRelative } from "../relative.ts";

// Below four nucleons the surface parameters leave no core: the models are not meant for them.
const heavy = isotopes.filter((isotope) => isotope.a > 4);

describe.each(Object.entries(formFactors))("form factor law: %s", (id, model) => {
  const all = heavy.map((isotope) => {
    const radius = model.defaultRadiusFm(isotope);
    return { isotope, radius, F: model.withRadius(isotope, radius) };
  });

  it("is known by its id", () => {
    expect(model.id).toBe(id);
    expect(model.title && model.source).toBeTruthy();
  });

  it("is 1 at q = 0 and never larger in size", () => {
    for (const { isotope, F } of all) {
      expect(F(0), isotope.name).toBe(1);
      let largest = 0;
      for (let q = 0.001; q < 20; q *= 1.05) largest = Math.max(largest, Math.abs(F(q)));
      expect(largest, isotope.name).toBeLessThanOrEqual(1);
    }
  });

  it("falls up to its first zero, which a nucleus of its radius has", () => {
    for (const { isotope, F, radius } of all) {
      const step = 0.005;
      let q = 0;
      while (q < 6 && F(q) > 0) {
        // Strictly, unless the nucleus is a point.
        if (!(radius > 0 ? F(q + step) < F(q) : F(q + step) === F(q))) break;
        q += step;
      }
      // A sphere of rms radius R has it at 4.493 sqrt(3/5)/R = 3.48/R; a soft surface moves it outwards.
      if (radius > 0) {
        expect(F(q), isotope.name).toBeLessThanOrEqual(0);
        expect(q * radius, isotope.name).toBeGreaterThan(3.4);
        expect(q * radius, isotope.name).toBeLessThan(5.5);
      } else expect(q, isotope.name).toBeGreaterThan(5.9);
    }
  });

  it("curves at 0 as its rms radius says: F = 1 - q^2 R^2/6", () => {
    for (const { isotope, F, radius } of all) {
      for (const [wanted, G] of [
        [radius, F],
        [1.07 * radius, model.withRadius(isotope, 1.07 * radius)],
      ] as const) {
        const slope = (q: number) => (6 * (1 - G(q))) / (q * q);
        const q = 0.1 / Math.max(radius, 1);
        // Richardson: the terms of order q^2 and q^4 are removed, (qR)^6 of 1e-6 and rounding of 1e-12 are left.
        const squared = (slope(q) - 20 * slope(q / 2) + 64 * slope(q / 4)) / 45;
        if (wanted > 0) expectRelative(Math.sqrt(squared), wanted, 1e-8, isotope.name);
        else expect(squared).toBe(0);
      }
    }
  });

  it("has no step where a series takes over", () => {
    for (const { isotope, F, radius } of all) {
      let largest = 0;
      for (let x = 0.02; x < 0.08; x += 0.0005) {
        const q = x / Math.max(radius, 1);
        // Second difference, less that of 1 - q^2 R^2/6: rounding, no jump of 1e-11.
        const h = q * 1e-3;
        const difference = F(q + h) - 2 * F(q) + F(q - h) + (radius * radius * h * h) / 3;
        largest = Math.max(largest, Math.abs(difference));
      }
      expect(largest, isotope.name).toBeLessThan(1e-11);
    }
  });

  it("is larger for a smaller nucleus", () => {
    for (const { isotope, F, radius } of all.filter((one) => one.radius > 0)) {
      expect(model.withRadius(isotope, 1.05 * radius)(0.2), isotope.name).toBeLessThan(F(0.2));
    }
  });

  it("gives NaN for NaN", () => {
    for (const { isotope, F } of all) expect(F(Number.NaN), isotope.name).toBeNaN();
  });
});

it("there are the form factors that the project promises", () => {
  expect(Object.keys(formFactors)).toEqual(expect.arrayContaining(["helm", "klein-nystrand", "fermi", "point"]));
  expect(heavy.length).toBeGreaterThan(90);
});
