/** chi^2 of Poisson cells against exact values: the WebAssembly form has a logarithm of its own. */
import { expect, it } from "vitest";
import * as at from "../../src/kernel/layout.ts";
import { flatten } from "../../src/statistics/flatten.ts";
import reference from "../reference/poisson-cells.json" with { type: "json" };
import { expectWithin } from "../relative.ts";
import { goTo, makers } from "./mixed-models.ts";

const rows = reference.cells as [number, number, number][];

/**
 * Error of a cell, relative to 2 (mu + n + n |ln(n/mu)|): n/mu is rounded twice, as n times 1/mu, which moves the logarithm
 * by 2.2e-16; the logarithm is good to one unit in the last place, 2.2e-16 of it; products and sums round by 1.1e-16 each.
 */
const ROUNDING = 4e-16;

const sizeOf = ([n, mu]: readonly [number, number, number]): number =>
  2 * (mu + n + (n === 0 ? 0 : n * Math.abs(Math.log(n / mu))));

/** chi^2 of a few Poisson cells of which each has an unknown of its own. */
function cells(make: (typeof makers)[number][1], count: number) {
  const indices = Array.from({ length: count }, (_, k) => k);
  const terms = indices.map((k) => ({
    left: 0,
    right: k + 1,
    counts: Float64Array.from(indices, (i) => (i === k ? 1 : 0)),
  }));
  const observed = new Float64Array(count);
  const kernel = make(
    flatten({
      blocks: [{ id: "only", statistics: "poisson", observed, sigma: observed, components: [] }],
      groups: [{ group: { block: 0, terms, nuisances: [], changes: [], spread: null }, cell: 0 }],
      couplings: count,
      nuisances: [],
      constrained: [],
      lower: [],
      upper: [],
    }),
  );
  return (chosen: readonly (readonly [number, number, number])[]): number => {
    kernel.m.set(
      chosen.map(([n]) => n),
      kernel.p[at.M_OBSERVED]!,
    );
    goTo(
      kernel,
      chosen.map(([, mu]) => mu),
    );
    return kernel.evaluate();
  };
}

it("the table covers counts and expectations of all sizes", () => {
  expect(rows.length).toBeGreaterThan(300);
  expect(Math.min(...rows.map(([, mu]) => mu))).toBe(1e-9);
  expect(Math.max(...rows.map(([n]) => n))).toBe(1e6);
});

it.each(makers)("%s: one cell, the odd one at the end", (_, make) => {
  const chi2 = cells(make, 1);
  for (const row of rows) expectWithin(chi2([row]), row[2], ROUNDING * sizeOf(row), `n ${row[0]}, mu ${row[1]}`);
});

it.each(makers)("%s: a cell twice, one in each lane", (_, make) => {
  const chi2 = cells(make, 2);
  for (const row of rows) {
    expectWithin(chi2([row, row]), 2 * row[2], 2 * ROUNDING * sizeOf(row), `n ${row[0]}, mu ${row[1]}`);
  }
});

it.each(makers)("%s: lanes that differ, in either order", (_, make) => {
  const chi2 = cells(make, 2);
  rows.forEach((row, i) => {
    const other = rows[(i * 37 + 11) % rows.length]!;
    for (const pair of [
      [row, other],
      [other, row],
    ]) {
      const what = `n ${row[0]}, mu ${row[1]} beside n ${other[0]}, mu ${other[1]}`;
      expectWithin(chi2(pair), row[2] + other[2], ROUNDING * (sizeOf(row) + sizeOf(other)), what);
    }
  });
});
