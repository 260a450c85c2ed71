import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nameResolver } from "../../src/analysis/parameters.ts";
import { sharpResponse } from "../../src/detector/index.ts";
import { helicitySign, leptonOf, stoppedPion } from "../../src/flux/index.ts";
import {
  conventions,
  couplings,
  recoils,
  type Structure,
  shapeOf,
  structureForms,
} from "../../src/interactions/index.ts";
import {
  buildFormFactors,
  composition,
  type FormFactorChoice,
  findIsotope,
  formFactors,
  type Isotope,
  targetNuclei,
} from "../../src/nuclei/index.ts";
import { type FoldedFlavour, foldShapes, type Template, templatesOf } from "../../src/prediction/index.ts";
import { evaluated } from "../interactions/nuclear-couplings.ts";
import { experiment, folded } from "../prediction/csi.ts";
import { expectRelative } from "../relative.ts";
import { directEvents } from "./direct.ts";

type Values = Readonly<Record<string, number>>;

const SIN2 = 0.2387;
const flux = stoppedPion({ protons: 1e20, yieldPerFlavour: 0.08, distance: 2000 });
const response = sharpResponse(
  [
    { type: "linear-light-yield", photoelectronsPerMeV: 1170 },
    { type: "logistic-acceptance", amplitude: 0.6655, slope: 0.4942, midpoint: 10.8507, threshold: 5 },
  ],
  [3, 9, 16, 40],
);
const bins = [
  [5, 9],
  [9, 16],
  [16, 40],
] as const;
const spinResponse = {
  "133Cs": { axial: { u: 3, d: -2.5 }, pseudoscalar: { u: -20, d: 30 } },
  "127I": { axial: { u: 1, d: 2 }, pseudoscalar: { u: 10, d: -5 } },
  "19F": { axial: { u: 1.5, d: -1 }, pseudoscalar: { u: 9, d: 4 } },
};

function fold(target: Isotope, nuclei: number, choice: FormFactorChoice): readonly FoldedFlavour[] {
  return flux.components.map((component) => ({
    flavour: component.flavour,
    cells: response.cells,
    isotopes: [
      {
        isotope: target,
        channels: foldShapes({
          isotope: target,
          nuclei,
          formFactors: buildFormFactors(choice, target),
          flux: component,
          response,
        }),
      },
    ],
  }));
}

function eventsAt(templates: readonly Template[], values: Values, cells: number): Float64Array {
  return summed(templates, values, cells, (x) => x);
}

/** Sum of the sizes of all monomials: what rounding is measured against where they cancel. */
function sizeAt(templates: readonly Template[], values: Values, cells: number): Float64Array {
  return summed(templates, values, cells, Math.abs);
}

function summed(
  templates: readonly Template[],
  values: Values,
  cells: number,
  of: (x: number) => number,
): Float64Array {
  const out = new Float64Array(cells);
  for (const { monomial, counts } of templates) {
    const weight = monomial.reduce((product, name) => product * (name === "1" ? 1 : (values[name] ?? 0)), 1);
    for (let i = 0; i < cells; i++) out[i] = (out[i] as number) + of(weight * (counts[i] as number));
  }
  return out;
}

const coupling = fc.double({ min: -1.5, max: 1.5, noNaN: true });
const quarkNames = couplings.filter((one) => one.level === "quark").map((one) => one.name);
const quarkValues = fc.dictionary(fc.constantFrom(...quarkNames), coupling, { minKeys: 3, maxKeys: 12 });

function formsOf(target: Isotope, lepton: "e" | "mu", convention: "A" | "B", values: Values) {
  return structureForms({
    isotope: target,
    lepton,
    convention,
    nameOf: nameResolver(new Set(Object.keys(values))),
    sin2ThetaW: SIN2,
    spinResponse,
  });
}

