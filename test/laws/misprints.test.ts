/**
 * Every misprint of the two papers that touches this code, one test each: it fails for the printed form. A is
 * arXiv:1806.07424, B is the NuFact 2021 proceedings of Flores, Nath and Peinado.
 */

import { describe, expect, it } from "vitest";
import { sharpResponse } from "../../src/detector/index.ts";
import { stoppedPion } from "../../src/flux/index.ts";
import { cm2PerInverseMeV2 } from "../../src/interactions/cross-section.ts";
import {
  differentialCrossSection,
  maximumRecoil,
  minimumNeutrinoEnergy,
  momentumTransferPerFm,
  type Recoil,
  structureForms,
} from "../../src/interactions/index.ts";
import { buildFormFactors, findIsotope, formFactors, nuclearCoupling } from "../../src/nuclei/index.ts";
import { foldShapes, templatesOf } from "../../src/prediction/index.ts";
import { coefficientsOf, evaluated, isotopeOf } from "../interactions/nuclear-couplings.ts";
import { experiment, folded } from "../prediction/csi.ts";
import spinors from "../reference/cross-section.json" with { type: "json" };
import paper from "../reference/csi-2017-paper.json" with { type: "json" };
import { expectRelative } from "../relative.ts";

const cs = findIsotope("133Cs");
const iodine = findIsotope("127I");
const [nuE] = stoppedPion({ protons: 4 * Math.PI, yieldPerFlavour: 1, distance: 1 }).components as [
  ReturnType<typeof stoppedPion>["components"][0],
];

function forms(values: Readonly<Record<string, number>>, convention: "A" | "B" = "B", isotope = cs) {
  const nameOf = (name: string) => (Object.hasOwn(values, name) ? name : undefined);
  return evaluated(structureForms({ isotope, lepton: "e", convention, nameOf, sin2ThetaW: 0.2387 }), values);
}

/** A spinor case and what the library gives for it, MeV^-3. */
function spinorCase(convention: "A" | "B", ...nonzero: readonly string[]) {
  const one = spinors.spinHalf.find(({ couplings }) =>
    Object.entries(couplings).every(([name, value]) => (value !== 0) === nonzero.includes(name)),
  );
  if (one === undefined) throw new Error(`no case of ${nonzero}`);
  const setup = isotopeOf(one.mass, one.neutrons, one.weakCharge);
  const coefficients = coefficientsOf(one.couplings, setup, convention);
  const ours = (sign: 1 | -1) =>
    differentialCrossSection(
      coefficients,
      { mass: one.mass, neutrons: one.neutrons, spin: 0.5, energy: one.neutrinoEnergy, sign, recoilForm: "exact" },
      one.recoilEnergy,
    ) / cm2PerInverseMeV2;
  const { neutrino, antineutrino } = one.dsigma[convention];
  return { coefficients, couplings: one.couplings, neutrino, antineutrino, ours };
}

describe("misprint: A eq. 5, E_min", () => {
  it("is where backward scattering conserves energy and momentum, not at sqrt(2 m E_r)", () => {
    for (const recoil of [1e-3, 5e-3, 0.03]) {
      const m = cs.mass;
      // Nucleus: kinetic energy E_r, momentum E + E' = 2 E - E_r; kinetic energy E_r means momentum^2 = 2 m E_r + E_r^2.
      const unbalanced = (E: number) => (2 * E - recoil) ** 2 / (2 * m * recoil + recoil * recoil) - 1;
      expect(Math.abs(unbalanced(minimumNeutrinoEnergy(recoil, m)))).toBeLessThan(1e-12);
      // The printed energy would push four times as hard; the leading order sqrt(m E_r/2) is right to 1e-3.
      expect(unbalanced(Math.sqrt(2 * m * recoil))).toBeGreaterThan(2.9);
      expectRelative(minimumNeutrinoEnergy(recoil, m), Math.sqrt((m * recoil) / 2), 1e-3);
    }
  });

  it("decides the number of events: the printed one would lose nearly all of them", () => {
    const response = sharpResponse([{ type: "linear-light-yield", photoelectronsPerMeV: 1000 }], [9, 10]);
    const fold = (flux: typeof nuE) =>
      foldShapes({ isotope: cs, nuclei: 1, formFactors: buildFormFactors({ model: "point" }, cs), flux, response }).nn
        ?.one[0] as number;
    const printed = { ...nuE, moment: (k: 0 | 1 | 2, eMin: number) => nuE.moment(k, 2 * eMin) };
    expect(fold(printed) / fold(nuE)).toBeLessThan(0.1);
    // Share of the nu_e above 24.3 MeV (9.5 keV on Cs) by hand: 1 - 32 x^3 + 48 x^4, x = 24.25/105.658.
    const bare = foldShapes({
      isotope: cs,
      nuclei: 1,
      formFactors: buildFormFactors({ model: "point" }, cs),
      flux: { ...nuE, moment: () => 1 },
      response,
    });
    expectRelative(
      fold(nuE) / (bare.nn?.one[0] as number),
      1 - 32 * (24.25 / 105.658) ** 3 + 48 * (24.25 / 105.658) ** 4,
      1e-3,
    );
  });
});

