import { describe, expect, it } from "vitest";
import { modelOf } from "../../src/analysis/assemble.ts";
import { parseSpec, prepare } from "../../src/analysis/index.ts";
import { sin2ThetaW } from "../../src/constants.ts";
import { plainGram } from "../../src/kernel/gram.ts";
import { gramModel } from "../../src/statistics/gram.ts";
import {
  type Block,
  chebyshevBasis,
  gaussianLikelihood,
  jointLikelihood,
  type Likelihood,
  type Model,
  morphBasis,
  type Nuisance,
} from "../../src/statistics/index.ts";
import { library } from "../analysis/shipped.ts";
import { choices, random, randomModel } from "../kernel/gram-models.ts";
import { expectRelative } from "../relative.ts";

type Held = Readonly<Record<string, number>>;

interface Worst {
  chi2: number;
  gradient: number;
  hessian: number;
}

/**
 * Largest differences between the Gram form and the sums over cells at points of a box, relative to 1 + chi^2;
 * derivatives per half width of the box.
 */
function worstOf(
  model: Model,
  freed: readonly string[],
  held: Held,
  likelihood: Likelihood,
  ranges: readonly (readonly [number, number])[],
  count: number,
): Worst {
  const found = gramModel(model, freed, held);
  expect(found).toBeDefined();
  const gram = plainGram(found!.form);
  const n = ranges.length;
  const next = random(count + n);
  const worst = { chi2: 0, gradient: 0, hessian: 0 };
  const larger = (key: keyof Worst, value: number): void => {
    // NaN must not pass for a small number.
    worst[key] = value <= worst[key] ? worst[key] : value;
  };
  const lists = Array.from({ length: 2 }, () => [new Float64Array(n), new Float64Array(n * n)] as const);
  const [[gradient, hessian], [gradientOfCells, hessianOfCells]] = [lists[0]!, lists[1]!];
  for (let i = 0; i < count; i++) {
    // Half of the points near the middle, where best fits are.
    const reach = i % 2 === 0 ? 1 : 10 ** (-2 * next());
    const x = ranges.map(([low, high]) => (low + high) / 2 + ((high - low) / 2) * reach * (2 * next() - 1));
    const chi2 = likelihood.evaluate(x, gradientOfCells, hessianOfCells);
    gram.gradient(x, gradient);
    gram.hessian(x, hessian);
    larger("chi2", Math.abs(gram.value(x) - chi2) / (1 + chi2));
    // Second derivatives of the sums over cells take a pull that makes its factor negative as held there.
    const { nuisances } = likelihood.detail(x);
    const open = model.nuisances.every(({ name, kind, sigma }) =>
      kind === "pull" ? 1 + sigma! * nuisances[name]! > 1e-6 : nuisances[name]! > 1e-6,
    );
    const half = ranges.map(([low, high]) => (high - low) / 2);
    for (let a = 0; a < n; a++) {
      larger("gradient", (half[a]! * Math.abs(gradient[a]! - gradientOfCells[a]!)) / (1 + chi2));
      for (let b = 0; b < n; b++) {
        const difference = Math.abs(hessian[a * n + b]! - hessianOfCells[a * n + b]!);
        if (open) larger("hessian", (half[a]! * half[b]! * difference) / (1 + chi2));
      }
    }
  }
  return worst;
}

const box = (couplings: number, size: number): (readonly [number, number])[] =>
  Array.from({ length: couplings }, () => [-size, size] as const);

