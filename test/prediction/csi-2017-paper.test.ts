import { describe, expect, it } from "vitest";
import { sin2ThetaW } from "../../src/constants.ts";
import { helicitySign } from "../../src/flux/index.ts";
import { type Structure, shapeOf } from "../../src/interactions/index.ts";
import { type FoldedFlavour, type Template, templatesOf } from "../../src/prediction/index.ts";
import reference from "../reference/csi-2017-paper.json" with { type: "json" };
import { expectRelative } from "../relative.ts";
import { experiment, folded } from "./csi.ts";

// mpmath gives 13 digits of a direct double integral; 24 nodes per bin and closed moments leave rounding.
const TOLERANCE = 1e-12;
const recoils = ["leading", "full", "exact"] as const;
const none = { nameOf: () => undefined, convention: "B", sin2ThetaW: sin2ThetaW.value } as const;

/** Events per bin of one structure at coefficient one. */
function events(
  { flavour, isotopes }: FoldedFlavour,
  name: string,
  structure: Structure,
  recoil: (typeof recoils)[number],
) {
  const found = isotopes.find(({ isotope }) => isotope.name === name);
  const shapes = found?.channels.nn;
  if (found === undefined || shapes === undefined) throw new Error(`no integrals of ${name}`);
  const shape = shapeOf(structure, recoil, helicitySign(flavour), found.isotope.spin);
  return Array.from(shapes.one, (one, i) => {
    const [t, y, yy] = [shapes.t[i] as number, shapes.y[i] as number, shapes.yy[i] as number];
    return shape.one * one + shape.t * t + shape.y * y + shape.yy * yy;
  });
}

describe("events per bin of coherent-csi-2017@paper against mpmath", () => {
  const cases = folded.flatMap((flavour) => recoils.map((recoil) => [flavour.flavour, recoil, flavour] as const));

  it.each(cases)("every structure on Cs and I: %s, recoil %s", (flavour, recoil, integrals) => {
    const table: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>>> =
      reference.templates[flavour as keyof typeof reference.templates];
    for (const name of ["133Cs", "127I"]) {
      const rows = Object.entries(table[name]?.[recoil] ?? {});
      expect(rows).toHaveLength({ leading: 4, full: 6, exact: 7 }[recoil]);
      for (const [key, expected] of rows) {
        const found = events(integrals, name, (key === "RR" ? "R" : key) as Structure, recoil);
        expect(found).toHaveLength(13);
        expected.forEach((value, bin) => {
          expectRelative(found[bin] as number, value, TOLERANCE, `${name} ${key} bin ${bin}`);
        });
      }
    }
  });

  it.each(recoils)("standard-model events per flavour and bin, recoil %s", (recoil) => {
    const { events: expected, perBin, perFlavour, total } = reference.sm[recoil];
    const sums: Record<string, number> = {};
    const bins = new Float64Array(13);
    for (const integrals of folded) {
      const templates = templatesOf(integrals, { ...none, recoil });
      // Without couplings there is the constant alone.
      expect(templates.map(({ monomial }) => monomial)).toEqual([["1", "1"]]);
      const counts = templates[0]?.counts as Float64Array;
      const rows = expected[integrals.flavour as keyof typeof expected];
      counts.forEach((count, bin) => {
        expectRelative(count, rows[bin] as number, TOLERANCE, `${integrals.flavour} bin ${bin}`);
        bins[bin] = (bins[bin] as number) + count;
      });
      sums[integrals.flavour] = counts.reduce((a, b) => a + b, 0);
    }
    bins.forEach((count, bin) => {
      expectRelative(count, perBin[bin] as number, TOLERANCE, `bin ${bin}`);
    });
    for (const [flavour, sum] of Object.entries(perFlavour))
      expectRelative(sums[flavour] as number, sum, TOLERANCE, flavour);
    expectRelative(
      Object.values(sums).reduce((a, b) => a + b, 0),
      total,
      TOLERANCE,
      "total",
    );
  });

  it("has most events from anti-nu_mu and fewest from nu_mu, as arXiv:1806.07424 figure 1", () => {
    const total = (flavour: string) => {
      const integrals = folded.find((one) => one.flavour === flavour) as FoldedFlavour;
      return totalOf(templatesOf(integrals, { ...none, recoil: "full" }));
    };
    expect(total("anti_nu_mu")).toBeGreaterThan(total("nu_e"));
    expect(total("nu_e")).toBeGreaterThan(total("nu_mu"));
  });

  it("has the measured residuals, their errors and the beam-on background", () => {
    const { data } = reference;
    expect([...experiment.observed]).toEqual(data.residual);
    data.error.forEach((error, bin) => {
      expectRelative(experiment.sigma[bin] as number, error, 1e-15, `error ${bin}`);
    });
    const brn = experiment.backgrounds.find(({ component }) => component === "brn")?.counts as Float64Array;
    data.beamOnBackground.forEach((count, bin) => {
      expectRelative(brn[bin] as number, count, 1e-13, `background ${bin}`);
    });
  });

  it("falls by 4.3 % with sin^2 theta_W = 0.2312", () => {
    const total = (s2: number) =>
      folded.reduce((sum, one) => sum + totalOf(templatesOf(one, { ...none, sin2ThetaW: s2, recoil: "full" })), 0);
    // Published to two digits.
    expect(Math.abs(total(0.2312) / total(0.2387) - 1 + 0.043)).toBeLessThan(0.001);
  });

  it("is the same with sin2_theta_w named and at its default value", () => {
    const nameOf = (name: string) => (name === "sin2_theta_w" ? name : undefined);
    for (const integrals of folded) {
      const named = templatesOf(integrals, { ...none, nameOf, sin2ThetaW: 0.9, recoil: "full" });
      expect(named).toHaveLength(3);
      const expected = totalOf(templatesOf(integrals, { ...none, recoil: "full" }));
      // The constant, linear and quadratic parts are of the same size.
      expectRelative(totalOf(named, 0.2387), expected, 1e-13, integrals.flavour);
      expect(Math.abs(totalOf(named, 0.25) / expected - 1)).toBeGreaterThan(0.05);
    }
  });
});

/** Events in all bins, with sin2_theta_w at a value. */
function totalOf(templates: readonly Template[], s2 = Number.NaN): number {
  return templates.reduce((sum, { monomial, counts }) => {
    const weight = monomial.reduce((product, name) => product * (name === "1" ? 1 : s2), 1);
    return sum + weight * counts.reduce((a, b) => a + b, 0);
  }, 0);
}