describe("misprint: A eqs. 5, 9 and 22, how often the form factor enters", () => {
  it("enters once, as F^2: not F^4 (eqs. 5 and 9 together), not F (eq. 22)", () => {
    const response = sharpResponse([{ type: "linear-light-yield", photoelectronsPerMeV: 1000 }], [19.999, 20.001]);
    const fold = (model: string) =>
      foldShapes({ isotope: cs, nuclei: 1, formFactors: buildFormFactors({ model }, cs), flux: nuE, response }).nn
        ?.one[0] as number;
    // A 2 eV bin at 20 keV.
    const F = buildFormFactors({ model: "helm" }, cs).neutron(momentumTransferPerFm(0.02, cs.mass));
    expect(F).toBeLessThan(0.75);
    expectRelative(fold("helm") / fold("point"), F * F, 1e-6);
  });
});

describe("misprint: A eq. 5, argument of the acceptance", () => {
  it("is the number of photoelectrons, 1.17 E_r/keV, not the recoil energy", () => {
    const out = new Float64Array(experiment.cells);
    const weightAt = (recoilKeV: number) => {
      const panel = experiment.signal.response.breakpoints.findLastIndex((edge) => edge <= recoilKeV * 1e-3);
      const [first] = experiment.signal.response.weigh(recoilKeV * 1e-3, panel, out);
      return out[first] as number;
    };
    // Half of the plateau 0.6655 at 10.8507 photoelectrons, which are 9.2741 keV.
    expectRelative(weightAt(9.27410256), 0.33275, 1e-7);
    expect(weightAt(10.8507)).toBeGreaterThan(0.45);
  });
});

describe("misprint: A eq. 7, sign in the Helm exponent", () => {
  it("is exp(-q^2 s^2/2): F falls from 1 with the curvature of the rms radius, and stays below a sphere's", () => {
    const model = formFactors["helm"] as (typeof formFactors)[string];
    const F = model.withRadius(cs, 4.8);
    expect(F(0)).toBe(1);
    for (let q = 0.05; q < 0.7; q += 0.05) {
      expect(F(q)).toBeLessThan(F(q - 0.05));
      // The uniform sphere of the same radius r_n = 5.8609 fm: the printed sign would lie above it.
      const x = 5.860887304837042 * q;
      expect(F(q)).toBeLessThan((3 * (Math.sin(x) - x * Math.cos(x))) / x ** 3);
    }
    // 1 - F = q^2 R^2/6; the printed sign would give R^2 = 3 r_n^2/5 - 3 s^2 = 4.26^2.
    expectRelative(Math.sqrt((6 * (1 - F(0.002))) / 0.002 ** 2), 4.8, 1e-4);
  });
});

describe("misprint: A eqs. 9 and 20, the term -E_r/E", () => {
  it("is recoil kinematics, not spin: a spin-0 nucleus has it too, exactly", () => {
    for (const one of spinors.spinZero) {
      const at = (recoilForm: Recoil) =>
        differentialCrossSection(
          { VV: one.vectorCoupling ** 2 },
          { mass: one.mass, neutrons: 1, spin: 0, energy: one.neutrinoEnergy, sign: 1, recoilForm },
          one.recoilEnergy,
        ) / cm2PerInverseMeV2;
      expectRelative(at("full"), one.dsigma.neutrino, 1e-12);
      // Without it (eq. 9) the rate is too large by y.
      expect((at("leading") - at("full")) / at("full")).toBeGreaterThan(one.recoilEnergy / one.neutrinoEnergy);
    }
  });

  it("is 0.1 % of the CsI rate", () => {
    const { leading, full } = paper.sm;
    expect(leading.total / full.total - 1).toBeGreaterThan(5e-4);
    expect(leading.total / full.total - 1).toBeLessThan(1.5e-3);
  });
});

