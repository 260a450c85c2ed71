/** Random statistical models, and their chi^2 written out with every nuisance as a parameter of its own. */

import fc from "fast-check";
import type { Block, Model, ModelComponent, Nuisance, Objective } from "../../src/statistics/index.ts";
import { objectiveOf } from "./objectives.ts";

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const cells = (min: number, max: number) =>
  fc.array(real(min, max), { minLength: 3, maxLength: 3 }).map((n) => Float64Array.from(n));

const couplings = ["a", "b"];
const nuisances: fc.Arbitrary<readonly Nuisance[]> = fc
  .tuple(real(0.05, 0.5), real(0.05, 0.5), fc.boolean())
  .map(([signal, background, constrained]): readonly Nuisance[] => [
    { name: "signal", kind: "pull", sigma: signal },
    { name: "background", kind: "normalisation", sigma: background },
    { name: "other", kind: constrained ? "pull" : "normalisation", sigma: constrained ? 1 : null },
  ]);

/** A component quadratic in the couplings, its constant part positive so that it is never empty. */
function component(name: string, scales: readonly string[]): fc.Arbitrary<ModelComponent> {
  return fc.tuple(cells(2, 20), cells(-3, 3), cells(-3, 3), cells(-3, 3)).map(([one, linear, square, mixed]) => ({
    name,
    flavour: null,
    nuisances: scales,
    terms: [
      { left: 0, right: 0, counts: one },
      { left: 0, right: 1, counts: linear },
      { left: 1, right: 1, counts: square },
      { left: 1, right: 2, counts: mixed },
    ],
  }));
}

function block(id: string): fc.Arbitrary<Block> {
  return fc.record({
    id: fc.constant(id),
    observed: cells(0, 60),
    sigma: cells(1, 8),
    components: fc.tuple(
      component("cevns", ["signal"]),
      component("brn", ["background"]),
      component("nin", ["other"]),
      component("steady-state", []),
    ),
  });
}

/** Two data sets of three cells that share a signal, a background and a third nuisance, sometimes without constraint. */
export const models: fc.Arbitrary<Model> = fc.record({
  couplings: fc.constant(couplings),
  nuisances,
  blocks: fc.tuple(block("first"), block("second")),
});

/** Values of the two couplings. */
export const points = fc.tuple(real(-2, 2), real(-2, 2));

/** Factor of a nuisance at a deviation, and its derivative. */
function factor({ sigma }: Nuisance, deviation: number): readonly [number, number] {
  return [1 + (sigma ?? 1) * deviation, sigma ?? 1];
}

/** chi^2 at fixed couplings as a function of all deviations, none of them solved for: eq. 10 of arXiv:1806.07424. */
export function explicitInDeviations(model: Model, x: readonly number[]): Objective {
  const value = (index: number): number => (index === 0 ? 1 : (x[index - 1] as number));
  const parts = model.blocks.map(({ components, observed, sigma }) => ({
    observed,
    sigma,
    components: components.map((one) => ({
      counts: Array.from(observed, (_, i) =>
        one.terms.reduce((sum, term) => sum + value(term.left) * value(term.right) * (term.counts[i] as number), 0),
      ),
      scale: model.nuisances.findIndex(({ name }) => one.nuisances.includes(name)),
    })),
  }));
  const nuisance = (k: number): Nuisance => model.nuisances[k] as Nuisance;
  const residuals = (delta: ArrayLike<number>) =>
    parts.map(({ observed, sigma, components }) =>
      Array.from(observed, (n, i) => {
        const expected = components.reduce(
          (sum, { counts, scale }) =>
            sum + (counts[i] as number) * (scale < 0 ? 1 : factor(nuisance(scale), delta[scale] as number)[0]),
          0,
        );
        return (n - expected) / (sigma[i] as number);
      }),
    );
  const constrained = (k: number): number => (nuisance(k).sigma === null ? 0 : 1);
  return objectiveOf(
    (delta) =>
      residuals(delta)
        .flat()
        .reduce((sum, r) => sum + r * r, 0) +
      model.nuisances.reduce((sum, _, k) => sum + constrained(k) * (delta[k] as number) ** 2, 0),
    (delta) => {
      const r = residuals(delta);
      return model.nuisances.map((one, k) => {
        let sum = 2 * constrained(k) * (delta[k] as number);
        parts.forEach(({ sigma, components }, b) => {
          for (const { counts, scale } of components) {
            if (scale !== k) continue;
            counts.forEach((n, i) => {
              sum -= (2 * (r[b]?.[i] as number) * n * factor(one, 0)[1]) / (sigma[i] as number);
            });
          }
        });
        return sum;
      });
    },
    [model.nuisances.map(() => -300), model.nuisances.map(() => 300)],
  );
}