describe("random models", () => {
  it("have the chi^2 of the sums over cells, and its derivatives", () => {
    for (const [seed, choice] of choices.entries()) {
      const model = randomModel(seed, choice);
      const ranges = box(choice.couplings, 5);
      const worst = worstOf(model, [], {}, gaussianLikelihood(model), ranges, 20);
      // Predictions reach a hundred sigma: squares of 1e4 to 1e6, with 16 digits.
      expect(worst.chi2, JSON.stringify(choice)).toBeLessThan(1e-11);
      expect(worst.gradient, JSON.stringify(choice)).toBeLessThan(1e-9);
      expect(worst.hessian, JSON.stringify(choice)).toBeLessThan(1e-8);
    }
  });

  it("have it with pulls that are held or free", () => {
    for (const [seed, choice] of choices.entries()) {
      const model = randomModel(seed, choice);
      const names = model.nuisances.map(({ name }) => name);
      for (const freed of [names.slice(0, 1), names.slice(1, 3)]) {
        for (const held of [{}, { signal: 0.7, background: 1.2, other: 0.9 }] as readonly Held[]) {
          const values = Object.fromEntries(
            Object.entries(held).filter(([name]) => names.includes(name) && !freed.includes(name)),
          );
          const likelihood = gaussianLikelihood(model, freed, values);
          const ranges = [...box(choice.couplings, 3), ...freed.map(() => [0.2, 1.5] as const)];
          const worst = worstOf(model, freed, values, likelihood, ranges, 10);
          expect(worst.chi2, JSON.stringify({ choice, freed, held })).toBeLessThan(1e-11);
          expect(worst.gradient).toBeLessThan(1e-9);
          expect(worst.hessian).toBeLessThan(1e-8);
        }
      }
    }
  });

  it("have it with tight and with loose pulls", () => {
    for (const sigma of [
      [1e-4, 1e-3],
      [0.005, 0.02],
      [1, 3],
    ] as const) {
      for (const [seed, choice] of choices.entries()) {
        const model = randomModel(seed, { ...choice, sigma });
        const worst = worstOf(model, [], {}, gaussianLikelihood(model), box(choice.couplings, 2), 10);
        expect(worst.chi2, JSON.stringify({ choice, sigma })).toBeLessThan(1e-10);
      }
    }
  });

  it("say where rounding spoils them", () => {
    let spoilt = 0;
    for (const [seed, choice] of choices.entries()) {
      // Free factors so large that the sums over cells lose digits themselves are left out.
      if (choice.pulls === 3 && choice.common === true) continue;
      const model = randomModel(seed, choice);
      const [gram, likelihood] = [plainGram(gramModel(model)!.form), gaussianLikelihood(model)];
      const next = random(seed);
      for (let i = 0; i < 20; i++) {
        const x = box(choice.couplings, 300).map(([low, high]) => low + (high - low) * next());
        const difference = Math.abs(gram.value(x) - likelihood.evaluate(x));
        // The sums that make the coefficients round as well, before parts of them cancel.
        expect(difference, JSON.stringify({ choice, x })).toBeLessThan(20 * gram.rounding(x) + 1e-11);
        if (difference > 1e-9) spoilt++;
      }
    }
    expect(spoilt).toBeGreaterThan(0);
  });
});

const shipped: readonly (readonly string[])[] = [
  ["coherent-csi-2017@paper"],
  ["coherent-csi-2021@energy"],
  ["coherent-lar-2020@energy"],
  ["coherent-csi-2021@energy", "coherent-lar-2020@energy"],
];

/** Model of an analysis with its couplings free, and what it holds. */
function shippedModel(experiments: readonly string[], free: readonly string[]) {
  const analysis = prepare(parseSpec({ experiments, free, convention: "A" }), library);
  const names = analysis.nuisances.map(({ name }) => name);
  const couplings = free.filter((name) => !names.includes(name));
  const values: Held = { sin2_theta_w: sin2ThetaW.value, ...analysis.radii };
  const assembled = analysis.experiments.map((experiment, i) => ({
    experiment,
    components: analysis.components[i]!,
    data: analysis.data[i]!,
  }));
  return {
    model: modelOf(assembled, analysis.nuisances, couplings, values),
    freed: free.filter((name) => names.includes(name)),
    held: Object.fromEntries(analysis.held.filter((name) => !free.includes(name)).map((name) => [name, 1])),
    ranges: free.map(analysis.range),
    likelihood: analysis.likelihood(free),
  };
}

describe("shipped Gaussian likelihoods", () => {
  it.each(shipped.map((experiments) => ({ experiments })))(
    "$experiments agree inside their ranges",
    ({ experiments }) => {
      const planes = [
        ["xi_V"],
        ["xi_S", "xi_V"],
        ["xi_V_e", "xi_V_mu"],
        ["eps_uV_ee", "eps_dV_ee"],
        ["xi_S", "xi_V", "xi_T"],
        ["eps_uV_ee", "eps_uV_emu", "eps_dV_mumu"],
        ["sin2_theta_w"],
      ];
      for (const free of planes) {
        const { model, freed, held, ranges, likelihood } = shippedModel(experiments, free);
        const worst = worstOf(model, freed, held, likelihood, ranges, 300);
        // Demanded: 1e-10 of 1 + chi^2. It is 1e-13, and 2e-12 along u and d couplings that cancel.
        expect(worst.chi2, free.join()).toBeLessThan(1e-11);
        expect(worst.gradient, free.join()).toBeLessThan(1e-9);
        expect(worst.hessian, free.join()).toBeLessThan(1e-8);
      }
    },
  );

  it("agree with a freed signal", () => {
    const free = ["xi_S", "xi_V", "coherent-csi-2017.signal"];
    const { model, freed, held, likelihood } = shippedModel(["coherent-csi-2017@paper"], free);
    expect(freed).toEqual(["coherent-csi-2017.signal"]);
    const worst = worstOf(model, freed, held, likelihood, [...box(2, 1), [-2, 2]], 300);
    expect(worst.chi2).toBeLessThan(1e-11);
    expect(worst.hessian).toBeLessThan(1e-8);
  });

  it("cost one pull and no cells: those of paper A", () => {
    const { model, held } = shippedModel(["coherent-csi-2017@paper"], ["xi_V_e", "xi_V_mu"]);
    const { form } = gramModel(model, [], held)!;
    // The background's pull answers alike everywhere: it is eliminated beforehand.
    expect([...form.sizes]).toEqual([1]);
    expect(form.start[1]! - form.start[0]!).toBe(3);
    expect(form.coefficient.length).toBeLessThanOrEqual(3 + 6 + 15);
  });
});