describe("misprint: A eqs. 20 and 30, E_r^max", () => {
  const light = { mass: 1000, neutrons: 1, spin: 0.5, energy: 50, sign: 1, recoilForm: "full" } as const;

  it("in the bracket is 2 E^2/m: the vector rate then vanishes at the exact end and not before", () => {
    const end = maximumRecoil(50, 1000);
    const start = differentialCrossSection({ VV: 1 }, light, 0);
    expect(Math.abs(differentialCrossSection({ VV: 1 }, light, end)) / start).toBeLessThan(1e-14);
    // 1 - t - y is linear, from 1 to 0: with the exact E_r^max in the bracket y would count twice, -0.09 at the end.
    expectRelative(differentialCrossSection({ VV: 1 }, light, end / 2) / start, 0.5, 1e-14);
  });

  it("of the support is 2 E^2/(m + 2 E), 10 % below 2 E^2/m here", () => {
    const printed = (2 * 50 * 50) / 1000;
    const last = differentialCrossSection({ SS: 1 }, light, printed / 1.1 - 1e-9);
    expect(last).toBeGreaterThan(0);
    expect(differentialCrossSection({ SS: 1 }, light, printed / 1.1 + 1e-9)).toBe(0);
    // At the end t is m/(m + 2 E) = 1/1.1, not 1.
    expectRelative(last / differentialCrossSection({ VV: 1 }, light, 0), 1 / 1.1, 1e-6);
  });
});

describe("misprint: A Table 1 text and sec. 4.2, weak charge", () => {
  it.each([
    ["133Cs", 0.9681, 0.936],
    ["127I", 0.9676, 0.9369],
    ["40Ar", 0.963, 0.9448],
  ] as const)("of %s is 1 - (1 - 4 s^2) Z/N = %d, not with N/Z", (name, expected, printed) => {
    const Q = Math.sqrt(forms({}, "B", findIsotope(name)).VV as number);
    expect(Q).toBeCloseTo(expected, 4);
    expect(Math.abs(Q - printed)).toBeGreaterThan(0.015);
  });
});

describe("misprint: A eqs. 31 and 32, the couplings in each xi", () => {
  it("xi_S^2 has D_P, not D_S: the scalar neutrino current on pseudoscalar quarks is suppressed by y^2", () => {
    const pseudoscalar = spinorCase("B", "D_P");
    expectRelative(pseudoscalar.ours(1), pseudoscalar.neutrino, 1e-12);
    expectRelative(pseudoscalar.coefficients.SS as number, pseudoscalar.couplings.D_P ** 2, 1e-12);
    const scalar = spinorCase("B", "D_S");
    expectRelative(scalar.ours(1), scalar.neutrino, 1e-12);
    expect(scalar.coefficients.SS).toBe(0);
  });

  it("xi_T^2 has C_T and D_T, not C_S and D_S", () => {
    for (const name of ["C_T", "D_T"] as const) {
      const tensor = spinorCase("B", name);
      expectRelative(tensor.ours(1), tensor.neutrino, 1e-12);
      expectRelative(tensor.coefficients.TT as number, 8 * tensor.couplings[name] ** 2, 1e-12);
    }
    expect(spinorCase("B", "C_S").coefficients.TT).toBe(0);
    expect(spinorCase("B", "D_S").coefficients.TT).toBe(0);
  });

  it("the vectors pair C_V with D_A and C_A with D_V", () => {
    for (const convention of ["A", "B"] as const) {
      for (const [pair, structure] of [
        [["C_V", "D_A"], "VV"],
        [["C_A", "D_V"], "AA"],
      ] as const) {
        const one = spinorCase(convention, ...pair);
        expectRelative(one.ours(1), one.neutrino, 1e-12, `${convention} ${structure}`);
        for (const other of ["VV", "AA", "VA"] as const)
          if (other !== structure) expect(one.coefficients[other], `${convention} ${other}`).toBe(0);
      }
    }
  });
});

describe("misprint: A sec. 4, sign of the V-A interference", () => {
  it("is constructive for neutrinos", () => {
    const one = spinorCase("B", "C_V", "C_A");
    const product = Math.sign(one.couplings.C_V * one.couplings.C_A);
    // The spinors say so, and the library follows.
    expect(product * (one.neutrino - one.antineutrino)).toBeGreaterThan(0);
    expectRelative(one.ours(1) - one.ours(-1), one.neutrino - one.antineutrino, 1e-9);
  });
});

describe("misprint: A eq. 17, factor i of the tensor current", () => {
  it("is absent: with it scalar and tensor would not interfere", () => {
    const one = spinorCase("A", "C_S", "C_T");
    expect(Math.abs(one.neutrino / one.antineutrino - 1)).toBeGreaterThan(1e-6);
    expectRelative((one.ours(1) - one.ours(-1)) / (one.neutrino - one.antineutrino), 1, 1e-9);
    expectRelative(one.coefficients.R as number, 2 * one.couplings.C_S * one.couplings.C_T, 1e-12);
  });
});

describe("misprint: A sec. 2, number of bins", () => {
  it("is 13, centred on 7 to 31 photoelectrons, not 14", () => {
    const edges = experiment.axes[0]?.edges as readonly number[];
    expect(edges.slice(1).map((high, i) => (high + (edges[i] as number)) / 2)).toEqual([
      7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31,
    ]);
    expect(experiment.cells).toBe(13);
    expect(folded.every((one) => one.cells === 13)).toBe(true);
  });
});

