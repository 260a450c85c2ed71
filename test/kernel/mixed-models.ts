/** Random models with everything that a kernel can hold, in groups as it is given them, and the kernels that run them. */

import fc from "fast-check";
import { type Kernel, plainKernel, wasmKernel } from "../../src/kernel/kernel.ts";
import * as at from "../../src/kernel/layout.ts";
import { type FlattenInputs, flatten } from "../../src/statistics/flatten.ts";
import type { Group } from "../../src/statistics/groups.ts";
import {
  type Block,
  chebyshevBasis,
  morphBasis,
  type Nuisance,
  type QuadraticTerm,
} from "../../src/statistics/index.ts";
import { random } from "./gram-models.ts";

export interface Shape {
  readonly couplings: number;
  readonly nuisances: readonly ("pull" | "normalisation" | "scale" | "flat")[];
  readonly blocks: readonly { readonly rows: number; readonly bins: number; readonly poisson: boolean }[];
  /** How far shapes move rows: above about 1 some are cut at zero. */
  readonly strength: number;
  readonly seed: number;
}

/** Odd and even numbers of everything. */
export const shapes: fc.Arbitrary<Shape> = fc.record({
  couplings: fc.integer({ min: 0, max: 3 }),
  nuisances: fc.array(fc.constantFrom("pull", "normalisation", "scale", "flat"), { maxLength: 5 }),
  blocks: fc.array(
    fc.record({ rows: fc.integer({ min: 1, max: 5 }), bins: fc.integer({ min: 1, max: 5 }), poisson: fc.boolean() }),
    { minLength: 1, maxLength: 3 },
  ),
  strength: fc.constant(0.1),
  seed: fc.integer({ min: 1, max: 1e9 }),
});

export interface MixedModel {
  readonly inputs: FlattenInputs;
  /** Couplings and nuisances. */
  readonly unknowns: number;
  readonly cells: number;
  /** Measured centres of the constraints. */
  readonly centres: readonly number[];
  /** A place in the box, somewhat away from where rows are cut and second derivatives jump. */
  readonly point: () => number[];
}

/** A group may carry a nuisance in one way only. */
const ROLES = ["none", "factor", "rows", "shares"] as const;