const counts = (...values: number[]): Float64Array => Float64Array.from(values);

/** Counts of one block with sigma 1: x times the first component, plus the second. */
function smallModel(nuisances: readonly Nuisance[], signal: Partial<Block["components"][number]> = {}): Model {
  return {
    couplings: ["x"],
    nuisances,
    blocks: [
      {
        id: "only",
        statistics: "gaussian",
        observed: counts(3, 3),
        sigma: counts(1, 1),
        components: [
          {
            name: "cevns",
            flavour: null,
            terms: [{ left: 0, right: 1, counts: counts(1, 0) }],
            nuisances: ["signal"],
            ...signal,
          },
          {
            name: "brn",
            flavour: null,
            terms: [{ left: 0, right: 0, counts: counts(0, 2) }],
            nuisances: ["background"],
          },
        ],
      },
    ],
  };
}
const signal: Nuisance = { name: "signal", kind: "pull", sigma: 0.5 };
const background: Nuisance = { name: "background", kind: "normalisation", sigma: 0.25 };

describe("known answers", () => {
  it("a pull adds its error in quadrature", () => {
    const gram = plainGram(gramModel(smallModel([signal, background]))!.form);
    // (3 - x)^2/(1 + (x/2)^2) + (3 - 2)^2/(1 + (2/4)^2)
    expectRelative(gram.value([2]), 0.5 + 0.8, 1e-14);
    expectRelative(gram.value([-4]), 9.8 + 0.8, 1e-14);
  });

  it("moves with the data and with where pulls were measured", () => {
    const { withData } = gramModel(smallModel([signal, background]))!;
    const gram = plainGram(withData([counts(7, 5)], { signal: 1, background: -2 }));
    // Expected 2 (1 + 1/2) = 3 and 2 (1 - 2/4) = 1: (7 - 3)^2/2 + (5 - 1)^2/1.25
    expectRelative(gram.value([2]), 8 + 12.8, 1e-14);
  });

  it("gives for other data what a model with those data gives, to the bit", () => {
    for (const [seed, choice] of choices.entries()) {
      const model = randomModel(seed, choice);
      const observed = model.blocks.map((block) => block.observed.map((n) => n + 3));
      const moved = { ...model, blocks: model.blocks.map((block, b) => ({ ...block, observed: observed[b]! })) };
      expect(gramModel(model)!.withData(observed)).toEqual(gramModel(moved)!.form);
    }
  });

  describe("of free factors on shapes without couplings", () => {
    const free = (name: string): Nuisance => ({ name, kind: "normalisation", sigma: null });
    const shaped = (observed: Float64Array, ...shapes: readonly Float64Array[]): Model => ({
      couplings: [],
      nuisances: shapes.map((_, k) => free(`${k}`)),
      blocks: [
        {
          id: "only",
          statistics: "gaussian",
          observed,
          sigma: observed.map(() => 1),
          components: shapes.map((shape, k) => ({
            name: `${k}`,
            flavour: null,
            terms: [{ left: 0, right: 0, counts: shape }],
            nuisances: [`${k}`],
          })),
        },
      ],
    });
    const chi2 = (model: Model): number => plainGram(gramModel(model)!.form).value([]);
    const shape = counts(0.1, 0.7, 0.3);

    it("what two alike leave open changes nothing", () => {
      // Outside the span of the shape: (4, 5, 6) - shape x 5.7/0.59.
      const model = shaped(
        counts(4, 5, 6),
        shape,
        shape.map((n) => n / 3),
        shape.map((n) => 7 * n),
      );
      expectRelative(chi2(model), 77 - 5.7 ** 2 / 0.59, 1e-13);
      expectRelative(gaussianLikelihood(model).evaluate([]), 77 - 5.7 ** 2 / 0.59, 1e-13);
    });

    it("two nearly alike are told apart", () => {
      // They span all (a, a, b): 2 of the first cell and -2 of the second cannot be met.
      const model = shaped(counts(1e4 + 2, 1e4 - 2, 7), counts(1, 1, 1), counts(1, 1, 1 + 1e-5));
      // Shapes are alike to 1e-5: of 16 digits 11 are left, of residuals of 1e4, which are squared.
      expectRelative(chi2(model), 8, 1e-6);
    });
  });

  it("counts the constraint of a nuisance that is held", () => {
    const gram = plainGram(gramModel(smallModel([signal, background]), [], { signal: 2, background: 1 })!.form);
    // x (1 + 2/2): (3 - 2 x)^2 + (3 - 2)^2 + 2^2
    expectRelative(gram.value([1]), 1 + 1 + 4, 1e-14);
  });
});