describe("templates equal the direct double integral", () => {
  const nuclei = 1e24;
  const radii = { Cs: 5.1, C: 2.6, F: 2.9, Ar: 3.5 };
  const choices = Object.keys(formFactors).flatMap((model): FormFactorChoice[] => [
    { model },
    { model, neutronRadiiFm: radii },
  ]);
  const cases = choices.flatMap((choice, i) =>
    recoils.map((recoilForm, j) => ({
      choice,
      recoilForm,
      convention: conventions[(i + j) % 2] as "A" | "B",
      name: ["133Cs", "19F", "40Ar"][(i + j) % 3] as string,
      label: `${choice.model}${choice.neutronRadiiFm === undefined ? "" : ", own neutron radius"}, ${recoilForm}`,
    })),
  );

  it.each(cases)("$label, convention $convention, $name", ({ choice, recoilForm, convention, name }) => {
    const target = findIsotope(name);
    const integrals = fold(target, nuclei, choice);
    const factors = buildFormFactors(choice, target);
    fc.assert(
      fc.property(quarkValues, (values) => {
        integrals.forEach((one, f) => {
          const component = flux.components[f] as (typeof flux.components)[0];
          const lepton = leptonOf(one.flavour) as "e" | "mu";
          const inputs = {
            nameOf: nameResolver(new Set(Object.keys(values))),
            convention,
            recoil: recoilForm,
            sin2ThetaW: SIN2,
            spinResponse,
          };
          const counts = eventsAt(templatesOf(one, inputs), values, response.cells);
          const forms = formsOf(target, lepton, convention, values);
          bins.forEach(([low, high], cell) => {
            const expected = directEvents({
              isotope: target,
              flux: component,
              sign: helicitySign(one.flavour),
              recoilForm,
              coefficients: (q) => evaluated(forms, values, factors.proton(q), factors.neutron(q)),
              acceptance: (recoil) => 0.6655 / (1 + Math.exp(-0.4942 * (recoil * 1170 - 10.8507))),
              low: low / 1170,
              high: high / 1170,
            });
            // Twelve nodes per panel in the direct integral; wide bins.
            expectRelative(
              counts[cell] as number,
              nuclei * component.fluence * expected,
              1e-9,
              `${one.flavour} cell ${cell}`,
            );
          });
        });
      }),
      { seed: 51, numRuns: 3 },
    );
  });

  it("for couplings of the nucleus, R among them", () => {
    const values = { xi_S: 0.7, xi_V: -0.4, xi_A: 0.3, xi_T: 0.5, R: -0.6 };
    const target = findIsotope("133Cs");
    const choice = { model: "helm", neutronRadiiFm: { Cs: 5.1 } };
    const factors = buildFormFactors(choice, target);
    fold(target, nuclei, choice).forEach((one, f) => {
      const component = flux.components[f] as (typeof flux.components)[0];
      const nameOf = nameResolver(new Set(Object.keys(values)));
      const counts = eventsAt(
        templatesOf(one, { nameOf, convention: "B", recoil: "full", sin2ThetaW: SIN2 }),
        values,
        3,
      );
      const forms = formsOf(target, "e", "B", values);
      const expected = directEvents({
        isotope: target,
        flux: component,
        sign: helicitySign(one.flavour),
        recoilForm: "full",
        coefficients: (q) => evaluated(forms, values, factors.proton(q), factors.neutron(q)),
        acceptance: (recoil) => 0.6655 / (1 + Math.exp(-0.4942 * (recoil * 1170 - 10.8507))),
        low: 9 / 1170,
        high: 16 / 1170,
      });
      expectRelative(counts[1] as number, nuclei * component.fluence * expected, 1e-8, one.flavour);
    });
  });
});

