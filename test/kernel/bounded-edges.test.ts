/** Rows that are cut at zero, unknowns in a narrow box: where the search ends no unknown on its own goes lower. */

import { describe, expect, it } from "vitest";
import * as at from "../../src/kernel/layout.ts";
import { type FlattenInputs, flatten } from "../../src/statistics/flatten.ts";
import { morphBasis, type QuadraticTerm } from "../../src/statistics/index.ts";
import { setFree } from "../../src/statistics/part.ts";
import { goTo, makers, read } from "./mixed-models.ts";

const UNKNOWNS = 4;
const unknowns = Array.from({ length: UNKNOWNS }, (_unused, k) => k);
/** Rows that can be cut; one cell more for each unknown, to hold it. */
const CUT = 3;
/** Of these about 700 end on an edge. */
const MODELS = 1000;

/** Park and Miller's generator, in (0, 1). */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

function boundedModel(random: () => number): FlattenInputs {
  const between = (low: number, high: number): number => low + (high - low) * random();
  const many = (length: number, make: (i: number) => number): number[] =>
    Array.from({ length }, (_unused, i) => make(i));
  const term = (counts: readonly number[]): QuadraticTerm => ({ left: 0, right: 0, counts: Float64Array.from(counts) });
  const zeros = unknowns.map(() => 0);
  const observed = [between(-60, 0), between(-60, 0), between(-20, 0), ...many(UNKNOWNS, () => between(-2, 2))];
  /** A group whose counts are `start` and the sum of what each unknown adds. */
  const group = (start: readonly number[], added: (unknown: number) => readonly number[]) => ({
    block: 0,
    terms: [term(start)],
    nuisances: [],
    changes: unknowns.map((nuisance) => ({ nuisance, basis: morphBasis, terms: [[term(added(nuisance))], []] })),
    spread: null,
  });
  const cut = group([...many(CUT, () => 5), ...zeros], () => [...many(CUT, () => between(-20, 20)), ...zeros]);
  // A row that is negative before it moves is never cut.
  const below = observed.map(() => -1e-300);
  const held = group(below, (unknown) => [
    ...many(CUT, () => 0),
    ...many(UNKNOWNS, (i) => (i === unknown ? 8 : between(0, 3))),
  ]);
  return {
    blocks: [
      {
        id: "only",
        statistics: "gaussian",
        observed: Float64Array.from(observed),
        sigma: Float64Array.from(observed, () => 1),
        components: [],
      },
    ],
    groups: [
      { group: cut, cell: 0 },
      { group: held, cell: 0 },
    ],
    couplings: 0,
    nuisances: unknowns.map((k) => ({ name: `shape ${k}`, kind: "pull", sigma: 1 })),
    constrained: [],
    lower: unknowns.map(() => between(-0.4, 0)),
    upper: unknowns.map(() => between(0, 0.4)),
  };
}

describe.each(makers)("%s", (_name, make) => {
  it("of a search that ends on an edge", () => {
    const random = uniform(11);
    let edges = 0;
    let most = 0;
    for (let k = 0; k < MODELS; k++) {
      const kernel = make(flatten(boundedModel(random)));
      setFree(kernel, unknowns);
      const [lower, upper] = [read(kernel, at.M_LOWER, UNKNOWNS), read(kernel, at.M_UPPER, UNKNOWNS)];
      goTo(
        kernel,
        lower.map((low) => low * random()),
      );
      const chi2 = kernel.search(kernel.evaluate());
      if (kernel.p[at.STATUS] !== at.AT_EDGE) continue;
      edges++;
      const end = [...read(kernel, at.M_UNKNOWNS, UNKNOWNS)];
      for (const i of unknowns) {
        for (let step = 0.5; step > 1e-3; step /= 2) {
          for (const side of [-1, 1]) {
            const moved = end[i]! + side * step;
            goTo(
              kernel,
              end.map((u, j) => (j === i ? Math.min(Math.max(moved, lower[i]!), upper[i]!) : u)),
            );
            most = Math.max(most, (chi2 - kernel.evaluate()) / (1 + chi2));
          }
        }
      }
    }
    expect(edges).toBeGreaterThan(MODELS / 2);
    // Rounding of sums of squares.
    expect(most).toBeLessThan(1e-12);
  });
});