describe("no Gram form", () => {
  const without = (model: Model, freed: readonly string[] = [], held: Held = {}): void =>
    expect(gramModel(model, freed, held)).toBeUndefined();
  const model = smallModel([signal, background]);

  it("of Poisson cells", () => {
    without({ ...model, blocks: model.blocks.map((block) => ({ ...block, statistics: "poisson" as const })) });
  });

  it("where two profiled pulls act on one component, but with one of them held", () => {
    const both = smallModel([signal, background], { nuisances: ["signal", "background"] });
    without(both);
    const held = { background: 1.3 };
    const worst = worstOf(both, [], held, gaussianLikelihood(both, [], held), box(1, 5), 50);
    expect(worst.chi2).toBeLessThan(1e-13);
  });

  it("of shapes that move, but where they are held at nominal", () => {
    const morph = {
      nuisance: "shape",
      basis: morphBasis,
      terms: [[{ left: 0, right: 1, counts: counts(1, 2) }], [{ left: 0, right: 1, counts: counts(0, 1) }]],
    };
    const moving = smallModel([signal, background, { name: "shape", kind: "pull", sigma: 1 }], { changes: [morph] });
    without(moving);
    without(moving, ["shape"]);
    without(moving, [], { shape: 0.5 });
    const held = { shape: 0 };
    const worst = worstOf(moving, [], held, gaussianLikelihood(moving, [], held), box(1, 5), 50);
    expect(worst.chi2).toBeLessThan(1e-13);
  });

  it("of shares that move, but of shares that stay", () => {
    const onset = {
      nuisance: "onset",
      basis: chebyshevBasis(-1, 1, 1),
      shares: [counts(0.1, -0.1)],
    };
    const spread = { shares: counts(0.25, 0.75), changes: [onset] };
    const terms = [
      { left: 0, right: 0, counts: counts(1) },
      { left: 1, right: 1, counts: counts(4) },
    ];
    const nuisances: readonly Nuisance[] = [
      signal,
      background,
      { name: "onset", kind: "flat", sigma: null, bounds: [-1, 1] },
    ];
    const moving = smallModel(nuisances, { terms, spread });
    without(moving);
    const held = { onset: 0 };
    const worst = worstOf(moving, [], held, gaussianLikelihood(moving, [], held), box(1, 5), 50);
    expect(worst.chi2).toBeLessThan(1e-13);
  });

  it("of a weight that is no monomial", () => {
    const polynomial = { parameter: 1, order: 2, range: [0, 1] as const };
    without(smallModel([signal, background], { terms: [{ left: 0, right: 0, polynomial, counts: counts(1, 2) }] }));
  });

  it("of a profiled factor between bounds", () => {
    without(smallModel([signal, { name: "background", kind: "flat", sigma: null, bounds: [-0.5, 0.5] }]));
  });

  it("of a free factor on a component that can vanish", () => {
    without(smallModel([{ name: "signal", kind: "normalisation", sigma: null }, background]));
    // Freed it is a parameter.
    const freed = smallModel([{ name: "signal", kind: "normalisation", sigma: null }, background]);
    const worst = worstOf(freed, ["signal"], {}, gaussianLikelihood(freed, ["signal"]), [...box(1, 5), [0, 3]], 50);
    expect(worst.chi2).toBeLessThan(1e-13);
  });

  it("for a mixture: the likelihood of both kinds of cells is not one", () => {
    const [block] = model.blocks;
    const mixed: Model = { ...model, blocks: [block!, { ...block!, id: "counts", statistics: "poisson" }] };
    without(mixed);
    expect(jointLikelihood(mixed).evaluate([1])).toBeGreaterThan(0);
  });
});