describe("the shipped CsI prediction is an exact quadratic form", () => {
  const names = ["C_S_u", "C_V_u", "C_V_d_mu", "D_A_d", "D_P_d_e", "C_T_u", "D_T_d"];
  const point = fc.record(Object.fromEntries(names.map((name) => [name, coupling])));

  it.each(conventions)(
    "at random couplings, convention %s: templates equal coefficients times integrals",
    (convention) => {
      const inputs = { nameOf: nameResolver(new Set(names)), convention, recoil: "full", sin2ThetaW: SIN2 } as const;
      const templates = folded.map((flavour) => templatesOf(flavour, inputs));
      fc.assert(
        fc.property(point, (values) => {
          folded.forEach((flavour, f) => {
            const counts = eventsAt(templates[f] as readonly Template[], values, 13);
            const expected = new Float64Array(13);
            const size = sizeAt(templates[f] as readonly Template[], values, 13);
            for (const { isotope, channels } of flavour.isotopes) {
              const forms = evaluated(
                formsOf(isotope, leptonOf(flavour.flavour) as "e" | "mu", convention, values),
                values,
              );
              const integrals = channels.nn as NonNullable<typeof channels.nn>;
              for (const [structure, coefficient] of Object.entries(forms)) {
                const shape = shapeOf(structure as Structure, "full", helicitySign(flavour.flavour), isotope.spin);
                for (const piece of ["one", "t", "y", "yy"] as const) {
                  const weight = coefficient * shape[piece];
                  for (let i = 0; i < 13; i++) {
                    expected[i] = (expected[i] as number) + weight * (integrals[piece][i] as number);
                  }
                }
              }
            }
            counts.forEach((count, i) => {
              expect(Math.abs(count - (expected[i] as number))).toBeLessThanOrEqual(1e-14 * (size[i] as number));
            });
          });
        }),
        { seed: 52, numRuns: 40 },
      );
    },
  );

  it("has third differences of zero along any line through coupling space", () => {
    const inputs = { nameOf: nameResolver(new Set(names)), convention: "B", recoil: "full", sin2ThetaW: SIN2 } as const;
    const templates = folded.flatMap((flavour) => templatesOf(flavour, inputs));
    fc.assert(
      fc.property(point, point, (a, b) => {
        const total = (k: number) => {
          const values = Object.fromEntries(names.map((name) => [name, (a[name] as number) + k * (b[name] as number)]));
          return eventsAt(templates, values, 13).reduce((sum, x) => sum + x, 0);
        };
        const [p, q, r, s] = [total(0), total(1), total(2), total(3)] as const;
        expect(Math.abs(s - 3 * r + 3 * q - p)).toBeLessThanOrEqual(
          1e-12 * (Math.abs(s) + Math.abs(r) + Math.abs(q) + Math.abs(p)),
        );
      }),
      { seed: 53, numRuns: 40 },
    );
  });

  it("with all couplings zero is the standard model", () => {
    for (const flavour of folded) {
      const inputs = { convention: "B", recoil: "full", sin2ThetaW: SIN2 } as const;
      const standard = eventsAt(templatesOf(flavour, { ...inputs, nameOf: () => undefined }), {}, 13);
      const zeros = eventsAt(templatesOf(flavour, { ...inputs, nameOf: nameResolver(new Set(names)) }), {}, 13);
      expect([...zeros]).toEqual([...standard]);
    }
  });
});

describe("targets", () => {
  it.each(["CsI", "Ar", "C3F8", "CaWO4", "NaI", "Ge", "Xe", "Si", "CH4", "H2O"])(
    "%s: events are the sum over its isotopes, and grow with the mass",
    (formula) => {
      const material = composition(formula);
      const component = flux.components[0] as (typeof flux.components)[0];
      const nuclei = targetNuclei(material, 10);
      const isotopes = material.nuclides.map(({ isotope }, a) => ({
        isotope,
        channels: foldShapes({
          isotope,
          nuclei: nuclei[a] as number,
          formFactors: buildFormFactors({ model: "helm" }, isotope),
          flux: component,
          response: sharpResponse([{ type: "linear-light-yield", photoelectronsPerMeV: 1 }], [0.001, 0.01, 1]),
        }),
      }));
      const inputs = { nameOf: () => undefined, convention: "B", recoil: "full", sin2ThetaW: SIN2 } as const;
      const all = eventsAt(templatesOf({ flavour: "nu_e", cells: 2, isotopes }, inputs), {}, 2);
      const each = isotopes.map((one) =>
        eventsAt(templatesOf({ flavour: "nu_e", cells: 2, isotopes: [one] }, inputs), {}, 2),
      );
      all.forEach((count, cell) => {
        expectRelative(
          count,
          each.reduce((sum, one) => sum + (one[cell] as number), 0),
          1e-13,
          `cell ${cell}`,
        );
        expect(count).toBeGreaterThan(0);
      });
    },
  );

  it("the shipped experiment folds Cs and I", () => {
    expect(experiment.material.nuclides.map(({ isotope }) => isotope.name)).toEqual(["133Cs", "127I"]);
    expect(folded.every((one) => one.isotopes.length === 2)).toBe(true);
  });
});