export function mixedModel({ couplings, nuisances: kinds, blocks: sizes, strength, seed }: Shape): MixedModel {
  const next = random(seed);
  for (let k = 0; k < 10; k++) next();
  const between = (low: number, high: number): number => low + (high - low) * next();
  const list = (n: number, low: number, high: number) => Float64Array.from({ length: n }, () => between(low, high));
  const nuisances = kinds.map((kind, k): Nuisance => {
    const name = `nuisance ${k}`;
    if (kind === "flat") return { name, kind, sigma: null, bounds: [-between(0.3, 0.9), between(0.3, 0.9)] };
    if (kind === "scale") return { name, kind: "normalisation", sigma: null };
    return { name, kind, sigma: between(0.05, 0.4) };
  });

  /** Monomials of the couplings with a count per row each, some with a polynomial of a further coupling. */
  const terms = (rows: number, low: number, high: number, other: number): QuadraticTerm[] => {
    const out: QuadraticTerm[] = [{ left: 0, right: 0, counts: list(rows, low, high) }];
    for (let left = 0; left <= couplings; left++) {
      for (let right = Math.max(1, left); right <= couplings; right++) {
        if (next() < 0.3) continue;
        const parameter = Math.ceil(next() * couplings);
        const polynomial =
          parameter === left || parameter === right || next() < 0.5
            ? {}
            : { polynomial: { parameter, order: Math.floor(5 * next()), range: [-2.1, 1.9] as const } };
        out.push({ left, right, ...polynomial, counts: list(rows, -other, other) });
      }
    }
    return out;
  };
  const basisOf = ({ bounds }: Nuisance) => {
    if (bounds === undefined && next() < 0.6) return morphBasis;
    return chebyshevBasis(bounds?.[0] ?? -3.5, bounds?.[1] ?? 4, 1 + Math.floor(4 * next()));
  };
  const groupOf = (block: number, rows: number, bins: number): Group => {
    const roles = nuisances.map(({ kind }) => {
      if (kind === "normalisation") return ROLES[Math.floor(2 * next())];
      const role = ROLES[Math.floor(4 * next())];
      return (kind === "flat" && role === "factor") || (role === "shares" && bins === 1) ? "none" : role;
    });
    const acting = (role: string) =>
      nuisances.flatMap((one, nuisance) => (roles[nuisance] === role ? { one, nuisance } : []));
    return {
      block,
      terms: terms(rows, 6, 20, 2),
      nuisances: acting("factor").map(({ nuisance }) => nuisance),
      changes: acting("rows").map(({ one, nuisance }) => {
        const basis = basisOf(one);
        // A function of the nuisance may move nothing.
        const parts = Array.from({ length: basis.size }, () =>
          next() < 0.1 ? [] : terms(rows, -20 * strength, 20 * strength, 2 * strength),
        );
        return { nuisance, basis, terms: parts };
      }),
      spread:
        bins === 1 && next() < 0.5
          ? null
          : {
              shares: list(bins, 0.5, 1.2),
              changes: acting("shares").map(({ one, nuisance }) => {
                const basis = basisOf(one);
                return { nuisance, basis, shares: Array.from({ length: basis.size }, () => list(bins, -0.05, 0.05)) };
              }),
            },
    };
  };
  const blocks = sizes.map(({ rows, bins, poisson }, b): Block => {
    const cells = rows * bins;
    const statistics = poisson ? "poisson" : "gaussian";
    const observed = list(cells, 0, 50).map((n) => (n < 5 ? 0 : Math.round(n)));
    return { id: `block ${b}`, statistics, observed, sigma: list(cells, 2, 6), components: [] };
  });
  const groups = sizes.flatMap(({ rows, bins }, b) => {
    const cell = sizes.slice(0, b).reduce((sum, one) => sum + one.rows * one.bins, 0);
    return Array.from({ length: 1 + Math.floor(3 * next()) }, () => ({ group: groupOf(b, rows, bins), cell }));
  });
  const constrained = nuisances.flatMap(({ sigma }, k) => (sigma === null ? [] : k));
  const inside = ({ kind, sigma, bounds }: Nuisance): number => {
    if (bounds !== undefined) return between(bounds[0], bounds[1]);
    if (sigma === null) return between(-0.8, 2);
    return kind === "pull" ? between(-2.4, 2.4) : between(-1.8, 1.8);
  };
  return {
    inputs: {
      blocks,
      groups,
      couplings,
      nuisances,
      constrained,
      lower: nuisances.map(({ bounds, sigma }) => bounds?.[0] ?? -0.999999 / (sigma ?? 1)),
      upper: nuisances.map(({ bounds }) => bounds?.[1] ?? Number.POSITIVE_INFINITY),
    },
    unknowns: couplings + nuisances.length,
    cells: blocks.reduce((sum, { observed }) => sum + observed.length, 0),
    centres: [...list(couplings, 0, 0), ...list(nuisances.length, -1, 1)],
    point: () => [
      // Exactly 0 is where terms drop out.
      ...Array.from({ length: couplings }, () => (next() < 0.15 ? 0 : between(-1.5, 1.5))),
      ...nuisances.map((one) => (next() < 0.1 ? 0 : inside(one))),
    ],
  };
}

/** A kernel in WebAssembly; there is one wherever these tests run, and nothing may stand in for it. */
export function compiledKernel(model: Parameters<typeof wasmKernel>[0]): Kernel {
  const kernel = wasmKernel(model);
  if (kernel === undefined) throw new Error("WebAssembly cannot be had here");
  return kernel;
}

export const makers = [
  ["plain", plainKernel],
  ["WebAssembly", compiledKernel],
] as const;

/** A kernel of a model, its constraints centred. */
export function kernelFor(model: MixedModel, make: (typeof makers)[number][1]): Kernel {
  const kernel = make(flatten(model.inputs));
  kernel.m.set(model.centres, kernel.p[at.M_CENTRE]!);
  return kernel;
}

export function goTo({ p, m }: Kernel, unknowns: readonly number[]): void {
  m.set(unknowns, p[at.M_UNKNOWNS]!);
}

/** Numbers that begin at an entry of the head. */
export function read({ p, m }: Kernel, entry: number, n: number): number[] {
  return [...m.subarray(p[entry]!, p[entry]! + n)];
}