describe("misprint: A sec. 4.1, xi of Cs and I", () => {
  const perNeutron = (current: "scalar" | "vector" | "tensor", quark: "u" | "d", isotope = cs) => {
    const { proton, neutron } = nuclearCoupling(isotope, current, quark);
    return (proton + neutron) / isotope.n;
  };

  it("are nearly the same at fixed quark couplings, 0.993 to 1.040, not 0.95", () => {
    const ratios = (["scalar", "vector", "tensor"] as const).flatMap((current) =>
      (["u", "d"] as const).map((quark) => perNeutron(current, quark, iodine) / perNeutron(current, quark)),
    );
    expect(Math.min(...ratios)).toBeCloseTo(0.993, 3);
    expect(Math.max(...ratios)).toBeCloseTo(1.04, 3);
    // 0.95 is the ratio of the neutron numbers.
    expect(iodine.n / cs.n).toBeCloseTo(0.95, 2);
  });

  it("each nucleus counts once: events are xi^2 times the templates of both, without a factor 2", () => {
    const nameOf = (name: string) => (name === "C_S_u" ? name : undefined);
    folded.forEach((flavour) => {
      const templates = templatesOf(flavour, { nameOf, convention: "A", recoil: "full", sin2ThetaW: 0.2387 });
      const counts = templates.find(({ monomial }) => monomial[0] === "C_S_u")?.counts as Float64Array;
      const { "133Cs": a, "127I": b } = paper.templates[flavour.flavour as "nu_e"];
      const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);
      // xi_S of Cs is 15.5 per unit coupling, that of I 2.4 % larger.
      expectRelative(sum(counts), 15.5 ** 2 * (sum(a.full.SS) + sum(b.full.SS)), 0.04, flavour.flavour);
    });
  });
});

describe("misprint: A sec. 4.1 and figure 4, two rings centred on zero", () => {
  it("is one ring per level, centred on C_V^u = -Q N/(2 Z + N), as the standard model is inside V", () => {
    const centre = (-0.9681282051282051 * 78) / 188;
    const at = (u: number, d: number) => forms({ C_V_u: centre + u, D_A_d: d }, "A").VV as number;
    expect(at(0, 0)).toBeLessThan(1e-15);
    // Points of one ellipse about the centre: (188 u/78)^2 = (211 d/78)^2.
    for (const radius of [0.1, 0.4]) {
      for (const [u, d] of [
        [1, 0],
        [-1, 0],
        [0, 188 / 211],
        [0, -188 / 211],
        [0.6, (0.8 * 188) / 211],
      ] as const)
        expectRelative(at(radius * u, radius * d), ((188 * radius) / 78) ** 2, 1e-12, `${u}, ${d}`);
    }
    // Not symmetric about zero.
    expect(forms({ C_V_u: 0.1, D_A_d: 0 }, "A").VV).not.toBeCloseTo(
      forms({ C_V_u: -0.1, D_A_d: 0 }, "A").VV as number,
      1,
    );
  });
});

describe("misprint: B eq. 1, the V-A term", () => {
  it("is 2 (xi_V + A_SM) xi_A: the standard model interferes with xi_A at xi_V = 0", () => {
    expectRelative(forms({ xi_A: 0.5, xi_V: 0 }).VA as number, 0.5 * 0.9681282051282051, 1e-14);
    // And vanishes where xi_V cancels the standard model.
    expect(Math.abs(forms({ xi_A: 0.5, xi_V: -0.9681282051282051 }).VA as number)).toBeLessThan(1e-15);
    // The spinors with the weak charge inside say the same.
    const one = spinors.spinHalf.at(-1) as (typeof spinors.spinHalf)[0];
    const coefficients = coefficientsOf(one.couplings, isotopeOf(one.mass, one.neutrons, one.weakCharge), "B");
    const scattering = {
      mass: one.mass,
      neutrons: one.neutrons,
      spin: 0.5,
      energy: one.neutrinoEnergy,
      recoilForm: "exact",
    } as const;
    const ours = (sign: 1 | -1) =>
      differentialCrossSection(coefficients, { ...scattering, sign }, one.recoilEnergy) / cm2PerInverseMeV2;
    expectRelative(ours(1) - ours(-1), one.dsigma.B.neutrino - one.dsigma.B.antineutrino, 1e-10);
  });
});

describe("misprint: COHERENT 2018 release, where the acceptance is evaluated", () => {
  it("is at the bin centres n + 0.5: 5.71 prompt neutrons in the 13 bins", () => {
    const brn = experiment.backgrounds.find(({ component }) => component === "brn")?.counts as Float64Array;
    const total = brn.reduce((a, b) => a + b, 0);
    expect(total).toBeCloseTo(5.71, 2);
    expectRelative(total, paper.data.beamOnBackgroundTotal, 1e-13);
  });
});
